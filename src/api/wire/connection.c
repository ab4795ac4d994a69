/* RAS_CONNECTION_EX and RAS_UPDATE_CONNECTION. */
#include "api/wire/rows.h"

#include <string.h>

/* What a program of each architecture gives as the size of a connection. */
enum { EX_SIZE_64 = 1672, EX_SIZE_32 = 1664 /* MS-RRASM's, too */ };
_Static_assert(sizeof(RAS_CONNECTION_EX) == (sizeof(void *) == 8 ? EX_SIZE_64 : EX_SIZE_32),
               "sizes of both architectures");

void wire_header_out(const MPRAPI_OBJECT_HEADER *header, struct dim_header *ret)
{
    *ret = (struct dim_header){header->revision, header->type, header->size};
}

void wire_connection_header(const struct dim_header *header, MPRAPI_OBJECT_HEADER *ret)
{
    *ret = (MPRAPI_OBJECT_HEADER){header->revision, header->type, header->size};
    if (header->size == EX_SIZE_64 || header->size == EX_SIZE_32)
        ret->size = sizeof(RAS_CONNECTION_EX);
}

mpr_status wire_connection_out(const RAS_CONNECTION_EX *connection, struct dim_connection *ret)
{
    UCHAR type = connection->ProjectionInfo.projectionInfoType;

    wire_connection_none(ret);
    if (type != DIM_PROJECTION_PPP && type != DIM_PROJECTION_IKEV2) return ST_INVALID_PARAMETER;
    return wire_rows_out(NULL, wire_connection_ex_rows, connection, ret);
}

void wire_connection_none(struct dim_connection *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1;
    ret->header =
        (struct dim_header){MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                            MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, sizeof(RAS_CONNECTION_EX)};
    ret->projection = DIM_PROJECTION_PPP;
}

/* It has no pointers, so that nothing can fail. */
void wire_connection_in(const struct dim_connection *connection, RAS_CONNECTION_EX *ret)
{
    struct wire_memory none = {.end_texts = true};

    memset(ret, 0, sizeof(*ret));
    ret->Header.revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1;
    ret->Header.type = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT;
    ret->Header.size = sizeof(*ret);
    (void)wire_rows_in(&none, wire_connection_ex_rows, connection, ret);
}

static const struct wire_row update_rows[] = {
    WIRE_SAME(RAS_UPDATE_CONNECTION, dwIfIndex, struct dim_update, local_index),
    WIRE_TEXT(RAS_UPDATE_CONNECTION, wszLocalEndpointAddress, struct dim_update, local_endpoint),
    WIRE_TEXT(RAS_UPDATE_CONNECTION, wszRemoteEndpointAddress, struct dim_update, remote_endpoint),
    WIRE_END,
};

static bool update_header_valid(const MPRAPI_OBJECT_HEADER *h)
{
    return h->type == MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT &&
           h->revision == MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1 &&
           (h->size == sizeof(RAS_UPDATE_CONNECTION) || h->size == sizeof(*h));
}

/* MS-RRASM's has no local endpoint; without one it is MS-RRASM's. */
mpr_status wire_update_out(const RAS_UPDATE_CONNECTION *update, struct dim_update *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (!update || !update_header_valid(&update->Header)) return ST_INVALID_PARAMETER;
    wire_header_out(&update->Header, &ret->header);
    ret->revision = update->wszLocalEndpointAddress[0] ? DIM_UPDATE_LOCAL : 1;
    return wire_rows_out(NULL, update_rows, update, ret);
}

RAS_UPDATE_CONNECTION *wire_update_make(struct ndr *n, const struct dim_update *update)
{
    RAS_UPDATE_CONNECTION *ret = ndr_alloc(n, sizeof(*ret));
    struct wire_memory m = {.n = n};

    if (!ret) return NULL;
    ret->Header = (MPRAPI_OBJECT_HEADER){update->header.revision, update->header.type,
                                         sizeof(*ret)}; /* the sender's may be MS-RRASM's */
    (void)wire_rows_in(&m, update_rows, update, ret);
    return ret;
}

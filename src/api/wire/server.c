/* MPR_SERVER_EX and MPR_SERVER_SET_CONFIG_EX. */
#include "api/wire/tunnels.h"

#include <string.h>

/* Which revision of the wire a layout has. */
static const struct wire_layout {
    uint8_t wire, revision;
    uint16_t server_size, set_size; /* of this architecture */
} wire_layouts[] = {
#define WIRE_LAYOUT(wire, revision, EX, LEVEL)               \
    {                                                        \
        wire, revision, sizeof(MPR_SERVER_EX##EX##_##LEVEL), \
            sizeof(MPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL)   \
    }
    WIRE_LAYOUT(1, 1, 0, WIN7),
    WIRE_LAYOUT(2, 2, 0, WIN8),
    WIRE_LAYOUT(3, 3, 0, BLUE),
    WIRE_LAYOUT(DIM_SERVER_MAIN_MODE, 3, 0, WIN10),
    WIRE_LAYOUT(DIM_SERVER_GRE, 4, 1, BLUE),
    WIRE_LAYOUT(DIM_SERVER_GRE_MAIN_MODE, 5, 1, WIN10),
#undef WIRE_LAYOUT
};

/* All layouts begin like it. */
#define SERVER_HEAD MPR_SERVER_EX0_WIN7
#define SET_HEAD    MPR_SERVER_SET_CONFIG_EX0_WIN7
/* server_tunnels_gather reads sets, server_tunnels_scatter fills the other objects, which have
 * their settings so many octets later. */
#define HEAD_MORE (offsetof(SERVER_HEAD, ConfigParams) - offsetof(SET_HEAD, ConfigParams))

static const struct wire_row head_rows[] = {
    WIRE_RUN(SERVER_HEAD, fLanOnlyMode, Reserved, struct dim_server, lan_only, reserved),
    WIRE_END,
};

static const struct wire_layout *layout_of(const struct server_layout *layout)
{
    const struct wire_layout *l = wire_layouts;

    while (l->revision != layout->revision || l->server_size != layout->server_size) l++;
    return l;
}

static const struct wire_layout *layout_from(struct ndr *n, uint8_t wire)
{
    for (size_t i = 0; i < sizeof(wire_layouts) / sizeof(wire_layouts[0]); i++) {
        if (wire_layouts[i].wire == wire) return &wire_layouts[i];
    }
    ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    return NULL;
}

static const struct server_layout *find_layout(const void *object, UCHAR type)
{
    return object ? server_layout_find(object, type) : NULL;
}

/* The sender's header; its size, which counts where it comes from, becomes ours. One of another
 * revision than the layout's has a size that no layout has. */
static MPRAPI_OBJECT_HEADER header_from(const struct dim_header *header,
                                        const struct wire_layout *layout, uint16_t size)
{
    return (MPRAPI_OBJECT_HEADER){header->revision, header->type,
                                  header->revision == layout->revision ? size : 0};
}

/* ---- get ------------------------------------------------------------------------------------- */

mpr_status wire_server_ask(const void *object, struct dim_server *ret)
{
    const struct server_layout *layout = find_layout(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);

    memset(ret, 0, sizeof(*ret));
    if (!layout) return ST_INVALID_PARAMETER;
    ret->revision = layout_of(layout)->wire;
    wire_header_out(object, &ret->header);
    return ST_OK;
}

void *wire_server_make(struct ndr *n, const struct dim_server *server)
{
    const struct wire_layout *layout = layout_from(n, server->revision);
    SERVER_HEAD *ret = layout ? ndr_alloc(n, layout->server_size) : NULL;

    if (ret) ret->Header = header_from(&server->header, layout, layout->server_size);
    return ret;
}

static void gather(const struct server_layout *layout, const void *object, server_tunnels *ret)
{
    server_tunnels_gather(layout, (const BYTE *)object + HEAD_MORE, ret);
}

mpr_status wire_server_out(struct ndr *n, const void *object, struct dim_server *ret)
{
    const struct server_layout *layout = find_layout(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);
    server_tunnels tunnels;
    mpr_status status = wire_server_ask(object, ret);

    if (status != ST_OK) return status;
    gather(layout, object, &tunnels);
    status = wire_rows_out(n, head_rows, object, ret);
    return status == ST_OK ? wire_tunnels_out(n, &tunnels, &ret->tunnels) : status;
}

void wire_server_free(void *object)
{
    const struct server_layout *layout = find_layout(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);
    server_tunnels tunnels;

    if (!layout) return;
    gather(layout, object, &tunnels);
    server_tunnels_free(&tunnels);
    server_tunnels_scatter(layout, &tunnels, object);
}

mpr_status wire_server_in(const struct dim_server *server, void *object)
{
    const struct server_layout *layout = find_layout(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);
    struct wire_memory callers = {.end_texts = true};
    server_tunnels tunnels;
    mpr_status status;

    if (!layout) return ST_INVALID_PARAMETER;
    if (server->revision != layout_of(layout)->wire) return ST_RPC_BAD_STUB_DATA;
    status = wire_tunnels_in(&callers, &server->tunnels, &tunnels);
    if (status != ST_OK) {
        server_tunnels_free(&tunnels);
        return status;
    }
    server_tunnels_scatter(layout, &tunnels, object);
    return wire_rows_in(&callers, head_rows, server, object);
}

/* ---- set ------------------------------------------------------------------------------------- */

/* What isn't selected was not checked, and may be anything. */
static void drop_unselected(DWORD protocols, server_tunnels *t)
{
    if (!(protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP))
        memset(&t->PptpConfigParams, 0, sizeof(t->PptpConfigParams));
    if (!(protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP))
        memset(&t->L2tpConfigParams, 0, sizeof(t->L2tpConfigParams));
    if (!(protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP))
        memset(&t->SstpConfigParams, 0, sizeof(t->SstpConfigParams));
    if (!(protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2))
        memset(&t->IkeConfigParams, 0, sizeof(t->IkeConfigParams));
    if (!(protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE))
        memset(&t->GREConfigParams, 0, sizeof(t->GREConfigParams));
}

/* Within a block, parameters of the tunnel count when a flag says so, and SSTP's certificate when
 * it is not the default one. */
static void drop_unread(server_tunnels *t)
{
    SSTP_CERT_INFO *sstp = &t->SstpConfigParams.sstpCertDetails;

    if (!t->IkeConfigParams.dwTunnelConfigParamFlags)
        memset(&t->IkeConfigParams.TunnelConfigParams, 0,
               sizeof(t->IkeConfigParams.TunnelConfigParams));
    if (!t->L2tpConfigParams.dwTunnelConfigParamFlags)
        memset(&t->L2tpConfigParams.TunnelConfigParams, 0,
               sizeof(t->L2tpConfigParams.TunnelConfigParams));
    if (sstp->isDefault) memset(&sstp->certBlob, 0, sizeof(sstp->certBlob));
}

mpr_status wire_server_set_out(struct ndr *n, const void *object, struct dim_server_set *ret)
{
    const struct server_layout *layout =
        find_layout(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT);
    const SET_HEAD *head = object;
    server_tunnels tunnels;
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    if (!layout) return ST_INVALID_PARAMETER;
    server_tunnels_gather(layout, object, &tunnels);
    status = server_tunnels_check(layout, head->setConfigForProtocols, &tunnels);
    if (status != ST_OK) return status;
    drop_unselected(head->setConfigForProtocols, &tunnels);
    drop_unread(&tunnels);
    ret->revision = layout_of(layout)->wire;
    wire_header_out(&head->Header, &ret->header);
    ret->protocols = head->setConfigForProtocols;
    return wire_tunnels_out(n, &tunnels, &ret->tunnels);
}

/* Scattered as if its settings lay where those of an MPR_SERVER_EX do, with room in front of it. */
void *wire_server_set_make(struct ndr *n, const struct dim_server_set *set)
{
    const struct wire_layout *layout = layout_from(n, set->revision);
    struct wire_memory m = {.n = n};
    MPRAPI_OBJECT_HEADER find;
    server_tunnels tunnels;
    SET_HEAD *ret;
    BYTE *base;

    if (!layout || wire_tunnels_in(&m, &set->tunnels, &tunnels) != ST_OK) return NULL;
    base = ndr_alloc(n, HEAD_MORE + layout->set_size);
    if (!base) return NULL;
    find = (MPRAPI_OBJECT_HEADER){layout->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT,
                                  layout->server_size};
    server_tunnels_scatter(server_layout_find(&find, find.type), &tunnels, base);
    ret = (void *)(base + HEAD_MORE);
    ret->Header = header_from(&set->header, layout, layout->set_size);
    ret->setConfigForProtocols = set->protocols;
    return ret;
}

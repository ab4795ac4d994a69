/* Methods with the structures of a level. */
#include "api/remote/remote.h"

mpr_status remote_get(HANDLE server, enum dim_method method, struct dim_arguments *a,
                      enum wire_kind kind, BYTE **ret)
{
    struct remote_reply reply;
    mpr_status status = remote_call(server, method, a, &reply);

    if (status == ST_OK) status = wire_info_read(&a->info, kind, a->level, 1, ret);
    if (status == ST_OK && !*ret) status = ST_RPC_BAD_STUB_DATA;
    remote_free(&reply);
    return status;
}

mpr_status remote_set(HANDLE server, enum dim_method method, struct dim_arguments *a,
                      enum wire_kind kind, const BYTE *buffer)
{
    mpr_status status = ST_OK;
    struct ndr info;

    ndr_write(&info);
    info.secret = kind == WIRE_CREDENTIALS;
    if (buffer) status = wire_info_write(&info, kind, a->level, buffer, 1);
    if (status == ST_OK)
        a->info = (struct dim_octets){(uint32_t)info.position, info.written};
    else if (status == ST_INVALID_LEVEL || status == ST_INVALID_PARAMETER)
        status = ST_OK; /* nothing of it travels: the router refuses the level, or the lack */
    if (status == ST_OK) status = remote_tell(server, method, a);
    ndr_free(&info);
    return status;
}

/* ---- enumerations ---------------------------------------------------------------------------- */

static bool is_page(mpr_status status)
{
    return status == ST_OK || status == ST_MORE_DATA;
}

mpr_status remote_enum(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       enum wire_kind kind, size_t entry_size, DWORD preferred,
                       const struct enum_results *results)
{
    struct remote_reply reply;
    mpr_status status, read;

    a->preferred = wire_preferred(preferred, entry_size, wire_info_size(kind, a->level));
    a->resume.present = results->resume != NULL;
    if (results->resume) a->resume.value = *results->resume;
    status = remote_call(server, method, a, &reply);
    if (is_page(status)) {
        read = wire_info_read(&a->info, kind, a->level, a->entries_read, results->entries);
        if (read != ST_OK) status = read;
    }
    if (is_page(status)) {
        *results->read = a->entries_read;
        *results->total = a->total_entries;
        if (results->resume) *results->resume = a->resume.value;
    }
    remote_free(&reply);
    return status;
}

#include "api/tunnel/stored_out.h"

#include <string.h>

#include "win32/store/server_store.h"

mpr_status stored_bytes_out(HKEY key, const WCHAR *name, DWORD *ret_size, BYTE **ret)
{
    struct blob blob = {NULL, 0};
    mpr_status status = stored_bytes(key, name, &blob);

    if (status == ST_OK) status = api_buffer_copy(blob.data, blob.size, ret, ret_size);
    blob_free(&blob);
    return status;
}

mpr_status stored_policy_out(HKEY key, const WCHAR *name, ROUTER_CUSTOM_IKEv2_POLICY0 **ret)
{
    DWORD fields[POLICY_FIELDS];

    _Static_assert(sizeof(fields) == sizeof(**ret), "fields in the structure's order");
    if (policy_read(key, name, fields)) return ST_OK;
    *ret = api_buffer_new(sizeof(**ret));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    memcpy(*ret, fields, sizeof(fields));
    return ST_OK;
}

/* MprInfo*: information headers, which are built and read in memory alone (src/infoblock).
 *
 * Headers come without a length, so their Size field is trusted; what it describes is checked. The
 * results are blocks like all others: MprInfoDelete, any BufferFree and LocalFree free them.
 */
#include "api/api.h"

#include "infoblock/infoblock.h"

static void *new_header(void *context, size_t size)
{
    (void)context;
    return api_buffer_new(size);
}

static const struct info_allocator allocator = {new_header, NULL};

/* Clears a result; false when the caller has no room for it. */
static bool clear(void **ret)
{
    if (ret) *ret = NULL;
    return ret != NULL;
}

DWORD WINAPI MprInfoCreate(DWORD version, LPVOID *ret)
{
    mpr_status status = ST_INVALID_PARAMETER;

    /* No code is documented for another version (docs/COMPATIBILITY.md, MprInfoCreate). */
    if (clear(ret) && version == INFO_VERSION) status = info_block_create(&allocator, ret);
    return API_TRACE(status, "MprInfoCreate(version=%u, new=%p)", version, ret);
}

DWORD WINAPI MprInfoDelete(LPVOID header)
{
    return API_TRACE(api_buffer_free(header), "MprInfoDelete(header=%p)", header);
}

DWORD WINAPI MprInfoRemoveAll(LPVOID header, LPVOID *ret)
{
    mpr_status status = ST_INVALID_PARAMETER;

    if (clear(ret)) status = info_block_remove_all(&allocator, header, INFO_TRUST_SIZE, ret);
    return API_TRACE(status, "MprInfoRemoveAll(header=%p, new=%p)", header, ret);
}

DWORD WINAPI MprInfoDuplicate(LPVOID header, LPVOID *ret)
{
    mpr_status status = ST_INVALID_PARAMETER;

    if (clear(ret)) status = info_block_duplicate(&allocator, header, INFO_TRUST_SIZE, ret);
    return API_TRACE(status, "MprInfoDuplicate(header=%p, new=%p)", header, ret);
}

DWORD WINAPI MprInfoBlockAdd(LPVOID header, DWORD type, DWORD item_size, DWORD count, LPBYTE data,
                             LPVOID *ret)
{
    const struct info_block block = {type, item_size, count, data};
    mpr_status status = ST_INVALID_PARAMETER;

    if (clear(ret)) status = info_block_add(&allocator, header, INFO_TRUST_SIZE, &block, ret);
    return API_TRACE(status,
                     "MprInfoBlockAdd(header=%p, type=%u, size=%u, count=%u, data=%p, new=%p)",
                     header, type, item_size, count, data, ret);
}

DWORD WINAPI MprInfoBlockRemove(LPVOID header, DWORD type, LPVOID *ret)
{
    mpr_status status = ST_INVALID_PARAMETER;

    if (clear(ret)) status = info_block_remove(&allocator, header, INFO_TRUST_SIZE, type, ret);
    return API_TRACE(status, "MprInfoBlockRemove(header=%p, type=%u, new=%p)", header, type, ret);
}

DWORD WINAPI MprInfoBlockSet(LPVOID header, DWORD type, DWORD item_size, DWORD count, LPBYTE data,
                             LPVOID *ret)
{
    const struct info_block block = {type, item_size, count, data};
    mpr_status status = ST_INVALID_PARAMETER;

    if (clear(ret)) status = info_block_set(&allocator, header, INFO_TRUST_SIZE, &block, ret);
    return API_TRACE(status,
                     "MprInfoBlockSet(header=%p, type=%u, size=%u, count=%u, data=%p, new=%p)",
                     header, type, item_size, count, data, ret);
}

DWORD WINAPI MprInfoBlockFind(LPVOID header, DWORD type, LPDWORD ret_item_size, LPDWORD ret_count,
                              LPBYTE *ret_data)
{
    struct info_block block = {.type = type};
    mpr_status status = info_block_find(header, INFO_TRUST_SIZE, type, &block);

    if (status != ST_OK) block = (struct info_block){.type = type};
    if (ret_item_size) *ret_item_size = block.item_size;
    if (ret_count) *ret_count = block.count;
    if (ret_data) *ret_data = (BYTE *)(ULONG_PTR)block.data; /* into the header, as the page says */
    return API_TRACE(status, "MprInfoBlockFind(header=%p, type=%u)|%u items of %u bytes", header,
                     type, block.count, block.item_size);
}

DWORD WINAPI MprInfoBlockQuerySize(LPVOID header)
{
    DWORD size = info_block_size(header);

    (void)API_TRACE(ST_OK, "MprInfoBlockQuerySize(header=%p)|%u", header, size);
    return size;
}

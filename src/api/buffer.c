/* Memory that a call hands to its caller, and the functions that take it back.
 *
 * Programs mix the ways to free it: the pages name MprAdminBufferFree, MprConfigBufferFree,
 * MprAdminMIBBufferFree, MprInfoDelete and LocalFree, and some pass an error string (LocalFree) to
 * MprAdminBufferFree, or a structure on their stack, as the pages of the Ex functions suggest. So
 * all results are blocks of one kind, LMEM_FIXED blocks of the process heap, and every function
 * takes all of them and refuses the rest.
 *
 * A block is told by a mark at its end: its own address mixed with a secret. The heap says whether
 * the pointer is a block of its at all (no look at foreign memory), and how long it is. Freeing
 * takes the mark away first, so that of two frees of one block one is refused. No table of live
 * blocks: that would have to be locked, could run out of memory itself, and would not learn of
 * LocalFree.
 */
#include "api/api.h"

#include <string.h>

static bool (*gate)(void *context);
static void *gate_context;

/* Different in each process, so that a stored block is not taken for a live one. */
static LONG_PTR secret;

void api_buffer_set_gate(bool (*new_gate)(void *context), void *context)
{
    gate_context = context;
    gate = new_gate;
}

static LONG_PTR mark_of(const void *block)
{
    LONG_PTR mine = __atomic_load_n(&secret, __ATOMIC_RELAXED);

    if (!mine) {
        LARGE_INTEGER ticks;
        LONG_PTR expected = 0;

        QueryPerformanceCounter(&ticks);
        mine = (LONG_PTR)((ticks.QuadPart ^ GetCurrentProcessId()) | 1);
        if (!__atomic_compare_exchange_n(&secret, &expected, mine, false, __ATOMIC_RELAXED,
                                         __ATOMIC_RELAXED))
            mine = expected;
    }
    return mine ^ (LONG_PTR)block;
}

void *api_buffer_new(size_t size)
{
    const size_t unit = sizeof(LONG_PTR);
    LONG_PTR *block;

    if (size > SIZE_MAX / 2 || (gate && !gate(gate_context))) return NULL;
    size = (size + unit - 1) / unit;
    block = LocalAlloc(LMEM_FIXED | LMEM_ZEROINIT, (size + 1) * unit);
    if (block) block[size] = mark_of(block);
    return block;
}

void *api_buffer_new_array(size_t count, size_t size, size_t tail)
{
    if (size && count > (SIZE_MAX / 2 - tail) / size) return NULL;
    return api_buffer_new(count * size + tail);
}

mpr_status api_buffer_free(void *buffer)
{
    HANDLE heap = GetProcessHeap();
    LONG_PTR mark = mark_of(buffer);
    SIZE_T size;

    if (!buffer || (ULONG_PTR)buffer % sizeof(void *) || !HeapValidate(heap, 0, buffer))
        return ST_INVALID_PARAMETER;
    size = HeapSize(heap, 0, buffer);
    if (size == (SIZE_T)-1 || size < sizeof(mark) || size % sizeof(mark))
        return ST_INVALID_PARAMETER;
    if (!__atomic_compare_exchange_n((LONG_PTR *)buffer + size / sizeof(mark) - 1, &mark, 0, false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
        return ST_INVALID_PARAMETER;
    HeapFree(heap, 0, buffer);
    return ST_OK;
}

mpr_status api_buffer_copy(const void *data, size_t size, BYTE **ret, DWORD *ret_size)
{
    *ret = NULL;
    if (ret_size) *ret_size = (DWORD)size;
    if (size == 0) return ST_OK;
    *ret = api_buffer_new(size);
    if (!*ret) {
        if (ret_size) *ret_size = 0;
        return ST_NOT_ENOUGH_MEMORY;
    }
    memcpy(*ret, data, size);
    return ST_OK;
}

mpr_status api_blob_in(const BYTE *data, DWORD size, struct blob *storage, const struct blob **ret)
{
    *ret = NULL;
    if (!data)
        return ST_OK; /* a size without pointer means nothing (docs/COMPATIBILITY.md,
                         MprConfigTransportCreate) */
    if (size == 0) return ST_INVALID_PARAMETER;
    /* Never written through: the core copies. */
    storage->data = (uint8_t *)(ULONG_PTR)data;
    storage->size = size;
    *ret = storage;
    return ST_OK;
}

DWORD WINAPI MprAdminBufferFree(LPVOID buffer)
{
    return API_TRACE(api_buffer_free(buffer), "MprAdminBufferFree(buffer=%p)", buffer);
}

DWORD WINAPI MprConfigBufferFree(LPVOID buffer)
{
    return API_TRACE(api_buffer_free(buffer), "MprConfigBufferFree(buffer=%p)", buffer);
}

DWORD WINAPI MprAdminMIBBufferFree(LPVOID buffer)
{
    return API_TRACE(api_buffer_free(buffer), "MprAdminMIBBufferFree(buffer=%p)", buffer);
}

#include "api/support/live.h"

#include "api/support/fixture.h"

#include <stdlib.h>
#include <string.h>

/* GetProcessHandleCount answers 0 under Wine; the list of all handles is there. */
#define EXTENDED_HANDLES       64
#define STATUS_LENGTH_MISMATCH ((LONG)0xC0000004)

struct handle_row {
    void *object;
    ULONG_PTR process, handle;
    ULONG access;
    USHORT trace, type;
    ULONG attributes, reserved;
};
struct handle_list {
    ULONG_PTR count, reserved;
    struct handle_row rows[];
};

typedef LONG(WINAPI *query_fn)(ULONG what, void *buffer, ULONG size, ULONG *ret_size);

static struct handle_list *all_handles(void)
{
    query_fn query =
        (query_fn)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQuerySystemInformation");
    struct handle_list *list = NULL;
    ULONG size = 1u << 18, needed;
    LONG status = STATUS_LENGTH_MISMATCH;

    assert_non_null(query);
    for (int n = 0; n < 8 && status == STATUS_LENGTH_MISMATCH; n++, size *= 2) {
        free(list);
        list = malloc(size);
        assert_non_null(list);
        status = query(EXTENDED_HANDLES, list, size, &needed);
    }
    assert_int_equal(status, 0);
    return list;
}

size_t live_handles_of(unsigned long id)
{
    struct handle_list *list = all_handles();
    size_t count = 0;

    for (ULONG_PTR n = 0; n < list->count; n++) {
        if (list->rows[n].process == id) count++;
    }
    free(list);
    return count;
}

size_t live_handles(void)
{
    return live_handles_of(GetCurrentProcessId());
}

/* The last word of a block that is a result. */
static ULONG_PTR *mark_at(void *block, SIZE_T size)
{
    return (ULONG_PTR *)block + size / sizeof(ULONG_PTR) - 1;
}

static BOOL is_result(void *block, SIZE_T size, ULONG_PTR secret)
{
    return size >= sizeof(ULONG_PTR) && size % sizeof(ULONG_PTR) == 0 &&
           *mark_at(block, size) == (secret ^ (ULONG_PTR)block);
}

size_t live_results(void)
{
    static ULONG_PTR secret; /* the process's, for good */
    PROCESS_HEAP_ENTRY entry = {.lpData = NULL};
    HANDLE heap = GetProcessHeap();
    size_t count = 0;

    if (!secret) {
        LPVOID block = fixture_header();

        secret = *mark_at(block, HeapSize(heap, 0, block)) ^ (ULONG_PTR)block;
        MprInfoDelete(block);
    }
    assert_true(HeapLock(heap));
    while (HeapWalk(heap, &entry)) {
        if ((entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) &&
            is_result(entry.lpData, HeapSize(heap, 0, entry.lpData), secret))
            count++;
    }
    HeapUnlock(heap);
    return count;
}

/* How many handles this process has. GetProcessHandleCount answers 0 under Wine; the list of all
 * handles is there. */
#ifndef TESTS_SUPPORT_HANDLES_H
#define TESTS_SUPPORT_HANDLES_H

#include <windows.h>

#include <stdlib.h>

struct handles_row {
    void *object;
    ULONG_PTR process, handle;
    ULONG access;
    USHORT trace, type;
    ULONG attributes, reserved;
};
struct handles_list {
    ULONG_PTR count, reserved;
    struct handles_row rows[];
};

/* 0: the list can't be had. */
static inline size_t handles_of_process(void)
{
    typedef LONG(WINAPI * query_fn)(ULONG what, void *buffer, ULONG size, ULONG *ret_size);
    query_fn query =
        (query_fn)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQuerySystemInformation");
    const ULONG extended_handles = 64, size = 1u << 22;
    struct handles_list *list = malloc(size);
    size_t count = 0;
    ULONG needed;

    if (list && query && query(extended_handles, list, size, &needed) == 0)
        for (ULONG_PTR n = 0; n < list->count; n++)
            if (list->rows[n].process == GetCurrentProcessId()) count++;
    free(list);
    return count;
}

#endif

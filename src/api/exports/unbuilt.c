/* Entry points of the exported functions that are not built yet; unbuilt_list.h is the table.
 *
 * Every one clears its results, notes its name in the log once and returns the code of its row.
 * Arguments are taken as pointer-sized slots rather than by prototype: that suits the names that
 * nobody has a prototype for as well, and on x86, where the callee removes the arguments, the slot
 * count alone decides how much is removed. The export checker compares the sizes with those that
 * the SDK's prototypes give, so mprapi.h is not included here (its declarations would clash).
 */
#include <windows.h>

#include "unbuilt.h"

enum { SLOT_LIMIT = 8 };

/* One bit per argument and kind of result. */
#define NO_OUT
#define OUT_PTR(index)   | (1u << (index))
#define OUT_DWORD(index) | (1u << (SLOT_LIMIT + (index)))
#define OUT_TEXT(index)  | (1u << (2 * SLOT_LIMIT + (index)))

struct unbuilt {
    const char *name;
    DWORD code;
    unsigned outs;
};

static void clear_out(unsigned outs, unsigned index, ULONG_PTR slot)
{
    void *target = (void *)slot;

    if (!target) return;
    if (outs & (1u << index)) *(void **)target = NULL;
    if (outs & (1u << (SLOT_LIMIT + index))) *(DWORD *)target = 0;
    if (outs & (1u << (2 * SLOT_LIMIT + index))) *(WCHAR *)target = 0;
}

static DWORD answer(const struct unbuilt *function, volatile LONG *noted, const ULONG_PTR *slots,
                    unsigned count)
{
    for (unsigned i = 0; i < count; i++) clear_out(function->outs, i, slots[i]);
    if (!InterlockedExchange(noted, 1)) api_note_unbuilt(function->name);
    return function->code;
}

/* Parameters and their values for each size that the table has. */
#define PARAMS_4  ULONG_PTR a0
#define PARAMS_8  PARAMS_4, ULONG_PTR a1
#define PARAMS_12 PARAMS_8, ULONG_PTR a2
#define PARAMS_16 PARAMS_12, ULONG_PTR a3
#define PARAMS_20 PARAMS_16, ULONG_PTR a4
#define PARAMS_24 PARAMS_20, ULONG_PTR a5
#define PARAMS_28 PARAMS_24, ULONG_PTR a6
#define PARAMS_32 PARAMS_28, ULONG_PTR a7
#define VALUES_4  a0
#define VALUES_8  VALUES_4, a1
#define VALUES_12 VALUES_8, a2
#define VALUES_16 VALUES_12, a3
#define VALUES_20 VALUES_16, a4
#define VALUES_24 VALUES_20, a5
#define VALUES_28 VALUES_24, a6
#define VALUES_32 VALUES_28, a7

/* Prototypes first: the definitions are external and no header declares them. */
#define UNBUILT(name, bytes, code, outs) DWORD WINAPI name(PARAMS_##bytes);
#ifdef _WIN64
#define UNBUILT_X64(name, code) DWORD WINAPI name(void);
#else
#define UNBUILT_X64(name, code)
#endif
#include "unbuilt_list.h"
#undef UNBUILT
#undef UNBUILT_X64

#define UNBUILT(name, bytes, code, outs)                                           \
    DWORD WINAPI name(PARAMS_##bytes)                                              \
    {                                                                              \
        static const struct unbuilt function = {#name, code, 0u outs};             \
        static volatile LONG noted;                                                \
        const ULONG_PTR slots[] = {VALUES_##bytes};                                \
                                                                                   \
        return answer(&function, &noted, slots, sizeof(slots) / sizeof(slots[0])); \
    }
#ifdef _WIN64
#define UNBUILT_X64(name, code)                                   \
    DWORD WINAPI name(void)                                       \
    {                                                             \
        static const struct unbuilt function = {#name, code, 0u}; \
        static volatile LONG noted;                               \
                                                                  \
        return answer(&function, &noted, NULL, 0);                \
    }
#else
#define UNBUILT_X64(name, code)
#endif
#include "unbuilt_list.h"

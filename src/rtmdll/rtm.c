/* rtm.dll: names that pass calls on to the router (rtm_calls.h). Every function takes words here,
 * so the SDK's prototypes are left out. */
#include <windows.h>

#include "rtm_calls.h"
#include "words.h"

#define NO_CALLS_REGISTER ERROR_SERVICE_NOT_ACTIVE
#define NO_CALLS          ERROR_INVALID_HANDLE

static const struct rtm_calls *volatile bound;

rtm_bind_fn rtm_bind;

int rtm_bind(const struct rtm_calls *calls)
{
    if (calls->count != RTM_CALL_COUNT) return 0;
    InterlockedExchangePointer((void *volatile *)&bound, (void *)(ULONG_PTR)calls);
    return 1;
}

/* ---- passing on ------------------------------------------------------------------------------ */

#define PASS_ON(name, parameters)                                              \
    DWORD WINAPI Rtm##name(WORDS_##parameters);                                \
    DWORD WINAPI Rtm##name(WORDS_##parameters)                                 \
    {                                                                          \
        typedef DWORD WINAPI function(WORDS_##parameters);                     \
        const struct rtm_calls *calls = bound;                                 \
                                                                               \
        if (!calls) return RTM_CALL_##name ? NO_CALLS : NO_CALLS_REGISTER;     \
        return ((function *)calls->call[RTM_CALL_##name])(NAMES_##parameters); \
    }

RTM_CALLS(PASS_ON)

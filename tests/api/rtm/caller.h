/* rtmcaller.dll: a routing protocol that does nothing but call each function of rtm.dll with each
 * code that its page lists, in the condition that the page names, in the router's process where
 * protocols are. It needs the SDK's headers and the import library of rtm.dll, nothing else.
 *
 * GetEntry of its MIB is asked for one call after the other, by number: the first question runs
 * them all. Past the last one the answer is ERROR_NO_MORE_ITEMS.
 */
#ifndef TESTS_API_RTM_CALLER_H
#define TESTS_API_RTM_CALLER_H

#include <windows.h>

/* PROTOCOL_ID(PROTO_TYPE_UCAST, vendor 0x3FF, 0x7E59) */
#define CALLER_ID 0x03FF7E59u

/* One call: what the page says that it gives, and what it gave. */
struct caller_row {
    char function[60];
    DWORD line; /* of the source */
    DWORD want, got;
};

#endif

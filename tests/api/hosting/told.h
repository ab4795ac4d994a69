/* What the tests of hosted protocols share: what the protocols of testproto.dll were told. */
#ifndef TESTS_API_TOLD_H
#define TESTS_API_TOLD_H

#include "api/support/fixture.h"

#include "testproto.h"

/* The global block of a protocol; size 0: it is stopped. */
DWORD told_set_global(MPR_SERVER_HANDLE server, DWORD transport, DWORD id, const void *data,
                      DWORD size);
/* A block on an interface; size 0 takes the protocol off it. */
DWORD told_set_interface(MPR_SERVER_HANDLE server, HANDLE interface_handle, DWORD transport,
                         DWORD id, const void *data, DWORD size);

/* Asks TESTPROTO_ID by MprAdminMIBEntryGet; in may be longer than its structure. Returns what the
 * protocol answered as value; its what, if it is wanted. Fails the test when the call does. */
DWORD told_ask(DWORD transport, const void *in, DWORD size, DWORD *ret_what);
/* A MIB handle for the whole program. */
MIB_SERVER_HANDLE told_mib(void);
/* By MprAdminMIBEntrySet: the code. */
DWORD told_change(DWORD transport, DWORD what, DWORD value);

/* The record of that number; FALSE: there is none yet. */
BOOL told_record(DWORD transport, DWORD number, struct testproto_told *ret);
/* How many there are: what is told from here on has numbers from that. */
DWORD told_count(DWORD transport);
/* Waits ten seconds for a record, from a number on, that names this protocol, entry and (if not 0)
 * interface; fails without one. Its number in *from, if that is wanted. */
struct testproto_told told_wait(DWORD transport, DWORD *from, DWORD protocol, DWORD entry,
                                DWORD index);
/* How many such records there are from a number on. */
DWORD told_times(DWORD transport, DWORD from, DWORD protocol, DWORD entry, DWORD index);

#endif

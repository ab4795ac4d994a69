/* What the tests of the MIB share. */
#ifndef TESTS_API_MIB_FIXTURE_H
#define TESTS_API_MIB_FIXTURE_H

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <winsock2.h>
#include <ws2tcpip.h>

#include "api/support/fixture.h"

#include <iphlpapi.h>
#include <iprtrmib.h>

enum op { GET, GET_FIRST, GET_NEXT };
enum change { CREATE, DELETE_ENTRY, SET };

/* A MIB handle for the whole program, made at the first call. */
MIB_SERVER_HANDLE mib_server(void);

/* One of the Get functions, with results that are untouched before; on failure they are cleared. */
DWORD mib_read(enum op op, DWORD transport, DWORD routing_pid, const void *in, DWORD in_size,
               void **ret, DWORD *ret_size);
DWORD mib_write(enum change op, DWORD transport, DWORD routing_pid, const void *in, DWORD in_size);

/* A variable of PID_IP's manager. On success *ret (to be freed) is its MIB_OPAQUE_INFO, whose dwId
 * is id; *ret_size counts the octets of its data. */
DWORD mib_query(enum op op, DWORD id, const DWORD *index, DWORD count, MIB_OPAQUE_INFO **ret,
                DWORD *ret_size);
/* The data of Get for a variable without index DWORDs, at least size octets. Fails the test when
 * the call does. Freed with mib_free. */
void *mib_table(DWORD id, DWORD size);
void mib_free(void *data);

/* A connected interface with PID_IP on it, at 127.77.0.1; its index. */
DWORD mib_interface(const char *name);

/* Memory of which the last size octets are given, with a page behind that can't be read. */
void *mib_at_the_edge(const void *data, size_t size);

#endif

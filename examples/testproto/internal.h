/* What the files of testproto.dll share. */
#ifndef TESTPROTO_INTERNAL_H
#define TESTPROTO_INTERNAL_H

#include <winsock2.h>
#include <windows.h>

#include <mprerror.h>
#include <routprot.h>

#include "testproto.h"

#define RF_ROUTINGV6_FLAG 0x2u /* RF_ROUTINGV6, which mingw-w64's routprot.h lacks */

/* Calls testproto_inside: the first thing in each entry point, without a lock. */
void enter(const char *entry, ULONG index);

/* Keeps a record; data may be NULL. */
void told(struct testproto_told record, const void *data, DWORD size);
/* That of a number; FALSE: there is none. */
BOOL told_at(DWORD number, struct testproto_told *ret);
/* Octets of a StatusInfo. */
DWORD status_info_size(BOOL ipv6, DWORD type, const void *info);

/* Of the first protocol: what the router offers it, since StartProtocol. */
extern SUPPORT_FUNCTIONS support;
/* Crashes; this image can be started again. */
void die(void);
/* TESTPROTO_MIB_SAVES_GLOBAL, TESTPROTO_MIB_SAVES_INTERFACE. */
DWORD save(const struct testproto_mib *m);
void fill_mib(MPR_ROUTING_CHARACTERISTICS *c);

/* RegisterProtocol of the peer. */
DWORD peer_register(MPR_ROUTING_CHARACTERISTICS *c);

#endif

/* The structures of mprapi.h for ports and connections, as functions return them and RAS
 * administration DLLs get them. */
#ifndef MPR_WIN32_ADMIN_DLL_RECORDS_H
#define MPR_WIN32_ADMIN_DLL_RECORDS_H

#include "win32/sys/windows_api.h"

#include <mprapi.h>

#include "win32/sys/no_interface_macro.h"

#include "router/ddm/port.h"
#include "win32/net/link_facts.h"

/* What a record is made of: a snapshot of the core's, and figures of the host. */
struct ras_connection {
    struct connection_info info;
    struct link_counters counters;
    bool has_ipv6;
    uint8_t ipv6_id[8]; /* of this end */
};

struct ras_port {
    struct port_info info;
    struct link_counters counters;
};

/* Asks the host for what the core does not know; not under the engine's lock. A link that no host
 * made (a scripted one) has the credentials that are stored now. */
void ras_connection_complete(struct ras_connection *c, const struct link_facts *facts);
/* The same for one that is counted already, or has counted nothing yet. */
void ras_connection_identify(struct ras_connection *c);

/* Each fills a zeroed structure. */
void ras_connection_0(const struct ras_connection *c, RAS_CONNECTION_0 *ret);
void ras_connection_1(const struct ras_connection *c, RAS_CONNECTION_1 *ret);
void ras_connection_2(const struct ras_connection *c, RAS_CONNECTION_2 *ret);
void ras_connection_3(const struct ras_connection *c, RAS_CONNECTION_3 *ret);
void ras_connection_ex(const struct ras_connection *c, RAS_CONNECTION_EX *ret);
void ras_port_0(const struct ras_port *p, RAS_PORT_0 *ret);
void ras_port_1(const struct ras_port *p, RAS_PORT_1 *ret);

/* RAS_FLAGS_ of a connection. */
DWORD ras_connection_flags(const struct connection_info *info);
/* NO_ERROR when the protocol was negotiated, else RAS_NOT_NEGOTIATED. */
DWORD ras_ip_error(const struct connection_info *info);
DWORD ras_ipv6_error(const struct ras_connection *c);
/* Texts "a.b.c.d"; "" for 0. */
void ras_address_text(uint32_t address, WCHAR ret[IPADDRESSLEN + 1]);
/* 32 bits of a 64-bit counter, as a counter that wraps. */
DWORD ras_counter(uint64_t value);
FILETIME ras_file_time(uint32_t unix_time);

/* ERROR_PROTOCOL_NOT_CONFIGURED: what a PPP protocol has for dwError that was not negotiated. */
#define RAS_NOT_NEGOTIATED 731u

#endif

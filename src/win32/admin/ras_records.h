/* The structures of the API for ports and connections, as functions return them and RAS
 * administration DLLs get them. */
#ifndef MPR_WIN32_RAS_RECORDS_H
#define MPR_WIN32_RAS_RECORDS_H

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

/* Each fills a zeroed RAS_CONNECTION_n or RAS_PORT_n. No page has level 4 of connections (MS-RRASM
 * has the layout) and 2 of ports. */
void ras_connection_0(const struct ras_connection *c, void *target);
void ras_connection_1(const struct ras_connection *c, void *target);
void ras_connection_2(const struct ras_connection *c, void *target);
void ras_connection_3(const struct ras_connection *c, void *target);
void ras_connection_4(const struct ras_connection *c, void *target);
void ras_connection_ex(const struct ras_connection *c, void *target);
void ras_port_0(const struct ras_port *p, void *target);
void ras_port_1(const struct ras_port *p, void *target);
void ras_port_2(const struct ras_port *p, void *target);

#endif

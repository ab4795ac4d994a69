/* Who dials in: clients that the administrator has made known to the router.
 *
 * Below HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters\Clients each key, of any
 * name, is a client or a sort of clients. Its values, read when the router starts:
 *     Kind      REG_SZ     existing or scripted; required
 *     Port      REG_SZ     PPTP, L2TP, SSTP, IKEv2 or PPPoE: which port it occupies; default IKEv2.
 *                          The miniport must be enabled for remote access
 *     User, Domain, Computer REG_SZ  who calls; User is required for scripted. An account of this
 *                          machine whose rights deny dialling in is refused (user_store.h)
 *     Address   REG_SZ     dotted address that the client is to have, or has; default: none.
 *                          A RAS administration DLL may give another one (admin_dll_address.h)
 *     InterfaceIdentifier REG_SZ  16 hexadecimal digits: the client wants IPv6, with this
 *                          identifier (zeros: one that a DLL gives)
 *     Quarantined REG_DWORD 1: it is in quarantine until MprAdminConnectionRemoveQuarantine
 *   existing: pppd, xl2tpd, openvpn, WireGuard or whoever else answers the call, and an adapter of
 *   the host is its link
 *     Adapter   REG_SZ     its name as on the host, or its {GUID}; one that ends in "*" (ppp*)
 *                          stands for all that begin so. Each that is up with an address, and that
 *                          no demand-dial interface is dialled over, is one client; the loopback
 *                          adapter only by its own name. Without User it is named by the adapter;
 *                          without Address it has that of the adapter's peer (link_facts.h)
 *   scripted: there is no link; for tests of programs and of administration DLLs
 *     After     REG_DWORD  milliseconds from the start of the router to the call; default 0
 *     DropAfter REG_DWORD  milliseconds until the connection drops; 0, the default: never
 *
 * Adapters are looked at every AdapterPoll (config_load.h).
 * The router can't take down an adapter that somebody else keeps up: one whose client was refused
 * or disconnected makes no new one before it has gone down. A malformed key is skipped, and logged.
 */
#ifndef MPR_WIN32_CLIENTS_H
#define MPR_WIN32_CLIENTS_H

#include "win32/sys/windows_api.h"

#include "router/ddm/client.h"

/* What is told of clients. Called without any lock held. */
struct clients_sink {
    mpr_status (*call)(const struct client_call *call, handle_t32 *ret); /* router_client_call */
    void (*gone)(handle_t32 client);                                     /* router_client_gone */
};

/* Reads the keys. ST_NOT_ENOUGH_MEMORY: not all are there. */
mpr_status clients_start(const struct clients_sink *sink);
/* The scripted ones call. ST_NOT_ENOUGH_MEMORY: not all of them. */
mpr_status clients_call(void);
/* The host's adapters as they are now; one caller at a time, not before clients_start or after
 * clients_stop. */
void clients_adapters(const struct host_adapter *adapters, size_t count);
void clients_stop(void);

#endif

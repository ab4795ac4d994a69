/* beacon.dll: a small routing protocol for the Routing Protocol Interface (routprot.h) that keeps
 * its routes in the Routing Table Manager (rtmv2.h): as somebody else would write one, against the
 * SDK's headers only.
 *
 * Two routers tell each other prefixes over UDP, each from its configuration, every interval. What
 * a neighbour tells lives three intervals, and is asked for when routes are to be updated
 * (DoUpdateRoutes), so autostatic updates work.
 *
 * To use it: put beacon.dll beside mprapi.dll or into the system folder; enter it in the catalogue,
 *     HKLM\Software\Microsoft\Router\CurrentVersion\RouterManagers\Ip\BEACON
 *         ProtocolId REG_DWORD BEACON_ID    DllName REG_SZ beacon.dll
 * add an empty block BEACON_ID to the transport's global information, which loads and starts it,
 * and a block BEACON_ID, a struct beacon_interface, to the information of an interface.
 *
 * A datagram, in network order: "BCN1"; one octet, 1 a question, 2 an announcement; one octet, how
 * many prefixes; for each four octets of address and one of length.
 */
#ifndef BEACON_H
#define BEACON_H

#include <windows.h>

/* PROTOCOL_ID(PROTO_TYPE_UCAST, vendor 0x3FF, 0x7E58) */
#define BEACON_ID       0x03FF7E58u
#define BEACON_PREFIXES 16

/* The interface block. A shorter or missing one counts as zeroes: nobody is told anything. */
struct beacon_interface {
    DWORD neighbour;      /* address, network order */
    DWORD port;           /* UDP, one's own */
    DWORD neighbour_port; /* 0: the same */
    DWORD interval;       /* ms between two announcements; 0: 5,000 */
    DWORD count;          /* of prefixes that are told, at most BEACON_PREFIXES */
    struct {
        DWORD address; /* network order */
        DWORD length;  /* bits */
    } prefix[BEACON_PREFIXES];
};

#endif

/* Clients of rtm.dll's functions, over a router in this process. */
#ifndef MPR_TESTS_RTM_CLIENTS_H
#define MPR_TESTS_RTM_CLIENTS_H

#include "win32/win32_test.h"

#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/sys/no_interface_macro.h"

#define CLIENT_PROTOCOL  0x03FF0001u
#define CLIENT_INTERFACE 77u

/* cmocka's: the router and its transports for a group of tests. */
int clients_begin(void **state);
int clients_end(void **state);

/* What a client was told. */
struct told {
    RTM_EVENT_TYPE type;
    void *context1, *context2;
    RTM_ENTITY_INFO info; /* of the other entity */
    DWORD thread;
};
#define TOLD_MAX 64
extern struct told told[TOLD_MAX];
extern volatile LONG told_count;
/* Notes what it is told, and answers told_answer. */
DWORD WINAPI client_callback(RTM_ENTITY_HANDLE client, RTM_EVENT_TYPE type, void *context1,
                             void *context2);
extern volatile LONG told_answer;

RTM_ENTITY_INFO client_info(USHORT family, ULONG instance);
/* One of IPv4 with that instance number. */
RTM_ENTITY_HANDLE client_new(ULONG instance, RTM_EVENT_CALLBACK callback);
void client_end(RTM_ENTITY_HANDLE client);

RTM_NET_ADDRESS net4(BYTE a, BYTE b, BYTE c, BYTE d, USHORT length);
RTM_NEXTHOP_HANDLE client_hop(RTM_ENTITY_HANDLE client, BYTE last);
/* A unicast route over one next hop. *ret_change optional. */
RTM_ROUTE_HANDLE client_route(RTM_ENTITY_HANDLE client, RTM_NET_ADDRESS to, RTM_NEXTHOP_HANDLE hop,
                              ULONG metric, DWORD *ret_change);

/* Live handles of all clients. */
size_t clients_handles(void);

#endif

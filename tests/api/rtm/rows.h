/* What the calls are made with. */
#ifndef TESTS_API_RTM_ROWS_H
#define TESTS_API_RTM_ROWS_H

#include <winsock2.h>
#include <windows.h>

#include <rtmv2.h>

#include "caller.h"

/* A call with the code that it is to give (cmake/exports/check_rtm.py reads these). */
#define ROW(function, code, ...) rows_note(#function, __LINE__, code, function(__VA_ARGS__))
void rows_note(const char *function, DWORD line, DWORD want, DWORD got);

#define BAD       ((HANDLE)(ULONG_PTR)0xD1234567u)
#define INTERFACE 77u
#define UCAST     RTM_VIEW_MASK_UCAST
#define NO_VIEW   0x80000000u
#define SLOTS     4 /* opaque pointers of a family */

/* Two clients of IPv4: the first has methods and what is below, the second an opaque pointer. */
struct scene {
    RTM_ENTITY_INFO info; /* of the first */
    RTM_ENTITY_HANDLE a, b, gone;
    RTM_REGN_PROFILE profile;
    RTM_NEXTHOP_INFO hop_info;
    RTM_NEXTHOP_HANDLE hop;
    RTM_NET_ADDRESS net, none; /* none: where nothing is */
    RTM_ROUTE_INFO route_info; /* over the hop */
    RTM_ROUTE_HANDLE route;
    RTM_DEST_HANDLE dest;
};

/* A destination with room for all views, an array of them, and a route with room for its hops. */
union dest_room {
    RTM_DEST_INFO info;
    BYTE room[2 * RTM_SIZE_OF_DEST_INFO(2)];
};
union route_room {
    RTM_ROUTE_INFO info;
    BYTE room[sizeof(RTM_ROUTE_INFO) + 8 * sizeof(HANDLE)];
};

RTM_NET_ADDRESS rows_net(BYTE a, BYTE b, USHORT length);

void rows_registration(struct scene *s); /* begins the scene */
void rows_methods(struct scene *s);
void rows_next_hops(struct scene *s); /* makes the hop */
void rows_routes(struct scene *s);    /* makes the route, finds the destination */
void rows_locks(struct scene *s);
void rows_destinations(struct scene *s);
void rows_enumerations(struct scene *s);
void rows_changes(struct scene *s);
void rows_lists(struct scene *s);
void rows_end(struct scene *s); /* gives it all back */
void rows_refused(void);        /* rtm.h and mgm.h */

#endif

/* The router that sweeps of its functions begin with: one demand-dial interface, "Swept", that a
 * scripted dialer connects at once, and RIP for IPv4. */
#ifndef TESTS_SWEEP_SCENE_H
#define TESTS_SWEEP_SCENE_H

#include "sweep/sweep.h"

#include "api/support/fixture.h"

extern MPR_SERVER_HANDLE scene_server;
extern HANDLE scene_interface; /* after one of the functions below */
extern LPVOID scene_rip;       /* puts RIP on an interface */
extern HANDLE scene_event;
extern const struct fixture_dialer scene_dialer;

/* Replaces the allocators, makes the registry, starts the router. */
void scene_begin(DWORD rip_port);

/* What scenarios begin with; each makes what is missing only. */
void scene_with_interface(void);
void scene_with_transport(void);
void scene_without_transport(void);
void scene_disconnected(void);
void scene_connected(void);
void scene_connected_anew(void);

#endif

/* The protocol's routes in the Routing Table Manager. */
#ifndef BEACON_ROUTES_H
#define BEACON_ROUTES_H

#include <winsock2.h>
#include <windows.h>

#include <routprot.h>

/* Registers. What went wrong is RtmRegisterEntity's. */
DWORD routes_start(const SUPPORT_FUNCTIONS *support);
/* Takes all routes out and deregisters. */
void routes_stop(void);

/* The neighbour (network order) on that interface has told of a prefix: it lives that long from
 * now. */
void routes_learn(ULONG interface_index, DWORD neighbour, DWORD address, USHORT length,
                  DWORD life_ms);
/* Takes out what was learned on that interface. */
void routes_forget(ULONG interface_index);

#endif

/* The reasons of RIP are among those of both RIPs. */
#ifndef MPR_PROTOCOL_RIP_DROP_H
#define MPR_PROTOCOL_RIP_DROP_H

#include "protocol/ripcore/drop.h"

#endif

/* The table of the protocols that are linked in. Whoever makes a router gives it these rows,
 * changed by what the configuration says (struct router_config); the router itself knows none by
 * name.
 */
#ifndef MPR_PROTOCOL_BUILTIN_BUILTIN_PROTOCOLS_H
#define MPR_PROTOCOL_BUILTIN_BUILTIN_PROTOCOLS_H

#include "protocol/protocol.h"

extern const struct builtin_protocol builtin_protocols[];
extern const size_t builtin_protocol_count;

#endif

#include "protocol/builtin/builtin_protocols.h"

#include "protocol/rip/rip.h"

const struct builtin_protocol builtin_protocols[] = {
    {.transport = TRANSPORT_IP,
     .protocol = &rip_protocol,
     .name = u"Rip",
     .port = RIP_PORT,
     .route_limit = RIP_ROUTE_LIMIT},
};

const size_t builtin_protocol_count = sizeof(builtin_protocols) / sizeof(builtin_protocols[0]);

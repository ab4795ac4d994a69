#include "protocol/builtin/builtin_protocols.h"

#include "protocol/rip/rip.h"
#include "protocol/ripng/ripng.h"

const struct builtin_protocol builtin_protocols[] = {
    {.transport = TRANSPORT_IP,
     .protocol = &rip_protocol,
     .name = u"Rip",
     .port = RIP_PORT,
     .route_limit = RIP_ROUTE_LIMIT},
    {.transport = TRANSPORT_IPV6,
     .protocol = &ripng_protocol,
     .name = u"Ripng",
     .port = RIPNG_PORT,
     .route_limit = RIPNG_ROUTE_LIMIT},
};

const size_t builtin_protocol_count = sizeof(builtin_protocols) / sizeof(builtin_protocols[0]);

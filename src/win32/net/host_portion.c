#include "win32/net/host_portion.h"

#include <string.h>

#include "win32/net/host_ip.h"

_Static_assert(HOST_IP_SIZE <= HOST_PROGRAM_WRITE_MAX, "no write waits");

size_t host_portion_routes(bool by_ip)
{
    return by_ip ? HOST_IP_CHANGES : HOST_PORTION_MAX;
}

static struct hr_change change_of(const struct host_route *route)
{
    struct hr_change c = {.operation = route->wanted ? HR_PUT : HR_DELETE};

    c.route.family = route->transport == TRANSPORT_IP ? HR_IPV4 : HR_IPV6;
    c.route.length = route->prefix.length;
    c.route.flags = route->on_link ? HR_ROUTE_ON_LINK : 0;
    c.route.interface = route->host_index;
    c.route.metric = route->metric;
    memcpy(c.route.destination, route->prefix.address.octets, sizeof(c.route.destination));
    memcpy(c.route.next_hop, route->next_hop.octets, sizeof(c.route.next_hop));
    return c;
}

static size_t write_text(char *target, const struct host_route *routes, size_t count)
{
    struct host_ip_text t;

    host_ip_begin(&t, target);
    for (size_t n = 0; n < count; n++) {
        struct hr_change c = change_of(&routes[n]);

        host_ip_add(&t, &c);
    }
    return host_ip_end(&t);
}

static size_t write_message(uint8_t *target, uint32_t sequence, const struct host_route *routes,
                            size_t count)
{
    const struct hr_header header = {.type = HR_ROUTES, .sequence = sequence};
    struct writer w;

    hr_frame_begin(&w, target, HOST_PROGRAM_WRITE_MAX, &header);
    for (size_t n = 0; n < count; n++) {
        struct hr_change c = change_of(&routes[n]);

        hr_change_write(&w, &c);
    }
    return hr_frame_end(&w, (uint32_t)count) ? w.used : 0;
}

size_t host_portion_write(uint8_t target[HOST_PROGRAM_WRITE_MAX], bool by_ip, uint32_t sequence,
                          const struct host_route *routes, size_t count)
{
    return by_ip ? write_text((char *)target, routes, count)
                 : write_message(target, sequence, routes, count);
}

#include "win32/net/host_routes_said.h"

#include "base/trace.h"

static void said_ready(struct reader *r)
{
    struct hr_ready ready;

    if (!hr_ready_read(r, &ready)) return;
    TRACE(INFO,
          "host routes: routes go to the host's table %u with protocol number %u; %u were there",
          ready.table, ready.protocol, ready.found);
}

static void said_failed(struct reader *r)
{
    static const char *const reasons[] = {
        [0] = "it says not why",
        [HR_NO_RIGHTS] = "this process may not change the host's network (CAP_NET_ADMIN)",
        [HR_NO_NETLINK] = "the host has no netlink for it",
        [HR_BAD_INPUT] = "it did not understand what it was told",
        [HR_NO_MEMORY] = "it has no memory"};
    struct hr_failure f;

    if (!hr_failure_read(r, &f)) return;
    if (f.reason >= sizeof(reasons) / sizeof(*reasons)) f.reason = 0;
    TRACE(WARNING, "host routes: routes do not reach the host's own table: %s (errno %u)",
          reasons[f.reason], f.error);
}

static void said_owned(struct reader *r)
{
    struct hr_owner o;

    if (!hr_owner_read(r, &o)) return;
    TRACE(WARNING,
          "host routes: another router (process %u of the host) has the host's table; this one's "
          "routes "
          "go there when that one ends",
          o.process);
}

static void said_done(const struct hr_header *header, struct reader *r)
{
    struct hr_error e;

    if (!header->count || !hr_error_read(r, &e)) return;
    TRACE(WARNING,
          "host routes: the host does not take %u of the routes; the first because of errno %u",
          header->count, e.error);
}

static void said_restored(struct reader *r)
{
    struct hr_restored v;

    if (!hr_restored_read(r, &v)) return;
    TRACE(
        INFO,
        "host routes: %u put back, %u removed that are nobody's, %u can't be there now (errno %u)",
        v.restored, v.removed, v.missing, v.error);
}

static void said_snapshot(struct reader *r)
{
    struct hr_snapshot s;

    if (hr_snapshot_read(r, &s) && s.cause == HR_OVERRUN)
        TRACE(WARNING,
              "host routes: changes of the host came faster than they were read; all is read anew");
}

static void said_forwarding(struct reader *r)
{
    struct hr_forwarding f;

    if (!hr_forwarding_read(r, &f)) return;
    if (f.switched)
        TRACE(INFO,
              "host routes: forwarding was switched on at the host, and will be switched off:%s%s",
              f.switched & HR_FORWARD_IPV4 ? " net.ipv4.ip_forward" : "",
              f.switched & HR_FORWARD_IPV6 ? " net.ipv6.conf.all.forwarding" : "");
    if (f.ipv4 == HR_FORWARDING_OFF)
        TRACE(WARNING,
              "host routes: the host forwards no packets of IPv4 (net.ipv4.ip_forward is 0; "
              "the value HostForwarding can switch it on)");
    if (f.ipv6 == HR_FORWARDING_OFF)
        TRACE(INFO,
              "host routes: the host forwards no packets of IPv6 (net.ipv6.conf.all.forwarding "
              "is 0)");
}

void host_routes_said(const struct hr_header *header, const struct reader *body)
{
    struct reader r = *body;

    switch (header->type) {
    case HR_READY:
        said_ready(&r);
        break;
    case HR_FAILED:
        said_failed(&r);
        break;
    case HR_OWNED:
        said_owned(&r);
        break;
    case HR_DONE:
        said_done(header, &r);
        break;
    case HR_FORWARDING:
        said_forwarding(&r);
        break;
    case HR_RESTORED:
        said_restored(&r);
        break;
    case HR_SNAPSHOT_BEGIN:
        said_snapshot(&r);
        break;
    default:
        break;
    }
}

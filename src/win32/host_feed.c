#include "win32/host_feed.h"

#include "base/trace.h"
#include "win32/host.h"
#include "win32/store/filter_store.h"

bool host_feed_begin(void)
{
    struct router *r = host_enter(false);
    mpr_status status;

    if (!r) return false;
    status = router_host_routes_begin(r);
    host_leave();
    if (status != ST_OK) TRACE(ERROR, "host routes: %s", status_name(status));
    return status == ST_OK;
}

bool host_feed_next(struct host_route *ret, size_t capacity, size_t *ret_count)
{
    struct router *r = host_enter(true);

    if (!r) return false;
    *ret_count = router_host_routes_next(r, ret, capacity);
    host_leave();
    return true;
}

void host_feed_end(void)
{
    struct router *r = host_enter(false);

    if (!r) return;
    router_host_routes_end(r);
    host_leave();
}

bool host_feed_hold_wanted(void)
{
    struct router *r = host_enter(false);
    bool wanted;

    if (!r) return false;
    wanted = router_hold_wanted(r);
    host_leave();
    return wanted;
}

void host_feed_hold(uint32_t host_index)
{
    struct router *r = host_enter(false);
    mpr_status status;

    if (!r) return;
    status = router_hold_set(r, host_index);
    host_leave();
    if (status != ST_OK) TRACE(ERROR, "host routes: none are held: %s", status_name(status));
}

void host_feed_demand(const struct host_demand *demand)
{
    struct router *r = host_enter(true);

    if (!r) return;
    router_demand(r, demand);
    host_leave();
}

bool host_feed_filters(const char *table, struct blob *ret)
{
    const struct host_filters_ask ask = {table, filter_store_read(TRANSPORT_IP),
                                         filter_store_read(TRANSPORT_IPV6)};
    struct router *r = host_enter(true);
    mpr_status status;

    if (!r) return false;
    status = router_host_filters(r, &ask, ret);
    host_leave();
    if (status != ST_OK) TRACE(ERROR, "host filters: %s", status_name(status));
    return status == ST_OK;
}

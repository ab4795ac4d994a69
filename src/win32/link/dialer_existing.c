/* existing: the link is there already, or the attempt fails. */
#include "win32/link/dialer.h"

static mpr_status poll_existing(struct link *l, struct ip_binding *ret)
{
    struct host_adapter adapter;
    enum link_adapter_state state = link_adapter(l->plan.adapter, &adapter);

    if (state == LINK_ADAPTER_MISSING) return ST_INTERFACE_HAS_NO_DEVICES;
    if (state == LINK_ADAPTER_DOWN) return ST_INTERFACE_UNREACHABLE;
    *ret = adapter.binding;
    ret->remote = l->plan.binding.remote;
    l->host_index = adapter.binding.host_index;
    return ST_OK;
}

static mpr_status existing_stands(struct link *l)
{
    struct host_adapter adapter;

    if (link_adapter(l->plan.adapter, &adapter) == LINK_ADAPTER_UP &&
        adapter.binding.host_index == l->host_index)
        return ST_OK;
    return ST_INTERFACE_DISCONNECTED;
}

const struct dialer dialer_existing = {.kind = u"existing",
                                       .read = dialer_read_adapter,
                                       .poll = poll_existing,
                                       .stands = existing_stands};

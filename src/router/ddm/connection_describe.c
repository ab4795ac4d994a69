/* What is told about a connection, and what the host tells about its link. */
#include "router/ddm/connection_describe.h"

#include <string.h>

#include "base/utf16.h"
#include "router/ddm/client.h"
#include "router/ddm/dial_config.h"
#include "router/dim/interface.h"
#include "router/state.h"

/* NetBIOS names of computers have one unit less than there is room for. */
#define COMPUTER_CUT 15u

/* ---- what the host tells --------------------------------------------------------------------- */

/* The port of an attempt that is being dialled; NULL: it is over. */
static struct port *dialling_port(struct router *r, handle_t32 interface, uint32_t attempt)
{
    struct interface *i = interface_get(r, interface);

    return i && i->port && i->attempt == attempt && i->phase == DIAL_DIALLING ? i->port : NULL;
}

void router_link_base(struct router *r, handle_t32 interface, uint32_t attempt,
                      const struct link_counters *base)
{
    struct port *p = dialling_port(r, interface, attempt);

    if (p) p->base = *base;
}

void router_link_identity(struct router *r, handle_t32 interface, uint32_t attempt,
                          const char16_t *user, const char16_t *domain)
{
    struct port *p = dialling_port(r, interface, attempt);

    if (!p) return;
    if (!p->identity) p->identity = mem_alloc(sizeof(*p->identity));
    if (!p->identity) return;
    u16_copy_cut(p->identity->user, LINK_USER_MAX + 1, user);
    u16_copy_cut(p->identity->domain, LINK_DOMAIN_MAX + 1, domain);
}

/* ---- describing ------------------------------------------------------------------------------ */

/* The "phone number" of a tunnel is the host at its other end. */
static const char16_t *tunnel_peer(const struct port *p)
{
    const struct dial_config *c = p->interface->dial;
    bool tunnel = !c ? false
                  : p->kind == PORT_DEVICE
                      ? u16_equal_nocase(dial_config_text(c, DIAL_TEXT_DEVICE_TYPE), u"vpn")
                      : p->kind != PORT_PPPOE;

    return tunnel ? dial_config_text(c, DIAL_TEXT_PHONE_NUMBER) : u"";
}

static bool is_address(const char16_t *host)
{
    bool numeric = true;

    for (; *host; host++) {
        if (*host == u':') return true;
        numeric = numeric && ((*host >= u'0' && *host <= u'9') || *host == u'.');
    }
    return numeric;
}

/* An address whole or not at all; of a name the first label, which is what NetBIOS knows. */
static void describe_computer(const char16_t *host, char16_t ret[LINK_COMPUTER_MAX + 1])
{
    size_t units = 0;

    if (is_address(host)) {
        u16_copy(ret, LINK_COMPUTER_MAX + 1, host);
        return;
    }
    while (host[units] && host[units] != u'.' && units < COMPUTER_CUT) units++;
    u16_copy_cut(ret, units + 1, host);
}

static void describe_endpoints(const struct port *p, struct connection_info *ret)
{
    const char16_t *peer = tunnel_peer(p);

    if (u16_length(peer, PORT_ENDPOINT_MAX + 1) <= PORT_ENDPOINT_MAX) {
        u16_copy(ret->remote_endpoint, PORT_ENDPOINT_MAX + 1, peer);
    }
    describe_computer(peer, ret->computer);
    if (!p->moved) return;
    ret->switch_overs = p->moved->switch_overs;
    u16_copy(ret->local_endpoint, PORT_ENDPOINT_MAX + 1, p->moved->local);
    if (*p->moved->remote) {
        u16_copy(ret->remote_endpoint, PORT_ENDPOINT_MAX + 1, p->moved->remote);
    }
}

static void describe_identity(const struct port *p, struct connection_info *ret)
{
    if (!p->identity) return;
    ret->identified = true;
    u16_copy(ret->user, LINK_USER_MAX + 1, p->identity->user);
    u16_copy(ret->domain, LINK_DOMAIN_MAX + 1, p->identity->domain);
}

void connection_describe(const struct port *p, struct connection_info *ret)
{
    const struct interface *i = p->interface;

    *ret = (struct connection_info){.connection = p->connection,
                                    .interface = i->handle,
                                    .port = p->handle,
                                    .kind = p->kind,
                                    .type = i->type,
                                    .started = p->started,
                                    .local = i->binding.count ? i->binding.local[0].address : 0,
                                    .remote = i->binding.remote,
                                    .host_index = i->binding.host_index,
                                    .base = p->base};
    if (p->linked) ret->seconds = (uint32_t)((p->router->now - p->linked_at) / 1000);
    u16_copy(ret->interface_name, INTERFACE_NAME_MAX + 1, i->name);
    if (i->dial) memcpy(ret->guid, i->dial->guid, sizeof(ret->guid));
    describe_endpoints(p, ret);
    describe_identity(p, ret);
    if (i->client) client_describe(i, ret);
}

/* Each client that a protocol was told of has an entry in its binding, with the call that tells of
 * the end: made in advance, so that the end can't fail for memory.
 *
 * The address is the transport's: of IPv4 that which the client was given, of IPv6 the link-local
 * one with its interface identifier. A client without one is nothing to that transport's protocols.
 */
#include "router/rm/hosted_client.h"

#include <string.h>

#include "base/trace.h"
#include "router/ddm/client.h"
#include "router/dim/interface.h"
#include "router/rm/hosted_call.h"
#include "router/rm/rm_interface.h"

struct told_client {
    handle_t32 client;
    struct protocol_call *disconnect;
    struct told_client *next;
};

static bool address_of(const struct interface *client, uint32_t transport, struct rtm_address *ret)
{
    struct connection_info info = {0};
    uint64_t id;

    memset(ret, 0, sizeof(*ret));
    if (transport == TRANSPORT_IP) {
        *ret = rtm_address_ipv4(client->binding.remote);
        return client->binding.remote != 0;
    }
    client_describe(client, &info);
    memcpy(&id, info.remote_ipv6_id, sizeof(id));
    ret->octets[0] = 0xFE;
    ret->octets[1] = 0x80;
    memcpy(ret->octets + 8, &id, sizeof(id));
    return info.has_remote_ipv6 && id;
}

/* ---- the entries ----------------------------------------------------------------------------- */

static void told_free(struct protocol_binding *b, struct told_client *told)
{
    LL_DELETE(b->clients, told);
    protocol_call_free(told->disconnect);
    mem_free(told);
}

void hosted_client_forget(struct protocol_binding *b)
{
    struct told_client *told, *next;

    LL_FOREACH_SAFE (b->clients, told, next) told_free(b, told);
}

static struct protocol_call *client_call(const struct iftransport *t, struct protocol_binding *b,
                                         enum protocol_call_kind kind, const struct rtm_address *a)
{
    struct protocol_call *call = call_new(b->protocol, kind, t->interface, NULL);

    if (call) call->client = *a;
    return call;
}

static bool tell(const struct iftransport *t, struct protocol_binding *b, handle_t32 client,
                 const struct rtm_address *a)
{
    struct protocol_call *connect = client_call(t, b, CALL_CONNECT_CLIENT, a);
    struct told_client *told = mem_alloc(sizeof(*told));

    if (told) told->disconnect = client_call(t, b, CALL_DISCONNECT_CLIENT, a);
    if (!connect || !told || !told->disconnect) {
        protocol_call_free(connect);
        if (told) protocol_call_free(told->disconnect);
        mem_free(told);
        return false;
    }
    told->client = client;
    LL_PREPEND(b->clients, told);
    call_queue(b->protocol, connect, NULL);
    return true;
}

/* Built-in protocols have no use for it. */
static void connected(const struct iftransport *t, struct protocol_binding *b,
                      const struct interface *client)
{
    struct rtm_address a;

    if (b->protocol->builtin || !address_of(client, t->manager->transport, &a)) return;
    if (!tell(t, b, client->handle, &a)) {
        TRACE(ERROR, "protocol %u: no memory to tell it of a client", b->protocol->protocol_id);
    }
}

static void gone(struct protocol_binding *b, handle_t32 client)
{
    struct told_client *told, *next;

    LL_FOREACH_SAFE (b->clients, told, next) {
        if (told->client != client) continue;
        call_queue(b->protocol, told->disconnect, NULL);
        told->disconnect = NULL;
        told_free(b, told);
    }
}

/* ---- who is told ----------------------------------------------------------------------------- */

void hosted_client_connected(struct interface *client)
{
    const struct interface *internal = client->router->internal;
    struct iftransport *t;
    struct protocol_binding *b;

    DL_FOREACH (internal ? internal->transports : NULL, t) {
        DL_FOREACH (t->protocols, b) connected(t, b, client);
    }
}

void hosted_client_gone(struct interface *client)
{
    const struct interface *internal = client->router->internal;
    struct iftransport *t;
    struct protocol_binding *b;

    DL_FOREACH (internal ? internal->transports : NULL, t) {
        DL_FOREACH (t->protocols, b) gone(b, client->handle);
    }
}

void hosted_client_catch_up(struct iftransport *t, struct protocol_binding *b)
{
    const struct router *r = t->interface->router;
    const struct interface *i;

    if (t->interface != r->internal) return;
    for (size_t at = 0; (i = interface_next(r, &at));) {
        if (i->client && i->phase == DIAL_UP) connected(t, b, i);
    }
}

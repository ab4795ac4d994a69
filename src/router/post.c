/* Outbox entries that stand on their own: each is one allocation that holds the entry, what the
 * host is told, and a copy of everything that this points to. It is freed when acted on.
 */
#include "router/post.h"

#include <string.h>

#include "base/utf16.h"
#include "router/ddm/dial_config.h"
#include "router/state.h"

struct post {
    struct outbox_entry entry;
    union {
        struct store_item store;
        struct protocol_datagram datagram;
        struct {
            handle_t32 interface;
            uint32_t attempt;
        } hang_up;
    } u;
    uint8_t tail[]; /* copied data; char16_t text is at its start */
};

static struct post *post_new(size_t tail)
{
    return mem_alloc(sizeof(struct post) + tail);
}

static bool post_put(struct router *r, struct post *p, outbox_fn *act)
{
    p->entry.act = act;
    outbox_put(&r->outbox, &p->entry);
    return true;
}

static struct post *post_of(struct outbox_entry *entry)
{
    return CONTAINER_OF(entry, struct post, entry);
}

static void act_store(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    struct post *p = post_of(entry);

    (void)value;
    host->store(host->context, &p->u.store);
    mem_free(p);
}

bool post_store(struct router *r, const struct store_item *item)
{
    size_t name_size = 0;
    struct post *p;

    if (item->interface_name) {
        name_size = (u16_length(item->interface_name, INTERFACE_NAME_MAX) + 1) * sizeof(char16_t);
    }
    p = post_new(name_size + item->size);
    if (!p) return false;
    p->u.store = *item;
    if (name_size) {
        memcpy(p->tail, item->interface_name, name_size - sizeof(char16_t));
        p->u.store.interface_name = (const char16_t *)(const void *)p->tail;
    }
    if (item->size) memcpy(p->tail + name_size, item->data, item->size);
    p->u.store.data = p->tail + name_size;
    return post_put(r, p, act_store);
}

static void act_send(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    struct post *p = post_of(entry);

    (void)value;
    host->send(host->context, &p->u.datagram);
    mem_free(p);
}

bool post_send(struct router *r, const struct protocol_datagram *datagram)
{
    struct post *p = post_new(datagram->size);

    if (!p) return false;
    p->u.datagram = *datagram;
    if (datagram->size) memcpy(p->tail, datagram->data, datagram->size);
    p->u.datagram.data = p->tail;
    return post_put(r, p, act_send);
}

/* Larger than what is sent, and rarer, hence a structure of its own. */
struct post_listen {
    struct outbox_entry entry;
    struct port_listen listen;
};

static void act_listen(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    struct post_listen *p = CONTAINER_OF(entry, struct post_listen, entry);

    (void)value;
    host->listen(host->context, &p->listen);
    mem_free(p);
}

bool post_listen(struct router *r, const struct port_listen *listen)
{
    struct post_listen *p = mem_alloc(sizeof(*p));

    if (!p) return false;
    p->listen = *listen;
    p->entry.act = act_listen;
    outbox_put(&r->outbox, &p->entry);
    return true;
}

static void act_hang_up(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    struct post *p = post_of(entry);

    (void)value;
    host->hang_up(host->context, p->u.hang_up.interface, p->u.hang_up.attempt);
    mem_free(p);
}

bool post_reserve_hang_up(struct interface *i)
{
    struct post *p;

    if (i->hang_up_reserve) return true;
    p = post_new(0);
    if (!p) return false;
    i->hang_up_reserve = &p->entry;
    return true;
}

void post_hang_up(struct router *r, struct interface *i)
{
    struct post *p;

    if (!i->hang_up_reserve) return;
    p = post_of(i->hang_up_reserve);
    i->hang_up_reserve = NULL;
    p->u.hang_up.interface = i->handle;
    p->u.hang_up.attempt = i->attempt;
    post_put(r, p, act_hang_up);
}

void post_unreserve_hang_up(struct interface *i)
{
    if (i->hang_up_reserve) mem_free(post_of(i->hang_up_reserve));
    i->hang_up_reserve = NULL;
}

/* So is a dial attempt. */
struct post_dial {
    struct outbox_entry entry;
    struct dial_attempt attempt;
    struct dial_entry dial_entry;
    struct dial_plan plan;
    char16_t name[INTERFACE_NAME_MAX + 1];
};

static void act_dial(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    struct post_dial *p = CONTAINER_OF(entry, struct post_dial, entry);

    (void)value;
    host->dial(host->context, &p->attempt);
    mem_free(p);
}

bool post_dial(struct router *r, const struct interface *i)
{
    struct post_dial *p = mem_alloc(sizeof(*p));

    if (!p) return false;
    dial_config_expand(i->dial, &p->dial_entry, &p->plan);
    u16_copy(p->name, INTERFACE_NAME_MAX + 1, i->name);
    p->attempt = (struct dial_attempt){i->handle, i->attempt, p->name, &p->dial_entry, &p->plan};
    p->entry.act = act_dial;
    outbox_put(&r->outbox, &p->entry);
    return true;
}

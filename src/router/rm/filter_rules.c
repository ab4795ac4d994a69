#include "router/rm/filter_rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/address_text.h"
#include "base/mem.h"

/* ---- text ------------------------------------------------------------------------------------ */

void filter_text_free(struct filter_text *t)
{
    mem_free(t->data);
    *t = (struct filter_text){0};
}

static bool make_text_room(struct filter_text *t, size_t size)
{
    size_t capacity = t->capacity ? t->capacity : 512;
    char *data;

    if (t->failed) return false;
    while (capacity - t->used < size) capacity *= 2;
    if (capacity == t->capacity) return true;
    data = mem_grow(t->data, t->capacity, capacity, 1);
    t->failed = !data;
    if (!data) return false;
    t->data = data;
    t->capacity = capacity;
    return true;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
put_text(struct filter_text *t, const char *format, ...)
{
    char piece[256];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(piece, sizeof(piece), format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof(piece)) t->failed = true;
    if (t->failed || !make_text_room(t, (size_t)length + 1)) return;
    memcpy(t->data + t->used, piece, (size_t)length + 1);
    t->used += (size_t)length;
}

/* ---- filters --------------------------------------------------------------------------------- */

static void set_filter_address(uint8_t octets[16], uint32_t value)
{
    struct writer w;

    writer_init(&w, octets, 4);
    wr_be32(&w, value);
}

/* False: it can match nothing, for what it wants of the interface is not known. */
static bool bind_late(struct packet_filter *f, enum filter_family family,
                      const struct filter_place *place)
{
    if (!(f->late & FILTER_LATE_ANY)) return true;
    if (family != FILTER_IPV4 || !place->address) return false;
    if (f->late & FILTER_LATE_SOURCE) set_filter_address(f->source, place->address);
    if (f->late & FILTER_LATE_DEST) set_filter_address(f->dest, place->address);
    if (f->late & FILTER_LATE_SOURCE_MASK) set_filter_address(f->source_mask, place->mask);
    if (f->late & FILTER_LATE_DEST_MASK) set_filter_address(f->dest_mask, place->mask);
    return true;
}

static void put_address(struct filter_text *t, enum filter_family family, const char *which,
                        const uint8_t address[16], const uint8_t mask[16])
{
    const unsigned octets = family == FILTER_IPV4 ? 4 : 16;
    uint8_t masked[16];
    bool any = true;

    for (unsigned n = 0; n < 16; n++) {
        masked[n] = address[n] & mask[n];
        any = any && !mask[n];
    }
    if (any) return;
    put_text(t, " %s %s & %s == %s", family == FILTER_IPV4 ? "ip" : "ip6", which,
             address_text(mask, octets).text, address_text(masked, octets).text);
}

static void put_icmp(struct filter_text *t, const char *name, const struct packet_filter *f)
{
    if (f->source_port < FILTER_ICMP_ANY) put_text(t, " %s type %u", name, f->source_port);
    if (f->dest_port < FILTER_ICMP_ANY) put_text(t, " %s code %u", name, f->dest_port);
}

static void put_ports(struct filter_text *t, const struct packet_filter *f)
{
    if (f->source_port != FILTER_PORT_ANY) put_text(t, " th sport %u", f->source_port);
    if (f->dest_port != FILTER_PORT_ANY) put_text(t, " th dport %u", f->dest_port);
}

static void put_filter_protocol(struct filter_text *t, const struct packet_filter *f)
{
    if (f->protocol == FILTER_PROTOCOL_ANY) return;
    put_text(t, " meta l4proto %u", (unsigned)f->protocol);
    switch (f->protocol) {
    case FILTER_PROTOCOL_ICMP:
        put_icmp(t, "icmp", f);
        break;
    case FILTER_PROTOCOL_ICMPV6:
        put_icmp(t, "icmpv6", f);
        break;
    case FILTER_PROTOCOL_TCP:
    case FILTER_PROTOCOL_UDP:
        put_ports(t, f);
        break;
    default:
        break;
    }
}

/* ---- lists ----------------------------------------------------------------------------------- */

static const char *filter_verdict(enum filter_action action)
{
    return action == FILTER_DROP ? "drop" : "accept";
}

static enum filter_action opposite_action(enum filter_action action)
{
    return action == FILTER_DROP ? FILTER_FORWARD : FILTER_DROP;
}

struct filter_chain {
    char name[40];
};

static struct filter_chain filter_chain_of(const struct filter_place *place,
                                           enum filter_direction direction,
                                           enum filter_family family)
{
    struct filter_chain c;

    snprintf(c.name, sizeof(c.name), "%s%c_%u_%u", direction == FILTER_IN ? "in" : "out",
             family == FILTER_IPV4 ? '4' : '6', (unsigned)place->transport,
             (unsigned)place->host_index);
    return c;
}

static void put_filter(struct filter_text *t, const struct filter_place *place,
                       const struct filter_chain *c, const struct filter_list *list, uint32_t n)
{
    struct packet_filter f = filter_at(list, n);

    if (!bind_late(&f, list->family, place)) return;
    put_text(t, "add rule inet %s %s", place->table, c->name);
    put_address(t, list->family, "saddr", f.source, f.source_mask);
    put_address(t, list->family, "daddr", f.dest, f.dest_mask);
    put_filter_protocol(t, &f);
    put_text(t, " %s\n", filter_verdict(opposite_action(list->otherwise)));
}

void filter_rules_list(struct filter_text *t, const struct filter_place *place,
                       enum filter_direction direction, const struct filter_list *list)
{
    bool in = direction == FILTER_IN;
    struct filter_chain c = filter_chain_of(place, direction, list->family);

    put_text(t, "add chain inet %s %s\n", place->table, c.name);
    for (uint32_t n = 0; n < list->count; n++) put_filter(t, place, &c, list, n);
    put_text(t, "add rule inet %s %s %s\n", place->table, c.name, filter_verdict(list->otherwise));
    put_text(t, "add rule inet %s %s %s %u meta nfproto %s jump %s\n", place->table,
             in ? "received" : "sent", in ? "iif" : "oif", (unsigned)place->host_index,
             list->family == FILTER_IPV4 ? "ipv4" : "ipv6", c.name);
}

void filter_rules_fragments(struct filter_text *t, const struct filter_place *place,
                            enum filter_family family)
{
    put_text(t, "add rule inet %s fragments iif %u %s drop\n", place->table,
             (unsigned)place->host_index,
             family == FILTER_IPV4 ? "ip frag-off & 0x3fff != 0" : "exthdr frag exists");
}

/* Before and after defragmentation (-400), and before addresses are translated (-100, 100). */
void filter_rules_begin(struct filter_text *t, const char *table)
{
    static const struct {
        const char *name, *hook;
        int priority;
    } chains[] = {{"fragments", "prerouting", -450},
                  {"received", "prerouting", -150},
                  {"sent", "postrouting", -150}};

    put_text(t, "add table inet %s\ndelete table inet %s\nadd table inet %s\n", table, table,
             table);
    for (size_t n = 0; n < sizeof(chains) / sizeof(*chains); n++) {
        put_text(t, "add chain inet %s %s { type filter hook %s priority %d; policy accept; }\n",
                 table, chains[n].name, chains[n].hook, chains[n].priority);
    }
}

#include "mprctl/config/rip.h"

#include <stdlib.h>
#include <string.h>

#include <mprapi_ripng.h>

#include "mprctl/cli/address.h"

C_ASSERT(sizeof(RIPNG_GLOBAL_CONFIG) == sizeof(struct rip_global));
C_ASSERT(sizeof(RIPNG_IF_CONFIG) == sizeof(struct rip_interface));
C_ASSERT(offsetof(RIPNG_IF_CONFIG, IC_AnnounceFilterCount) ==
         offsetof(struct rip_interface, announce_count));

#define FLAGS_OF_BOTH                                                                             \
    {"accepthost", 0x1}, {"announcehost", 0x2}, {"acceptdefault", 0x4}, {"announcedefault", 0x8}, \
        {"splithorizon", 0x10}, {"poisonreverse", 0x20}, {"cleanup", 0x40},                       \
    {                                                                                             \
        "triggered", 0x80                                                                         \
    }
const struct field_flag rip_flags[] = {
    FLAGS_OF_BOTH, {"overwritestatic", 0x100}, {"nosummary", 0x200}, {NULL, 0}};
const struct field_flag ripng_flags[] = {FLAGS_OF_BOTH, {NULL, 0}};

#define GLOBAL_FIELD(name, values, kind, member, choices, flags, help) \
    {#name,                                                            \
     FIELD_##kind,                                                     \
     offsetof(struct rip_global, member),                              \
     sizeof(((struct rip_global *)0)->member),                         \
     choices,                                                          \
     flags},
#define INTERFACE_FIELD(name, values, kind, member, choices, flags, help) \
    {#name,                                                               \
     FIELD_##kind,                                                        \
     offsetof(struct rip_interface, member),                              \
     sizeof(((struct rip_interface *)0)->member),                         \
     choices,                                                             \
     flags},
static const struct field global_fields[] = {GLOBAL_ROWS(GLOBAL_FIELD)};
static const struct field interface_fields[] = {INTERFACE_ROWS(INTERFACE_FIELD)};
static const struct field interface6_fields[] = {INTERFACE6_ROWS(INTERFACE_FIELD)};

const struct rip_form rip_form = {
    .name = "RIP",
    .transport = PID_IP,
    .address_size = 4,
    .interface_fields = interface_fields,
    .interface_count = COUNT_OF(interface_fields),
    .first_list = RIP_LIST_NEIGHBOURS,
};
const struct rip_form ripng_form = {
    .name = "RIPng",
    .transport = PID_IPV6,
    .ipv6 = true,
    .address_size = 16,
    .interface_fields = interface6_fields,
    .interface_count = COUNT_OF(interface6_fields),
    .first_list = RIP_LIST_ACCEPT,
};

const struct rip_form *rip_form_of(const struct call *call)
{
    return text_begins(call->command->words, "ripng") ? &ripng_form : &rip_form;
}

/* ---- blocks with lists ----------------------------------------------------------------------- */

struct rip_config rip_default_global(const struct rip_form *form)
{
    return (struct rip_config){.form = form,
                               .global = {.logging = 1,
                                          .receive_queue = 1 << 20,
                                          .send_queue = 1 << 20,
                                          .trigger_interval = 5},
                               .head = sizeof(struct rip_global),
                               .fields = global_fields,
                               .field_count = COUNT_OF(global_fields)};
}

/* What Windows gives an interface on which RIP is put; a demand-dial one is asked when wanted. */
struct rip_config rip_default_interface(const struct rip_form *form, bool dials)
{
    return (struct rip_config){.form = form,
                               .on = {.metric = 1,
                                      .update_mode = dials,
                                      .accept_mode = form->ipv6 ? RIPNG_ON : 2,
                                      .announce_mode = form->ipv6 ? RIPNG_ON
                                                       : dials    ? 3
                                                                  : 2,
                                      .flags = form->ipv6 ? 0xF0 : 0x2F0,
                                      .expiration = 180,
                                      .removal = 120,
                                      .full_update = 30,
                                      .authentication = 1},
                               .head = sizeof(struct rip_interface),
                               .fields = form->interface_fields,
                               .field_count = form->interface_count};
}

static size_t wanted_count(const struct rip_config *c)
{
    if (c->head == sizeof(c->global)) return c->global.peer_count;
    return (size_t)c->on.neighbour_count + 2 * (size_t)c->on.accept_count +
           2 * (size_t)c->on.announce_count;
}

DWORD rip_config_read(struct rip_config *c, const struct block *block)
{
    const size_t size = (size_t)block->item_size * block->count, each = c->form->address_size;

    if (size < c->head) return ERROR_INVALID_DATA;
    memcpy(c->octets, block->data, c->head);
    c->count = wanted_count(c);
    if ((size - c->head) / each < c->count) return ERROR_INVALID_DATA;
    c->list = text_alloc((c->count + 1) * each);
    memcpy(c->list, block->data + c->head, c->count * each);
    return NO_ERROR;
}

struct block rip_block_of(const struct rip_config *c)
{
    size_t list = c->count * c->form->address_size, size = c->head + list;
    struct block block = {(DWORD)size, 1, text_alloc(size)};

    memcpy(block.data, c->octets, c->head);
    if (list) memcpy(block.data + c->head, c->list, list);
    return block;
}

static const char *address_text(const struct rip_config *c, size_t at, char *buffer)
{
    const BYTE *octets = c->list + at * c->form->address_size;
    DWORD address;

    if (c->form->ipv6) return address6_text(octets, buffer);
    memcpy(&address, octets, sizeof(address));
    return address4_text(swap_order(address), buffer);
}

/* Addresses from..from+count, pairs of them with - between. */
static char *list_text(const struct rip_config *c, size_t from, size_t count, bool ranges)
{
    struct text t = {0};
    char buffer[ADDRESS_TEXT];

    for (size_t i = 0; i < count; i++)
        text_addf(&t, "%s%s",
                  !i                ? ""
                  : ranges && i % 2 ? "-"
                                    : ",",
                  address_text(c, from + i, buffer));
    return t.data ? t.data : text_dup("");
}

const char *const rip_list_names[] = {"peers", "neighbors", "acceptranges", "announceranges"};

char *rip_list_text(const struct rip_config *c, int list)
{
    size_t neighbours = c->on.neighbour_count;
    size_t accept = 2 * (size_t)c->on.accept_count;

    if (list == RIP_LIST_PEERS) return list_text(c, 0, c->count, false);
    if (list == RIP_LIST_NEIGHBOURS) return list_text(c, 0, neighbours, false);
    if (list == RIP_LIST_ACCEPT) return list_text(c, neighbours, accept, true);
    return list_text(c, neighbours + accept, 2 * (size_t)c->on.announce_count, true);
}

/* ---- from words ------------------------------------------------------------------------------ */

static bool parse_address(const struct rip_form *form, const char *text, BYTE *ret)
{
    uint32_t address = 0;

    if (form->ipv6) return address6_parse(text, ret);
    if (!address4_parse(text, &address)) return false;
    address = swap_order(address);
    memcpy(ret, &address, sizeof(address));
    return true;
}

static void append_address(struct rip_config *c, const BYTE *address)
{
    const size_t each = c->form->address_size;
    BYTE *longer = text_alloc((c->count + 1) * each);

    if (c->count) memcpy(longer, c->list, c->count * each);
    memcpy(longer + c->count++ * each, address, each);
    free(c->list);
    c->list = longer;
}

/* An address, or a range: "LOW-HIGH", or one address for both. */
static bool add_item(struct rip_config *c, char *item, bool range)
{
    char *second = range ? strchr(item, '-') : NULL;
    BYTE low[16] = {0}, high[16] = {0};

    if (second) *second++ = 0;
    if (!parse_address(c->form, item, low)) return false;
    if (range && !parse_address(c->form, second ? second : item, high)) return false;
    append_address(c, low);
    if (range) append_address(c, high);
    return !range || memcmp(low, high, sizeof(low)) <= 0;
}

/* Appends a list; -1 when something of it is no address. */
static int append(struct rip_config *c, const char *value, int list, struct text *error)
{
    size_t count = 0;
    char **parts = list_parts(value, ',', &count);
    bool range = list == RIP_LIST_ACCEPT || list == RIP_LIST_ANNOUNCE, ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        char *item = text_dup(parts[i]);

        ok = add_item(c, item, range);
        if (!ok)
            text_addf(error, "%s: \"%s\" can't be; it is %s of IPv%s, commas between",
                      rip_list_names[list], parts[i], range ? "ranges LOW-HIGH" : "addresses",
                      c->form->ipv6 ? "6" : "4");
        free(item);
    }
    words_free(parts, count);
    return ok ? (int)count : -1;
}

/* The list of the call, else as it was. */
static bool take_list(struct rip_config *to, const struct rip_config *from, const struct call *call,
                      int list, DWORD *ret_count, struct text *error)
{
    const char *given = call_value(call, rip_list_names[list]);
    char *value = given ? text_dup(given) : rip_list_text(from, list);
    int count = append(to, value, list, error);

    free(value);
    *ret_count = count < 0 ? 0 : (DWORD)count;
    return count >= 0;
}

static bool take_lists(struct rip_config *c, const struct call *call, struct text *error)
{
    struct rip_config before = *c;
    struct rip_interface *i = &c->on;
    bool ok;

    c->list = NULL;
    c->count = 0;
    if (c->head == sizeof(c->global))
        ok = take_list(c, &before, call, RIP_LIST_PEERS, &c->global.peer_count, error);
    else
        ok = (c->form->first_list != RIP_LIST_NEIGHBOURS ||
              take_list(c, &before, call, RIP_LIST_NEIGHBOURS, &i->neighbour_count, error)) &&
             take_list(c, &before, call, RIP_LIST_ACCEPT, &i->accept_count, error) &&
             take_list(c, &before, call, RIP_LIST_ANNOUNCE, &i->announce_count, error);
    free(before.list);
    return ok;
}

bool rip_take(struct rip_config *c, const struct call *call, struct text *error)
{
    for (size_t i = 0; i < c->field_count; i++) {
        const char *value = call_value(call, c->fields[i].name);

        if (value && !field_set(&c->fields[i], c->octets, value, error)) return false;
    }
    return take_lists(c, call, error);
}

#include "mprctl/config/rip.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"

const struct field_flag rip_flags[] = {{"accepthost", 0x1},
                                       {"announcehost", 0x2},
                                       {"acceptdefault", 0x4},
                                       {"announcedefault", 0x8},
                                       {"splithorizon", 0x10},
                                       {"poisonreverse", 0x20},
                                       {"cleanup", 0x40},
                                       {"triggered", 0x80},
                                       {"overwritestatic", 0x100},
                                       {"nosummary", 0x200},
                                       {NULL, 0}};

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
const struct field rip_global_fields[] = {GLOBAL_ROWS(GLOBAL_FIELD)};
const struct field rip_interface_fields[] = {INTERFACE_ROWS(INTERFACE_FIELD)};

C_ASSERT(COUNT_OF(rip_global_fields) == RIP_GLOBAL_FIELDS);
C_ASSERT(COUNT_OF(rip_interface_fields) == RIP_INTERFACE_FIELDS);

/* ---- blocks with lists ----------------------------------------------------------------------- */

struct rip_config rip_default_global(void)
{
    return (struct rip_config){.global = {.logging = 1,
                                          .receive_queue = 1 << 20,
                                          .send_queue = 1 << 20,
                                          .trigger_interval = 5},
                               .head = sizeof(struct rip_global)};
}

/* What Windows gives an interface on which RIP is put; a demand-dial one is asked when wanted. */
struct rip_config rip_default_interface(bool dials)
{
    return (struct rip_config){.on = {.metric = 1,
                                      .update_mode = dials,
                                      .accept_mode = 2,
                                      .announce_mode = dials ? 3 : 2,
                                      .flags = 0x2F0,
                                      .expiration = 180,
                                      .removal = 120,
                                      .full_update = 30,
                                      .authentication = 1},
                               .head = sizeof(struct rip_interface)};
}

static size_t wanted_count(const struct rip_config *c)
{
    if (c->head == sizeof(c->global)) return c->global.peer_count;
    return (size_t)c->on.neighbour_count + 2 * (size_t)c->on.accept_count +
           2 * (size_t)c->on.announce_count;
}

DWORD rip_config_of(const struct block *block, size_t head, struct rip_config *ret)
{
    size_t size = (size_t)block->item_size * block->count;

    *ret = (struct rip_config){.head = head};
    if (size < head) return ERROR_INVALID_DATA;
    memcpy(ret->octets, block->data, head);
    ret->count = wanted_count(ret);
    if ((size - head) / sizeof(DWORD) < ret->count) return ERROR_INVALID_DATA;
    ret->list = text_alloc((ret->count + 1) * sizeof(DWORD));
    memcpy(ret->list, block->data + head, ret->count * sizeof(DWORD));
    return NO_ERROR;
}

struct block rip_block_of(const struct rip_config *c)
{
    size_t size = c->head + c->count * sizeof(DWORD);
    struct block block = {(DWORD)size, 1, text_alloc(size)};

    memcpy(block.data, c->octets, c->head);
    if (c->count) memcpy(block.data + c->head, c->list, c->count * sizeof(DWORD));
    return block;
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
                  address4_text(swap_order(c->list[from + i]), buffer));
    return t.data ? t.data : text_dup("");
}

static const char *const list_names[] = {"peers", "neighbors", "acceptranges", "announceranges"};

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

static bool add_addresses(struct rip_config *c, char *item, bool range)
{
    char *second = range ? strchr(item, '-') : NULL;
    uint32_t low = 0, high = 0;

    if (range && !second) second = item;
    if (second && second != item) *second++ = 0;
    if (!address4_parse(item, &low) || (second && !address4_parse(second, &high))) return false;
    c->list = text_grow(c->list, c->count, sizeof(*c->list));
    c->list[c->count++] = swap_order(low);
    if (!second) return true;
    c->list = text_grow(c->list, c->count, sizeof(*c->list));
    c->list[c->count++] = swap_order(high);
    return low <= high;
}

/* Appends a list; -1 when something of it is no address. */
static int append(struct rip_config *c, const char *value, int list, struct text *error)
{
    size_t count = 0;
    char **parts = list_parts(value, ',', &count);
    bool range = list == RIP_LIST_ACCEPT || list == RIP_LIST_ANNOUNCE, ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        char *item = text_dup(parts[i]);

        ok = add_addresses(c, item, range);
        if (!ok) text_addf(error, "%s: \"%s\" can't be", list_names[list], parts[i]);
        free(item);
    }
    words_free(parts, count);
    return ok ? (int)count : -1;
}

/* The list of the call, else as it was. */
static bool take_list(struct rip_config *to, const struct rip_config *from, const struct call *call,
                      int list, DWORD *ret_count, struct text *error)
{
    const char *given = call_value(call, list_names[list]);
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
        ok = take_list(c, &before, call, RIP_LIST_NEIGHBOURS, &i->neighbour_count, error) &&
             take_list(c, &before, call, RIP_LIST_ACCEPT, &i->accept_count, error) &&
             take_list(c, &before, call, RIP_LIST_ANNOUNCE, &i->announce_count, error);
    free(before.list);
    return ok;
}

bool rip_take(struct rip_config *c, const struct field *fields, size_t count,
              const struct call *call, struct text *error)
{
    for (size_t i = 0; i < count; i++) {
        const char *value = call_value(call, fields[i].name);

        if (value && !field_set(&fields[i], c->octets, value, error)) return false;
    }
    return take_lists(c, call, error);
}

/* ---- to words -------------------------------------------------------------------------------- */

static void add_fields(const struct rip_config *c, const struct field *fields, size_t count,
                       struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        char *value = field_text(&fields[i], c->octets);

        text_addf(out, " %s=%s", fields[i].name, *value ? value : "none");
        free(value);
    }
}

static void add_list(const struct rip_config *c, int list, struct text *out)
{
    char *value = rip_list_text(c, list);

    if (*value) text_addf(out, " %s=%s", list_names[list], value);
    free(value);
}

/* Whether a block is just a configuration with its lists, and all of that can be said. */
static bool is_whole(const struct block *block, const struct rip_config *c)
{
    struct block again = rip_block_of(c);
    bool same = again.item_size == block->item_size && again.count == block->count &&
                !memcmp(again.data, block->data, again.item_size);

    free(again.data);
    return same;
}

bool rip_global_words(const struct block *block, struct text *out)
{
    struct rip_config c;
    bool ok = rip_config_of(block, sizeof(c.global), &c) == NO_ERROR && is_whole(block, &c);

    if (ok) {
        add_fields(&c, rip_global_fields, RIP_GLOBAL_FIELDS, out);
        add_list(&c, RIP_LIST_PEERS, out);
    }
    free(c.list);
    return ok;
}

bool rip_has_key(const struct rip_interface *i)
{
    static const BYTE nothing[16];

    return memcmp(i->key, nothing, sizeof(nothing)) != 0;
}

/* Two octets behind the tag belong to nothing. */
static bool has_odd_octets(const struct rip_config *c)
{
    WORD odd;

    memcpy(&odd, (const BYTE *)&c->on.tag + sizeof(WORD), sizeof(odd));
    return odd != 0;
}

bool rip_interface_words(const struct block *block, struct text *out, bool *ret_key)
{
    struct rip_config c;
    bool ok = rip_config_of(block, sizeof(c.on), &c) == NO_ERROR && is_whole(block, &c) &&
              !has_odd_octets(&c);

    *ret_key = ok && rip_has_key(&c.on);
    if (ok) {
        add_fields(&c, rip_interface_fields, RIP_INTERFACE_FIELDS, out);
        for (int list = RIP_LIST_NEIGHBOURS; list <= RIP_LIST_ANNOUNCE; list++)
            add_list(&c, list, out);
    }
    free(c.list);
    return ok;
}

char *rip_key_of(const struct block *block)
{
    struct rip_config c;
    char *key = NULL;

    if (rip_config_of(block, sizeof(c.on), &c) == NO_ERROR && rip_has_key(&c.on))
        key = text_dup_part((const char *)c.on.key, sizeof(c.on.key));
    SecureZeroMemory(c.on.key, sizeof(c.on.key));
    free(c.list);
    return key;
}

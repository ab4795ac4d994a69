/* Blocks as commands: in words where these make the same octets again, else octet by octet. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/dump.h"
#include "mprctl/config/field.h"
#include "mprctl/config/rip.h"
#include "mprctl/cli/address.h"
#include "mprctl/config/static_route.h"

/* Each line begins so: "rip set name=Branch". */
static void begin(struct text *line, const char *words, const char *name)
{
    text_add(line, words);
    if (name) dump_value(line, "name", name);
}

static void dump_octets(struct dump *d, const struct place *place, const char *name, DWORD type,
                        const struct block *block)
{
    char *data = hex_of(block->data, (size_t)block->item_size * block->count);
    struct text line = {0};

    begin(&line, "blocks set", name);
    text_addf(&line, " transport=%s type=0x%lx itemsize=%lu data=%s",
              transport_name(place->transport), type, block->item_size, data);
    dump_line(d, text_of(&line));
    text_free(&line);
    free(data);
}

/* ---- routes ---------------------------------------------------------------------------------- */

/* static-routes add replaces a route to the same destination by the same next hop. */
static bool is_twice(const struct routes *routes, size_t at)
{
    char dest[2][ADDRESS_TEXT], hop[2][ADDRESS_TEXT];

    route_texts(&routes->rows[at], dest[0], hop[0]);
    for (size_t i = 0; i < at; i++) {
        route_texts(&routes->rows[i], dest[1], hop[1]);
        if (!strcmp(dest[0], dest[1]) && !strcmp(hop[0], hop[1])) return true;
    }
    return false;
}

/* A line a route; false when not all of them can be said. */
static bool route_lines(const struct routes *routes, DWORD transport, const char *name,
                        struct text *out)
{
    for (size_t i = 0; i < routes->count; i++) {
        if (!routes->rows[i].is_v4 != (transport == PID_IPV6) || is_twice(routes, i)) return false;
        if (i) text_add(out, "\n");
        begin(out, "static-routes add", name);
        if (!route_words(&routes->rows[i], out)) return false;
    }
    return true;
}

static bool dump_routes(struct dump *d, const struct place *place, const char *name,
                        const struct block *block)
{
    struct routes routes = {NULL, 0};
    struct text lines = {0};
    size_t count = 0;
    char **parts;
    bool ok = block->item_size == sizeof(*routes.rows) && routes_of(block, &routes) == NO_ERROR &&
              route_lines(&routes, place->transport, name, &lines);

    parts = list_parts(ok ? text_of(&lines) : "", '\n', &count);
    for (size_t i = 0; i < count; i++) dump_line(d, parts[i]);
    words_free(parts, count);
    text_free(&lines);
    free(routes.rows);
    return ok;
}

/* ---- preferences, RIP ------------------------------------------------------------------------ */

static bool dump_preferences(struct dump *d, const struct block *block)
{
    DWORD count = 0;

    if (block->count != 1 || block->item_size < sizeof(count)) return false;
    memcpy(&count, block->data, sizeof(count));
    if (!count || (block->item_size - sizeof(count)) / 8 != count || block->item_size % 8 != 4)
        return false;
    dump_line(d, "preferences clear");
    for (DWORD i = 0; i < count; i++) {
        DWORD pair[2];
        char buffer[PROTOCOL_TEXT], *line;

        memcpy(pair, block->data + sizeof(count) + i * sizeof(pair), sizeof(pair));
        line = text_format("preferences set proto=%s preflevel=%lu", protocol_name(pair[0], buffer),
                           pair[1]);
        dump_line(d, line);
        free(line);
    }
    return true;
}

static bool dump_rip_global(struct dump *d, const struct rip_form *form, const struct block *block)
{
    struct text line = {0};
    bool ok;

    text_add(&line, form->ipv6 ? "ripng global set" : "rip global set");
    ok = rip_global_words(form, block, &line);
    if (ok) dump_line(d, text_of(&line));
    text_free(&line);
    return ok;
}

/* The key is a line behind its command, when it has no line break itself. */
static void dump_rip_key(struct dump *d, const char *name, const struct block *block)
{
    char *key = rip_key_of(block);
    struct text line = {0};

    begin(&line, d->secrets ? "rip key" : "# a key of RIP is not shown: rip key", name);
    if (d->secrets) {
        dump_line(d, text_of(&line));
        dump_line(d, key);
    } else {
        dump_remark(d, text_of(&line) + 2);
    }
    text_wipe(key);
    text_free(&line);
}

static bool dump_rip(struct dump *d, const struct rip_form *form, const char *name,
                     const struct block *block)
{
    struct text line = {0};
    bool key = false, ok;

    if (!(form->ipv6 ? d->ripng : d->rip)) return false; /* the words would install it */
    begin(&line, form->ipv6 ? "ripng set" : "rip set", name);
    ok = rip_interface_words(form, block, &line, &key);
    if (ok) dump_line(d, text_of(&line));
    if (ok && key) dump_rip_key(d, name, block);
    text_free(&line);
    return ok;
}

/* ---- all of a place -------------------------------------------------------------------------- */

static bool dump_words(struct dump *d, const struct place *place, const char *name, DWORD type,
                       const struct block *block)
{
    const struct rip_form *form = place->transport == PID_IP ? &rip_form : &ripng_form;

    if (type == BLOCK_ROUTES && name) return dump_routes(d, place, name, block);
    if (type == BLOCK_RIP)
        return name ? dump_rip(d, form, name, block) : dump_rip_global(d, form, block);
    if (type == BLOCK_PRIORITY && !name && place->transport == PID_IP)
        return dump_preferences(d, block);
    return false;
}

static int by_type(const void *left, const void *right)
{
    const DWORD *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

/* In the order of their types: that of an information means nothing. */
void dump_blocks(struct dump *d, const struct place *place, const char *name)
{
    LPVOID header = NULL;
    DWORD count = 0, *types;

    block_information_stored(d->session, place, &header);
    types = block_types(header, &count);
    if (count) qsort(types, count, sizeof(*types), by_type);
    for (DWORD i = 0; i < count; i++) {
        struct block block;

        if (block_find(header, types[i], &block) == NO_ERROR &&
            !dump_words(d, place, name, types[i], &block))
            dump_octets(d, place, name, types[i], &block);
        free(block.data);
    }
    free(types);
    if (header) MprInfoDelete(header);
}

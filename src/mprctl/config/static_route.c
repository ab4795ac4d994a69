/* static-routes show, add, delete. */
#include "mprctl/config/static_route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"

#define OLD_ROW 56u /* MIB_IPFORWARDROW */
#define VIEWS   "none|unicast|multicast|both"

/* ---- rows ------------------------------------------------------------------------------------ */

static struct route_row from_old(const DWORD *old)
{
    struct route_row row = {.v4 = {.dest = old[0],
                                   .mask = old[1],
                                   .policy = old[2],
                                   .next_hop = old[3],
                                   .age = old[7],
                                   .next_hop_as = old[8],
                                   .metric = {old[9], old[10], old[11]}},
                            .if_index = old[4],
                            .type = old[5],
                            .proto = old[6],
                            .preference = PREFERENCE_DEFAULT,
                            .is_v4 = TRUE};

    return row;
}

DWORD routes_of(const struct block *block, struct routes *ret)
{
    *ret = (struct routes){NULL, block->count};
    if (!block->count) return NO_ERROR;
    if (block->item_size != OLD_ROW && block->item_size != sizeof(*ret->rows))
        return ERROR_INVALID_DATA;
    ret->rows = text_alloc(block->count * sizeof(*ret->rows));
    for (DWORD i = 0; i < block->count; i++) {
        const BYTE *at = block->data + (size_t)i * block->item_size;
        DWORD old[OLD_ROW / 4];

        if (block->item_size == OLD_ROW) {
            memcpy(old, at, sizeof(old));
            ret->rows[i] = from_old(old);
        } else {
            memcpy(&ret->rows[i], at, sizeof(*ret->rows));
        }
    }
    return NO_ERROR;
}

void route_texts(const struct route_row *row, char *dest, char *next_hop)
{
    static const BYTE nothing[16];

    *next_hop = 0;
    if (row->is_v4) {
        prefix4_text(swap_order(row->v4.dest), swap_order(row->v4.mask), dest);
        if (row->v4.next_hop) address4_text(swap_order(row->v4.next_hop), next_hop);
        return;
    }
    address6_text(row->v6.prefix, dest);
    snprintf(dest + strlen(dest), ADDRESS_TEXT - strlen(dest), "/%lu", row->v6.length);
    if (memcmp(row->v6.next_hop, nothing, 16) != 0) address6_text(row->v6.next_hop, next_hop);
}

/* What static-routes add makes of its parameters. */
struct wanted {
    const char *dest, *mask, *next_hop;
    DWORD metric, preference, proto, view;
};

static bool take_next_hop(struct route_row *row, const char *text)
{
    uint32_t address = 0;

    if (!row->is_v4) return address6_parse(text, row->v6.next_hop);
    if (!address4_parse(text, &address)) return false;
    row->v4.next_hop = swap_order(address);
    return true;
}

static bool take_destination(struct route_row *row, const struct wanted *w)
{
    uint32_t address = 0, mask = 0;

    row->is_v4 = prefix4_parse(w->dest, &address, &mask);
    if (row->is_v4) {
        if (w->mask && !address4_parse(w->mask, &mask)) return false;
        row->v4 = (struct route4){.dest = swap_order(address),
                                  .mask = swap_order(mask),
                                  .metric = {w->metric, METRIC_UNUSED, METRIC_UNUSED}};
        return mask_is_whole(mask) && (address & ~mask) == 0;
    }
    row->v6 = (struct route6){.valid_lifetime = METRIC_UNUSED, .metric = w->metric};
    if (!prefix6_parse(w->dest, row->v6.prefix, &mask)) return false;
    row->v6.length = mask;
    return true;
}

static bool make_row(struct route_row *row, const struct wanted *w)
{
    memset(row, 0, sizeof(*row));
    row->type = w->next_hop && *w->next_hop ? 4 : 3; /* indirect, direct */
    row->proto = w->proto;
    row->preference = w->preference;
    row->view_set = w->view;
    if (!take_destination(row, w)) return false;
    return !w->next_hop || !*w->next_hop || take_next_hop(row, w->next_hop);
}

bool route_words(const struct route_row *row, struct text *out)
{
    char dest[ADDRESS_TEXT], next_hop[ADDRESS_TEXT], proto[PROTOCOL_TEXT];
    struct wanted w = {.dest = dest,
                       .next_hop = next_hop,
                       .metric = row->is_v4 ? row->v4.metric[0] : row->v6.metric,
                       .preference = row->preference,
                       .proto = row->proto,
                       .view = row->view_set};
    struct route_row again;

    route_texts(row, dest, next_hop);
    if (!make_row(&again, &w)) return false;
    again.if_index = row->if_index; /* the running router's number, which it writes itself */
    if (memcmp(&again, row, sizeof(again)) != 0) return false;
    text_addf(out, " dest=%s", dest);
    if (*next_hop) text_addf(out, " nhop=%s", next_hop);
    text_addf(out, " metric=%lu preference=%lu proto=%s view=%lu", w.metric, w.preference,
              protocol_name(row->proto, proto), w.view);
    return true;
}

/* ---- show ------------------------------------------------------------------------------------ */

static const struct column columns[] = {
    {"destination", "Destination", CELL_TEXT, false},
    {"next_hop", "Next hop", CELL_TEXT, false},
    {"interface", "Interface", CELL_TEXT, false},
    {"metric", "Metric", CELL_NUMBER, false},
    {"protocol", "Protocol", CELL_TEXT, false},
    {"preference", "Preference", CELL_NUMBER, true},
    {"view", "View", CELL_NUMBER, true},
};

static void report_row(struct report *r, const struct route_row *row, const WCHAR *name)
{
    char dest[ADDRESS_TEXT], next_hop[ADDRESS_TEXT], proto[PROTOCOL_TEXT];

    route_texts(row, dest, next_hop);
    report_text(r, dest);
    report_text(r, *next_hop ? next_hop : NULL);
    report_wide(r, name);
    report_number(r, row->is_v4 ? row->v4.metric[0] : row->v6.metric);
    report_text(r, protocol_name(row->proto, proto));
    report_number(r, row->preference);
    report_number(r, row->view_set);
}

static void report_place(struct session *s, struct target *t, DWORD transport)
{
    const struct place place = {t, transport};
    struct block block;
    struct routes routes = {NULL, 0};

    if (block_get(s, &place, BLOCK_ROUTES, &block) != NO_ERROR) return;
    if (routes_of(&block, &routes) == NO_ERROR) {
        for (size_t i = 0; i < routes.count; i++) report_row(&s->report, &routes.rows[i], t->name);
    }
    free(routes.rows);
    free(block.data);
}

static void report_both(struct session *s, struct target *t)
{
    report_place(s, t, PID_IP);
    report_place(s, t, PID_IPV6);
}

static DWORD report_named(struct session *s, const char *name)
{
    struct target t;
    DWORD status = target_find(s, name, &t);

    if (status == NO_ERROR) report_both(s, &t);
    return status;
}

static void report_any(struct session *s, struct target *t, DWORD type)
{
    if (type != ROUTER_IF_TYPE_CLIENT) report_both(s, t);
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    DWORD status;

    report_table(&s->report, "static_routes", "Static routes", columns, COUNT_OF(columns));
    status = name ? report_named(s, name) : target_each(s, report_any);
    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "%s", name ? name : "the interfaces can't be listed");
}

/* ---- add, delete ----------------------------------------------------------------------------- */

static bool same_destination(const struct route_row *a, const struct route_row *b)
{
    if (!a->is_v4 != !b->is_v4) return false;
    if (a->is_v4) return a->v4.dest == b->v4.dest && a->v4.mask == b->v4.mask;
    return a->v6.length == b->v6.length && !memcmp(a->v6.prefix, b->v6.prefix, 16);
}

static bool same_next_hop(const struct route_row *a, const struct route_row *b)
{
    if (a->is_v4) return a->v4.next_hop == b->v4.next_hop;
    return !memcmp(a->v6.next_hop, b->v6.next_hop, 16);
}

/* Takes the rows out that a new one replaces, or that are to be deleted; how many there were. */
static size_t take_out(struct routes *routes, const struct route_row *row, bool any_next_hop)
{
    size_t kept = 0, before = routes->count;

    for (size_t i = 0; i < before; i++) {
        const struct route_row *old = &routes->rows[i];

        if (same_destination(old, row) && (any_next_hop || same_next_hop(old, row))) continue;
        routes->rows[kept++] = *old;
    }
    routes->count = kept;
    return before - kept;
}

static DWORD load(struct session *s, const struct place *place, struct routes *ret)
{
    struct block block;
    DWORD status = block_get(s, place, BLOCK_ROUTES, &block);

    *ret = (struct routes){NULL, 0};
    if (status != NO_ERROR) return NO_ERROR; /* none, or not even the transport */
    status = routes_of(&block, ret);
    free(block.data);
    return status;
}

static DWORD store(struct session *s, const struct place *place, const struct routes *routes)
{
    const struct block block = {routes->count ? (DWORD)sizeof(*routes->rows) : 0,
                                (DWORD)routes->count, (BYTE *)routes->rows};

    return block_set(s, place, BLOCK_ROUTES, &block);
}

static DWORD add_row(struct session *s, const char *name, const struct route_row *row)
{
    struct target t;
    const struct place place = {&t, row->is_v4 ? PID_IP : PID_IPV6};
    struct routes routes = {NULL, 0};
    DWORD status = target_find(s, name, &t);

    if (status == NO_ERROR) status = load(s, &place, &routes);
    if (status == NO_ERROR) {
        struct routes more = {text_alloc((routes.count + 1) * sizeof(*row)), 0};

        take_out(&routes, row, false);
        if (routes.count) memcpy(more.rows, routes.rows, routes.count * sizeof(*row));
        more.rows[routes.count] = *row;
        more.count = routes.count + 1;
        status = store(s, &place, &more);
        free(more.rows);
    }
    free(routes.rows);
    return status;
}

static DWORD delete_row(struct session *s, const char *name, const struct route_row *row, bool any)
{
    struct target t;
    const struct place place = {&t, row->is_v4 ? PID_IP : PID_IPV6};
    struct routes routes = {NULL, 0};
    DWORD status = target_find(s, name, &t);

    if (status == NO_ERROR) status = load(s, &place, &routes);
    if (status == NO_ERROR)
        status = take_out(&routes, row, any) ? store(s, &place, &routes) : ERROR_NOT_FOUND;
    free(routes.rows);
    return status;
}

static bool row_of(const struct call *call, struct route_row *ret)
{
    const bool all = call->command->parameter_count > 4; /* add: more than what names a route */
    const char *proto = all ? call_value(call, "proto") : NULL;
    const char *view = all ? call_value(call, "view") : NULL;
    struct wanted w = {.dest = call_value(call, "dest"),
                       .mask = call_value(call, "mask"),
                       .next_hop = call_value(call, "nhop"),
                       .metric = 1,
                       .preference = PREFERENCE_DEFAULT,
                       .proto = proto ? protocol_number(proto) : PROTO_STATIC};
    int choice = view ? choice_of(VIEWS, view) : 0;
    uint32_t number = 0;

    if (choice < 0) number_parse(view, &number);
    w.view = choice < 0 ? number : (DWORD)choice;
    if (all) {
        w.metric = call_number(call, "metric", w.metric);
        w.preference = call_number(call, "preference", w.preference);
    }
    return make_row(ret, &w);
}

static int add(struct call *call)
{
    const char *name = call_value(call, "name"), *dest = call_value(call, "dest");
    struct route_row row;
    DWORD status;

    if (!row_of(call, &row))
        return wrong_words(session_of(call), "%s, with its mask and next hop, is no route", dest);
    status = add_row(session_of(call), name, &row);
    if (status != NO_ERROR) return failed(call, status, "the route to %s can't be added", dest);
    report_say(report_of(call), "The route to %s goes by %s.", dest, name);
    return EXIT_DONE;
}

static int delete (struct call *call)
{
    const char *name = call_value(call, "name"), *dest = call_value(call, "dest");
    struct route_row row;
    DWORD status;

    if (!row_of(call, &row))
        return wrong_words(session_of(call), "%s, with its mask and next hop, is no route", dest);
    status = delete_row(session_of(call), name, &row, !call_given(call, "nhop"));
    if (status != NO_ERROR) return failed(call, status, "the route to %s can't be deleted", dest);
    report_say(report_of(call), "The route to %s was deleted.", dest);
    return EXIT_DONE;
}

#define ROUTE_KEY                                                                              \
    {"dest", VALUE_PREFIX, true, "10.0.0.0/8, 2001:db8::/32; 0.0.0.0/0 is the default route"}, \
        {"name", NULL, true, "the interface"},                                                 \
        {"nhop", NULL, false, "the next hop; without it whoever is at the other end"},         \
    {                                                                                          \
        "mask", VALUE_ADDRESS, false, "the mask, where dest is an address alone"               \
    }

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface; without it all of them"}};
static const struct parameter delete_parameters[] = {ROUTE_KEY};
static const struct parameter add_parameters[] = {
    ROUTE_KEY,
    {"metric", VALUE_NUMBER, false, "1, the default, or more"},
    {"proto", PROTOCOL_CHOICES, false, "static, the default; nondod: does not dial"},
    {"preference", VALUE_NUMBER, false, "kept with the route; preferences show has what counts"},
    {"view", VIEWS "|" VALUE_NUMBER, false,
     "for which packets; the default is none in particular"}};

const struct command static_route_commands[] = {
    {"static-routes show", "routing ip show persistentroutes",
     "Get-NetRoute -PolicyStore PersistentStore",
     "Shows the static routes of interfaces, and what updates have learned", NULL, show_parameters,
     COUNT_OF(show_parameters), show},
    {"static-routes add", "routing ip add persistentroute|routing ip set persistentroute|ip route",
     "New-NetRoute, Add-VpnConnectionRoute", "Adds a static route, or changes it",
     "The route is in force while its interface is up, and stays over restarts.", add_parameters,
     COUNT_OF(add_parameters), add},
    {"static-routes delete", "routing ip delete persistentroute|no ip route", "Remove-NetRoute",
     "Deletes a static route", "Without nhop all routes to the destination by that interface.",
     delete_parameters, COUNT_OF(delete_parameters), delete},
};
const size_t static_route_command_count = COUNT_OF(static_route_commands);

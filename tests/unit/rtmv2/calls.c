/* See calls.h. */
#include "unit/rtmv2/calls.h"

static struct rtmv2_dest dest_out[4];
static handle_t32 handles_out[8];
static struct rtmv2_entity_info infos_out[8];
static bool bool_out;
static uint32_t number_out;
static void **slot_out;

struct rtm_prefix eight(void)
{
    return net(NET(10, 0, 0, 0), 8);
}

static mpr_status c_entity_info(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_entity_info(r, e, h, infos_out);
}

static mpr_status c_reference(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const handle_t32 both[] = {s->hop, h};

    return rtmv2_reference(r, e, 2, both);
}

static mpr_status c_release_entity(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_release(r, e, RTMV2_ENTITY, 1, &h);
}

static mpr_status c_release_dest(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const handle_t32 both[] = {s->dest, h};

    return rtmv2_release(r, e, RTMV2_DEST, 2, both);
}

static mpr_status c_release_route(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const handle_t32 both[] = {s->route, h};

    return rtmv2_release(r, e, RTMV2_ROUTE, 2, both);
}

static mpr_status c_release_hop(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const handle_t32 both[] = {s->hop, h};

    return rtmv2_release(r, e, RTMV2_HOP, 2, both);
}

static mpr_status c_release_dests(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_dest both[] = {{.dest = s->dest}, {.dest = h}};

    return rtmv2_release_dests(r, e, 2, both);
}

static mpr_status c_release_view(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_dest one = {.dest = s->dest, .count = 1, .view = {{.route = h}}};

    return h ? rtmv2_release_dests(r, e, 1, &one) : ST_INVALID_HANDLE;
}

static mpr_status c_release_route_info(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_route info = {.dest = s->dest, .hop_count = 2, .hops = {s->hop, h}};

    return h ? rtmv2_release_route_info(r, e, &info) : ST_INVALID_HANDLE;
}

static mpr_status c_release_hop_info(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_hop info = {.owner = h};

    (void)s;
    return rtmv2_release_hop_info(r, e, &info);
}

static mpr_status c_add_hop_remote(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_hop info = {.remote = h};

    (void)s;
    return h ? rtmv2_add_next_hop(r, e, &info, NULL, NULL) : ST_INVALID_HANDLE;
}

static mpr_status c_add_hop(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 1)), .interface = 3};

    (void)s;
    return h ? rtmv2_add_next_hop(r, e, &info, &h, NULL) : ST_INVALID_HANDLE;
}

static mpr_status c_delete_hop(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return h ? rtmv2_delete_next_hop(r, e, h, NULL) : ST_INVALID_HANDLE;
}

static mpr_status c_hop_info(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    struct rtmv2_hop info;

    (void)s;
    return rtmv2_next_hop_info(r, e, h, &info);
}

static mpr_status c_update_hop(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_hop info = {.flags = 0};

    (void)s;
    return rtmv2_update_next_hop(r, e, h, &info);
}

static mpr_status c_add_route(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_route info = info_over(s->hop, 1, 1, UCAST);
    const struct rtm_prefix at = eight();

    return h ? rtmv2_add_route(r, e, &h, &at, &info, RTMV2_INFINITE, 0, &number_out)
             : ST_INVALID_HANDLE;
}

static mpr_status c_add_route_hop(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_route info = {.views = UCAST, .hop_count = 1, .hops = {h}};
    const struct rtm_prefix at = eight();

    (void)s;
    return rtmv2_add_route(r, e, NULL, &at, &info, RTMV2_INFINITE, 0, &number_out);
}

static mpr_status c_add_route_neighbour(struct rtmv2 *r, handle_t32 e, handle_t32 h,
                                        struct scene *s)
{
    const struct rtmv2_route info = {.views = UCAST, .neighbour = h};
    const struct rtm_prefix at = eight();

    (void)s;
    return h ? rtmv2_add_route(r, e, NULL, &at, &info, RTMV2_INFINITE, 0, &number_out)
             : ST_INVALID_HANDLE;
}

static mpr_status c_add_route_list(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_route info = info_over(s->hop, 1, 1, UCAST);
    const struct rtm_prefix at = eight();

    return h ? rtmv2_add_route(r, e, NULL, &at, &info, RTMV2_INFINITE, h, &number_out)
             : ST_INVALID_HANDLE;
}

static mpr_status c_delete_route(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_delete_route(r, e, h, NULL);
}

static mpr_status c_update_route(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const struct rtmv2_route info = info_over(s->hop, 1, 1, UCAST);

    return rtmv2_update_route(r, e, h, &info, RTMV2_INFINITE, 0, NULL);
}

static mpr_status c_route_info(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    struct rtmv2_route info;

    (void)s;
    return rtmv2_route_info(r, e, h, &info, NULL);
}

static mpr_status c_is_best(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_is_best(r, e, h, &number_out);
}

static mpr_status c_hold(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_hold(r, e, h, UCAST, 1);
}

static mpr_status c_dest_info(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_dest_info(r, e, h, BEST, UCAST, dest_out);
}

static mpr_status c_less(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_less_specific(r, e, h, BEST, UCAST, dest_out);
}

static mpr_status c_exact_route(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    struct rtmv2_route io = {.owner = h};
    const struct rtm_prefix at = eight();

    (void)s;
    return rtmv2_exact_route(r, e, &at, RTMV2_MATCH_OWNER, &io, 0, UCAST, handles_out);
}

static mpr_status c_exact_route_hop(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    struct rtmv2_route io = {.hop_count = 1, .hops = {h}};
    const struct rtm_prefix at = eight();

    (void)s;
    return rtmv2_exact_route(r, e, &at, RTMV2_MATCH_NEXT_HOP, &io, 0, UCAST, handles_out);
}

static mpr_status c_opaque(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_opaque(r, e, h, &slot_out);
}

static mpr_status c_route_enum(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return h ? rtmv2_create_route_enum(r, e, h, 0, 0, NULL, 0, NULL, 0, handles_out)
             : ST_INVALID_HANDLE;
}

static mpr_status c_get_dests(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    number_out = 1;
    return rtmv2_get_dests(r, e, h, &number_out, dest_out);
}

static mpr_status c_get_routes(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    number_out = 1;
    return rtmv2_get_routes(r, e, h, &number_out, handles_out);
}

static mpr_status c_get_hops(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    number_out = 1;
    return rtmv2_get_hops(r, e, h, &number_out, handles_out);
}

static mpr_status c_get_list(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    number_out = 1;
    return rtmv2_get_list_routes(r, e, h, &number_out, handles_out);
}

static mpr_status c_delete_enum(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_delete_enum(r, e, h);
}

static mpr_status c_changed(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    number_out = 1;
    return rtmv2_changed_dests(r, e, h, &number_out, dest_out);
}

static mpr_status c_deregister_changes(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_deregister_changes(r, e, h);
}

static mpr_status c_ignore(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_ignore_changed(r, e, h, 1, &s->dest);
}

static mpr_status c_ignore_dest(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const handle_t32 both[] = {s->dest, h};

    return rtmv2_ignore_changed(r, e, s->notify, 2, both);
}

static mpr_status c_status_dest(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_change_status(r, e, s->notify, h, &bool_out);
}

static mpr_status c_status(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_change_status(r, e, h, s->dest, &bool_out);
}

static mpr_status c_mark_dest(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_mark(r, e, s->notify, h, true);
}

static mpr_status c_mark(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_mark(r, e, h, s->dest, true);
}

static mpr_status c_is_marked_dest(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_is_marked(r, e, s->notify, h, &bool_out);
}

static mpr_status c_is_marked(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return rtmv2_is_marked(r, e, h, s->dest, &bool_out);
}

static mpr_status c_delete_list(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_delete_list(r, e, h);
}

static mpr_status c_insert(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    return h ? rtmv2_insert_in_list(r, e, h, 1, &s->route) : ST_INVALID_HANDLE;
}

static mpr_status c_insert_route(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    const handle_t32 both[] = {s->route, h};

    return rtmv2_insert_in_list(r, e, s->list, 2, both);
}

static mpr_status c_list_enum(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s)
{
    (void)s;
    return rtmv2_create_list_enum(r, e, h, handles_out);
}

const struct call calls[] = {
    {"entity_info", c_entity_info, RTMV2_ENTITY, ALL},
    {"reference", c_reference, RTMV2_NOTHING, ALL},
    {"release entity", c_release_entity, RTMV2_ENTITY, ALL},
    {"release dest", c_release_dest, RTMV2_DEST, ALL},
    {"release route", c_release_route, RTMV2_ROUTE, ALL},
    {"release hop", c_release_hop, RTMV2_HOP, ALL},
    {"release_dests", c_release_dests, RTMV2_DEST, ALL},
    {"release_dests, view", c_release_view, RTMV2_ROUTE, ALL},
    {"release_route_info", c_release_route_info, RTMV2_HOP, ALL},
    {"release_hop_info", c_release_hop_info, RTMV2_ENTITY, ALL},
    {"add_next_hop", c_add_hop, RTMV2_HOP, DENIED},
    {"add_next_hop, remote", c_add_hop_remote, RTMV2_HOP, DENIED},
    {"delete_next_hop", c_delete_hop, RTMV2_HOP, DENIED},
    {"next_hop_info", c_hop_info, RTMV2_HOP, ALL},
    {"update_next_hop", c_update_hop, RTMV2_HOP, DENIED},
    {"add_route", c_add_route, RTMV2_ROUTE, DENIED},
    {"add_route, hop", c_add_route_hop, RTMV2_HOP, DENIED},
    {"add_route, neighbour", c_add_route_neighbour, RTMV2_HOP, DENIED},
    {"add_route, list", c_add_route_list, RTMV2_LIST, INVALID},
    {"delete_route", c_delete_route, RTMV2_ROUTE, DENIED},
    {"update_route", c_update_route, RTMV2_ROUTE, DENIED},
    {"route_info", c_route_info, RTMV2_ROUTE, ALL},
    {"is_best", c_is_best, RTMV2_ROUTE, ALL},
    {"hold", c_hold, RTMV2_DEST, ALL},
    {"dest_info", c_dest_info, RTMV2_DEST, ALL},
    {"less_specific", c_less, RTMV2_DEST, ALL},
    {"exact_route, owner", c_exact_route, RTMV2_ENTITY, ALL},
    {"exact_route, hop", c_exact_route_hop, RTMV2_HOP, ALL},
    {"opaque", c_opaque, RTMV2_DEST, ALL},
    {"create_route_enum", c_route_enum, RTMV2_DEST, ALL},
    {"get_dests", c_get_dests, RTMV2_ENUM, INVALID},
    {"get_routes", c_get_routes, RTMV2_ENUM, INVALID},
    {"get_hops", c_get_hops, RTMV2_ENUM, INVALID},
    {"get_list_routes", c_get_list, RTMV2_ENUM, INVALID},
    {"delete_enum", c_delete_enum, RTMV2_ENUM, INVALID},
    {"changed_dests", c_changed, RTMV2_NOTIFY, INVALID},
    {"deregister_changes", c_deregister_changes, RTMV2_NOTIFY, INVALID},
    {"ignore_changed", c_ignore, RTMV2_NOTIFY, INVALID},
    {"ignore_changed, dest", c_ignore_dest, RTMV2_DEST, ALL},
    {"change_status", c_status, RTMV2_NOTIFY, INVALID},
    {"change_status, dest", c_status_dest, RTMV2_DEST, ALL},
    {"mark", c_mark, RTMV2_NOTIFY, INVALID},
    {"mark, dest", c_mark_dest, RTMV2_DEST, ALL},
    {"is_marked", c_is_marked, RTMV2_NOTIFY, INVALID},
    {"is_marked, dest", c_is_marked_dest, RTMV2_DEST, ALL},
    {"delete_list", c_delete_list, RTMV2_LIST, INVALID},
    {"insert_in_list", c_insert, RTMV2_LIST, INVALID},
    {"insert_in_list, route", c_insert_route, RTMV2_ROUTE, DENIED},
    {"create_list_enum", c_list_enum, RTMV2_LIST, INVALID},
};

const size_t call_count = sizeof(calls) / sizeof(calls[0]);

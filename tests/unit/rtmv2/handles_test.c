/* Handles that are none, none any more, of another kind, family or client: each function with each
 * parameter, and that nothing has happened. */
#include "unit/rtmv2/calls.h"

#include <string.h>

static struct rtmv2_dest dest_out[1];
static handle_t32 handles_out[8];

static void scene_open(struct scene *s)
{
    const struct rtmv2_entity_info six = {0, RTM_IPV6, {13, 0}};
    const struct rtmv2_hop hop = {.interface = 3};

    memset(s, 0, sizeof(*s));
    world_open(&s->w);
    s->gone = enter(&s->w, 12, 0);
    leave(&s->w, s->gone);
    s->a = enter(&s->w, 13, 0);
    s->b = enter(&s->w, 14, 0);
    assert_int_equal(rtmv2_register(s->w.r, &six, true, &s->six), ST_OK);
    s->hop = hop_to(&s->w, s->a, NET(192, 0, 2, 1), 3);
    s->hop_b = hop_to(&s->w, s->b, NET(192, 0, 2, 1), 3);
    assert_int_equal(rtmv2_add_next_hop(s->w.r, s->six, &hop, &s->hop_six, NULL), ST_OK);
    s->route = route_to(&s->w, s->a, NET(10, 0, 0, 0), 8, s->hop, 1, 1, UCAST);
    s->route_b = route_to(&s->w, s->b, NET(10, 0, 0, 0), 8, s->hop_b, 2, 2, UCAST);
    s->dest = dest_of(&s->w, s->a, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_create_list(s->w.r, s->a, &s->list), ST_OK);
    assert_int_equal(rtmv2_create_list(s->w.r, s->b, &s->list_b), ST_OK);
    assert_int_equal(rtmv2_register_changes(s->w.r, s->a, UCAST, 1, NULL, &s->notify), ST_OK);
    assert_int_equal(rtmv2_register_changes(s->w.r, s->b, UCAST, 1, NULL, &s->notify_b), ST_OK);
    assert_int_equal(rtmv2_create_dest_enum(s->w.r, s->a, 0, 0, NULL, BEST, &s->dests), ST_OK);
    assert_int_equal(rtmv2_create_dest_enum(s->w.r, s->b, 0, 0, NULL, BEST, &s->enum_b), ST_OK);
    assert_int_equal(rtmv2_create_route_enum(s->w.r, s->a, 0, 0, 0, NULL, 0, NULL, 0, &s->routes),
                     ST_OK);
    assert_int_equal(rtmv2_create_hop_enum(s->w.r, s->a, 0, NULL, &s->hops), ST_OK);
    assert_int_equal(rtmv2_create_list_enum(s->w.r, s->a, s->list, &s->listed), ST_OK);
}

static void scene_close(struct scene *s)
{
    drop(&s->w, s->a, RTMV2_HOP, s->hop);
    drop(&s->w, s->a, RTMV2_ROUTE, s->route);
    drop(&s->w, s->a, RTMV2_DEST, s->dest);
    drop(&s->w, s->b, RTMV2_HOP, s->hop_b);
    drop(&s->w, s->b, RTMV2_ROUTE, s->route_b);
    drop(&s->w, s->six, RTMV2_HOP, s->hop_six);
    leave(&s->w, s->a);
    (void)events_of(&s->w, RTMV2_CHANGE_NOTIFICATION);
    leave(&s->w, s->b);
    leave(&s->w, s->six);
    assert_int_equal(rtmv2_object_count(s->w.r), 0);
    world_close(&s->w);
}

/* One of the kind that is the second client's; 0: there is none. */
static handle_t32 of_b(const struct scene *s, enum rtmv2_kind kind)
{
    switch (kind) {
    case RTMV2_HOP:
        return s->hop_b;
    case RTMV2_ROUTE:
        return s->route_b;
    case RTMV2_NOTIFY:
        return s->notify_b;
    case RTMV2_LIST:
        return s->list_b;
    case RTMV2_ENUM:
        return s->enum_b;
    default:
        return 0;
    }
}

static void refuse(struct scene *s, const struct call *c, handle_t32 handle, mpr_status want)
{
    size_t handles = rtmv2_handle_count(s->w.r), objects = rtmv2_object_count(s->w.r);
    uint64_t serial = rtm_serial(s->w.table);
    mpr_status status = c->run(s->w.r, s->a, handle, s);

    if (status != want) print_message("%s: %s\n", c->name, status_name(status));
    assert_int_equal(status, want);
    assert_int_equal(rtmv2_handle_count(s->w.r), handles);
    assert_int_equal(rtmv2_object_count(s->w.r), objects);
    assert_int_equal(rtm_serial(s->w.table), serial);
}

static void wrong_handles_are_refused(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    for (size_t i = 0; i < call_count; i++) {
        const struct call *c = &calls[i];
        const handle_t32 live[] = {s.hop, s.route, s.dest, s.list, s.notify, s.dests};
        refuse(&s, c, 0, ST_INVALID_HANDLE);
        refuse(&s, c, GARBAGE, ST_INVALID_HANDLE);
        refuse(&s, c, UINT32_MAX, ST_INVALID_HANDLE);
        refuse(&s, c, s.gone, ST_INVALID_HANDLE);
        refuse(&s, c, c->kind == RTMV2_ENTITY ? s.six : s.hop_six, ST_INVALID_HANDLE);
        for (size_t n = 0; n < sizeof(live) / sizeof(live[0]); n++) {
            enum rtmv2_kind kind = rtmv2_kind_of(s.w.r, live[n], NULL);
            if (c->kind != RTMV2_NOTHING && kind != c->kind)
                refuse(&s, c, live[n], ST_INVALID_HANDLE);
        }
        if (c->others != ALL && of_b(&s, c->kind))
            refuse(&s, c, of_b(&s, c->kind),
                   c->others == DENIED ? ST_ACCESS_DENIED : ST_INVALID_HANDLE);
    }
    /* Enumerations, registrations and lists are ended, not released. */
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_ENUM, 1, &s.dests), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_NOTIFY, 1, &s.notify), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_LIST, 1, &s.list), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_reference(s.w.r, s.a, 1, &s.list), ST_INVALID_HANDLE);
    scene_close(&s);
}

/* The same with what is no entity, where the rest is in order. */
static void who_is_not_registered_is_refused(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    for (size_t i = 0; i < call_count; i++) {
        const struct call *c = &calls[i];
        const handle_t32 good[] = {s.a, s.dest, s.route, s.hop, s.list, s.notify, s.dests};
        const handle_t32 bad[] = {0, GARBAGE, s.gone, s.hop};
        for (size_t g = 0; g < sizeof(good) / sizeof(good[0]); g++)
            for (size_t b = 0; b < sizeof(bad) / sizeof(bad[0]); b++)
                assert_int_equal(c->run(s.w.r, bad[b], good[g], &s), ST_INVALID_HANDLE);
    }
    scene_close(&s);
}

static void those_without_handles_need_an_entity(void **state)
{
    const struct rtmv2_hop hop = {.interface = 1};
    const struct rtm_prefix at = eight();
    struct scene s;
    struct rtmv2 *r;
    handle_t32 out;
    uint32_t count = 8;

    (void)state;
    scene_open(&s);
    r = s.w.r;
    assert_int_equal(rtmv2_deregister(r, GARBAGE), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_deregister(r, s.gone), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_deregister(r, s.hop), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_entities(r, s.gone, &count, handles_out, NULL), ST_INVALID_HANDLE);
    assert_int_equal(count, 8);
    assert_int_equal(rtmv2_add_next_hop(r, s.gone, &hop, NULL, NULL), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_find_next_hop(r, s.gone, &hop.address, 1, &out), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_delete_next_hop(r, s.gone, 0, &hop), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_exact_match(r, s.gone, &at, BEST, UCAST, dest_out), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_most_specific(r, s.gone, &at, BEST, UCAST, dest_out), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_create_dest_enum(r, s.gone, 0, 0, NULL, BEST, &out), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_create_hop_enum(r, s.gone, 0, NULL, &out), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_register_changes(r, s.gone, UCAST, 1, NULL, &out), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_create_list(r, s.gone, &out), ST_INVALID_HANDLE);
    scene_close(&s);
}

/* Random numbers, many of them near live ones. */
static void random_handles_harm_nobody(void **state)
{
    struct scene s;
    uint32_t x = 4711;

    (void)state;
    scene_open(&s);
    for (unsigned i = 0; i < 100000; i++) {
        handle_t32 handle;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        handle = x % 2 ? x : s.hop ^ (1u << x / 2 % 32);
        if (rtmv2_kind_of(s.w.r, handle, NULL) == RTMV2_NOTHING)
            assert_int_equal(calls[x / 64 % call_count].run(s.w.r, s.a, handle, &s),
                             ST_INVALID_HANDLE);
    }
    scene_close(&s);
}

/* The last reference ends the number; an object that comes back has another one. */
static void references_are_counted(void **state)
{
    struct scene s;
    handle_t32 many[3];
    struct rtmv2_route info;

    (void)state;
    scene_open(&s);
    for (unsigned i = 0; i < 3; i++) many[i] = s.route;
    assert_int_equal(rtmv2_reference(s.w.r, s.b, 2, many), ST_OK);
    assert_int_equal(rtmv2_release(s.w.r, s.b, RTMV2_ROUTE, 2, many), ST_OK);
    /* Once too often: all but that are released. */
    assert_int_equal(rtmv2_reference(s.w.r, s.b, 1, many), ST_OK);
    assert_int_equal(rtmv2_release(s.w.r, s.b, RTMV2_ROUTE, 3, many), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_route_info(s.w.r, s.a, s.route, &info, NULL), ST_INVALID_HANDLE);
    s.route = 0;
    {
        const struct rtm_prefix at = eight();
        struct rtmv2_route wanted = info_over(s.hop, 1, 1, UCAST);
        uint32_t change = 0;
        assert_int_equal(
            rtmv2_add_route(s.w.r, s.a, &s.route, &at, &wanted, RTMV2_INFINITE, 0, &change), ST_OK);
    }
    assert_int_not_equal(s.route, many[0]);
    /* What registering is cannot be released. */
    assert_int_equal(rtmv2_release(s.w.r, s.b, RTMV2_ENTITY, 1, &s.a), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_reference(s.w.r, s.b, 1, &s.a), ST_OK);
    drop(&s.w, s.b, RTMV2_ENTITY, s.a);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_ROUTE, s.route_b, false), ST_OK);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_ROUTE, s.route_b, true), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_HOP, s.route_b, true), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_HOP, s.hop_b, true), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_ENUM, s.enum_b, true), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_NOTIFY, s.notify_b, true), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_LIST, s.list_b, true), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_check(s.w.r, s.b, RTMV2_LIST, s.list_b, true), ST_OK);
    assert_int_equal(rtmv2_check(s.w.r, s.gone, RTMV2_LIST, s.list_b, true), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_HOP, s.hop_six, false), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_check(s.w.r, s.a, RTMV2_DEST, s.dest, true), ST_OK);
    scene_close(&s);
}

/* Nobody but the router can end what a client was given that has gone. */
static void what_the_gone_were_given_is_forgotten(void **state)
{
    struct scene s;
    handle_t32 kept[3];
    size_t before;

    (void)state;
    scene_open(&s);
    kept[0] = s.route_b;
    kept[1] = s.hop_b;
    kept[2] = 0;
    before = rtmv2_handle_count(s.w.r);
    assert_int_equal(rtmv2_reference(s.w.r, s.b, 2, kept), ST_OK);
    rtmv2_forget(s.w.r, s.b, 3, kept); /* it is still there */
    rtmv2_forget(s.w.r, s.gone, 2, kept);
    rtmv2_forget(s.w.r, s.gone, 3, (const handle_t32[]){0, GARBAGE, UINT32_MAX});
    assert_int_equal(rtmv2_handle_count(s.w.r), before);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_handles_are_refused),
        cmocka_unit_test(who_is_not_registered_is_refused),
        cmocka_unit_test(those_without_handles_need_an_entity),
        cmocka_unit_test(random_handles_harm_nobody),
        cmocka_unit_test(references_are_counted),
        cmocka_unit_test(what_the_gone_were_given_is_forgotten),
    };

    return cmocka_run_group_tests_name("rtmv2 handles", tests, NULL, NULL);
}

/* RIPng's blocks: octets, defaults, limits, and what they do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/ripng/config.h"
#include "unit/ripng/neighbour.h"

#define IF_SIZE     84u
#define GLOBAL_SIZE 24u

static void the_defaults(void **state)
{
    struct rip_if_config lan = net_config6(NET_PERMANENT), dial = net_config6(NET_DEMAND_DIAL);
    struct rip_global_config g;

    (void)state;
    assert_int_equal(lan.accept_mode, 1);
    assert_int_equal(lan.announce_mode, 1);
    assert_int_equal(lan.update_mode, RIP_PERIODIC);
    assert_int_equal(dial.announce_mode, 1);
    assert_int_equal(dial.update_mode, RIP_DEMAND);
    assert_int_equal(lan.metric, 1);
    assert_int_equal(lan.expiration, 180);
    assert_int_equal(lan.removal, 120);
    assert_int_equal(lan.full_update, 30);
    assert_int_equal(rip_form_global_decode(&ripng_form, &g, NULL), ST_OK);
    assert_int_equal(g.triggered_interval, 5);
}

/* The fixed part is IPRIP_IF_CONFIG's; a range is two addresses of 16 octets. */
static void an_interface_in_octets(void **state)
{
    struct rip_range6 ranges[2] = {{{{0x20}}, {{0x20, 0xFF}}}, {{{0x30}}, {{0x3F}}}};
    struct rip_if_config c = net_config6(NET_PERMANENT), back;
    struct protocol_info info = {.count = 1};
    uint8_t *octets;
    void *data;

    (void)state;
    c.tag = 0x1234;
    c.accept_filter_mode = RIP_LIST_INCLUDE;
    c.announce_filter_mode = RIP_LIST_EXCLUDE;
    c.accept6 = &ranges[0];
    c.announce6 = &ranges[1];
    c.accept_count = c.announce_count = 1;
    assert_int_equal(rip_form_if_encode(&ripng_form, &c, 3, true, &data, &info.size), ST_OK);
    octets = data;
    assert_int_equal(info.size, IF_SIZE + 2 * 32);
    assert_int_equal(octets[0], 3);     /* state */
    assert_int_equal(octets[4], 1);     /* metric */
    assert_int_equal(octets[56], 0x34); /* tag */
    assert_int_equal(octets[76], 1);    /* accept filters */
    assert_int_equal(octets[IF_SIZE], 0x20);
    assert_int_equal(octets[IF_SIZE + 17], 0xFF);
    assert_int_equal(octets[IF_SIZE + 32], 0x30);
    info.data = data;
    assert_int_equal(rip_form_if_decode(&ripng_form, &back, NET_PERMANENT, &info), ST_OK);
    assert_memory_equal(back.accept6, &ranges[0], sizeof(ranges[0]));
    assert_memory_equal(back.announce6, &ranges[1], sizeof(ranges[1]));
    assert_null(back.accept);
    rip_if_free(&back);
    info.size--;
    assert_int_equal(rip_form_if_decode(&ripng_form, &back, NET_PERMANENT, &info),
                     ST_INVALID_PARAMETER);
    mem_free(data);
}

static void the_global_one_in_octets(void **state)
{
    struct rtm_address filter[2] = {{{0xFE, 0x80, [15] = 1}}, {{0xFE, 0x80, [15] = 2}}};
    struct rip_global_config g = {.logging_level = 2,
                                  .triggered_interval = 7,
                                  .filter_mode = RIP_LIST_EXCLUDE,
                                  .filter_count = 2,
                                  .filter6 = filter},
                             back;
    struct protocol_info info = {.count = 1};
    void *data;

    (void)state;
    assert_int_equal(rip_form_global_encode(&ripng_form, &g, &data, &info.size), ST_OK);
    assert_int_equal(info.size, GLOBAL_SIZE + 2 * 16);
    info.data = data;
    assert_int_equal(rip_form_global_decode(&ripng_form, &back, &info), ST_OK);
    assert_int_equal(back.triggered_interval, 7);
    assert_memory_equal(back.filter6, filter, sizeof(filter));
    rip_global_free(&back);
    info.size--;
    assert_int_equal(rip_form_global_decode(&ripng_form, &back, &info), ST_INVALID_PARAMETER);
    mem_free(data);
}

static mpr_status set(size_t offset, uint8_t value)
{
    struct rip_if_config c = net_config6(NET_PERMANENT), back;
    struct protocol_info info = {.count = 1};
    uint8_t octets[IF_SIZE];
    void *data;
    mpr_status status;

    assert_int_equal(rip_form_if_encode(&ripng_form, &c, 0, true, &data, &info.size), ST_OK);
    memcpy(octets, data, sizeof(octets));
    mem_free(data);
    octets[offset] = value;
    info.data = octets;
    status = rip_form_if_decode(&ripng_form, &back, NET_PERMANENT, &info);
    if (status == ST_OK) rip_if_free(&back);
    return status;
}

/* What RIPng has not may not be asked of it. */
static void what_can_not_be(void **state)
{
    static const struct {
        size_t offset;
        uint8_t value;
        mpr_status status;
    } rows[] = {
        {4, 0, ST_INVALID_PARAMETER},
        {4, 15, ST_OK},
        {4, 16, ST_INVALID_PARAMETER},
        {12, 0, ST_OK},
        {12, 1, ST_OK},
        {12, 2, ST_INVALID_PARAMETER}, /* accept mode */
        {16, 2, ST_INVALID_PARAMETER}, /* announce mode */
        {36, 2, ST_INVALID_PARAMETER},
        {36, 0, ST_INVALID_PARAMETER}, /* authentication */
        {60, 1, ST_INVALID_PARAMETER}, /* unicast neighbours */
        {72, 1, ST_INVALID_PARAMETER},
        {76, 1, ST_INVALID_PARAMETER}, /* lists that are not there */
    };

    (void)state;
    for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++)
        assert_int_equal(set(rows[k].offset, rows[k].value), rows[k].status);
}

static void an_empty_range(void **state)
{
    struct rip_range6 range = {{{0x30}}, {{0x20}}};
    struct rip_if_config c = net_config6(NET_PERMANENT);

    (void)state;
    neighbour_begin(NET_PERMANENT, NULL);
    c.accept6 = &range;
    c.accept_count = 1;
    assert_int_equal(net_configure(port, &c), ST_INVALID_PARAMETER);
    net_close(&n);
}

static void neighbours_are_filtered(void **state)
{
    struct rtm_address them = net_link_local(THEM);
    struct rip_global_config g = {.logging_level = 1,
                                  .triggered_interval = 5,
                                  .filter_mode = RIP_LIST_EXCLUDE,
                                  .filter_count = 1,
                                  .filter6 = &them};

    (void)state;
    net_open6(&n, 5);
    r = net_router(&n, &g);
    tap = net_tap(&n, 1, THEM, MASK24);
    port = net_plug(r, 1, US, MASK24, NET_PERMANENT, NULL);
    tell_one(IP(192, 0, 2, 0), 1);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_PEER_FILTER), 1);
    assert_int_equal(net_learned(r, 1), 0);
    net_close(&n);
}

/* Also in the farewell, which a copy of the configuration decides. */
static void announcements_are_filtered(void **state)
{
    struct rip_range6 range;
    struct rip_if_config c = net_config6(NET_PERMANENT);

    (void)state;
    neighbour_begin(NET_PERMANENT, NULL);
    range.low = range.high = net_prefix(&n, IP(172, 16, 1, 0), MASK24).address;
    c.announce_filter_mode = RIP_LIST_EXCLUDE;
    c.announce6 = &range;
    c.announce_count = 1;
    assert_int_equal(net_configure(port, &c), ST_OK);
    for (uint32_t k = 0; k < 2000; k++) net_static(r, IP(172, 16, 0, 0) + (k << 8), MASK24, 2);
    net_run(&n, 35000);
    assert_int_equal(net_status(port, RIS_DISABLED), ST_OK);
    net_run(&n, 1000);
    assert_int_equal(metric_told(0, IP(172, 16, 0, 0)), 16);
    assert_int_equal(metric_told(0, IP(172, 23, 207, 0)), 16);
    assert_int_equal(metric_told(0, IP(172, 16, 1, 0)), 0);
    net_close(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults),
        cmocka_unit_test(an_interface_in_octets),
        cmocka_unit_test(the_global_one_in_octets),
        cmocka_unit_test(what_can_not_be),
        cmocka_unit_test(an_empty_range),
        cmocka_unit_test(neighbours_are_filtered),
        cmocka_unit_test(announcements_are_filtered),
    };

    return cmocka_run_group_tests_name("ripng configuration", tests, NULL, NULL);
}

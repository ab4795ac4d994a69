/* Configuration blocks, octet by octet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/rip/config.h"

#define IF_SIZE (84u + 4 + 8 + 16)

/* clang-format off */
static const uint8_t if_block[IF_SIZE] = {
    3, 0, 0, 0,  2, 0, 0, 0,  1, 0, 0, 0,  2, 0, 0, 0,  3, 0, 0, 0,  0xF0, 2, 0, 0,
    180, 0, 0, 0,  120, 0, 0, 0,  30, 0, 0, 0,  3, 0, 0, 0,
    's', 'e', 'c', 'r', 'e', 't', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0x34, 0x12, 0, 0,
    1, 0, 0, 0,  1, 0, 0, 0,  2, 0, 0, 0,  1, 0, 0, 0,  1, 0, 0, 0,  2, 0, 0, 0,
    10, 77, 1, 2,
    10, 0, 0, 0,  10, 255, 255, 255,
    192, 168, 0, 0,  192, 168, 255, 255,  1, 2, 3, 4,  1, 2, 3, 4};

static const uint8_t global_block[] = {
    2, 0, 0, 0,  0, 0, 16, 0,  0, 0, 32, 0,  5, 0, 0, 0,  2, 0, 0, 0,  2, 0, 0, 0,
    10, 0, 0, 1,  10, 0, 0, 2};
/* clang-format on */

static void interface_blocks_round_trip(void **state)
{
    struct rip_if_config c;
    struct protocol_info info;
    void *data;
    size_t size;
    static const uint8_t zeros[16];

    (void)state;
    info = (struct protocol_info){if_block, sizeof(if_block), 1};
    assert_int_equal(rip_if_decode(&c, NET_PERMANENT, &info), ST_OK);
    assert_int_equal(c.metric, 2);
    assert_int_equal(c.update_mode, RIP_DEMAND);
    assert_int_equal(c.accept_mode, RIP_COMPATIBLE);
    assert_int_equal(c.announce_mode, RIP_V2);
    assert_int_equal(c.flags, 0x2F0);
    assert_int_equal(c.auth_type, RIP_AUTH_MD5);
    assert_int_equal(c.tag, 0x1234);
    assert_int_equal(c.peers[0], 0x0A4D0102);
    assert_int_equal(c.accept[0].high, 0x0AFFFFFF);
    assert_int_equal(c.announce[1].low, 0x01020304);
    assert_int_equal(rip_if_encode(&c, 3, true, &data, &size), ST_OK);
    assert_int_equal(size, sizeof(if_block));
    assert_memory_equal(data, if_block, size);
    mem_free(data);
    assert_int_equal(rip_if_encode(&c, 3, false, &data, &size), ST_OK);
    assert_memory_equal((uint8_t *)data + 40, zeros, 16);
    mem_free(data);
    rip_if_free(&c);
}

static void global_blocks_round_trip(void **state)
{
    struct rip_global_config c;
    struct protocol_info info;
    void *data;
    size_t size;

    (void)state;
    info = (struct protocol_info){global_block, sizeof(global_block), 1};
    assert_int_equal(rip_global_decode(&c, &info), ST_OK);
    assert_int_equal(c.filter[1], 0x0A000002);
    assert_false(rip_filter_passes(c.filter_mode, c.filter, c.filter_count, 0x0A000002));
    assert_true(rip_filter_passes(c.filter_mode, c.filter, c.filter_count, 0x0A000003));
    assert_false(rip_filter_passes(RIP_LIST_INCLUDE, c.filter, c.filter_count, 0x0A000003));
    assert_true(rip_filter_passes(RIP_LIST_OFF, c.filter, c.filter_count, 0x0A000003));
    assert_int_equal(rip_global_encode(&c, &data, &size), ST_OK);
    assert_int_equal(size, sizeof(global_block));
    assert_memory_equal(data, global_block, size);
    mem_free(data);
    rip_global_free(&c);
}

static void no_block_gives_defaults(void **state)
{
    struct rip_if_config c;
    const struct protocol_info empty = {NULL, 0, 0};
    struct rip_global_config g;

    (void)state;
    assert_int_equal(rip_if_decode(&c, NET_PERMANENT, NULL), ST_OK);
    assert_int_equal(c.update_mode, RIP_PERIODIC);
    assert_int_equal(rip_if_decode(&c, NET_DEMAND_DIAL, &empty), ST_OK);
    assert_int_equal(c.update_mode, RIP_DEMAND);
    assert_int_equal(c.announce_mode, RIP_V2);
    assert_int_equal(rip_global_decode(&g, &empty), ST_OK);
    assert_int_equal(g.triggered_interval, 5);
}

static mpr_status decode_changed(size_t at, uint8_t value, size_t size)
{
    uint8_t *block = malloc(size);
    struct rip_if_config c;
    struct protocol_info info = {block, size, 1};
    mpr_status status;

    assert_non_null(block);
    memcpy(block, if_block, size);
    if (at < size) block[at] = value;
    status = rip_if_decode(&c, NET_PERMANENT, &info);
    if (status == ST_OK) rip_if_free(&c);
    free(block);
    return status;
}

static void bad_fields_are_refused(void **state)
{
    static const struct {
        size_t at;
        uint8_t value;
    } bad[] = {{4, 0},   {4, 16},   {8, 2},   {12, 4},   {16, 4}, {24, 14},  {27, 1},
               {28, 14}, {32, 14},  {36, 0},  {36, 4},   {60, 3}, {64, 3},   {68, 3},
               {72, 2},  {75, 1},   {76, 9},  {79, 255}, {80, 9}, {83, 255}, {84, 127},
               {84, 0},  {84, 224}, {88, 11}, {96, 193}};

    (void)state;
    for (size_t k = 0; k < sizeof(bad) / sizeof(*bad); k++)
        assert_int_equal(decode_changed(bad[k].at, bad[k].value, sizeof(if_block)),
                         ST_INVALID_PARAMETER);
    for (size_t size = 1; size < sizeof(if_block); size++)
        assert_int_equal(decode_changed(SIZE_MAX, 0, size), ST_INVALID_PARAMETER);
    assert_int_equal(decode_changed(SIZE_MAX, 0, sizeof(if_block)), ST_OK);
}

static void bad_global_fields_are_refused(void **state)
{
    uint8_t block[sizeof(global_block)];
    struct rip_global_config c;
    struct protocol_info info;
    static const struct {
        size_t at;
        uint8_t value;
    } bad[] = {{0, 4}, {12, 0}, {15, 1}, {16, 3}, {20, 3}, {23, 255}};

    (void)state;
    info = (struct protocol_info){block, sizeof(block), 1};
    for (size_t k = 0; k < sizeof(bad) / sizeof(*bad); k++) {
        memcpy(block, global_block, sizeof(block));
        block[bad[k].at] = bad[k].value;
        assert_int_equal(rip_global_decode(&c, &info), ST_INVALID_PARAMETER);
    }
    info.size = 23;
    assert_int_equal(rip_global_decode(&c, &info), ST_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interface_blocks_round_trip),   cmocka_unit_test(global_blocks_round_trip),
        cmocka_unit_test(no_block_gives_defaults),       cmocka_unit_test(bad_fields_are_refused),
        cmocka_unit_test(bad_global_fields_are_refused),
    };

    return cmocka_run_group_tests_name("rip configuration", tests, NULL, NULL);
}

/* Each field of the configuration blocks at its limits and just beyond; the defaults, one by one;
 * and blocks for which there is no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "protocol/rip/config.h"
#include "sim/support/fail_alloc.h"

#define IF_SIZE     84u
#define GLOBAL_SIZE 24u
#define DAY         86400u
#define LIST_MOST   4096u
#define BLOCK_MOST  (IF_SIZE + 8 * (LIST_MOST + 1))

/* Where a DWORD of the structure is, and what it may be (config.c). */
struct field {
    size_t offset;
    uint32_t least, most;
};

static const struct field if_fields[] = {
    {4, 1, 15},        {8, 0, 1},          {12, 0, 3},         {16, 0, 3},        {24, 15, 3 * DAY},
    {28, 15, 3 * DAY}, {32, 15, DAY},      {36, 1, 3},         {60, 0, 2},        {64, 0, 2},
    {68, 0, 2},        {72, 0, LIST_MOST}, {76, 0, LIST_MOST}, {80, 0, LIST_MOST}};

static const struct field global_fields[] = {
    {0, 0, 3}, {12, 1, DAY}, {16, 0, 2}, {20, 0, LIST_MOST}};

static uint8_t block[BLOCK_MOST];

static void put(size_t offset, uint32_t value)
{
    struct writer w;

    writer_init(&w, block + offset, 4);
    wr_le32(&w, value);
}

static void default_if_block(void)
{
    struct rip_if_config c;
    void *data;
    size_t size;

    assert_int_equal(rip_if_decode(&c, NET_PERMANENT, NULL), ST_OK);
    assert_int_equal(rip_if_encode(&c, 0, true, &data, &size), ST_OK);
    assert_int_equal(size, IF_SIZE);
    memset(block, 10, sizeof(block)); /* any list is of 10.10.10.10 */
    memcpy(block, data, size);
    mem_free(data);
}

static void default_global_block(void)
{
    struct rip_global_config c;
    void *data;
    size_t size;

    assert_int_equal(rip_global_decode(&c, NULL), ST_OK);
    assert_int_equal(rip_global_encode(&c, &data, &size), ST_OK);
    assert_int_equal(size, GLOBAL_SIZE);
    memset(block, 10, sizeof(block));
    memcpy(block, data, size);
    mem_free(data);
}

static mpr_status decode_if(void)
{
    const struct protocol_info info = {block, sizeof(block), 1};
    struct rip_if_config c;
    mpr_status status = rip_if_decode(&c, NET_PERMANENT, &info);

    if (status == ST_OK) rip_if_free(&c);
    return status;
}

static mpr_status decode_global(void)
{
    const struct protocol_info info = {block, sizeof(block), 1};
    struct rip_global_config c;
    mpr_status status = rip_global_decode(&c, &info);

    if (status == ST_OK) rip_global_free(&c);
    return status;
}

static void check(const struct field *f, void (*fill)(void), mpr_status (*decode)(void))
{
    const struct {
        uint32_t value;
        mpr_status status;
    } tries[] = {{f->least, ST_OK},
                 {f->most, ST_OK},
                 {f->least - 1, ST_INVALID_PARAMETER}, /* below 0: too many */
                 {f->most + 1, ST_INVALID_PARAMETER}};

    for (size_t n = 0; n < sizeof(tries) / sizeof(tries[0]); n++) {
        fill();
        put(f->offset, tries[n].value);
        if (decode() != tries[n].status)
            fail_msg("offset %u: %u", (unsigned)f->offset, (unsigned)tries[n].value);
    }
}

static void limits(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof(if_fields) / sizeof(if_fields[0]); n++)
        check(&if_fields[n], default_if_block, decode_if);
    for (size_t n = 0; n < sizeof(global_fields) / sizeof(global_fields[0]); n++)
        check(&global_fields[n], default_global_block, decode_global);
}

/* A neighbour that is asked directly is a host: no network 0, loopback, group or above. */
static void unicast_peers(void **state)
{
    static const struct {
        uint8_t first;
        mpr_status status;
    } rows[] = {{0, ST_INVALID_PARAMETER},
                {1, ST_OK},
                {126, ST_OK},
                {127, ST_INVALID_PARAMETER},
                {128, ST_OK},
                {223, ST_OK},
                {224, ST_INVALID_PARAMETER},
                {255, ST_INVALID_PARAMETER}};

    (void)state;
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        for (size_t at = 0; at < 2; at++) {
            default_if_block();
            put(72, 2);
            memset(block + IF_SIZE + 4 * at, 0, 4);
            block[IF_SIZE + 4 * at] = rows[n].first;
            assert_int_equal(decode_if(), rows[n].status);
        }
    }
}

/* A range may be one address, but not end before it begins. */
static void ranges(void **state)
{
    (void)state;
    for (size_t list = 76; list <= 80; list += 4) {
        default_if_block();
        put(list, 2);
        assert_int_equal(decode_if(), ST_OK);
        block[IF_SIZE + 8 + 7]--; /* the second one's end */
        assert_int_equal(decode_if(), ST_INVALID_PARAMETER);
        block[IF_SIZE + 8 + 3] -= 2;
        assert_int_equal(decode_if(), ST_OK);
    }
}

/* The lists may end where the block does, not behind it; nor where the count of items is none. */
static void lengths(void **state)
{
    struct rip_if_config c;
    struct rip_global_config g;
    struct protocol_info info = {block, IF_SIZE + 4 + 8 + 8, 1};

    (void)state;
    default_if_block();
    for (size_t at = 72; at <= 80; at += 4) put(at, 1);
    assert_int_equal(rip_if_decode(&c, NET_PERMANENT, &info), ST_OK);
    rip_if_free(&c);
    info.size--;
    assert_int_equal(rip_if_decode(&c, NET_PERMANENT, &info), ST_INVALID_PARAMETER);
    info.count = 0; /* no block: the defaults */
    assert_int_equal(rip_if_decode(&c, NET_PERMANENT, &info), ST_OK);
    assert_int_equal(c.peer_count, 0);
    default_global_block();
    put(20, 2);
    info = (struct protocol_info){block, GLOBAL_SIZE + 8, 1};
    assert_int_equal(rip_global_decode(&g, &info), ST_OK);
    rip_global_free(&g);
    info.size--;
    assert_int_equal(rip_global_decode(&g, &info), ST_INVALID_PARAMETER);
}

/* As the administration tools of Windows show them. */
static void defaults(void **state)
{
    static const uint32_t flags = RIP_SPLIT_HORIZON | RIP_POISON_REVERSE | RIP_GRACEFUL_SHUTDOWN |
                                  RIP_TRIGGERED | RIP_NO_SUBNET_SUMMARY;
    struct rip_if_config c;
    struct rip_global_config g;

    (void)state;
    for (int dial = 0; dial < 2; dial++) {
        assert_int_equal(rip_if_decode(&c, dial ? NET_DEMAND_DIAL : NET_PERMANENT, NULL), ST_OK);
        assert_int_equal(c.metric, 1);
        assert_int_equal(c.update_mode, dial ? RIP_DEMAND : RIP_PERIODIC);
        assert_int_equal(c.accept_mode, RIP_COMPATIBLE);
        assert_int_equal(c.announce_mode, dial ? RIP_V2 : RIP_COMPATIBLE);
        assert_int_equal(c.flags, flags);
        assert_int_equal(c.expiration, 180);
        assert_int_equal(c.removal, 120);
        assert_int_equal(c.full_update, 30);
        assert_int_equal(c.auth_type, RIP_AUTH_NONE);
        assert_int_equal(c.tag + c.peer_mode + c.accept_filter_mode + c.announce_filter_mode, 0);
    }
    assert_int_equal(rip_global_decode(&g, NULL), ST_OK);
    assert_int_equal(g.logging_level, 1);
    assert_int_equal(g.receive_queue, 1048576);
    assert_int_equal(g.send_queue, 1048576);
    assert_int_equal(g.triggered_interval, 5);
    assert_int_equal(g.filter_mode + g.filter_count, 0);
}

/* ---- without memory -------------------------------------------------------------------------- */

/* Decodes and encodes, with the n-th allocation failing: whether there was one. */
static bool if_without_memory(size_t n)
{
    const struct protocol_info info = {block, sizeof(block), 1};
    struct rip_if_config c = {.metric = 77};
    void *data;
    size_t size;
    mpr_status status;

    fail_alloc_at(n);
    status = rip_if_decode(&c, NET_PERMANENT, &info);
    if (status == ST_OK) {
        status = rip_if_encode(&c, 0, true, &data, &size);
        if (status == ST_OK) mem_free(data);
        rip_if_free(&c);
    } else {
        assert_int_equal(c.metric, 77); /* untouched */
    }
    if (!fail_alloc_fired()) return false;
    assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
    return true;
}

static bool global_without_memory(size_t n)
{
    const struct protocol_info info = {block, sizeof(block), 1};
    struct rip_global_config c = {.logging_level = 77};
    void *data;
    size_t size;
    mpr_status status;

    fail_alloc_at(n);
    status = rip_global_decode(&c, &info);
    if (status == ST_OK) {
        status = rip_global_encode(&c, &data, &size);
        if (status == ST_OK) mem_free(data);
        rip_global_free(&c);
    } else {
        assert_int_equal(c.logging_level, 77);
    }
    if (!fail_alloc_fired()) return false;
    assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
    return true;
}

static void without_memory(void **state)
{
    size_t n;

    (void)state;
    fail_alloc_begin();
    default_if_block();
    for (size_t at = 72; at <= 80; at += 4) put(at, 2);
    for (n = 1; if_without_memory(n);) n++;
    assert_int_equal(n - 1, 4); /* three lists, one block */
    default_global_block();
    put(20, 2);
    for (n = 1; global_without_memory(n);) n++;
    assert_int_equal(n - 1, 2);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits),   cmocka_unit_test(unicast_peers),
        cmocka_unit_test(ranges),   cmocka_unit_test(lengths),
        cmocka_unit_test(defaults), cmocka_unit_test(without_memory),
    };

    return cmocka_run_group_tests_name("limits of rip's configuration", tests, NULL, NULL);
}

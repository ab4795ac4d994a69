/* RIPng's octets, beside those written out by hand from RFC 2080 2.1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "protocol/ripng/packet.h"

static const uint8_t two_entries[44] = {
    2,
    1,
    0,
    0, /* response, version 1 */
    0xFE,
    0x80,
    [4 + 15] = 7,
    0,
    0,
    0,
    255, /* next hop fe80::7 */
    0x20,
    1,
    0x0D,
    0xB8,
    [24 + 16] = 0x12,
    0x34,
    32,
    5 /* 2001:db8::/32, tag 0x1234, metric 5 */
};

static void entries_are_read(void **state)
{
    struct rip_packet p;
    struct ripng_entry e;

    (void)state;
    assert_int_equal(ripng_packet_parse(&p, two_entries, sizeof(two_entries)), RIP_KEEP);
    assert_int_equal(p.command, RIP_RESPONSE);
    assert_int_equal(p.version, 1);
    assert_int_equal(p.count, 2);
    e = ripng_entry_read(&p);
    assert_int_equal(e.metric, RIPNG_METRIC_NEXT_HOP);
    assert_int_equal(e.address.octets[15], 7);
    e = ripng_entry_read(&p);
    assert_int_equal(e.metric, 5);
    assert_int_equal(e.tag, 0x1234);
    assert_int_equal(e.length, 32);
    assert_memory_equal(e.address.octets, "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\0", 16);
}

static void entries_are_written(void **state)
{
    static const struct ripng_entry first = {.address = {{0xFE, 0x80, [15] = 7}}, .metric = 255};
    static const struct ripng_entry second = {
        .address = {{0x20, 1, 0x0D, 0xB8}}, .tag = 0x1234, .length = 32, .metric = 5};
    struct ripng_builder b;

    (void)state;
    ripng_build(&b, RIP_RESPONSE, 2);
    ripng_build_entry(&b, &first);
    ripng_build_entry(&b, &second);
    ripng_build_entry(&b, &second); /* there is no room */
    assert_int_equal(b.entries, 2);
    assert_int_equal(b.w.used, sizeof(two_entries));
    assert_memory_equal(b.data, two_entries, sizeof(two_entries));
}

/* What is left of the MTU behind 40 octets of IPv6, 8 of UDP and 4 of the header. */
static void room_is_what_the_mtu_leaves(void **state)
{
    (void)state;
    assert_int_equal(ripng_entries_room(1500), 72);
    assert_int_equal(ripng_entries_room(0), 72);
    assert_int_equal(ripng_entries_room(9000), 72);
    assert_int_equal(ripng_entries_room(1491), 71);
    assert_int_equal(ripng_entries_room(1280), 61);
    assert_int_equal(ripng_entries_room(100), 61);
}

static void a_full_packet_fits(void **state)
{
    static const struct ripng_entry e = {.metric = 1};
    struct ripng_builder b;

    (void)state;
    ripng_build(&b, RIP_RESPONSE, 1000);
    for (unsigned k = 0; k < 100; k++) ripng_build_entry(&b, &e);
    assert_int_equal(b.entries, RIPNG_ENTRIES_MAX);
    assert_int_equal(b.w.used, 4 + 72 * 20);
    assert_false(b.w.failed);
}

static void what_has_no_form_is_refused(void **state)
{
    uint8_t data[24] = {1, 1};
    struct rip_packet p;

    (void)state;
    for (size_t size = 0; size <= sizeof(data); size++) {
        enum rip_drop want = size < 4                  ? RIP_DROP_TOO_SHORT
                             : size == 4 || size == 24 ? RIP_KEEP
                                                       : RIP_DROP_LENGTH;
        assert_int_equal(ripng_packet_parse(&p, data, size), want);
    }
    data[1] = 0;
    assert_int_equal(ripng_packet_parse(&p, data, 24), RIP_DROP_VERSION_0);
    data[1] = 2;
    assert_int_equal(ripng_packet_parse(&p, data, 24), RIP_DROP_VERSION);
    data[1] = 1;
    for (unsigned command = 0; command < 256; command++) {
        data[0] = (uint8_t)command;
        assert_int_equal(ripng_packet_parse(&p, data, 24),
                         command == 1 || command == 2 ? RIP_KEEP : RIP_DROP_COMMAND);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_read),
        cmocka_unit_test(entries_are_written),
        cmocka_unit_test(room_is_what_the_mtu_leaves),
        cmocka_unit_test(a_full_packet_fits),
        cmocka_unit_test(what_has_no_form_is_refused),
    };

    return cmocka_run_group_tests_name("ripng packets", tests, NULL, NULL);
}

#include "unit/base/fail_alloc.h"

#include "infoblock/filters.h"
#include "infoblock/types.h"

#include <string.h>

/* Two IPv4 filters: TCP from 10.1.0.0/16 to 192.0.2.7, port 80; echo requests. */
static const uint8_t two[68] = {
    1,  0, 0, 0, 2,    0,   0, 0, 1,   0, 0,   0,                      /* version, count, drop */
    10, 1, 0, 0, 255,  255, 0, 0, 192, 0, 2,   7,  255, 255, 255, 255, /* */
    6,  0, 0, 0, 0x10, 0,   0, 0, 0,   0, 0,   80,                     /* TCP, late, ports */
    0,  0, 0, 0, 0,    0,   0, 0, 0,   0, 0,   0,  0,   0,   0,   0,   /* */
    1,  0, 0, 0, 0,    0,   0, 0, 8,   0, 255, 0};                     /* ICMP, type, code */

static const uint8_t one6[64] = {
    1,    0,    0,    0,    1,  0, 0, 0, 0, 0, 0, 0,                /* forward */
    0x20, 1,    0x0D, 0xB8, 0,  0, 0, 0, 0, 0, 0, 0, 0,   0, 0, 0,  /* */
    33,   0,    0,    0,                                            /* */
    0xFE, 0x80, 0,    0,    0,  0, 0, 0, 0, 0, 0, 0, 0,   0, 0, 9,  /* */
    128,  0,    0,    0,    58, 0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0}; /* ICMPv6 */

static mpr_status read_bytes(const void *data, size_t size, enum filter_family family,
                             struct filter_list *ret)
{
    struct info_block block = {INFO_IP_IN_FILTER_INFO, (uint32_t)size, 1, size ? data : NULL};

    return filter_list_read(&block, family, ret);
}

static void ipv4(void **state)
{
    struct filter_list list;
    struct packet_filter f;

    (void)state;
    assert_int_equal(read_bytes(two, sizeof(two), FILTER_IPV4, &list), ST_OK);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.otherwise, FILTER_DROP);
    f = filter_at(&list, 0);
    assert_memory_equal(f.source, "\x0A\1\0\0\0", 5);
    assert_memory_equal(f.source_mask, "\xFF\xFF\0\0\0", 5);
    assert_memory_equal(f.dest, "\xC0\0\2\7\0", 5);
    assert_memory_equal(f.dest_mask, "\xFF\xFF\xFF\xFF\0", 5);
    assert_int_equal(f.protocol, FILTER_PROTOCOL_TCP);
    assert_int_equal(f.late, FILTER_LATE_SOURCE_MASK);
    assert_int_equal(f.source_port, FILTER_PORT_ANY);
    assert_int_equal(f.dest_port, 80); /* network order */
    f = filter_at(&list, 1);
    assert_int_equal(f.protocol, FILTER_PROTOCOL_ICMP);
    assert_int_equal(f.source_port, 8); /* little-endian */
    assert_int_equal(f.dest_port, FILTER_ICMP_ANY);
}

static void ipv6(void **state)
{
    static const uint8_t ones[17] = {255, 255, 255, 255, 255, 255, 255, 255, 255,
                                     255, 255, 255, 255, 255, 255, 255, 0};
    struct filter_list list;
    struct packet_filter f;

    (void)state;
    assert_int_equal(read_bytes(one6, sizeof(one6), FILTER_IPV6, &list), ST_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.otherwise, FILTER_FORWARD);
    f = filter_at(&list, 0);
    assert_memory_equal(f.source, one6 + 12, 16);
    assert_memory_equal(f.source_mask, "\xFF\xFF\xFF\xFF\x80\0", 6);
    assert_memory_equal(f.dest, one6 + 32, 16);
    assert_memory_equal(f.dest_mask, ones, 16);
    assert_int_equal(f.protocol, FILTER_PROTOCOL_ICMPV6);
    assert_int_equal(f.source_port, 128);
}

/* Each octet in turn is one that makes the list impossible. */
static void refused(void **state)
{
    static const struct {
        enum filter_family family;
        size_t at;
        uint8_t value;
    } bad[] = {{FILTER_IPV4, 0, 2},  {FILTER_IPV4, 3, 1},   {FILTER_IPV4, 4, 0},
               {FILTER_IPV4, 4, 3},  {FILTER_IPV4, 7, 1},   {FILTER_IPV4, 8, 2},
               {FILTER_IPV4, 29, 1}, {FILTER_IPV4, 57, 1},  {FILTER_IPV6, 28, 129},
               {FILTER_IPV6, 29, 1}, {FILTER_IPV6, 48, 129}};
    struct filter_list list;
    uint8_t data[68];

    (void)state;
    for (size_t n = 0; n < sizeof(bad) / sizeof(*bad); n++) {
        bool v4 = bad[n].family == FILTER_IPV4;
        size_t size = v4 ? sizeof(two) : sizeof(one6);

        memcpy(data, v4 ? two : one6, size);
        data[bad[n].at] = bad[n].value;
        assert_int_equal(read_bytes(data, size, bad[n].family, &list), ST_INVALID_DATA);
        assert_null(list.data);
    }
    for (size_t size = 0; size < sizeof(two); size++) {
        assert_int_equal(read_bytes(two, size, FILTER_IPV4, &list), ST_INVALID_DATA);
    }
    memcpy(data, two, sizeof(two));
    assert_int_equal(read_bytes(data, sizeof(data), FILTER_IPV6, &list), ST_INVALID_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ipv4),
        cmocka_unit_test(ipv6),
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

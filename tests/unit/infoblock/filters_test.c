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
        size_t at;
        enum filter_family family;
        uint8_t value;
    } bad[] = {{0, FILTER_IPV4, 2},  {3, FILTER_IPV4, 1},   {4, FILTER_IPV4, 0},
               {4, FILTER_IPV4, 3},  {7, FILTER_IPV4, 1},   {8, FILTER_IPV4, 2},
               {29, FILTER_IPV4, 1}, {57, FILTER_IPV4, 1},  {28, FILTER_IPV6, 129},
               {29, FILTER_IPV6, 1}, {48, FILTER_IPV6, 129}};
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

/* ---- judging --------------------------------------------------------------------------------- */

/* TCP from 10.1.2.3 to 192.0.2.7, port 80: what the first filter of two takes, but for its late
 * mask (octet 32). */
static struct packet_facts tcp_packet(void)
{
    struct packet_facts p = {.protocol = 6, .has_ports = true, .source_port = 5, .dest_port = 80};

    memcpy(p.source, "\x0A\1\2\3", 4);
    memcpy(p.dest, "\xC0\0\2\7", 4);
    return p;
}

static enum filter_action judged(const uint8_t *data, size_t size, enum filter_family family,
                                 const struct packet_facts *p)
{
    struct filter_list list;

    assert_int_equal(read_bytes(data, size, family, &list), ST_OK);
    return filter_list_judge(&list, p);
}

static void judges_tcp(void **state)
{
    struct packet_facts p = tcp_packet();
    uint8_t data[sizeof(two)];

    (void)state;
    memcpy(data, two, sizeof(two));
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP); /* late */
    data[32] = 0x02; /* says nothing of addresses */
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    data[8] = FILTER_FORWARD;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
    p.source[3] = 77;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
    p.source[1] = 2;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    p = tcp_packet();
    p.dest[3] = 8;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    p = tcp_packet();
    p.dest_port = 81;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    p = tcp_packet();
    p.protocol = 17;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    p = tcp_packet();
    p.has_ports = false;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    data[38] = data[39] = 0; /* asks for no port */
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
}

static void judges_source_ports(void **state)
{
    struct packet_facts p = tcp_packet();
    uint8_t data[sizeof(two)];

    (void)state;
    memcpy(data, two, sizeof(two));
    data[32] = 0;
    data[37] = 5;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    p.source_port = 6;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
    data[28] = 50; /* of a protocol without ports they mean nothing */
    p.protocol = 50;
    p.has_ports = false;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    data[28] = FILTER_PROTOCOL_ANY;
    p.protocol = 99;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
}

/* The second filter of two: echo requests. */
static void judges_icmp(void **state)
{
    struct packet_facts p = {.protocol = 1, .has_ports = true, .source_port = 8, .dest_port = 3};
    uint8_t data[sizeof(two)];

    (void)state;
    memcpy(data, two, sizeof(two));
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    data[66] = 3;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
    p.dest_port = 0;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
    data[66] = 0xFF;
    p.source_port = 0;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
    p.has_ports = false;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_DROP);
    data[64] = 0xFF;
    assert_int_equal(judged(data, sizeof(data), FILTER_IPV4, &p), FILTER_FORWARD);
}

static void judges_ipv6(void **state)
{
    struct packet_facts p = {.protocol = 58, .has_ports = true, .source_port = 128};

    (void)state;
    memcpy(p.source, "\x20\1\x0D\xB8\x7F\xFF", 6);
    memcpy(p.dest, one6 + 32, 16);
    assert_int_equal(judged(one6, sizeof(one6), FILTER_IPV6, &p), FILTER_DROP);
    p.source[4] = 0x80;
    assert_int_equal(judged(one6, sizeof(one6), FILTER_IPV6, &p), FILTER_FORWARD);
    p.source[4] = 0;
    p.dest[15] = 8;
    assert_int_equal(judged(one6, sizeof(one6), FILTER_IPV6, &p), FILTER_FORWARD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ipv4),
        cmocka_unit_test(ipv6),
        cmocka_unit_test(refused),
        cmocka_unit_test(judges_tcp),
        cmocka_unit_test(judges_source_ports),
        cmocka_unit_test(judges_icmp),
        cmocka_unit_test(judges_ipv6),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

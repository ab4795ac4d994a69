/* What is seen of a packet, and which of many are told. */
#include "unit/hostroutes/cmocka_all.h"

#include <string.h>

#include "hostroutes/packet.h"
#include "hostroutes/packet_sample.h"

static uint8_t octets[128];
static struct hr_packet seen;

/* The octets of a literal. */
#define PUT(target, literal) put(target, literal, sizeof(literal) - 1)
static void put(uint8_t *target, const void *literal, size_t size)
{
    memcpy(target, literal, size);
}

static bool look(size_t size)
{
    memset(&seen, 0xFF, sizeof(seen));
    return packet_look(octets, size, &seen);
}

/* Version 4 with so many octets of header, from 10.0.0.1 to 198.51.100.7. */
static uint8_t *ipv4(uint8_t header, uint8_t protocol)
{
    static const uint8_t addresses[] = {10, 0, 0, 1, 198, 51, 100, 7};

    memset(octets, 0, sizeof(octets));
    octets[0] = (uint8_t)(0x40 | header / 4);
    octets[9] = protocol;
    memcpy(octets + 12, addresses, sizeof(addresses));
    return octets + header;
}

/* Version 6, from 2001::1 to 2002::2. */
static uint8_t *ipv6(uint8_t next)
{
    memset(octets, 0, sizeof(octets));
    octets[0] = 0x60;
    octets[6] = next;
    PUT(octets + 8, "\x20\x01");
    octets[23] = 1;
    PUT(octets + 24, "\x20\x02");
    octets[39] = 2;
    return octets + 40;
}

static void ports_are(uint8_t protocol, uint16_t source, uint16_t destination)
{
    assert_int_equal(seen.protocol, protocol);
    assert_int_equal(seen.flags, HR_PACKET_PORTS);
    assert_int_equal(seen.source_port, source);
    assert_int_equal(seen.destination_port, destination);
}

static void no_ports(uint8_t protocol)
{
    assert_int_equal(seen.protocol, protocol);
    assert_int_equal(seen.flags, 0);
    assert_int_equal(seen.source_port, 0);
    assert_int_equal(seen.destination_port, 0);
}

static void of_ipv4(void **state)
{
    uint8_t *body = ipv4(20, 6);

    (void)state;
    PUT(body, "\x01\x02\x00\x50");
    assert_true(look(24));
    assert_int_equal(seen.family, HR_IPV4);
    assert_memory_equal(seen.source, "\x0A\0\0\1\0", 5);
    assert_memory_equal(seen.destination, "\xC6\x33\x64\x07\0", 5);
    ports_are(6, 0x0102, 80);
    assert_true(look(23)); /* not all of the ports */
    no_ports(6);
    for (size_t cut = 0; cut < 20; cut++) assert_false(look(cut));

    body = ipv4(60, 17); /* with options */
    PUT(body, "\x00\x35\xFF\xFF");
    assert_true(look(64));
    ports_are(17, 53, 0xFFFF);
    assert_false(look(59));

    body = ipv4(20, 1);
    PUT(body, "\x08\x03");
    assert_true(look(22));
    ports_are(1, 8, 3);

    memset(ipv4(20, 58), 7, 4); /* of IPv6 only */
    assert_true(look(40));
    no_ports(58);
    ipv4(16, 6);
    assert_false(look(40));
}

static void fragments_of_ipv4(void **state)
{
    memset(ipv4(20, 17), 7, 8);
    (void)state;
    octets[6] = 0x60; /* don't, and more fragments */
    assert_true(look(40));
    ports_are(17, 0x0707, 0x0707);
    octets[7] = 1;
    assert_true(look(40));
    no_ports(17);
}

static void nobody_dials_for(void **state)
{
    static const struct {
        uint8_t first, second;
        bool dials;
    } rows[] = {{0xFF, 0x02, false}, {0xFE, 0x80, false}, {0xFE, 0xBF, false},
                {0xFE, 0xC0, true},  {0xFE, 0x7F, true},  {0xFD, 0x80, true}};

    (void)state;
    ipv4(20, 17);
    octets[16] = 223;
    assert_true(look(40));
    octets[16] = 224;
    assert_false(look(40));
    octets[16] = 255;
    assert_false(look(40));
    for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
        ipv6(17);
        octets[24] = rows[n].first;
        octets[25] = rows[n].second;
        assert_int_equal(look(60), rows[n].dials);
    }
    ipv4(20, 17);
    for (unsigned version = 0; version < 16; version++) {
        octets[0] = (uint8_t)(version << 4 | 5);
        assert_int_equal(look(60), version == 4 || version == 6);
    }
}

static void of_ipv6(void **state)
{
    uint8_t *body = ipv6(58);

    (void)state;
    PUT(body, "\x80\x01");
    assert_true(look(42));
    assert_int_equal(seen.family, HR_IPV6);
    assert_memory_equal(seen.source, octets + 8, 16);
    assert_memory_equal(seen.destination, octets + 24, 16);
    ports_are(58, 128, 1);
    for (size_t cut = 0; cut < 40; cut++) assert_false(look(cut));
    memset(ipv6(1), 7, 4); /* of IPv4 only */
    assert_true(look(60));
    no_ports(1);
    ipv6(59); /* nothing follows */
    assert_true(look(60));
    no_ports(59);
}

/* Hop-by-hop of 16 octets, destination options of 8, authentication of 12, then TCP. */
static void extensions(void **state)
{
    uint8_t *body = ipv6(0);

    (void)state;
    PUT(body, "\x3C\x01");
    PUT(body + 16, "\x33\x00");
    PUT(body + 24, "\x06\x01");
    PUT(body + 36, "\x00\x09\x00\x50");
    assert_true(look(80));
    ports_are(6, 9, 80);
    assert_true(look(40 + 15));
    no_ports(0);
    assert_true(look(40 + 35));
    no_ports(51);           /* it is not all there */
    memset(ipv6(43), 0, 8); /* an endless chain ends where the packet does */
    for (size_t at = 40; at < sizeof(octets); at += 8) octets[at] = 43;
    assert_true(look(sizeof(octets)));
    no_ports(43);
}

static void fragments_of_ipv6(void **state)
{
    uint8_t *body = ipv6(44);

    (void)state;
    PUT(body, "\x11\x00\x00\x01"); /* the first, more follow */
    memset(body + 8, 7, 4);
    assert_true(look(60));
    ports_are(17, 0x0707, 0x0707);
    body[3] = 8;
    assert_true(look(60));
    no_ports(17);
}

/* ---- which are told -------------------------------------------------------------------------- */

static struct packet_sample sample;

static struct hr_packet packet(uint16_t n)
{
    return (struct hr_packet){.family = HR_IPV4, .protocol = 17, .destination_port = n};
}

static bool take(uint16_t n, uint64_t now)
{
    const struct hr_packet p = packet(n);

    return packet_sample_take(&sample, &p, now);
}

static void each_once_a_second(void **state)
{
    uint64_t now = 5000;

    (void)state;
    memset(&sample, 0, sizeof(sample));
    assert_true(take(1, now));
    assert_false(take(1, now));
    assert_true(take(2, now));
    assert_false(take(1, now + 999));
    assert_true(take(1, now + 1000));
    assert_false(take(1, now + 1001));
}

/* Each field makes it another one. */
static void what_differs(void **state)
{
    struct hr_packet p = packet(1);

    (void)state;
    memset(&sample, 0, sizeof(sample));
    assert_true(packet_sample_take(&sample, &p, 5000));
    p.source_port = 1;
    assert_true(packet_sample_take(&sample, &p, 5000));
    p.flags = HR_PACKET_PORTS;
    assert_true(packet_sample_take(&sample, &p, 5000));
    p.protocol = 6;
    assert_true(packet_sample_take(&sample, &p, 5000));
    p.source[3] = 1;
    assert_true(packet_sample_take(&sample, &p, 5000));
    p.destination[3] = 1;
    assert_true(packet_sample_take(&sample, &p, 5000));
    p.family = HR_IPV6;
    assert_true(packet_sample_take(&sample, &p, 5000));
    assert_false(packet_sample_take(&sample, &p, 5000));
}

/* However many there are: a burst, then a hundred a second, spread over it. */
static void of_a_flood(void **state)
{
    unsigned told = 0;
    uint16_t n = 0;

    (void)state;
    memset(&sample, 0, sizeof(sample));
    for (unsigned i = 0; i < 1000; i++) told += take(n++, 5000);
    assert_int_equal(told, SAMPLE_BURST);
    for (uint64_t now = 5000; now < 7000; now++) {
        for (unsigned i = 0; i < 20; i++) told += take(n++, now);
    }
    assert_int_equal(told, SAMPLE_BURST + 199);
    assert_true(take(n++, 7010));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_ipv4),
                                       cmocka_unit_test(fragments_of_ipv4),
                                       cmocka_unit_test(nobody_dials_for),
                                       cmocka_unit_test(of_ipv6),
                                       cmocka_unit_test(extensions),
                                       cmocka_unit_test(fragments_of_ipv6),
                                       cmocka_unit_test(each_once_a_second),
                                       cmocka_unit_test(what_differs),
                                       cmocka_unit_test(of_a_flood)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

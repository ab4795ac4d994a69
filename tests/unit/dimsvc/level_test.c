/* The levels' octets: sizes and places of MS-RRASM's structures as a compiler for Windows lays them
 * out (64 bits where the width of pointers counts). */
#include "unit/base/fail_alloc.h"

#include "dimsvc/levels.h"

#include <string.h>

union level {
    struct dim_server_level server;
    struct dim_port_level port;
    struct dim_device_level device;
    struct dim_interface_level interface;
    struct dim_connection_level connection;
};

enum family { SERVER, PORT, DEVICE, INTERFACE, CONNECTION };

static void convert(struct ndr *n, enum family family, uint32_t level, union level *l)
{
    switch (family) {
    case SERVER:
        dim_server_level(n, level, &l->server);
        break;
    case PORT:
        dim_port_level(n, level, &l->port);
        break;
    case DEVICE:
        dim_device_level(n, level, &l->device);
        break;
    case INTERFACE:
        dim_interface_level(n, level, &l->interface);
        break;
    case CONNECTION:
        dim_connection_level(n, level, &l->connection);
        break;
    }
}

/* A member that is the only one that isn't zero, and where it is then seen. */
static const struct place {
    enum family family;
    uint32_t level, size;
    size_t member; /* its last one of 16 bits, in union level */
    size_t offset;
} places[] = {
#define AT(family, level, size, type, member, at)                            \
    {                                                                        \
        family, level, size, offsetof(struct dim_##type##_level, member), at \
    }
    AT(SERVER, 0, 16, server, ports_in_use, 12),
    AT(SERVER, 1, 16, server, l2tp_flags, 12),
    AT(SERVER, 2, 24, server, sstp_flags, 20),
    AT(PORT, 0, 380, port, connection, 4),
    AT(PORT, 0, 380, port, duration, 16),
    AT(PORT, 0, 380, port, name[16], 52),
    AT(PORT, 0, 380, port, device[0], 88),
    AT(PORT, 0, 380, port, type[16], 378),
    AT(PORT, 1, 64, port, line_speed, 12),
    AT(PORT, 1, 64, port, statistics[11], 60),
    AT(PORT, 2, 488, port, condition, 8),
    AT(PORT, 2, 488, port, device[0], 80),
    AT(PORT, 2, 488, port, hardware_condition, 372),
    AT(PORT, 2, 488, port, errors[9], 416),
    AT(PORT, 2, 488, port, totals[0], 424),
    AT(PORT, 2, 488, port, totals[7], 480),
    AT(DEVICE, 0, 292, device, name[128], 290),
    AT(DEVICE, 1, 560, device, phone_number[0], 292),
    AT(INTERFACE, 0, 540, interface, interface, 516),
    AT(INTERFACE, 0, 540, interface, last_error, 536),
    AT(INTERFACE, 1, 552, interface, state, 528),
    AT(INTERFACE, 2, 2488, interface, options, 540),
    AT(INTERFACE, 2, 2488, interface, phone_number[128], 800),
    AT(INTERFACE, 2, 2488, interface, address, 816),
    AT(INTERFACE, 2, 2488, interface, protocols, 836),
    AT(INTERFACE, 2, 2488, interface, device_name[0], 874),
    AT(INTERFACE, 2, 2488, interface, x25_user_data[200], 2402),
    AT(INTERFACE, 2, 2488, interface, auth_key, 2444),
    AT(INTERFACE, 2, 2488, interface, guid.data4[0], 2472),
    AT(INTERFACE, 2, 2488, interface, vpn_strategy, 2480),
    AT(INTERFACE, 3, 2528, interface, vpn_strategy, 2480),
    AT(INTERFACE, 3, 2528, interface, address_count, 2484),
    AT(INTERFACE, 3, 2528, interface, dns6_alternate[0], 2504),
    AT(CONNECTION, 0, 1116, connection, flags, 16),
    AT(CONNECTION, 0, 1116, connection, domain[0], 1048),
    AT(CONNECTION, 0, 1116, connection, remote_computer[16], 1112),
    AT(CONNECTION, 1, 272, connection, interface, 4),
    AT(CONNECTION, 1, 272, connection, ppp.at_error, 152),
    AT(CONNECTION, 1, 272, connection, statistics[11], 268),
    AT(CONNECTION, 2, 828, connection, guid.data1, 524),
    AT(CONNECTION, 2, 828, connection, ppp.ip_remote_options, 652),
    AT(CONNECTION, 2, 828, connection, ppp.lcp[10], 824),
    AT(CONNECTION, 3, 788, connection, connection, 8),
    AT(CONNECTION, 3, 788, connection, ppp.prefix_length, 708),
    AT(CONNECTION, 3, 788, connection, ppp.lcp[0], 732),
    AT(CONNECTION, 3, 788, connection, probation_high, 784),
    AT(CONNECTION, 4, 1680, connection, quarantine_state, 1124),
    AT(CONNECTION, 4, 1680, connection, start_low, 1136),
    AT(CONNECTION, 4, 1680, connection, local_endpoint[64], 1454),
    AT(CONNECTION, 4, 1680, connection, ppp_2.embedded_eap_type, 1464 + 168),
    AT(CONNECTION, 4, 1680, connection, ppp_2.ccp_remote_options, 1464 + 192),
    AT(CONNECTION, 4, 1680, connection, connection, 1664),
    AT(CONNECTION, 4, 1680, connection, device_type, 1672),
#undef AT
};

static const uint8_t marker[2] = {0xA5, 0x5A};

static void set_marker(union level *l, const struct place *p)
{
    uint16_t value = 0x5AA5;

    memset(l, 0, sizeof(*l));
    if (p->family == CONNECTION) l->connection.projection = DIM_PROJECTION_PPP;
    memcpy((char *)l + p->member, &value, sizeof(value)); /* little-endian, as all targets are */
}

static void each_member_has_its_place(void **state)
{
    union level in, out;
    struct ndr n, back;

    (void)state;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        const struct place *p = &places[i];

        set_marker(&in, p);
        ndr_write(&n);
        convert(&n, p->family, p->level, &in);
        assert_int_equal(n.status, ST_OK);
        assert_int_equal(n.position, p->size);
        assert_memory_equal(n.written + p->offset, marker, sizeof(marker));

        memset(&out, 0, sizeof(out));
        ndr_read(&back, n.written, n.position);
        convert(&back, p->family, p->level, &out);
        assert_int_equal(back.status, ST_OK);
        assert_int_equal(ndr_left(&back), 0);
        assert_memory_equal((char *)&out + p->member, marker, sizeof(marker));
        ndr_free(&back);
        ndr_free(&n);
    }
}

static void an_octet_less_is_refused(void **state)
{
    union level l;
    struct ndr n, back;

    (void)state;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        const struct place *p = &places[i];

        if (p->family == DEVICE || p->family == INTERFACE)
            continue; /* shorter ones are 32 bits wide */
        set_marker(&l, p);
        ndr_write(&n);
        convert(&n, p->family, p->level, &l);
        ndr_read(&back, n.written, n.position - 1);
        convert(&back, p->family, p->level, &l);
        assert_int_equal(back.status, ST_RPC_BAD_STUB_DATA);
        ndr_free(&back);
        ndr_free(&n);
    }
}

static void other_levels_are_refused(void **state)
{
    static const uint32_t first[] = {
        [SERVER] = 3, [PORT] = 3, [DEVICE] = 2, [INTERFACE] = 4, [CONNECTION] = 5};
    union level l;
    struct ndr n;

    (void)state;

    memset(&l, 0, sizeof(l));
    for (enum family family = SERVER; family <= CONNECTION; family++) {
        ndr_write(&n);
        convert(&n, family, first[family], &l);
        assert_int_equal(n.status, ST_INVALID_LEVEL);
        ndr_free(&n);
    }
}

/* "ab", "c" and the empty one at the end */
static const uint8_t list[] = {'a', 0, 'b', 0, 0, 0, 'c', 0, 0, 0, 0, 0};

static void what_lies_behind_comes_back(void **state)
{
    struct dim_interface_level in = {.auth_data = {3, (const uint8_t *)"key"},
                                     .alternates = {sizeof(list), list}},
                               out;
    struct ndr n, back;

    (void)state;

    for (uint32_t level = 2; level <= 3; level++) {
        memset(&out, 0, sizeof(out));
        ndr_write(&n);
        dim_interface_level(&n, level, &in);
        assert_int_equal(n.position, (level == 2 ? 2488u : 2528u) + 3 + sizeof(list));
        ndr_read(&back, n.written, n.position);
        dim_interface_level(&back, level, &out);
        assert_int_equal(back.status, ST_OK);
        assert_int_equal(out.auth_data.size, 3);
        assert_memory_equal(out.auth_data.data, "key", 3);
        assert_int_equal(out.alternates.size, sizeof(list));
        assert_memory_equal(out.alternates.data, list, sizeof(list));
        ndr_free(&back);
        ndr_free(&n);
    }
}

static void addresses_come_back_behind_the_rest(void **state)
{
    static const uint8_t addresses[32] = {1, [15] = 2, [16] = 3, [31] = 4};
    struct dim_interface_level in = {.auth_data = {3, (const uint8_t *)"key"},
                                     .alternates = {sizeof(list), list},
                                     .address_count = 2,
                                     .addresses = {sizeof(addresses), addresses}},
                               out;
    struct ndr n, back;

    (void)state;

    ndr_write(&n);
    dim_interface_level(&n, 3, &in);
    assert_int_equal(n.position, 2528 + 3 + sizeof(list) + sizeof(addresses));
    ndr_read(&back, n.written, n.position);
    dim_interface_level(&back, 3, &out);
    assert_int_equal(back.status, ST_OK);
    assert_int_equal(out.addresses.size, sizeof(addresses));
    assert_memory_equal(out.addresses.data, addresses, sizeof(addresses));
    assert_memory_equal(out.alternates.data, list, sizeof(list));
    ndr_free(&back);

    ndr_read(&back, n.written, n.position - 1); /* as others write it: unused */
    dim_interface_level(&back, 3, &out);
    assert_int_equal(back.status, ST_OK);
    assert_int_equal(out.address_count, 2);
    assert_int_equal(out.addresses.size, 0);
    assert_null(out.addresses.data);
    ndr_free(&back);
    ndr_free(&n);
}

static void high_counters_may_be_missing(void **state)
{
    struct dim_connection_level in = {.statistics_high = {0x0A0B0C0D, 7}}, out = in;
    struct ndr n, back;

    (void)state;

    ndr_write(&n);
    dim_connection_high(&n, &in);
    assert_int_equal(n.position, 8);
    for (size_t size = 0; size <= 8; size++) {
        memset(&out, 0, sizeof(out));
        ndr_read(&back, n.written, size);
        dim_connection_high(&back, &out);
        assert_int_equal(back.status, ST_OK);
        assert_int_equal(out.statistics_high[0], size < 8 ? 0 : 0x0A0B0C0D);
        assert_int_equal(out.statistics_high[1], size < 8 ? 0 : 7);
        ndr_free(&back);
    }
    ndr_free(&n);
}

static void put(uint8_t *octets, size_t at, uint32_t value)
{
    for (size_t i = 0; i < 4; i++) octets[at + i] = (uint8_t)(value >> 8 * i);
}

static void a_structure_of_32_bits_is_known_as_one(void **state)
{
    uint8_t octets[2468 + 40] = {0};
    struct dim_interface_level i = {.name = u""};
    struct ndr n;

    (void)state;

    put(octets, 516, 7);
    ndr_read(&n, octets, 544); /* level 1, no hours */
    dim_interface_level(&n, 1, &i);
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(i.interface, 7);
    assert_null(i.hours.data);
    ndr_free(&n);

    put(octets, 540, 544);
    memcpy(octets + 544, list, sizeof(list));
    ndr_read(&n, octets, 544 + sizeof(list));
    dim_interface_level(&n, 1, &i);
    assert_int_equal(n.status, ST_OK);
    assert_ptr_equal(i.hours.data, octets + 544);
    assert_int_equal(i.hours.size, sizeof(list));
    ndr_free(&n);

    memset(octets, 0, sizeof(octets));
    put(octets, 808, 0x0100007F);
    put(octets, 2440, 40); /* of authentication data, which makes it as long as one of 64 bits */
    put(octets, 2444, 2468);
    ndr_read(&n, octets, sizeof(octets));
    dim_interface_level(&n, 2, &i);
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(i.address, 0x0100007F);
    assert_int_equal(i.auth_data.size, 40);
    assert_ptr_equal(i.auth_data.data, octets + 2468);
    ndr_free(&n);
}

static void an_offset_that_leads_elsewhere_is_refused(void **state)
{
    static const uint32_t wrong[] = {1, 551, 553 + sizeof(list), 0x80000000u,
                                     563 /* no end there */};
    uint8_t octets[552 + sizeof(list)] = {0};
    struct dim_interface_level i = {.name = u""};
    struct ndr n;

    (void)state;

    memcpy(octets + 552, list, sizeof(list));
    for (size_t k = 0; k < sizeof(wrong) / sizeof(wrong[0]); k++) {
        put(octets, 544, wrong[k]);
        ndr_read(&n, octets, sizeof(octets));
        dim_interface_level(&n, 1, &i);
        assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
        assert_null(i.hours.data);
        ndr_free(&n);
    }
    put(octets, 544, 552);
    put(octets, 548, 1); /* above 4 GB */
    ndr_read(&n, octets, sizeof(octets));
    dim_interface_level(&n, 1, &i);
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    ndr_free(&n);
}

static void credentials_lie_behind_their_size(void **state)
{
    static const uint8_t expected[] = {3, 0, 0, 0, 8, 0, 0, 0, 'k', 'e', 'y', 0};
    static const uint8_t none[12] = {0};
    struct dim_octets key = {3, (const uint8_t *)"key"};
    struct ndr n;

    (void)state;

    ndr_write(&n);
    dim_credentials_level(&n, &key);
    assert_int_equal(n.position, sizeof(expected));
    assert_memory_equal(n.written, expected, sizeof(expected));
    ndr_free(&n);

    ndr_read(&n, expected, sizeof(expected));
    dim_credentials_level(&n, &key);
    assert_int_equal(key.size, 3);
    assert_ptr_equal(key.data, expected + 8);
    ndr_free(&n);

    ndr_read(&n, none, sizeof(none));
    dim_credentials_level(&n, &key);
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(key.size, 0);
    assert_null(key.data);
    ndr_free(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_member_has_its_place),
        cmocka_unit_test(an_octet_less_is_refused),
        cmocka_unit_test(other_levels_are_refused),
        cmocka_unit_test(what_lies_behind_comes_back),
        cmocka_unit_test(addresses_come_back_behind_the_rest),
        cmocka_unit_test(high_counters_may_be_missing),
        cmocka_unit_test(a_structure_of_32_bits_is_known_as_one),
        cmocka_unit_test(an_offset_that_leads_elsewhere_is_refused),
        cmocka_unit_test(credentials_lie_behind_their_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

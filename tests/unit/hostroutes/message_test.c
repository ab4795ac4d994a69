/* The messages between the router and mprnetlink: each comes back as it was, and what none can say
 * is refused. */
#include "unit/hostroutes/cmocka_all.h"

#include <string.h>

#include "hostroutes/message.h"

static const struct hr_change ipv4 = {
    HR_PUT, {HR_IPV4, 20, 0, HR_ROUTE_ON_LINK, 7, 15, {10, 1, 0x50}, {192, 168, 1, 254}}};
static const struct hr_change ipv6 = {
    HR_DELETE,
    {HR_IPV6, 33, 77, 0, UINT32_MAX, UINT32_MAX, {0x20, 1, 0xD, 0xB8, 0x80}, {0xFE, 0x80}}};

static uint8_t data[4096];

static struct reader written(const struct writer *w)
{
    struct reader r;

    assert_false(w->failed);
    reader_init(&r, w->base, w->used);
    return r;
}

static void test_frame(void **state)
{
    const struct hr_header sent = {.type = HR_ROUTES, .flags = 0, .sequence = 0x01020304};
    struct hr_header got;
    struct writer w;

    (void)state;
    hr_frame_begin(&w, data, sizeof(data), &sent);
    hr_change_write(&w, &ipv4);
    assert_true(hr_frame_end(&w, 1));
    assert_int_equal(data[0], w.used);
    for (size_t size = 0; size < w.used; size++)
        assert_int_equal(hr_frame_read(data, size, &got), HR_FRAME_MORE);
    assert_int_equal(hr_frame_read(data, w.used + 5, &got), HR_FRAME_WHOLE);
    assert_int_equal(got.size, w.used);
    assert_int_equal(got.type, HR_ROUTES);
    assert_int_equal(got.sequence, 0x01020304);
    assert_int_equal(got.count, 1);
}

/* What is refused with the header alone is not waited for. */
static void test_frame_bad(void **state)
{
    static const struct {
        uint32_t size, count;
        enum hr_frame frame;
    } rows[] = {{15, 0, HR_FRAME_BAD},
                {16, 0, HR_FRAME_WHOLE},
                {HR_MESSAGE_MAX, HR_BATCH_MAX, HR_FRAME_MORE},
                {HR_MESSAGE_MAX + 1, 0, HR_FRAME_BAD},
                {UINT32_MAX, 0, HR_FRAME_BAD},
                {17, HR_BATCH_MAX + 1, HR_FRAME_BAD}};
    struct hr_header got;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct writer w;
        writer_init(&w, data, 16);
        wr_le32(&w, rows[i].size);
        wr_zero(&w, 8);
        wr_le32(&w, rows[i].count);
        assert_int_equal(hr_frame_read(data, 16, &got), rows[i].frame);
    }
}

static void test_frame_full(void **state)
{
    const struct hr_header header = {.type = HR_ROUTES};
    struct writer w;

    (void)state;
    hr_frame_begin(&w, data, HR_HEADER_SIZE + 3, &header);
    hr_change_write(&w, &ipv4);
    assert_false(hr_frame_end(&w, 1));
    hr_frame_begin(&w, data, sizeof(data), &header);
    assert_false(hr_frame_end(&w, HR_BATCH_MAX + 1));
}

static void check_change(const struct hr_change *c, size_t size)
{
    struct hr_change got;
    struct reader r;
    struct writer w;

    writer_init(&w, data, sizeof(data));
    hr_change_write(&w, c);
    assert_int_equal(w.used, size);
    r = written(&w);
    memset(&got, 0xFF, sizeof(got));
    assert_true(hr_change_read(&r, &got));
    assert_int_equal(got.operation, c->operation);
    assert_memory_equal(got.route.destination, c->route.destination, 16);
    assert_memory_equal(got.route.next_hop, c->route.next_hop, 16);
    assert_true(got.route.length == c->route.length && got.route.metric == c->route.metric &&
                got.route.interface == c->route.interface && got.route.flags == c->route.flags &&
                got.route.protocol == c->route.protocol && got.route.family == c->route.family);
    for (size_t cut = 0; cut < size; cut++) {
        reader_init(&r, data, cut);
        assert_false(hr_change_read(&r, &got));
        assert_true(r.failed);
    }
}

static void test_change(void **state)
{
    (void)state;
    check_change(&ipv4, 21);
    check_change(&ipv6, 45);
}

static bool readable(struct hr_change c)
{
    struct hr_change got;
    struct reader r;
    struct writer w;

    memset(data, 0, 64);
    writer_init(&w, data, sizeof(data));
    hr_change_write(&w, &c);
    reader_init(&r, data, 64);
    return hr_change_read(&r, &got);
}

static void test_change_bad(void **state)
{
    struct hr_change c = ipv4;

    (void)state;
    assert_true(readable(c));
    c.operation = 0;
    assert_false(readable(c));
    c.operation = 3;
    assert_false(readable(c));
    c = ipv4;
    c.route.family = 5;
    assert_false(readable(c));
    c = ipv4;
    c.route.flags = 2;
    assert_false(readable(c));
    c = ipv4;
    c.route.length = 33;
    assert_false(readable(c));
    c.route.length = 19; /* 0x50 has a bit behind it */
    assert_false(readable(c));
}

static void test_prefix(void **state)
{
    static const struct {
        uint8_t family, length;
        uint8_t octets[16];
        bool valid;
    } rows[] = {{HR_IPV4, 0, {0}, true},
                {HR_IPV4, 0, {1}, false},
                {HR_IPV4, 32, {1, 2, 3, 4}, true},
                {HR_IPV4, 32, {1, 2, 3, 4, 5}, false}, /* past the family */
                {HR_IPV4, 31, {1, 2, 3, 5}, false},
                {HR_IPV4, 40, {0}, false},
                {HR_IPV6, 128, {[15] = 1}, true},
                {HR_IPV6, 127, {[15] = 1}, false},
                {HR_IPV6, 129, {0}, false},
                {6, 0, {0}, false}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(hr_prefix_valid(rows[i].family, rows[i].length, rows[i].octets),
                         rows[i].valid);
}

static void test_link(void **state)
{
    struct hr_link got, sent = {.operation = HR_PUT,
                                .address_size = 6,
                                .hardware = 1,
                                .index = 3,
                                .flags = 0x11043,
                                .mtu = 1500,
                                .address = {2, 0, 0, 0, 0, 9},
                                .name = "fifteen-letters"};
    struct reader r;
    struct writer w;

    (void)state;
    writer_init(&w, data, sizeof(data));
    hr_link_write(&w, &sent);
    r = written(&w);
    assert_true(hr_link_read(&r, &got));
    assert_memory_equal(&got, &sent, sizeof(sent));
    for (size_t cut = 0; cut < w.used; cut++) {
        reader_init(&r, data, cut);
        assert_false(hr_link_read(&r, &got));
    }
    data[w.used - 3] = 0; /* a name with a zero within */
    reader_init(&r, data, w.used);
    assert_false(hr_link_read(&r, &got));
    data[1] = HR_LINK_ADDR_MAX + 1;
    reader_init(&r, data, sizeof(data));
    assert_false(hr_link_read(&r, &got));
}

static void test_address(void **state)
{
    struct hr_address got, sent = {.operation = HR_DELETE,
                                   .family = HR_IPV6,
                                   .length = 64,
                                   .scope = 253,
                                   .index = 2,
                                   .flags = 0x80,
                                   .local = {0xFE, 0x80, [15] = 1},
                                   .peer = {0xFE, 0x80, [15] = 2}};
    struct reader r;
    struct writer w;

    (void)state;
    writer_init(&w, data, sizeof(data));
    hr_address_write(&w, &sent);
    r = written(&w);
    assert_true(hr_address_read(&r, &got));
    assert_memory_equal(&got, &sent, sizeof(sent));
    data[2] = 129;
    reader_init(&r, data, w.used);
    assert_false(hr_address_read(&r, &got));
}

static void test_neighbour(void **state)
{
    struct hr_neighbour got, sent = {.operation = HR_PUT,
                                     .family = HR_IPV4,
                                     .address_size = 20,
                                     .state = 2,
                                     .index = 9,
                                     .address = {10, 0, 0, 2},
                                     .link_address = {1, [19] = 9}};
    struct reader r;
    struct writer w;

    (void)state;
    memset(&got, 0, sizeof(got)); /* padding */
    writer_init(&w, data, sizeof(data));
    hr_neighbour_write(&w, &sent);
    r = written(&w);
    assert_true(hr_neighbour_read(&r, &got));
    assert_int_equal(got.state, 2);
    assert_memory_equal(got.link_address, sent.link_address, 20);
    assert_memory_equal(got.address, sent.address, 16);
    data[5] = data[6] = data[7] = data[8] = 0; /* index */
    reader_init(&r, data, w.used);
    assert_false(hr_neighbour_read(&r, &got));
}

static void test_numbers(void **state)
{
    const struct hr_restored sent = {1, 2, 3, UINT32_MAX};
    const struct hr_error error = {5, 17};
    const struct hr_forwarding forwarding = {HR_FORWARDING_ON, HR_FORWARDING_UNKNOWN,
                                             HR_FORWARD_IPV6};
    const struct hr_held held = {9, 13};
    struct hr_forwarding got_forwarding;
    struct hr_held got_held;
    struct hr_restored got;
    struct hr_error got_error;
    struct reader r;
    struct writer w;

    (void)state;
    writer_init(&w, data, sizeof(data));
    hr_restored_write(&w, &sent);
    hr_forwarding_write(&w, &forwarding);
    hr_error_write(&w, &error);
    hr_held_write(&w, &held);
    r = written(&w);
    assert_true(hr_restored_read(&r, &got));
    assert_memory_equal(&got, &sent, sizeof(sent));
    assert_true(hr_forwarding_read(&r, &got_forwarding));
    assert_memory_equal(&got_forwarding, &forwarding, sizeof(forwarding));
    assert_true(hr_error_read(&r, &got_error));
    assert_memory_equal(&got_error, &error, sizeof(error));
    assert_true(hr_held_read(&r, &got_held));
    assert_memory_equal(&got_held, &held, sizeof(held));
    assert_false(hr_held_read(&r, &got_held));
    assert_false(hr_error_read(&r, &got_error));
}

static void check_packet(const struct hr_packet *sent, size_t size)
{
    struct hr_packet got;
    struct reader r;
    struct writer w;

    writer_init(&w, data, sizeof(data));
    hr_packet_write(&w, sent);
    assert_int_equal(w.used, size);
    r = written(&w);
    memset(&got, 0xFF, sizeof(got));
    assert_true(hr_packet_read(&r, &got));
    assert_true(got.family == sent->family && got.protocol == sent->protocol &&
                got.flags == sent->flags && got.source_port == sent->source_port &&
                got.destination_port == sent->destination_port);
    assert_memory_equal(got.source, sent->source, 16);
    assert_memory_equal(got.destination, sent->destination, 16);
    for (size_t cut = 0; cut < size; cut++) {
        reader_init(&r, data, cut);
        assert_false(hr_packet_read(&r, &got));
    }
    for (size_t at = 0; at < 3; at += 2) { /* family, flags */
        const uint8_t right = data[at];

        data[at] = 2;
        reader_init(&r, data, size);
        assert_false(hr_packet_read(&r, &got));
        data[at] = right;
    }
}

static void test_packet(void **state)
{
    const struct hr_packet echo = {HR_IPV4, 1, HR_PACKET_PORTS, 8, 0, {10, 0, 0, 1}, {10, 9}};
    const struct hr_packet fragment = {
        HR_IPV6, 17, 0, 0xFFFE, 0x0102, {0x20, 1, [15] = 3}, {0x20, 2, [15] = 4}};

    (void)state;
    check_packet(&echo, 15);
    check_packet(&fragment, 39);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frame),      cmocka_unit_test(test_frame_bad),
        cmocka_unit_test(test_frame_full), cmocka_unit_test(test_change),
        cmocka_unit_test(test_change_bad), cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_link),       cmocka_unit_test(test_address),
        cmocka_unit_test(test_neighbour),  cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_packet)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

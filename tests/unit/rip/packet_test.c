/* Packets against octets written out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "protocol/rip/internal.h"
#include "protocol/rip/packet.h"
#include "sim/rip/md5.h"

static const struct rip_auth none = {.type = RIP_AUTH_NONE};
static const struct rip_auth password = {.type = RIP_AUTH_PASSWORD, .key = "s3cret"};
static const struct rip_auth md5 = {.type = RIP_AUTH_MD5, .key = "s3cret", .md5 = test_md5};

/* clang-format off */
static const uint8_t request_v2[] = {
    1, 2, 0, 0,
    0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 16};

static const uint8_t response_v1[] = {
    2, 1, 0, 0,
    0, 2, 0, 0,  192, 0, 2, 0,  0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 3};

static const uint8_t response_v2[] = {
    2, 2, 0, 0,
    0, 2, 0x12, 0x34,  203, 0, 113, 64,  255, 255, 255, 192,  10, 77, 1, 9,  0, 0, 0, 2,
    0, 2, 0, 0,        0, 0, 0, 0,       0, 0, 0, 0,          0, 0, 0, 0,    0, 0, 0, 1};

static const uint8_t response_password[] = {
    2, 2, 0, 0,
    0xFF, 0xFF, 0, 2,  's', '3', 'c', 'r', 'e', 't', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 2, 0, 0,  10, 99, 0, 0,  255, 255, 0, 0,  0, 0, 0, 0,  0, 0, 0, 1};

/* Digest: of these octets with the key in its place. */
static const uint8_t request_md5[] = {
    1, 2, 0, 0,
    0xFF, 0xFF, 0, 3,  0, 44, 1, 20,  0x65, 0x53, 0xF1, 0x00,  0, 0, 0, 0,  0, 0, 0, 0,
    0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 16,
    0xFF, 0xFF, 0, 1,  0x2C, 0x22, 0x59, 0x51, 0x1D, 0xF1, 0x67, 0x86,
    0xA4, 0x71, 0x30, 0x2D, 0xC4, 0x92, 0xC3, 0x86};
/* clang-format on */

static void digest_of_rfc_1321(void **state)
{
    static const uint8_t want[16] = {0x90, 0x01, 0x50, 0x98, 0x3c, 0xd2, 0x4f, 0xb0,
                                     0xd6, 0x96, 0x3f, 0x7d, 0x28, 0xe1, 0x7f, 0x72};
    uint8_t digest[16];

    (void)state;
    test_md5("abc", 3, digest);
    assert_memory_equal(digest, want, 16);
}

static void request_for_everything(void **state)
{
    struct rip_packet p;
    struct rip_entry e;
    struct rip_builder b;

    (void)state;
    assert_int_equal(rip_packet_parse(&p, request_v2, sizeof(request_v2), &none), RIP_KEEP);
    assert_int_equal(p.command, RIP_REQUEST);
    assert_int_equal(p.version, 2);
    assert_int_equal(p.count, 1);
    e = rip_entry_read(&p);
    assert_int_equal(e.family, 0);
    assert_int_equal(e.metric, 16);

    rip_build(&b, RIP_REQUEST, 2, &none, 0);
    rip_build_entry(&b, &e);
    assert_int_equal(rip_build_finish(&b), sizeof(request_v2));
    assert_memory_equal(b.data, request_v2, sizeof(request_v2));
}

static void responses(void **state)
{
    struct rip_packet p;
    struct rip_entry e;
    struct rip_builder b;

    (void)state;
    assert_int_equal(rip_packet_parse(&p, response_v1, sizeof(response_v1), &none), RIP_KEEP);
    assert_int_equal(p.version, 1);
    e = rip_entry_read(&p);
    assert_int_equal(e.address, 0xC0000200);
    assert_int_equal(e.metric, 3);

    assert_int_equal(rip_packet_parse(&p, response_v2, sizeof(response_v2), &none), RIP_KEEP);
    assert_int_equal(p.count, 2);
    e = rip_entry_read(&p);
    assert_int_equal(e.tag, 0x1234);
    assert_int_equal(e.address, 0xCB007140);
    assert_int_equal(e.mask, 0xFFFFFFC0);
    assert_int_equal(e.next_hop, 0x0A4D0109);
    rip_build(&b, RIP_RESPONSE, 2, &none, 0);
    rip_build_entry(&b, &e);
    e = rip_entry_read(&p);
    rip_build_entry(&b, &e);
    assert_int_equal(rip_build_finish(&b), sizeof(response_v2));
    assert_memory_equal(b.data, response_v2, sizeof(response_v2));
}

static void passwords(void **state)
{
    struct rip_packet p;
    size_t size;
    struct rip_entry e;
    struct rip_builder b;

    (void)state;
    size = sizeof(response_password);
    assert_int_equal(rip_packet_parse(&p, response_password, size, &password), RIP_KEEP);
    assert_int_equal(p.count, 1);
    assert_false(p.sequenced);
    e = rip_entry_read(&p);
    assert_int_equal(e.address, 0x0A630000);
    rip_build(&b, RIP_RESPONSE, 2, &password, 0);
    assert_int_equal(b.room, 24);
    rip_build_entry(&b, &e);
    assert_int_equal(rip_build_finish(&b), size);
    assert_memory_equal(b.data, response_password, size);
    assert_int_equal(rip_packet_parse(&p, response_password, size, &none),
                     RIP_DROP_AUTH_UNEXPECTED);
    assert_int_equal(rip_packet_parse(&p, response_password, size, &md5), RIP_DROP_AUTH_TYPE);
    assert_int_equal(rip_packet_parse(&p, response_v2, sizeof(response_v2), &password),
                     RIP_DROP_AUTH_MISSING);
    assert_int_equal(rip_packet_parse(&p, response_v1, sizeof(response_v1), &password),
                     RIP_DROP_AUTH_MISSING);
}

static void keyed_md5(void **state)
{
    struct rip_packet p;
    static const struct rip_entry whole = {.metric = 16};
    struct rip_builder b;

    (void)state;
    rip_build(&b, RIP_REQUEST, 2, &md5, 0x6553F100);
    assert_int_equal(b.room, 23);
    rip_build_entry(&b, &whole);
    assert_int_equal(rip_build_finish(&b), sizeof(request_md5));
    assert_memory_equal(b.data, request_md5, sizeof(request_md5));
    assert_int_equal(rip_packet_parse(&p, request_md5, sizeof(request_md5), &md5), RIP_KEEP);
    assert_int_equal(p.count, 1);
    assert_true(p.sequenced);
    assert_int_equal(p.sequence, 0x6553F100);
    assert_int_equal(rip_entry_read(&p).metric, 16);
}

/* Signs what a test has changed. */
static void sign(uint8_t *data, size_t size)
{
    uint8_t digest[16];

    memcpy(data + size - 16, md5.key, 16);
    test_md5(data, size, digest);
    memcpy(data + size - 16, digest, 16);
}

static enum rip_drop parse_changed(size_t at, uint8_t value, bool signed_again)
{
    uint8_t data[sizeof(request_md5)];
    struct rip_packet p;

    memcpy(data, request_md5, sizeof(data));
    data[at] = value;
    if (signed_again) sign(data, sizeof(data));
    return rip_packet_parse(&p, data, sizeof(data), &md5);
}

static void md5_forms(void **state)
{
    static const uint8_t bare[24] = {1, 2, 0, 0, 0xFF, 0xFF, 0, 3, 0, 4, 1, 20};
    struct rip_packet p;

    (void)state;
    assert_int_equal(parse_changed(11, 16, true), RIP_KEEP); /* length as RFC 2082 counts */
    assert_int_equal(parse_changed(10, 5, true), RIP_KEEP);  /* any key id */
    assert_int_equal(parse_changed(11, 17, true), RIP_DROP_AUTH_FORM);
    assert_int_equal(parse_changed(9, 64, true), RIP_DROP_AUTH_FORM);
    assert_int_equal(parse_changed(9, 24, true), RIP_DROP_AUTH_FORM);
    assert_int_equal(parse_changed(9, 0, true), RIP_DROP_AUTH_FORM);
    assert_int_equal(parse_changed(44, 0, true), RIP_DROP_AUTH_FORM);
    assert_int_equal(parse_changed(47, 2, true), RIP_DROP_AUTH_FORM);
    assert_int_equal(parse_changed(47 + 7, 0, false), RIP_DROP_AUTH_DIGEST);
    assert_int_equal(parse_changed(15, 1, false), RIP_DROP_AUTH_DIGEST); /* the sequence counts */
    assert_int_equal(rip_packet_parse(&p, bare, sizeof(bare), &md5), RIP_DROP_AUTH_FORM);
}

static void rooms(void **state)
{
    const struct rip_auth *auths[] = {&none, &password, &md5};
    struct rip_builder b;

    (void)state;
    for (unsigned k = 0; k < 3; k++) {
        struct rip_entry e = {.family = 2, .address = 0x0A000000, .mask = 0xFF000000, .metric = 1};
        struct rip_packet p;
        rip_build(&b, RIP_RESPONSE, 2, auths[k], 1);
        while (b.entries < b.room) rip_build_entry(&b, &e);
        assert_int_equal(rip_build_finish(&b), 504);
        assert_false(b.w.failed);
        assert_int_equal(rip_packet_parse(&p, b.data, 504, auths[k]), RIP_KEEP);
        assert_int_equal(p.count, 25 - k);
        rip_build(&b, RIP_RESPONSE, 1, auths[k], 1);
        assert_int_equal(b.room, 25); /* version 1 knows no authentication */
    }
}

static void every_length_is_survived(void **state)
{
    struct rip_packet p;
    uint8_t data[600] = {2, 2};

    (void)state;
    for (size_t size = 0; size <= sizeof(data); size++) {
        enum rip_drop want = RIP_KEEP;
        uint8_t *exact;
        if (size < 4)
            want = RIP_DROP_TOO_SHORT;
        else if (size > 512)
            want = RIP_DROP_TOO_LONG;
        else if ((size - 4) % 20)
            want = RIP_DROP_LENGTH;
        exact = malloc(size ? size : 1);
        assert_non_null(exact);
        memcpy(exact, data, size);
        assert_int_equal(rip_packet_parse(&p, exact, size, &none), want);
        if (want == RIP_KEEP)
            assert_int_equal(rip_packet_parse(&p, exact, size, &md5), RIP_DROP_AUTH_MISSING);
        free(exact);
    }
}

static void every_reason_has_a_text(void **state)
{
    (void)state;
    for (int reason = 0; reason <= RIP_DROP_COUNT; reason++)
        assert_true(strlen(rip_drop_text((enum rip_drop)reason)) > 3);
}

/* A response with one host in 127/8 and nothing else. */
static void end_marks(void **state)
{
    static const struct {
        struct rip_entry first;
        unsigned count;
        bool is_mark;
    } rows[] = {
        {{.family = 2, .address = 0x7F000005, .mask = 0xFFFFFFFF, .metric = 16}, 1, true},
        {{.family = 2, .address = 0x7FFFFFFE, .mask = 0xFFFFFFFF, .metric = 1}, 1, true},
        {{.family = 2, .address = 0x7F000005, .mask = 0xFFFFFFFF, .metric = 16}, 2, false},
        {{.family = 2, .address = 0x7F000005, .mask = 0xFFFFFFFF, .metric = 16}, 0, false},
        {{.family = 2, .address = 0x7F000000, .mask = 0xFF000000, .metric = 16}, 1, false},
        {{.family = 2, .address = 0x0A000005, .mask = 0xFFFFFFFF, .metric = 1}, 1, false},
        {{.family = 3, .address = 0x7F000005, .mask = 0xFFFFFFFF, .metric = 16}, 1, false},
    };

    (void)state;
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        struct rip_builder b;
        struct rip_packet p;
        uint32_t mark = 0;

        rip_build(&b, RIP_RESPONSE, 2, &none, 0);
        for (unsigned k = 0; k < rows[n].count; k++) rip_build_entry(&b, &rows[n].first);
        assert_int_equal(rip_packet_parse(&p, b.data, rip_build_finish(&b), &none), RIP_KEEP);
        assert_int_equal(rip_mark_read(&p, &mark), rows[n].is_mark);
        if (rows[n].is_mark) assert_int_equal(mark, rows[n].first.address);
        assert_int_equal(p.count, rows[n].count); /* its entries are still to be read */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digest_of_rfc_1321),
        cmocka_unit_test(request_for_everything),
        cmocka_unit_test(responses),
        cmocka_unit_test(passwords),
        cmocka_unit_test(keyed_md5),
        cmocka_unit_test(md5_forms),
        cmocka_unit_test(rooms),
        cmocka_unit_test(every_length_is_survived),
        cmocka_unit_test(every_reason_has_a_text),
        cmocka_unit_test(end_marks),
    };

    return cmocka_run_group_tests_name("rip packets", tests, NULL, NULL);
}

/* NDR's primitives, in octets worked out by hand from C706 chapter 14. */
#include "unit/base/fail_alloc.h"

#include "dimsvc/ndr.h"

#include <string.h>

static const uint8_t greeting[] = {3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 'H', 0, 'i', 0, 0, 0};

static void numbers_lie_at_multiples_of_their_size(void **state)
{
    static const uint8_t expected[] = {1, 0, 2,  3,  0,  0, 0, 0, 4,    5,    6,    7,
                                       8, 9, 10, 11, 12, 0, 0, 0, 0xEF, 0xBE, 0xAD, 0xDE};
    uint8_t a = 1;
    uint16_t b = 0x0302;
    uint64_t c = 0x0B0A090807060504u;
    uint32_t d = 0xDEADBEEF;
    uint8_t e = 12;
    struct ndr n;

    (void)state;

    ndr_write(&n);
    ndr_u8(&n, &a);
    ndr_u16(&n, &b);
    ndr_u64(&n, &c);
    ndr_u8(&n, &e);
    ndr_u32(&n, &d);
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(n.position, sizeof(expected));
    assert_memory_equal(n.written, expected, sizeof(expected));
    ndr_free(&n);
}

static void numbers_come_back(void **state)
{
    static const uint8_t octets[] = {1, 99, 2, 3, 99, 99, 99, 99, 4, 5, 6, 7, 8, 9, 10, 11};
    uint8_t a;
    uint16_t b;
    uint64_t c;
    struct ndr n;

    (void)state;

    ndr_read(&n, octets, sizeof(octets));
    ndr_u8(&n, &a);
    ndr_u16(&n, &b);
    ndr_u64(&n, &c);
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(ndr_left(&n), 0);
    assert_int_equal(a, 1);
    assert_int_equal(b, 0x0302);
    assert_true(c == 0x0B0A090807060504u);
    ndr_free(&n);
}

static void nothing_is_read_behind_the_end(void **state)
{
    static const uint8_t octets[] = {1, 2, 3, 4, 5, 6};
    uint32_t value = 7;
    uint8_t array[3] = {7, 7, 7};
    struct ndr n;

    (void)state;

    ndr_read(&n, octets, sizeof(octets));
    ndr_u32(&n, &value);
    assert_int_equal(value, 0x04030201);
    ndr_u32(&n, &value);
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    assert_int_equal(value, 0);
    ndr_octets(&n, array, 1); /* there are two more, but the stream has ended */
    assert_int_equal(array[0], 0);
    assert_int_equal(array[1], 7);
    assert_int_equal(ndr_left(&n), 0);
    ndr_free(&n);
}

static void each_pointer_has_a_number_of_its_own(void **state)
{
    uint32_t first, second;
    struct ndr n, again;

    (void)state;

    ndr_write(&n);
    assert_true(ndr_pointer(&n, true));
    assert_true(ndr_pointer(&n, true));
    assert_false(ndr_pointer(&n, false));
    ndr_read(&again, n.written, n.position);
    ndr_u32(&again, &first);
    ndr_u32(&again, &second);
    assert_int_not_equal(first, 0);
    assert_int_not_equal(second, 0);
    assert_int_not_equal(first, second);
    assert_false(ndr_pointer(&again, true)); /* what was sent counts */
    ndr_free(&again);
    ndr_free(&n);
}

static void a_text_has_three_counts(void **state)
{
    const char16_t *text = u"Hi";
    struct ndr n;

    (void)state;

    ndr_write(&n);
    ndr_text(&n, &text);
    assert_int_equal(n.position, sizeof(greeting));
    assert_memory_equal(n.written, greeting, sizeof(greeting));
    ndr_free(&n);

    text = NULL;
    ndr_read(&n, greeting, sizeof(greeting));
    ndr_text(&n, &text);
    assert_int_equal(n.status, ST_OK);
    assert_memory_equal(text, u"Hi", sizeof(u"Hi"));
    ndr_free(&n);
}

static void refuse_text(const uint8_t *octets, size_t size)
{
    const char16_t *text = u"before";
    struct ndr n;

    ndr_read(&n, octets, size);
    ndr_text(&n, &text);
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    assert_null(text);
    ndr_free(&n);
}

static void a_part_of_a_text_is_none(void **state)
{
    static const struct {
        size_t at;
        uint8_t value;
    } changes[] = {
        {0, 2},  /* less room than units */
        {4, 1},  /* begins later */
        {8, 0},  /* no units at all */
        {8, 2},  /* without the terminator */
        {8, 4},  /* more units than room, and than there are */
        {11, 1}, /* many more */
        {16, 1}, /* another unit in place of the terminator */
    };
    uint8_t octets[sizeof(greeting)];

    (void)state;

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        memcpy(octets, greeting, sizeof(octets));
        octets[changes[i].at] = changes[i].value;
        refuse_text(octets, sizeof(octets));
    }
    for (size_t size = 0; size < sizeof(greeting); size++) refuse_text(greeting, size);
}

static void the_count_of_an_array_is_the_one_before(void **state)
{
    static const uint8_t octets[] = {2, 0, 0, 0, 8, 9};
    const uint8_t *array = greeting;
    struct ndr n;

    (void)state;

    ndr_read(&n, octets, sizeof(octets));
    ndr_array(&n, &array, 2);
    assert_int_equal(n.status, ST_OK);
    assert_ptr_equal(array, octets + 4);
    ndr_free(&n);

    ndr_read(&n, octets, sizeof(octets));
    ndr_array(&n, &array, 1);
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    assert_null(array);
    ndr_free(&n);
}

static void a_count_is_believed_as_far_as_there_are_octets(void **state)
{
    static const uint8_t octets[] = {0xFF, 0xFF, 0xFF, 0x0F, 1, 0, 0, 0};
    void *elements = NULL;
    struct ndr n;

    (void)state;

    fail_alloc_begin(1); /* none is asked for */
    ndr_read(&n, octets, sizeof(octets));
    ndr_elements(&n, &elements, 0x0FFFFFFF, 64, 4);
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    assert_null(elements);
    ndr_free(&n);
    assert_false(fail_alloc_end());
}

static void lack_of_memory_is_said(void **state)
{
    const char16_t *text = u"Hi";
    char16_t *memory;
    struct ndr n;

    (void)state;

    for (size_t fail_at = 1; fail_at <= 2; fail_at++) {
        fail_alloc_begin(fail_at);
        ndr_read(&n, greeting, sizeof(greeting));
        ndr_text(&n, &text);
        memory = ndr_alloc(&n, 2);
        assert_int_equal(n.status, ST_NOT_ENOUGH_MEMORY);
        if (fail_at == 1) assert_null(text);
        if (fail_at == 2) assert_null(memory);
        ndr_free(&n);
        assert_true(fail_alloc_end());
    }
    text = u"Hi";
    fail_alloc_begin(1);
    ndr_write(&n);
    ndr_text(&n, &text);
    assert_int_equal(n.status, ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(n.position, 0);
    ndr_free(&n);
    assert_true(fail_alloc_end());
}

static void what_is_written_grows(void **state)
{
    uint32_t value;
    struct ndr n;

    (void)state;

    ndr_write(&n);
    for (value = 0; value < 10000; value++) ndr_u32(&n, &value);
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(n.position, 40000);
    assert_int_equal(n.written[39996] | n.written[39997] << 8, 9999);
    ndr_free(&n);
}

/* What is given back is searched for the greeting. */
static size_t released, readable;

static void *searched_alloc(void *context, size_t size)
{
    (void)context;
    return calloc(1, size);
}

static void searched_release(void *context, void *memory)
{
    const uint8_t *octets = memory;

    (void)context;
    released++;
    for (size_t i = 0; i < 256; i++) readable += octets[i] == 'H';
    free(memory);
}

/* Blocks of 256 octets at least, since the hook does not learn how many there are. */
static void write_and_read(bool secret)
{
    uint8_t greetings[300];
    struct ndr n;

    memset(greetings, 'H', sizeof(greetings));
    ndr_write(&n);
    n.secret = secret;
    ndr_put(&n, greetings, 200);
    ndr_put(&n, greetings, sizeof(greetings)); /* moves to more room */
    ndr_free(&n);
    ndr_read(&n, greeting, sizeof(greeting));
    n.secret = secret;
    memset(ndr_alloc(&n, 256), 'H', 256);
    ndr_free(&n);
}

static void secrets_are_overwritten(void **state)
{
    static const struct mem_hooks hooks = {searched_alloc, searched_release, NULL};

    (void)state;

    mem_set_hooks(&hooks);
    write_and_read(true);
    assert_int_equal(released, 3);
    assert_int_equal(readable, 0);
    write_and_read(false);
    assert_true(readable > 256);
    mem_set_hooks(NULL);
}

static void reserved_room_is_there(void **state)
{
    uint8_t octets[600] = {7};
    struct ndr n;

    (void)state;

    fail_alloc_begin(2);
    ndr_write(&n);
    ndr_reserve(&n, sizeof(octets));
    ndr_put(&n, octets, sizeof(octets));
    assert_int_equal(n.status, ST_OK);
    assert_int_equal(n.position, sizeof(octets));
    ndr_free(&n);
    fail_alloc_end();
    fail_alloc_begin(1);
    ndr_write(&n);
    ndr_reserve(&n, 1);
    assert_int_equal(n.status, ST_NOT_ENOUGH_MEMORY);
    ndr_free(&n);
    assert_true(fail_alloc_end());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_lie_at_multiples_of_their_size),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(nothing_is_read_behind_the_end),
        cmocka_unit_test(each_pointer_has_a_number_of_its_own),
        cmocka_unit_test(a_text_has_three_counts),
        cmocka_unit_test(a_part_of_a_text_is_none),
        cmocka_unit_test(the_count_of_an_array_is_the_one_before),
        cmocka_unit_test(a_count_is_believed_as_far_as_there_are_octets),
        cmocka_unit_test(lack_of_memory_is_said),
        cmocka_unit_test(what_is_written_grows),
        cmocka_unit_test(secrets_are_overwritten),
        cmocka_unit_test(reserved_room_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The interface table against a plain array, and at a hundred thousand interfaces. */
#include "unit/router/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "router/state.h"

#define MODEL_MAX 300u

struct model {
    unsigned numbers[MODEL_MAX]; /* in order of creation */
    handle_t32 handles[MODEL_MAX];
    size_t count;
};

static uint32_t random_state;

static uint32_t roll(uint32_t sides)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 12) % sides;
}

/* "If" and decimal digits, in a case that alternates. */
static void name_of(char16_t *target, unsigned number, bool upper)
{
    char digits[12];
    int length = snprintf(digits, sizeof(digits), "%u", number);

    target[0] = upper ? u'I' : u'i';
    target[1] = upper ? u'F' : u'f';
    for (int n = 0; n <= length; n++) target[2 + n] = (char16_t)digits[n];
}

static mpr_status create(struct fixture *f, unsigned number, handle_t32 *ret)
{
    char16_t name[20];
    struct interface_spec spec = fixture_spec(f, name);

    name_of(name, number, true);
    return router_interface_create(f->router, &spec, ret);
}

static size_t model_find(const struct model *m, unsigned number)
{
    size_t n = 0;

    while (n < m->count && m->numbers[n] != number) n++;
    return n;
}

static void model_delete(struct model *m, size_t at)
{
    for (size_t n = at; n + 1 < m->count; n++) {
        m->numbers[n] = m->numbers[n + 1];
        m->handles[n] = m->handles[n + 1];
    }
    m->count--;
}

static void step_create(struct fixture *f, struct model *m, unsigned number)
{
    size_t at = model_find(m, number);
    handle_t32 handle = 0;
    mpr_status status;

    if (m->count == MODEL_MAX && at == m->count) return;
    status = create(f, number, &handle);
    if (at < m->count) {
        assert_int_equal(status, ST_INTERFACE_ALREADY_EXISTS);
        return;
    }
    assert_int_equal(status, ST_OK);
    m->numbers[m->count] = number;
    m->handles[m->count++] = handle;
}

static void step_delete(struct fixture *f, struct model *m, unsigned number)
{
    size_t at = model_find(m, number);
    handle_t32 handle;

    if (at == m->count) return;
    handle = m->handles[at];
    assert_int_equal(router_interface_delete(f->router, handle), ST_OK);
    assert_int_equal(router_interface_delete(f->router, handle), ST_INVALID_HANDLE);
    model_delete(m, at);
}

static void step_find(struct fixture *f, struct model *m, unsigned number)
{
    size_t at = model_find(m, number);
    char16_t name[20];
    handle_t32 found = 0;
    mpr_status status;

    name_of(name, number, false);
    status = router_interface_find(f->router, name, false, &found);
    assert_int_equal(status, at < m->count ? ST_OK : ST_NO_SUCH_INTERFACE);
    if (status != ST_OK) return;
    assert_int_equal(found, m->handles[at]);
    assert_int_equal(fake_info(&f->host, found).handle, found);
}

static void step_enumerate(struct fixture *f, const struct model *m)
{
    struct interface_info page[7];
    uint32_t resume = 0, read = 0, total = 0, max = 1 + roll(7);
    size_t at = 0;

    do {
        assert_int_equal(router_interface_enum(f->router, &resume, page, max, &read, &total),
                         ST_OK);
        assert_int_equal(total, m->count - at);
        assert_true(read <= max);
        for (uint32_t n = 0; n < read; n++) assert_int_equal(page[n].handle, m->handles[at++]);
    } while (resume);
    assert_int_equal(at, m->count);
}

static void test_model(void **state)
{
    struct fixture *f = *state;
    static struct model m;

    m.count = 0;
    random_state = 20240501;
    for (int n = 0; n < 40000; n++) {
        unsigned number = roll(400);

        switch (roll(8)) {
        case 0:
        case 1:
            step_create(f, &m, number);
            break;
        case 2:
        case 3:
            step_delete(f, &m, number);
            break;
        case 4:
            if (n % 8 == 0) step_enumerate(f, &m);
            break;
        default:
            step_find(f, &m, number);
            break;
        }
        assert_int_equal(router_interface_count(f->router), m.count);
    }
}

/* Deleted between two pages: not shown. Created: shown at the end. Neither hides or repeats others.
 */
static void test_enumeration_is_stable(void **state)
{
    struct fixture *f = *state;
    struct interface_info page[10];
    handle_t32 handles[41] = {0};
    uint32_t resume = 0, read = 0, total = 0;

    for (unsigned n = 0; n < 40; n++) assert_int_equal(create(f, n, &handles[n]), ST_OK);
    assert_int_equal(router_interface_enum(f->router, &resume, page, 10, &read, &total), ST_OK);
    assert_int_equal(read, 10);
    assert_int_equal(total, 40);
    /* Those already shown, the one that the resume handle stands for, and some to come. */
    for (unsigned n = 0; n < 20; n++) {
        assert_int_equal(router_interface_delete(f->router, handles[n]), ST_OK);
    }
    assert_int_equal(create(f, 40, &handles[40]), ST_OK);
    assert_int_equal(router_interface_enum(f->router, &resume, page, 10, &read, &total), ST_OK);
    assert_int_equal(read, 10);
    assert_int_equal(total, 21);
    assert_int_equal(page[0].handle, handles[20]);
    assert_int_not_equal(resume, 0);
    assert_int_equal(router_interface_enum(f->router, &resume, page, 10, &read, &total), ST_OK);
    assert_int_equal(page[0].handle, handles[30]);
    assert_int_equal(router_interface_enum(f->router, &resume, page, 10, &read, &total), ST_OK);
    assert_int_equal(read, 1);
    assert_int_equal(total, 1);
    assert_int_equal(page[0].handle, handles[40]);
    assert_int_equal(resume, 0);
}

static void test_enumeration_edges(void **state)
{
    struct fixture *f = *state;
    struct interface_info page[2];
    uint32_t resume = 0, read = 9, total = 9;
    handle_t32 handle;

    assert_int_equal(router_interface_enum(f->router, &resume, page, 2, &read, &total), ST_OK);
    assert_int_equal(read, 0);
    assert_int_equal(total, 0);
    assert_int_equal(resume, 0);
    assert_int_equal(create(f, 1, &handle), ST_OK);
    assert_int_equal(router_interface_enum(f->router, &resume, page, 0, &read, &total), ST_OK);
    assert_int_equal(read, 0);
    assert_int_equal(total, 1);
    resume = 0xFFFFFFF0; /* garbage: as past the end */
    assert_int_equal(router_interface_enum(f->router, &resume, page, 2, &read, &total), ST_OK);
    assert_int_equal(read, 0);
    assert_int_equal(resume, 0);
}

static double seconds_of(clock_t start)
{
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Times are shown, not judged; a quadratic table would run into the time limit. */
static void test_hundred_thousand(void **state)
{
    enum { COUNT = 100000 };
    struct fixture *f = *state;
    struct interface_info page[100];
    handle_t32 *handles = calloc(COUNT, sizeof(*handles));
    uint32_t resume = 0, read = 0, total = 0, seen = 0;
    clock_t start = clock();

    assert_non_null(handles);
    for (unsigned n = 0; n < COUNT; n++) assert_int_equal(create(f, n, &handles[n]), ST_OK);
    print_message("created %d: %.3f s\n", COUNT, seconds_of(start));
    start = clock();
    do {
        assert_int_equal(router_interface_enum(f->router, &resume, page, 100, &read, &total),
                         ST_OK);
        assert_int_equal(total, COUNT - seen);
        seen += read;
    } while (resume);
    assert_int_equal(seen, COUNT);
    print_message("enumerated: %.3f s\n", seconds_of(start));
    start = clock();
    for (unsigned n = 0; n < COUNT; n++) {
        char16_t name[20];
        handle_t32 found = 0;

        name_of(name, n, false);
        assert_int_equal(router_interface_find(f->router, name, false, &found), ST_OK);
        assert_int_equal(found, handles[n]);
    }
    print_message("found by name: %.3f s\n", seconds_of(start));
    start = clock();
    for (unsigned n = 0; n < COUNT; n += 2) {
        assert_int_equal(router_interface_delete(f->router, handles[n]), ST_OK);
    }
    print_message("deleted half: %.3f s\n", seconds_of(start));
    assert_int_equal(router_interface_count(f->router), COUNT / 2);
    free(handles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_model),
        TEST(test_enumeration_is_stable),
        TEST(test_enumeration_edges),
        TEST(test_hundred_thousand),
    };

    return cmocka_run_group_tests_name("interface table", tests, NULL, NULL);
}

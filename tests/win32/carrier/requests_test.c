/* What calls through the carrier ask of Wine's server, at both ends: tests/sweep/requests/check.py
 * counts between the marks. */
#include "win32/carrier/parts.h"

#include <string.h>

#include "win32/carrier/local_layout.h"

enum { WARM_UP = 3, COUNTED = 5 };

static uint32_t session;

static void small(void)
{
    assert_int_equal(part_echo(session, 100), ST_OK);
}

static void five_pieces(void)
{
    assert_int_equal(part_echo(session, 5 * LOCAL_ROOM), ST_OK);
}

static void access_call(void)
{
    uint32_t value;

    assert_int_equal(part_ask(session, PART_ACCESS, 0, &value), ST_OK);
    assert_int_equal(value, ST_OK);
}

static void impersonating(void)
{
    assert_true(ImpersonateSelf(SecurityImpersonation));
    access_call();
    assert_true(RevertToSelf());
}

static void rendezvous(void)
{
    local_carrier_end();
    session = part_open();
}

static void count(const char *name, void (*call)(void))
{
    for (int n = 0; n < WARM_UP + COUNTED; n++) {
        if (n >= WARM_UP) part_mark(true, name);
        call();
        if (n >= WARM_UP) part_mark(false, name);
    }
}

/* From inside one call to inside the next: an answer given and a request had. */
static void count_router(void)
{
    uint32_t value;

    for (int n = 0; n < COUNTED; n++) {
        assert_int_equal(part_ask(session, PART_MARK, 0, &value), ST_OK);
        assert_int_equal(part_ask(session, PART_MARK, 1, &value), ST_OK);
    }
}

static void test_requests(void **state)
{
    HANDLE router = part_start_router();

    (void)state;
    session = part_open();
    count("the client's end, one call", small);
    count("the client's end, five pieces there and back", five_pieces);
    count("the client's end, access checked", access_call);
    count("the client's end, thread impersonates", impersonating);
    count("the client's end, rendezvous and open", rendezvous);
    count_router();
    part_kill(router);
}

int main(int count_of, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_requests)};

    if (count_of > 1 && strcmp(arguments[1], "router") == 0) return part_router(arguments[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

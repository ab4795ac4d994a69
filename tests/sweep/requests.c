/* Counting instead of failing: the scenarios' calls some times over, each between two marks in the
 * trace of Wine's server, which requests/check.py reads. */
#include "sweep/requests.h"

#include <stdlib.h>
#include <wchar.h>

#include "api/support/fixture.h"

/* What is made once and kept (the phone book, tables of the system) is made by the first. */
enum { WARM_UP = 2, COUNTED = 5 };

bool requests_wanted(void)
{
    return getenv("MPR_COUNT_REQUESTS") != NULL;
}

/* One request, told from all others by the key that is asked for. */
static void mark(const char *what, const char *name)
{
    WCHAR path[200];
    HKEY key;

    _snwprintf(path, 200, L"mark-%hs %hs", what, name);
    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, path, 0, KEY_READ, &key),
                     ERROR_FILE_NOT_FOUND);
}

static void count(void **state)
{
    const struct scenario *s = *state;

    for (int n = 0; n < WARM_UP + COUNTED; n++) {
        DWORD status;

        if (s->prepare) s->prepare();
        sweep_result = NULL;
        if (n >= WARM_UP) mark("begin", s->name);
        status = s->call();
        if (n >= WARM_UP) mark("end", s->name);
        assert_int_equal(status, s->success);
        sweep_forget_results(s);
    }
}

int requests_run_all(const struct scenario *scenarios, size_t count_of_them)
{
    return sweep_run_each("requests", scenarios, count_of_them, count);
}

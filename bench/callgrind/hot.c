/* usage: bench_hot            lists the cases
 *        bench_hot CASE       runs one; callgrind counts inside of measured() */
#include "callgrind/hot.h"

#include <stdio.h>
#include <string.h>

#include "support/pairs.h"

/* By this name callgrind switches counting on: --toggle-collect=measured. */
void measured(void (*run)(void));

__attribute__((noinline, noclone)) void measured(void (*run)(void))
{
    run();
    __asm__ volatile(""); /* no tail call: counting ends when this returns */
}

void hot_check(int ok, const char *what)
{
    if (!ok) bench_die("%s failed", what);
}

static int run_if(const struct hot_case *c, const char *name)
{
    if (!name) {
        puts(c->name);
    } else if (strcmp(name, c->name) == 0) {
        c->prepare();
        measured(c->run);
        if (c->finish) c->finish();
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct hot_case *tables[] = {hot_tables, hot_router};
    const char *name = argc > 1 ? argv[1] : NULL;
    int found = name == NULL;

    for (unsigned t = 0; t < 2; t++) {
        for (const struct hot_case *c = tables[t]; c->name; c++) found |= run_if(c, name);
    }
    hot_check(found, name ? name : "");
    return 0;
}

/* The whole job of a program that manages the Windows router, step by step:
 *
 *   1. connect to the router and register for connection events
 *   2. create demand-dial interfaces from entries of the router's phone book
 *   3. put IP on them, with RIP set to "autostatic": routes are learned when asked for, and stay
 *   4. connect, and wait for the event
 *   5. ask for a route update, and wait for the event
 *   6. find the routes in the interface's information block and in the registry
 *   7. disconnect; the interfaces and their routes stay for the next start
 *
 * usage: demo [-p NEIGHBOUR] [-e EXPECTED] [-k FILE] INTERFACE...
 *   INTERFACE   an entry of %windir%\System32\ras\router.pbk
 *   -p          ask this neighbour by unicast instead of all by multicast
 *   -e          a file with the routes that must be learned, "address/length next-hop" a line;
 *               they are compared, and the exit code is 1 unless they are the same
 *   -k          keep the links up before step 7: makes FILE, and goes on when somebody has taken
 *               it away, or after two minutes
 *
 * It is made of SDK calls only, and works the same on Windows.
 */
#include "demo.h"

#include <stdio.h>
#include <stdlib.h>

#include "names.h"
#include "report.h"

#define BRANCHES_MAX 8
#define ROWS_SHOWN   12
#define KEEP_SECONDS 120

struct options {
    DWORD peer;
    const char *expected;
    const char *keep;
    WCHAR *names[BRANCHES_MAX]; /* what the branches are called by */
    struct branch branches[BRANCHES_MAX];
    size_t count;
};

static WCHAR *wide(const char *text)
{
    int size = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    WCHAR *copy = calloc((size_t)size, sizeof(*copy));

    if (copy) MultiByteToWideChar(CP_ACP, 0, text, -1, copy, size);
    return copy;
}

/* False: the option is none. */
static BOOL parse_option(char option, const char *value, struct options *o)
{
    if (option == 'p')
        o->peer = inet_addr(value);
    else if (option == 'e')
        o->expected = value;
    else if (option == 'k')
        o->keep = value;
    else
        return FALSE;
    return TRUE;
}

static BOOL parse_options(int count, char **arguments, struct options *o)
{
    for (int i = 1; i < count; i++) {
        const char *a = arguments[i];
        if (a[0] != '-') {
            if (o->count == BRANCHES_MAX) return FALSE;
            o->names[o->count] = wide(a);
            o->branches[o->count].name = o->names[o->count];
            o->count++;
        } else if (i + 1 == count || a[2] || !parse_option(a[1], arguments[++i], o)) {
            return FALSE;
        }
    }
    return o->count && o->peer != INADDR_NONE;
}

static void free_options(struct options *o)
{
    for (size_t i = 0; i < o->count; i++) {
        free(o->names[i]);
        free(o->branches[i].routes.list);
    }
}

static void run_branch(struct router *router, struct branch *branch, DWORD peer)
{
    const IPRIP_IF_CONFIG rip = rip_on_demand();

    report_heading("\"%ls\"", branch->name);
    if (create_branch(router, branch) && configure_branch(router, branch, &rip, peer) &&
        connect_branch(router, branch)) {
        update_branch(router, branch);
    }
}

static void show_result(struct options *o)
{
    size_t total = 0;

    report_heading("Routes learned\n\n  %-18s %-16s %6s  %-11s %s", "destination", "next hop",
                   "metric", "kind", "interface");
    for (size_t i = 0; i < o->count; i++) {
        report_routes(o->branches[i].name, &o->branches[i].routes, ROWS_SHOWN);
        total += o->branches[i].routes.count;
    }
    printf("\n  %lu routes in all\n", (DWORD)total);
    if (!total) report_wrong("no routes were learned");
    if (o->expected) check_expected(o->branches, o->count, o->expected);
}

static void keep_links(const char *file)
{
    FILE *f = fopen(file, "w");

    if (!f) {
        report_wrong("%s can't be made", file);
        return;
    }
    fflush(stdout); /* who waits for the file reads on */
    fclose(f);
    for (int i = 0; i < KEEP_SECONDS * 20 && GetFileAttributesA(file) != INVALID_FILE_ATTRIBUTES;
         i++)
        Sleep(50);
}

static void run(struct options *o)
{
    struct router router = {0};

    report_heading("The router");
    if (open_router(&router) && install_ip(&router)) {
        for (size_t i = 0; i < o->count; i++) run_branch(&router, &o->branches[i], o->peer);
        show_result(o);
        if (o->keep) keep_links(o->keep);
        report_heading("Hanging up");
        for (size_t i = 0; i < o->count; i++) disconnect_branch(&router, &o->branches[i]);
    }
    close_router(&router);
}

int main(int argc, char **argv)
{
    struct options o = {0};

    if (!parse_options(argc, argv, &o)) {
        fprintf(stderr, "usage: demo [-p NEIGHBOUR] [-e EXPECTED] [-k FILE] INTERFACE...\n");
        free_options(&o);
        return 2;
    }
    run(&o);
    free_options(&o);
    if (report_failures()) printf("\n  %u things were not as they should be\n", report_failures());
    return report_failures() ? 1 : 0;
}

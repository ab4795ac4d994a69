/* What it costs that the router is in another process (MPRAPI_ROUTER=shared, mprsvc.exe). Calls are
 * compared with bare round trips by events between two processes, what is large with the same in
 * process. All clients are workers; this program itself connects to no router.
 *
 * usage: bench_shared call|clients|enum|update|cold REPEATS
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "pe/shared_client.h"

#define CLIENTS 64u

static void start_client(struct worker *w, const WCHAR *router, const struct worker_pair *pair)
{
    worker_start(w, L"client", router, pair, pair ? 1 : 0);
    worker_ask(w, CLIENT_FIRST_CALL);
}

/* ---- one client, and many -------------------------------------------------------------------- */

static void measure_call(int repeats)
{
    struct worker_pair pair = worker_new_pair();
    struct worker echo, client;

    worker_start(&echo, L"echo", L"process", &pair, 1);
    start_client(&client, L"shared", &pair);
    worker_ask(&client, CLIENT_BARE);
    worker_ask(&client, CLIENT_CALLS);
    while (repeats-- > 0) {
        double bare = worker_ask(&client, CLIENT_BARE);

        bench_pair("shared_call", bare, worker_ask(&client, CLIENT_CALLS));
    }
    worker_end(&client);
    worker_end(&echo);
}

/* All at once; nanoseconds for each of their calls or round trips. */
static double ask_clients(struct worker *clients, enum client_task task)
{
    return worker_ask_all(clients, CLIENTS, task) / (CLIENTS * CLIENT_ROUNDS_ALL);
}

static void measure_clients(int repeats)
{
    struct worker echo, clients[CLIENTS];
    struct worker_pair pairs[CLIENTS];

    for (unsigned i = 0; i < CLIENTS; i++) pairs[i] = worker_new_pair();
    worker_start(&echo, L"echo", L"process", pairs, CLIENTS);
    for (unsigned i = 0; i < CLIENTS; i++) start_client(&clients[i], L"shared", &pairs[i]);
    ask_clients(clients, CLIENT_BARE_ALL);
    ask_clients(clients, CLIENT_CALLS_ALL);
    while (repeats-- > 0) {
        double bare = ask_clients(clients, CLIENT_BARE_ALL), all, one;

        all = ask_clients(clients, CLIENT_CALLS_ALL);
        one = worker_ask(&clients[0], CLIENT_CALLS);
        bench_pair("shared_clients", bare, all);
        bench_pair("shared_clients_one", one, all);
    }
    for (unsigned i = 0; i < CLIENTS; i++) worker_end(&clients[i]);
    worker_end(&echo);
}

/* ---- the same as in process ------------------------------------------------------------------ */

static void start_both(struct worker *process, struct worker *shared,
                       const struct worker_pair *pair, enum client_task prepare)
{
    start_client(process, L"process", pair);
    worker_ask(process, prepare);
    start_client(shared, L"shared", NULL);
    worker_ask(shared, prepare);
}

/* The peer is what there would be without any of our work on the way: the same in process, and as
 * many octets carried bare from one process to the other. */
static void measure_page(const char *id, struct worker *all, unsigned carried,
                         enum client_task task, enum client_task carry)
{
    struct worker *echo = &all[0], *process = &all[1], *shared = &all[2];
    double peer;

    echo->slot->carried = process->slot->carried = carried;
    peer = worker_ask(process, task);
    peer += worker_ask(process, carry);
    bench_pair(id, peer, worker_ask(shared, task));
}

static void measure_enum(int repeats)
{
    struct worker_pair pair = worker_new_pair();
    struct worker all[3];

    worker_make_box();
    worker_start(&all[0], L"echo", L"process", &pair, 1);
    start_both(&all[1], &all[2], &pair, CLIENT_CREATE);
    worker_ask(&all[1], CLIENT_PAGES);
    worker_ask(&all[2], CLIENT_PAGES);
    while (repeats-- > 0) {
        measure_page("shared_pages", all, CLIENT_PAGE * CLIENT_OCTETS, CLIENT_PAGES,
                     CLIENT_CARRY_PAGES);
        measure_page("shared_at_once", all, WORKER_BOX, CLIENT_AT_ONCE, CLIENT_CARRY);
    }
    for (unsigned i = 0; i < 3; i++) worker_end(&all[i]);
}

static void measure_update(int repeats)
{
    struct worker process, shared;

    setup_phonebook("Link", 1);
    setup_testproto();
    start_both(&process, &shared, NULL, CLIENT_SET_UP_UPDATE);
    worker_ask(&process, CLIENT_UPDATES);
    worker_ask(&shared, CLIENT_UPDATES);
    while (repeats-- > 0) {
        double peer = worker_ask(&process, CLIENT_UPDATES);

        bench_pair("shared_update", peer, worker_ask(&shared, CLIENT_UPDATES));
    }
    worker_end(&shared);
    worker_end(&process);
}

/* ---- a cold router --------------------------------------------------------------------------- */

/* From CreateProcess to the event that the smallest of programs signals. */
static double bare_start(const WCHAR *path, HANDLE event)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR command[MAX_PATH + 32];
    double start = bench_now();

    _snwprintf(command, MAX_PATH + 32, L"\"%ls\" %llu", path, (unsigned long long)(ULONG_PTR)event);
    if (!CreateProcessW(path, command, NULL, NULL, TRUE, DETACHED_PROCESS, NULL, NULL, &startup,
                        &process))
        bench_die("bench_trivial.exe can't be started: error %lu", GetLastError());
    WaitForSingleObject(event, INFINITE);
    start = bench_now() - start;
    WaitForSingleObject(process.hProcess, INFINITE);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return start;
}

/* The client's process is there already and has not been at the router yet. */
static double first_call(void)
{
    struct worker client;
    double spent;

    worker_end_router();
    worker_start(&client, L"client", L"shared", NULL, 0);
    spent = worker_ask(&client, CLIENT_FIRST_CALL);
    worker_end(&client);
    return spent;
}

static void measure_cold(int repeats)
{
    HANDLE event = worker_new_pair().ping;
    WCHAR path[MAX_PATH];

    GetModuleFileNameW(NULL, path, MAX_PATH);
    wcsrchr(path, L'\\')[1] = 0;
    wcscat_s(path, MAX_PATH, L"bench_trivial.exe");
    bare_start(path, event);
    first_call();
    while (repeats-- > 0) {
        double bare = bare_start(path, event);

        bench_pair("shared_cold", bare, first_call());
    }
}

/* ---- parts ----------------------------------------------------------------------------------- */

static const struct worker_role roles[] = {
    {"client", NULL, client_task},
    WORKER_ECHO,
    {NULL, NULL, NULL},
};

static const struct {
    const char *name;
    void (*measure)(int repeats);
} parts[] = {
    {"call", measure_call},     {"clients", measure_clients}, {"enum", measure_enum},
    {"update", measure_update}, {"cold", measure_cold},
};

int main(int argc, char **argv)
{
    worker_serve(argc, argv, roles);
    if (argc != 3) bench_die("usage: bench_shared call|clients|enum|update|cold REPEATS");
    worker_end_router();
    setup_registry();
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        if (strcmp(argv[1], parts[i].name) == 0) parts[i].measure(bench_number(argv[2]));
    }
    worker_end_router();
    return 0;
}

/* A worker inherits its handles, which have the same values there, and gets those of its section
 * and events as arguments. */
#include "pe/worker.h"

#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>
#include <wchar.h>

#define COMMAND_UNITS (MAX_PATH + 128)

static SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};

/* ---- handles --------------------------------------------------------------------------------- */

static HANDLE inherited_event(void)
{
    HANDLE event = CreateEventW(&inherited, FALSE, FALSE, NULL);

    if (!event) bench_die("no event");
    return event;
}

struct worker_pair worker_new_pair(void)
{
    return (struct worker_pair){inherited_event(), inherited_event()};
}

static HANDLE box; /* in the program that measures */

static HANDLE new_section(DWORD size)
{
    HANDLE section =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &inherited, PAGE_READWRITE, 0, size, NULL);

    if (!section) bench_die("no section");
    return section;
}

static void *map(HANDLE section, size_t size)
{
    void *view = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, size);

    if (!view) bench_die("no view of a section");
    return view;
}

void worker_make_box(void)
{
    box = new_section(WORKER_BOX);
}

/* ---- in the program that measures ------------------------------------------------------------ */

static void run(struct worker *w, const WCHAR *role, HANDLE section)
{
    WCHAR path[MAX_PATH], command[COMMAND_UNITS];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;

    GetModuleFileNameW(NULL, path, MAX_PATH);
    _snwprintf(command, COMMAND_UNITS, L"\"%ls\" worker %ls %llu %llu %llu", path, role,
               (unsigned long long)(ULONG_PTR)section, (unsigned long long)(ULONG_PTR)w->go,
               (unsigned long long)(ULONG_PTR)w->done);
    if (!CreateProcessW(path, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        bench_die("a worker can't be started: error %lu", GetLastError());
    CloseHandle(process.hThread);
    w->process = process.hProcess;
}

static void wait_until_done(struct worker *w)
{
    HANDLE both[] = {w->done, w->process};

    if (WaitForMultipleObjects(2, both, FALSE, INFINITE) != WAIT_OBJECT_0)
        bench_die("a worker has ended");
}

void worker_start(struct worker *w, const WCHAR *role, const WCHAR *router,
                  const struct worker_pair *pairs, unsigned count)
{
    HANDLE section = new_section(sizeof(*w->slot));

    w->slot = map(section, sizeof(*w->slot));
    w->slot->box = box;
    w->slot->pairs = count;
    for (unsigned i = 0; i < count; i++) w->slot->pair[i] = pairs[i];
    w->go = inherited_event();
    w->done = inherited_event();
    SetEnvironmentVariableW(L"MPRAPI_ROUTER", router);
    run(w, role, section);
    CloseHandle(section);
    wait_until_done(w);
}

double worker_ask(struct worker *w, unsigned task)
{
    w->slot->task = task;
    SetEvent(w->go);
    wait_until_done(w);
    return w->slot->result;
}

double worker_ask_all(struct worker *workers, unsigned count, unsigned task)
{
    HANDLE done[MAXIMUM_WAIT_OBJECTS];
    double start = bench_now();

    for (unsigned i = 0; i < count; i++) {
        done[i] = workers[i].done;
        workers[i].slot->task = task;
        SetEvent(workers[i].go);
    }
    if (WaitForMultipleObjects(count, done, TRUE, INFINITE) == WAIT_FAILED) bench_die("no wait");
    return bench_now() - start;
}

void worker_end(struct worker *w)
{
    TerminateProcess(w->process, 0);
    WaitForSingleObject(w->process, INFINITE);
    CloseHandle(w->process);
    CloseHandle(w->go);
    CloseHandle(w->done);
    UnmapViewOfFile(w->slot);
}

/* ---- in a worker ----------------------------------------------------------------------------- */

static HANDLE handle_of(const char *text)
{
    return (HANDLE)(ULONG_PTR)strtoull(text, NULL, 10);
}

static _Noreturn void serve(const struct worker_role *role, char **handles)
{
    struct worker_slot *slot = map(handle_of(handles[0]), sizeof(*slot));
    HANDLE go = handle_of(handles[1]), done = handle_of(handles[2]);

    if (role->prepare) role->prepare(slot);
    for (;;) {
        SetEvent(done);
        WaitForSingleObject(go, INFINITE);
        slot->result = role->task(slot);
    }
}

void worker_serve(int argc, char **argv, const struct worker_role *roles)
{
    if (argc != 6 || strcmp(argv[1], "worker") != 0) return;
    for (; roles->name; roles++) {
        if (strcmp(argv[2], roles->name) == 0) serve(roles, argv + 3);
    }
    bench_die("no role %s", argv[2]);
}

/* ---- the role of an echo --------------------------------------------------------------------- */

static struct worker_slot *echo_slot;
static uint8_t *echo_box, echo_octets[WORKER_BOX];

static DWORD WINAPI echo(void *context)
{
    const struct worker_pair *pair = context;
    DWORD waited = WaitForSingleObject(pair->ping, INFINITE);

    while (waited == WAIT_OBJECT_0) {
        if (echo_box) memcpy(echo_box, echo_octets, echo_slot->carried);
        waited = SignalObjectAndWait(pair->pong, pair->ping, INFINITE, FALSE);
    }
    return 0;
}

void worker_echo_prepare(struct worker_slot *slot)
{
    echo_slot = slot;
    memset(echo_octets, 1, sizeof(echo_octets));
    if (slot->box) echo_box = map(slot->box, WORKER_BOX);
    for (unsigned i = 0; i < slot->pairs; i++) {
        if (!CreateThread(NULL, 0, echo, &slot->pair[i], 0, NULL)) bench_die("no thread");
    }
}

static void round_trip(const struct worker_slot *slot)
{
    SignalObjectAndWait(slot->pair[0].ping, slot->pair[0].pong, INFINITE, FALSE);
}

double worker_round_trips(const struct worker_slot *slot, unsigned count)
{
    double start = bench_now();

    for (unsigned i = 0; i < count; i++) round_trip(slot);
    return (bench_now() - start) / count;
}

static void carry_page(const struct worker_slot *slot, const uint8_t *from, size_t size)
{
    uint8_t *to = malloc(size);

    if (!to) bench_die("no memory");
    for (size_t done = 0, piece; done < size; done += piece) {
        piece = size - done < slot->carried ? size - done : slot->carried;
        round_trip(slot);
        memcpy(to + done, from, piece);
    }
    if (((volatile uint8_t *)to)[size - 1] != 1) bench_die("another octet");
    free(to);
}

double worker_carry(const struct worker_slot *slot, size_t octets, size_t page)
{
    static uint8_t *from;
    double start;

    if (!from) from = map(slot->box, WORKER_BOX);
    start = bench_now();
    for (size_t size; octets; octets -= size) {
        size = octets < page ? octets : page;
        carry_page(slot, from, size);
    }
    return bench_now() - start;
}

/* ---- the shared router ----------------------------------------------------------------------- */

static void end_process(DWORD id)
{
    HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);

    if (!process) return;
    TerminateProcess(process, 0);
    WaitForSingleObject(process, INFINITE);
    CloseHandle(process);
}

/* The system names the processes of this prefix only. */
void worker_end_router(void)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    BOOL more;

    if (all == INVALID_HANDLE_VALUE) bench_die("the processes can't be listed");
    for (more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry)) {
        if (_wcsicmp(entry.szExeFile, L"mprsvc.exe") == 0) end_process(entry.th32ProcessID);
    }
    CloseHandle(all);
}

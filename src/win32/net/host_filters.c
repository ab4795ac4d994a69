/* A thread asks for the rules when they have changed, writes them into a file and has nft read it.
 * The file is there as long as there is a table: what an earlier router left is known by it.
 */
#include "win32/net/host_filters.h"

#include "win32/sys/windows_api.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/net/host_routes_config.h"
#include "win32/sys/machine_lock.h"
#include "win32/sys/wine_unix.h"

#define FILTERS_FILE     L"mprapi-filters.nft"
#define FILTERS_RETRY_MS 1000u

enum { FILTERS_STOP, FILTERS_CHANGED, FILTERS_EVENTS };

static struct {
    SRWLOCK lock; /* of the events, for who is told of changes while all is filters_stopped */
    struct host_filters_sink sink;
    HANDLE events[FILTERS_EVENTS];
    HANDLE thread;
    bool off, seen; /* decided so by host_filters_start; there are some */
    volatile LONG said_off;
    LONG failed;  /* exit code of nft the last time; 0: it did what it was told */
    bool applied; /* there is a table */
    char table[24];
    WCHAR file[MAX_PATH + 32];
    char *unix_file;
} filters = {.lock = SRWLOCK_INIT};

static struct machine_lock filters_owner = MACHINE_LOCK_INIT(L"mprapi-host-filters");

/* ---- nft ------------------------------------------------------------------------------------- */

static bool write_rules(const void *data, size_t size)
{
    DWORD written = 0;
    HANDLE file = CreateFileW(filters.file, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS,
                              FILE_ATTRIBUTE_NORMAL, NULL);
    bool all;

    if (file == INVALID_HANDLE_VALUE) return false;
    all = WriteFile(file, data, (DWORD)size, &written, NULL) && written == size;
    CloseHandle(file);
    return all;
}

/* Where nft is not in PATH, it most likely is where Debian has it. */
static LONG run_nft(void)
{
    static const char *const programs[] = {"nft", "/usr/sbin/nft"};
    char program[16];
    LONG code = -1;

    for (size_t n = 0; n < ARRAYSIZE(programs) && (code < 0 || code == 127); n++) {
        char *arguments[] = {program, (char[]){"-f"}, filters.unix_file, NULL};

        memcpy(program, programs[n], strlen(programs[n]) + 1);
        code = wine_unix_run(arguments);
    }
    return code;
}

/* A failure is logged once, until it is another one. */
static bool tell_nft(const void *data, size_t size)
{
    const LONG code = write_rules(data, size) ? run_nft() : -2;

    if (code && code != filters.failed) {
        TRACE(ERROR, "host filters: nft failed (%ld): %s (table inet %s)", code,
              filters.applied ? "the table is as it was" : "packet filters are NOT in force",
              filters.table);
    }
    if (code && !filters.applied) DeleteFileW(filters.file);
    filters.failed = code;
    return !code;
}

static void remove_filters(void)
{
    char text[128];
    int length = snprintf(text, sizeof(text), "add table inet %s\ndelete table inet %s\n",
                          filters.table, filters.table);

    if (!tell_nft(text, (size_t)length)) return;
    filters.applied = false;
    DeleteFileW(filters.file);
    TRACE(INFO, "host filters: table inet %s is removed", filters.table);
}

/* A table that could not be exchanged stays as it was. */
static void update_filters(void)
{
    struct blob rules;

    if (!filters.sink.rules(filters.table, &rules)) return;
    if (!rules.size) {
        if (filters.applied) remove_filters();
        return;
    }
    if (tell_nft(rules.data, rules.size)) {
        filters.applied = true;
        TRACE(INFO, "host filters: table inet %s is in force", filters.table);
    }
    blob_free(&rules);
}

/* ---- the thread ------------------------------------------------------------------------------ */

static bool filters_stopped(DWORD timeout)
{
    return WaitForSingleObject(filters.events[FILTERS_STOP], timeout) == WAIT_OBJECT_0;
}

static bool own_filters(void)
{
    mpr_status status = machine_lock_enter(&filters_owner, 0);

    if (status == ST_TIMEOUT) {
        TRACE(WARNING, "host filters: another router has table inet %s; this one waits",
              filters.table);
    }
    while (status == ST_TIMEOUT && !filters_stopped(FILTERS_RETRY_MS))
        status = machine_lock_enter(&filters_owner, 0);
    if (status != ST_OK && status != ST_TIMEOUT) {
        TRACE(ERROR, "host filters: packet filters are NOT in force: %s", status_name(status));
    }
    return status == ST_OK;
}

static bool wait_for_filters(void)
{
    return WaitForMultipleObjects(FILTERS_EVENTS, filters.events, FALSE, INFINITE) ==
           WAIT_OBJECT_0 + FILTERS_CHANGED;
}

static DWORD WINAPI filters_thread(void *parameter)
{
    (void)parameter;
    if (!own_filters()) return 0;
    filters.applied = GetFileAttributesW(filters.file) != INVALID_FILE_ATTRIBUTES;
    do {
        update_filters();
    } while (wait_for_filters());
    if (filters.applied) remove_filters();
    machine_lock_leave(&filters_owner);
    return 0;
}

/* ---- from outside ---------------------------------------------------------------------------- */

/* FNV-1a of the file's Unix name, which says prefix and user. */
static void name_filters_table(void)
{
    uint32_t hash = 2166136261u;

    for (const char *c = filters.unix_file; *c; c++) hash = (hash ^ (uint8_t)*c) * 16777619u;
    snprintf(filters.table, sizeof(filters.table), "mprapi_%08x", (unsigned)hash);
}

static bool name_filters_file(void)
{
    DWORD units = GetTempPathW(MAX_PATH, filters.file);

    if (!units || units >= MAX_PATH) return false;
    memcpy(filters.file + units, FILTERS_FILE, sizeof(FILTERS_FILE));
    filters.unix_file = wine_unix_path(filters.file);
    if (filters.unix_file) name_filters_table();
    return filters.unix_file != NULL;
}

static void close_filters(void)
{
    AcquireSRWLockExclusive(&filters.lock);
    if (filters.thread) CloseHandle(filters.thread);
    filters.thread = NULL;
    for (int n = 0; n < FILTERS_EVENTS; n++) {
        if (filters.events[n]) CloseHandle(filters.events[n]);
        filters.events[n] = NULL;
    }
    ReleaseSRWLockExclusive(&filters.lock);
    machine_lock_close(&filters_owner);
    mem_free(filters.unix_file);
    filters.unix_file = NULL;
}

static bool make_filters_thread(void)
{
    for (int n = 0; n < FILTERS_EVENTS; n++) {
        filters.events[n] = CreateEventW(NULL, n == FILTERS_STOP, FALSE, NULL);
        if (!filters.events[n]) return false;
    }
    filters.thread = CreateThread(NULL, 0, filters_thread, NULL, 0, NULL);
    return filters.thread != NULL;
}

static void say_off(void)
{
    if (InterlockedExchange(&filters.said_off, 1)) return;
    TRACE(WARNING, "host filters: interfaces have packet filters, which are kept and NOT applied "
                   "(Parameters\\HostFilters)");
}

/* What changed before is what the thread asks for first. */
static bool decide_off(void)
{
    bool seen;

    AcquireSRWLockExclusive(&filters.lock);
    filters.off = !wine_unix_here() || !host_filters_on();
    seen = filters.seen;
    ReleaseSRWLockExclusive(&filters.lock);
    if (filters.off && seen) say_off();
    return filters.off;
}

mpr_status host_filters_start(const struct host_filters_sink *sink)
{
    if (decide_off()) return ST_OK;
    filters.sink = *sink;
    filters.failed = 0;
    filters.applied = false;
    if (name_filters_file() && make_filters_thread()) return ST_OK;
    close_filters();
    return ST_NOT_ENOUGH_MEMORY;
}

void host_filters_changed(void)
{
    bool off;

    AcquireSRWLockExclusive(&filters.lock);
    off = filters.off;
    filters.seen = true;
    if (filters.events[FILTERS_CHANGED]) SetEvent(filters.events[FILTERS_CHANGED]);
    ReleaseSRWLockExclusive(&filters.lock);
    if (off) say_off();
}

void host_filters_stop(void)
{
    if (!filters.thread) return;
    SetEvent(filters.events[FILTERS_STOP]);
    WaitForSingleObject(filters.thread, INFINITE);
    close_filters();
}

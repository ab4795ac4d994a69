/* The thread of the administration DLLs and its queue.
 *
 * Questions and ends come in the order in which the core decided on them. A connection's end is
 * told to those DLLs that were asked about it, whatever they answered (since Windows XP). Without
 * the thread a pool thread answers: clients, about whom the core asks in any case, are let in when
 * they may dial in and no DLL is registered; all others are refused.
 */
#include "win32/admin/admin_dll.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/admin/admin_dll_address.h"
#include "win32/net/link_stats.h"
#include "win32/sys/registry.h"
#include "win32/store/user_store.h"

#define KEY_PATH     L"SOFTWARE\\Microsoft\\RAS\\AdminDll"
#define DLLS_MAX     16u
#define STOP_WAIT_MS 5000u

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE wake;
    struct admission *first, *last;
    bool stopping;
    bool lost; /* the thread was left behind in a DLL: what is below is its own for good */
    HANDLE thread;
    admin_dll_report_fn *report;
    /* The thread's from here on. */
    WCHAR *text; /* value DLLPath, cut at its semicolons */
    struct admin_dll dlls[DLLS_MAX];
    unsigned count;
} a = {.lock = SRWLOCK_INIT, .wake = CONDITION_VARIABLE_INIT};

/* ---- registration ---------------------------------------------------------------------------- */

static mpr_status expand(const WCHAR *text, WCHAR **ret)
{
    DWORD units = ExpandEnvironmentStringsW(text, NULL, 0);

    *ret = mem_alloc_array(units, sizeof(**ret));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    ExpandEnvironmentStringsW(text, *ret, units);
    return ST_OK;
}

/* *ret is NULL when none are registered; ST_NOT_ENOUGH_MEMORY when that is not known. */
static mpr_status read_paths(WCHAR **ret)
{
    WCHAR *text = NULL;
    mpr_status status;
    HKEY key;

    *ret = NULL;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, KEY_PATH, 0, KEY_READ | KEY_WOW64_64KEY, &key))
        return ST_OK;
    status = registry_get_text(key, L"DLLPath", &text);
    RegCloseKey(key);
    if (status == ST_OK) status = expand(text, ret);
    mem_free(text);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* More than fit can't be asked, so that nobody is let in: the last one stands for them, dead. */
static void split_paths(void)
{
    WCHAR *next = a.text;

    a.count = 0;
    memset(a.dlls, 0, sizeof(a.dlls));
    while (next && *next) {
        WCHAR *path = next;

        next = wcschr(path, L';');
        if (next) *next++ = 0;
        while (*path == L' ') path++;
        if (!*path) continue;
        if (a.count == DLLS_MAX) {
            TRACE(ERROR, "administration DLLs: more than %u; connections will be refused",
                  DLLS_MAX);
            a.dlls[DLLS_MAX - 1].dead = true;
            return;
        }
        a.dlls[a.count++].path = path;
    }
}

/* Their names are not known for want of memory: one that can't be asked stands for them. */
static void expect_the_worst(void)
{
    static WCHAR unknown[] = L"(unknown)";

    TRACE(ERROR, "administration DLLs: no memory for their names; connections will be refused");
    a.dlls[0] = (struct admin_dll){.path = unknown, .dead = true};
    a.count = 1;
}

/* ---- one item -------------------------------------------------------------------------------- */

/* Before anybody is asked: the right to dial in, then addresses. */
static mpr_status admit_client(struct admission *item)
{
    mpr_status status = user_store_may_dial_in((const WCHAR *)item->connection.domain,
                                               (const WCHAR *)item->connection.user);

    if (status == ST_OK) status = admin_dll_give_addresses(a.dlls, a.count, item);
    if (status != ST_OK) {
        TRACE(WARNING, "client %s: refused, %s", trace_u16(item->connection.interface_name).text,
              status_name(status));
        return status;
    }
    item->connection.remote = item->address.ipv4;
    memcpy(item->connection.remote_ipv6_id, item->address.ipv6_id, sizeof(item->address.ipv6_id));
    return ST_OK;
}

static mpr_status ask_dlls(struct admission *item)
{
    struct ras_connection c = {.info = item->connection};
    struct ras_port p = {.info = item->port};
    bool accepted = true;

    ras_connection_identify(&c);
    for (unsigned n = 0; n < a.count && accepted; n++) {
        item->asked[0]++;
        accepted = admin_dll_accept_connection(&a.dlls[n], &c);
    }
    for (unsigned n = 0; n < a.count && accepted; n++) {
        item->asked[1]++;
        accepted = admin_dll_accept_link(&a.dlls[n], &p);
    }
    if (accepted) return ST_OK;
    TRACE(INFO, "interface %s: refused by an administration DLL",
          trace_u16(item->connection.interface_name).text);
    return ST_INTERFACE_DISCONNECTED;
}

static mpr_status ask(struct admission *item)
{
    mpr_status status = ST_OK;

    for (unsigned n = 0; n < a.count; n++) {
        if (a.dlls[n].dead) return ST_AUTH_SERVER_TIMEOUT;
    }
    if (item->connection.type == IF_CLIENT) status = admit_client(item);
    return status == ST_OK ? ask_dlls(item) : status;
}

static mpr_status ask_again(const struct admission *item)
{
    const bool moved = item->kind == ADMISSION_ASK_MOVED;
    struct ras_connection c = {.info = item->connection};

    link_stats_since(c.info.host_index, &c.info.base, &c.counters);
    for (unsigned n = 0; n < a.count; n++) {
        if (moved ? admin_dll_accept_endpoints(&a.dlls[n], &c)
                  : admin_dll_accept_reauthentication(&a.dlls[n], &c))
            continue;
        TRACE(INFO, "interface %s: refused after its %s",
              trace_u16(item->connection.interface_name).text, moved ? "move" : "quarantine");
        return ST_INTERFACE_DISCONNECTED;
    }
    return ST_OK;
}

static void tell(struct admission *item)
{
    struct ras_connection c = {.info = item->connection};
    struct ras_port p = {.info = item->port};

    ras_connection_identify(&c);
    link_stats_since(c.info.host_index, &c.info.base, &c.counters);
    p.counters = c.counters;
    for (unsigned n = 0; n < item->asked[1]; n++) admin_dll_link_hang_up(&a.dlls[n], &p);
    for (unsigned n = 0; n < item->asked[0]; n++) admin_dll_connection_hang_up(&a.dlls[n], &c);
    admin_dll_release_addresses(a.dlls, a.count, item);
    mem_free(item);
}

static void carry_out(struct admission *item)
{
    if (item->kind == ADMISSION_END) {
        tell(item);
        return;
    }
    item->answer = item->kind == ADMISSION_ASK ? ask(item) : ask_again(item);
    /* The router is going: its connections end with it. */
    if (!a.report(item)) tell(item);
}

/* ---- the thread ------------------------------------------------------------------------------ */

/* Lock held, and released while waiting; NULL at the end. */
static struct admission *take(void)
{
    struct admission *item;

    while (!a.first && !a.stopping) SleepConditionVariableSRW(&a.wake, &a.lock, INFINITE, 0);
    item = a.first;
    if (!item) return NULL;
    a.first = item->next;
    if (!a.first) a.last = NULL;
    return item;
}

static DWORD WINAPI dll_thread(void *parameter)
{
    struct admission *item;

    (void)parameter;
    for (unsigned n = 0; n < a.count; n++) {
        if (!a.dlls[n].dead) admin_dll_load(&a.dlls[n]);
    }
    AcquireSRWLockExclusive(&a.lock);
    while ((item = take())) {
        ReleaseSRWLockExclusive(&a.lock);
        carry_out(item);
        AcquireSRWLockExclusive(&a.lock);
    }
    ReleaseSRWLockExclusive(&a.lock);
    for (unsigned n = 0; n < a.count; n++) admin_dll_unload(&a.dlls[n]);
    return 0;
}

bool admin_dll_start(admin_dll_report_fn *report)
{
    mpr_status status;

    a.report = report;
    if (a.lost) return true; /* stopping as it is: everybody is refused */
    status = read_paths(&a.text);
    split_paths();
    if (status != ST_OK) expect_the_worst();
    if (!a.count) {
        mem_free(a.text);
        a.text = NULL;
        return false;
    }
    a.stopping = false;
    a.thread = CreateThread(NULL, 0, dll_thread, NULL, 0, NULL);
    if (!a.thread) TRACE(ERROR, "administration DLLs: no thread; connections will be refused");
    return true;
}

static DWORD WINAPI answer_alone(void *parameter)
{
    struct admission *item = parameter;

    item->answer = a.count ? ST_AUTH_SERVER_TIMEOUT : ask(item);
    if (!a.report(item)) mem_free(item);
    return 0;
}

/* Without the thread. What can't be answered either is refused by the core's watchdog. */
static void do_without(struct admission *item)
{
    if (item->kind != ADMISSION_END && QueueUserWorkItem(answer_alone, item, WT_EXECUTEDEFAULT))
        return;
    mem_free(item);
}

void admin_dll_admission(struct admission *item)
{
    bool queued;

    item->next = NULL;
    AcquireSRWLockExclusive(&a.lock);
    queued = a.thread && !a.stopping;
    if (queued) {
        if (a.last)
            a.last->next = item;
        else
            a.first = item;
        a.last = item;
        WakeConditionVariable(&a.wake);
    }
    ReleaseSRWLockExclusive(&a.lock);
    if (!queued) do_without(item);
}

void admin_dll_stop(void)
{
    AcquireSRWLockExclusive(&a.lock);
    a.stopping = true;
    WakeConditionVariable(&a.wake);
    ReleaseSRWLockExclusive(&a.lock);
    if (!a.thread) return;
    if (WaitForSingleObject(a.thread, STOP_WAIT_MS) != WAIT_OBJECT_0) {
        TRACE(ERROR, "an administration DLL does not come back; its thread is left behind");
        a.lost = true;
    }
    CloseHandle(a.thread);
    a.thread = NULL;
    if (a.lost) return;
    mem_free(a.text);
    a.text = NULL;
}

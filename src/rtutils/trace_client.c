#include "rtutils/trace_client.h"

#include <string.h>
#include <wchar.h>

#include "base/handle.h"
#include "base/mem.h"
#include <mprapi_rtutils.h>
#include "rtutils/trace_console.h"

#define TRACE_HANDLE HANDLE_SERVER /* any kind: the table has no other */

struct trace_client {
    volatile LONG references; /* one is the table's */
    DWORD flags;
    WCHAR name[TRACE_NAME_UNITS];
    SRWLOCK lock; /* of what follows */
    LONG version; /* of trace_settings_version */
    struct trace_settings settings;
};

static SRWLOCK table_lock = SRWLOCK_INIT;
static struct handle_table table; /* without slots while there is no client */
static unsigned clients;

/* ---- the table ------------------------------------------------------------------------------- */

/* Slots are given back with the last client, so another generation begins with the next. */
static DWORD enter_client(struct trace_client *c)
{
    static uint8_t generation;
    DWORD id;

    AcquireSRWLockExclusive(&table_lock);
    if (!clients) {
        handle_table_init(&table);
        handle_table_vary(&table, generation++);
    }
    id = handle_new(&table, TRACE_HANDLE, c);
    if (id) clients++;
    if (!clients) handle_table_free(&table);
    ReleaseSRWLockExclusive(&table_lock);
    return id;
}

static struct trace_client *remove_client(DWORD id)
{
    struct trace_client *c = NULL;

    AcquireSRWLockExclusive(&table_lock);
    if (clients) c = handle_delete(&table, TRACE_HANDLE, id);
    if (c && !--clients) handle_table_free(&table);
    ReleaseSRWLockExclusive(&table_lock);
    return c;
}

struct trace_client *trace_client_get(DWORD id)
{
    struct trace_client *c = NULL;

    AcquireSRWLockShared(&table_lock);
    if (clients) c = handle_get(&table, TRACE_HANDLE, id);
    if (c) InterlockedIncrement(&c->references);
    ReleaseSRWLockShared(&table_lock);
    return c;
}

void trace_client_release(struct trace_client *c)
{
    if (InterlockedDecrement(&c->references)) return;
    trace_console_unuse();
    trace_settings_unwatch();
    mem_free(c);
}

/* ---- a component ----------------------------------------------------------------------------- */

static bool is_good_name(const WCHAR *name)
{
    size_t units = name ? wcsnlen(name, TRACE_NAME_UNITS) : 0;

    if (!units || units == TRACE_NAME_UNITS || wcspbrk(name, L"\\/:*?\"<>|")) return false;
    for (const WCHAR *unit = name; *unit; unit++)
        if (*unit < L' ') return false;
    return wcscmp(name, L".") != 0 && wcscmp(name, L"..") != 0;
}

static struct trace_client *client_new(const WCHAR *name, DWORD flags)
{
    struct trace_client *c = mem_alloc(sizeof(*c));

    if (!c) return NULL;
    c->references = 1;
    c->flags = flags;
    memcpy(c->name, name, wcslen(name) * sizeof(WCHAR));
    InitializeSRWLock(&c->lock);
    trace_settings_watch();
    trace_console_use();
    c->version = trace_settings_version();
    trace_settings_read(c->name, &c->settings);
    return c;
}

DWORD trace_client_new(const WCHAR *name, DWORD flags)
{
    struct trace_client *c;
    DWORD id = 0;

    SetLastError(ERROR_INVALID_PARAMETER);
    if (!is_good_name(name)) return INVALID_TRACEID;
    c = client_new(name, flags);
    if (c) id = enter_client(c);
    if (id) return id;
    if (c) trace_client_release(c);
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return INVALID_TRACEID;
}

DWORD trace_client_end(DWORD id)
{
    struct trace_client *c = remove_client(id);

    if (!c) return ERROR_INVALID_PARAMETER;
    trace_client_release(c);
    return NO_ERROR;
}

const WCHAR *trace_client_name(const struct trace_client *c)
{
    return c->name;
}

/* The number is had before the values, so a change in between is read the next time. */
static void refresh(struct trace_client *c, LONG version)
{
    struct trace_settings settings;

    trace_settings_read(c->name, &settings);
    AcquireSRWLockExclusive(&c->lock);
    c->version = version;
    c->settings = settings;
    ReleaseSRWLockExclusive(&c->lock);
}

void trace_client_settings(struct trace_client *c, struct trace_settings *ret)
{
    const LONG version = trace_settings_version();
    LONG have;

    AcquireSRWLockShared(&c->lock);
    have = c->version;
    ReleaseSRWLockShared(&c->lock);
    if (have != version) refresh(c, version);
    AcquireSRWLockShared(&c->lock);
    *ret = c->settings;
    ReleaseSRWLockShared(&c->lock);
    if (c->flags & TRACE_USE_FILE) ret->file = true;
    if (c->flags & TRACE_USE_CONSOLE) ret->console = true;
}

/* The word holds the process' id and a part of the time at which it was started, since ids are
 * used again. */
#include "win32/sys/machine_lock.h"

#include "base/trace.h"
#include "base/utf16.h"
#include "win32/sys/object_security.h"
#include "win32/sys/security.h"

#define NAME_UNITS  96u
#define PAGE_BYTES  4096u
#define LOOK_EVERY  16u /* tries between two looks at the holder's process */
#define LONGEST_NAP 8u  /* ms */

/* ---- who ------------------------------------------------------------------------------------ */

static LONG64 mark_of(DWORD id, HANDLE process)
{
    FILETIME made = {0, 0}, other;

    GetProcessTimes(process, &made, &other, &other, &other);
    return (LONG64)((ULONG64)id << 32 | (made.dwLowDateTime ^ made.dwHighDateTime));
}

/* A process that can't be opened for want of rights is one that lives. */
static bool has_ended(LONG64 mark)
{
    DWORD id = (DWORD)((ULONG64)mark >> 32);
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, id);
    bool ended;

    if (!process) return GetLastError() == ERROR_INVALID_PARAMETER;
    ended = WaitForSingleObject(process, 0) == WAIT_OBJECT_0 || mark_of(id, process) != mark;
    CloseHandle(process);
    return ended;
}

/* ---- the shared memory ---------------------------------------------------------------------- */

static mpr_status map(struct machine_lock *l, HANDLE mapping)
{
    volatile LONG64 *owner;

    if (!security_is_administrators_only(mapping)) {
        TRACE(ERROR, "\"%s\" was made by somebody who is no administrator; it is not used",
              trace_u16(l->name).text);
        return ST_ACCESS_DENIED;
    }
    owner = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, sizeof(*owner));
    if (!owner) return (mpr_status)GetLastError();
    l->self = mark_of(GetCurrentProcessId(), GetCurrentProcess());
    l->mapping = mapping;
    l->owner = owner;
    return ST_OK;
}

static mpr_status open_memory(struct machine_lock *l)
{
    WCHAR name[NAME_UNITS] = L"Global\\";
    SECURITY_ATTRIBUTES attributes;
    mpr_status status = security_administrators_only(&attributes);
    HANDLE mapping;

    if (status != ST_OK) return status;
    u16_copy(name + 7, NAME_UNITS - 7, l->name);
    mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0, PAGE_BYTES, name);
    status = mapping ? ST_OK : (mpr_status)GetLastError();
    security_free(&attributes);
    if (status != ST_OK) return status;
    status = map(l, mapping);
    if (status != ST_OK) CloseHandle(mapping);
    return status;
}

static mpr_status ready(struct machine_lock *l)
{
    mpr_status status = ST_OK;

    AcquireSRWLockExclusive(&l->opening);
    if (!l->owner) status = open_memory(l);
    ReleaseSRWLockExclusive(&l->opening);
    return status;
}

void machine_lock_close(struct machine_lock *l)
{
    if (!l->owner) return;
    UnmapViewOfFile((void *)(ULONG_PTR)l->owner);
    CloseHandle(l->mapping);
    l->owner = NULL;
    l->mapping = NULL;
}

/* ---- in and out ----------------------------------------------------------------------------- */

struct attempt {
    ULONGLONG until;
    DWORD tries;
};

static bool wait_a_little(struct attempt *a)
{
    if (GetTickCount64() >= a->until) return false;
    Sleep(a->tries < LONGEST_NAP ? a->tries : LONGEST_NAP);
    a->tries++;
    return true;
}

static bool take_thread(struct machine_lock *l, struct attempt *a)
{
    LONG self = (LONG)GetCurrentThreadId();

    while (InterlockedCompareExchange(&l->thread, self, 0) != 0) {
        if (!wait_a_little(a)) return false;
    }
    return true;
}

static bool take_word(struct machine_lock *l, struct attempt *a)
{
    for (;;) {
        LONG64 holder = InterlockedCompareExchange64(l->owner, l->self, 0);

        if (holder == 0) return true;
        if (a->tries % LOOK_EVERY == 0 && has_ended(holder) &&
            InterlockedCompareExchange64(l->owner, l->self, holder) == holder)
            return true;
        if (!wait_a_little(a)) return false;
    }
}

bool machine_lock_held(const struct machine_lock *l)
{
    return l->thread == (LONG)GetCurrentThreadId();
}

mpr_status machine_lock_enter(struct machine_lock *l, DWORD timeout_ms)
{
    struct attempt a = {.until = GetTickCount64() + timeout_ms};
    mpr_status status;

    if (machine_lock_held(l)) {
        l->depth++;
        return ST_OK;
    }
    status = ready(l);
    if (status != ST_OK) return status;
    if (!take_thread(l, &a)) return ST_TIMEOUT;
    if (!take_word(l, &a)) {
        InterlockedExchange(&l->thread, 0);
        return ST_TIMEOUT;
    }
    l->depth = 1;
    return ST_OK;
}

void machine_lock_leave(struct machine_lock *l)
{
    if (--l->depth > 0) return;
    InterlockedExchange64(l->owner, 0);
    InterlockedExchange(&l->thread, 0);
}

/* What is watched is the key above RemoteAccess: so its creation and deletion are seen, too. */
#include "win32/sys/registry_watch.h"

#include "win32/sys/windows_api.h"

#define WATCHED L"SYSTEM\\CurrentControlSet\\Services"
#define CHANGES (REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET)
#define BELIEVE 10000u /* ms */

struct numbers {
    uint32_t all, foreign; /* 0: not yet */
};

static struct {
    SRWLOCK lock;
    HKEY key;
    HANDLE event; /* auto-reset; with key */
    struct numbers now;
    bool own;         /* within a bracket */
    bool believed;    /* something was changed within one, by us alone as far as is known */
    ULONGLONG own_at; /* then */
    DWORD holder;     /* the thread that holds, 0: none */
    bool held;        /* it has looked */
    struct numbers held_numbers;
} m = {.lock = SRWLOCK_INIT};

static void stop(void)
{
    if (m.key) RegCloseKey(m.key);
    if (m.event) CloseHandle(m.event);
    m.key = NULL;
    m.event = NULL;
}

static bool arm(void)
{
    return RegNotifyChangeKeyValue(m.key, TRUE, CHANGES, m.event, TRUE) == ERROR_SUCCESS;
}

static bool start(void)
{
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, WATCHED, 0, KEY_NOTIFY, &m.key)) m.key = NULL;
    m.event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (m.key && m.event && arm()) return true;
    stop();
    return false;
}

/* A notification comes once, so it is asked for again before anything is read. */
static bool changed(void)
{
    if (!m.key) {
        start();
        return true;
    }
    if (WaitForSingleObject(m.event, 0) == WAIT_TIMEOUT) return false;
    if (!arm()) stop();
    return true;
}

static void count(uint32_t *number)
{
    if (++*number == 0) *number = 1;
}

/* Brings the numbers up to now. */
static void look(void)
{
    if (m.believed && !m.own && GetTickCount64() - m.own_at > BELIEVE) {
        m.believed = false;
        count(&m.now.foreign);
    }
    if (!changed()) return;
    count(&m.now.all);
    if (m.own) {
        m.believed = true;
    } else {
        count(&m.now.foreign);
    }
}

static struct numbers numbers(void)
{
    struct numbers ret;
    bool holding;

    AcquireSRWLockExclusive(&m.lock);
    holding = m.holder == GetCurrentThreadId();
    if (!(holding && m.held)) look();
    if (holding && !m.held) m.held_numbers = m.now;
    if (holding) m.held = true;
    ret = holding ? m.held_numbers : m.now;
    ReleaseSRWLockExclusive(&m.lock);
    return ret;
}

uint32_t registry_watch_look(void)
{
    return numbers().all;
}

uint32_t registry_watch_foreign(void)
{
    return numbers().foreign;
}

void registry_watch_own_begin(void)
{
    AcquireSRWLockExclusive(&m.lock);
    if (m.key) {
        look();
        m.own = m.key != NULL;
    }
    ReleaseSRWLockExclusive(&m.lock);
}

void registry_watch_own_end(void)
{
    AcquireSRWLockExclusive(&m.lock);
    if (m.own) {
        look();
        m.own_at = GetTickCount64();
        m.own = false;
    }
    ReleaseSRWLockExclusive(&m.lock);
}

void registry_watch_own_give_up(void)
{
    AcquireSRWLockExclusive(&m.lock);
    m.own = false;
    count(&m.now.foreign); /* for what was looked at already */
    ReleaseSRWLockExclusive(&m.lock);
}

bool registry_watch_hold(void)
{
    bool taken;

    AcquireSRWLockExclusive(&m.lock);
    taken = m.holder == 0;
    if (taken) {
        m.holder = GetCurrentThreadId();
        m.held = false;
    }
    ReleaseSRWLockExclusive(&m.lock);
    return taken;
}

void registry_watch_release(void)
{
    AcquireSRWLockExclusive(&m.lock);
    m.holder = 0;
    ReleaseSRWLockExclusive(&m.lock);
}

void registry_watch_stop(void)
{
    AcquireSRWLockExclusive(&m.lock);
    stop();
    m.own = m.believed = false;
    ReleaseSRWLockExclusive(&m.lock);
}

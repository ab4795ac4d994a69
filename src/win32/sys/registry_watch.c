/* What is watched is the key above RemoteAccess: so its creation and deletion are seen, too. */
#include "win32/sys/registry_watch.h"

#include "win32/sys/windows_api.h"

#define WATCHED L"SYSTEM\\CurrentControlSet\\Services"
#define CHANGES (REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET)

static struct {
    SRWLOCK lock;
    HKEY key;
    HANDLE event; /* auto-reset; with key */
    uint32_t number;
    DWORD holder; /* the thread that holds, 0: none */
    bool held;    /* it has looked */
    uint32_t held_number;
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

uint32_t registry_watch_look(void)
{
    bool holding;
    uint32_t number;

    AcquireSRWLockExclusive(&m.lock);
    holding = m.holder == GetCurrentThreadId();
    if (!(holding && m.held) && changed() && ++m.number == 0) m.number = 1;
    if (holding && !m.held) m.held_number = m.number;
    if (holding) m.held = true;
    number = holding ? m.held_number : m.number;
    ReleaseSRWLockExclusive(&m.lock);
    return number;
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
    ReleaseSRWLockExclusive(&m.lock);
}

#include "rtutils/trace_settings.h"

#include <string.h>
#include <wchar.h>

#define TRACING           L"SOFTWARE\\Microsoft\\Tracing"
#define DEFAULT_MASK      0xFFFF0000u
#define DEFAULT_SIZE      0x100000u
#define DEFAULT_DIRECTORY L"%windir%\\tracing"
#define CHANGES           (REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET)
#define LOOK_AGAIN        50u /* ms */

/* ---- values ---------------------------------------------------------------------------------- */

static DWORD number_or(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value, size = sizeof(value);
    LSTATUS rc = RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size);

    if (rc == ERROR_SUCCESS) return value;
    if (rc == ERROR_FILE_NOT_FOUND)
        RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&otherwise, sizeof(otherwise));
    return otherwise;
}

static void default_directory(WCHAR target[MAX_PATH])
{
    if (!ExpandEnvironmentStringsW(DEFAULT_DIRECTORY, target, MAX_PATH)) target[0] = 0;
}

/* One that does not fit is none, since a part of it is another folder. */
static void read_directory(HKEY key, WCHAR target[MAX_PATH])
{
    DWORD size = MAX_PATH * sizeof(WCHAR);
    LSTATUS rc = RegGetValueW(key, NULL, L"FileDirectory", RRF_RT_REG_SZ, NULL, target, &size);
    size_t units;

    if (rc == ERROR_FILE_NOT_FOUND)
        RegSetValueExW(key, L"FileDirectory", 0, REG_EXPAND_SZ, (const BYTE *)DEFAULT_DIRECTORY,
                       sizeof(DEFAULT_DIRECTORY));
    if (rc != ERROR_SUCCESS || !target[0]) default_directory(target);
    units = wcslen(target);
    while (units > 3 && target[units - 1] == L'\\') target[--units] = 0;
}

/* NULL: it is not there and can't be made. */
static HKEY open_key(const WCHAR *name)
{
    WCHAR path[ARRAYSIZE(TRACING) + TRACE_NAME_UNITS];
    HKEY key;

    _snwprintf(path, ARRAYSIZE(path), TRACING L"\\%ls", name);
    path[ARRAYSIZE(path) - 1] = 0;
    if (!RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_READ | KEY_SET_VALUE, NULL, &key,
                         NULL))
        return key;
    return RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key) ? NULL : key;
}

void trace_settings_read(const WCHAR *name, struct trace_settings *ret)
{
    HKEY key = open_key(name);

    *ret = (struct trace_settings){
        .file_mask = DEFAULT_MASK, .console_mask = DEFAULT_MASK, .max_file_size = DEFAULT_SIZE};
    default_directory(ret->directory);
    if (!key) return;
    ret->file = number_or(key, L"EnableFileTracing", 0) != 0;
    ret->console = number_or(key, L"EnableConsoleTracing", 0) != 0;
    ret->file_mask = number_or(key, L"FileTracingMask", DEFAULT_MASK);
    ret->console_mask = number_or(key, L"ConsoleTracingMask", DEFAULT_MASK);
    ret->max_file_size = number_or(key, L"MaxFileSize", DEFAULT_SIZE);
    read_directory(key, ret->directory);
    RegCloseKey(key);
}

/* ---- changes --------------------------------------------------------------------------------- */

/* One notification for all components of the process, and no thread: who traces looks. On Windows
 * one also comes when the thread that has asked for it ends, which costs no more than a look. */
static struct {
    SRWLOCK lock;
    unsigned users;
    HKEY key;
    HANDLE event; /* auto-reset; with key */
    volatile LONG version;
    volatile LONG64 looked; /* GetTickCount64 */
} watch = {.lock = SRWLOCK_INIT};

static void stop_watching(void)
{
    if (watch.key) RegCloseKey(watch.key);
    if (watch.event) CloseHandle(watch.event);
    watch.key = NULL;
    watch.event = NULL;
}

static bool arm_watch(void)
{
    return RegNotifyChangeKeyValue(watch.key, TRUE, CHANGES, watch.event, TRUE) == ERROR_SUCCESS;
}

static void start_watching(void)
{
    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, TRACING, 0, NULL, 0, KEY_NOTIFY, NULL, &watch.key,
                        NULL))
        watch.key = NULL;
    watch.event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!watch.key || !watch.event || !arm_watch()) stop_watching();
}

void trace_settings_watch(void)
{
    AcquireSRWLockExclusive(&watch.lock);
    if (!watch.users++) start_watching();
    ReleaseSRWLockExclusive(&watch.lock);
}

void trace_settings_unwatch(void)
{
    AcquireSRWLockExclusive(&watch.lock);
    if (!--watch.users) stop_watching();
    ReleaseSRWLockExclusive(&watch.lock);
}

/* Without a notification everything is read again at each look. */
static bool something_changed(void)
{
    if (!watch.key) return true;
    if (WaitForSingleObject(watch.event, 0) != WAIT_OBJECT_0) return false;
    if (!arm_watch()) stop_watching();
    return true;
}

static void look_again(void)
{
    if (!TryAcquireSRWLockExclusive(&watch.lock)) return;
    if (watch.users && something_changed()) InterlockedIncrement(&watch.version);
    ReleaseSRWLockExclusive(&watch.lock);
}

LONG trace_settings_version(void)
{
    const LONG64 now = (LONG64)GetTickCount64();
    const LONG64 looked = InterlockedCompareExchange64(&watch.looked, 0, 0);

    if (now - looked >= LOOK_AGAIN &&
        InterlockedCompareExchange64(&watch.looked, now, looked) == looked)
        look_again();
    return watch.version;
}

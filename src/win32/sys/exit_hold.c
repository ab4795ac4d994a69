#include "win32/sys/exit_hold.h"

#include "win32/sys/windows_api.h"

typedef LONG NTAPI lock_fn(ULONG flags, ULONG *state, ULONG_PTR *cookie);
typedef LONG NTAPI unlock_fn(ULONG flags, ULONG_PTR cookie);

static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static lock_fn *lock;
static unlock_fn *unlock;

static BOOL CALLBACK find(INIT_ONCE *unused, void *parameter, void **context)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    (void)unused;
    (void)parameter;
    (void)context;
    if (!ntdll || !GetProcAddress(ntdll, "wine_get_version")) return TRUE;
    lock = (lock_fn *)(void *)GetProcAddress(ntdll, "LdrLockLoaderLock");
    unlock = (unlock_fn *)(void *)GetProcAddress(ntdll, "LdrUnlockLoaderLock");
    return TRUE;
}

uintptr_t exit_hold(void)
{
    ULONG_PTR cookie = 0;

    InitOnceExecuteOnce(&once, find, NULL, NULL);
    if (lock && unlock) lock(0, NULL, &cookie);
    return cookie;
}

void exit_release(uintptr_t hold)
{
    if (hold) unlock(0, hold);
}

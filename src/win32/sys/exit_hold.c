#include "win32/sys/exit_hold.h"

#include "win32/sys/windows_api.h"

typedef LONG NTAPI lock_fn(ULONG flags, ULONG *state, ULONG_PTR *cookie);
typedef LONG NTAPI unlock_fn(ULONG flags, ULONG_PTR cookie);

static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static lock_fn *lock_loader;
static unlock_fn *unlock_loader;

static BOOL CALLBACK find_loader_lock(INIT_ONCE *unused, void *parameter, void **context)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    (void)unused;
    (void)parameter;
    (void)context;
    if (!ntdll || !GetProcAddress(ntdll, "wine_get_version")) return TRUE;
    lock_loader = (lock_fn *)(void *)GetProcAddress(ntdll, "LdrLockLoaderLock");
    unlock_loader = (unlock_fn *)(void *)GetProcAddress(ntdll, "LdrUnlockLoaderLock");
    return TRUE;
}

uintptr_t exit_hold(void)
{
    ULONG_PTR cookie = 0;

    InitOnceExecuteOnce(&once, find_loader_lock, NULL, NULL);
    if (lock_loader && unlock_loader) lock_loader(0, NULL, &cookie);
    return cookie;
}

void exit_release(uintptr_t hold)
{
    if (hold) unlock_loader(0, hold);
}

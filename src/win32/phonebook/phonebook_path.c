#include "win32/phonebook/phonebook_path.h"

#include <wchar.h>

#include "win32/sys/windows_api.h"

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_watch.h"

/* *ret is false when no path is configured. Without memory that can't be told: to go on with the
 * default would be to read, or write, another file. */
static mpr_status configured_path(WCHAR *path, bool *ret)
{
    WCHAR *text = NULL;
    HKEY key;
    DWORD units = 0;
    mpr_status status;

    *ret = false;
    if (registry_open(L"Parameters", KEY_READ, false, &key)) return ST_OK;
    status = registry_get_text(key, L"PhonebookPath", &text);
    if (status == ST_OK) units = ExpandEnvironmentStringsW(text, path, PHONEBOOK_PATH_UNITS);
    RegCloseKey(key);
    mem_free(text);
    *ret = units > 1 && units <= PHONEBOOK_PATH_UNITS;
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* A 32-bit process on a 64-bit system reaches the real System32 by another name. */
static bool default_path(WCHAR *path)
{
    BOOL emulated = FALSE;
    UINT units;

    IsWow64Process(GetCurrentProcess(), &emulated);
    units = emulated ? GetWindowsDirectoryW(path, PHONEBOOK_PATH_UNITS - 48)
                     : GetSystemDirectoryW(path, PHONEBOOK_PATH_UNITS - 48);
    if (!units || units >= PHONEBOOK_PATH_UNITS - 48) return false;
    return u16_copy(path + units, PHONEBOOK_PATH_UNITS - units,
                    emulated ? u"\\Sysnative\\ras\\router.pbk" : u"\\ras\\router.pbk");
}

static mpr_status read_path(char16_t path[PHONEBOOK_PATH_UNITS])
{
    bool configured;
    mpr_status status = configured_path(path, &configured);

    if (status != ST_OK) return status;
    return configured || default_path(path) ? ST_OK : ST_CANNOT_OPEN_PHONEBOOK;
}

/* The place is looked up again when the registry has changed. */
mpr_status phonebook_store_path(char16_t path[PHONEBOOK_PATH_UNITS])
{
    static SRWLOCK lock = SRWLOCK_INIT;
    static uint32_t as_of; /* 0: nothing is known */
    static char16_t known[PHONEBOOK_PATH_UNITS];
    uint32_t now = registry_watch_look();
    mpr_status status = ST_OK;

    AcquireSRWLockExclusive(&lock);
    if (as_of != now) {
        status = read_path(known);
        as_of = status == ST_OK ? now : 0;
    }
    if (status == ST_OK) u16_copy(path, PHONEBOOK_PATH_UNITS, known);
    ReleaseSRWLockExclusive(&lock);
    return status;
}

bool phonebook_store_folder(char16_t path[PHONEBOOK_PATH_UNITS])
{
    WCHAR *end;

    if (!default_path(path)) return false;
    end = wcsrchr(path, L'\\');
    if (end) *end = 0;
    return end != NULL;
}

#include "existing_dialer.h"

#include <string.h>

#define DIALER \
    L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters\\Dialers\\" INTEROP_INTERFACE

static BOOL set_text(HKEY key, const char *name, const char *text)
{
    return !RegSetValueExA(key, name, 0, REG_SZ, (const BYTE *)text, (DWORD)strlen(text) + 1);
}

BOOL existing_dialer_set(const char *adapter)
{
    HKEY key;
    BOOL ok;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, DIALER, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL))
        return FALSE;
    ok = set_text(key, "Kind", "existing") && set_text(key, "Adapter", adapter);
    RegCloseKey(key);
    return ok;
}

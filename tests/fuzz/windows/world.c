#include "fuzz/windows/world.h"

#include "base/mem.h"
#include "base/utf16.h"
#include "fuzz/fuzz.h"

static const WCHAR *const roots[] = {
    L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess",
    L"SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters",
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}",
    L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers"};

void world_reset(void)
{
    for (size_t i = 0; i < ARRAYSIZE(roots); i++) RegDeleteTreeW(HKEY_LOCAL_MACHINE, roots[i]);
}

void world_set(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, size_t size)
{
    HKEY key;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL))
        return;
    RegSetValueExW(key, name, 0, type, data, (DWORD)size);
    RegCloseKey(key);
}

/* ---- the sum: order of keys and values does not count ---------------------------------------- */

uint64_t world_hash(uint64_t hash, const void *data, size_t size)
{
    const uint8_t *octets = data;

    for (size_t i = 0; i < size; i++) hash = (hash ^ octets[i]) * 1099511628211u;
    return hash;
}

static uint64_t sum_of_values(HKEY key)
{
    static BYTE data[1 << 20];
    static WCHAR name[16384];
    uint64_t sum = 0;

    for (DWORD i = 0;; i++) {
        DWORD units = ARRAYSIZE(name), size = sizeof(data), type = 0;
        uint64_t one = 14695981039346656037u;

        if (RegEnumValueW(key, i, name, &units, NULL, &type, data, &size)) return sum;
        one = world_hash(one, name, units * sizeof(*name));
        one = world_hash(one, &type, sizeof(type));
        sum += world_hash(one, data, size);
    }
}

static uint64_t sum_of(HKEY parent, const WCHAR *path)
{
    uint64_t sum;
    HKEY key;

    if (RegOpenKeyExW(parent, path, 0, KEY_READ, &key)) return 0;
    sum = sum_of_values(key) + 1;
    for (DWORD i = 0;; i++) {
        WCHAR name[256];
        DWORD units = ARRAYSIZE(name);
        uint64_t one;

        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL)) break;
        one = sum_of(key, name);
        sum += world_hash(world_hash(7, name, units * sizeof(*name)), &one, sizeof(one));
    }
    RegCloseKey(key);
    return sum;
}

uint64_t world_sum(void)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < ARRAYSIZE(roots); i++)
        sum = sum * 31 + sum_of(HKEY_LOCAL_MACHINE, roots[i]);
    return sum;
}

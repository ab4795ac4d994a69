/* The registry, typed. Every value is read with its type and size checked, and text is given back
 * doubly terminated: what the registry stores may lack its terminators. */
#include "win32/sys/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "win32/sys/security.h"

/* A REG_BINARY beyond this is no configuration of ours (an info block of 100,000 routes is 7 MB).
 */
#define VALUE_MAX_BYTES (64u << 20)
#define SMALL_BYTES     512u

mpr_status registry_open_below(HKEY parent, const WCHAR *path, REGSAM access, bool create,
                               HKEY *ret)
{
    *ret = NULL;
    if (create)
        return (mpr_status)RegCreateKeyExW(parent, path, 0, NULL, REG_OPTION_NON_VOLATILE, access,
                                           NULL, ret, NULL);
    return (mpr_status)RegOpenKeyExW(parent, path, 0, access, ret);
}

/* ---- descriptors ---------------------------------------------------------------------------- */

/* Wine takes no notice of the attributes that a key is made with, hence RegSetKeySecurity. */
static mpr_status create_with(HKEY parent, const WCHAR *path, const WCHAR *class_name,
                              DWORD options, SECURITY_ATTRIBUTES *attributes, HKEY *ret,
                              DWORD *ret_disposition)
{
    LONG rc = RegCreateKeyExW(parent, path, 0, (WCHAR *)(ULONG_PTR)class_name, options,
                              KEY_ALL_ACCESS, attributes, ret, ret_disposition);

    if (rc == ERROR_SUCCESS)
        RegSetKeySecurity(*ret, DACL_SECURITY_INFORMATION, attributes->lpSecurityDescriptor);
    return (mpr_status)rc;
}

mpr_status registry_create_protected(HKEY parent, const WCHAR *path, DWORD options,
                                     const WCHAR *class_name, HKEY *ret)
{
    SECURITY_ATTRIBUTES attributes;
    DWORD disposition;
    mpr_status status = security_administrators_only(&attributes);

    *ret = NULL;
    if (status != ST_OK) return status;
    status = create_with(parent, path, class_name, options, &attributes, ret, &disposition);
    security_free(&attributes);
    return status;
}

static void protect_key(const WCHAR *path, PSECURITY_DESCRIPTOR descriptor)
{
    WCHAR full[128];
    HKEY key;

    _snwprintf(full, ARRAYSIZE(full), *path ? L"%ls\\%ls" : L"%ls", REGISTRY_ROOT, path);
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, full, 0, WRITE_DAC, &key)) return;
    RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, descriptor);
    RegCloseKey(key);
}

void registry_protect(void)
{
    static const WCHAR *const paths[] = {L"",
                                         L"Interfaces",
                                         L"RouterManagers",
                                         L"Users",
                                         L"Parameters",
                                         L"Parameters\\Dialers",
                                         L"Parameters\\Clients",
                                         L"Secrets",
                                         L"Secrets\\Dial",
                                         L"Secrets\\Eap",
                                         L"Secrets\\PreSharedKey",
                                         L"Secrets\\Server"};
    SECURITY_ATTRIBUTES attributes;

    if (security_administrators_only(&attributes) != ST_OK) return;
    for (size_t i = 0; i < ARRAYSIZE(paths); i++)
        protect_key(paths[i], attributes.lpSecurityDescriptor);
    security_free(&attributes);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static mpr_status create_root(REGSAM access, SECURITY_ATTRIBUTES *attributes, HKEY *ret)
{
    DWORD disposition = 0;
    LONG rc = RegCreateKeyExW(HKEY_LOCAL_MACHINE, REGISTRY_ROOT, 0, NULL, REG_OPTION_NON_VOLATILE,
                              access | WRITE_DAC, attributes, ret, &disposition);

    if (rc == ERROR_SUCCESS && disposition == REG_CREATED_NEW_KEY)
        RegSetKeySecurity(*ret, DACL_SECURITY_INFORMATION, attributes->lpSecurityDescriptor);
    return (mpr_status)rc;
}

static mpr_status open_root(REGSAM access, bool create, HKEY *ret)
{
    SECURITY_ATTRIBUTES attributes;
    mpr_status status;

    *ret = NULL;
    if (!create)
        return (mpr_status)RegOpenKeyExW(HKEY_LOCAL_MACHINE, REGISTRY_ROOT, 0, access, ret);
    status = security_administrators_only(&attributes);
    if (status != ST_OK) return status;
    status = create_root(access, &attributes, ret);
    security_free(&attributes);
    return status;
}

/* By its whole path: one request, where the root on the way takes three. False: too long. */
static bool open_whole(const WCHAR *path, REGSAM access, HKEY *ret, mpr_status *ret_status)
{
    WCHAR full[512];
    int units = _snwprintf(full, ARRAYSIZE(full), L"%ls\\%ls", REGISTRY_ROOT, path);

    if (units < 0 || (size_t)units >= ARRAYSIZE(full)) return false;
    *ret_status = (mpr_status)RegOpenKeyExW(HKEY_LOCAL_MACHINE, full, 0, access, ret);
    return true;
}

mpr_status registry_open(const WCHAR *path, REGSAM access, bool create, HKEY *ret)
{
    mpr_status status;
    HKEY root;

    if (!path || !*path) return open_root(access, create, ret);
    *ret = NULL;
    if (!create && open_whole(path, access, ret, &status)) return status;
    /* Keys below inherit the root's descriptor. */
    status = open_root(create ? KEY_CREATE_SUB_KEY : KEY_READ, create, &root);
    if (status != ST_OK) return status;
    status = registry_open_below(root, path, access, create, ret);
    RegCloseKey(root);
    return status;
}

/* The root first, since a key is made with its options as far up as there is none: nothing that is
 * to be kept could be made beside a volatile one. */
static mpr_status open_own(const WCHAR *path, DWORD options, HKEY *ret)
{
    mpr_status status;
    HKEY root;

    *ret = NULL;
    status = open_root(KEY_CREATE_SUB_KEY, true, &root);
    if (status != ST_OK) return status;
    status = registry_create_protected(root, path, options, NULL, ret);
    RegCloseKey(root);
    return status;
}

mpr_status registry_open_protected(const WCHAR *path, HKEY *ret)
{
    return open_own(path, REG_OPTION_NON_VOLATILE, ret);
}

mpr_status registry_open_volatile(const WCHAR *path, HKEY *ret)
{
    return open_own(path, REG_OPTION_VOLATILE, ret);
}

mpr_status registry_create_new(const WCHAR *path, HKEY *ret)
{
    DWORD disposition = 0;
    mpr_status status;
    HKEY root;

    *ret = NULL;
    status = open_root(KEY_CREATE_SUB_KEY, true, &root);
    if (status != ST_OK) return status;
    status = (mpr_status)RegCreateKeyExW(root, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                                         KEY_ALL_ACCESS, NULL, ret, &disposition);
    RegCloseKey(root);
    if (status != ST_OK || disposition == REG_CREATED_NEW_KEY) return status;
    RegCloseKey(*ret);
    *ret = NULL;
    return ST_ALREADY_EXISTS;
}

mpr_status registry_get_dword(HKEY key, const WCHAR *name, DWORD *ret)
{
    DWORD type = 0, value = 0, size = sizeof(value);
    LONG rc = RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size);

    if (rc == ERROR_MORE_DATA) return ST_INVALID_DATA;
    if (rc != NO_ERROR) return (mpr_status)rc;
    if (type != REG_DWORD || size != sizeof(value)) return ST_INVALID_DATA;
    *ret = value;
    return ST_OK;
}

mpr_status registry_set_dword(HKEY key, const WCHAR *name, DWORD value)
{
    return (mpr_status)RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
}

/* Most values are small: one query instead of two. ERROR_MORE_DATA: this one is not. */
static mpr_status read_small(HKEY key, const WCHAR *name, size_t spare, DWORD *ret_type,
                             uint8_t **ret, DWORD *ret_size)
{
    uint8_t data[SMALL_BYTES];
    DWORD size = sizeof(data);
    LONG rc = RegQueryValueExW(key, name, NULL, ret_type, data, &size);

    if (rc != NO_ERROR) return (mpr_status)rc;
    *ret = mem_alloc(size + spare);
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    memcpy(*ret, data, size);
    *ret_size = size;
    return ST_OK;
}

/* Reads a value of any size with spare zero bytes behind it. Another writer may make it grow
 * between the two queries, hence the loop. */
static mpr_status read_large(HKEY key, const WCHAR *name, size_t spare, DWORD *ret_type,
                             uint8_t **ret, DWORD *ret_size)
{
    for (int attempt = 0; attempt < 4; attempt++) {
        DWORD size = 0;
        LONG rc = RegQueryValueExW(key, name, NULL, ret_type, NULL, &size);
        uint8_t *data;

        if (rc != NO_ERROR) return (mpr_status)rc;
        if (size > VALUE_MAX_BYTES) return ST_INVALID_DATA;
        data = mem_alloc(size + spare);
        if (!data) return ST_NOT_ENOUGH_MEMORY;
        rc = RegQueryValueExW(key, name, NULL, ret_type, data, &size);
        if (rc == NO_ERROR) {
            *ret = data;
            *ret_size = size;
            return ST_OK;
        }
        mem_free(data);
        if (rc != ERROR_MORE_DATA) return (mpr_status)rc;
    }
    return ST_MORE_DATA;
}

static mpr_status read_value(HKEY key, const WCHAR *name, size_t spare, DWORD *ret_type,
                             uint8_t **ret, DWORD *ret_size)
{
    mpr_status status = read_small(key, name, spare, ret_type, ret, ret_size);

    if (status != ERROR_MORE_DATA) return status;
    return read_large(key, name, spare, ret_type, ret, ret_size);
}

mpr_status registry_get_text(HKEY key, const WCHAR *name, WCHAR **ret)
{
    DWORD type = 0, size = 0;
    uint8_t *data = NULL;
    mpr_status status = read_value(key, name, 3 * sizeof(WCHAR), &type, &data, &size);

    if (status != ST_OK) return status;
    if ((type != REG_SZ && type != REG_EXPAND_SZ && type != REG_MULTI_SZ) || size % sizeof(WCHAR)) {
        mem_free(data);
        return ST_INVALID_DATA;
    }
    *ret = (WCHAR *)(void *)data;
    return ST_OK;
}

mpr_status registry_set_text(HKEY key, const WCHAR *name, DWORD type, const WCHAR *text)
{
    size_t units = 0;

    if (!text) {
        LONG rc = RegDeleteValueW(key, name);
        return rc == ERROR_FILE_NOT_FOUND ? ST_OK : (mpr_status)rc;
    }
    if (type == REG_MULTI_SZ) {
        /* A caller's empty list may end with one terminator, behind which nothing may be read. */
        if (!*text) text = L"\0";
        while (text[units]) units += wcslen(text + units) + 1;
        units += units ? 1 : 2;
    } else {
        units = wcslen(text) + 1;
    }
    return (mpr_status)RegSetValueExW(key, name, 0, type, (const BYTE *)text,
                                      (DWORD)(units * sizeof(WCHAR)));
}

mpr_status registry_get_blob(HKEY key, const WCHAR *name, struct blob *ret)
{
    DWORD type = 0, size = 0;
    uint8_t *data = NULL;
    mpr_status status = read_value(key, name, 0, &type, &data, &size);

    if (status != ST_OK) return status;
    if (type != REG_BINARY) {
        mem_free(data);
        return ST_INVALID_DATA;
    }
    blob_free(ret);
    if (size) {
        ret->data = data;
        ret->size = size;
    } else {
        mem_free(data);
    }
    return ST_OK;
}

mpr_status registry_set_blob(HKEY key, const WCHAR *name, const void *data, size_t size)
{
    if (size > VALUE_MAX_BYTES) return ST_INVALID_PARAMETER;
    return (mpr_status)RegSetValueExW(key, name, 0, REG_BINARY, data, (DWORD)size);
}

/* "0", "1", ... without sign or leading zero; what else is below the key is none of ours. */
static bool parse_number(const WCHAR *name, DWORD *ret)
{
    uint64_t value = 0;

    if (!*name || (name[0] == L'0' && name[1])) return false;
    for (; *name; name++) {
        if (*name < L'0' || *name > L'9') return false;
        value = value * 10 + (uint64_t)(*name - L'0');
        if (value > UINT32_MAX) return false;
    }
    *ret = (DWORD)value;
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    DWORD x = *(const DWORD *)a, y = *(const DWORD *)b;

    return x < y ? -1 : x > y;
}

mpr_status registry_numbers(HKEY key, DWORD **ret, DWORD *ret_count)
{
    DWORD *list = NULL, used = 0, capacity = 0;

    for (DWORD index = 0;; index++) {
        WCHAR name[256];
        DWORD units = 256, number;
        LONG rc = RegEnumKeyExW(key, index, name, &units, NULL, NULL, NULL, NULL);

        if (rc == ERROR_NO_MORE_ITEMS) break;
        if (rc != NO_ERROR) {
            mem_free(list);
            return (mpr_status)rc;
        }
        if (!parse_number(name, &number)) continue;
        if (used == capacity) {
            DWORD more = capacity ? capacity * 2 : 64;
            DWORD *bigger = mem_grow(list, capacity, more, sizeof(*list));
            if (!bigger) {
                mem_free(list);
                return ST_NOT_ENOUGH_MEMORY;
            }
            list = bigger;
            capacity = more;
        }
        list[used++] = number;
    }
    if (used) qsort(list, used, sizeof(*list), compare_numbers);
    *ret = list;
    *ret_count = used;
    return ST_OK;
}

mpr_status registry_stamp(HKEY key, struct registry_stamp *ret)
{
    return (mpr_status)RegQueryInfoKeyW(key, NULL, NULL, NULL, &ret->keys, NULL, NULL, NULL, NULL,
                                        NULL, NULL, &ret->written);
}

bool registry_stamp_is(HKEY key, const struct registry_stamp *stamp)
{
    struct registry_stamp now;

    return registry_stamp(key, &now) == ST_OK && now.keys == stamp->keys &&
           CompareFileTime(&now.written, &stamp->written) == 0;
}

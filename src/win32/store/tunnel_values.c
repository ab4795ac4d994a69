#include "win32/store/tunnel_values.h"

#include <stdio.h>

#include "base/mem.h"
#include "win32/sys/registry.h"

DWORD stored_dword(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value = otherwise;

    return registry_get_dword(key, name, &value) ? otherwise : value;
}

mpr_status store_bytes(HKEY key, const WCHAR *name, const void *data, size_t size)
{
    LSTATUS rc;

    if (size) return registry_set_blob(key, name, data, size);
    rc = RegDeleteValueW(key, name);
    return rc == ERROR_FILE_NOT_FOUND ? ST_OK : (mpr_status)rc;
}

mpr_status stored_bytes(HKEY key, const WCHAR *name, struct blob *ret)
{
    mpr_status status = registry_get_blob(key, name, ret);

    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* ---- policies ------------------------------------------------------------------------------- */

/* The greatest numbers of the enumerations in iketypes.h and ipsectypes.h (MS-RRASM 2.2.3.2). */
static const struct {
    const WCHAR *name;
    DWORD otherwise, least, most;
} fields_of_policy[POLICY_FIELDS] = {
    {L"IntegrityMethod", 2, 0, 3},
    {L"EncryptionMethod", 4, 0, 6},
    {L"CipherTransformConstant", 2, 1, 8},
    {L"AuthTransformConstant", 2, 0, 5},
    {L"PfsGroup", 3, 0, 7},
    {L"DHGroup", 2, 0, 6},
};

bool policy_valid(const DWORD *fields)
{
    for (int i = 0; i < POLICY_FIELDS; i++) {
        if (fields[i] < fields_of_policy[i].least || fields[i] > fields_of_policy[i].most)
            return false;
    }
    return true;
}

void policy_read(HKEY key, const WCHAR *name, struct tunnel_policy *ret)
{
    HKEY policy;

    ret->given = registry_open_below(key, name, KEY_READ, false, &policy) == ST_OK;
    if (!ret->given) return;
    for (int i = 0; i < POLICY_FIELDS; i++)
        ret->fields[i] =
            stored_dword(policy, fields_of_policy[i].name, fields_of_policy[i].otherwise);
    RegCloseKey(policy);
}

static mpr_status delete_below(HKEY key, const WCHAR *name)
{
    LSTATUS rc = RegDeleteTreeW(key, name);

    return rc == ERROR_FILE_NOT_FOUND ? ST_OK : (mpr_status)rc;
}

mpr_status policy_write(HKEY key, const WCHAR *name, const struct tunnel_policy *p)
{
    HKEY policy;
    mpr_status status;

    if (!p->given) return delete_below(key, name);
    status = registry_open_below(key, name, KEY_ALL_ACCESS, true, &policy);
    if (status != ST_OK) return status;
    for (int i = 0; i < POLICY_FIELDS && !status; i++)
        status = registry_set_dword(policy, fields_of_policy[i].name, p->fields[i]);
    RegCloseKey(policy);
    return status;
}

/* ---- lists ---------------------------------------------------------------------------------- */

#define LIST_MAX 1000u /* what names of three digits and a zero can count */

static mpr_status read_item(HKEY list, DWORD n, const WCHAR *value, struct blob *ret)
{
    WCHAR name[16];
    mpr_status status;
    HKEY key;

    _snwprintf(name, ARRAYSIZE(name), L"%04lu", n);
    status = registry_open_below(list, name, KEY_READ, false, &key);
    if (status != ST_OK) return status;
    status = registry_get_blob(key, value, ret);
    RegCloseKey(key);
    return status;
}

void blob_list_free(struct blob_list *list)
{
    for (DWORD i = 0; i < list->count; i++) blob_free(&list->blobs[i]);
    mem_free(list->blobs);
    *list = (struct blob_list){NULL, 0};
}

/* Up to the first that is missing or empty. */
static mpr_status read_items(HKEY items, const WCHAR *value, struct blob_list *ret)
{
    mpr_status status = ST_OK;

    while (!status && ret->count < LIST_MAX) {
        struct blob *next = &ret->blobs[ret->count];

        status = read_item(items, ret->count, value, next);
        if (status || !next->size) break;
        ret->count++;
    }
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

mpr_status blob_list_read(HKEY key, const WCHAR *list, const WCHAR *value, struct blob_list *ret)
{
    mpr_status status = ST_NOT_ENOUGH_MEMORY;
    HKEY items;

    *ret = (struct blob_list){NULL, 0};
    if (registry_open_below(key, list, KEY_READ, false, &items)) return ST_OK;
    ret->blobs = mem_alloc_array(LIST_MAX, sizeof(*ret->blobs));
    if (ret->blobs) status = read_items(items, value, ret);
    RegCloseKey(items);
    if (status != ST_OK) blob_list_free(ret);
    return status;
}

static mpr_status write_item(HKEY list, DWORD n, const WCHAR *value, const struct blob *blob)
{
    WCHAR name[16];
    mpr_status status;
    HKEY key;

    _snwprintf(name, ARRAYSIZE(name), L"%04lu", n);
    status = registry_open_below(list, name, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = registry_set_blob(key, value, blob->data, blob->size);
    RegCloseKey(key);
    return status;
}

mpr_status blob_list_write(HKEY key, const WCHAR *list, const WCHAR *value,
                           const struct blob_list *blobs)
{
    mpr_status status = delete_below(key, list);
    HKEY items;

    if (status || !blobs->count) return status;
    if (blobs->count > LIST_MAX) return ST_INVALID_PARAMETER;
    status = registry_open_below(key, list, KEY_ALL_ACCESS, true, &items);
    if (status != ST_OK) return status;
    for (DWORD n = 0; n < blobs->count && !status; n++)
        status = write_item(items, n, value, &blobs->blobs[n]);
    RegCloseKey(items);
    return status;
}

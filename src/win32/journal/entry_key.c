#include "win32/journal/entry_key.h"

#include <wchar.h>

#include "base/trace.h"
#include "win32/sys/registry.h"

#define OF_A_NEW_KEY_MAX 4

/* What a new key has before it counts; of an interface's, always the first one and before the
 * others (config_interface_create). */
static const struct {
    const WCHAR *mark;
    const WCHAR *of_a_new_key[OF_A_NEW_KEY_MAX];
    bool first_is_first;
} kinds[] = {
    [ENTRY_INTERFACE] = {L"InterfaceName", {L"Enabled", L"DialOutHours", L"Type"}, true},
    [ENTRY_TRANSPORT] = {L"ProtocolId",
                         {L"InterfaceInfo", L"GlobalInfo", L"GlobalInterfaceInfo", L"DLLPath"},
                         false},
};

const WCHAR *entry_mark(enum entry_kind kind)
{
    return kinds[kind].mark;
}

bool entry_mark_counts(enum entry_kind kind, DWORD type, const void *data, size_t size)
{
    WCHAR first = 0;
    DWORD id = 0;

    if (kind == ENTRY_TRANSPORT) {
        if (type == REG_DWORD && size == sizeof(id)) memcpy(&id, data, sizeof(id));
        return id != 0;
    }
    if (size >= sizeof(first)) memcpy(&first, data, sizeof(first));
    return first != 0;
}

/* ---- what was left --------------------------------------------------------------------------- */

static bool has_value(HKEY key, const WCHAR *name)
{
    return RegQueryValueExW(key, name, NULL, NULL, NULL, NULL) == ERROR_SUCCESS;
}

/* It has no mark: nothing is below it, and nobody else has put anything into it. */
static bool is_only_begun(HKEY key, enum entry_kind kind)
{
    DWORD keys, values, known = 0;

    if (RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL))
        return false;
    if (values && kinds[kind].first_is_first && !has_value(key, kinds[kind].of_a_new_key[0]))
        return false;
    for (size_t i = 0; i < OF_A_NEW_KEY_MAX && kinds[kind].of_a_new_key[i]; i++)
        known += has_value(key, kinds[kind].of_a_new_key[i]);
    return keys == 0 && values == known;
}

bool entry_is_left(HKEY key, enum entry_kind kind)
{
    WCHAR value[2] = {0};
    DWORD type = 0, size = sizeof(value);
    LSTATUS rc = RegQueryValueExW(key, kinds[kind].mark, NULL, &type, (BYTE *)value, &size);

    if (rc == ERROR_FILE_NOT_FOUND) return is_only_begun(key, kind);
    if (rc != ERROR_SUCCESS) return false; /* too long to be empty, or not to be read */
    return kind == ENTRY_TRANSPORT
               ? type == REG_DWORD && size == sizeof(DWORD) && !value[0] && !value[1]
               : type == REG_SZ && !value[0];
}

bool entry_is_left_below(HKEY parent, const WCHAR *name, enum entry_kind kind)
{
    bool left;
    HKEY key;

    if (registry_open_below(parent, name, KEY_READ, false, &key) != ST_OK) return false;
    left = entry_is_left(key, kind);
    RegCloseKey(key);
    return left;
}

/* ---- deleting -------------------------------------------------------------------------------- */

static mpr_status unmark(HKEY key, enum entry_kind kind)
{
    return kind == ENTRY_TRANSPORT ? registry_set_dword(key, kinds[kind].mark, 0)
                                   : registry_set_text(key, kinds[kind].mark, REG_SZ, L"");
}

/* *ret_below: whether there are keys below it, which go one by one. One that has none, or that
 * nobody can look into, stays marked. */
static mpr_status unmark_below(HKEY parent, const WCHAR *name, enum entry_kind kind,
                               bool *ret_below)
{
    struct registry_stamp stamp;
    mpr_status status;
    HKEY key;

    *ret_below = false;
    status = registry_open_below(parent, name, KEY_READ | KEY_SET_VALUE, false, &key);
    if (status != ST_OK) return status;
    status = registry_stamp(key, &stamp);
    *ret_below = stamp.keys != 0;
    if (status == ST_OK && *ret_below) status = unmark(key, kind);
    RegCloseKey(key);
    return status;
}

mpr_status entry_delete(HKEY parent, const WCHAR *name, enum entry_kind kind, bool *ret_left)
{
    bool below;
    mpr_status status = unmark_below(parent, name, kind, &below);

    if (ret_left) *ret_left = false;
    if (status != ST_OK) return status;
    if (!below) return (mpr_status)RegDeleteKeyW(parent, name);
    status = (mpr_status)RegDeleteTreeW(parent, name);
    if (status == ST_OK) return ST_OK;
    if (ret_left) *ret_left = true;
    TRACE(WARNING, "configuration: the key of what was deleted stays: %s (error %u)",
          trace_u16((const char16_t *)name).text, status);
    return ST_OK;
}

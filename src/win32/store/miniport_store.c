/* Ports of the WAN miniports. More than one key may have the same component: all are written, and
 * the last one counts. */
#include "win32/store/miniport_store.h"

#include <stdio.h>

#include "base/utf16.h"
#include "win32/store/tunnel_values.h"
#include "win32/sys/registry.h"

#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"
#define DEFAULT_LIMIT 1000u
#define CLASS_NUMBERS 10000u

enum { FOR_RAS = 1, FOR_ROUTING = 2 };

static const struct kind {
    const WCHAR *component, *description; /* NULL: below Parameters\GRE */
    struct miniport fresh;                /* Server 2008 starts with 128 ports of each */
    DWORD most;
    DWORD flags; /* that are allowed */
} kinds[MINIPORT_KINDS] = {
    [MINIPORT_PPTP] = {L"ms_pptpminiport", L"WAN Miniport (PPTP)", {128, 3}, 16384, 3},
    [MINIPORT_L2TP] = {L"ms_l2tpminiport", L"WAN Miniport (L2TP)", {128, 3}, 30000, 3},
    [MINIPORT_SSTP] = {L"ms_sstpminiport", L"WAN Miniport (SSTP)", {128, 1}, 30000, 1},
    [MINIPORT_IKEV2] = {L"ms_agilevpnminiport", L"WAN Miniport (IKEv2)", {128, 3}, 30000, 3},
    [MINIPORT_GRE] = {NULL, NULL, {128, 2}, 30000, 3},
};

/* ---- keys ----------------------------------------------------------------------------------- */

/* The component is looked at in key; calls act for each key that is one of kind. */
typedef mpr_status miniport_fn(HKEY key, const WCHAR *name, void *context);

static bool has_component(HKEY key, const WCHAR *component)
{
    WCHAR text[64];
    DWORD size = sizeof(text);

    return RegGetValueW(key, NULL, L"ComponentId", RRF_RT_REG_SZ, NULL, text, &size) ==
               ERROR_SUCCESS &&
           u16_equal_nocase(text, component);
}

static mpr_status visit(HKEY class_key, const WCHAR *name, const WCHAR *component, REGSAM access,
                        miniport_fn *act, void *context, DWORD *count)
{
    mpr_status status = ST_OK;
    HKEY key;

    if (RegOpenKeyExW(class_key, name, 0, access, &key) != ERROR_SUCCESS) return ST_OK;
    if (has_component(key, component)) {
        status = act(key, name, context);
        ++*count;
    }
    RegCloseKey(key);
    return status;
}

/* *ret_count: keys of that component. */
static mpr_status each_miniport(HKEY class_key, const WCHAR *component, REGSAM access,
                                miniport_fn *act, void *context, DWORD *ret_count)
{
    mpr_status status = ST_OK;
    WCHAR name[16];

    *ret_count = 0;
    for (DWORD i = 0; status == ST_OK; i++) {
        DWORD size = ARRAYSIZE(name);
        LSTATUS rc = RegEnumKeyExW(class_key, i, name, &size, NULL, NULL, NULL, NULL);

        if (rc == ERROR_SUCCESS)
            status = visit(class_key, name, component, access, act, context, ret_count);
        else if (rc != ERROR_MORE_DATA) /* "Properties" and the like are longer */
            break;
    }
    return status;
}

/* ---- reading -------------------------------------------------------------------------------- */

struct reading {
    struct miniport ports;
    DWORD limit;
};

static mpr_status read_key(HKEY key, const WCHAR *name, void *context)
{
    struct reading *r = context;
    DWORD ras = stored_dword(key, L"EnableForRas", r->ports.flags & FOR_RAS);
    DWORD routing = stored_dword(key, L"EnableForRouting", r->ports.flags & FOR_ROUTING);

    (void)name;
    r->ports.count = stored_dword(key, L"WanEndpoints", r->ports.count);
    r->ports.flags = (ras ? FOR_RAS : 0u) | (routing ? FOR_ROUTING : 0u);
    r->limit = stored_dword(key, L"MaxWanEndpoints", r->limit);
    return ST_OK;
}

static void read_keys(const WCHAR *component, struct reading *r)
{
    DWORD count;
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLASS_KEY, 0, KEY_READ, &key)) return;
    each_miniport(key, component, KEY_READ, read_key, r, &count);
    RegCloseKey(key);
}

void miniport_keys_read(const WCHAR *component, struct miniport *ret, DWORD *limit)
{
    struct reading reading = {*ret, *limit};

    read_keys(component, &reading);
    *ret = reading.ports;
    *limit = reading.limit;
}

static void read_kind(enum miniport_kind kind, struct reading *ret)
{
    HKEY key;

    ret->ports = kinds[kind].fresh;
    ret->limit = DEFAULT_LIMIT;
    if (kinds[kind].component) {
        read_keys(kinds[kind].component, ret);
    } else if (!registry_open(L"Parameters\\GRE", KEY_READ, false, &key)) {
        read_key(key, NULL, ret);
        RegCloseKey(key);
    }
}

void miniport_read(enum miniport_kind kind, struct miniport *ret)
{
    struct reading reading;

    read_kind(kind, &reading);
    *ret = reading.ports;
}

bool miniport_valid(enum miniport_kind kind, const struct miniport *ports)
{
    return ports->count && ports->count <= kinds[kind].most && !(ports->flags & ~kinds[kind].flags);
}

/* ---- limits --------------------------------------------------------------------------------- */

static DWORD limits[MINIPORT_KINDS];

static BOOL CALLBACK read_limits(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    for (int kind = 0; kind < MINIPORT_KINDS; kind++) {
        struct reading reading;

        read_kind((enum miniport_kind)kind, &reading);
        limits[kind] = reading.limit;
    }
    return TRUE;
}

static DWORD limit_at_start(enum miniport_kind kind)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

    InitOnceExecuteOnce(&once, read_limits, NULL, NULL);
    return limits[kind];
}

/* ---- writing -------------------------------------------------------------------------------- */

static mpr_status write_key(HKEY key, const WCHAR *name, void *context)
{
    const struct miniport *ports = context;
    DWORD limit = stored_dword(key, L"MaxWanEndpoints", DEFAULT_LIMIT);
    mpr_status status = ST_OK;

    (void)name;
    /* First the limit, so that never more ports than it stand there. */
    if (ports->count > limit) status = registry_set_dword(key, L"MaxWanEndpoints", ports->count);
    if (status == ST_OK) status = registry_set_dword(key, L"WanEndpoints", ports->count);
    if (status == ST_OK)
        status = registry_set_dword(key, L"EnableForRas", ports->flags & FOR_RAS ? 1 : 0);
    if (status == ST_OK)
        status = registry_set_dword(key, L"EnableForRouting", ports->flags & FOR_ROUTING ? 1 : 0);
    return status;
}

/* A key under the lowest free number. */
static mpr_status new_key(HKEY class_key, const struct kind *kind, HKEY *ret)
{
    DWORD disposition = REG_OPENED_EXISTING_KEY;
    mpr_status status = ST_OK;
    WCHAR name[16];

    for (DWORD n = 0; n < CLASS_NUMBERS && disposition != REG_CREATED_NEW_KEY; n++) {
        _snwprintf(name, ARRAYSIZE(name), L"%04lu", n);
        status = (mpr_status)RegCreateKeyExW(class_key, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, ret,
                                             &disposition);
        if (status != ST_OK) return status;
        if (disposition != REG_CREATED_NEW_KEY) RegCloseKey(*ret);
    }
    if (disposition != REG_CREATED_NEW_KEY) return ST_CAN_NOT_COMPLETE;
    status = registry_set_text(*ret, L"DriverDesc", REG_SZ, kind->description);
    if (status == ST_OK) status = registry_set_text(*ret, L"ComponentId", REG_SZ, kind->component);
    if (status != ST_OK) RegCloseKey(*ret);
    return status;
}

static mpr_status write_component(const struct kind *kind, struct miniport *ports)
{
    DWORD count = 0;
    HKEY class_key, key;
    mpr_status status = (mpr_status)RegCreateKeyExW(HKEY_LOCAL_MACHINE, CLASS_KEY, 0, NULL, 0,
                                                    KEY_ALL_ACCESS, NULL, &class_key, NULL);

    if (status != ST_OK) return status;
    status = each_miniport(class_key, kind->component, KEY_ALL_ACCESS, write_key, ports, &count);
    if (!status && !count) {
        status = new_key(class_key, kind, &key);
        if (status == ST_OK) {
            status = write_key(key, NULL, ports);
            RegCloseKey(key);
        }
    }
    RegCloseKey(class_key);
    return status;
}

mpr_status miniport_write(enum miniport_kind kind, const struct miniport *ports)
{
    DWORD limit = limit_at_start(kind);
    struct miniport copy = *ports;
    mpr_status status;
    HKEY key;

    if (kinds[kind].component) {
        status = write_component(&kinds[kind], &copy);
    } else {
        status = registry_open(L"Parameters\\GRE", KEY_ALL_ACCESS, true, &key);
        if (status == ST_OK) {
            status = write_key(key, NULL, &copy);
            RegCloseKey(key);
        }
    }
    return !status && ports->count > limit ? SERVER_REBOOT_REQUIRED : status;
}

/* ---- what a write will touch ---------------------------------------------------------------- */

#define GRE_KEY REGISTRY_ROOT L"\\Parameters\\GRE"

static mpr_status change_path(struct config_change *change, const WCHAR *path)
{
    static const WCHAR *const names[] = {L"MaxWanEndpoints", L"WanEndpoints", L"EnableForRas",
                                         L"EnableForRouting"};

    return config_change_values(change, path, names, ARRAYSIZE(names));
}

static mpr_status change_key(HKEY key, const WCHAR *name, void *context)
{
    WCHAR path[ARRAYSIZE(CLASS_KEY) + 16];

    (void)key;
    _snwprintf(path, ARRAYSIZE(path), CLASS_KEY L"\\%ls", name);
    return change_path(context, path);
}

/* The key that new_key will make, when it is the skip-th one to be made. */
static mpr_status change_new_key(struct config_change *change, DWORD skip)
{
    for (DWORD n = 0; n < CLASS_NUMBERS; n++) {
        WCHAR path[ARRAYSIZE(CLASS_KEY) + 16];
        HKEY key;

        _snwprintf(path, ARRAYSIZE(path), CLASS_KEY L"\\%04lu", n);
        if (!RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key))
            RegCloseKey(key);
        else if (!skip--)
            return config_change_key(change, path);
    }
    return ST_CAN_NOT_COMPLETE;
}

mpr_status miniport_change(enum miniport_kind kind, struct config_change *change, DWORD *fresh)
{
    mpr_status status = ST_OK;
    DWORD count = 0;
    HKEY key;

    if (!kinds[kind].component) return change_path(change, GRE_KEY);
    if (!RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLASS_KEY, 0, KEY_READ, &key)) {
        status = each_miniport(key, kinds[kind].component, KEY_READ, change_key, change, &count);
        RegCloseKey(key);
    }
    return status || count ? status : change_new_key(change, (*fresh)++);
}

/* Subkeys NNNN of the class of network adapters. Wine has no miniports; an administrator (or
 * MprAdminServerSetInfo) makes the keys there. */
#include "win32/port_config.h"

#include "win32/windows_api.h"

#include "base/utf16.h"

#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"

#define COUNT_MAX 30000u

static const struct {
    const char16_t *component;
    struct port_setup fresh;
} rows[PORT_KINDS] = {
    [PORT_PPTP] = {u"ms_pptpminiport", {128, PORT_FOR_RAS | PORT_FOR_ROUTING}},
    [PORT_L2TP] = {u"ms_l2tpminiport", {128, PORT_FOR_RAS | PORT_FOR_ROUTING}},
    [PORT_SSTP] = {u"ms_sstpminiport", {128, PORT_FOR_RAS}},
    [PORT_IKEV2] = {u"ms_agilevpnminiport", {128, PORT_FOR_RAS | PORT_FOR_ROUTING}},
    [PORT_PPPOE] = {u"ms_pppoeminiport", {0, PORT_FOR_ROUTING}},
};

static DWORD read_dword(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value, size = sizeof(value);

    if (RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size)) return otherwise;
    return value;
}

static void read_setup(HKEY key, struct port_setup *ret)
{
    DWORD ras = read_dword(key, L"EnableForRas", ret->flags & PORT_FOR_RAS);
    DWORD routing = read_dword(key, L"EnableForRouting", ret->flags & PORT_FOR_ROUTING);
    DWORD limit = read_dword(key, L"MaxWanEndpoints", COUNT_MAX);

    ret->count = read_dword(key, L"WanEndpoints", ret->count);
    if (limit > COUNT_MAX) limit = COUNT_MAX;
    if (ret->count > limit) ret->count = limit;
    ret->flags = (ras ? PORT_FOR_RAS : 0u) | (routing ? PORT_FOR_ROUTING : 0u);
}

static void read_miniport(HKEY class_key, const WCHAR *name, struct port_setup *ret)
{
    WCHAR component[64];
    DWORD size = sizeof(component);
    HKEY key;

    if (RegOpenKeyExW(class_key, name, 0, KEY_READ, &key)) return;
    if (!RegGetValueW(key, NULL, L"ComponentId", RRF_RT_REG_SZ, NULL, component, &size)) {
        for (size_t kind = 0; kind < PORT_KINDS; kind++) {
            if (u16_equal_nocase((const char16_t *)component, rows[kind].component))
                read_setup(key, &ret[kind]);
        }
    }
    RegCloseKey(key);
}

void port_config_read(struct port_setup ret[PORT_KINDS])
{
    WCHAR name[16];
    HKEY key;

    for (size_t kind = 0; kind < PORT_KINDS; kind++) ret[kind] = rows[kind].fresh;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLASS_KEY, 0, KEY_READ, &key)) return;
    for (DWORD i = 0;; i++) {
        DWORD size = ARRAYSIZE(name);
        LSTATUS status = RegEnumKeyExW(key, i, name, &size, NULL, NULL, NULL, NULL);

        if (status == ERROR_SUCCESS)
            read_miniport(key, name, ret);
        else if (status != ERROR_MORE_DATA) /* "Properties" and the like are longer */
            break;
    }
    RegCloseKey(key);
}

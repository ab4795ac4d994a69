/* Ports are set up per WAN miniport, below the class key of network adapters: subkeys NNNN with
 * ComponentId, WanEndpoints, EnableForRas and EnableForRouting (MS-RRASM 2.2.3.4). Wine has no WAN
 * miniports, so there the defaults stand unless somebody makes the keys.
 */
#include "api/server_ports.h"

#include "base/utf16.h"

#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"

/* MPR_ENABLE_RAS_ON_DEVICE, MPR_ENABLE_ROUTING_ON_DEVICE; an old mprapi.h lacks them. */
enum { FOR_RAS = 1, FOR_ROUTING = 2 };

/* Server 2008 starts with 128 ports of each; SSTP takes remote access clients only. */
static const struct server_ports defaults = {
    {128, FOR_RAS | FOR_ROUTING}, {128, FOR_RAS | FOR_ROUTING}, {128, FOR_RAS}};

static DWORD read_dword(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value, size = sizeof(value);

    if (RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size) != ERROR_SUCCESS)
        return otherwise;
    return value;
}

static void read_port_class(HKEY key, struct port_class *ret)
{
    DWORD ras = read_dword(key, L"EnableForRas", ret->flags & FOR_RAS);
    DWORD routing = read_dword(key, L"EnableForRouting", ret->flags & FOR_ROUTING);

    ret->count = read_dword(key, L"WanEndpoints", ret->count);
    ret->flags = (ras ? FOR_RAS : 0u) | (routing ? FOR_ROUTING : 0u);
}

static void read_miniport(HKEY class_key, const WCHAR *name, struct server_ports *ports)
{
    const struct {
        const WCHAR *component;
        struct port_class *target;
    } rows[] = {{L"ms_pptpminiport", &ports->pptp},
                {L"ms_l2tpminiport", &ports->l2tp},
                {L"ms_sstpminiport", &ports->sstp}};
    WCHAR component[64];
    DWORD size = sizeof(component);
    HKEY key;

    if (RegOpenKeyExW(class_key, name, 0, KEY_READ, &key) != ERROR_SUCCESS) return;
    if (RegGetValueW(key, NULL, L"ComponentId", RRF_RT_REG_SZ, NULL, component, &size) ==
        ERROR_SUCCESS) {
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            if (u16_equal_nocase(component, rows[i].component))
                read_port_class(key, rows[i].target);
        }
    }
    RegCloseKey(key);
}

void server_ports_read(struct server_ports *ret)
{
    WCHAR name[16];
    HKEY key;

    *ret = defaults;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLASS_KEY, 0, KEY_READ, &key) != ERROR_SUCCESS) return;
    for (DWORD i = 0;; i++) {
        DWORD size = (DWORD)(sizeof(name) / sizeof(name[0]));
        LSTATUS status = RegEnumKeyExW(key, i, name, &size, NULL, NULL, NULL, NULL);

        if (status == ERROR_SUCCESS)
            read_miniport(key, name, ret);
        else if (status != ERROR_MORE_DATA) /* "Properties" and the like are longer */
            break;
    }
    RegCloseKey(key);
}

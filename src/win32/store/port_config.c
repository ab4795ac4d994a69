/* Subkeys NNNN of the class of network adapters. Wine has no miniports; an administrator (or
 * MprAdminServerSetInfo) makes the keys there. */
#include "win32/store/port_config.h"

#include "win32/store/miniport_store.h"

#define COUNT_MAX 30000u

static const struct {
    const WCHAR *component;
    struct port_setup fresh;
} rows[PORT_KINDS] = {
    [PORT_PPTP] = {L"ms_pptpminiport", {128, PORT_FOR_RAS | PORT_FOR_ROUTING}},
    [PORT_L2TP] = {L"ms_l2tpminiport", {128, PORT_FOR_RAS | PORT_FOR_ROUTING}},
    [PORT_SSTP] = {L"ms_sstpminiport", {128, PORT_FOR_RAS}},
    [PORT_IKEV2] = {L"ms_agilevpnminiport", {128, PORT_FOR_RAS | PORT_FOR_ROUTING}},
    [PORT_PPPOE] = {L"ms_pppoeminiport", {0, PORT_FOR_ROUTING}},
};

void port_config_read(struct port_setup ret[PORT_KINDS])
{
    for (size_t kind = 0; kind < PORT_KINDS; kind++) {
        struct miniport ports = {rows[kind].fresh.count, rows[kind].fresh.flags};
        DWORD limit = COUNT_MAX;

        miniport_keys_read(rows[kind].component, &ports, &limit);
        if (limit > COUNT_MAX) limit = COUNT_MAX;
        ret[kind].count = ports.count < limit ? ports.count : limit;
        ret[kind].flags = ports.flags;
    }
}

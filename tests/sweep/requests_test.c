/* Calls that no sweep can make, since they leave something behind: creating interfaces that stay,
 * on a router that has some stored already. For counting requests only (requests.h). */
#include "sweep/requests.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "api/support/fixture.h"

enum { STORED = 20, BRANCHES = 40 };

static MPR_SERVER_HANDLE server;
static HANDLE handle, some, config, new_one, transport;
static LPVOID header;
static unsigned branches, others, lans, stored;

/* ---- the machine ----------------------------------------------------------------------------- */

static void stored_interfaces(void)
{
    for (unsigned n = 0; n < STORED; n++) {
        WCHAR path[32], name[32];

        _snwprintf(path, 32, L"Interfaces\\%u", n);
        _snwprintf(name, 32, L"Stored %u", n);
        fixture_set_text(path, L"InterfaceName", name);
        fixture_set_dword(path, L"Type", ROUTER_IF_TYPE_FULL_ROUTER);
        fixture_set_dword(path, L"Enabled", 1);
    }
}

static int entry(char *text, size_t size, const char *name, unsigned n, const char *device)
{
    return snprintf(text, size,
                    "[%s %u]\r\nType=2\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=%s\r\n"
                    "DEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n",
                    name, n, device);
}

static void phone_book(void)
{
    char text[40000];
    int used = 0;

    for (unsigned n = 0; n < STORED; n++)
        used += entry(text + used, sizeof(text) - (size_t)used, "Stored", n, "Test link");
    for (unsigned n = 0; n < BRANCHES; n++) {
        used += entry(text + used, sizeof(text) - (size_t)used, "Branch", n, "Test link");
        used += entry(text + used, sizeof(text) - (size_t)used, "Other", n, "No such link");
    }
    fixture_phonebook(text);
}

/* ---- the calls ------------------------------------------------------------------------------- */

static DWORD create(const WCHAR *name, unsigned n, ROUTER_INTERFACE_TYPE type)
{
    MPR_INTERFACE_0 info = {.dwIfType = type, .fEnabled = TRUE};

    _snwprintf(info.wszInterfaceName, 32, L"%ls %u", name, n);
    return MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle);
}

static void new_dialer(void)
{
    const struct fixture_dialer dialer = {.outcome = 0};
    WCHAR name[32];

    _snwprintf(name, 32, L"Branch %u", branches);
    fixture_dialer(name, &dialer);
}

static DWORD store(void)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};

    _snwprintf(info.wszInterfaceName, 32, L"New %u", stored++);
    return MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &new_one);
}

/* Between two such calls the registry has changed. */
static void store_one(void)
{
    assert_int_equal(store(), NO_ERROR);
}

static DWORD get_handle(void)
{
    WCHAR name[] = L"Stored 7";

    return MprAdminInterfaceGetHandle(server, name, &handle, FALSE);
}

CALL(store_next, store())
CALL(store_ip, MprConfigInterfaceTransportAdd(config, new_one, PID_IP, NULL, header,
                                              MprInfoBlockQuerySize(header), &transport))
CALL(create_lan, create(L"Lan", lans++, ROUTER_IF_TYPE_DEDICATED))
CALL(create_known, create(L"Branch", branches++, ROUTER_IF_TYPE_FULL_ROUTER))
CALL(create_unknown, create(L"Other", others++, ROUTER_IF_TYPE_FULL_ROUTER))
CALL(get_info, MprAdminInterfaceGetInfo(server, some, 0, RESULT))
CALL(get_entry, MprAdminInterfaceGetInfo(server, some, 2, RESULT))
CALL(reload, MprAdminInterfaceUpdatePhonebookInfo(server, some))

#define COUNT(name, prepare, call)              \
    {                                           \
        name, prepare, call, NO_ERROR, NULL, "" \
    }

static const struct scenario scenarios[] = {
    COUNT("MprAdminInterfaceCreate, LAN", NULL, create_lan),
    COUNT("MprAdminInterfaceCreate, demand-dial", NULL, create_known),
    COUNT("MprAdminInterfaceCreate, demand-dial without a device", NULL, create_unknown),
    COUNT("MprAdminInterfaceCreate, demand-dial with a new dialer key", new_dialer, create_known),
    COUNT("MprConfigInterfaceCreate, one more", NULL, store_next),
    COUNT("MprConfigInterfaceTransportAdd, one more", store_one, store_ip),
    COUNT("MprAdminInterfaceGetHandle, stored", NULL, get_handle),
    COUNT("MprAdminInterfaceGetInfo, stored, level 0", NULL, get_info),
    COUNT("MprAdminInterfaceGetInfo, stored, level 2", NULL, get_entry),
    COUNT("MprAdminInterfaceUpdatePhonebookInfo, stored", NULL, reload),
};

int main(void)
{
    const struct fixture_dialer dialer = {.outcome = 0};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_dialer(L"Test link", &dialer);
    stored_interfaces();
    phone_book();
    server = fixture_connect();
    if (get_handle() != NO_ERROR) return 1;
    some = handle;
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprInfoCreate(RTR_INFO_BLOCK_VERSION, &header), NO_ERROR);
    return requests_run_all(scenarios, sizeof(scenarios) / sizeof(scenarios[0]));
}

#include "api/support/fixture.h"

#include <wchar.h>

const ULONG_PTR fixture_garbage[] = {0,
                                     (ULONG_PTR)-1,
                                     1,
                                     4,
                                     UNTOUCHED,
                                     0x7fffffff,
                                     (ULONG_PTR)0x4000000000000001ULL,
                                     (ULONG_PTR)0xffffffff10000000ULL};
const size_t fixture_garbage_count = sizeof(fixture_garbage) / sizeof(fixture_garbage[0]);

MPR_SERVER_HANDLE fixture_connect(void)
{
    MPR_SERVER_HANDLE server = UNTOUCHED_HANDLE;

    assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
    assert_non_null(server);
    return server;
}

HANDLE fixture_dial_interface(MPR_SERVER_HANDLE server, const char *name,
                              const struct fixture_dialer *dialer)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    MultiByteToWideChar(CP_UTF8, 0, name, -1, info.wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1);
    fixture_entry(name);
    if (dialer) fixture_dialer(info.wszInterfaceName, dialer);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    assert_non_null(handle);
    return handle;
}

MPR_INTERFACE_0 fixture_info(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    MPR_INTERFACE_0 *info = UNTOUCHED_PTR, ret;

    assert_int_equal(MprAdminInterfaceGetInfo(server, router_interface, 0, (BYTE **)&info),
                     NO_ERROR);
    ret = *info;
    assert_int_equal(MprAdminBufferFree(info), NO_ERROR);
    return ret;
}

void fixture_wait_state(MPR_SERVER_HANDLE server, HANDLE router_interface,
                        ROUTER_CONNECTION_STATE state)
{
    for (int i = 0; i < 1000; i++) {
        if (fixture_info(server, router_interface).dwConnectionState == state) return;
        Sleep(10);
    }
    assert_int_equal(fixture_info(server, router_interface).dwConnectionState, state);
}

LPVOID fixture_header(void)
{
    LPVOID header = NULL;

    assert_int_equal(MprInfoCreate(RTR_INFO_BLOCK_VERSION, &header), NO_ERROR);
    return header;
}

LPVOID fixture_header_with(DWORD type, const void *data, DWORD size)
{
    LPVOID header = fixture_header(), bigger = NULL;

    assert_int_equal(MprInfoBlockAdd(header, type, size, 1, (BYTE *)(ULONG_PTR)data, &bigger),
                     NO_ERROR);
    MprInfoDelete(header);
    return bigger;
}

/* IPRIP_GLOBAL_CONFIG: logging, receive queue, send queue, triggered interval, no filter. */
static const DWORD rip_global[6] = {1, 1048576, 1048576, 5, 0, 0};

/* IPRIP_IF_CONFIG in demand mode: state, metric, mode, accept and announce version 2, flags,
 * expiration, removal, full update, no authentication, key (4), tag, no lists. */
static const DWORD rip_interface[21] = {0, 1, 1, 3, 3, 0, 180, 120, 30, 1};

LPVOID fixture_install_rip(MPR_SERVER_HANDLE server)
{
    LPVOID header = fixture_header_with(RIP_BLOCK, rip_global, sizeof(rip_global));
    DWORD status = MprAdminTransportCreate(server, PID_IP, NULL, header,
                                           MprInfoBlockQuerySize(header), NULL, 0, NULL);

    if (status == ERROR_PROTOCOL_ALREADY_INSTALLED)
        status = MprAdminTransportSetInfo(server, PID_IP, header, MprInfoBlockQuerySize(header),
                                          NULL, 0);
    assert_int_equal(status, NO_ERROR);
    MprInfoDelete(header);
    return fixture_header_with(RIP_BLOCK, rip_interface, sizeof(rip_interface));
}

HANDLE fixture_rip_interface(MPR_SERVER_HANDLE server, LPVOID rip, const char *name)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    HANDLE handle = fixture_dial_interface(server, name, &dialer);

    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, handle, PID_IP, rip, MprInfoBlockQuerySize(rip)),
        NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    return handle;
}

/* The start of the router with failing allocations: the call that makes it fails, and the next one
 * makes it whole. */
#include "sweep/sweep.h"

#include "api/support/fixture.h"

#include <mprapi_ext.h>
#include <wchar.h>

#include "testadmin.h"
#include "win32/instance.h"

enum { UNKNOWN_BLOCK = 0x1234 }; /* kept for a router that knows it */

static MPR_SERVER_HANDLE server;
static MIB_SERVER_HANDLE mib;
static struct testadmin_calls *calls;
static LPVOID header;
static const struct fixture_dialer dialer = {.address = L"127.77.0.1"};

/* ---- what is there before the start ---------------------------------------------------------- */

static void stop(void)
{
    MprAdminServerDisconnect(server);
    instance_shutdown();
}

/* One who does not call before the end, and one who never does. */
static void make_clients(void)
{
    const WCHAR alice[] = L"Parameters\\Clients\\alice", others[] = L"Parameters\\Clients\\others";

    fixture_set_text(alice, L"Kind", L"scripted");
    fixture_set_text(alice, L"User", L"alice");
    fixture_set_dword(alice, L"After", 3600 * 1000);
    fixture_set_text(others, L"Kind", L"existing");
    fixture_set_text(others, L"Adapter", L"no-such-adapter*");
}

/* Two interfaces, one of them with hours and a transport, and the router managers of two. */
static void make_configuration(void)
{
    WCHAR hours[] = L"1 08:00-18:00\0";
    MPR_INTERFACE_1 info = {.fEnabled = TRUE,
                            .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                            .lpwsDialoutHoursRestriction = hours};
    HANDLE config = NULL, handle = NULL, transport = NULL;

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_no_transports();
    fixture_set_dword(L"Parameters", L"CallTimeout", 3000);
    fixture_entry("Branch");
    fixture_dialer(L"Branch", &dialer);
    make_clients();
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    wcscpy(info.wszInterfaceName, L"Branch");
    assert_int_equal(MprConfigInterfaceCreate(config, 1, (BYTE *)&info, &handle), NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportAdd(config, handle, PID_IP, NULL, header,
                                                    MprInfoBlockQuerySize(header), &transport),
                     NO_ERROR);
    assert_int_equal(MprConfigTransportCreate(config, PID_IP, NULL, header,
                                              MprInfoBlockQuerySize(header), NULL, 0, NULL,
                                              &transport),
                     NO_ERROR);
    MprConfigServerDisconnect(config);
}

static MPR_IF_CUSTOMINFOEX2 empty_settings(void)
{
    return (MPR_IF_CUSTOMINFOEX2){.Header = {MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3,
                                             MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT,
                                             sizeof(MPR_IF_CUSTOMINFOEX2)}};
}

static void stopped(void)
{
    stop();
    fixture_admin_dlls(L"");
    make_configuration();
}

static void started_without_ipv6(void)
{
    stopped();
    server = fixture_connect();
}

static void with_an_administration_dll(void)
{
    stopped();
    fixture_admin_dlls(L"testadmin_1.dll");
}

/* Settings of an interface that only the router knows, which ends. */
static void stopped_with_settings(void)
{
    MPR_IF_CUSTOMINFOEX2 info = empty_settings();
    HANDLE interface;

    stopped();
    server = fixture_connect();
    interface = fixture_dial_interface(server, "Running", &dialer);
    info.dwFlags = MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
    info.customIkev2Config.dwSaLifeTime = 1000;
    info.customIkev2Config.dwSaDataSize = 1024;
    assert_int_equal(MprAdminInterfaceSetCustomInfoEx(server, interface, (void *)&info), NO_ERROR);
    stop();
}

/* ---- what there is after it ------------------------------------------------------------------ */

static HANDLE branch(void)
{
    WCHAR name[] = L"Branch";
    HANDLE handle = NULL;

    assert_int_equal(MprAdminInterfaceGetHandle(server, name, &handle, FALSE), NO_ERROR);
    return handle;
}

/* All that is stored came to the router. */
static void is_whole(void)
{
    HANDLE handle = branch();
    MPR_INTERFACE_1 *info = NULL;
    BYTE *transport = NULL;
    DWORD size = 0;

    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 1, (BYTE **)&info), NO_ERROR);
    assert_non_null(info->lpwsDialoutHoursRestriction);
    MprAdminBufferFree(info);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &transport, &size),
                     NO_ERROR);
    assert_true(size > 28);
    MprAdminBufferFree(transport);
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, &transport, &size, NULL, NULL),
                     NO_ERROR);
    MprAdminBufferFree(transport);
}

/* An interface of the next router has none of them, whatever its handle is. */
static void settings_are_gone(void)
{
    MPR_IF_CUSTOMINFOEX2 info = empty_settings();
    HANDLE interface = fixture_dial_interface(server, "Running", &dialer);

    assert_int_equal(MprAdminInterfaceGetCustomInfoEx(server, interface, (void *)&info), NO_ERROR);
    assert_int_equal(info.dwFlags, 0);
}

/* Nobody is let in whom the DLL might have kept out. */
static void nobody_slips_in(void)
{
    MPR_INTERFACE_1 always = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    LONG before = calls->connections;
    HANDLE handle = branch();
    DWORD status;

    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 1, (BYTE *)&always), NO_ERROR);
    status = MprAdminInterfaceConnect(server, handle, NULL, TRUE);
    if (status == NO_ERROR)
        assert_int_equal(calls->connections, before + 1);
    else
        assert_int_equal(status, ERROR_AUTH_SERVER_TIMEOUT);
}

/* ---- the calls ------------------------------------------------------------------------------- */

CALL(connect_server, MprAdminServerConnect(NULL, &server))
CALL(connect_mib, MprAdminMIBServerConnect(NULL, &mib))
CALL(create_ipv6,
     MprAdminTransportCreate(server, PID_IPV6, NULL, header, MprInfoBlockQuerySize(header), header,
                             MprInfoBlockQuerySize(header), NULL))

static const struct scenario scenarios[] = {
    SWEEP("MprAdminServerConnect, the first call", stopped, connect_server, NO_ERROR, is_whole),
    SWEEP("MprAdminServerConnect, administration DLLs", with_an_administration_dll, connect_server,
          NO_ERROR, nobody_slips_in),
    SWEEP("MprAdminServerConnect, after settings", stopped_with_settings, connect_server, NO_ERROR,
          settings_are_gone),
    SWEEP("MprAdminMIBServerConnect, the first call", stopped, connect_mib, NO_ERROR, NULL),
    SWEEP("MprAdminTransportCreate", started_without_ipv6, create_ipv6, NO_ERROR, NULL),
};

int main(void)
{
    HANDLE section = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                        sizeof(*calls), TESTADMIN_SECTION);

    calls = MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof(*calls));
    assert_non_null(calls);
    sweep_begin();
    header = fixture_header_with(UNKNOWN_BLOCK, "1234", 4);
    return SWEEP_MAIN(scenarios);
}

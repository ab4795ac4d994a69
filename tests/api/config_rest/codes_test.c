/* What the functions of the tunnel settings and of the rest of MprConfig give a caller who is no
 * administrator, and while the router is stopped. */
#include <winsock2.h> /* before windows.h */

#include "api/server_ex/ex.h"
#include "api/support/fixture.h"
#include "api/support/rights.h"

#include <string.h>

static MPR_SERVER_HANDLE server;
static HANDLE config, running, stored;
static WCHAR folder[MAX_PATH];

static union ex_object *object(UCHAR type)
{
    const struct ex_layout *layout = &ex_layouts[ex_layout_count - 1];
    static MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;
    static union ex_object o;

    ex_begin(&o, type, layout->revision,
             type == SERVER_TYPE ? layout->server_size : layout->set_size);
    if (type == SERVER_TYPE) return &o;
    ex_fill(&params, 3);
    ex_put(&o, layout, &params);
    o.set.setConfigForProtocols = EX_ALL;
    return &o;
}

static PMPR_IF_CUSTOMINFOEX custom(void)
{
    static MPR_IF_CUSTOMINFOEX2 info;

    memset(&info, 0, sizeof(info));
    info.Header =
        (MPRAPI_OBJECT_HEADER){3, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(info)};
    return (PMPR_IF_CUSTOMINFOEX)(void *)&info;
}

static BYTE *buffer;
static MPR_SERVER_2 ports = {3, 3, 3, 3, 3, 1};
static MPR_CREDENTIALSEX_1 key;
static MPR_FILTER_0 filter;

#define CALL(name, expression) \
    static DWORD name(void)    \
    {                          \
        return expression;     \
    }
CALL(admin_get_ex, MprAdminServerGetInfoEx(server, &object(SERVER_TYPE)->plain_server))
CALL(admin_set_ex, MprAdminServerSetInfoEx(server, &object(SET_TYPE)->plain_set))
CALL(admin_set, MprAdminServerSetInfo(server, 2, (BYTE *)&ports))
CALL(admin_get_key, MprAdminServerGetCredentials(server, 0, &buffer))
CALL(admin_set_key, MprAdminServerSetCredentials(server, 0, (BYTE *)&key))
CALL(admin_get_custom, MprAdminInterfaceGetCustomInfoEx(server, running, custom()))
CALL(admin_set_custom, MprAdminInterfaceSetCustomInfoEx(server, running, custom()))
CALL(config_get, MprConfigServerGetInfo(config, 2, &buffer))
CALL(config_set, MprConfigServerSetInfo(config, 2, (BYTE *)&ports))
CALL(config_get_ex, MprConfigServerGetInfoEx(config, &object(SERVER_TYPE)->plain_server))
CALL(config_set_ex, MprConfigServerSetInfoEx(config, &object(SET_TYPE)->plain_set))
CALL(config_get_filter, MprConfigFilterGetInfo(config, 0, PID_IP, (BYTE *)&filter))
CALL(config_set_filter, MprConfigFilterSetInfo(config, 0, PID_IP, (BYTE *)&filter))
CALL(config_get_custom, MprConfigInterfaceGetCustomInfoEx(config, stored, custom()))
CALL(config_set_custom, MprConfigInterfaceSetCustomInfoEx(config, stored, custom()))
CALL(config_backup, MprConfigServerBackup(config, folder))
CALL(config_restore, MprConfigServerRestore(config, folder))
CALL(config_install, MprConfigServerInstall(0, NULL))

static const struct call {
    const char *name;
    DWORD (*run)(void);
    BOOL needs_router;
} calls[] = {
    {"MprAdminServerGetInfoEx", admin_get_ex, TRUE},
    {"MprAdminServerSetInfoEx", admin_set_ex, TRUE},
    {"MprAdminServerSetInfo", admin_set, TRUE},
    {"MprAdminServerGetCredentials", admin_get_key, TRUE},
    {"MprAdminServerSetCredentials", admin_set_key, TRUE},
    {"MprAdminInterfaceGetCustomInfoEx", admin_get_custom, TRUE},
    {"MprAdminInterfaceSetCustomInfoEx", admin_set_custom, TRUE},
    {"MprConfigServerGetInfo", config_get, FALSE},
    {"MprConfigServerSetInfo", config_set, FALSE},
    {"MprConfigServerGetInfoEx", config_get_ex, FALSE},
    {"MprConfigServerSetInfoEx", config_set_ex, FALSE},
    {"MprConfigFilterGetInfo", config_get_filter, FALSE},
    {"MprConfigFilterSetInfo", config_set_filter, FALSE},
    {"MprConfigInterfaceGetCustomInfoEx", config_get_custom, FALSE},
    {"MprConfigInterfaceSetCustomInfoEx", config_set_custom, FALSE},
    {"MprConfigServerBackup", config_backup, FALSE},
    {"MprConfigServerRestore", config_restore, FALSE},
    {"MprConfigServerInstall", config_install, FALSE}, /* last: the interfaces go */
};
enum { CALLS = sizeof(calls) / sizeof(calls[0]) };

static void expect(const struct call *call, DWORD status, DWORD expected)
{
    if (status != expected) print_error("%s gave %lu\n", call->name, status);
    assert_int_equal(status, expected);
}

static void without_rights(void **state)
{
    DWORD results[CALLS];

    (void)state;
    if (!rights_drop()) skip();
    for (size_t i = 0; i < CALLS; i++) results[i] = calls[i].run();
    rights_restore();
    for (size_t i = 0; i < CALLS; i++) expect(&calls[i], results[i], ERROR_ACCESS_DENIED);
    assert_int_equal(GetFileAttributesW(folder), INVALID_FILE_ATTRIBUTES);
}

/* The stored configuration needs no router. */
static void while_stopped(void **state)
{
    (void)state;
    fixture_set_dword(NULL, L"Start", SERVICE_DISABLED);
    assert_false(MprAdminIsServiceRunning(NULL));
    for (size_t i = 0; i < CALLS; i++)
        expect(&calls[i], calls[i].run(),
               calls[i].needs_router ? RPC_SERVER_UNAVAILABLE : NO_ERROR);
    fixture_delete_value(NULL, L"Start");
    assert_true(MprAdminIsServiceRunning(NULL));
    expect(&calls[0], calls[0].run(), NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_rights),
                                       cmocka_unit_test(while_stopped)};
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    GetTempPathW(MAX_PATH, folder);
    wcscat(folder, L"mprapi-codes-test");
    server = fixture_connect();
    running = fixture_dial_interface(server, "Branch", NULL);
    if (MprConfigServerConnect(NULL, &config)) return 1;
    wcscpy(info.wszInterfaceName, L"Branch");
    if (MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored)) return 2;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

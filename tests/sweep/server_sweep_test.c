/* Ports and tunnel settings of the server, and custom settings of interfaces, with failing
 * allocations: running and stored. */
#include "sweep/scene.h"

#include <string.h>
#include <wchar.h>

#include "api/server_ex/ex.h"

#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"
#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"

static HANDLE config, stored;
static WCHAR stored_name[] = L"Stored";

/* ---- ports ----------------------------------------------------------------------------------- */

static const struct ex_layout *const newest = &ex_layouts[5];

static union ex_object make_settings(DWORD n)
{
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;
    union ex_object object;

    ex_fill(&params, n);
    ex_begin(&object, SET_TYPE, newest->revision, newest->set_size);
    object.set.setConfigForProtocols = EX_ALL_GRE;
    ex_put(&object, newest, &params);
    return object;
}

static void with_settings(void)
{
    union ex_object object = make_settings(4);

    assert_int_equal(MprAdminServerSetInfoEx(scene_server, &object.plain_set),
                     ERROR_SUCCESS_RESTART_REQUIRED);
}

/* Nothing is there yet: what a failure leaves behind would be a bare key. */
static void without_settings(void)
{
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"SstpSvc\\Parameters");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess\\Parameters\\IKEV2");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess\\Parameters\\L2TP");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess\\Parameters\\GRE");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, CLASS_KEY);
}

static DWORD set_ports(DWORD WINAPI function(HANDLE, DWORD, BYTE *), HANDLE handle)
{
    MPR_SERVER_2 info = {27, 2, 28, 1, 29, 0};

    return function(handle, 2, (BYTE *)&info);
}

/* Each pointer is an allocation of its own. */
static void sample_and_free(const MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *got)
{
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 copy = *got;
    const IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &copy.IkeConfigParams.TunnelConfigParams;

    sweep_sample = sweep_sum(t->dwTotalCertificates, &t->dwMmSaLifeTime, sizeof(DWORD));
    sweep_sample =
        sweep_sum(sweep_sample, t->machineCertificateName.pbData, t->machineCertificateName.cbData);
    for (DWORD i = 0; i < t->dwTotalCertificates; i++)
        sweep_sample =
            sweep_sum(sweep_sample, t->certificateNames[i].pbData, t->certificateNames[i].cbData);
    for (DWORD i = 0; i < t->dwTotalEkus; i++)
        sweep_sample = sweep_sum(sweep_sample, t->certificateEKUs[i].pwszEKU,
                                 t->certificateEKUs[i].dwSize * sizeof(WCHAR));
    if (t->customPolicy)
        sweep_sample = sweep_sum(sweep_sample, t->customPolicy, sizeof(*t->customPolicy));
    sweep_sample = sweep_sum(sweep_sample, &copy.SstpConfigParams.dwNumPorts, 8);
    ex_free(&copy);
}

static DWORD get_ex(DWORD WINAPI function(HANDLE, MPR_SERVER_EX *), HANDLE handle)
{
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;
    union ex_object object;
    DWORD status;

    ex_begin(&object, SERVER_TYPE, newest->revision, newest->server_size);
    status = function(handle, &object.plain_server);
    ex_take(&object, newest, &params);
    if (status == NO_ERROR) sample_and_free(&params);
    return status;
}

static DWORD set_ex(DWORD WINAPI function(HANDLE, MPR_SERVER_SET_CONFIG_EX *), HANDLE handle)
{
    union ex_object object = make_settings(9);

    return function(handle, &object.plain_set);
}

/* Up time. */
static DWORD stored_info(DWORD level)
{
    return MprConfigServerGetInfo(config, level, RESULT);
}

/* ---- custom settings of interfaces ----------------------------------------------------------- */

static void make_custom(MPR_IF_CUSTOMINFOEX2 *info, DWORD n)
{
    static ROUTER_CUSTOM_IKEv2_POLICY0 policy = {1, 3, 4, 1, 5, 6};
    static MPR_VPN_TRAFFIC_SELECTOR selector = {.type = MPR_VPN_TS_IPv4_ADDR_RANGE,
                                                .protocolId = 17,
                                                .portEnd = 65535,
                                                .addrStart = {.Type = AF_INET},
                                                .addrEnd = {.Type = AF_INET}};
    static BYTE bytes[] = "CN=branch";

    memset(info, 0, sizeof(*info));
    info->Header =
        (MPRAPI_OBJECT_HEADER){MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3,
                               MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(*info)};
    info->dwFlags = MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
    info->customIkev2Config = (ROUTER_IKEv2_IF_CUSTOM_CONFIG2){300 + n,
                                                               1024 + n,
                                                               {5 + n, bytes},
                                                               &policy,
                                                               {3, bytes},
                                                               400 + n,
                                                               {1, 1, &selector, &selector}};
}

static DWORD set_custom(DWORD WINAPI function(HANDLE, HANDLE, PMPR_IF_CUSTOMINFOEX), HANDLE server,
                        HANDLE handle, DWORD n)
{
    MPR_IF_CUSTOMINFOEX2 info;

    make_custom(&info, n);
    return function(server, handle, (void *)&info);
}

static DWORD get_custom(DWORD WINAPI function(HANDLE, HANDLE, PMPR_IF_CUSTOMINFOEX), HANDLE server,
                        HANDLE handle)
{
    MPR_IF_CUSTOMINFOEX2 info;
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info.customIkev2Config;
    DWORD status;

    make_custom(&info, 0);
    status = function(server, handle, (void *)&info);
    if (status != NO_ERROR) return status;
    sweep_sample = sweep_sum(info.dwFlags + c->dwSaLifeTime, c->certificateName.pbData,
                             c->certificateName.cbData);
    sweep_sample = sweep_sum(sweep_sample, c->certificateHash.pbData, c->certificateHash.cbData);
    if (c->customPolicy)
        sweep_sample = sweep_sum(sweep_sample, c->customPolicy, sizeof(*c->customPolicy));
    sweep_sample += c->vpnTrafficSelectors.numTsi + 3 * c->vpnTrafficSelectors.numTsr;
    MprAdminBufferFree(c->certificateName.pbData);
    MprAdminBufferFree(c->certificateHash.pbData);
    MprAdminBufferFree(c->customPolicy);
    MprAdminBufferFree(c->vpnTrafficSelectors.tsI);
    MprAdminBufferFree(c->vpnTrafficSelectors.tsR);
    return NO_ERROR;
}

/* The interface of the running router has no key; another one is stored only. */
static void with_custom(void)
{
    scene_with_interface();
    assert_int_equal(set_custom(MprAdminInterfaceSetCustomInfoEx, scene_server, scene_interface, 1),
                     NO_ERROR);
    assert_int_equal(set_custom(MprConfigInterfaceSetCustomInfoEx, config, stored, 1), NO_ERROR);
}

static void without_custom(void)
{
    MPR_IF_CUSTOMINFOEX2 info = {.Header = {MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3,
                                            MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT,
                                            sizeof(info)}};

    assert_int_equal(MprConfigInterfaceSetCustomInfoEx(config, stored, (void *)&info), NO_ERROR);
}

/* One that is stored and running. */
static void with_a_stored_one(void)
{
    with_custom();
    if (MprAdminInterfaceGetHandle(scene_server, stored_name, &scene_interface, FALSE) != NO_ERROR)
        scene_interface = fixture_dial_interface(scene_server, "Stored", &scene_dialer);
    assert_int_equal(set_custom(MprAdminInterfaceSetCustomInfoEx, scene_server, scene_interface, 1),
                     NO_ERROR);
}

CALL(set_running, set_ports(MprAdminServerSetInfo, scene_server))
CALL(set_stored, set_ports(MprConfigServerSetInfo, config))
CALL(get_stored_0, stored_info(0))
CALL(get_stored_2, stored_info(2))
CALL(get_running_ex, get_ex(MprAdminServerGetInfoEx, scene_server))
CALL(set_running_ex, set_ex(MprAdminServerSetInfoEx, scene_server))
CALL(get_stored_ex, get_ex(MprConfigServerGetInfoEx, config))
CALL(set_stored_ex, set_ex(MprConfigServerSetInfoEx, config))
CALL(get_running_custom,
     get_custom(MprAdminInterfaceGetCustomInfoEx, scene_server, scene_interface))
CALL(set_running_custom,
     set_custom(MprAdminInterfaceSetCustomInfoEx, scene_server, scene_interface, 2))
CALL(get_stored_custom, get_custom(MprConfigInterfaceGetCustomInfoEx, config, stored))
CALL(set_stored_custom, set_custom(MprConfigInterfaceSetCustomInfoEx, config, stored, 2))

static const struct scenario scenarios[] = {
    SWEEP("MprAdminServerSetInfo", with_settings, set_running, NO_ERROR, NULL),
    SWEEP("MprConfigServerSetInfo", with_settings, set_stored, NO_ERROR, NULL),
    SWEEP("MprConfigServerSetInfo, the first", without_settings, set_stored, NO_ERROR, NULL),
    SWEEP("MprConfigServerSetInfoEx, the first", without_settings, set_stored_ex, NO_ERROR, NULL),
    SWEEP("MprConfigServerGetInfo, level 0", with_settings, get_stored_0, NO_ERROR, NULL),
    SWEEP("MprConfigServerGetInfo, level 2", with_settings, get_stored_2, NO_ERROR, NULL),
    SWEEP("MprAdminServerGetInfoEx", with_settings, get_running_ex, NO_ERROR, NULL),
    SWEEP("MprConfigServerGetInfoEx", with_settings, get_stored_ex, NO_ERROR, NULL),
    SWEEP("MprAdminServerSetInfoEx", with_settings, set_running_ex, ERROR_SUCCESS_RESTART_REQUIRED,
          NULL),
    SWEEP("MprConfigServerSetInfoEx", with_settings, set_stored_ex, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetCustomInfoEx", with_custom, get_running_custom, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCustomInfoEx", with_custom, set_running_custom, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceGetCustomInfoEx", with_custom, get_stored_custom, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceSetCustomInfoEx", with_custom, set_stored_custom, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceSetCustomInfoEx, the first", without_custom, set_stored_custom,
          NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetCustomInfoEx, stored", with_a_stored_one, get_running_custom,
          NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCustomInfoEx, stored", with_a_stored_one, set_running_custom,
          NO_ERROR, NULL),
};

int main(void)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    scene_begin(45529);
    wcscpy(info.wszInterfaceName, stored_name);
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored), NO_ERROR);
    return SWEEP_MAIN(scenarios);
}

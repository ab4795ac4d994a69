/* A router for LANs only has no tunnels; the stored configuration says so, too. */
#include "api/server_ex/ex.h"

static MPR_SERVER_HANDLE server;
static HANDLE config;

static void no_tunnels_on_a_lan_router(void **state)
{
    const struct ex_layout *l = &ex_layouts[0];
    MPR_SERVER_1 ports = {5, 3, 5, 3};
    union ex_object o;

    (void)state;
    ex_begin(&o, SERVER_TYPE, l->revision, l->server_size);
    assert_int_equal(MprAdminServerGetInfoEx(server, &o.plain_server), ERROR_DDM_NOT_RUNNING);
    ex_begin(&o, SET_TYPE, l->revision, l->set_size);
    assert_int_equal(MprAdminServerSetInfoEx(server, &o.plain_set), ERROR_DDM_NOT_RUNNING);
    assert_int_equal(MprAdminServerSetInfo(server, 1, (BYTE *)&ports), ERROR_DDM_NOT_RUNNING);
}

static void lan_only_in_the_stored_configuration(void **state)
{
    const struct ex_layout *l = &ex_layouts[0];
    MPR_SERVER_0 *info = UNTOUCHED_PTR;
    union ex_object o;

    (void)state;
    ex_begin(&o, SERVER_TYPE, l->revision, l->server_size);
    assert_int_equal(MprConfigServerGetInfoEx(config, &o.plain_server), NO_ERROR);
    assert_true(o.server.fLanOnlyMode);
    assert_int_equal(MprConfigServerGetInfo(config, 0, (BYTE **)&info), NO_ERROR);
    assert_true(info->fLanOnlyMode);
    assert_int_equal(MprConfigBufferFree(info), NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_tunnels_on_a_lan_router),
        cmocka_unit_test(lan_only_in_the_stored_configuration),
    };

    fixture_registry(ROUTER_LAN_ONLY);
    server = fixture_connect();
    if (MprConfigServerConnect(NULL, &config)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* MprAdminServerGetInfoEx, SetInfoEx and their MprConfig twins: every revision and size, what a
 * restart finds, and the documented codes. */
#include "api/server_ex/ex.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;

static MPR_SERVER_HANDLE server;
static HANDLE config;

static DWORD set_admin(union ex_object *o)
{
    return MprAdminServerSetInfoEx(server, &o->plain_set);
}

static DWORD set_config(union ex_object *o)
{
    return MprConfigServerSetInfoEx(config, &o->plain_set);
}

static DWORD get_admin(union ex_object *o)
{
    return MprAdminServerGetInfoEx(server, &o->plain_server);
}

static DWORD get_config(union ex_object *o)
{
    return MprConfigServerGetInfoEx(config, &o->plain_server);
}

static const struct family {
    DWORD (*set)(union ex_object *o);
    DWORD (*get)(union ex_object *o);
    DWORD done; /* code of a set that changed IKEv2 or SSTP settings */
} families[] = {{set_admin, get_admin, ERROR_SUCCESS_RESTART_REQUIRED},
                {set_config, get_config, NO_ERROR}};

static DWORD set(const struct family *f, const struct ex_layout *layout, DWORD protocols,
                 const params *p)
{
    union ex_object o;

    ex_begin(&o, SET_TYPE, layout->revision, layout->set_size);
    o.set.setConfigForProtocols = protocols;
    ex_put(&o, layout, p);
    return f->set(&o);
}

static void get(const struct family *f, const struct ex_layout *layout, params *ret)
{
    union ex_object o;

    memset(&o, 0xde, sizeof(o));
    o.header = (MPRAPI_OBJECT_HEADER){layout->revision, SERVER_TYPE, layout->server_size};
    assert_int_equal(f->get(&o), NO_ERROR);
    assert_int_equal(o.header.size, layout->server_size);
    assert_int_equal(o.server.Reserved, 0);
    assert_int_equal(o.server.fLanOnlyMode, FALSE);
    for (size_t i = layout->server_size; i < sizeof(o); i++) assert_int_equal(o.bytes[i], 0xde);
    ex_take(&o, layout, ret);
}

static void every_layout_round_trips(void **state)
{
    (void)state;
    for (DWORD n = 0; n < 2 * ex_layout_count; n++) {
        const struct ex_layout *layout = &ex_layouts[n / 2];
        const struct family *f = &families[n % 2];
        params wanted, got;

        ex_fill(&wanted, n);
        assert_int_equal(set(f, layout, layout->gre ? EX_ALL_GRE : EX_ALL, &wanted), f->done);
        for (int i = 0; i < 2; i++) {
            get(&families[i], layout, &got);
            ex_expect(layout, &wanted, &got);
        }
    }
}

/* What an old layout lacks is not touched by it. */
static void old_programs_delete_nothing(void **state)
{
    const struct ex_layout *newest = &ex_layouts[ex_layout_count - 1];
    params wanted, older, got;

    (void)state;
    ex_fill(&wanted, 40);
    ex_fill(&older, 41);
    assert_int_equal(set(&families[1], newest, EX_ALL_GRE, &wanted), NO_ERROR);
    assert_int_equal(set(&families[1], &ex_layouts[0], EX_ALL, &older), NO_ERROR);
    get(&families[1], newest, &got);
    assert_int_equal(got.IkeConfigParams.dwNumPorts, older.IkeConfigParams.dwNumPorts);
    assert_non_null(got.IkeConfigParams.TunnelConfigParams.customPolicy);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.dwTotalEkus, 2);
    assert_int_equal(got.L2tpConfigParams.TunnelConfigParams.dwIdleTimeout, 440);
    assert_int_equal(got.GREConfigParams.dwNumPorts, wanted.GREConfigParams.dwNumPorts);
    ex_free(&got);
}

static void only_selected_protocols_change(void **state)
{
    const struct ex_layout *newest = &ex_layouts[ex_layout_count - 1];
    params before, other, got;

    (void)state;
    ex_fill(&before, 50);
    ex_fill(&other, 61);
    for (DWORD bit = 1; bit <= 0x10; bit <<= 1) {
        params expected = before;

        assert_int_equal(set(&families[1], newest, EX_ALL_GRE, &before), NO_ERROR);
        assert_int_equal(
            set(&families[0], newest, bit, &other),
            bit & (MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP | MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2)
                ? ERROR_SUCCESS_RESTART_REQUIRED
                : NO_ERROR);
        if (bit == MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP)
            expected.PptpConfigParams = other.PptpConfigParams;
        if (bit == MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP)
            expected.L2tpConfigParams = other.L2tpConfigParams;
        if (bit == MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP)
            expected.SstpConfigParams = other.SstpConfigParams;
        if (bit == MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2)
            expected.IkeConfigParams = other.IkeConfigParams;
        if (bit == MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE)
            expected.GREConfigParams = other.GREConfigParams;
        get(&families[0], newest, &got);
        ex_expect(newest, &expected, &got);
    }
    assert_int_equal(set(&families[0], newest, 0, &other), NO_ERROR);
}

static void headers_must_fit(void **state)
{
    (void)state;
    for (unsigned revision = 0; revision < 256; revision++) {
        for (USHORT size = 0; size < 300; size++) {
            union ex_object get_object, set_object;
            bool known = false;

            for (size_t i = 0; i < ex_layout_count; i++)
                known = known ||
                        (ex_layouts[i].revision == revision &&
                         (ex_layouts[i].server_size == size || ex_layouts[i].set_size == size));
            if (known) continue;
            ex_begin(&get_object, SERVER_TYPE, (UCHAR)revision, size);
            ex_begin(&set_object, SET_TYPE, (UCHAR)revision, size);
            assert_int_equal(get_config(&get_object), ERROR_INVALID_PARAMETER);
            assert_int_equal(set_config(&set_object), ERROR_INVALID_PARAMETER);
            if (size % 50) continue;
            assert_int_equal(get_admin(&get_object), ERROR_INVALID_PARAMETER);
            assert_int_equal(set_admin(&set_object), ERROR_INVALID_PARAMETER);
        }
    }
}

static void types_must_fit(void **state)
{
    const struct ex_layout *l = &ex_layouts[0];

    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        union ex_object o;

        ex_begin(&o, (UCHAR)type, l->revision, l->server_size);
        if (type != SERVER_TYPE) {
            assert_int_equal(get_admin(&o), ERROR_INVALID_PARAMETER);
            assert_int_equal(get_config(&o), ERROR_INVALID_PARAMETER);
        }
        ex_begin(&o, (UCHAR)type, l->revision, l->set_size);
        if (type != SET_TYPE) {
            assert_int_equal(set_admin(&o), ERROR_INVALID_PARAMETER);
            assert_int_equal(set_config(&o), ERROR_INVALID_PARAMETER);
        }
    }
}

static void null_and_bad_handles(void **state)
{
    union ex_object o;

    (void)state;
    ex_begin(&o, SERVER_TYPE, ex_layouts[0].revision, ex_layouts[0].server_size);
    assert_int_equal(MprAdminServerGetInfoEx(server, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminServerSetInfoEx(server, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerGetInfoEx(config, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerSetInfoEx(config, NULL), ERROR_INVALID_PARAMETER);
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        HANDLE bad = (HANDLE)fixture_garbage[i];

        assert_int_equal(MprAdminServerGetInfoEx(bad, &o.plain_server), RPC_INVALID_BINDING);
        assert_int_equal(MprAdminServerSetInfoEx(bad, &o.plain_set), RPC_INVALID_BINDING);
        assert_int_equal(MprConfigServerGetInfoEx(bad, &o.plain_server), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigServerSetInfoEx(bad, &o.plain_set), ERROR_INVALID_PARAMETER);
    }
}

static void more_ports_than_this_start_allows(void **state)
{
    const struct ex_layout *newest = &ex_layouts[ex_layout_count - 1];
    params wanted;

    (void)state;
    for (int i = 0; i < 2; i++) {
        ex_fill(&wanted, 70);
        wanted.PptpConfigParams.dwNumPorts = 1001;
        assert_int_equal(set(&families[i], newest, EX_ALL, &wanted), ERROR_SUCCESS_REBOOT_REQUIRED);
    }
}

static void restart_finds_the_settings(void **state)
{
    params wanted;

    (void)state;
    for (size_t i = 0; i < ex_layout_count; i++) {
        char argument[16];

        ex_fill(&wanted, 80 + (DWORD)i);
        assert_int_equal(set(&families[0], &ex_layouts[i], EX_ALL, &wanted),
                         ERROR_SUCCESS_RESTART_REQUIRED);
        snprintf(argument, sizeof(argument), "%u", (unsigned)i);
        assert_int_equal(fixture_run_self(argument), 0);
    }
}

/* As cmocka's test of the child process: which of the layouts was set last. */
static size_t expected_layout;

static void settings_are_there(void **state)
{
    const struct ex_layout *l = &ex_layouts[expected_layout];
    params wanted, got;

    (void)state;
    ex_fill(&wanted, 80 + (DWORD)expected_layout);
    ex_fill(&got, 0);
    get(&families[0], l, &got);
    wanted.GREConfigParams = got.GREConfigParams;
    ex_expect(l, &wanted, &got);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_round_trips),
        cmocka_unit_test(old_programs_delete_nothing),
        cmocka_unit_test(only_selected_protocols_change),
        cmocka_unit_test(headers_must_fit),
        cmocka_unit_test(types_must_fit),
        cmocka_unit_test(null_and_bad_handles),
        cmocka_unit_test(more_ports_than_this_start_allows),
        cmocka_unit_test(restart_finds_the_settings),
    };
    const struct CMUnitTest after[] = {cmocka_unit_test(settings_are_there)};

    if (argc > 1)
        fixture_registry_keep();
    else
        fixture_registry(ROUTER_RAS_LAN_WAN);
    server = fixture_connect();
    if (MprConfigServerConnect(NULL, &config)) return 1;
    if (argc == 1) return cmocka_run_group_tests(tests, NULL, NULL);
    expected_layout = strtoul(argv[1], NULL, 10);
    return cmocka_run_group_tests(after, NULL, NULL);
}

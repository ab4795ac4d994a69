/* MprAdminServerSetInfoEx and MprConfigServerSetInfoEx: each value that no page allows, alone among
 * good ones, and what stands in the registry where nobody set it. */
#include "api/server_ex/ex.h"

#include <string.h>

typedef MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;

static MPR_SERVER_HANDLE server;
static HANDLE config;
static const struct ex_layout *newest;

/* Both families, all protocols; the codes must be the same. */
static DWORD set(const params *p, DWORD protocols)
{
    union ex_object o;
    DWORD code;

    ex_begin(&o, SET_TYPE, newest->revision, newest->set_size);
    o.set.setConfigForProtocols = protocols;
    ex_put(&o, newest, p);
    code = MprConfigServerSetInfoEx(config, &o.plain_set);
    if (code) assert_int_equal(MprAdminServerSetInfoEx(server, &o.plain_set), code);
    return code;
}

#define BAD(expression)                                                         \
    do {                                                                        \
        params p;                                                               \
        IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p.IkeConfigParams.TunnelConfigParams; \
        L2TP_TUNNEL_CONFIG_PARAMS2 *l = &p.L2tpConfigParams.TunnelConfigParams; \
        SSTP_CONFIG_PARAMS *s = &p.SstpConfigParams;                            \
        (void)t, (void)l, (void)s;                                              \
        ex_fill(&p, 6);                                                         \
        expression;                                                             \
        assert_int_equal(set(&p, EX_ALL_GRE), ERROR_INVALID_PARAMETER);         \
    } while (0)

static void ports(void **state)
{
    (void)state;
    BAD(p.PptpConfigParams.dwNumPorts = 0);
    BAD(p.PptpConfigParams.dwNumPorts = 16385);
    BAD(p.PptpConfigParams.dwPortFlags = 4);
    BAD(p.L2tpConfigParams.dwNumPorts = 0);
    BAD(p.L2tpConfigParams.dwNumPorts = 30001);
    BAD(p.L2tpConfigParams.dwPortFlags = 0xffffffff);
    BAD(s->dwNumPorts = 0);
    BAD(s->dwNumPorts = 30001);
    BAD(s->dwPortFlags = 2);
    BAD(p.IkeConfigParams.dwNumPorts = 0);
    BAD(p.IkeConfigParams.dwNumPorts = 30001);
    BAD(p.IkeConfigParams.dwPortFlags = 4);
    BAD(p.GREConfigParams.dwNumPorts = 0);
    BAD(p.GREConfigParams.dwPortFlags = 4);
}

static void ikev2(void **state)
{
    static CERT_NAME_BLOB empty = {0, NULL}, no_data = {5, NULL};
    static MPR_CERT_EKU no_text = {5, TRUE, NULL};
    static ROUTER_CUSTOM_IKEv2_POLICY0 policy = {9, 4, 5, 2, 3, 3};

    (void)state;
    BAD(p.IkeConfigParams.dwTunnelConfigParamFlags = 2);
    BAD(t->dwIdleTimeout = 299);
    BAD(t->dwIdleTimeout = 17280000);
    BAD(t->dwNetworkBlackoutTime = 119);
    BAD(t->dwSaLifeTime = 299);
    BAD(t->dwSaLifeTime = 17280000);
    BAD(t->dwSaDataSizeForRenegotiation = 1023);
    BAD(t->dwConfigOptions = 1);
    BAD(t->certificateNames = NULL);
    BAD(t->dwTotalCertificates = 0xffffffff);
    BAD(t->certificateNames = &empty; t->dwTotalCertificates = 1);
    BAD(t->certificateNames = &no_data; t->dwTotalCertificates = 1);
    BAD(t->machineCertificateName = no_data);
    BAD(t->machineCertificateName.cbData = 0x7fffffff);
    BAD(t->dwEncryptionType = 4);
    BAD(t->customPolicy = &policy);
    BAD(t->certificateEKUs = NULL);
    BAD(t->dwTotalEkus = 0xffffffff);
    BAD(t->certificateEKUs = &no_text; t->dwTotalEkus = 1);
    BAD(t->machineCertificateHash.cbData = 0x7fffffff);
    BAD(t->dwMmSaLifeTime = 1);
}

static void l2tp_and_sstp(void **state)
{
    static ROUTER_CUSTOM_L2TP_POLICY0 policy = {2, 4, 0, 2, 3, 3};

    (void)state;
    BAD(p.L2tpConfigParams.dwTunnelConfigParamFlags = 0x80000000);
    BAD(l->dwIdleTimeout = 1);
    BAD(l->dwEncryptionType = 4);
    BAD(l->dwSaLifeTime = 1);
    BAD(l->dwSaDataSizeForRenegotiation = 1);
    BAD(l->customPolicy = &policy);
    BAD(l->dwMmSaLifeTime = 17280000);
    BAD(s->certAlgorithm = 0);
    BAD(s->sstpCertDetails.certBlob.cbData = 31);
    BAD(s->sstpCertDetails.certBlob.pbData = NULL);
}

static void protocols(void **state)
{
    union ex_object o;
    params p;

    (void)state;
    ex_fill(&p, 6);
    assert_int_equal(set(&p, 0x20), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(&p, 0xffffffff), ERROR_INVALID_PARAMETER);
    /* GRE through a layout that has no block for it. */
    ex_begin(&o, SET_TYPE, ex_layouts[0].revision, ex_layouts[0].set_size);
    o.set.setConfigForProtocols = MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE;
    assert_int_equal(MprConfigServerSetInfoEx(config, &o.plain_set), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminServerSetInfoEx(server, &o.plain_set), ERROR_INVALID_PARAMETER);
}

static void get(params *ret)
{
    union ex_object o;

    ex_begin(&o, SERVER_TYPE, newest->revision, newest->server_size);
    assert_int_equal(MprConfigServerGetInfoEx(config, &o.plain_server), NO_ERROR);
    ex_take(&o, newest, ret);
}

static void nothing_of_a_bad_object_is_stored(void **state)
{
    params good, bad, got;

    (void)state;
    ex_fill(&good, 8);
    assert_int_equal(set(&good, EX_ALL_GRE), NO_ERROR);
    ex_fill(&bad, 9);
    bad.GREConfigParams.dwPortFlags = 99; /* the last to be looked at */
    assert_int_equal(set(&bad, EX_ALL_GRE), ERROR_INVALID_PARAMETER);
    get(&got);
    ex_expect(newest, &good, &got);
}

static void without_the_flag_the_tunnel_stays(void **state)
{
    params good, changed, got;

    (void)state;
    ex_fill(&good, 8);
    assert_int_equal(set(&good, EX_ALL_GRE), NO_ERROR);
    changed = good;
    changed.IkeConfigParams.dwTunnelConfigParamFlags = 0;
    changed.IkeConfigParams.TunnelConfigParams.dwIdleTimeout = 7;
    changed.IkeConfigParams.dwNumPorts = 44;
    changed.L2tpConfigParams.dwTunnelConfigParamFlags = 0;
    changed.L2tpConfigParams.dwNumPorts = 0; /* neither ports nor tunnel */
    assert_int_equal(set(&changed, EX_ALL), NO_ERROR);
    get(&got);
    good.IkeConfigParams.dwNumPorts = 44;
    ex_expect(newest, &good, &got);
}

static void a_default_certificate(void **state)
{
    params p, got;

    (void)state;
    ex_fill(&p, 8);
    p.SstpConfigParams.sstpCertDetails.isDefault = TRUE;
    p.SstpConfigParams.certAlgorithm = 0;
    assert_int_equal(set(&p, EX_ALL), NO_ERROR);
    get(&got);
    assert_true(got.SstpConfigParams.sstpCertDetails.isDefault);
    assert_int_equal(got.SstpConfigParams.sstpCertDetails.certBlob.cbData, 0);
    assert_null(got.SstpConfigParams.sstpCertDetails.certBlob.pbData);
    assert_int_equal(got.SstpConfigParams.certAlgorithm, 0x800c);
    ex_free(&got);
}

/* Values of other types, damaged lists: they read as if they were not there. */
static void damaged_values(void **state)
{
    static const WCHAR *const names[] = {L"saLifeTime", L"idleTimeout", L"MachineCertificateName",
                                         L"mmSaLifeTime"};
    params p, got;
    HKEY key;

    (void)state;
    ex_fill(&p, 8);
    assert_int_equal(set(&p, EX_ALL), NO_ERROR);
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE,
                                     L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\"
                                     L"Parameters\\IKEV2",
                                     0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
                     0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        RegSetValueExW(key, names[i], 0, REG_SZ, (const BYTE *)L"text", 10);
    RegSetKeyValueW(key, L"AllowedEkus\\0000", L"Eku", REG_BINARY, "\1", 1);
    RegSetKeyValueW(key, L"AllowedTrustedRootCerts\\0000", L"TrustedRootCert", REG_SZ, L"x", 4);
    RegCloseKey(key);
    get(&got);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.dwSaLifeTime, 28800);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.dwIdleTimeout, 300);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.machineCertificateName.cbData, 0);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.dwTotalCertificates, 0);
    ex_free(&got);
}

/* Before anything was set; what was got can be set again. */
static void fresh_machine(void **state)
{
    params got;

    (void)state;
    get(&got);
    assert_int_equal(got.IkeConfigParams.dwNumPorts, 128);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.dwSaLifeTime, 28800);
    assert_int_equal(got.IkeConfigParams.TunnelConfigParams.dwTotalCertificates, 0);
    assert_null(got.IkeConfigParams.TunnelConfigParams.customPolicy);
    assert_true(got.SstpConfigParams.isUseHttps);
    assert_true(got.SstpConfigParams.sstpCertDetails.isDefault);
    assert_int_equal(set(&got, EX_ALL_GRE), NO_ERROR);
    ex_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fresh_machine),
        cmocka_unit_test(ports),
        cmocka_unit_test(ikev2),
        cmocka_unit_test(l2tp_and_sstp),
        cmocka_unit_test(protocols),
        cmocka_unit_test(nothing_of_a_bad_object_is_stored),
        cmocka_unit_test(without_the_flag_the_tunnel_stays),
        cmocka_unit_test(a_default_certificate),
        cmocka_unit_test(damaged_values),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    newest = &ex_layouts[ex_layout_count - 1];
    server = fixture_connect();
    if (MprConfigServerConnect(NULL, &config)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "win32/wire/objects.h"

const struct object_layout object_layouts[OBJECT_LAYOUTS] = {
#define LAYOUT(revision, wire, EX, LEVEL, server, set, version, gre)                  \
    {                                                                                 \
        revision, wire, sizeof(MPR_SERVER_EX##EX##_##LEVEL),                          \
            sizeof(MPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL), server, set, version, gre \
    }
    LAYOUT(1, 1, 0, WIN7, FILLING(108, 128), FILLING(92, 112), 7, false),
    LAYOUT(2, 2, 0, WIN8, FILLING(124, 160), FILLING(108, 144), 8, false),
    LAYOUT(3, 3, 0, BLUE, FILLING(164, 224), FILLING(148, 208), 81, false),
    LAYOUT(3, DIM_SERVER_MAIN_MODE, 0, WIN10, FILLING(172, 240), FILLING(156, 224), 100, false),
    LAYOUT(4, DIM_SERVER_GRE, 1, BLUE, FILLING(172, 232), FILLING(156, 216), 81, true),
    LAYOUT(5, DIM_SERVER_GRE_MAIN_MODE, 1, WIN10, FILLING(180, 248), FILLING(164, 232), 100, true),
#undef LAYOUT
};

static BYTE name_1[] = {1, 2, 3}, name_2[] = {4, 5, 6, 7}, machine[] = {8, 9};
static BYTE machine_hash[] = {10, 11, 12}, sstp_hash[20] = {13, 14};
static WCHAR usage_1[] = L"1.3.6.1", usage_2[] = L"a";
static ROUTER_CUSTOM_IKEv2_POLICY0 ike_policy = {1, 2, 3, 4, 5, 1};
static ROUTER_CUSTOM_IKEv2_POLICY0 l2tp_policy = {2, 1, 4, 3, 1, 2};
static CERT_NAME_BLOB names[] = {{sizeof(name_1), name_1}, {sizeof(name_2), name_2}};
/* The second says bytes, as the page may be read: more units than there are. */
static MPR_CERT_EKU usages[] = {{8, TRUE, usage_1}, {4, FALSE, usage_2}};

server_tunnels full_tunnels(void)
{
    return (server_tunnels){
        .IkeConfigParams = {101,
                            2,
                            1,
                            {1000,
                             1001,
                             1002,
                             1024,
                             0,
                             2,
                             names,
                             {sizeof(machine), machine},
                             3,
                             &ike_policy,
                             2,
                             usages,
                             {sizeof(machine_hash), machine_hash},
                             1003}},
        .PptpConfigParams = {102, 3},
        .L2tpConfigParams = {103, 1, 1, {1004, 2, 1005, 1025, &l2tp_policy, 1006}},
        .SstpConfigParams = {104, 1, TRUE, CALG_SHA1, {FALSE, {sizeof(sstp_hash), sstp_hash}}},
        .GREConfigParams = {105, 3},
    };
}

/* ---- what arrives ---------------------------------------------------------------------------- */

static void check_blob(const CERT_NAME_BLOB *got, const void *data, DWORD size, bool has)
{
    assert_int_equal(got->cbData, has ? size : 0);
    if (!has) {
        assert_null(got->pbData);
        return;
    }
    assert_ptr_not_equal(got->pbData, data);
    assert_memory_equal(got->pbData, data, size);
}

static void check_policy(const ROUTER_CUSTOM_IKEv2_POLICY0 *got,
                         const ROUTER_CUSTOM_IKEv2_POLICY0 *expected, bool has)
{
    if (!has) {
        assert_null(got);
        return;
    }
    assert_non_null(got);
    assert_ptr_not_equal(got, expected);
    assert_memory_equal(got, expected, sizeof(*got));
}

static void check_names(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    assert_int_equal(t->dwTotalCertificates, 2);
    check_blob(&t->certificateNames[0], name_1, sizeof(name_1), true);
    check_blob(&t->certificateNames[1], name_2, sizeof(name_2), true);
}

static void check_usages(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t, bool has)
{
    assert_int_equal(t->dwTotalEkus, has ? 2 : 0);
    if (!has) {
        assert_null(t->certificateEKUs);
        return;
    }
    assert_int_equal(t->certificateEKUs[0].dwSize, 8);
    assert_int_equal(t->certificateEKUs[0].IsEKUOID, TRUE);
    assert_memory_equal(t->certificateEKUs[0].pwszEKU, usage_1, sizeof(usage_1));
    assert_int_equal(t->certificateEKUs[1].dwSize, 4);
    assert_int_equal(t->certificateEKUs[1].IsEKUOID, FALSE);
    assert_memory_equal(t->certificateEKUs[1].pwszEKU, usage_2, sizeof(usage_2));
}

static void check_ike(int version, const IKEV2_CONFIG_PARAMS_WIN10 *got)
{
    const IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &got->TunnelConfigParams;

    assert_int_equal(got->dwNumPorts, 101);
    assert_int_equal(got->dwPortFlags, 2);
    assert_int_equal(got->dwTunnelConfigParamFlags, 1);
    assert_int_equal(t->dwIdleTimeout, 1000);
    assert_int_equal(t->dwNetworkBlackoutTime, 1001);
    assert_int_equal(t->dwSaLifeTime, 1002);
    assert_int_equal(t->dwSaDataSizeForRenegotiation, 1024);
    assert_int_equal(t->dwConfigOptions, 0);
    check_names(t);
    check_blob(&t->machineCertificateName, machine, sizeof(machine), version >= 8);
    assert_int_equal(t->dwEncryptionType, version >= 8 ? 3 : 0);
    check_policy(t->customPolicy, &ike_policy, version >= 8);
    check_usages(t, version >= 81);
    check_blob(&t->machineCertificateHash, machine_hash, sizeof(machine_hash), version >= 81);
    assert_int_equal(t->dwMmSaLifeTime, version >= 100 ? 1003 : 0);
}

static void check_l2tp(int version, const L2TP_CONFIG_PARAMS1_WIN10 *got)
{
    const L2TP_TUNNEL_CONFIG_PARAMS2 *t = &got->TunnelConfigParams;
    const bool has = version >= 81;

    assert_int_equal(got->dwNumPorts, 103);
    assert_int_equal(got->dwPortFlags, 1);
    assert_int_equal(got->dwTunnelConfigParamFlags, has ? 1 : 0);
    assert_int_equal(t->dwIdleTimeout, has ? 1004 : 0);
    assert_int_equal(t->dwEncryptionType, has ? 2 : 0);
    assert_int_equal(t->dwSaLifeTime, has ? 1005 : 0);
    assert_int_equal(t->dwSaDataSizeForRenegotiation, has ? 1025 : 0);
    check_policy(t->customPolicy, &l2tp_policy, has);
    assert_int_equal(t->dwMmSaLifeTime, version >= 100 ? 1006 : 0);
}

void check_tunnels(const struct object_layout *l, const server_tunnels *got)
{
    const SSTP_CONFIG_PARAMS *sstp = &got->SstpConfigParams;

    check_ike(l->version, &got->IkeConfigParams);
    assert_int_equal(got->PptpConfigParams.dwNumPorts, 102);
    assert_int_equal(got->PptpConfigParams.dwPortFlags, 3);
    check_l2tp(l->version, &got->L2tpConfigParams);
    assert_int_equal(sstp->dwNumPorts, 104);
    assert_int_equal(sstp->dwPortFlags, 1);
    assert_int_equal(sstp->isUseHttps, TRUE);
    assert_int_equal(sstp->certAlgorithm, CALG_SHA1);
    assert_int_equal(sstp->sstpCertDetails.isDefault, FALSE);
    check_blob(&sstp->sstpCertDetails.certBlob, sstp_hash, sizeof(sstp_hash), true);
    assert_int_equal(got->GREConfigParams.dwNumPorts, l->gre ? 105 : 0);
    assert_int_equal(got->GREConfigParams.dwPortFlags, l->gre ? 3 : 0);
}

/* ---- objects --------------------------------------------------------------------------------- */

const struct server_layout *layout_of_server(const struct object_layout *l)
{
    const MPRAPI_OBJECT_HEADER header = {l->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT,
                                         l->server_size};
    const struct server_layout *layout = server_layout_find(&header, header.type);

    assert_non_null(layout);
    return layout;
}

void *full_server(const struct object_layout *l)
{
    const server_tunnels tunnels = full_tunnels();
    MPR_SERVER_EX0_WIN7 *object = calloc(1, l->server_size);

    assert_non_null(object);
    server_tunnels_scatter(layout_of_server(l), &tunnels, object);
    object->Header =
        (MPRAPI_OBJECT_HEADER){l->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, l->server_size};
    object->fLanOnlyMode = 201;
    object->dwUpTime = 202;
    object->dwTotalPorts = 203;
    object->dwPortsInUse = 204;
    object->Reserved = 205;
    return object;
}

void *full_set(const struct object_layout *l)
{
    BYTE *server = full_server(l);
    BYTE *object = calloc(1, l->set_size);
    const MPRAPI_OBJECT_HEADER header = {
        l->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, l->set_size};

    assert_non_null(object);
    memcpy(object + SET_PARAMS, server + SERVER_PARAMS, l->set_size - SET_PARAMS);
    memcpy(object, &header, sizeof(header));
    ((MPR_SERVER_SET_CONFIG_EX0_WIN7 *)(void *)object)->setConfigForProtocols =
        l->gre ? 0x1F : 0x0F;
    free(server);
    return object;
}

server_tunnels tunnels_at(const struct object_layout *l, const void *object, size_t params)
{
    server_tunnels ret;

    server_tunnels_gather(layout_of_server(l), (const BYTE *)object + params - SET_PARAMS, &ret);
    return ret;
}

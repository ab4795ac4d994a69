#include "api/server_ex/ex.h"

#include <string.h>

#define P(EX, LEVEL) MPRAPI_TUNNEL_CONFIG_PARAMS##EX##_##LEVEL
#define ROW(REVISION, EX, LEVEL, GRE)                                                           \
    {                                                                                           \
        REVISION, sizeof(MPR_SERVER_EX##EX##_##LEVEL),                                          \
            sizeof(MPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL),                                     \
            offsetof(P(EX, LEVEL), PptpConfigParams), offsetof(P(EX, LEVEL), L2tpConfigParams), \
            offsetof(P(EX, LEVEL), SstpConfigParams), GRE,                                      \
            sizeof(((P(EX, LEVEL) *)0)->IkeConfigParams),                                       \
            sizeof(((P(EX, LEVEL) *)0)->L2tpConfigParams)                                       \
    }

const struct ex_layout ex_layouts[] = {
    ROW(1, 0, WIN7, 0),
    ROW(2, 0, WIN8, 0),
    ROW(3, 0, BLUE, 0),
    ROW(3, 0, WIN10, 0),
    ROW(4, 1, BLUE, offsetof(P(1, BLUE), GREConfigParams)),
    ROW(5, 1, WIN10, offsetof(P(1, WIN10), GREConfigParams)),
};
const size_t ex_layout_count = sizeof(ex_layouts) / sizeof(ex_layouts[0]);

#define HAS(layout, member) \
    ((layout)->ike_size > offsetof(IKEV2_CONFIG_PARAMS_WIN10, TunnelConfigParams.member))
#define L2TP_HAS(layout, member) \
    ((layout)->l2tp_size > offsetof(L2TP_CONFIG_PARAMS1_WIN10, TunnelConfigParams.member))

void ex_begin(union ex_object *object, UCHAR type, UCHAR revision, USHORT size)
{
    memset(object, 0, sizeof(*object));
    object->header.revision = revision;
    object->header.type = type;
    object->header.size = size;
}

void ex_put(union ex_object *set, const struct ex_layout *l,
            const MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *p)
{
    BYTE *to = set->bytes + offsetof(MPR_SERVER_SET_CONFIG_EX1_WIN10, ConfigParams);

    memcpy(to, &p->IkeConfigParams, l->ike_size);
    memcpy(to + l->pptp, &p->PptpConfigParams, sizeof(p->PptpConfigParams));
    memcpy(to + l->l2tp, &p->L2tpConfigParams, l->l2tp_size);
    memcpy(to + l->sstp, &p->SstpConfigParams, sizeof(p->SstpConfigParams));
    if (l->gre) memcpy(to + l->gre, &p->GREConfigParams, sizeof(p->GREConfigParams));
}

void ex_take(const union ex_object *server, const struct ex_layout *l,
             MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *p)
{
    const BYTE *from = server->bytes + offsetof(MPR_SERVER_EX1_WIN10, ConfigParams);

    memset(p, 0, sizeof(*p));
    memcpy(&p->IkeConfigParams, from, l->ike_size);
    memcpy(&p->PptpConfigParams, from + l->pptp, sizeof(p->PptpConfigParams));
    memcpy(&p->L2tpConfigParams, from + l->l2tp, l->l2tp_size);
    memcpy(&p->SstpConfigParams, from + l->sstp, sizeof(p->SstpConfigParams));
    if (l->gre) memcpy(&p->GREConfigParams, from + l->gre, sizeof(p->GREConfigParams));
}

void ex_fill(MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *p, DWORD n)
{
    static BYTE bytes[64] = "subject names, and hashes";
    static WCHAR oid[] = L"1.3.6.1.5.5.8.2.2", name[] = L"IKE";
    static CERT_NAME_BLOB names[3] = {{7, bytes}, {1, bytes + 3}, {64, bytes}};
    static MPR_CERT_EKU ekus[2] = {{sizeof(oid) / 2, TRUE, oid}, {sizeof(name) / 2, FALSE, name}};
    static ROUTER_CUSTOM_IKEv2_POLICY0 policies[2] = {{2, 4, 5, 2, 3, 3}, {0, 0, 1, 0, 0, 0}};
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p->IkeConfigParams.TunnelConfigParams;
    L2TP_TUNNEL_CONFIG_PARAMS2 *l = &p->L2tpConfigParams.TunnelConfigParams;

    memset(p, 0, sizeof(*p));
    *t = (IKEV2_TUNNEL_CONFIG_PARAMS4){300 + n,
                                       120 + n,
                                       300 + n,
                                       1024 + n,
                                       0,
                                       1 + n % 3,
                                       names,
                                       {n % 20, bytes},
                                       n % 4,
                                       n % 2 ? NULL : &policies[0],
                                       2,
                                       ekus,
                                       {20 + n % 2, bytes},
                                       3600 + n};
    p->IkeConfigParams.dwNumPorts = 1 + n % 900;
    p->IkeConfigParams.dwPortFlags = n % 2;
    p->IkeConfigParams.dwTunnelConfigParamFlags = MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    *l = (L2TP_TUNNEL_CONFIG_PARAMS2){
        400 + n, n % 4, 500 + n, 2048 + n, n % 2 ? &policies[1] : NULL, 7200 + n};
    p->L2tpConfigParams.dwNumPorts = 2 + n % 900;
    p->L2tpConfigParams.dwPortFlags = n % 4;
    p->L2tpConfigParams.dwTunnelConfigParamFlags = MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
    p->PptpConfigParams = (PPTP_CONFIG_PARAMS){3 + n % 900, n % 4};
    p->GREConfigParams = (GRE_CONFIG_PARAMS){5 + n % 900, n % 4};
    p->SstpConfigParams =
        (SSTP_CONFIG_PARAMS){4 + n % 900, n % 2, n % 3 != 0, 0x800c, {FALSE, {32, bytes}}};
}

static void expect_bytes(DWORD size, const BYTE *data, DWORD got_size, const BYTE *got)
{
    assert_int_equal(got_size, size);
    if (size)
        assert_memory_equal(got, data, size);
    else
        assert_null(got);
}

static void expect_policy(const ROUTER_CUSTOM_IKEv2_POLICY0 *a,
                          const ROUTER_CUSTOM_IKEv2_POLICY0 *b)
{
    if (a)
        assert_memory_equal(a, b, sizeof(*a));
    else
        assert_null(b);
}

static void expect_ike(const struct ex_layout *layout, const IKEV2_TUNNEL_CONFIG_PARAMS4 *a,
                       const IKEV2_TUNNEL_CONFIG_PARAMS4 *b)
{
    assert_memory_equal(a, b, offsetof(IKEV2_TUNNEL_CONFIG_PARAMS4, certificateNames));
    for (DWORD i = 0; i < a->dwTotalCertificates; i++)
        expect_bytes(a->certificateNames[i].cbData, a->certificateNames[i].pbData,
                     b->certificateNames[i].cbData, b->certificateNames[i].pbData);
    if (!HAS(layout, customPolicy)) return;
    expect_bytes(a->machineCertificateName.cbData, a->machineCertificateName.pbData,
                 b->machineCertificateName.cbData, b->machineCertificateName.pbData);
    assert_int_equal(a->dwEncryptionType, b->dwEncryptionType);
    expect_policy(a->customPolicy, b->customPolicy);
    if (!HAS(layout, certificateEKUs)) return;
    assert_int_equal(a->dwTotalEkus, b->dwTotalEkus);
    for (DWORD i = 0; i < a->dwTotalEkus; i++) {
        assert_int_equal(a->certificateEKUs[i].dwSize, b->certificateEKUs[i].dwSize);
        assert_int_equal(a->certificateEKUs[i].IsEKUOID, b->certificateEKUs[i].IsEKUOID);
        assert_int_equal(wcscmp(a->certificateEKUs[i].pwszEKU, b->certificateEKUs[i].pwszEKU), 0);
    }
    expect_bytes(a->machineCertificateHash.cbData, a->machineCertificateHash.pbData,
                 b->machineCertificateHash.cbData, b->machineCertificateHash.pbData);
    if (HAS(layout, dwMmSaLifeTime)) assert_int_equal(a->dwMmSaLifeTime, b->dwMmSaLifeTime);
}

static void expect_l2tp(const struct ex_layout *layout, const L2TP_CONFIG_PARAMS1_WIN10 *a,
                        const L2TP_CONFIG_PARAMS1_WIN10 *b)
{
    const L2TP_TUNNEL_CONFIG_PARAMS2 *s = &a->TunnelConfigParams, *t = &b->TunnelConfigParams;

    assert_memory_equal(a, b, sizeof(L2TP_CONFIG_PARAMS0));
    if (!L2TP_HAS(layout, dwIdleTimeout)) return;
    assert_int_equal(a->dwTunnelConfigParamFlags, b->dwTunnelConfigParamFlags);
    assert_memory_equal(s, t, offsetof(L2TP_TUNNEL_CONFIG_PARAMS2, customPolicy));
    expect_policy(s->customPolicy, t->customPolicy);
    if (L2TP_HAS(layout, dwMmSaLifeTime)) assert_int_equal(s->dwMmSaLifeTime, t->dwMmSaLifeTime);
}

void ex_expect(const struct ex_layout *layout, const MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *a,
               MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *b)
{
    const SSTP_CONFIG_PARAMS *s = &a->SstpConfigParams, *t = &b->SstpConfigParams;

    assert_memory_equal(&a->IkeConfigParams, &b->IkeConfigParams,
                        offsetof(IKEV2_CONFIG_PARAMS_WIN10, TunnelConfigParams.dwIdleTimeout) -
                            (sizeof(void *) - 4));
    expect_ike(layout, &a->IkeConfigParams.TunnelConfigParams,
               &b->IkeConfigParams.TunnelConfigParams);
    assert_memory_equal(&a->PptpConfigParams, &b->PptpConfigParams, sizeof(a->PptpConfigParams));
    expect_l2tp(layout, &a->L2tpConfigParams, &b->L2tpConfigParams);
    assert_memory_equal(s, t, offsetof(SSTP_CONFIG_PARAMS, sstpCertDetails));
    assert_int_equal(s->sstpCertDetails.isDefault, t->sstpCertDetails.isDefault);
    expect_bytes(s->sstpCertDetails.certBlob.cbData, s->sstpCertDetails.certBlob.pbData,
                 t->sstpCertDetails.certBlob.cbData, t->sstpCertDetails.certBlob.pbData);
    if (layout->gre)
        assert_memory_equal(&a->GREConfigParams, &b->GREConfigParams, sizeof(a->GREConfigParams));
    ex_free(b);
}

void ex_free(MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *p)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p->IkeConfigParams.TunnelConfigParams;
    void *const pointers[] = {t->certificateNames,
                              t->machineCertificateName.pbData,
                              t->customPolicy,
                              t->certificateEKUs,
                              t->machineCertificateHash.pbData,
                              p->L2tpConfigParams.TunnelConfigParams.customPolicy,
                              p->SstpConfigParams.sstpCertDetails.certBlob.pbData};

    for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++) {
        if (!pointers[i]) continue;
        assert_int_equal(i % 2 ? MprAdminBufferFree(pointers[i]) : MprConfigBufferFree(pointers[i]),
                         NO_ERROR);
    }
    memset(p, 0, sizeof(*p));
}

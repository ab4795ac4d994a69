/* Tunnel settings: flat members by a table, lists of certificates and usages by hand. */
#include "api/wire/tunnels.h"

#include <string.h>

#define API_TUNNELS server_tunnels
#define DIM_TUNNELS struct dim_tunnels

#define TUNNEL_SAME(a, d)      WIRE_SAME(API_TUNNELS, a, DIM_TUNNELS, d)
#define TUNNEL_RUN(a, z, d, e) WIRE_RUN(API_TUNNELS, a, z, DIM_TUNNELS, d, e)
#define TUNNEL_BLOB(a, d)      WIRE_OCTETS(API_TUNNELS, a.pbData, a.cbData, DIM_TUNNELS, d)
#define TUNNEL_POLICY(a, d)    WIRE_POLICY(API_TUNNELS, a, DIM_TUNNELS, d)
#define IKE(member)            IkeConfigParams.TunnelConfigParams.member
#define L2TP(member)           L2tpConfigParams.TunnelConfigParams.member

static const struct wire_row tunnel_rows[] = {
    TUNNEL_RUN(IkeConfigParams.dwNumPorts, IkeConfigParams.dwTunnelConfigParamFlags, ikev2.ports,
               ikev2.config_flags),
    TUNNEL_RUN(IKE(dwIdleTimeout), IKE(dwConfigOptions), ikev2.idle_timeout, ikev2.config_options),
    TUNNEL_BLOB(IKE(machineCertificateName), ikev2.machine_certificate),
    TUNNEL_SAME(IKE(dwEncryptionType), ikev2.encryption),
    TUNNEL_POLICY(IKE(customPolicy), ikev2.policy),
    TUNNEL_BLOB(IKE(machineCertificateHash), ikev2.machine_hash),
    TUNNEL_SAME(IKE(dwMmSaLifeTime), ikev2.main_mode_life),
    TUNNEL_RUN(PptpConfigParams.dwNumPorts, PptpConfigParams.dwPortFlags, pptp_ports,
               pptp_port_flags),
    TUNNEL_RUN(L2tpConfigParams.dwNumPorts, L2tpConfigParams.dwTunnelConfigParamFlags, l2tp.ports,
               l2tp.config_flags),
    TUNNEL_RUN(L2TP(dwIdleTimeout), L2TP(dwSaDataSizeForRenegotiation), l2tp.idle_timeout,
               l2tp.sa_data_size),
    TUNNEL_POLICY(L2TP(customPolicy), l2tp.policy),
    TUNNEL_SAME(L2TP(dwMmSaLifeTime), l2tp.main_mode_life),
    TUNNEL_RUN(SstpConfigParams.dwNumPorts, SstpConfigParams.certAlgorithm, sstp.ports,
               sstp.algorithm),
    TUNNEL_SAME(SstpConfigParams.sstpCertDetails.isDefault, sstp.is_default),
    TUNNEL_BLOB(SstpConfigParams.sstpCertDetails.certBlob, sstp.certificate),
    TUNNEL_RUN(GREConfigParams.dwNumPorts, GREConfigParams.dwPortFlags, gre_ports, gre_port_flags),
    WIRE_END,
};

/* ---- out ------------------------------------------------------------------------------------- */

static mpr_status names_out(struct ndr *n, const IKEV2_TUNNEL_CONFIG_PARAMS4 *t,
                            struct dim_ikev2 *ret)
{
    if (!t->dwTotalCertificates) return ST_OK;
    if (!t->certificateNames) return ST_INVALID_PARAMETER;
    ret->certificates = ndr_alloc(n, t->dwTotalCertificates * sizeof(*ret->certificates));
    if (!ret->certificates) return ST_NOT_ENOUGH_MEMORY;
    ret->certificate_count = t->dwTotalCertificates;
    for (DWORD i = 0; i < t->dwTotalCertificates; i++) {
        const CERT_NAME_BLOB *name = &t->certificateNames[i];

        ret->certificates[i] = (struct dim_octets){name->cbData, name->pbData};
    }
    return ST_OK;
}

/* dwSize units are sent; the caller's text may end before. */
static mpr_status eku_out(struct ndr *n, const MPR_CERT_EKU *eku, struct dim_eku *ret)
{
    char16_t *text;

    *ret = (struct dim_eku){eku->dwSize, (uint32_t)eku->IsEKUOID, NULL};
    if (!eku->pwszEKU) return eku->dwSize ? ST_INVALID_PARAMETER : ST_OK;
    text = ndr_alloc(n, ((size_t)eku->dwSize + 1) * sizeof(*text));
    if (!text) return ST_NOT_ENOUGH_MEMORY;
    memcpy(text, eku->pwszEKU, u16_length(eku->pwszEKU, eku->dwSize) * sizeof(*text));
    ret->text = text;
    return ST_OK;
}

static mpr_status ekus_out(struct ndr *n, const IKEV2_TUNNEL_CONFIG_PARAMS4 *t,
                           struct dim_ikev2 *ret)
{
    mpr_status status = ST_OK;

    if (!t->dwTotalEkus) return ST_OK;
    if (!t->certificateEKUs) return ST_INVALID_PARAMETER;
    ret->ekus = ndr_alloc(n, t->dwTotalEkus * sizeof(*ret->ekus));
    if (!ret->ekus) return ST_NOT_ENOUGH_MEMORY;
    ret->eku_count = t->dwTotalEkus;
    for (DWORD i = 0; i < t->dwTotalEkus && status == ST_OK; i++)
        status = eku_out(n, &t->certificateEKUs[i], &ret->ekus[i]);
    return status;
}

mpr_status wire_tunnels_out(struct ndr *n, const server_tunnels *tunnels, struct dim_tunnels *ret)
{
    const IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &tunnels->IkeConfigParams.TunnelConfigParams;
    mpr_status status = wire_rows_out(n, tunnel_rows, tunnels, ret);

    if (status == ST_OK) status = names_out(n, t, &ret->ikev2);
    return status == ST_OK ? ekus_out(n, t, &ret->ikev2) : status;
}

/* ---- in: an array and what it points to are one allocation ----------------------------------- */

static mpr_status names_in(struct wire_memory *m, const struct dim_ikev2 *p,
                           IKEV2_TUNNEL_CONFIG_PARAMS4 *ret)
{
    const uint32_t count = p->certificates ? p->certificate_count : 0;
    size_t size = count * sizeof(*ret->certificateNames);
    BYTE *next;

    if (!count) return ST_OK;
    for (uint32_t i = 0; i < count; i++)
        size += p->certificates[i].data ? p->certificates[i].size : 0;
    ret->certificateNames = wire_memory_get(m, size);
    if (!ret->certificateNames) return ST_NOT_ENOUGH_MEMORY;
    ret->dwTotalCertificates = count;
    next = (BYTE *)(ret->certificateNames + count);
    for (uint32_t i = 0; i < count; i++) {
        const struct dim_octets *from = &p->certificates[i];

        if (!from->data || !from->size) continue;
        ret->certificateNames[i] = (CERT_NAME_BLOB){from->size, next};
        memcpy(next, from->data, from->size);
        next += from->size;
    }
    return ST_OK;
}

/* Each text gets a terminator, whether one was sent or not. */
static mpr_status ekus_in(struct wire_memory *m, const struct dim_ikev2 *p,
                          IKEV2_TUNNEL_CONFIG_PARAMS4 *ret)
{
    const uint32_t count = p->ekus ? p->eku_count : 0;
    size_t size = count * sizeof(*ret->certificateEKUs);
    WCHAR *next;

    if (!count) return ST_OK;
    for (uint32_t i = 0; i < count; i++)
        size += p->ekus[i].text ? ((size_t)p->ekus[i].units + 1) * sizeof(WCHAR) : 0;
    ret->certificateEKUs = wire_memory_get(m, size);
    if (!ret->certificateEKUs) return ST_NOT_ENOUGH_MEMORY;
    ret->dwTotalEkus = count;
    next = (WCHAR *)(void *)(ret->certificateEKUs + count);
    for (uint32_t i = 0; i < count; i++) {
        const struct dim_eku *from = &p->ekus[i];

        ret->certificateEKUs[i] = (MPR_CERT_EKU){0, (BOOL)from->is_oid, NULL};
        if (!from->text) continue;
        ret->certificateEKUs[i].dwSize = from->units;
        ret->certificateEKUs[i].pwszEKU = next;
        memcpy(next, from->text, from->units * sizeof(WCHAR));
        next += from->units + 1;
    }
    return ST_OK;
}

mpr_status wire_tunnels_in(struct wire_memory *m, const struct dim_tunnels *tunnels,
                           server_tunnels *ret)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &ret->IkeConfigParams.TunnelConfigParams;
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    status = wire_rows_in(m, tunnel_rows, tunnels, ret);
    if (status == ST_OK) status = names_in(m, &tunnels->ikev2, t);
    return status == ST_OK ? ekus_in(m, &tunnels->ikev2, t) : status;
}

/* What the pages and MS-RRASM 2.2.1.2 allow in each block. */
#include "api/tunnel/object_check.h"
#include "api/tunnel/server_ex.h"

#define CERTIFICATES_MAX 1000u /* what the registry's list can hold */
#define EKU_MAX_UNITS    1024u

static bool kilobytes_valid(DWORD kilobytes)
{
    return kilobytes >= 1024;
}

/* 0: as the system likes it. No page has limits for main mode; those of quick mode are taken. */
static bool main_mode_valid(DWORD seconds)
{
    return !seconds || life_valid(seconds);
}

static bool policy_pointer_valid(const ROUTER_CUSTOM_IKEv2_POLICY0 *policy)
{
    return !policy || policy_valid(&policy->dwIntegrityMethod);
}

static bool certificates_valid(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    if (t->dwTotalCertificates > CERTIFICATES_MAX) return false;
    if (t->dwTotalCertificates && !t->certificateNames) return false;
    for (DWORD i = 0; i < t->dwTotalCertificates; i++) {
        const CERT_NAME_BLOB *c = &t->certificateNames[i];

        if (!c->cbData || !bytes_valid(c->cbData, c->pbData)) return false;
    }
    return true;
}

static bool ekus_valid(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    if (t->dwTotalEkus > CERTIFICATES_MAX) return false;
    if (t->dwTotalEkus && !t->certificateEKUs) return false;
    for (DWORD i = 0; i < t->dwTotalEkus; i++) {
        const MPR_CERT_EKU *e = &t->certificateEKUs[i];

        if (!e->dwSize || e->dwSize > EKU_MAX_UNITS || !e->pwszEKU || !e->pwszEKU[0]) return false;
    }
    return true;
}

/* Members that an older layout lacks are zero here, which is valid. */
static bool ike_tunnel_valid(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    return life_valid(t->dwIdleTimeout) && t->dwNetworkBlackoutTime >= 120 &&
           life_valid(t->dwSaLifeTime) && kilobytes_valid(t->dwSaDataSizeForRenegotiation) &&
           !t->dwConfigOptions && certificates_valid(t) &&
           bytes_valid(t->machineCertificateName.cbData, t->machineCertificateName.pbData) &&
           t->dwEncryptionType <= 3 && policy_pointer_valid(t->customPolicy) && ekus_valid(t) &&
           bytes_valid(t->machineCertificateHash.cbData, t->machineCertificateHash.pbData) &&
           main_mode_valid(t->dwMmSaLifeTime);
}

static bool ports_valid(enum miniport_kind kind, DWORD count, DWORD flags)
{
    const struct miniport ports = {count, flags};

    return miniport_valid(kind, &ports);
}

static bool ike_valid(const IKEV2_CONFIG_PARAMS_WIN10 *p)
{
    DWORD flags = p->dwTunnelConfigParamFlags;

    if (flags & ~(DWORD)MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS) return false;
    if (ports_given(flags, p->dwNumPorts) &&
        !ports_valid(MINIPORT_IKEV2, p->dwNumPorts, p->dwPortFlags))
        return false;
    return !flags || ike_tunnel_valid(&p->TunnelConfigParams);
}

static bool l2tp_tunnel_valid(const L2TP_TUNNEL_CONFIG_PARAMS2 *t)
{
    return life_valid(t->dwIdleTimeout) && t->dwEncryptionType <= 3 &&
           life_valid(t->dwSaLifeTime) && kilobytes_valid(t->dwSaDataSizeForRenegotiation) &&
           policy_pointer_valid(t->customPolicy) && main_mode_valid(t->dwMmSaLifeTime);
}

static bool l2tp_valid(const struct server_layout *layout, const L2TP_CONFIG_PARAMS1_WIN10 *p)
{
    DWORD flags = p->dwTunnelConfigParamFlags;

    if (!L2TP_HAS(layout, dwIdleTimeout))
        return ports_valid(MINIPORT_L2TP, p->dwNumPorts, p->dwPortFlags);
    if (flags & ~(DWORD)MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS) return false;
    if (ports_given(flags, p->dwNumPorts) &&
        !ports_valid(MINIPORT_L2TP, p->dwNumPorts, p->dwPortFlags))
        return false;
    return !flags || l2tp_tunnel_valid(&p->TunnelConfigParams);
}

/* SHA-256 as the page has it; a hash of SHA-1 may be stored, too (MS-RRASM 2.2.3.1.4). */
static bool sstp_valid(const SSTP_CONFIG_PARAMS *p)
{
    const CRYPT_HASH_BLOB *hash = &p->sstpCertDetails.certBlob;

    if (!ports_valid(MINIPORT_SSTP, p->dwNumPorts, p->dwPortFlags)) return false;
    if (p->sstpCertDetails.isDefault || !hash->cbData) return true;
    if (p->certAlgorithm == CALG_SHA_256) return hash->cbData == 32 && hash->pbData;
    return p->certAlgorithm == CALG_SHA1 && hash->cbData == 20 && hash->pbData;
}

mpr_status server_tunnels_check(const struct server_layout *layout, DWORD protocols,
                                const server_tunnels *tunnels)
{
    DWORD known = MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP | MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP |
                  MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP | MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2;
    bool valid = true;

    if (layout->gre_size) known |= MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE;
    if (protocols & ~known) return ST_INVALID_PARAMETER;
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP)
        valid = ports_valid(MINIPORT_PPTP, tunnels->PptpConfigParams.dwNumPorts,
                            tunnels->PptpConfigParams.dwPortFlags);
    if (valid && protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP)
        valid = l2tp_valid(layout, &tunnels->L2tpConfigParams);
    if (valid && protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP)
        valid = sstp_valid(&tunnels->SstpConfigParams);
    if (valid && protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2)
        valid = ike_valid(&tunnels->IkeConfigParams);
    if (valid && protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE)
        valid = ports_valid(MINIPORT_GRE, tunnels->GREConfigParams.dwNumPorts,
                            tunnels->GREConfigParams.dwPortFlags);
    return valid ? ST_OK : ST_INVALID_PARAMETER;
}

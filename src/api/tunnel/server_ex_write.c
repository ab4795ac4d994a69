/* From the newest layout to the store. Only the members that the caller's layout has are written:
 * an old program does not delete what a newer one stored. */
#include "api/tunnel/server_ex.h"

#include "api/tunnel/policy_out.h"

/* What a caller's blocks become; byte runs stay in the caller's memory, but for the lists. */
struct taken {
    struct server_settings all;
    struct tunnel_settings ikev2, l2tp;
    struct sstp_settings sstp;
};

/* ---- lists ----------------------------------------------------------------------------------- */

static mpr_status new_list(DWORD count, struct blob_list *ret)
{
    ret->blobs = mem_alloc_array(count, sizeof(*ret->blobs));
    return ret->blobs ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status take_names(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t, struct blob_list *ret)
{
    mpr_status status = new_list(t->dwTotalCertificates, ret);

    if (status != ST_OK) return status;
    ret->count = t->dwTotalCertificates;
    for (DWORD i = 0; i < ret->count; i++)
        ret->blobs[i] = (struct blob){t->certificateNames[i].pbData, t->certificateNames[i].cbData};
    return ST_OK;
}

/* The text ends at its terminator or after dwSize characters, whichever comes first: the pages
 * leave open whether dwSize counts bytes or characters. */
static mpr_status take_ekus(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t, struct blob_list *ret)
{
    mpr_status status = new_list(t->dwTotalEkus, ret);

    for (DWORD i = 0; i < t->dwTotalEkus && !status; i++) {
        const MPR_CERT_EKU *eku = &t->certificateEKUs[i];
        size_t units = u16_length((const char16_t *)eku->pwszEKU, eku->dwSize);

        status = tunnel_eku_encode(eku->IsEKUOID != 0, eku->pwszEKU, units, &ret->blobs[i]);
        if (status == ST_OK) ret->count++;
    }
    return status;
}

static void release(struct taken *taken)
{
    mem_free(taken->ikev2.issuers.blobs);
    blob_list_free(&taken->ikev2.ekus);
}

/* ---- the protocols --------------------------------------------------------------------------- */

static void take_ports(struct taken *taken, enum miniport_kind kind, DWORD count, DWORD flags)
{
    taken->all.has_ports[kind] = true;
    taken->all.ports[kind] = (struct miniport){count, flags};
}

static mpr_status take_ike_tunnel(const IKEV2_TUNNEL_CONFIG_PARAMS4 *t, struct tunnel_settings *ret)
{
    mpr_status status;

    ret->idle = t->dwIdleTimeout;
    ret->blackout = t->dwNetworkBlackoutTime;
    ret->life = t->dwSaLifeTime;
    ret->kilobytes = t->dwSaDataSizeForRenegotiation;
    ret->encryption = t->dwEncryptionType;
    ret->main_mode_life = t->dwMmSaLifeTime;
    ret->certificate_name =
        (struct blob){t->machineCertificateName.pbData, t->machineCertificateName.cbData};
    ret->certificate_hash =
        (struct blob){t->machineCertificateHash.pbData, t->machineCertificateHash.cbData};
    policy_in(t->customPolicy, &ret->policy);
    status = take_names(t, &ret->issuers);
    return status ? status : take_ekus(t, &ret->ekus);
}

static mpr_status take_ike(const struct server_layout *layout, const IKEV2_CONFIG_PARAMS_WIN10 *p,
                           struct taken *taken)
{
    DWORD flags = p->dwTunnelConfigParamFlags;

    if (ports_given(flags, p->dwNumPorts))
        take_ports(taken, MINIPORT_IKEV2, p->dwNumPorts, p->dwPortFlags);
    if (!flags) return ST_OK;
    taken->all.ikev2 = &taken->ikev2;
    taken->all.ikev2_parts = server_layout_ike_parts(layout);
    return take_ike_tunnel(&p->TunnelConfigParams, &taken->ikev2);
}

static void take_l2tp(const struct server_layout *layout, const L2TP_CONFIG_PARAMS1_WIN10 *p,
                      struct taken *taken)
{
    const L2TP_TUNNEL_CONFIG_PARAMS2 *t = &p->TunnelConfigParams;
    DWORD flags = L2TP_HAS(layout, dwIdleTimeout) ? p->dwTunnelConfigParamFlags : 0;

    if (ports_given(flags, p->dwNumPorts))
        take_ports(taken, MINIPORT_L2TP, p->dwNumPorts, p->dwPortFlags);
    if (!flags) return;
    taken->all.l2tp = &taken->l2tp;
    taken->all.l2tp_parts = server_layout_l2tp_parts(layout);
    taken->l2tp.idle = t->dwIdleTimeout;
    taken->l2tp.encryption = t->dwEncryptionType;
    taken->l2tp.life = t->dwSaLifeTime;
    taken->l2tp.kilobytes = t->dwSaDataSizeForRenegotiation;
    taken->l2tp.main_mode_life = t->dwMmSaLifeTime;
    policy_in(t->customPolicy, &taken->l2tp.policy);
}

static void take_sstp(const SSTP_CONFIG_PARAMS *p, struct taken *taken)
{
    const CRYPT_HASH_BLOB *hash = &p->sstpCertDetails.certBlob;

    take_ports(taken, MINIPORT_SSTP, p->dwNumPorts, p->dwPortFlags);
    taken->all.sstp = &taken->sstp;
    taken->sstp = (struct sstp_settings){.https = p->isUseHttps != 0,
                                         .configured = !p->sstpCertDetails.isDefault,
                                         .sha1 = p->certAlgorithm != CALG_SHA_256,
                                         .hash = {hash->pbData, hash->cbData}};
}

/* ---- all of them ----------------------------------------------------------------------------- */

static mpr_status take_selected(const struct server_layout *layout, DWORD protocols,
                                const server_tunnels *tunnels, struct taken *ret)
{
    const GRE_CONFIG_PARAMS *gre = &tunnels->GREConfigParams;
    const PPTP_CONFIG_PARAMS *pptp = &tunnels->PptpConfigParams;

    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP)
        take_ports(ret, MINIPORT_PPTP, pptp->dwNumPorts, pptp->dwPortFlags);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP)
        take_l2tp(layout, &tunnels->L2tpConfigParams, ret);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP) take_sstp(&tunnels->SstpConfigParams, ret);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE)
        take_ports(ret, MINIPORT_GRE, gre->dwNumPorts, gre->dwPortFlags);
    return protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2
               ? take_ike(layout, &tunnels->IkeConfigParams, ret)
               : ST_OK;
}

mpr_status server_tunnels_write(const struct server_layout *layout, DWORD protocols,
                                const server_tunnels *tunnels)
{
    const DWORD later = MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP | MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2;
    struct taken taken = {.all = {.ikev2 = NULL}};
    mpr_status status = take_selected(layout, protocols, tunnels, &taken);

    if (status == ST_OK) status = server_settings_write(&taken.all);
    release(&taken);
    return !status && protocols & later ? SERVER_RESTART_REQUIRED : status;
}

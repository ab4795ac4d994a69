/* From what is stored to the newest layout, in memory of the caller's. */
#include "api/tunnel/server_ex.h"

#include <string.h>

#include "api/tunnel/policy_out.h"
#include "api/tunnel/server_info.h"

/* ---- pieces of the caller's memory ----------------------------------------------------------- */

static mpr_status give_names(const struct blob_list *list, IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    size_t total = 0;
    BYTE *next;

    if (!list->count) return ST_OK;
    for (DWORD i = 0; i < list->count; i++) total += list->blobs[i].size;
    t->certificateNames = api_buffer_new_array(list->count, sizeof(*t->certificateNames), total);
    if (!t->certificateNames) return ST_NOT_ENOUGH_MEMORY;
    t->dwTotalCertificates = list->count;
    next = (BYTE *)(t->certificateNames + list->count);
    for (DWORD i = 0; i < list->count; i++) {
        const struct blob *b = &list->blobs[i];

        t->certificateNames[i] = (CERT_NAME_BLOB){(DWORD)b->size, next};
        memcpy(next, b->data, b->size);
        next += b->size;
    }
    return ST_OK;
}

/* dwSize counts characters, the terminator included, as the size annotation of MS-RRASM does. */
static mpr_status give_ekus(const struct blob_list *list, IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    size_t units = 0;
    WCHAR *next;

    if (!list->count) return ST_OK;
    for (DWORD i = 0; i < list->count; i++) units += tunnel_eku_units(&list->blobs[i]) + 1;
    t->certificateEKUs =
        api_buffer_new_array(list->count, sizeof(*t->certificateEKUs), units * sizeof(WCHAR));
    if (!t->certificateEKUs) return ST_NOT_ENOUGH_MEMORY;
    t->dwTotalEkus = list->count;
    next = (WCHAR *)(void *)(t->certificateEKUs + list->count);
    for (DWORD i = 0; i < list->count; i++) {
        MPR_CERT_EKU *eku = &t->certificateEKUs[i];

        eku->IsEKUOID = tunnel_eku_decode(&list->blobs[i], next);
        eku->pwszEKU = next;
        eku->dwSize = (DWORD)tunnel_eku_units(&list->blobs[i]) + 1;
        next += eku->dwSize;
    }
    return ST_OK;
}

/* ---- the protocols --------------------------------------------------------------------------- */

static mpr_status give_ike(const struct tunnel_settings *s, IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    mpr_status status;

    t->dwIdleTimeout = s->idle;
    t->dwNetworkBlackoutTime = s->blackout;
    t->dwSaLifeTime = s->life;
    t->dwSaDataSizeForRenegotiation = s->kilobytes;
    t->dwEncryptionType = s->encryption;
    t->dwMmSaLifeTime = s->main_mode_life;
    status = give_names(&s->issuers, t);
    if (status == ST_OK)
        status =
            api_buffer_copy(s->certificate_name.data, s->certificate_name.size,
                            &t->machineCertificateName.pbData, &t->machineCertificateName.cbData);
    if (status == ST_OK) status = policy_out(&s->policy, &t->customPolicy);
    if (status == ST_OK) status = give_ekus(&s->ekus, t);
    if (status == ST_OK)
        status =
            api_buffer_copy(s->certificate_hash.data, s->certificate_hash.size,
                            &t->machineCertificateHash.pbData, &t->machineCertificateHash.cbData);
    return status;
}

static mpr_status read_ike(const struct server_layout *layout, IKEV2_CONFIG_PARAMS_WIN10 *p)
{
    struct tunnel_settings settings;
    mpr_status status;

    server_ports_read(MINIPORT_IKEV2, &p->dwNumPorts, &p->dwPortFlags);
    p->dwTunnelConfigParamFlags = MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    status = tunnel_settings_read(TUNNEL_IKEV2, server_layout_ike_parts(layout), &settings);
    if (status != ST_OK) return status;
    status = give_ike(&settings, &p->TunnelConfigParams);
    tunnel_settings_free(&settings);
    return status;
}

static mpr_status read_l2tp(const struct server_layout *layout, L2TP_CONFIG_PARAMS1_WIN10 *p)
{
    L2TP_TUNNEL_CONFIG_PARAMS2 *t = &p->TunnelConfigParams;
    struct tunnel_settings s;
    mpr_status status;

    server_ports_read(MINIPORT_L2TP, &p->dwNumPorts, &p->dwPortFlags);
    p->dwTunnelConfigParamFlags = MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
    status = tunnel_settings_read(TUNNEL_L2TP, server_layout_l2tp_parts(layout), &s);
    if (status != ST_OK) return status;
    t->dwIdleTimeout = s.idle;
    t->dwEncryptionType = s.encryption;
    t->dwSaLifeTime = s.life;
    t->dwSaDataSizeForRenegotiation = s.kilobytes;
    t->dwMmSaLifeTime = s.main_mode_life;
    status = policy_out(&s.policy, &t->customPolicy);
    tunnel_settings_free(&s);
    return status;
}

static mpr_status read_sstp(SSTP_CONFIG_PARAMS *p)
{
    SSTP_CERT_INFO *certificate = &p->sstpCertDetails;
    struct sstp_settings s;
    mpr_status status;

    server_ports_read(MINIPORT_SSTP, &p->dwNumPorts, &p->dwPortFlags);
    status = sstp_settings_read(&s);
    if (status != ST_OK) return status;
    p->isUseHttps = s.https;
    p->certAlgorithm = s.sha1 ? CALG_SHA1 : CALG_SHA_256;
    certificate->isDefault = !s.configured;
    status = api_buffer_copy(s.hash.data, s.hash.size, &certificate->certBlob.pbData,
                             &certificate->certBlob.cbData);
    blob_free(&s.hash);
    return status;
}

mpr_status server_tunnels_read(const struct server_layout *layout, server_tunnels *ret)
{
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    status = read_ike(layout, &ret->IkeConfigParams);
    if (status == ST_OK) status = read_l2tp(layout, &ret->L2tpConfigParams);
    if (status == ST_OK) status = read_sstp(&ret->SstpConfigParams);
    server_ports_read(MINIPORT_PPTP, &ret->PptpConfigParams.dwNumPorts,
                      &ret->PptpConfigParams.dwPortFlags);
    server_ports_read(MINIPORT_GRE, &ret->GREConfigParams.dwNumPorts,
                      &ret->GREConfigParams.dwPortFlags);
    if (status != ST_OK) server_tunnels_free(ret);
    return status;
}

void server_tunnels_free(server_tunnels *tunnels)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &tunnels->IkeConfigParams.TunnelConfigParams;

    api_buffer_free(t->certificateNames);
    api_buffer_free(t->machineCertificateName.pbData);
    api_buffer_free(t->customPolicy);
    api_buffer_free(t->certificateEKUs);
    api_buffer_free(t->machineCertificateHash.pbData);
    api_buffer_free(tunnels->L2tpConfigParams.TunnelConfigParams.customPolicy);
    api_buffer_free(tunnels->SstpConfigParams.sstpCertDetails.certBlob.pbData);
    memset(tunnels, 0, sizeof(*tunnels));
}

/* From the registry to the newest layout. A value that is missing or malformed reads as Windows'
 * default; only a lack of memory is an error. */
#include "api/tunnel/server_ex.h"

#include <string.h>

#include "win32/sys/registry.h"
#include "api/tunnel/server_ex_keys.h"
#include "api/tunnel/server_ex_numbers.h"
#include "api/tunnel/server_info.h"
#include "api/tunnel/stored_out.h"

/* ---- pieces of the caller's memory ----------------------------------------------------------- */

static size_t total_size(const struct blob *blobs, DWORD count)
{
    size_t total = 0;

    for (DWORD i = 0; i < count; i++) total += blobs[i].size + sizeof(WCHAR);
    return total;
}

static mpr_status take_names(HKEY key, IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    struct blob *blobs;
    DWORD count;
    mpr_status status = blob_list_read(key, ISSUERS, ISSUER_VALUE, &blobs, &count);
    BYTE *next;

    if (status || !count) goto free_blobs;
    t->certificateNames =
        api_buffer_new_array(count, sizeof(CERT_NAME_BLOB), total_size(blobs, count));
    if (!t->certificateNames) {
        status = ST_NOT_ENOUGH_MEMORY;
        goto free_blobs;
    }
    next = (BYTE *)(t->certificateNames + count);
    for (DWORD i = 0; i < count; i++) {
        t->certificateNames[i].cbData = (DWORD)blobs[i].size;
        t->certificateNames[i].pbData = next;
        memcpy(next, blobs[i].data, blobs[i].size);
        next += blobs[i].size;
    }
    t->dwTotalCertificates = count;

free_blobs:
    blob_list_free(blobs, count);
    return status;
}

/* dwSize counts characters, the terminator included, as the size annotation of MS-RRASM does. */
static WCHAR *fill_eku(MPR_CERT_EKU *eku, const struct blob *blob, WCHAR *next)
{
    struct reader r;
    size_t units;

    reader_init(&r, blob->data, blob->size);
    eku->IsEKUOID = rd_le32(&r) != 0;
    units = reader_left(&r) / sizeof(WCHAR);
    for (size_t i = 0; i < units; i++) next[i] = rd_le16(&r);
    next[units] = 0;
    eku->pwszEKU = next;
    eku->dwSize = (DWORD)units + 1;
    return next + units + 1;
}

static mpr_status take_ekus(HKEY key, IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    struct blob *blobs;
    DWORD count;
    mpr_status status = blob_list_read(key, EKUS, EKU_VALUE, &blobs, &count);
    WCHAR *next;

    if (status || !count) goto free_blobs;
    t->certificateEKUs =
        api_buffer_new_array(count, sizeof(MPR_CERT_EKU), total_size(blobs, count));
    if (!t->certificateEKUs) {
        status = ST_NOT_ENOUGH_MEMORY;
        goto free_blobs;
    }
    next = (WCHAR *)(void *)(t->certificateEKUs + count);
    for (DWORD i = 0; i < count; i++) next = fill_eku(&t->certificateEKUs[i], &blobs[i], next);
    t->dwTotalEkus = count;

free_blobs:
    blob_list_free(blobs, count);
    return status;
}

/* ---- the protocols --------------------------------------------------------------------------- */

static mpr_status read_ike_pointers(const struct server_layout *layout, HKEY key,
                                    IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    mpr_status status = take_names(key, t);

    if (!status && IKE_HAS(layout, machineCertificateName))
        status = stored_bytes_out(key, CERTIFICATE_NAME, &t->machineCertificateName.cbData,
                                  &t->machineCertificateName.pbData);
    if (!status && IKE_HAS(layout, customPolicy))
        status = stored_policy_out(key, IKE_POLICY, &t->customPolicy);
    if (!status && IKE_HAS(layout, certificateEKUs)) status = take_ekus(key, t);
    if (!status && IKE_HAS(layout, machineCertificateHash))
        status = stored_bytes_out(key, CERTIFICATE_HASH, &t->machineCertificateHash.cbData,
                                  &t->machineCertificateHash.pbData);
    return status;
}

static mpr_status read_ike(const struct server_layout *layout, IKEV2_CONFIG_PARAMS_WIN10 *p)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p->TunnelConfigParams;
    mpr_status status;
    HKEY key;

    server_ports_read(MINIPORT_IKEV2, &p->dwNumPorts, &p->dwPortFlags);
    p->dwTunnelConfigParamFlags = MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    if (registry_open(IKE_KEY, KEY_READ, false, &key)) key = NULL;
    tunnel_numbers_read(ike_numbers, key, t);
    if (!key) return ST_OK;
    status = read_ike_pointers(layout, key, t);
    RegCloseKey(key);
    return status;
}

static mpr_status read_l2tp(const struct server_layout *layout, L2TP_CONFIG_PARAMS1_WIN10 *p)
{
    L2TP_TUNNEL_CONFIG_PARAMS2 *t = &p->TunnelConfigParams;
    mpr_status status = ST_OK;
    HKEY key;

    server_ports_read(MINIPORT_L2TP, &p->dwNumPorts, &p->dwPortFlags);
    p->dwTunnelConfigParamFlags = MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
    if (registry_open(L2TP_KEY, KEY_READ, false, &key)) key = NULL;
    tunnel_numbers_read(l2tp_numbers, key, t);
    if (!key) return ST_OK;
    if (L2TP_HAS(layout, customPolicy))
        status = stored_policy_out(key, L2TP_POLICY, &t->customPolicy);
    RegCloseKey(key);
    return status;
}

static mpr_status read_sstp(SSTP_CONFIG_PARAMS *p)
{
    SSTP_CERT_INFO *certificate = &p->sstpCertDetails;
    mpr_status status = ST_OK;
    HKEY key;

    server_ports_read(MINIPORT_SSTP, &p->dwNumPorts, &p->dwPortFlags);
    p->isUseHttps = TRUE;
    p->certAlgorithm = CALG_SHA_256;
    certificate->isDefault = TRUE;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, SSTP_KEY, 0, KEY_READ, &key)) return ST_OK;
    p->isUseHttps = stored_dword(key, USE_HTTPS, 1) != 0;
    certificate->isDefault = stored_dword(key, HASH_CONFIGURED, 0) == 0;
    if (!certificate->isDefault)
        status = stored_bytes_out(key, SHA256_HASH, &certificate->certBlob.cbData,
                                  &certificate->certBlob.pbData);
    if (!status && !certificate->isDefault && !certificate->certBlob.cbData) {
        status = stored_bytes_out(key, SHA1_HASH, &certificate->certBlob.cbData,
                                  &certificate->certBlob.pbData);
        if (certificate->certBlob.cbData) p->certAlgorithm = CALG_SHA1;
    }
    RegCloseKey(key);
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

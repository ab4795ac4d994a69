/* From the newest layout to the registry. Only the members that the caller's layout has are
 * written: an old program does not delete what a newer one stored. */
#include "api/tunnel/server_ex.h"

#include "win32/sys/registry.h"
#include "api/tunnel/server_ex_keys.h"
#include "api/tunnel/server_ex_numbers.h"

static const DWORD *policy_fields(const ROUTER_CUSTOM_IKEv2_POLICY0 *policy)
{
    return policy ? &policy->dwIntegrityMethod : NULL;
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* The blobs point into the caller's memory. */
static mpr_status write_names(HKEY key, const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    struct blob *blobs = mem_alloc_array(t->dwTotalCertificates, sizeof(*blobs));
    mpr_status status;

    if (!blobs) return ST_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < t->dwTotalCertificates; i++) {
        blobs[i].data = t->certificateNames[i].pbData;
        blobs[i].size = t->certificateNames[i].cbData;
    }
    status = blob_list_write(key, ISSUERS, ISSUER_VALUE, blobs, t->dwTotalCertificates);
    mem_free(blobs);
    return status;
}

/* The text ends at its terminator or after dwSize characters, whichever comes first: the pages
 * leave open whether dwSize counts bytes or characters. */
static mpr_status eku_blob(const MPR_CERT_EKU *eku, struct blob *ret)
{
    size_t units = u16_length((const char16_t *)eku->pwszEKU, eku->dwSize);
    struct writer w;

    ret->size = 4 + units * sizeof(WCHAR);
    ret->data = mem_alloc(ret->size);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    writer_init(&w, ret->data, ret->size);
    wr_le32(&w, eku->IsEKUOID ? 1 : 0);
    for (size_t i = 0; i < units; i++) wr_le16(&w, eku->pwszEKU[i]);
    return ST_OK;
}

static mpr_status write_ekus(HKEY key, const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    struct blob *blobs = mem_alloc_array(t->dwTotalEkus, sizeof(*blobs));
    mpr_status status = blobs ? ST_OK : ST_NOT_ENOUGH_MEMORY;

    for (DWORD i = 0; i < t->dwTotalEkus && !status; i++)
        status = eku_blob(&t->certificateEKUs[i], &blobs[i]);
    if (status == ST_OK) status = blob_list_write(key, EKUS, EKU_VALUE, blobs, t->dwTotalEkus);
    if (blobs) blob_list_free(blobs, t->dwTotalEkus);
    return status;
}

/* ---- the protocols --------------------------------------------------------------------------- */

static mpr_status write_ike_newer(const struct server_layout *layout, HKEY key,
                                  const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    mpr_status status = ST_OK;

    if (IKE_HAS(layout, machineCertificateName))
        status = store_bytes(key, CERTIFICATE_NAME, t->machineCertificateName.pbData,
                             t->machineCertificateName.cbData);
    if (!status && IKE_HAS(layout, customPolicy))
        status = policy_write(key, IKE_POLICY, policy_fields(t->customPolicy));
    if (!status && IKE_HAS(layout, certificateEKUs)) status = write_ekus(key, t);
    if (!status && IKE_HAS(layout, machineCertificateHash))
        status = store_bytes(key, CERTIFICATE_HASH, t->machineCertificateHash.pbData,
                             t->machineCertificateHash.cbData);
    return status;
}

static mpr_status write_ike_tunnel(const struct server_layout *layout,
                                   const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    mpr_status status;
    HKEY key;

    status = registry_open(IKE_KEY, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = tunnel_numbers_write(ike_numbers, key, t,
                                  layout->ike_size -
                                      offsetof(IKEV2_CONFIG_PARAMS_WIN10, TunnelConfigParams));
    if (status == ST_OK) status = write_names(key, t);
    if (status == ST_OK) status = write_ike_newer(layout, key, t);
    RegCloseKey(key);
    return status;
}

static mpr_status write_l2tp_tunnel(const struct server_layout *layout,
                                    const L2TP_TUNNEL_CONFIG_PARAMS2 *t)
{
    mpr_status status;
    HKEY key;

    status = registry_open(L2TP_KEY, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = tunnel_numbers_write(l2tp_numbers, key, t,
                                  layout->l2tp_size -
                                      offsetof(L2TP_CONFIG_PARAMS1_WIN10, TunnelConfigParams));
    if (status == ST_OK) status = policy_write(key, L2TP_POLICY, policy_fields(t->customPolicy));
    RegCloseKey(key);
    return status;
}

static mpr_status write_sstp(const SSTP_CONFIG_PARAMS *p)
{
    const CRYPT_HASH_BLOB *hash = &p->sstpCertDetails.certBlob;
    bool configured = !p->sstpCertDetails.isDefault && hash->cbData;
    bool sha256 = p->certAlgorithm == CALG_SHA_256;
    mpr_status status;
    HKEY key;

    status = (mpr_status)RegCreateKeyExW(HKEY_LOCAL_MACHINE, SSTP_KEY, 0, NULL, 0, KEY_ALL_ACCESS,
                                         NULL, &key, NULL);
    if (status != ST_OK) return status;
    status = registry_set_dword(key, USE_HTTPS, p->isUseHttps ? 1 : 0);
    if (status == ST_OK)
        status =
            store_bytes(key, SHA256_HASH, hash->pbData, configured && sha256 ? hash->cbData : 0);
    if (status == ST_OK)
        status =
            store_bytes(key, SHA1_HASH, hash->pbData, configured && !sha256 ? hash->cbData : 0);
    /* Last: it says that the hash is there. */
    if (status == ST_OK) status = registry_set_dword(key, HASH_CONFIGURED, configured ? 1 : 0);
    RegCloseKey(key);
    return status;
}

/* ---- all of them ----------------------------------------------------------------------------- */

struct result {
    mpr_status status; /* the first error */
    mpr_status later;  /* 0, SERVER_RESTART_REQUIRED or SERVER_REBOOT_REQUIRED */
};

static void note(struct result *result, mpr_status status)
{
    if (status == SERVER_REBOOT_REQUIRED)
        result->later = status;
    else if (status == SERVER_RESTART_REQUIRED)
        result->later = result->later ? result->later : status;
    else if (!result->status)
        result->status = status;
}

static void note_ports(struct result *result, enum miniport_kind kind, DWORD count, DWORD flags)
{
    const struct miniport ports = {count, flags};

    if (!result->status) note(result, miniport_write(kind, &ports));
}

static void note_ike(struct result *result, const struct server_layout *layout,
                     const IKEV2_CONFIG_PARAMS_WIN10 *p)
{
    DWORD flags = p->dwTunnelConfigParamFlags;

    if (ports_given(flags, p->dwNumPorts))
        note_ports(result, MINIPORT_IKEV2, p->dwNumPorts, p->dwPortFlags);
    if (flags && !result->status) note(result, write_ike_tunnel(layout, &p->TunnelConfigParams));
    note(result, SERVER_RESTART_REQUIRED);
}

static void note_l2tp(struct result *result, const struct server_layout *layout,
                      const L2TP_CONFIG_PARAMS1_WIN10 *p)
{
    DWORD flags = L2TP_HAS(layout, dwIdleTimeout) ? p->dwTunnelConfigParamFlags : 0;

    if (ports_given(flags, p->dwNumPorts))
        note_ports(result, MINIPORT_L2TP, p->dwNumPorts, p->dwPortFlags);
    if (flags && !result->status) note(result, write_l2tp_tunnel(layout, &p->TunnelConfigParams));
}

static void note_sstp(struct result *result, const SSTP_CONFIG_PARAMS *p)
{
    note_ports(result, MINIPORT_SSTP, p->dwNumPorts, p->dwPortFlags);
    if (!result->status) note(result, write_sstp(p));
    note(result, SERVER_RESTART_REQUIRED);
}

static mpr_status write_selected(const struct server_layout *layout, DWORD protocols,
                                 const server_tunnels *tunnels, mpr_status *ret_later)
{
    const GRE_CONFIG_PARAMS *gre = &tunnels->GREConfigParams;
    const PPTP_CONFIG_PARAMS *pptp = &tunnels->PptpConfigParams;
    struct result result = {ST_OK, ST_OK};

    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP)
        note_ports(&result, MINIPORT_PPTP, pptp->dwNumPorts, pptp->dwPortFlags);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP)
        note_l2tp(&result, layout, &tunnels->L2tpConfigParams);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP)
        note_sstp(&result, &tunnels->SstpConfigParams);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2)
        note_ike(&result, layout, &tunnels->IkeConfigParams);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE)
        note_ports(&result, MINIPORT_GRE, gre->dwNumPorts, gre->dwPortFlags);
    *ret_later = result.later;
    return result.status;
}

/* ---- as a whole ------------------------------------------------------------------------------ */

static mpr_status change_sstp(struct config_change *change)
{
    static const WCHAR *const names[] = {USE_HTTPS, HASH_CONFIGURED, SHA256_HASH, SHA1_HASH};

    return config_change_values(change, SSTP_KEY, names, sizeof(names) / sizeof(names[0]));
}

/* In the order of write_selected. */
static mpr_status change_selected(struct config_change *change, DWORD protocols)
{
    static const struct {
        DWORD protocol;
        enum miniport_kind kind;
        const WCHAR *key;
    } rows[] = {
        {MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP, MINIPORT_PPTP, NULL},
        {MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP, MINIPORT_L2TP, REGISTRY_ROOT L"\\" L2TP_KEY},
        {MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP, MINIPORT_SSTP, NULL},
        {MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2, MINIPORT_IKEV2, REGISTRY_ROOT L"\\" IKE_KEY},
        {MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE, MINIPORT_GRE, NULL},
    };
    mpr_status status = ST_OK;
    DWORD fresh = 0;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && !status; i++) {
        if (!(protocols & rows[i].protocol)) continue;
        status = miniport_change(rows[i].kind, change, &fresh);
        if (!status && rows[i].key) status = config_change_key(change, rows[i].key);
    }
    if (!status && protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP) status = change_sstp(change);
    return status;
}

mpr_status server_tunnels_write(const struct server_layout *layout, DWORD protocols,
                                const server_tunnels *tunnels)
{
    struct config_change *change;
    mpr_status later = ST_OK, status = config_change_open(&change);

    if (status != ST_OK) return status;
    status = change_selected(change, protocols);
    if (status == ST_OK) status = config_change_begin(change);
    if (status == ST_OK) status = write_selected(layout, protocols, tunnels, &later);
    status = config_change_close(change, status);
    return status ? status : later;
}

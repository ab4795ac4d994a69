#include "win32/store/tunnel_store.h"

#include <string.h>

#include "base/mem.h"
#include "win32/sys/registry.h"

#define CERTIFICATE_NAME L"MachineCertificateName"
#define CERTIFICATE_HASH L"MachineCertificateHash"
#define ISSUERS          L"AllowedTrustedRootCerts"
#define ISSUER_VALUE     L"TrustedRootCert"
#define EKUS             L"AllowedEkus"
#define EKU_VALUE        L"Eku"

static const struct place {
    const WCHAR *key, *full, *policy;
} places[] = {
    [TUNNEL_IKEV2] = {L"Parameters\\IKEV2", REGISTRY_ROOT L"\\Parameters\\IKEV2",
                      L"IKEv2CustomPolicy"},
    [TUNNEL_L2TP] = {L"Parameters\\L2TP", REGISTRY_ROOT L"\\Parameters\\L2TP", L"L2TPCustomPolicy"},
};

/* ---- members that are one DWORD each -------------------------------------------------------- */

static const struct number {
    const WCHAR *name; /* of the value */
    DWORD otherwise;   /* what a Windows server has that was never told otherwise */
    size_t offset;
    unsigned part; /* 0: every caller has it */
    bool of_l2tp;
} numbers[] = {
    {L"idleTimeout", 300, offsetof(struct tunnel_settings, idle), 0, true},
    {L"networkBlackoutTime", 1800, offsetof(struct tunnel_settings, blackout), 0, false},
    {L"saLifeTime", 28800, offsetof(struct tunnel_settings, life), 0, true},
    {L"saDataSize", 102400, offsetof(struct tunnel_settings, kilobytes), 0, true},
    {L"EncryptionType", 2 /* required */, offsetof(struct tunnel_settings, encryption),
     TUNNEL_HAS_ENCRYPTION, true},
    {L"mmSaLifeTime", 0, offsetof(struct tunnel_settings, main_mode_life), TUNNEL_HAS_MAIN_MODE,
     true},
};
#define NUMBERS (sizeof(numbers) / sizeof(numbers[0]))

/* key NULL: nothing is stored. */
static void read_numbers(enum tunnel_protocol protocol, HKEY key, struct tunnel_settings *ret)
{
    for (size_t i = 0; i < NUMBERS; i++) {
        const struct number *n = &numbers[i];
        DWORD value = n->otherwise;

        if (protocol == TUNNEL_L2TP && !n->of_l2tp) continue;
        if (key) value = stored_dword(key, n->name, value);
        memcpy((BYTE *)ret + n->offset, &value, sizeof(value));
    }
}

static mpr_status write_numbers(enum tunnel_protocol protocol, unsigned parts, HKEY key,
                                const struct tunnel_settings *settings)
{
    mpr_status status = ST_OK;

    for (size_t i = 0; i < NUMBERS && !status; i++) {
        const struct number *n = &numbers[i];
        DWORD value;

        if ((protocol == TUNNEL_L2TP && !n->of_l2tp) || (n->part & ~parts)) continue;
        memcpy(&value, (const BYTE *)settings + n->offset, sizeof(value));
        status = registry_set_dword(key, n->name, value);
    }
    return status;
}

/* ---- extended key usages --------------------------------------------------------------------- */

#define EKU_HEAD_BYTES 4u

mpr_status tunnel_eku_encode(bool is_oid, const WCHAR *text, size_t units, struct blob *ret)
{
    struct writer w;

    *ret = (struct blob){mem_alloc(EKU_HEAD_BYTES + units * sizeof(WCHAR)),
                         EKU_HEAD_BYTES + units * sizeof(WCHAR)};
    if (!ret->data) {
        ret->size = 0;
        return ST_NOT_ENOUGH_MEMORY;
    }
    writer_init(&w, ret->data, ret->size);
    wr_le32(&w, is_oid ? 1 : 0);
    for (size_t i = 0; i < units; i++) wr_le16(&w, text[i]);
    return ST_OK;
}

size_t tunnel_eku_units(const struct blob *eku)
{
    return eku->size > EKU_HEAD_BYTES ? (eku->size - EKU_HEAD_BYTES) / sizeof(WCHAR) : 0;
}

bool tunnel_eku_decode(const struct blob *eku, WCHAR *text)
{
    size_t units = tunnel_eku_units(eku);
    struct reader r;
    bool is_oid;

    reader_init(&r, eku->data, eku->size);
    is_oid = rd_le32(&r) != 0;
    for (size_t i = 0; i < units; i++) text[i] = rd_le16(&r);
    text[units] = 0;
    return is_oid;
}

/* ---- reading -------------------------------------------------------------------------------- */

static mpr_status read_certificates(unsigned parts, HKEY key, struct tunnel_settings *ret)
{
    mpr_status status = blob_list_read(key, ISSUERS, ISSUER_VALUE, &ret->issuers);

    if (!status && parts & TUNNEL_HAS_NAME)
        status = stored_bytes(key, CERTIFICATE_NAME, &ret->certificate_name);
    if (!status && parts & TUNNEL_HAS_EKUS)
        status = blob_list_read(key, EKUS, EKU_VALUE, &ret->ekus);
    if (!status && parts & TUNNEL_HAS_HASH)
        status = stored_bytes(key, CERTIFICATE_HASH, &ret->certificate_hash);
    return status;
}

mpr_status tunnel_settings_read(enum tunnel_protocol protocol, unsigned parts,
                                struct tunnel_settings *ret)
{
    const struct place *place = &places[protocol];
    mpr_status status = ST_OK;
    HKEY key;

    memset(ret, 0, sizeof(*ret));
    if (registry_open(place->key, KEY_READ, false, &key)) key = NULL;
    read_numbers(protocol, key, ret);
    if (!key) return ST_OK;
    if (parts & TUNNEL_HAS_POLICY) policy_read(key, place->policy, &ret->policy);
    if (protocol == TUNNEL_IKEV2) status = read_certificates(parts, key, ret);
    RegCloseKey(key);
    if (status != ST_OK) tunnel_settings_free(ret);
    return status;
}

void tunnel_settings_free(struct tunnel_settings *settings)
{
    blob_free(&settings->certificate_name);
    blob_free(&settings->certificate_hash);
    blob_list_free(&settings->issuers);
    blob_list_free(&settings->ekus);
}

/* ---- writing -------------------------------------------------------------------------------- */

static mpr_status write_certificates(unsigned parts, HKEY key, const struct tunnel_settings *s)
{
    mpr_status status = blob_list_write(key, ISSUERS, ISSUER_VALUE, &s->issuers);

    if (!status && parts & TUNNEL_HAS_NAME)
        status =
            store_bytes(key, CERTIFICATE_NAME, s->certificate_name.data, s->certificate_name.size);
    if (!status && parts & TUNNEL_HAS_EKUS)
        status = blob_list_write(key, EKUS, EKU_VALUE, &s->ekus);
    if (!status && parts & TUNNEL_HAS_HASH)
        status =
            store_bytes(key, CERTIFICATE_HASH, s->certificate_hash.data, s->certificate_hash.size);
    return status;
}

mpr_status tunnel_settings_change(enum tunnel_protocol protocol, struct config_change *change)
{
    return config_change_key(change, places[protocol].full);
}

mpr_status tunnel_settings_write(enum tunnel_protocol protocol, unsigned parts,
                                 const struct tunnel_settings *settings)
{
    const struct place *place = &places[protocol];
    mpr_status status;
    HKEY key;

    status = registry_open(place->key, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = write_numbers(protocol, parts, key, settings);
    if (!status && parts & TUNNEL_HAS_POLICY)
        status = policy_write(key, place->policy, &settings->policy);
    if (!status && protocol == TUNNEL_IKEV2) status = write_certificates(parts, key, settings);
    RegCloseKey(key);
    return status;
}

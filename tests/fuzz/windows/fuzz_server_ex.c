/* Versioned objects with headers that lie, and with any values: what does not fit is refused and
 * changes nothing; what is taken reads back, and writing that again changes nothing.
 *
 * Each object is as long as its header says, and an array as long as its count, so that a sanitizer
 * sees a look beyond. What no caller could have (counts beyond every limit) points to one octet.
 */
#include "fuzz/fuzz.h"
#include "fuzz/windows/world.h"

#include <string.h>

#include "api/tunnel/custom_info.h"
#include "api/tunnel/server_ex.h"
#include "win32/config_load.h"
#include "win32/sys/registry.h"

#define BLOCKS_MAX 256u

static struct reader in;
static void *blocks[BLOCKS_MAX];
static size_t block_count;

/* server_ex_object.c asks for it; the router is not for LANs only. */
void config_load_parameters(struct router_config *ret, unsigned *ret_poll)
{
    memset(ret, 0, sizeof(*ret));
    ret->router_type = ROUTER_LAN | ROUTER_WAN;
    *ret_poll = 0;
}

/* Memory of the caller's, filled from the input as far as that goes. */
static void *caller_block(size_t size)
{
    void *block = calloc(1, size ? size : 1);
    size_t filled = size < reader_left(&in) ? size : reader_left(&in);

    if (!block || block_count == BLOCKS_MAX) abort();
    if (filled) rd_bytes(&in, block, filled);
    blocks[block_count++] = block;
    return block;
}

static void free_blocks(void)
{
    while (block_count) free(blocks[--block_count]);
}

static DWORD pick_count(DWORD most)
{
    uint8_t octet = rd_u8(&in);

    return octet == 255 ? 0xFFFFFFFFu : octet == 254 ? most + 1 : octet % 8;
}

static void *pick_array(DWORD count, DWORD most, size_t size)
{
    if (rd_u8(&in) % 8 == 0) return NULL;
    return caller_block(count > most ? 1 : count * size);
}

static void pick_bytes(DWORD *count, BYTE **data)
{
    *count = pick_count(65536);
    *data = pick_array(*count, 65536, 1);
}

static ROUTER_CUSTOM_IKEv2_POLICY0 *pick_policy(void)
{
    ROUTER_CUSTOM_IKEv2_POLICY0 *policy;
    DWORD *field;

    if (rd_u8(&in) % 2) return NULL;
    policy = caller_block(sizeof(*policy));
    field = &policy->dwIntegrityMethod;
    if (rd_u8(&in) % 4 == 0) return policy;
    for (size_t i = 0; i < POLICY_FIELDS; i++) field[i] = 1 + field[i] % 4;
    return policy;
}

/* Most values of an input are good ones, or nothing would be stored. */
static void tame(DWORD *value, DWORD good)
{
    if (rd_u8(&in) % 16) *value = good + *value % 1000;
}

/* ---- server objects -------------------------------------------------------------------------- */

static const struct {
    USHORT server, set;
} sizes[] = {
    {0, 0},
    {sizeof(MPR_SERVER_EX0_WIN7), sizeof(MPR_SERVER_SET_CONFIG_EX0_WIN7)},
    {sizeof(MPR_SERVER_EX0_WIN8), sizeof(MPR_SERVER_SET_CONFIG_EX0_WIN8)},
    {sizeof(MPR_SERVER_EX0_BLUE), sizeof(MPR_SERVER_SET_CONFIG_EX0_BLUE)},
    {sizeof(MPR_SERVER_EX1_BLUE), sizeof(MPR_SERVER_SET_CONFIG_EX1_BLUE)},
    {sizeof(MPR_SERVER_EX1_WIN10), sizeof(MPR_SERVER_SET_CONFIG_EX1_WIN10)},
    {sizeof(MPR_SERVER_EX0_WIN10), sizeof(MPR_SERVER_SET_CONFIG_EX0_WIN10)},
};

static MPRAPI_OBJECT_HEADER pick_header(UCHAR type, bool set)
{
    size_t n = 1 + rd_u8(&in) % (ARRAYSIZE(sizes) - 1);
    MPRAPI_OBJECT_HEADER header = {(UCHAR)(n == 6 ? 3 : n), type,
                                   set ? sizes[n].set : sizes[n].server};

    if (rd_u8(&in) % 8 == 0) { /* a liar */
        header.revision = rd_u8(&in);
        header.type = rd_u8(&in);
        header.size = rd_le16(&in);
    }
    return header;
}

/* At least the header itself can be read. */
static void *object_of(const MPRAPI_OBJECT_HEADER *header)
{
    void *object = caller_block(header->size > sizeof(*header) ? header->size : sizeof(*header));

    memcpy(object, header, sizeof(*header));
    return object;
}

static void pick_ekus(IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    t->dwTotalEkus = pick_count(1000);
    t->certificateEKUs = pick_array(t->dwTotalEkus, 1000, sizeof(MPR_CERT_EKU));
    for (DWORD i = 0; t->certificateEKUs && t->dwTotalEkus <= 1000 && i < t->dwTotalEkus; i++) {
        MPR_CERT_EKU *e = &t->certificateEKUs[i];

        e->dwSize = pick_count(1024);
        e->pwszEKU = pick_array(e->dwSize, 1024, sizeof(WCHAR));
        if (e->pwszEKU && !e->dwSize) e->pwszEKU = NULL;
    }
}

static void pick_names(IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    t->dwTotalCertificates = pick_count(1000);
    t->certificateNames = pick_array(t->dwTotalCertificates, 1000, sizeof(CERT_NAME_BLOB));
    for (DWORD i = 0;
         t->certificateNames && t->dwTotalCertificates <= 1000 && i < t->dwTotalCertificates; i++)
        pick_bytes(&t->certificateNames[i].cbData, &t->certificateNames[i].pbData);
}

static void pick_ike(IKEV2_CONFIG_PARAMS_WIN10 *p)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p->TunnelConfigParams;

    tame(&p->dwNumPorts, 1);
    p->dwPortFlags %= 5;
    p->dwTunnelConfigParamFlags %= 3;
    tame(&t->dwIdleTimeout, 300);
    tame(&t->dwNetworkBlackoutTime, 120);
    tame(&t->dwSaLifeTime, 300);
    tame(&t->dwSaDataSizeForRenegotiation, 1024);
    t->dwConfigOptions = rd_u8(&in) == 1;
    t->dwEncryptionType %= 5;
    tame(&t->dwMmSaLifeTime, 300);
    pick_names(t);
    pick_bytes(&t->machineCertificateName.cbData, &t->machineCertificateName.pbData);
    t->customPolicy = pick_policy();
    pick_ekus(t);
    pick_bytes(&t->machineCertificateHash.cbData, &t->machineCertificateHash.pbData);
}

static void pick_l2tp(L2TP_CONFIG_PARAMS1_WIN10 *p)
{
    L2TP_TUNNEL_CONFIG_PARAMS2 *t = &p->TunnelConfigParams;

    tame(&p->dwNumPorts, 1);
    p->dwPortFlags %= 5;
    p->dwTunnelConfigParamFlags %= 3;
    tame(&t->dwIdleTimeout, 300);
    tame(&t->dwSaLifeTime, 300);
    tame(&t->dwSaDataSizeForRenegotiation, 1024);
    t->dwEncryptionType %= 5;
    tame(&t->dwMmSaLifeTime, 300);
    t->customPolicy = pick_policy();
}

static void pick_rest(server_tunnels *t)
{
    SSTP_CERT_INFO *certificate = &t->SstpConfigParams.sstpCertDetails;

    tame(&t->PptpConfigParams.dwNumPorts, 1);
    t->PptpConfigParams.dwPortFlags %= 5;
    tame(&t->SstpConfigParams.dwNumPorts, 1);
    t->SstpConfigParams.dwPortFlags %= 3;
    tame(&t->GREConfigParams.dwNumPorts, 1);
    t->GREConfigParams.dwPortFlags %= 5;
    t->SstpConfigParams.certAlgorithm = rd_u8(&in) % 2 ? CALG_SHA_256 : CALG_SHA1;
    certificate->certBlob.cbData = rd_u8(&in) % 2 ? 32 : 20;
    certificate->certBlob.pbData = pick_array(certificate->certBlob.cbData, 32, 1);
}

/* Puts tunnels into a set object: what scatter does for objects of a get. */
static void put_tunnels(const struct server_layout *l, const server_tunnels *t, BYTE *object)
{
    BYTE *params = object + offsetof(MPR_SERVER_SET_CONFIG_EX0_WIN7, ConfigParams);

    memcpy(params, &t->IkeConfigParams, l->ike_size);
    memcpy(params + l->pptp, &t->PptpConfigParams, sizeof(t->PptpConfigParams));
    memcpy(params + l->l2tp, &t->L2tpConfigParams, l->l2tp_size);
    memcpy(params + l->sstp, &t->SstpConfigParams, sizeof(t->SstpConfigParams));
    memcpy(params + l->gre, &t->GREConfigParams, l->gre_size);
}

static MPR_SERVER_SET_CONFIG_EX0_WIN7 *pick_set(const struct server_layout **ret_layout)
{
    MPRAPI_OBJECT_HEADER header =
        pick_header(MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, true);
    MPR_SERVER_SET_CONFIG_EX0_WIN7 *object = object_of(&header);
    server_tunnels tunnels;

    *ret_layout = server_layout_find(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT);
    if (!*ret_layout) return object;
    server_tunnels_gather(*ret_layout, object, &tunnels);
    pick_ike(&tunnels.IkeConfigParams);
    pick_l2tp(&tunnels.L2tpConfigParams);
    pick_rest(&tunnels);
    put_tunnels(*ret_layout, &tunnels, (BYTE *)object);
    object->setConfigForProtocols %= 64;
    return object;
}

static bool is_stored(mpr_status status)
{
    return status == ST_OK || status == (mpr_status)SERVER_REBOOT_REQUIRED ||
           status == (mpr_status)SERVER_RESTART_REQUIRED;
}

/* What a get gives; freed with server_tunnels_free. */
static void get(const struct server_layout *l, server_tunnels *ret)
{
    const MPRAPI_OBJECT_HEADER header = {l->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT,
                                         l->server_size};
    MPR_SERVER_EX0_WIN7 *object = object_of(&header);
    const BYTE *params = (const BYTE *)&object->ConfigParams;

    FUZZ_CHECK(server_ex_get(object, NULL) == ST_OK);
    memset(ret, 0, sizeof(*ret));
    memcpy(&ret->IkeConfigParams, params, l->ike_size);
    memcpy(&ret->PptpConfigParams, params + l->pptp, sizeof(ret->PptpConfigParams));
    memcpy(&ret->L2tpConfigParams, params + l->l2tp, l->l2tp_size);
    memcpy(&ret->SstpConfigParams, params + l->sstp, sizeof(ret->SstpConfigParams));
    memcpy(&ret->GREConfigParams, params + l->gre, l->gre_size);
}

static void same_bytes(DWORD size, const BYTE *a, DWORD other, const BYTE *b)
{
    FUZZ_CHECK(size == other && (!size || !memcmp(a, b, size)));
}

static void same_ike(const struct server_layout *l, const IKEV2_TUNNEL_CONFIG_PARAMS4 *a,
                     const IKEV2_TUNNEL_CONFIG_PARAMS4 *b)
{
    FUZZ_CHECK(a->dwIdleTimeout == b->dwIdleTimeout);
    FUZZ_CHECK(a->dwNetworkBlackoutTime == b->dwNetworkBlackoutTime);
    FUZZ_CHECK(a->dwSaLifeTime == b->dwSaLifeTime);
    FUZZ_CHECK(a->dwTotalCertificates == b->dwTotalCertificates);
    for (DWORD i = 0; i < a->dwTotalCertificates; i++)
        same_bytes(a->certificateNames[i].cbData, a->certificateNames[i].pbData,
                   b->certificateNames[i].cbData, b->certificateNames[i].pbData);
    if (IKE_HAS(l, customPolicy)) FUZZ_CHECK(!a->customPolicy == !b->customPolicy);
    if (IKE_HAS(l, certificateEKUs)) FUZZ_CHECK(a->dwTotalEkus == b->dwTotalEkus);
    if (IKE_HAS(l, machineCertificateHash))
        same_bytes(a->machineCertificateHash.cbData, a->machineCertificateHash.pbData,
                   b->machineCertificateHash.cbData, b->machineCertificateHash.pbData);
    if (IKE_HAS(l, dwMmSaLifeTime)) FUZZ_CHECK(a->dwMmSaLifeTime == b->dwMmSaLifeTime);
}

static void same(const struct server_layout *l, DWORD protocols, const server_tunnels *a,
                 const server_tunnels *b)
{
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP)
        FUZZ_CHECK(a->PptpConfigParams.dwNumPorts == b->PptpConfigParams.dwNumPorts);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2 &&
        a->IkeConfigParams.dwTunnelConfigParamFlags)
        same_ike(l, &a->IkeConfigParams.TunnelConfigParams, &b->IkeConfigParams.TunnelConfigParams);
    if (protocols & MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP)
        FUZZ_CHECK(!a->SstpConfigParams.isUseHttps == !b->SstpConfigParams.isUseHttps);
}

/* What was got is taken back. */
static void set_again(const struct server_layout *l, DWORD protocols, const server_tunnels *tunnels)
{
    const MPRAPI_OBJECT_HEADER header = {
        l->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, l->set_size};
    MPR_SERVER_SET_CONFIG_EX0_WIN7 *object = object_of(&header);

    put_tunnels(l, tunnels, (BYTE *)object);
    object->setConfigForProtocols = protocols;
    FUZZ_CHECK(is_stored(server_ex_set(object)));
}

static void read_back(const struct server_layout *l, const MPR_SERVER_SET_CONFIG_EX0_WIN7 *object)
{
    server_tunnels wanted, got;
    uint64_t sum;

    server_tunnels_gather(l, object, &wanted);
    get(l, &got);
    same(l, object->setConfigForProtocols, &wanted, &got);
    set_again(l, object->setConfigForProtocols, &got);
    sum = world_sum();
    set_again(l, object->setConfigForProtocols, &got);
    FUZZ_CHECK(world_sum() == sum);
    server_tunnels_free(&got);
}

static void set_server(void)
{
    const struct server_layout *layout;
    uint64_t before = world_sum();
    MPR_SERVER_SET_CONFIG_EX0_WIN7 *object = pick_set(&layout);
    mpr_status status = server_ex_set(object);

    FUZZ_CHECK(is_stored(status) || status == ST_INVALID_PARAMETER);
    if (!is_stored(status)) {
        FUZZ_CHECK(world_sum() == before);
        return;
    }
    FUZZ_CHECK(layout != NULL);
    if (layout) read_back(layout, object);
}

static void get_server(void)
{
    MPRAPI_OBJECT_HEADER header = pick_header(MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, false);
    void *object = object_of(&header);
    const struct server_layout *l =
        server_layout_find(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);
    server_tunnels tunnels;

    if (!l) {
        FUZZ_CHECK(server_ex_get(object, NULL) == ST_INVALID_PARAMETER);
        return;
    }
    get(l, &tunnels);
    server_tunnels_free(&tunnels);
}

/* ---- custom information ---------------------------------------------------------------------- */

static void pick_selectors(DWORD *count, MPR_VPN_TRAFFIC_SELECTOR **list)
{
    *count = pick_count(255);
    *list = pick_array(*count, 255, sizeof(**list));
    for (DWORD i = 0; *list && *count <= 255 && i < *count; i++) {
        MPR_VPN_TRAFFIC_SELECTOR *s = &(*list)[i];

        if (rd_u8(&in) % 8 == 0) continue;
        s->type = rd_u8(&in) % 2 ? MPR_VPN_TS_IPv4_ADDR_RANGE : MPR_VPN_TS_IPv6_ADDR_RANGE;
        s->addrStart.Type = s->addrEnd.Type =
            s->type == MPR_VPN_TS_IPv4_ADDR_RANGE ? AF_INET : AF_INET6;
        s->portEnd = 0xFFFF;
        memset(&s->addrEnd.v6, 0xFF, sizeof(s->addrEnd.v6));
    }
}

static void pick_custom(custom_info *info)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;

    info->dwFlags %= 3;
    tame(&c->dwSaLifeTime, 300);
    tame(&c->dwSaDataSize, 1024);
    tame(&c->dwMmSaLifeTime, 300);
    pick_bytes(&c->certificateName.cbData, &c->certificateName.pbData);
    pick_bytes(&c->certificateHash.cbData, &c->certificateHash.pbData);
    c->customPolicy = pick_policy();
    pick_selectors(&c->vpnTrafficSelectors.numTsi, &c->vpnTrafficSelectors.tsI);
    pick_selectors(&c->vpnTrafficSelectors.numTsr, &c->vpnTrafficSelectors.tsR);
}

static size_t pick_custom_object(custom_info *ret)
{
    static const USHORT good[] = {sizeof(MPR_IF_CUSTOMINFOEX0), sizeof(MPR_IF_CUSTOMINFOEX1),
                                  sizeof(MPR_IF_CUSTOMINFOEX2)};
    size_t n = rd_u8(&in) % ARRAYSIZE(good), size;
    MPRAPI_OBJECT_HEADER header = {(UCHAR)(n + 1), MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT,
                                   good[n]};
    void *object;

    if (rd_u8(&in) % 8 == 0) {
        header.revision = rd_u8(&in);
        header.size = rd_le16(&in);
    }
    object = object_of(&header);
    size = custom_info_size(object);
    if (size) custom_info_gather(object, size, ret);
    return size;
}

static const struct config_interface branch = {.type = ROUTER_IF_TYPE_FULL_ROUTER};

/* A read gives what was written, and writing it again changes nothing. */
static void read_and_write_again(size_t size, const custom_info *info)
{
    uint64_t sum = world_sum();
    custom_info again, clone;

    FUZZ_CHECK(custom_info_read(&branch, size, &again) == ST_OK);
    FUZZ_CHECK(again.dwFlags == info->dwFlags);
    FUZZ_CHECK(custom_info_check(&again) == ST_OK);
    FUZZ_CHECK(custom_info_clone(&again, size, &clone) == ST_OK);
    custom_info_free(&again);
    FUZZ_CHECK(custom_info_store(&branch, size, &clone) == ST_OK);
    FUZZ_CHECK(world_sum() == sum);
    custom_info_free(&clone);
}

static void set_custom(void)
{
    custom_info info;
    size_t size = pick_custom_object(&info);
    HKEY key;

    if (!size) return;
    pick_custom(&info);
    if (size < sizeof(info)) memset((BYTE *)&info + size, 0, sizeof(info) - size);
    if (custom_info_check(&info) != ST_OK) return;
    FUZZ_CHECK(registry_open(L"Interfaces\\0", KEY_ALL_ACCESS, true, &key) == ST_OK);
    RegCloseKey(key);
    FUZZ_CHECK(custom_info_store(&branch, size, &info) == ST_OK);
    read_and_write_again(size, &info);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    world_reset();
    reader_init(&in, data, size);
    for (int i = 0; i < 4 && reader_left(&in); i++) {
        switch (rd_u8(&in) % 4) {
        case 0:
        case 1:
            set_server();
            break;
        case 2:
            get_server();
            break;
        default:
            set_custom();
            break;
        }
        free_blocks();
    }
    return 0;
}

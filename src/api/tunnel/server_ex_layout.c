/* The table of layouts, and the way from each to the newest one and back. All are built of parts
 * that begin alike: the IKEv2 and L2TP parts of an older version are the beginning of the newest
 * version's, on both architectures, which is asserted here. */
#include "api/tunnel/object_check.h"
#include "api/tunnel/server_ex.h"

#include <string.h>

#define PARAMS(EX, LEVEL)         MPRAPI_TUNNEL_CONFIG_PARAMS##EX##_##LEVEL
#define MEMBER_SIZE(type, member) sizeof(((const type *)0)->member)
#define ROW(REVISION, EX, LEVEL, GRE, GRE_SIZE)                        \
    {                                                                  \
        REVISION, sizeof(MPR_SERVER_EX##EX##_##LEVEL),                 \
            sizeof(MPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL),            \
            offsetof(PARAMS(EX, LEVEL), PptpConfigParams),             \
            offsetof(PARAMS(EX, LEVEL), L2tpConfigParams),             \
            offsetof(PARAMS(EX, LEVEL), SstpConfigParams), GRE,        \
            MEMBER_SIZE(PARAMS(EX, LEVEL), IkeConfigParams),           \
            MEMBER_SIZE(PARAMS(EX, LEVEL), L2tpConfigParams), GRE_SIZE \
    }
#define ROW_0(REVISION, LEVEL) ROW(REVISION, 0, LEVEL, 0, 0)
#define ROW_1(REVISION, LEVEL) \
    ROW(REVISION, 1, LEVEL, offsetof(PARAMS(1, LEVEL), GREConfigParams), sizeof(GRE_CONFIG_PARAMS))

static const struct server_layout layouts[] = {
    ROW_0(1, WIN7),  ROW_0(2, WIN8), ROW_0(3, BLUE),
    ROW_0(3, WIN10), ROW_1(4, BLUE), ROW_1(5, WIN10),
};

#define SERVER_PARAMS offsetof(MPR_SERVER_EX0_WIN7, ConfigParams)
#define SET_PARAMS    offsetof(MPR_SERVER_SET_CONFIG_EX0_WIN7, ConfigParams)

SAME_OFFSET(MPR_SERVER_EX0_WIN7, MPR_SERVER_EX1_WIN10, ConfigParams);
SAME_OFFSET(MPR_SERVER_SET_CONFIG_EX0_WIN7, MPR_SERVER_SET_CONFIG_EX1_WIN10, ConfigParams);
SAME_OFFSET(IKEV2_CONFIG_PARAMS_WIN7, IKEV2_CONFIG_PARAMS_WIN10,
            TunnelConfigParams.certificateNames);
SAME_OFFSET(IKEV2_CONFIG_PARAMS_WIN8, IKEV2_CONFIG_PARAMS_WIN10, TunnelConfigParams.customPolicy);
SAME_OFFSET(IKEV2_CONFIG_PARAMS_BLUE, IKEV2_CONFIG_PARAMS_WIN10,
            TunnelConfigParams.machineCertificateHash);
SAME_OFFSET(L2TP_CONFIG_PARAMS1_BLUE, L2TP_CONFIG_PARAMS1_WIN10, TunnelConfigParams.customPolicy);

const struct server_layout *server_layout_find(const void *object, UCHAR type)
{
    MPRAPI_OBJECT_HEADER header;

    memcpy(&header, object, sizeof(header));
    if (header.type != type) return NULL;
    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
        const struct server_layout *l = &layouts[i];

        if (l->revision == header.revision &&
            header.size ==
                (type == MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT ? l->server_size : l->set_size))
            return l;
    }
    return NULL;
}

unsigned server_layout_ike_parts(const struct server_layout *layout)
{
    unsigned parts = 0;

    if (IKE_HAS(layout, customPolicy))
        parts = TUNNEL_HAS_NAME | TUNNEL_HAS_ENCRYPTION | TUNNEL_HAS_POLICY;
    if (IKE_HAS(layout, machineCertificateHash)) parts |= TUNNEL_HAS_EKUS | TUNNEL_HAS_HASH;
    if (IKE_HAS(layout, dwMmSaLifeTime)) parts |= TUNNEL_HAS_MAIN_MODE;
    return parts;
}

unsigned server_layout_l2tp_parts(const struct server_layout *layout)
{
    unsigned parts = 0;

    if (L2TP_HAS(layout, customPolicy)) parts = TUNNEL_HAS_ENCRYPTION | TUNNEL_HAS_POLICY;
    if (L2TP_HAS(layout, dwMmSaLifeTime)) parts |= TUNNEL_HAS_MAIN_MODE;
    return parts;
}

void server_tunnels_gather(const struct server_layout *layout, const void *object,
                           server_tunnels *ret)
{
    const BYTE *params = (const BYTE *)object + SET_PARAMS;

    memset(ret, 0, sizeof(*ret));
    memcpy(&ret->IkeConfigParams, params, layout->ike_size);
    memcpy(&ret->PptpConfigParams, params + layout->pptp, sizeof(ret->PptpConfigParams));
    memcpy(&ret->L2tpConfigParams, params + layout->l2tp, layout->l2tp_size);
    memcpy(&ret->SstpConfigParams, params + layout->sstp, sizeof(ret->SstpConfigParams));
    memcpy(&ret->GREConfigParams, params + layout->gre, layout->gre_size);
}

void server_tunnels_scatter(const struct server_layout *layout, const server_tunnels *tunnels,
                            void *object)
{
    BYTE *params = (BYTE *)object + SERVER_PARAMS;

    memset(params, 0, layout->server_size - SERVER_PARAMS);
    memcpy(params, &tunnels->IkeConfigParams, layout->ike_size);
    memcpy(params + layout->pptp, &tunnels->PptpConfigParams, sizeof(tunnels->PptpConfigParams));
    memcpy(params + layout->l2tp, &tunnels->L2tpConfigParams, layout->l2tp_size);
    memcpy(params + layout->sstp, &tunnels->SstpConfigParams, sizeof(tunnels->SstpConfigParams));
    /* gre_size 0 must not touch the beginning, where gre 0 points to. */
    memcpy(params + layout->gre, &tunnels->GREConfigParams, layout->gre_size);
}

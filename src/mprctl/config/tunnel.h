/* Settings of tunnels: of IKEv2 and L2TP of the server, and of IKEv2 of a demand-dial interface
 * (pages: IKEV2_TUNNEL_CONFIG_PARAMS4, L2TP_TUNNEL_CONFIG_PARAMS2, ROUTER_IKEv2_IF_CUSTOM_CONFIG2).
 *
 * What they have in common is said in the same words: numbers, a custom policy of six algorithms,
 * and certificates as octets.
 */
#ifndef MPRCTL_TUNNEL_H
#define MPRCTL_TUNNEL_H

#include "mprctl/config/dump.h"
#include "mprctl/config/field.h"

#define LIFE_RANGE      "5m-17279999s" /* 300 s to a second below 200 days */
#define MAIN_LIFE_RANGE "default|5m-17279999s"
#define OUTAGE_RANGE    "2m-"
#define DATA_RANGE      "1MB-"

#define INTEGRITIES   "md5|sha1|sha256|sha384"
#define ENCRYPTIONS   "des|des3|aes128|aes192|aes256|gcmaes128|gcmaes256"
#define CIPHERS       "des|des3|aes128|aes192|aes256|gcmaes128|gcmaes192|gcmaes256"
#define AUTH_CHECKS   "md596|sha196|sha256128|gcmaes128|gcmaes192|gcmaes256"
#define PFS_GROUPS    "none|pfs1|pfs2|pfs2048|ecp256|ecp384|pfsmm|pfs24"
#define DH_GROUPS     "none|group1|group2|group14|ecp256|ecp384|group24"
#define POLICY_FIELDS 6

/* ROW(name, what people may type, member, choices, help); quick mode's ciphers begin with 1. */
#define POLICY_ROWS(ROW)                                                                 \
    ROW(integritymethod, INTEGRITIES, dwIntegrityMethod, INTEGRITIES, "main mode")       \
    ROW(encryptionmethod, ENCRYPTIONS, dwEncryptionMethod, ENCRYPTIONS, "main mode")     \
    ROW(ciphertransform, CIPHERS, dwCipherTransformConstant, "0|" CIPHERS, "quick mode") \
    ROW(authtransform, AUTH_CHECKS, dwAuthTransformConstant, AUTH_CHECKS, "quick mode")  \
    ROW(pfsgroup, PFS_GROUPS, dwPfsGroup, PFS_GROUPS, "quick mode")                      \
    ROW(dhgroup, DH_GROUPS, dwDhGroup, DH_GROUPS, "main mode")

#define POLICY_PARAMETER(name, values, member, choices, help) {#name, values, false, help},
#define POLICY_COLUMN(name, values, member, choices, help)    {#name, #name, CELL_TEXT, true},
#define POLICY_PARAMETERS                                       \
    POLICY_ROWS(POLICY_PARAMETER)                               \
    {                                                           \
        "policy", "none", false, "takes the custom policy away" \
    }
#define CERTIFICATE_PARAMETERS                                                             \
    {"certificate", VALUE_HEX, false, "name of the own certificate, as its octets (DER)"}, \
    {                                                                                      \
        "certificatehash", VALUE_HEX, false, "hash of the own certificate"                 \
    }
#define CERTIFICATE_COLUMNS                                   \
    {"certificate", "certificate", CELL_TEXT, true},          \
    {                                                         \
        "certificatehash", "certificatehash", CELL_TEXT, true \
    }

/* ROW(name, kind, member, choices or range, help) of a structure of the three. */
#define TUNNEL_PARAMETER(name, kind, member, choices, help) \
    {#name, FIELD_##kind == FIELD_NUMBER ? VALUE_NUMBER : NULL, false, help},
#define TUNNEL_COLUMN(name, kind, member, choices, help) \
    {#name, #name, FIELD_##kind == FIELD_CHOICE ? CELL_TEXT : CELL_NUMBER, false},
#define TUNNEL_FIELD(type, name, kind, member, choices) \
    {#name, FIELD_##kind, offsetof(type, member), sizeof(DWORD), choices, NULL},

/* Where the members of one of the structures are; NULL: it has no such ones. */
struct tunnel {
    const struct field *fields;
    size_t field_count;
    void *base;
    ROUTER_CUSTOM_IKEv2_POLICY0 **policy;
    CERT_NAME_BLOB *certificate;
    CRYPT_HASH_BLOB *hash;
    /* What words give; the members point to it. */
    ROUTER_CUSTOM_IKEv2_POLICY0 own_policy;
    BYTE *own_certificate, *own_hash;
};

/* Takes what the call has. Memory that members pointed to stays its owner's. */
bool tunnel_take(struct tunnel *t, const struct call *call, struct text *error);
void tunnel_free(struct tunnel *t);
/* The words that make these settings anew; with whole also those that take away what is not there.
 */
void tunnel_words(const struct tunnel *t, bool whole, struct text *out);
/* Cells: the fields, the policy, and the certificates of what has them. */
void tunnel_report(struct session *s, const struct tunnel *t);

/* ikev2 set, l2tp set. */
void tunnel_dump_server(struct dump *d);
/* interfaces ikev2 set. */
void tunnel_dump_interface(struct dump *d, const struct target *t, const char *name);

#endif

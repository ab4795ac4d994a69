/* The objects with a revision that dimsvc's newer methods carry as NDR (MS-RRASM 2.2.1.2.267 and
 * the following, 2.2.3). A structure here has the members of all revisions; those that an object's
 * revision lacks are zero when read and left out when written. Texts and octets that were read live
 * as long as the struct ndr and its input.
 *
 * Each dim_ function reads or writes one object, header and pointers included. An unknown revision
 * is ST_RPC_BAD_STUB_DATA, as an NDR engine has it: a union has no arm for it.
 *
 * Revisions with DIM_OURS are ours, not MS-RRASM's: layouts of the API that it lacks, for our own
 * programs and router. The low bits are the revision in the API's header. They have what the
 * highest revision of MS-RRASM has, and behind it what is marked "ours". Another router answers
 * them with the same fault.
 */
#ifndef MPR_DIMSVC_OBJECTS_H
#define MPR_DIMSVC_OBJECTS_H

#include "dimsvc/ndr.h"

#define DIM_OURS 0x80u
enum {
    DIM_SERVER_MAIN_MODE = DIM_OURS | 3,     /* 3 as Windows 10 has it: life of main mode */
    DIM_SERVER_GRE = DIM_OURS | 4,           /* ports of GRE */
    DIM_SERVER_GRE_MAIN_MODE = DIM_OURS | 5, /* both */
    DIM_CUSTOM_SELECTORS = DIM_OURS | 3,     /* life of main mode, traffic selectors */
    DIM_UPDATE_LOCAL = DIM_OURS | 1          /* the local endpoint */
};

/* MPRAPI_OBJECT_HEADER_IDL */
struct dim_header {
    uint8_t revision;
    uint8_t type; /* 1 connection, 2 server, 3 server to set, 5 connection to update, 6 interface */
    uint16_t size;
};

/* CERT_BLOB_1 and other counted octets; data may be NULL. */
struct dim_octets {
    uint32_t size;
    const uint8_t *data;
};

/* CERT_EKU_1 */
struct dim_eku {
    uint32_t units; /* of text, whatever ends it included */
    uint32_t is_oid;
    const char16_t *text;
};

/* ROUTER_CUSTOM_IKEv2_POLICY_0: integrity and encryption method, cipher and authentication
 * transform, PFS and Diffie-Hellman group. The one for L2TP is the same. */
struct dim_policy {
    uint32_t method[6];
};

/* IKEV2_CONFIG_PARAMS_1 to _3 with their tunnel parameters */
struct dim_ikev2 {
    uint32_t ports, port_flags, config_flags;
    uint32_t idle_timeout, blackout_time, sa_life_time, sa_data_size, config_options;
    uint32_t certificate_count;
    struct dim_octets *certificates;
    /* from revision 2 on */
    struct dim_octets machine_certificate;
    uint32_t encryption;
    struct dim_policy *policy;
    /* from revision 3 on */
    uint32_t eku_count;
    struct dim_eku *ekus;
    struct dim_octets machine_hash;
    uint32_t main_mode_life; /* ours */
};

/* L2TP_CONFIG_PARAMS_1, _2 */
struct dim_l2tp {
    uint32_t ports, port_flags;
    /* from revision 3 of the whole on */
    uint32_t config_flags, idle_timeout, encryption, sa_life_time, sa_data_size;
    struct dim_policy *policy;
    uint32_t main_mode_life; /* ours */
};

/* SSTP_CONFIG_PARAMS_1 */
struct dim_sstp {
    uint32_t ports, port_flags, use_https, algorithm, is_default;
    struct dim_octets certificate;
};

/* MPRAPI_TUNNEL_CONFIG_PARAMS_1 to _3 */
struct dim_tunnels {
    struct dim_ikev2 ikev2;
    uint32_t pptp_ports, pptp_port_flags;
    struct dim_l2tp l2tp;
    struct dim_sstp sstp;
    uint32_t gre_ports, gre_port_flags; /* ours */
};

/* MPR_SERVER_EX_IDL */
struct dim_server {
    uint8_t revision; /* 1 to 3, DIM_SERVER_... */
    struct dim_header header;
    uint32_t lan_only, up_time, total_ports, ports_in_use, reserved;
    struct dim_tunnels tunnels;
};
void dim_server(struct ndr *n, struct dim_server *server);

/* MPR_SERVER_SET_CONFIG_EX_IDL */
struct dim_server_set {
    uint8_t revision; /* 1 to 3, DIM_SERVER_... */
    struct dim_header header;
    uint32_t protocols; /* 1 PPTP, 2 L2TP, 4 SSTP, 8 IKEv2; ours: 16 GRE */
    struct dim_tunnels tunnels;
};
void dim_server_set(struct ndr *n, struct dim_server_set *server);

/* Ours: MPR_VPN_TRAFFIC_SELECTOR with its two addresses, each of a family as the API numbers it. */
struct dim_selector {
    uint32_t type;
    uint8_t protocol;
    uint16_t first_port, last_port, payload;
    uint16_t first_family, last_family;
    uint8_t first[16], last[16]; /* IPv4: 4 octets, then zeros */
};
struct dim_selectors {
    uint32_t count;
    struct dim_selector *rows;
};

/* MPR_IF_CUSTOMINFOEX_IDL */
struct dim_custom {
    uint8_t revision; /* 1, 2, DIM_CUSTOM_SELECTORS */
    struct dim_header header;
    uint32_t flags, sa_life_time, sa_data_size;
    struct dim_octets certificate;
    struct dim_policy *policy;
    /* from revision 2 on */
    struct dim_octets certificate_hash;
    /* ours */
    uint32_t main_mode_life;
    struct dim_selectors initiator, responder;
};
void dim_custom(struct ndr *n, struct dim_custom *custom);

/* PPP_PROJECTION_INFO_1. Each text has its terminator where there is room. */
struct dim_ppp {
    uint32_t ipv4_error;
    char16_t address[16], remote_address[16];
    uint32_t ipv4_options, ipv4_remote_options;
    uint64_t ipv4_index;
    uint32_t ipv6_error;
    uint8_t interface_id[8], remote_interface_id[8], prefix[8];
    uint32_t prefix_length;
    uint64_t ipv6_index;
    uint32_t lcp_error, authentication, authentication_data;
    uint32_t remote_authentication, remote_authentication_data;
    uint32_t terminate_reason, remote_terminate_reason, lcp_options, lcp_remote_options;
    uint32_t eap_type, embedded_eap_type /* of level 4 only */, remote_eap_type;
    uint32_t ccp_error, compression, ccp_options, remote_compression, ccp_remote_options;
};

/* IKEV2_PROJECTION_INFO_1 */
struct dim_ikev2_projection {
    uint32_t ipv4_error;
    char16_t address[16], remote_address[16];
    uint64_t ipv4_index;
    uint32_t ipv6_error;
    uint8_t interface_id[8], remote_interface_id[8], prefix[8];
    uint32_t prefix_length;
    uint64_t ipv6_index;
    uint32_t options, authentication, eap_type, embedded_eap_type /* of level 4 only */;
    uint32_t compression, encryption;
};

/* RAS_CONNECTION_EX_IDL of revision 1 */
struct dim_connection {
    uint8_t revision;
    struct dim_header header;
    uint32_t duration; /* seconds */
    uint16_t interface_type;
    uint32_t flags;
    char16_t interface_name[257], user_name[257], domain[16], remote_computer[17];
    struct dim_guid {
        uint32_t data1;
        uint16_t data2, data3;
        uint8_t data4[8];
    } guid;
    uint16_t quarantine_state;
    uint32_t probation_low, probation_high; /* FILETIME */
    /* octets and frames out and in, errors (CRC, timeout, alignment, hardware overrun, framing,
     * buffer overrun), compression in and out, switches to another endpoint */
    uint32_t statistics[13];
    char16_t remote_endpoint[65], local_endpoint[65];
    uint8_t projection; /* DIM_PROJECTION_PPP, DIM_PROJECTION_IKEV2 */
    union {
        struct dim_ppp ppp;
        struct dim_ikev2_projection ikev2;
    };
    uint32_t connection, interface; /* handles */
};
enum { DIM_PROJECTION_PPP = 1, DIM_PROJECTION_IKEV2 = 2 };
#define DIM_CONNECTION_LEAST 1600u /* fewer octets no connection has */
void dim_connection(struct ndr *n, struct dim_connection *connection);

/* RAS_UPDATE_CONNECTION_IDL */
struct dim_update {
    uint8_t revision; /* 1, DIM_UPDATE_LOCAL */
    struct dim_header header;
    uint32_t local_index; /* dwIfIndex */
    char16_t remote_endpoint[65];
    char16_t local_endpoint[65]; /* ours */
};
void dim_update(struct ndr *n, struct dim_update *update);

void dim_header(struct ndr *n, struct dim_header *header);

#endif

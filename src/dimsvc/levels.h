/* What dwLevel says that a DIM_INFORMATION_CONTAINER holds: little-endian C structures with natural
 * alignment (MS-RRASM 2.2.1.1.13 and the following, 2.2.1.2), read and written through ndr.h, since
 * NDR aligns numbers in the same way. An array is its structures one behind the other.
 *
 * A structure here has the members of all levels of its kind; those that a level lacks are zero
 * when read and left out when written. Handles are DWORDs. Names have a terminator where there is
 * room.
 *
 * What MS-RRASM lacks and the API has is marked "ours". It is written only where there is something
 * to say, and nobody who reads structures as MS-RRASM has them comes across it.
 *
 * Every function: one structure of that level. n->status becomes ST_INVALID_LEVEL when there is no
 * such level, ST_RPC_BAD_STUB_DATA when the octets end before the structure does.
 */
#ifndef MPR_DIMSVC_LEVELS_H
#define MPR_DIMSVC_LEVELS_H

#include "dimsvc/objects.h"

/* MPR_SERVER_0 to _2 */
struct dim_server_level {
    uint32_t lan_only, up_time, total_ports, ports_in_use;   /* level 0 */
    uint32_t pptp_ports, pptp_flags, l2tp_ports, l2tp_flags; /* from 1 on */
    uint32_t sstp_ports, sstp_flags;                         /* 2 */
};
void dim_server_level(struct ndr *n, uint32_t level, struct dim_server_level *server);

/* RASI_PORT_0, _1; ours: level 2, RAS_PORT_2 with handles of 32 bits */
struct dim_port_level {
    uint32_t port, connection;
    uint32_t condition, calls, duration; /* level 0 */
    char16_t name[17], media[17], device[129], type[17];
    uint32_t hardware_condition, line_speed; /* from 1 on */
    uint32_t statistics[12];                 /* level 1 */
    /* level 2: errors (CRC, serial overrun, timeout, alignment, hardware overrun, framing, buffer
     * overrun), compression in and out, all errors; octets and frames out and in, octets sent
     * before and behind compression, received likewise */
    uint32_t errors[10];
    uint64_t totals[8];
};
void dim_port_level(struct ndr *n, uint32_t level, struct dim_port_level *port);

/* MPR_DEVICE_0, and what level 1 adds. The texts of a level 1 that was read live as long as n. */
struct dim_device_level {
    char16_t type[17], name[129];
    char16_t phone_number[129];
    struct dim_octets alternates; /* a multi-string, in octets */
};
void dim_device_level(struct ndr *n, uint32_t level, struct dim_device_level *device);

/* MPR_CREDENTIALSEX_1: octets behind it */
void dim_credentials_level(struct ndr *n, struct dim_octets *data);

/* MPRI_INTERFACE_0 to _3 */
struct dim_interface_level {
    char16_t name[257];
    uint32_t interface, enabled, type, state, reasons, last_error;
    struct dim_octets hours; /* level 1: a multi-string, in octets */
    /* from 2 on */
    uint32_t options;
    char16_t phone_number[129];
    struct dim_octets alternates;
    uint32_t address, dns, dns_alternate, wins, wins_alternate; /* as in the API's structure */
    uint32_t protocols;
    char16_t device_type[17], device_name[129];
    char16_t x25_pad[33], x25_address[201], x25_facilities[201], x25_user_data[201];
    uint32_t channels, sub_entries, dial_mode, dial_percent, dial_seconds, hang_up_percent;
    uint32_t hang_up_seconds, idle_seconds, phone_book_type, encryption, auth_key;
    struct dim_octets auth_data;
    struct dim_guid guid;
    uint32_t vpn_strategy;
    /* 3 */
    uint32_t address_count;
    uint8_t dns6[16], dns6_alternate[16];
    /* ours: address_count of 16 octets, the last ones behind the structure. Their offset is unused
     * in MS-RRASM; one that leads to no addresses is none. */
    struct dim_octets addresses;
};
void dim_interface_level(struct ndr *n, uint32_t level, struct dim_interface_level *interface);

/* RASI_CONNECTION_0 to _3. Level 4 is RAS_CONNECTION_4_IDL. */
struct dim_connection_level {
    uint32_t connection, interface, duration, type, flags;
    char16_t interface_name[257], user_name[257], domain[16], remote_computer[17];
    struct dim_guid guid;
    uint32_t quarantine_state;
    uint32_t probation_low, probation_high, start_low, start_high; /* FILETIME */
    uint32_t statistics[13];
    uint32_t statistics_high[2]; /* ours: of octets out and in, dim_connection_high */
    struct dim_ppp_info {        /* PPP_INFO, _2, _3 */
        uint32_t nbf_error;
        char16_t workstation[17];
        uint32_t ip_error;
        char16_t address[16], remote_address[16];
        uint32_t ip_options, ip_remote_options;
        uint32_t ipx_error;
        char16_t ipx_address[16];
        uint32_t at_error;
        char16_t at_address[33];
        uint32_t ipv6_version, ipv6_size, ipv6_error;
        uint8_t interface_id[8], remote_interface_id[8];
        uint32_t ipv6_options, ipv6_remote_options;
        uint8_t prefix[8];
        uint32_t prefix_length;
        uint32_t ccp[5]; /* error, algorithm, options, the remote's two */
        uint32_t lcp[11];
    } ppp;
    /* level 4 */
    char16_t remote_endpoint[65], local_endpoint[65];
    uint8_t projection;
    union {
        struct dim_ppp ppp_2;
        struct dim_ikev2_projection ikev2;
    };
    uint32_t device_type;
};
void dim_connection_level(struct ndr *n, uint32_t level, struct dim_connection_level *connection);
/* Level 4 has 32 bits of what the API counts with 64. Those above follow behind the last structure
 * of an array, in its order, when any is set; read they are 0 when they aren't there. */
void dim_connection_high(struct ndr *n, struct dim_connection_level *connection);

#endif

/* What a phone-book entry says, in the terms of MPR_INTERFACE_2 and MPR_INTERFACE_3.
 *
 * Numbers are those of the API (mprapi.h): PBK_OPTION_* = MPRIO_*, PBK_ET_* = MPR_ET_*, type =
 * MPRET_*, vpn_strategy = MPR_VS_*, dial_mode = MPRDM_*, net_protocols = MPRNP_*. Addresses are in
 * host order (192.0.2.1 = 0xC0000201); IPv6 ones are 16 bytes as on the wire.
 *
 * Field of MPR_INTERFACE_2   key (part)                    values there
 *   dwType                   Type                          1, 2; 5 = broadband; else by DEVICE
 *   dwVpnStrategy            VpnStrategy                   0..8
 *   szDeviceType             DEVICE (block header)         vpn, modem, PPPoE, isdn, x25, ...
 *   szDeviceName             Device (MEDIA), PreferredDevice
 *   -                        Port (MEDIA), PreferredPort
 *   szLocalPhoneNumber       PhoneNumber (DEVICE), the first; for a VPN the host
 *   szAlternates             PhoneNumber, the others
 *   ipaddr, ipaddrDns,       IpAddress, IpDnsAddress,      dotted
 *     ipaddrDnsAlt,            IpDns2Address,
 *     ipaddrWins, -WinsAlt     IpWinsAddress, IpWins2Address
 *   dwfNetProtocols          ExcludedProtocols             bits 1 IPX, 2 IP, 3 IPv6, set = excluded
 *   szX25PadType, -Address,  X25Pad, X25Address,
 *     -Facilities, -UserData   Facilities, UserData (DEVICE)
 *   dwSubEntries             number of MEDIA blocks
 *   dwDialMode               DialMode                      0 first, 1 all, 2 as needed
 *   dwDialExtra*, dwHangUp*  DialPercent, DialSeconds, HangUpPercent, HangUpSeconds
 *   dwIdleDisconnectSeconds  IdleDisconnectSeconds         0 global value, -1 never
 *   dwEncryptionType         DataEncryption                0 none, 8 optional, 256 require, 512 max
 *   dwCustomAuthKey          CustomAuthKey                 EAP type
 *   lpbCustomAuthData        CustomAuthData                hex, 64 bytes a line
 *   guidId                   Guid                          16 bytes in memory order, hex
 *   ipv6addr (level 3)       Ipv6Address, if not ::        one address at most
 *   ipv6addrDns, -Alt        Ipv6DnsAddress, Ipv6Dns2Address
 *
 * Bit of dwfOptions (PBK_OPTION_)   key                  set means
 *   SPECIFIC_IP_ADDR                IpAssign             2 (else 1)
 *   SPECIFIC_NAME_SERVERS           IpNameAssign         2 (else 1)
 *   IP_HEADER_COMPRESSION           IpHeaderCompression  1
 *   REMOTE_DEFAULT_GATEWAY          IpPrioritizeRemote   1
 *   DISABLE_LCP_EXTENSIONS          LcpExtensions        0
 *   SW_COMPRESSION                  SwCompression        1
 *   REQUIRE_DATA_ENCRYPTION         DataEncryption       256 or 512: the bit and encryption say the
 *                                                        same; set with none or optional: 256
 *   PROMOTE_ALTERNATES              PromoteAlternates    1 (DEVICE)
 *   SECURE_LOCAL_FILES              ShareMsFilePrint     0
 *   SHARED_PHONE_NUMBERS            SharedPhoneNumbers   1
 *   REQUIRE_PAP, _SPAP, _CHAP,      AuthRestrictions     bit 8, 16, 32,
 *     _MSCHAP, _EAP, _MSCHAP2,                           64, 128, 512,
 *     _MACHINE_CERTIFICATES                              2048
 *   IPSEC_PSK                       IpSecFlags           bit 1
 *   IKEV2_INITIATOR_PSK             IpSecFlags           bit 2, and AuthRestrictions bit 4096
 *   NETWORK_LOGON, USE_LOGON_CREDENTIALS,
 *     IKEV2_RESPONDER_PSK           RouterOptions        the bits themselves, decimal
 *
 * No key of Windows is known for the last group. RouterOptions is ours, written only when one of
 * them is set; Windows skips keys that it does not know. REQUIRE_ENCRYPTED_PW and
 * REQUIRE_MS_ENCRYPTED_PW follow from the others (MS-RRASM 3.1.4.14): neither read nor written.
 */
#ifndef MPR_PHONEBOOK_PHONEBOOK_SETTINGS_H
#define MPR_PHONEBOOK_PHONEBOOK_SETTINGS_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <uchar.h>

#define PBK_OPTION_SPECIFIC_IP_ADDR             0x2u
#define PBK_OPTION_SPECIFIC_NAME_SERVERS        0x4u
#define PBK_OPTION_IP_HEADER_COMPRESSION        0x8u
#define PBK_OPTION_REMOTE_DEFAULT_GATEWAY       0x10u
#define PBK_OPTION_DISABLE_LCP_EXTENSIONS       0x20u
#define PBK_OPTION_SW_COMPRESSION               0x200u
#define PBK_OPTION_REQUIRE_ENCRYPTED_PW         0x400u
#define PBK_OPTION_REQUIRE_MS_ENCRYPTED_PW      0x800u
#define PBK_OPTION_REQUIRE_DATA_ENCRYPTION      0x1000u
#define PBK_OPTION_NETWORK_LOGON                0x2000u
#define PBK_OPTION_USE_LOGON_CREDENTIALS        0x4000u
#define PBK_OPTION_PROMOTE_ALTERNATES           0x8000u
#define PBK_OPTION_SECURE_LOCAL_FILES           0x10000u
#define PBK_OPTION_REQUIRE_EAP                  0x20000u
#define PBK_OPTION_REQUIRE_PAP                  0x40000u
#define PBK_OPTION_REQUIRE_SPAP                 0x80000u
#define PBK_OPTION_SHARED_PHONE_NUMBERS         0x800000u
#define PBK_OPTION_REQUIRE_MACHINE_CERTIFICATES 0x1000000u
#define PBK_OPTION_IKEV2_INITIATOR_PSK          0x2000000u
#define PBK_OPTION_IKEV2_RESPONDER_PSK          0x4000000u
#define PBK_OPTION_REQUIRE_CHAP                 0x8000000u
#define PBK_OPTION_REQUIRE_MSCHAP               0x10000000u
#define PBK_OPTION_REQUIRE_MSCHAP2              0x20000000u
#define PBK_OPTION_IPSEC_PSK                    0x80000000u

enum { PBK_TYPE_PHONE = 1, PBK_TYPE_VPN = 2, PBK_TYPE_DIRECT = 3, PBK_TYPE_BROADBAND = 5 };
enum { PBK_ET_NONE = 0, PBK_ET_REQUIRE = 1, PBK_ET_REQUIRE_MAX = 2, PBK_ET_OPTIONAL = 3 };
enum { PBK_NET_IPX = 2, PBK_NET_IP = 4, PBK_NET_IPV6 = 8 };
#define PBK_IDLE_NEVER 0xFFFFFFFFu

/* The comment at the end of a line is what an absent or invalid key gives, if not 0 or "". */
struct phonebook_settings {
    uint32_t options; /* REMOTE_DEFAULT_GATEWAY */
    uint32_t type;    /* by the device: vpn VPN, PPPoE broadband, else phone */
    uint32_t vpn_strategy;
    uint32_t encryption;         /* PBK_ET_OPTIONAL */
    uint32_t net_protocols;      /* all three */
    uint32_t excluded_protocols; /* the key as read; its other bits are kept */
    uint32_t auth_restrictions;  /* likewise */
    uint32_t ipsec_flags;        /* likewise */

    uint32_t redial_attempts;        /* further attempts, 0..99; 3 */
    uint32_t redial_seconds;         /* pause before each, 1..600; 60 */
    uint32_t redial_on_link_failure; /* 0, 1 */
    uint32_t idle_disconnect_seconds;
    uint32_t callback_mode;                    /* 0 none, 1 optional, 2 negotiated */
    uint32_t dial_mode;                        /* 1 */
    uint32_t dial_percent, dial_seconds;       /* 75, 120 */
    uint32_t hang_up_percent, hang_up_seconds; /* 10, 120 */

    uint32_t ip, dns, dns_alternate, wins, wins_alternate;
    uint32_t ip_dns_flags;
    uint32_t ipv6_assign, ipv6_name_assign; /* 1 server, 2 specific; 1 */
    uint32_t ipv6_prefix_length;            /* 0..128 */
    uint8_t ipv6[16], ipv6_dns[16], ipv6_dns_alternate[16];

    uint8_t guid[16];
    uint32_t custom_auth_key;
    struct blob custom_auth_data; /* decoded */

    /* MEDIA blocks that have a DEVICE block and a non-empty Port or Device. 0: the entry can't be
     * dialled (ERROR_INTERFACE_HAS_NO_DEVICES). Only read. */
    uint32_t device_count;
    uint32_t sub_entries; /* MEDIA blocks. Only read. */

    /* Of the first MEDIA block, and its first DEVICE block that is no switch or pad. When
     * device_type changes and media does not, the medium that belongs to it is written. A text
     * longer than its field reads as "", and its line is left alone. */
    char16_t media[17]; /* rastapi, serial, isdn, x25 */
    char16_t port[17];
    char16_t device_type[17];
    char16_t device_name[129];
    char16_t phone_number[129];
    char16_t *alternates;        /* multi-string on the heap, NULL for none */
    uint32_t try_next_alternate; /* TryNextAlternateOnFail; 1 */
    char16_t x25_pad[33], x25_address[201], x25_facilities[201], x25_user_data[201];
};

/* The defaults: an entry without any key. */
void phonebook_settings_init(struct phonebook_settings *s);
/* Releases what the fields own and makes them empty. */
void phonebook_settings_free(struct phonebook_settings *s);
/* Whether an entry that says the one would be left as it is when the other is applied to it. */
bool phonebook_settings_same(const struct phonebook_settings *a,
                             const struct phonebook_settings *b);

#endif

/* The settings of a phone-book entry, which are levels 2 and 3 of an interface.
 *
 * One row a setting: its parameter, its kind, its member of MPR_INTERFACE_3, choices or flags.
 * Special ones are pointers in the structure: alternate numbers, EAP data, IPv6 addresses.
 */
#ifndef MPRCTL_ENTRY_H
#define MPRCTL_ENTRY_H

#include "mprctl/config/field.h"

#define ENTRY_TYPES      "other|phone|vpn|direct|internet|broadband"
#define ENTRY_ENCRYPTION "none|required|maximum|optional"
#define ENTRY_STRATEGY                                                                         \
    "default|pptp-only|pptp-first|l2tp-only|l2tp-first|sstp-only|sstp-first|ikev2-only|ikev2-" \
    "first"
#define ENTRY_DIAL_MODE "first|all|as-needed"

/* ROW(name, what people may type, kind, member, choices, flags, help) */
#define ENTRY_ROWS(ROW)                                                                           \
    ROW(device, NULL, TEXT, szDeviceName, NULL, NULL, "the device's name")                        \
    ROW(devicetype, NULL, TEXT, szDeviceType, NULL, NULL, "vpn, modem, isdn, PPPoE, ...")         \
    ROW(phone, NULL, TEXT, szLocalPhoneNumber, NULL, NULL, "number, or the tunnel's other end")   \
    ROW(alternates, NULL, SPECIAL, szAlternates, NULL, NULL, "further ones, ; between")           \
    ROW(entrytype, NULL, CHOICE, dwType, ENTRY_TYPES, NULL, ENTRY_TYPES)                          \
    ROW(strategy, NULL, CHOICE, dwVpnStrategy, ENTRY_STRATEGY, NULL, ENTRY_STRATEGY)              \
    ROW(encryption, NULL, CHOICE, dwEncryptionType, ENTRY_ENCRYPTION, NULL, ENTRY_ENCRYPTION)     \
    ROW(options, NULL, FLAGS, dwfOptions, NULL, entry_options, "names of MPRIO_, commas between") \
    ROW(protocols, NULL, FLAGS, dwfNetProtocols, NULL, entry_protocols, "ip,ipv6,ipx")            \
    ROW(address, NULL, ADDRESS, ipaddr, NULL, NULL, "our IPv4 address, option SpecificIpAddr")    \
    ROW(dns, NULL, ADDRESS, ipaddrDns, NULL, NULL, "DNS server, option SpecificNameServers")      \
    ROW(dns2, NULL, ADDRESS, ipaddrDnsAlt, NULL, NULL, "the other one")                           \
    ROW(wins, NULL, ADDRESS, ipaddrWins, NULL, NULL, "WINS server")                               \
    ROW(wins2, NULL, ADDRESS, ipaddrWinsAlt, NULL, NULL, "the other one")                         \
    ROW(address6, NULL, SPECIAL, ipv6addr, NULL, NULL, "our IPv6 addresses, commas between")      \
    ROW(dns6, NULL, ADDRESS6, ipv6addrDns, NULL, NULL, "DNS server, IPv6")                        \
    ROW(dns62, NULL, ADDRESS6, ipv6addrDnsAlt, NULL, NULL, "the other one")                       \
    ROW(idle, VALUE_NUMBER, NUMBER, dwIdleDisconnectSeconds, NULL, NULL,                          \
        "seconds until an idle line is hung up, 0: by default, 4294967295: never")                \
    ROW(dialmode, NULL, CHOICE, dwDialMode, ENTRY_DIAL_MODE, NULL, ENTRY_DIAL_MODE)               \
    ROW(dialextrapercent, VALUE_NUMBER, NUMBER, dwDialExtraPercent, NULL, NULL,                   \
        "load to dial more")                                                                      \
    ROW(dialextraseconds, VALUE_NUMBER, NUMBER, dwDialExtraSampleSeconds, NULL, NULL,             \
        "for so long")                                                                            \
    ROW(hangupextrapercent, VALUE_NUMBER, NUMBER, dwHangUpExtraPercent, NULL, NULL, "to hang up") \
    ROW(hangupextraseconds, VALUE_NUMBER, NUMBER, dwHangUpExtraSampleSeconds, NULL, NULL,         \
        "so long")                                                                                \
    ROW(x25pad, NULL, TEXT, szX25PadType, NULL, NULL, "X.25: type of the PAD")                    \
    ROW(x25address, NULL, TEXT, szX25Address, NULL, NULL, "X.25: address")                        \
    ROW(x25facilities, NULL, TEXT, szX25Facilities, NULL, NULL, "X.25: facilities")               \
    ROW(x25userdata, NULL, TEXT, szX25UserData, NULL, NULL, "X.25: user data")                    \
    ROW(eap, VALUE_NUMBER, NUMBER, dwCustomAuthKey, NULL, NULL, "number of the EAP type")         \
    ROW(eapdata, VALUE_HEX, SPECIAL, lpbCustomAuthData, NULL, NULL,                               \
        "its settings, in hexadecimal")                                                           \
    ROW(guid, NULL, GUID, guidId, NULL, NULL, "the entry's GUID")

#define ENTRY_PARAMETER(name, values, kind, member, choices, flags, help) \
    {#name, values, false, help},
#define ENTRY_PARAMETERS ENTRY_ROWS(ENTRY_PARAMETER)

struct entry {
    MPR_INTERFACE_3 info;
    WCHAR *alternates; /* what info points to */
    BYTE *eap;
    IN6_ADDR *addresses;
};

extern const struct field entry_fields[];
extern const size_t entry_field_count;
extern const struct field_flag entry_options[], entry_protocols[];

/* A demand-dial interface of a tunnel with the settings of the API's own example. */
void entry_default(struct entry *e);
/* A copy; pointers of info stay its owner's as long as they are not set anew. */
void entry_from(struct entry *e, const MPR_INTERFACE_3 *info);
void entry_free(struct entry *e);
/* Whether a call has any of the settings; and takes them: EXIT_DONE or EXIT_WORDS. */
bool entry_given(const struct call *call);
int entry_take(struct entry *e, const struct call *call);
/* A setting as text; free(). */
char *entry_text(const struct entry *e, const struct field *f);

#endif

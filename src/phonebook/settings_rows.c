/* The table of keys. A row that reads what it wrote gives the same settings back; and because an
 * edit compares what the old and the new settings would write, a value that no row understands is
 * never touched by accident.
 */
#include "phonebook/settings_rows.h"

#include "base/utf16.h"
#include "phonebook/netaddr.h"

#include <stdio.h>
#include <string.h>

/* AuthRestrictions, MS-RRASM 2.2.2 no. 58; the sample there shows that its bits count from 1. */
static const struct {
    uint32_t bit, option;
} auth_bits[] = {
    {8, PBK_OPTION_REQUIRE_PAP},
    {16, PBK_OPTION_REQUIRE_SPAP},
    {32, PBK_OPTION_REQUIRE_CHAP},
    {64, PBK_OPTION_REQUIRE_MSCHAP},
    {128, PBK_OPTION_REQUIRE_EAP},
    {512, PBK_OPTION_REQUIRE_MSCHAP2},
    {2048, PBK_OPTION_REQUIRE_MACHINE_CERTIFICATES},
    {4096, PBK_OPTION_IKEV2_INITIATOR_PSK},
};

#define AUTH_BIT_COUNT  (sizeof(auth_bits) / sizeof(auth_bits[0]))
#define IPSEC_PSK       1u
#define IPSEC_IKEV2_PSK 2u
#define NET_PROTOCOLS   ((uint32_t)(PBK_NET_IPX | PBK_NET_IP | PBK_NET_IPV6))
/* Not those that follow from others when an entry is read (MS-RRASM 3.1.4.14). */
#define OTHER_OPTIONS \
    (PBK_OPTION_NETWORK_LOGON | PBK_OPTION_USE_LOGON_CREDENTIALS | PBK_OPTION_IKEV2_RESPONDER_PSK)

#define AT(field)    offsetof(struct phonebook_settings, field)
#define UNITS(field) (sizeof(((struct phonebook_settings *)0)->field) / sizeof(char16_t))
#define NUMBER(key, field, least, greatest)                       \
    {                                                             \
        key, PART_HEAD, ROW_NUMBER, AT(field), least, greatest, 0 \
    }
#define OPTION(key, option, on, off)                                \
    {                                                               \
        key, PART_HEAD, ROW_OPTION, 0, PBK_OPTION_##option, on, off \
    }
#define TEXT(part, key, field)                             \
    {                                                      \
        key, part, ROW_TEXT, AT(field), UNITS(field), 0, 0 \
    }
#define MIRROR(key, field)                                        \
    {                                                             \
        key, PART_HEAD, ROW_MIRROR, AT(field), UNITS(field), 0, 0 \
    }
#define PLAIN(key, kind, field)                  \
    {                                            \
        key, PART_HEAD, kind, AT(field), 0, 0, 0 \
    }

/* clang-format off */
const struct row settings_rows[] = {
    NUMBER("Type", type, 1, 5),
    PLAIN("Guid", ROW_GUID, guid),
    NUMBER("VpnStrategy", vpn_strategy, 0, 8),
    PLAIN("ExcludedProtocols", ROW_EXCLUDED, excluded_protocols),
    OPTION("LcpExtensions", DISABLE_LCP_EXTENSIONS, 0, 1),
    PLAIN("DataEncryption", ROW_ENCRYPTION, encryption),
    OPTION("SwCompression", SW_COMPRESSION, 1, 0),
    NUMBER("DialMode", dial_mode, 0, 2),
    NUMBER("DialPercent", dial_percent, 0, 100),
    NUMBER("DialSeconds", dial_seconds, 0, 3600),
    NUMBER("HangUpPercent", hang_up_percent, 0, 100),
    NUMBER("HangUpSeconds", hang_up_seconds, 0, 3600),
    NUMBER("RedialAttempts", redial_attempts, 0, 99),
    NUMBER("RedialSeconds", redial_seconds, 1, 600),
    NUMBER("IdleDisconnectSeconds", idle_disconnect_seconds, 0, UINT32_MAX),
    NUMBER("RedialOnLinkFailure", redial_on_link_failure, 0, 1),
    NUMBER("CallbackMode", callback_mode, 0, 2),
    OPTION("ShareMsFilePrint", SECURE_LOCAL_FILES, 0, 1),
    OPTION("SharedPhoneNumbers", SHARED_PHONE_NUMBERS, 1, 0),
    MIRROR("PreferredPort", port),
    MIRROR("PreferredDevice", device_name),
    NUMBER("CustomAuthKey", custom_auth_key, 0, UINT32_MAX),
    PLAIN("AuthRestrictions", ROW_AUTH, auth_restrictions),
    OPTION("IpPrioritizeRemote", REMOTE_DEFAULT_GATEWAY, 1, 0),
    OPTION("IpHeaderCompression", IP_HEADER_COMPRESSION, 1, 0),
    PLAIN("IpAddress", ROW_IPV4, ip),
    PLAIN("IpDnsAddress", ROW_IPV4, dns),
    PLAIN("IpDns2Address", ROW_IPV4, dns_alternate),
    PLAIN("IpWinsAddress", ROW_IPV4, wins),
    PLAIN("IpWins2Address", ROW_IPV4, wins_alternate),
    OPTION("IpAssign", SPECIFIC_IP_ADDR, 2, 1),
    OPTION("IpNameAssign", SPECIFIC_NAME_SERVERS, 2, 1),
    NUMBER("IpDnsFlags", ip_dns_flags, 0, UINT32_MAX),
    PLAIN("IpSecFlags", ROW_IPSEC, ipsec_flags),
    NUMBER("Ipv6Assign", ipv6_assign, 1, 2),
    PLAIN("Ipv6Address", ROW_IPV6, ipv6),
    NUMBER("Ipv6PrefixLength", ipv6_prefix_length, 0, 128),
    NUMBER("Ipv6NameAssign", ipv6_name_assign, 1, 2),
    PLAIN("Ipv6DnsAddress", ROW_IPV6, ipv6_dns),
    PLAIN("Ipv6Dns2Address", ROW_IPV6, ipv6_dns_alternate),
    PLAIN("RouterOptions", ROW_OTHERS, options),
    TEXT(PART_MEDIA, "MEDIA", media),
    TEXT(PART_MEDIA, "Port", port),
    TEXT(PART_MEDIA, "Device", device_name),
    TEXT(PART_DEVICE, "DEVICE", device_type),
    TEXT(PART_ANY_DEVICE, "X25Pad", x25_pad),
    TEXT(PART_ANY_DEVICE, "X25Address", x25_address),
    TEXT(PART_ANY_DEVICE, "UserData", x25_user_data),
    TEXT(PART_ANY_DEVICE, "Facilities", x25_facilities),
    TEXT(PART_DEVICE, "PhoneNumber", phone_number),
    {"PromoteAlternates", PART_DEVICE, ROW_OPTION, 0, PBK_OPTION_PROMOTE_ALTERNATES, 1, 0},
    {"TryNextAlternateOnFail", PART_DEVICE, ROW_NUMBER, AT(try_next_alternate), 0, 1, 0},
};
/* clang-format on */
const size_t settings_row_count = sizeof(settings_rows) / sizeof(settings_rows[0]);

static void set_option(struct phonebook_settings *s, uint32_t bit, bool on)
{
    s->options = on ? s->options | bit : s->options & ~bit;
}

static void read_encryption(struct phonebook_settings *s, uint32_t value)
{
    if (value != 0 && value != 8 && value != 256 && value != 512) return;
    s->encryption = value == 0     ? PBK_ET_NONE
                    : value == 8   ? PBK_ET_OPTIONAL
                    : value == 256 ? PBK_ET_REQUIRE
                                   : PBK_ET_REQUIRE_MAX;
    set_option(s, PBK_OPTION_REQUIRE_DATA_ENCRYPTION, value >= 256);
}

static uint32_t encryption_value(const struct phonebook_settings *s)
{
    if (s->encryption == PBK_ET_REQUIRE_MAX) return 512;
    if (s->encryption == PBK_ET_REQUIRE) return 256;
    if (s->options & PBK_OPTION_REQUIRE_DATA_ENCRYPTION) return 256;
    return s->encryption == PBK_ET_NONE ? 0 : 8;
}

static void read_auth(struct phonebook_settings *s, uint32_t value)
{
    s->auth_restrictions = value;
    for (size_t i = 0; i < AUTH_BIT_COUNT; i++) {
        if (value & auth_bits[i].bit) s->options |= auth_bits[i].option;
    }
}

static uint32_t auth_value(const struct phonebook_settings *s)
{
    uint32_t value = s->auth_restrictions;

    for (size_t i = 0; i < AUTH_BIT_COUNT; i++) {
        value &= ~auth_bits[i].bit;
        if (s->options & auth_bits[i].option) value |= auth_bits[i].bit;
    }
    return value;
}

static void read_ipsec(struct phonebook_settings *s, uint32_t value)
{
    s->ipsec_flags = value;
    if (value & IPSEC_PSK) s->options |= PBK_OPTION_IPSEC_PSK;
    if (value & IPSEC_IKEV2_PSK) s->options |= PBK_OPTION_IKEV2_INITIATOR_PSK;
}

static uint32_t ipsec_value(const struct phonebook_settings *s)
{
    uint32_t value = s->ipsec_flags & ~(IPSEC_PSK | IPSEC_IKEV2_PSK);

    if (s->options & PBK_OPTION_IPSEC_PSK) value |= IPSEC_PSK;
    if (s->options & PBK_OPTION_IKEV2_INITIATOR_PSK) value |= IPSEC_IKEV2_PSK;
    return value;
}

static void read_number(const struct row *row, uint32_t value, struct phonebook_settings *s)
{
    switch (row->kind) {
    case ROW_NUMBER:
        if (value >= row->a && value <= row->b) {
            memcpy((char *)s + row->offset, &value, sizeof(value));
        }
        break;
    case ROW_OPTION:
        set_option(s, row->a, value == row->b);
        break;
    case ROW_EXCLUDED:
        s->excluded_protocols = value;
        s->net_protocols = ~value & NET_PROTOCOLS;
        break;
    case ROW_ENCRYPTION:
        read_encryption(s, value);
        break;
    case ROW_AUTH:
        read_auth(s, value);
        break;
    case ROW_IPSEC:
        read_ipsec(s, value);
        break;
    case ROW_OTHERS:
        s->options |= value & OTHER_OPTIONS;
        break;
    default:
        break;
    }
}

static uint32_t number_value(const struct row *row, const struct phonebook_settings *s)
{
    uint32_t value;

    switch (row->kind) {
    case ROW_OPTION:
        return s->options & row->a ? row->b : row->c;
    case ROW_EXCLUDED:
        return (s->excluded_protocols & ~NET_PROTOCOLS) | (~s->net_protocols & NET_PROTOCOLS);
    case ROW_ENCRYPTION:
        return encryption_value(s);
    case ROW_AUTH:
        return auth_value(s);
    case ROW_IPSEC:
        return ipsec_value(s);
    case ROW_OTHERS:
        return s->options & OTHER_OPTIONS;
    default:
        memcpy(&value, (const char *)s + row->offset, sizeof(value));
        return value;
    }
}

void row_read(const struct row *row, struct slice value, struct phonebook_settings *s)
{
    void *field = (char *)s + row->offset;
    unsigned long number;

    switch (row->kind) {
    case ROW_TEXT:
        slice_decode(value, field, row->a);
        break;
    case ROW_MIRROR:
        break;
    case ROW_IPV4:
        ipv4_parse(value, field);
        break;
    case ROW_IPV6:
        ipv6_parse(value, field);
        break;
    case ROW_GUID:
        if (value.size == 32) hex_decode(value, field);
        break;
    default:
        if (slice_number(value, &number)) read_number(row, (uint32_t)number, s);
        break;
    }
}

void row_write(const struct row *row, const struct phonebook_settings *s, char text[ROW_TEXT_SIZE])
{
    const void *field = (const char *)s + row->offset;
    uint32_t number;

    switch (row->kind) {
    case ROW_TEXT:
    case ROW_MIRROR:
        u16_to_utf8(text, ROW_TEXT_SIZE, field, u16_length(field, row->a - 1));
        break;
    case ROW_IPV4:
        memcpy(&number, field, sizeof(number));
        ipv4_format(number, text);
        break;
    case ROW_IPV6:
        ipv6_format(field, text);
        break;
    case ROW_GUID:
        hex_encode(field, 16, text);
        break;
    default:
        number = number_value(row, s);
        /* "None" and "never" are -1 in real files. */
        snprintf(text, ROW_TEXT_SIZE, number == UINT32_MAX ? "-1" : "%lu", (unsigned long)number);
        break;
    }
}

bool hex_decode(struct slice text, uint8_t *ret)
{
    if (text.size % 2) return false;
    for (size_t i = 0; i < text.size; i++) {
        if (hex_digit(text.at[i]) < 0) return false;
    }
    for (size_t i = 0; i < text.size; i += 2) {
        ret[i / 2] = (uint8_t)(hex_digit(text.at[i]) << 4 | hex_digit(text.at[i + 1]));
    }
    return true;
}

void hex_encode(const uint8_t *data, size_t size, char *text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < size; i++) {
        *text++ = digits[data[i] >> 4];
        *text++ = digits[data[i] & 15];
    }
    *text = '\0';
}

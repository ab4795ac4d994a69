/* The flat fields of MPR_INTERFACE_2 as a table: a row names a field, its twin in struct
 * phonebook_settings, and how the one becomes the other. */
#include "api/admin/interface_fields.h"

#include <string.h>

#include "phonebook/phonebook.h"

enum field_kind {
    FIELD_NUMBER,  /* DWORD */
    FIELD_ADDRESS, /* DWORD in network order; host order inside */
    FIELD_TEXT,    /* WCHAR array, size in bytes */
    FIELD_OUT      /* DWORD that is only read */
};

struct field {
    enum field_kind kind;
    size_t api, inner, size;
};

#define ROW(kind, api_field, inner_field)                     \
    {                                                         \
        kind, offsetof(MPR_INTERFACE_2, api_field),           \
            offsetof(struct phonebook_settings, inner_field), \
            sizeof(((MPR_INTERFACE_2 *)0)->api_field)         \
    }

static const struct field fields[] = {
    ROW(FIELD_NUMBER, dwfOptions, options),
    ROW(FIELD_TEXT, szLocalPhoneNumber, phone_number),
    ROW(FIELD_ADDRESS, ipaddr, ip),
    ROW(FIELD_ADDRESS, ipaddrDns, dns),
    ROW(FIELD_ADDRESS, ipaddrDnsAlt, dns_alternate),
    ROW(FIELD_ADDRESS, ipaddrWins, wins),
    ROW(FIELD_ADDRESS, ipaddrWinsAlt, wins_alternate),
    ROW(FIELD_NUMBER, dwfNetProtocols, net_protocols),
    ROW(FIELD_TEXT, szDeviceType, device_type),
    ROW(FIELD_TEXT, szDeviceName, device_name),
    ROW(FIELD_TEXT, szX25PadType, x25_pad),
    ROW(FIELD_TEXT, szX25Address, x25_address),
    ROW(FIELD_TEXT, szX25Facilities, x25_facilities),
    ROW(FIELD_TEXT, szX25UserData, x25_user_data),
    ROW(FIELD_OUT, dwSubEntries, sub_entries),
    ROW(FIELD_NUMBER, dwDialMode, dial_mode),
    ROW(FIELD_NUMBER, dwDialExtraPercent, dial_percent),
    ROW(FIELD_NUMBER, dwDialExtraSampleSeconds, dial_seconds),
    ROW(FIELD_NUMBER, dwHangUpExtraPercent, hang_up_percent),
    ROW(FIELD_NUMBER, dwHangUpExtraSampleSeconds, hang_up_seconds),
    ROW(FIELD_NUMBER, dwIdleDisconnectSeconds, idle_disconnect_seconds),
    ROW(FIELD_NUMBER, dwType, type),
    ROW(FIELD_NUMBER, dwEncryptionType, encryption),
    ROW(FIELD_NUMBER, dwCustomAuthKey, custom_auth_key),
    ROW(FIELD_NUMBER, dwVpnStrategy, vpn_strategy),
};
enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]) };

#define SAME_ROOM(api_field, inner_field)                                     \
    _Static_assert(sizeof(((MPR_INTERFACE_2 *)0)->api_field) ==               \
                       sizeof(((struct phonebook_settings *)0)->inner_field), \
                   #api_field " and its twin have the same room")
SAME_ROOM(szLocalPhoneNumber, phone_number);
SAME_ROOM(szDeviceType, device_type);
SAME_ROOM(szDeviceName, device_name);
SAME_ROOM(szX25PadType, x25_pad);
SAME_ROOM(szX25Address, x25_address);
SAME_ROOM(szX25Facilities, x25_facilities);
SAME_ROOM(szX25UserData, x25_user_data);

/* RASIPADDR, which these fields are made from, has the first byte of the address first. */
static DWORD swap_address(DWORD address)
{
    return __builtin_bswap32(address);
}

static void field_in(const struct field *f, const BYTE *api, BYTE *inner)
{
    DWORD number;

    switch (f->kind) {
    case FIELD_NUMBER:
        memcpy(inner + f->inner, api + f->api, sizeof(number));
        break;
    case FIELD_ADDRESS:
        memcpy(&number, api + f->api, sizeof(number));
        number = swap_address(number);
        memcpy(inner + f->inner, &number, sizeof(number));
        break;
    case FIELD_TEXT:
        u16_copy((char16_t *)(void *)(inner + f->inner), f->size / sizeof(WCHAR),
                 (const char16_t *)(const void *)(api + f->api));
        break;
    case FIELD_OUT:
        break;
    }
}

static void field_out(const struct field *f, const BYTE *inner, BYTE *api)
{
    DWORD number;

    if (f->kind == FIELD_ADDRESS) {
        memcpy(&number, inner + f->inner, sizeof(number));
        number = swap_address(number);
        memcpy(api + f->api, &number, sizeof(number));
    } else {
        memcpy(api + f->api, inner + f->inner, f->size);
    }
}

bool interface_text_ends(const void *text, size_t bytes)
{
    const size_t units = bytes / sizeof(WCHAR);

    return u16_length(text, units) < units;
}

bool interface_fields_end(const MPR_INTERFACE_2 *api)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (fields[i].kind == FIELD_TEXT &&
            !interface_text_ends((const BYTE *)api + fields[i].api, fields[i].size))
            return false;
    }
    return true;
}

void interface_fields_in(const MPR_INTERFACE_2 *api, struct phonebook_settings *ret)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) field_in(&fields[i], (const BYTE *)api, (BYTE *)ret);
}

void interface_fields_out(const struct phonebook_settings *settings, MPR_INTERFACE_2 *ret)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        field_out(&fields[i], (const BYTE *)settings, (BYTE *)ret);
}

/* MPR_INTERFACE_0 to _3, MPR_DEVICE_0 and _1. */
#include "api/wire/rows.h"

#define BEGINS_AS(newer, older, member)                                                  \
    _Static_assert(offsetof(newer, member) == offsetof(older, member), #newer " begins " \
                                                                              "as " #older)
BEGINS_AS(MPR_INTERFACE_1, MPR_INTERFACE_0, dwLastError);
BEGINS_AS(MPR_INTERFACE_2, MPR_INTERFACE_0, dwLastError);
BEGINS_AS(MPR_INTERFACE_3, MPR_INTERFACE_2, dwVpnStrategy);
BEGINS_AS(MPR_DEVICE_1, MPR_DEVICE_0, szDeviceName);

#define COMMON        MPR_INTERFACE_0
#define DIAL          MPR_INTERFACE_2
#define INTERFACE_DIM struct dim_interface_level
#define DEVICE_DIM    struct dim_device_level

static const struct wire_row common_rows[] = {
    WIRE_TEXT(COMMON, wszInterfaceName, INTERFACE_DIM, name),
    WIRE_HANDLE(COMMON, hInterface, INTERFACE_DIM, interface),
    WIRE_RUN(COMMON, fEnabled, dwLastError, INTERFACE_DIM, enabled, last_error),
    WIRE_END,
};
static const struct wire_row hours_rows[] = {
    WIRE_LIST(MPR_INTERFACE_1, lpwsDialoutHoursRestriction, INTERFACE_DIM, hours),
    WIRE_END,
};
/* The pointers come last, when it is known that the texts end. */
static const struct wire_row dial_rows[] = {
    WIRE_SAME(DIAL, dwfOptions, INTERFACE_DIM, options),
    WIRE_TEXT(DIAL, szLocalPhoneNumber, INTERFACE_DIM, phone_number),
    WIRE_RUN(DIAL, ipaddr, dwfNetProtocols, INTERFACE_DIM, address, protocols),
    WIRE_TEXT(DIAL, szDeviceType, INTERFACE_DIM, device_type),
    WIRE_TEXT(DIAL, szDeviceName, INTERFACE_DIM, device_name),
    WIRE_TEXT(DIAL, szX25PadType, INTERFACE_DIM, x25_pad),
    WIRE_TEXT(DIAL, szX25Address, INTERFACE_DIM, x25_address),
    WIRE_TEXT(DIAL, szX25Facilities, INTERFACE_DIM, x25_facilities),
    WIRE_TEXT(DIAL, szX25UserData, INTERFACE_DIM, x25_user_data),
    WIRE_RUN(DIAL, dwChannels, dwCustomAuthKey, INTERFACE_DIM, channels, auth_key),
    WIRE_SAME(DIAL, guidId, INTERFACE_DIM, guid),
    WIRE_SAME(DIAL, dwVpnStrategy, INTERFACE_DIM, vpn_strategy),
    WIRE_OCTETS(DIAL, lpbCustomAuthData, dwCustomAuthDataSize, INTERFACE_DIM, auth_data),
    WIRE_LIST(DIAL, szAlternates, INTERFACE_DIM, alternates),
    WIRE_END,
};
static const struct wire_row ipv6_rows[] = {
    WIRE_RUN(MPR_INTERFACE_3, ipv6addrDns, ipv6addrDnsAlt, INTERFACE_DIM, dns6, dns6_alternate),
    WIRE_OCTETS(MPR_INTERFACE_3, ipv6addr, AddressCount, INTERFACE_DIM, addresses),
    WIRE_END,
};

const struct wire_level wire_interface_levels[] = {
    {sizeof(MPR_INTERFACE_0), 540, {common_rows}, false},
    {sizeof(MPR_INTERFACE_1), 544, {common_rows, hours_rows}, true},
    {sizeof(MPR_INTERFACE_2), 2468, {common_rows, dial_rows}, true},
    {sizeof(MPR_INTERFACE_3), 2508, {common_rows, dial_rows, ipv6_rows}, true},
};

static const struct wire_row device_rows[] = {
    WIRE_TEXT(MPR_DEVICE_0, szDeviceType, DEVICE_DIM, type),
    WIRE_TEXT(MPR_DEVICE_0, szDeviceName, DEVICE_DIM, name),
    WIRE_END,
};
static const struct wire_row numbers_rows[] = {
    WIRE_TEXT(MPR_DEVICE_1, szLocalPhoneNumber, DEVICE_DIM, phone_number),
    WIRE_LIST(MPR_DEVICE_1, szAlternates, DEVICE_DIM, alternates),
    WIRE_END,
};

const struct wire_level wire_device_levels[] = {
    {sizeof(MPR_DEVICE_0), 292, {device_rows}, false},
    {sizeof(MPR_DEVICE_1), 556, {device_rows, numbers_rows}, true},
};

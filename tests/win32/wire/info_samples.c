/* What each structure has beside plain numbers, and how it is looked at when it comes back. */
#include "win32/wire/info_samples.h"

static WCHAR list[] = L"first\0second\0";
BYTE sample_octets[] = {9, 8, 7, 6, 5};
IN6_ADDR sample_addresses[2];

#define END(array) ((array)[sizeof(array) / sizeof((array)[0]) - 1] = 0)

static HANDLE handle(uint32_t number)
{
    return (HANDLE)(ULONG_PTR)number;
}

static void fix_port_0(void *structure)
{
    RAS_PORT_0 *p = structure;

    p->hPort = handle(0x81020304);
    p->hConnection = handle(0x15161718);
    END(p->wszPortName);
    END(p->wszMediaName);
    END(p->wszDeviceName);
    END(p->wszDeviceType);
}

static void fix_port_1(void *structure)
{
    RAS_PORT_1 *p = structure;

    p->hPort = handle(0x81020304);
    p->hConnection = handle(0x15161718);
}

static void fix_port_2(void *structure)
{
    RAS_PORT_2 *p = structure;

    p->hPort = handle(0x81020304);
    p->hConnection = handle(0x15161718);
    END(p->wszPortName);
    END(p->wszMediaName);
    END(p->wszDeviceName);
    END(p->wszDeviceType);
}

static void fix_device_0(void *structure)
{
    MPR_DEVICE_0 *d = structure;

    END(d->szDeviceType);
    END(d->szDeviceName);
}

static void fix_device_1(void *structure)
{
    MPR_DEVICE_1 *d = structure;

    fix_device_0(structure);
    END(d->szLocalPhoneNumber);
    d->szAlternates = list;
}

static void check_list(WCHAR **of, WCHAR *expected)
{
    assert_non_null(*of);
    assert_memory_equal(*of, expected, sizeof(list));
    *of = expected;
}

static void check_device_1(void *structure)
{
    check_list(&((MPR_DEVICE_1 *)structure)->szAlternates, list);
}

static void fix_credentials(void *structure)
{
    MPR_CREDENTIALSEX_1 *c = structure;

    c->dwSize = sizeof(sample_octets);
    c->lpbCredentialsInfo = sample_octets;
}

static void check_octets(BYTE **of)
{
    assert_non_null(*of);
    assert_memory_equal(*of, sample_octets, sizeof(sample_octets));
    *of = sample_octets;
}

static void check_credentials(void *structure)
{
    check_octets(&((MPR_CREDENTIALSEX_1 *)structure)->lpbCredentialsInfo);
}

static void fix_interface_0(void *structure)
{
    MPR_INTERFACE_0 *i = structure;

    END(i->wszInterfaceName);
    i->hInterface = handle(0x91929394);
}

static void fix_interface_1(void *structure)
{
    fix_interface_0(structure);
    ((MPR_INTERFACE_1 *)structure)->lpwsDialoutHoursRestriction = list;
}

static void check_interface_1(void *structure)
{
    check_list(&((MPR_INTERFACE_1 *)structure)->lpwsDialoutHoursRestriction, list);
}

static void fix_interface_2(void *structure)
{
    MPR_INTERFACE_2 *i = structure;

    fix_interface_0(structure);
    END(i->szLocalPhoneNumber);
    END(i->szDeviceType);
    END(i->szDeviceName);
    END(i->szX25PadType);
    END(i->szX25Address);
    END(i->szX25Facilities);
    END(i->szX25UserData);
    i->szAlternates = list;
    i->dwCustomAuthDataSize = sizeof(sample_octets);
    i->lpbCustomAuthData = sample_octets;
}

static void check_interface_2(void *structure)
{
    MPR_INTERFACE_2 *i = structure;

    check_list(&i->szAlternates, list);
    check_octets(&i->lpbCustomAuthData);
}

static void fix_interface_3(void *structure)
{
    MPR_INTERFACE_3 *i = structure;

    fix_interface_2(structure);
    i->AddressCount = 2;
    i->ipv6addr = sample_addresses;
}

static void check_interface_3(void *structure)
{
    MPR_INTERFACE_3 *i = structure;

    check_interface_2(structure);
    assert_non_null(i->ipv6addr);
    assert_memory_equal(i->ipv6addr, sample_addresses, sizeof(sample_addresses));
    i->ipv6addr = sample_addresses;
}

#define END_NAMES(c)            \
    END((c)->wszInterfaceName); \
    END((c)->wszUserName);      \
    END((c)->wszLogonDomain);   \
    END((c)->wszRemoteComputer)
#define END_PPP(p)           \
    END((p)->nbf.wszWksta);  \
    END((p)->ip.wszAddress); \
    END((p)->ip.wszRemoteAddress)
/* The wire has 16 units of an IPX address. */
#define END_OTHERS(p)                                                                      \
    memset(&(p)->ipx.wszAddress[15], 0, sizeof((p)->ipx.wszAddress) - 15 * sizeof(WCHAR)); \
    END((p)->at.wszAddress)

static void fix_connection_0(void *structure)
{
    RAS_CONNECTION_0 *c = structure;

    c->hConnection = handle(0xA1A2A3A4);
    c->hInterface = handle(0xB1B2B3B4);
    END_NAMES(c);
}

static void fix_connection_1(void *structure)
{
    RAS_CONNECTION_1 *c = structure;

    c->hConnection = handle(0xA1A2A3A4);
    c->hInterface = handle(0xB1B2B3B4);
    END_PPP(&c->PppInfo);
    END_OTHERS(&c->PppInfo);
}

static void fix_connection_2(void *structure)
{
    RAS_CONNECTION_2 *c = structure;

    c->hConnection = handle(0xA1A2A3A4);
    END(c->wszUserName);
    END_PPP(&c->PppInfo2);
    END_OTHERS(&c->PppInfo2);
}

static void fix_connection_3(void *structure)
{
    RAS_CONNECTION_3 *c = structure;

    c->dwVersion = 1;
    c->dwSize = sizeof(*c);
    c->hConnection = handle(0xA1A2A3A4);
    END(c->wszUserName);
    END_PPP(&c->PppInfo3);
}

static void fix_connection_4(void *structure)
{
    RAS_CONNECTION_4 *c = structure;

    END_NAMES(c);
    END(c->wszRemoteEndpointAddress);
    END(c->wszLocalEndpointAddress);
    c->hConnection = handle(0xA1A2A3A4);
    c->hInterface = handle(0xB1B2B3B4);
}

static void fix_connection_4_ppp(void *structure)
{
    RAS_CONNECTION_4 *c = structure;
    PROJECTION_INFO2 *p = &c->ProjectionInfo;

    fix_connection_4(structure);
    p->projectionInfoType = MPRAPI_PPP_PROJECTION_INFO_TYPE;
    END(p->PppProjectionInfo.wszAddress);
    END(p->PppProjectionInfo.wszRemoteAddress);
}

static void fix_connection_4_ikev2(void *structure)
{
    RAS_CONNECTION_4 *c = structure;
    PROJECTION_INFO2 *p = &c->ProjectionInfo;
    const size_t more = sizeof(p->PppProjectionInfo) - sizeof(p->Ikev2ProjectionInfo);

    fix_connection_4(structure);
    memset(&p->Ikev2ProjectionInfo + 1, 0, more);
    p->projectionInfoType = MPRAPI_IKEV2_PROJECTION_INFO_TYPE;
    END(p->Ikev2ProjectionInfo.wszAddress);
    END(p->Ikev2ProjectionInfo.wszRemoteAddress);
}

static void nothing_to_do(void *structure)
{
    (void)structure;
}

const struct sample samples[SAMPLES] = {
    {WIRE_SERVER, 0, sizeof(MPR_SERVER_0), nothing_to_do, nothing_to_do, 0, 0, 0, false},
    {WIRE_SERVER, 1, sizeof(MPR_SERVER_1), nothing_to_do, nothing_to_do, 0, 0, 0, false},
    {WIRE_SERVER, 2, sizeof(MPR_SERVER_2), nothing_to_do, nothing_to_do, 0, 0, 0, false},
    {WIRE_PORT, 0, sizeof(RAS_PORT_0), fix_port_0, nothing_to_do, FILLING(4, 0), 0, 0, false},
    {WIRE_PORT, 1, sizeof(RAS_PORT_1), fix_port_1, nothing_to_do, 0, 0, 0, false},
    {WIRE_PORT, 2, sizeof(RAS_PORT_2), fix_port_2, nothing_to_do, FILLING(4, 4), 0, 0, false},
    {WIRE_DEVICE, 0, sizeof(MPR_DEVICE_0), fix_device_0, nothing_to_do, 0, 0, 0, false},
    {WIRE_DEVICE, 1, sizeof(MPR_DEVICE_1), fix_device_1, check_device_1, FILLING(2, 2), 556, 560,
     true},
    {WIRE_CREDENTIALS, 3, sizeof(MPR_CREDENTIALSEX_1), fix_credentials, check_credentials,
     FILLING(4, 0), 0, 0, true},
    {WIRE_INTERFACE, 0, sizeof(MPR_INTERFACE_0), fix_interface_0, nothing_to_do, FILLING(10, 2), 0,
     0, false},
    {WIRE_INTERFACE, 1, sizeof(MPR_INTERFACE_1), fix_interface_1, check_interface_1, FILLING(10, 2),
     544, 552, true},
    {WIRE_INTERFACE, 2, sizeof(MPR_INTERFACE_2), fix_interface_2, check_interface_2, FILLING(20, 4),
     2468, 2488, true},
    {WIRE_INTERFACE, 3, sizeof(MPR_INTERFACE_3), fix_interface_3, check_interface_3, FILLING(16, 4),
     2508, 9999, true},
    {WIRE_CONNECTION, 0, sizeof(RAS_CONNECTION_0), fix_connection_0, nothing_to_do, FILLING(6, 2),
     0, 0, false},
    {WIRE_CONNECTION, 1, sizeof(RAS_CONNECTION_1), fix_connection_1, nothing_to_do, 6, 0, 0, false},
    {WIRE_CONNECTION, 2, sizeof(RAS_CONNECTION_2), fix_connection_2, nothing_to_do, 8, 0, 0, false},
    {WIRE_CONNECTION, 3, sizeof(RAS_CONNECTION_3), fix_connection_3, nothing_to_do, 4, 0, 0, false},
    {WIRE_CONNECTION, 4, sizeof(RAS_CONNECTION_4), fix_connection_4_ppp, nothing_to_do, 21, 1680,
     9999, false},
    {WIRE_CONNECTION, 4, sizeof(RAS_CONNECTION_4), fix_connection_4_ikev2, nothing_to_do, 17, 1680,
     9999, false},
};

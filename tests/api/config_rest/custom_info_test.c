/* MprConfigInterfaceGetCustomInfoEx, SetCustomInfoEx and their MprAdmin twins. */
#include <winsock2.h> /* before windows.h */

#include "api/support/fixture.h"

#include <string.h>

#include <mprapi_ext.h>

#define TYPE MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT

static MPR_SERVER_HANDLE server;
static HANDLE config, stored, running, unstored, lan;
static WCHAR name[] = L"Branch";
static const USHORT sizes[] = {0, sizeof(MPR_IF_CUSTOMINFOEX0), sizeof(MPR_IF_CUSTOMINFOEX1),
                               sizeof(MPR_IF_CUSTOMINFOEX2)};

union custom {
    MPRAPI_OBJECT_HEADER header;
    MPR_IF_CUSTOMINFOEX2 info;
    MPR_IF_CUSTOMINFOEX plain;
    BYTE bytes[160];
};

static void begin(union custom *c, UCHAR revision)
{
    memset(c, 0xde, sizeof(*c));
    c->header = (MPRAPI_OBJECT_HEADER){revision, TYPE, sizes[revision]};
}

static ROUTER_CUSTOM_IKEv2_POLICY0 policy = {1, 3, 4, 1, 5, 6};
static BYTE bytes[] = "CN=branch, and a hash";

static void selector(MPR_VPN_TRAFFIC_SELECTOR *s, BYTE last)
{
    memset(s, 0, sizeof(*s));
    s->type = last % 2 ? MPR_VPN_TS_IPv4_ADDR_RANGE : MPR_VPN_TS_IPv6_ADDR_RANGE;
    s->protocolId = 17;
    s->portStart = last;
    s->portEnd = 65535;
    s->addrStart.Type = s->addrEnd.Type = last % 2 ? AF_INET : AF_INET6;
    s->addrStart.v6.s6_addr[0] = s->addrEnd.v6.s6_addr[0] = 10;
    s->addrEnd.v6.s6_addr[last % 2 ? 3 : 15] = last;
}

static void fill(union custom *c, UCHAR revision, DWORD n)
{
    static MPR_VPN_TRAFFIC_SELECTOR selectors[4];
    MPR_IF_CUSTOMINFOEX2 info = {{revision, TYPE, sizes[revision]},
                                 MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2,
                                 {300 + n,
                                  1024 + n,
                                  {5 + n % 3, bytes},
                                  n % 2 ? &policy : NULL,
                                  {n % 5, bytes + 3},
                                  400 + n,
                                  {1 + n % 3, n % 3, selectors, n % 3 ? selectors + 1 : NULL}}};

    for (BYTE i = 0; i < 4; i++) selector(&selectors[i], (BYTE)(i + 1));
    memset(c, 0, sizeof(*c));
    memcpy(c, &info, sizes[revision]);
}

static void expect_bytes(DWORD size, const BYTE *data, DWORD got_size, BYTE *got)
{
    assert_int_equal(size, got_size);
    if (!size) {
        assert_null(got);
        return;
    }
    assert_memory_equal(data, got, size);
    assert_int_equal(MprConfigBufferFree(got), NO_ERROR);
}

static void expect_selectors(DWORD count, const MPR_VPN_TRAFFIC_SELECTOR *list, DWORD got_count,
                             MPR_VPN_TRAFFIC_SELECTOR *got)
{
    assert_int_equal(count, got_count);
    for (DWORD i = 0; i < count; i++) {
        assert_int_equal(list[i].type, got[i].type);
        assert_int_equal(list[i].portStart, got[i].portStart);
        assert_int_equal(list[i].addrEnd.Type, got[i].addrEnd.Type);
        assert_memory_equal(&list[i].addrStart.v6, &got[i].addrStart.v6, 16);
        assert_memory_equal(&list[i].addrEnd.v6, &got[i].addrEnd.v6, 16);
    }
    if (count) assert_int_equal(MprAdminBufferFree(got), NO_ERROR);
}

/* got is freed. */
static void expect(const union custom *wanted, union custom *got)
{
    UCHAR revision = wanted->header.revision;
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *a = &wanted->info.customIkev2Config;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *b = &got->info.customIkev2Config;

    assert_int_equal(wanted->info.dwFlags, got->info.dwFlags);
    assert_int_equal(a->dwSaLifeTime, b->dwSaLifeTime);
    assert_int_equal(a->dwSaDataSize, b->dwSaDataSize);
    expect_bytes(a->certificateName.cbData, a->certificateName.pbData, b->certificateName.cbData,
                 b->certificateName.pbData);
    expect_bytes(a->customPolicy ? sizeof(policy) : 0, (const BYTE *)a->customPolicy,
                 b->customPolicy ? sizeof(policy) : 0, (BYTE *)b->customPolicy);
    if (revision > 1)
        expect_bytes(a->certificateHash.cbData, a->certificateHash.pbData,
                     b->certificateHash.cbData, b->certificateHash.pbData);
    if (revision > 2) {
        assert_int_equal(a->dwMmSaLifeTime, b->dwMmSaLifeTime);
        expect_selectors(a->vpnTrafficSelectors.numTsi, a->vpnTrafficSelectors.tsI,
                         b->vpnTrafficSelectors.numTsi, b->vpnTrafficSelectors.tsI);
        expect_selectors(a->vpnTrafficSelectors.numTsr, a->vpnTrafficSelectors.tsR,
                         b->vpnTrafficSelectors.numTsr, b->vpnTrafficSelectors.tsR);
    }
    for (size_t i = sizes[revision]; i < sizeof(*got); i++) assert_int_equal(got->bytes[i], 0xde);
}

static DWORD set(int family, union custom *c)
{
    if (family == 0) return MprConfigInterfaceSetCustomInfoEx(config, stored, &c->plain);
    return MprAdminInterfaceSetCustomInfoEx(server, family == 1 ? running : unstored, &c->plain);
}

static DWORD get(int family, union custom *c)
{
    if (family == 0) return MprConfigInterfaceGetCustomInfoEx(config, stored, &c->plain);
    return MprAdminInterfaceGetCustomInfoEx(server, family == 1 ? running : unstored, &c->plain);
}

static void every_revision_round_trips(void **state)
{
    union custom wanted, got;

    (void)state;
    for (DWORD n = 0; n < 36; n++) {
        UCHAR revision = (UCHAR)(1 + n % 3);
        int family = (int)(n / 3 % 3);

        fill(&wanted, revision, n);
        assert_int_equal(set(family, &wanted), NO_ERROR);
        begin(&got, revision);
        assert_int_equal(get(family, &got), NO_ERROR);
        expect(&wanted, &got);
        if (family == 2) continue;
        /* One interface, seen by both families. */
        begin(&got, revision);
        assert_int_equal(get(1 - family, &got), NO_ERROR);
        expect(&wanted, &got);
    }
}

static void flags_0_delete(void **state)
{
    union custom c, got;

    (void)state;
    for (int family = 0; family < 3; family++) {
        fill(&c, 3, 7);
        assert_int_equal(set(family, &c), NO_ERROR);
        c.info.dwFlags = 0;
        c.info.customIkev2Config.dwSaLifeTime = 1; /* not looked at */
        assert_int_equal(set(family, &c), NO_ERROR);
        begin(&got, 3);
        assert_int_equal(get(family, &got), NO_ERROR);
        assert_int_equal(got.info.dwFlags, 0);
        assert_int_equal(got.info.customIkev2Config.dwSaLifeTime, 0);
        assert_null(got.info.customIkev2Config.customPolicy);
        assert_null(got.info.customIkev2Config.vpnTrafficSelectors.tsI);
    }
}

static void parts_can_be_deleted_alone(void **state)
{
    union custom c, got;

    (void)state;
    fill(&c, 3, 7);
    assert_int_equal(set(0, &c), NO_ERROR);
    c.info.customIkev2Config.customPolicy = NULL;
    c.info.customIkev2Config.certificateName.cbData = 0;
    assert_int_equal(set(0, &c), NO_ERROR);
    begin(&got, 3);
    assert_int_equal(get(0, &got), NO_ERROR);
    expect(&c, &got);
}

#define BAD(expression)                                                                    \
    do {                                                                                   \
        union custom c;                                                                    \
        ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *i = &c.info.customIkev2Config;                     \
        (void)i;                                                                           \
        fill(&c, 3, 4);                                                                    \
        expression;                                                                        \
        for (int f = 0; f < 3; f++) assert_int_equal(set(f, &c), ERROR_INVALID_PARAMETER); \
    } while (0)

static void custom_values_that_no_page_allows(void **state)
{
    ROUTER_CUSTOM_IKEv2_POLICY0 bad_policy = {2, 4, 2, 2, 3, 77};

    (void)state;
    BAD(c.info.dwFlags = 2);
    BAD(c.info.dwFlags = 0xffffffff);
    BAD(i->dwSaLifeTime = 299);
    BAD(i->dwSaLifeTime = 17280000);
    BAD(i->dwSaDataSize = 1023);
    BAD(i->certificateName.pbData = NULL);
    BAD(i->certificateName.cbData = 0x7fffffff);
    BAD(i->certificateHash.cbData = 0xffffffff);
    BAD(i->customPolicy = &bad_policy);
    BAD(i->dwMmSaLifeTime = 5);
    BAD(i->vpnTrafficSelectors.numTsi = 256);
    BAD(i->vpnTrafficSelectors.numTsr = 0xffffffff);
    BAD(i->vpnTrafficSelectors.tsI = NULL);
    BAD(i->vpnTrafficSelectors.tsI[0].type = (MPR_VPN_TS_TYPE)9);
    BAD(i->vpnTrafficSelectors.tsI[0].portEnd = 0);
    BAD(i->vpnTrafficSelectors.tsI[0].addrEnd.Type = AF_INET6);
    BAD(i->vpnTrafficSelectors.tsI[0].addrStart.v4.S_un.S_un_b.s_b1 = 200);
}

static void custom_headers_must_fit(void **state)
{
    (void)state;
    for (unsigned revision = 0; revision < 6; revision++) {
        for (USHORT size = 0; size < 120; size++) {
            union custom c;

            if (revision && revision < 4 && size == sizes[revision]) continue;
            memset(&c, 0, sizeof(c));
            c.header = (MPRAPI_OBJECT_HEADER){(UCHAR)revision, TYPE, size};
            for (int f = 0; f < 3; f++) {
                assert_int_equal(get(f, &c), ERROR_INVALID_PARAMETER);
                assert_int_equal(set(f, &c), ERROR_INVALID_PARAMETER);
            }
        }
    }
}

static void custom_refusals(void **state)
{
    union custom c;

    (void)state;
    fill(&c, 1, 1);
    assert_int_equal(MprConfigInterfaceGetCustomInfoEx(config, stored, NULL), 87);
    assert_int_equal(MprConfigInterfaceSetCustomInfoEx(config, stored, NULL), 87);
    assert_int_equal(MprAdminInterfaceGetCustomInfoEx(server, running, NULL), 87);
    assert_int_equal(MprAdminInterfaceSetCustomInfoEx(server, running, NULL), 87);
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        HANDLE bad = (HANDLE)fixture_garbage[i];

        assert_int_equal(MprConfigInterfaceGetCustomInfoEx(bad, stored, &c.plain), 87);
        assert_int_equal(MprConfigInterfaceSetCustomInfoEx(config, bad, &c.plain), 87);
        assert_int_equal(MprAdminInterfaceGetCustomInfoEx(bad, running, &c.plain),
                         RPC_INVALID_BINDING);
        assert_int_equal(MprAdminInterfaceSetCustomInfoEx(server, bad, &c.plain),
                         ERROR_INVALID_HANDLE);
        assert_int_equal(MprAdminInterfaceGetCustomInfoEx(server, bad, &c.plain),
                         ERROR_INVALID_HANDLE);
    }
}

/* Only demand-dial interfaces have them; a get of the stored one says that there are none. */
static void other_types_of_interfaces(void **state)
{
    WCHAR internal[] = L"Internal";
    union custom c;
    HANDLE handle = NULL;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetHandle(server, internal, &handle, FALSE), NO_ERROR);
    fill(&c, 1, 1);
    assert_int_equal(MprAdminInterfaceSetCustomInfoEx(server, handle, &c.plain), 87);
    assert_int_equal(MprAdminInterfaceGetCustomInfoEx(server, handle, &c.plain), 87);
    assert_int_equal(MprConfigInterfaceSetCustomInfoEx(config, lan, &c.plain), 87);
    assert_int_equal(MprConfigInterfaceGetCustomInfoEx(config, lan, &c.plain), NO_ERROR);
    assert_int_equal(c.info.dwFlags, 0);
}

static void settings_outlive_the_process(void **state)
{
    union custom c;

    (void)state;
    fill(&c, 3, 5);
    assert_int_equal(set(1, &c), NO_ERROR);
    assert_int_equal(fixture_run_self("restart"), 0);
}

static void settings_of_the_former_process(void **state)
{
    union custom wanted, got;

    (void)state;
    for (int family = 0; family < 2; family++) {
        fill(&wanted, 3, 5);
        begin(&got, 3);
        assert_int_equal(get(family, &got), NO_ERROR);
        expect(&wanted, &got);
    }
}

static void gone_from_the_configuration(void **state)
{
    union custom c;
    HANDLE again = NULL, twin;

    (void)state;
    assert_int_equal(MprConfigServerConnect(NULL, &twin), NO_ERROR);
    assert_int_equal(MprConfigInterfaceGetHandle(twin, name, &again), NO_ERROR);
    assert_int_equal(MprConfigInterfaceDelete(twin, again), NO_ERROR);
    MprConfigServerDisconnect(twin);
    fill(&c, 1, 1);
    assert_int_equal(get(0, &c), ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(set(0, &c), ERROR_NO_SUCH_INTERFACE);
    if (fixture_router_is_apart()) return; /* another one runs by now */
    /* The running router still has it, and its settings now live as long as that. */
    assert_int_equal(set(1, &c), NO_ERROR);
}

static HANDLE store(const WCHAR *interface_name, DWORD type)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = type};
    HANDLE handle = NULL;

    wcscpy(info.wszInterfaceName, interface_name);
    if (MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &handle)) return NULL;
    return handle;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_revision_round_trips),
        cmocka_unit_test(flags_0_delete),
        cmocka_unit_test(parts_can_be_deleted_alone),
        cmocka_unit_test(custom_values_that_no_page_allows),
        cmocka_unit_test(custom_headers_must_fit),
        cmocka_unit_test(custom_refusals),
        cmocka_unit_test(other_types_of_interfaces),
        cmocka_unit_test(settings_outlive_the_process),
        cmocka_unit_test(gone_from_the_configuration),
    };
    const struct CMUnitTest after[] = {cmocka_unit_test(settings_of_the_former_process)};

    (void)argv;
    if (argc > 1) {
        fixture_registry_keep();
    } else {
        fixture_registry(ROUTER_RAS_LAN_WAN);
        fixture_entry("Branch");
    }
    if (MprConfigServerConnect(NULL, &config)) return 1;
    if (argc == 1) {
        store(name, ROUTER_IF_TYPE_FULL_ROUTER);
        lan = store(L"{00000000-1111-2222-3333-444444444444}", ROUTER_IF_TYPE_DEDICATED);
    }
    if (MprConfigInterfaceGetHandle(config, name, &stored)) return 1;
    server = fixture_connect();
    if (MprAdminInterfaceGetHandle(server, name, &running, FALSE)) return 1;
    if (argc > 1) return cmocka_run_group_tests(after, NULL, NULL);
    unstored = fixture_dial_interface(server, "Only running", NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Any values, of any type and size, where the router looks for its configuration: everything that
 * reads them comes back, and what it gives is within its bounds.
 *
 * Input: values one after the other, each a place (index of the table), a number for paths that
 * have one, a type, a size of 16 bits, and the data. The last octet says what is changed afterwards
 * (stores.h). Only what looks at one of the input's places is run: the rest is the same each time.
 */
#include "fuzz/fuzz.h"
#include "fuzz/windows/stores.h"
#include "fuzz/windows/world.h"

#include "api/tunnel/custom_info.h"
#include "api/tunnel/server_ex.h"
#include "base/mem.h"
#include "base/utf16.h"
#include "sim/support/fake_host.h"
#include "win32/link/dialer_keys.h"
#include "win32/link/client_config.h"
#include "win32/config_load.h"
#include "win32/store/config_save.h"
#include "win32/store/config_store.h"
#include "win32/link/dial_credentials.h"
#include "win32/link/dial_select.h"
#include "win32/store/port_config.h"
#include "win32/sys/registry.h"
#include "win32/store/secret_store.h"
#include "win32/store/user_store.h"

#include <stdio.h>

#define PORTS_MAX  200u /* more of them take their time, and nothing else */
#define VALUES_MAX 64

#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}\\%04lu"
#define CATALOGUE L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\Ip\\Proto%lu"
#define SSTP      L"SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"
#define ROOT      REGISTRY_ROOT L"\\"
#define INTERFACE ROOT L"Interfaces\\%lu"
#define DIALER    ROOT L"Parameters\\Dialers\\A"
#define CLIENT    ROOT L"Parameters\\Clients\\A"
#define IKE       ROOT L"Parameters\\IKEV2"
#define L2TP      ROOT L"Parameters\\L2TP"

/* Who looks at a place. */
enum reader_group { ROUTER = 1, INTERFACES = 2, TUNNELS = 4, PEOPLE = 8, CLIENTS = 16, ALL = 31 };

static const struct {
    const WCHAR *path, *name;
    DWORD type; /* the one that is expected there */
    unsigned read_by;
} places[] = {
    {ROOT L"Parameters", L"RouterType", REG_DWORD, ROUTER},
    {ROOT L"Parameters", L"LANOnlyMode", REG_DWORD, ROUTER},
    {ROOT L"Parameters", L"UpdateTimeout", REG_DWORD, ROUTER},
    {ROOT L"Parameters\\Ip", L"RipPort", REG_DWORD, ROUTER},
    {CLASS_KEY, L"ComponentId", REG_SZ, ROUTER | TUNNELS},
    {CLASS_KEY, L"WanEndpoints", REG_DWORD, ROUTER | TUNNELS},
    {CLASS_KEY, L"MaxWanEndpoints", REG_DWORD, ROUTER | TUNNELS},
    {CLASS_KEY, L"EnableForRas", REG_DWORD, ROUTER | TUNNELS},
    {CLASS_KEY, L"EnableForRouting", REG_DWORD, ROUTER | TUNNELS},
    {CATALOGUE, L"ProtocolId", REG_DWORD, ROUTER},
    {CATALOGUE, L"DllName", REG_SZ, ROUTER},
    {ROOT L"RouterManagers\\Ip", L"ProtocolId", REG_DWORD, ROUTER},
    {ROOT L"RouterManagers\\Ip", L"GlobalInfo", REG_BINARY, ROUTER},
    {ROOT L"RouterManagers\\Ip", L"GlobalInterfaceInfo", REG_BINARY, ROUTER},
    {ROOT L"RouterManagers\\Ip", L"DLLPath", REG_EXPAND_SZ, ROUTER},
    {ROOT L"RouterManagers\\%lu", L"ProtocolId", REG_DWORD, ROUTER},
    {ROOT L"RouterManagers\\%lu", L"GlobalInfo", REG_BINARY, ROUTER},
    {INTERFACE, L"InterfaceName", REG_SZ, ROUTER | INTERFACES},
    {INTERFACE, L"Type", REG_DWORD, ROUTER | INTERFACES},
    {INTERFACE, L"Enabled", REG_DWORD, ROUTER | INTERFACES},
    {INTERFACE, L"DialOutHours", REG_MULTI_SZ, ROUTER | INTERFACES},
    {INTERFACE L"\\Ip", L"ProtocolId", REG_DWORD, ROUTER | INTERFACES},
    {INTERFACE L"\\Ip", L"InterfaceInfo", REG_BINARY, ROUTER | INTERFACES},
    {INTERFACE, L"SaLifeTime", REG_DWORD, INTERFACES},
    {INTERFACE, L"SaMaxDataSize", REG_DWORD, INTERFACES},
    {INTERFACE, L"MachineCertificateName", REG_BINARY, INTERFACES},
    {INTERFACE, L"TrafficSelectors", REG_BINARY, INTERFACES},
    {INTERFACE L"\\IKEv2CustomPolicy", L"DHGroup", REG_DWORD, INTERFACES},
    {IKE, L"idleTimeout", REG_DWORD, TUNNELS},
    {IKE, L"MachineCertificateName", REG_BINARY, TUNNELS},
    {IKE, L"MachineCertificateHash", REG_BINARY, TUNNELS},
    {IKE L"\\AllowedTrustedRootCerts\\%04lu", L"TrustedRootCert", REG_BINARY, TUNNELS},
    {IKE L"\\AllowedEkus\\%04lu", L"Eku", REG_BINARY, TUNNELS},
    {IKE L"\\IKEv2CustomPolicy", L"IntegrityMethod", REG_DWORD, TUNNELS},
    {L2TP, L"EncryptionType", REG_DWORD, TUNNELS},
    {L2TP L"\\L2TPCustomPolicy", L"PfsGroup", REG_DWORD, TUNNELS},
    {SSTP, L"IsHashConfiguredByAdmin", REG_DWORD, TUNNELS},
    {SSTP, L"SHA256CertificateHash", REG_BINARY, TUNNELS},
    {SSTP, L"SHA1CertificateHash", REG_BINARY, TUNNELS},
    {ROOT L"Users\\ann", L"Privilege", REG_DWORD, PEOPLE},
    {ROOT L"Users\\ann", L"CallbackNumber", REG_SZ, PEOPLE},
    {ROOT L"Secrets\\Dial", L"A", REG_BINARY, PEOPLE},
    {ROOT L"Secrets\\Server", L"", REG_BINARY, PEOPLE},
    {DIALER, L"Kind", REG_SZ, ROUTER},
    {DIALER, L"Adapter", REG_SZ, ROUTER},
    {DIALER, L"Command", REG_SZ, ROUTER},
    {DIALER, L"Timeout", REG_DWORD, ROUTER},
    {DIALER, L"Remote", REG_SZ, ROUTER},
    {DIALER, L"Address", REG_SZ, ROUTER},
    {DIALER, L"Delay", REG_DWORD, ROUTER},
    {CLIENT, L"Kind", REG_SZ, CLIENTS},
    {CLIENT, L"Port", REG_SZ, CLIENTS},
    {CLIENT, L"User", REG_SZ, CLIENTS},
    {CLIENT, L"Domain", REG_SZ, CLIENTS},
    {CLIENT, L"Address", REG_SZ, CLIENTS},
    {CLIENT, L"InterfaceIdentifier", REG_SZ, CLIENTS},
    {CLIENT, L"Adapter", REG_SZ, CLIENTS},
    {CLIENT, L"After", REG_DWORD, CLIENTS},
};

static unsigned put_value(struct reader *in)
{
    static const DWORD types[] = {REG_NONE,  REG_SZ,       REG_EXPAND_SZ, REG_BINARY,
                                  REG_DWORD, REG_MULTI_SZ, REG_QWORD};
    size_t place = rd_u8(in) % ARRAYSIZE(places);
    DWORD number = rd_u8(in), type = rd_u8(in);
    size_t size = rd_le16(in);
    WCHAR path[256];

    if (size > reader_left(in)) size = reader_left(in);
    _snwprintf(path, ARRAYSIZE(path), places[place].path, number);
    world_set(path, places[place].name, type < ARRAYSIZE(types) ? types[type] : places[place].type,
              rd_span(in, size), size);
    return places[place].read_by;
}

/* Few ports, which are made more quickly, unless the input says otherwise. */
static void put_ports(void)
{
    static const WCHAR *const components[] = {L"ms_pptpminiport", L"ms_l2tpminiport",
                                              L"ms_sstpminiport", L"ms_agilevpnminiport"};
    const DWORD one = 1;

    for (unsigned i = 0; i < ARRAYSIZE(components); i++) {
        WCHAR path[256];

        _snwprintf(path, ARRAYSIZE(path), CLASS_KEY, (DWORD)i);
        world_set(path, L"ComponentId", REG_SZ, components[i],
                  (wcslen(components[i]) + 1) * sizeof(WCHAR));
        world_set(path, L"WanEndpoints", REG_DWORD, &one, sizeof(one));
    }
}

static void read_interfaces(void)
{
    struct config_interface *rows = NULL, found;
    WCHAR path[CONFIG_PATH_MAX], *hours = NULL;
    DWORD count = 0;

    FUZZ_CHECK(config_interface_list(&rows, &count) == ST_OK);
    for (DWORD i = 0; i < count; i++) {
        struct config_transport *transports = NULL;
        DWORD transport_count = 0;

        FUZZ_CHECK(rows[i].name[0] && wcslen(rows[i].name) <= CONFIG_INTERFACE_NAME_MAX);
        FUZZ_CHECK(config_interface_find(rows[i].name, &found) == ST_OK);
        FUZZ_CHECK(u16_equal_nocase(found.name, rows[i].name));
        FUZZ_CHECK(config_interface_hours(rows[i].number, &hours) == ST_OK);
        mem_free(hours);
        config_interface_path(path, rows[i].number);
        FUZZ_CHECK(config_transport_list(path, &transports, &transport_count) == ST_OK);
        mem_free(transports);
    }
    mem_free(rows);
}

static void read_custom_info(void)
{
    static const struct config_interface row = {.type = ROUTER_IF_TYPE_FULL_ROUTER};
    static const size_t sizes[] = {sizeof(MPR_IF_CUSTOMINFOEX0), sizeof(MPR_IF_CUSTOMINFOEX1),
                                   sizeof(MPR_IF_CUSTOMINFOEX2)};
    custom_info info;

    for (size_t i = 0; i < ARRAYSIZE(sizes); i++) {
        mpr_status status = custom_info_read(&row, sizes[i], &info);

        FUZZ_CHECK(status == ST_OK || status == ST_NO_SUCH_INTERFACE);
        if (status != ST_OK) continue;
        FUZZ_CHECK(selectors_valid(&info.customIkev2Config.vpnTrafficSelectors));
        custom_info_free(&info);
    }
}

static void read_tunnels(void)
{
    static const MPRAPI_OBJECT_HEADER headers[] = {
        {1, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, sizeof(MPR_SERVER_EX0_WIN7)},
        {5, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, sizeof(MPR_SERVER_EX1_WIN10)}};
    server_tunnels tunnels;

    for (size_t i = 0; i < ARRAYSIZE(headers); i++) {
        const struct server_layout *layout =
            server_layout_find(&headers[i], MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);

        FUZZ_CHECK(layout && server_tunnels_read(layout, &tunnels) == ST_OK);
        server_tunnels_free(&tunnels);
    }
}

static void read_people(void)
{
    struct dial_credentials credentials;
    struct user_rights rights;
    struct blob secret;

    user_store_read(L"ann", &rights);
    FUZZ_CHECK(u16_length(rights.number, USER_NUMBER_MAX + 1) <= USER_NUMBER_MAX);
    if (secret_store_get(SECRET_SERVER, L"", &secret) == ST_OK) secret_free(&secret);
    dial_credentials_load(L"A", &credentials);
    if (dial_credentials_text(&credentials, &secret) == ST_OK) secret_free(&secret);
}

static void read_client(void)
{
    struct client_config c;
    mpr_status status;
    HKEY key;

    if (registry_open(L"Parameters\\Clients\\A", KEY_READ, false, &key)) return;
    status = client_config_read(key, &c);
    RegCloseKey(key);
    FUZZ_CHECK(status == ST_OK || status == ST_INVALID_DATA);
    if (status != ST_OK) return;
    FUZZ_CHECK(c.call.port < PORT_KINDS && (*c.call.user || *c.pattern));
    FUZZ_CHECK(u16_length(c.call.domain, LINK_DOMAIN_MAX + 1) <= LINK_DOMAIN_MAX);
    client_config_matches(&c, u"{0}", u"ppp0");
}

static void load_router(void)
{
    struct port_setup setup[PORT_KINDS];
    struct builtin_protocol *rows;
    struct router_config config;
    struct fake_host f;
    uint32_t ports = 0;
    unsigned poll;

    config_load_parameters(&config, &poll);
    if (config_load_builtins(&rows, &config.builtin_count) != ST_OK) return;
    FUZZ_CHECK(rows[0].port && rows[0].route_limit);
    config.builtins = rows;
    port_config_read(setup);
    for (size_t kind = 0; kind < PORT_KINDS; kind++) {
        FUZZ_CHECK(setup[kind].count <= 30000 && setup[kind].flags <= 3);
        ports += setup[kind].count;
    }
    if (ports > PORTS_MAX) {
        mem_free(rows);
        return;
    }
    fake_init(&f);
    f.record = false;
    FUZZ_CHECK(config_load((struct engine *)(void *)fake_start(&f, &config)) == ST_OK);
    mem_free(rows);
    fake_flush(&f);
    fake_close(&f);
}

/* What the running router stores, among whatever is there. */
static void store(void)
{
    static const uint8_t bytes[] = {1, 2, 3};
    struct store_item item = {STORE_GLOBAL_INFO, NULL, TRANSPORT_IP, bytes, sizeof(bytes)};

    config_save(&item);
    item.kind = STORE_INTERFACE_INFO;
    item.interface_name = u"A";
    config_save(&item);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned readers = 0, changes = size ? data[size - 1] : ALL;
    struct reader in;

    world_reset();
    reader_init(&in, data, size);
    for (int i = 0; i < VALUES_MAX && reader_left(&in); i++) readers |= put_value(&in);
    if (!readers) readers = ALL;
    if (readers & (ROUTER | TUNNELS)) put_ports();
    if (readers & INTERFACES) {
        read_interfaces();
        read_custom_info();
    }
    if (readers & TUNNELS) read_tunnels();
    if (readers & PEOPLE) read_people();
    if (readers & CLIENTS) read_client();
    if (readers & ROUTER) {
        load_router();
        store();
        read_interfaces();
    }
    stores_change(changes);
    dialer_keys_stop(); /* its keys are this input's */
    return 0;
}

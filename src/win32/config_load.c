/* Start: everything is read before the lock is entered for it, one interface at a time; the phone
 * book's lock comes before the engine's. */
#include "win32/config_load.h"

#include "win32/sys/windows_api.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/store/config_defaults.h"
#include "win32/store/config_store.h"
#include "win32/link/dial_entry.h"
#include "win32/store/port_config.h"
#include "win32/sys/registry.h"

#define CATALOGUE L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\"
#define ALL_TYPES \
    (ROUTER_RAS | ROUTER_LAN | ROUTER_WAN | ROUTER_RAS_V6 | ROUTER_LAN_V6 | ROUTER_WAN_V6)

static const struct {
    uint32_t id;
    const WCHAR *name;
} transports[] = {{TRANSPORT_IP, L"Ip"}, {TRANSPORT_IPV6, L"Ipv6"}};

/* ---- parameters ----------------------------------------------------------------------------- */

static DWORD number_or(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value = otherwise;
    mpr_status status = registry_get_dword(key, name, &value);

    if (status && status != ERROR_FILE_NOT_FOUND)
        TRACE(WARNING, "configuration: value %s is no REG_DWORD", trace_u16(name).text);
    return status ? otherwise : value;
}

static void read_rip(struct router_config *ret)
{
    DWORD port = 520;
    HKEY key;

    if (registry_open(L"Parameters\\Ip", KEY_READ, false, &key) == ST_OK) {
        port = number_or(key, L"RipPort", port);
        ret->route_limit = number_or(key, L"RipRouteLimit", 0);
        RegCloseKey(key);
    }
    ret->rip_port = port && port <= 65535 ? (uint16_t)port : 520;
}

void config_load_parameters(struct router_config *ret, unsigned *ret_poll)
{
    HKEY key;

    memset(ret, 0, sizeof(*ret));
    ret->router_type = ALL_TYPES;
    read_rip(ret);
    *ret_poll = 0;
    if (registry_open(L"Parameters", KEY_READ, false, &key) != ST_OK) return;
    if (number_or(key, L"LANOnlyMode", 0) == 1) ret->router_type = ROUTER_LAN | ROUTER_LAN_V6;
    ret->router_type = number_or(key, L"RouterType", ret->router_type);
    ret->update_timeout = number_or(key, L"UpdateTimeout", 0);
    ret->call_timeout = number_or(key, L"CallTimeout", 0);
    ret->reachable_again = number_or(key, L"ReachableAgain", 0);
    *ret_poll = number_or(key, L"AdapterPoll", 0);
    RegCloseKey(key);
}

/* ---- protocol catalogue --------------------------------------------------------------------- */

static mpr_status add_protocol(struct engine *e, uint32_t transport, HKEY parent, const WCHAR *name)
{
    WCHAR *dll = NULL;
    DWORD id = 0;
    HKEY key;
    mpr_status status = registry_open_below(parent, name, KEY_READ, false, &key);

    if (status) return ST_OK;
    status = registry_get_dword(key, L"ProtocolId", &id);
    if (!status) status = registry_get_text(key, L"DllName", &dll);
    RegCloseKey(key);
    if (!status) {
        status = router_catalogue_add(engine_enter(e), transport, id, (const char16_t *)dll);
        engine_leave(e);
    }
    if (status)
        TRACE(WARNING, "configuration: protocol \"%s\" of transport 0x%x was skipped (error %u)",
              trace_u16((const char16_t *)name).text, transport, status);
    mem_free(dll);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status load_catalogue(struct engine *e, size_t transport)
{
    WCHAR path[128], name[256];
    mpr_status status = ST_OK;
    HKEY key;

    _snwprintf(path, ARRAYSIZE(path), CATALOGUE L"%ls", transports[transport].name);
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ | KEY_WOW64_64KEY, &key)) return ST_OK;
    for (DWORD i = 0; !status; i++) {
        DWORD units = ARRAYSIZE(name);
        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL)) break;
        status = add_protocol(e, transports[transport].id, key, name);
    }
    RegCloseKey(key);
    return status;
}

/* ---- router managers ------------------------------------------------------------------------ */

/* ST_NOT_FOUND: not configured. */
static mpr_status read_manager(size_t transport, struct blob *global, struct blob *client)
{
    struct config_transport row;
    mpr_status status;

    if (config_is_fresh()) return config_default_global(transports[transport].id, global);
    status = config_transport_find(CONFIG_ROUTER_MANAGERS, transports[transport].id, &row);
    if (status) return status == ST_NOT_ENOUGH_MEMORY ? status : ST_NOT_FOUND;
    status = config_transport_get(CONFIG_ROUTER_MANAGERS, &row, L"GlobalInfo", global);
    if (!status)
        status = config_transport_get(CONFIG_ROUTER_MANAGERS, &row, L"GlobalInterfaceInfo", client);
    /* Without GlobalInfo a router manager is not started. */
    return status || global->size ? status : ST_NOT_FOUND;
}

static mpr_status load_manager(struct engine *e, size_t transport)
{
    struct blob global = {NULL, 0}, client = {NULL, 0};
    mpr_status status = read_manager(transport, &global, &client);

    if (!status) {
        status = router_transport_create(engine_enter(e), transports[transport].id, &global,
                                         client.size ? &client : NULL, NULL);
        engine_leave(e);
    }
    if (status && status != ST_PENDING && status != ST_NOT_FOUND)
        TRACE(ERROR, "configuration: router manager 0x%x was not started (error %u)",
              transports[transport].id, status);
    blob_free(&global);
    blob_free(&client);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* ---- interfaces ----------------------------------------------------------------------------- */

static bool is_demand_dial(DWORD type)
{
    return type == IF_FULL_ROUTER || type == IF_HOME_ROUTER;
}

/* The interface is made even without an entry: it can't be dialled until there is one. */
static mpr_status read_dial(const struct config_interface *row, struct dial_entry *entry,
                            struct dial_plan *plan)
{
    mpr_status status = dial_entry_read((const char16_t *)row->name, entry, plan);

    if (status)
        TRACE(WARNING, "configuration: interface \"%s\" has no phone-book entry (%s)",
              trace_u16((const char16_t *)row->name).text, status_name(status));
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status create_interface(struct engine *e, const struct config_interface *row,
                                   const WCHAR *hours, handle_t32 *ret)
{
    struct {
        struct dial_entry entry;
        struct dial_plan plan;
    } *dial = mem_alloc(sizeof(*dial));
    struct interface_spec spec = {
        .name = (const char16_t *)row->name,
        .type = (enum interface_type)row->type,
        .enabled = row->enabled,
        .dialout_hours = (const char16_t *)hours,
        .stored = true,
        .back_off = {(msec)row->unreachable_min * 1000, (msec)row->unreachable_max * 1000}};
    struct router *r;
    mpr_status status = ST_OK;

    if (!dial) return ST_NOT_ENOUGH_MEMORY;
    if (is_demand_dial(row->type)) {
        status = read_dial(row, &dial->entry, &dial->plan);
        spec.entry = &dial->entry;
        spec.plan = &dial->plan;
    }
    if (status) {
        mem_free(dial);
        return status;
    }
    r = engine_enter(e);
    status = router_interface_create(r, &spec, ret);
    /* The internal and loopback ones are always there. */
    if (status == ST_INTERFACE_ALREADY_EXISTS && !is_demand_dial(row->type)) {
        status = router_interface_find(r, spec.name, false, ret);
        if (!status) status = router_interface_set_stored(r, *ret, true);
    }
    engine_leave(e);
    mem_free(dial);
    return status;
}

static mpr_status add_transport(struct engine *e, const struct config_interface *row,
                                handle_t32 handle, uint32_t transport)
{
    struct config_transport key;
    struct blob info = {NULL, 0};
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status;

    config_interface_path(path, row->number);
    status = config_transport_find(path, transport, &key);
    if (status) return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
    status = config_transport_get(path, &key, L"InterfaceInfo", &info);
    if (!status) {
        struct router *r = engine_enter(e);
        /* One that the core gave it by default is replaced by what is stored. */
        status = router_iftransport_add(r, handle, transport, &info, NULL);
        if (status == ST_PROTOCOL_ALREADY_INSTALLED)
            status = router_iftransport_set(r, handle, transport, &info, NULL);
        engine_leave(e);
    }
    if (status && status != ST_PENDING)
        TRACE(WARNING, "configuration: Interfaces\\%u: transport 0x%x was skipped (error %u)",
              (unsigned)row->number, transport, status);
    blob_free(&info);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status load_interface(struct engine *e, DWORD number)
{
    struct config_interface row;
    WCHAR *hours = NULL;
    handle_t32 handle = 0;
    mpr_status status = config_interface_read(number, &row);

    if (!status) status = config_interface_hours(number, &hours);
    if (!status) status = create_interface(e, &row, hours, &handle);
    mem_free(hours);
    if (status) {
        TRACE(WARNING, "configuration: Interfaces\\%u was skipped (error %u)", (unsigned)number,
              status);
        return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
    }
    for (size_t i = 0; i < ARRAYSIZE(transports) && !status; i++)
        status = add_transport(e, &row, handle, transports[i].id);
    return status;
}

static mpr_status load_interfaces(struct engine *e)
{
    DWORD *numbers = NULL, count = 0;
    HKEY key;
    mpr_status status;

    if (registry_open(L"Interfaces", KEY_READ, false, &key)) return ST_OK;
    status = registry_numbers(key, &numbers, &count);
    RegCloseKey(key);
    for (DWORD i = 0; i < count && !status; i++) status = load_interface(e, numbers[i]);
    mem_free(numbers);
    return status;
}

static mpr_status load_ports(struct engine *e)
{
    struct port_setup setup[PORT_KINDS];
    mpr_status status;

    port_config_read(setup);
    status = router_ports_create(engine_enter(e), setup);
    engine_leave(e);
    return status;
}

mpr_status config_load(struct engine *e)
{
    mpr_status status = load_ports(e);

    for (size_t i = 0; i < ARRAYSIZE(transports) && !status; i++) {
        status = load_catalogue(e, i);
        if (!status) status = load_manager(e, i);
    }
    return status ? status : load_interfaces(e);
}

/* The stored configuration as rows; engine/load.h makes a router of them. */
#include "win32/config_load.h"

#include "win32/sys/windows_api.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "engine/load.h"
#include "protocol/builtin/builtin_protocols.h"
#include "win32/link/dial_entry.h"
#include "win32/store/config_defaults.h"
#include "win32/store/config_store.h"
#include "win32/store/interface_rows.h"
#include "win32/store/port_config.h"
#include "win32/store/transport_rows.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_watch.h"

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

    if (status != ST_OK && status != ERROR_FILE_NOT_FOUND)
        TRACE(WARNING, "configuration: value %s is no REG_DWORD", trace_u16(name).text);
    return status != ST_OK ? otherwise : value;
}

void config_load_parameters(struct router_config *ret, unsigned *ret_poll)
{
    HKEY key;

    memset(ret, 0, sizeof(*ret));
    ret->router_type = ALL_TYPES;
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

/* ---- built-in protocols --------------------------------------------------------------------- */

static const WCHAR *transport_name(uint32_t id)
{
    for (size_t i = 0; i < ARRAYSIZE(transports); i++) {
        if (transports[i].id == id) return transports[i].name;
    }
    return L"";
}

/* The value {row's name}{what}. */
static DWORD row_number(HKEY key, const struct builtin_protocol *row, const WCHAR *what,
                        DWORD otherwise)
{
    WCHAR name[64] = {0};

    _snwprintf(name, ARRAYSIZE(name) - 1, L"%ls%ls", (const WCHAR *)row->name, what);
    return number_or(key, name, otherwise);
}

static void read_row(struct builtin_protocol *row)
{
    WCHAR path[64] = {0};
    DWORD port, limit;
    HKEY key;

    _snwprintf(path, ARRAYSIZE(path) - 1, L"Parameters\\%ls", transport_name(row->transport));
    if (registry_open(path, KEY_READ, false, &key) != ST_OK) return;
    port = row_number(key, row, L"Port", row->port);
    if (port != 0 && port <= UINT16_MAX)
        row->port = (uint16_t)port;
    else if (port != row->port)
        TRACE(WARNING, "configuration: %s: %u is no UDP port; %u is used", row->protocol->name,
              (unsigned)port, row->port);
    limit = row_number(key, row, L"RouteLimit", 0);
    if (limit != 0) row->route_limit = limit;
    row->neighbour_limit = row_number(key, row, L"NeighborRouteLimit", row->neighbour_limit);
    RegCloseKey(key);
}

mpr_status config_load_builtins(struct builtin_protocol **ret, size_t *ret_count)
{
    struct builtin_protocol *rows =
        mem_dup(builtin_protocols, builtin_protocol_count * sizeof(*builtin_protocols));

    if (!rows) return ST_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < builtin_protocol_count; i++) read_row(&rows[i]);
    *ret = rows;
    *ret_count = builtin_protocol_count;
    return ST_OK;
}

/* ---- protocol catalogue --------------------------------------------------------------------- */

static mpr_status read_protocol(struct loader *l, uint32_t transport, HKEY parent,
                                const WCHAR *name)
{
    WCHAR *dll = NULL;
    DWORD id = 0;
    HKEY key;
    mpr_status status = registry_open_below(parent, name, KEY_READ, false, &key);

    if (status != ST_OK) return ST_OK;
    status = registry_get_dword(key, L"ProtocolId", &id);
    if (status == ST_OK) status = registry_get_text(key, L"DllName", &dll);
    RegCloseKey(key);
    if (status == ST_OK) {
        const struct stored_protocol row = {transport, id, (const char16_t *)dll};

        status = loader_protocol(l, &row);
    } else {
        TRACE(WARNING, "configuration: protocol \"%s\" of transport 0x%x was skipped (error %u)",
              trace_u16((const char16_t *)name).text, transport, status);
    }
    mem_free(dll);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status read_catalogue(struct loader *l, size_t transport)
{
    WCHAR path[128], name[256];
    mpr_status status = ST_OK;
    HKEY key;

    _snwprintf(path, ARRAYSIZE(path), CATALOGUE L"%ls", transports[transport].name);
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ | KEY_WOW64_64KEY, &key)) return ST_OK;
    for (DWORD i = 0; status == ST_OK; i++) {
        DWORD units = ARRAYSIZE(name);
        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL)) break;
        status = read_protocol(l, transports[transport].id, key, name);
    }
    RegCloseKey(key);
    return status;
}

static mpr_status read_protocols(void *context, struct loader *l)
{
    mpr_status status = ST_OK;

    (void)context;
    for (size_t i = 0; i < ARRAYSIZE(transports) && status == ST_OK; i++)
        status = read_catalogue(l, i);
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
    if (status != ST_OK) return status == ST_NOT_ENOUGH_MEMORY ? status : ST_NOT_FOUND;
    status = config_transport_get(CONFIG_ROUTER_MANAGERS, &row, L"GlobalInfo", global);
    if (status == ST_OK)
        status = config_transport_get(CONFIG_ROUTER_MANAGERS, &row, L"GlobalInterfaceInfo", client);
    /* Without GlobalInfo a router manager is not started. */
    return status != ST_OK || global->size ? status : ST_NOT_FOUND;
}

static mpr_status give_manager(struct loader *l, size_t transport)
{
    struct blob global = {NULL, 0}, client = {NULL, 0};
    const struct stored_manager row = {transports[transport].id, &global, &client};
    const struct stored_manager without_client = {row.transport, &global, NULL};
    mpr_status status = read_manager(transport, &global, &client);

    if (status == ST_OK)
        status = loader_manager(l, client.size ? &row : &without_client);
    else if (status != ST_NOT_FOUND)
        TRACE(ERROR, "configuration: router manager 0x%x was not started (error %u)", row.transport,
              status);
    blob_free(&global);
    blob_free(&client);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status read_managers(void *context, struct loader *l)
{
    mpr_status status = ST_OK;

    (void)context;
    for (size_t i = 0; i < ARRAYSIZE(transports) && status == ST_OK; i++)
        status = give_manager(l, i);
    return status;
}

/* ---- interfaces ----------------------------------------------------------------------------- */

/* What one interface is read into; the same memory for all. */
struct interface_reader {
    struct loader *loader;
    struct dial_entry entry;
    struct dial_plan plan;
    WCHAR *hours;
    DWORD number;
    struct stored_transport transports[ARRAYSIZE(transports)];
};

static bool is_demand_dial(DWORD type)
{
    return type == IF_FULL_ROUTER || type == IF_HOME_ROUTER;
}

/* The interface is made even without an entry: it can't be dialled until there is one. */
static mpr_status read_dial(const struct config_interface *row, struct interface_reader *ret)
{
    mpr_status status = dial_entry_read((const char16_t *)row->name, &ret->entry, &ret->plan);

    if (status != ST_OK)
        TRACE(WARNING, "configuration: interface \"%s\" has no phone-book entry (%s)",
              trace_u16((const char16_t *)row->name).text, status_name(status));
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status read_hours(HKEY key, WCHAR **ret)
{
    mpr_status status = registry_get_text(key, L"DialOutHours", ret);

    return status == ERROR_FILE_NOT_FOUND || status == ST_INVALID_DATA ? ST_OK : status;
}

/* config_transport_fn. Of two keys with one ProtocolId the first counts. */
static mpr_status read_transport(void *context, HKEY key, const struct config_transport *row)
{
    struct interface_reader *r = context;
    mpr_status status;
    size_t i = 0;

    while (i < ARRAYSIZE(transports) && transports[i].id != row->id) i++;
    if (i == ARRAYSIZE(transports) || r->transports[i].id) return ST_OK;
    status = registry_get_blob(key, L"InterfaceInfo", &r->transports[i].info);
    if (status == ST_OK || status == ERROR_FILE_NOT_FOUND) {
        r->transports[i].id = row->id;
        return ST_OK;
    }
    TRACE(WARNING, "configuration: Interfaces\\%u: transport 0x%x was skipped (error %u)",
          (unsigned)r->number, (unsigned)row->id, status);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* Those that are there, moved together. */
static size_t pack_transports(struct stored_transport *list)
{
    size_t count = 0;

    for (size_t i = 0; i < ARRAYSIZE(transports); i++) {
        struct stored_transport one = list[i];

        list[i] = (struct stored_transport){0, {NULL, 0}};
        if (one.id) list[count++] = one;
    }
    return count;
}

static mpr_status give_interface(struct interface_reader *r, const struct config_interface *row)
{
    const struct stored_interface interface = {
        .number = row->number,
        .name = (const char16_t *)row->name,
        .type = row->type,
        .enabled = row->enabled,
        .back_off = {(msec)row->unreachable_min * 1000, (msec)row->unreachable_max * 1000},
        .hours = (const char16_t *)r->hours,
        .entry = &r->entry,
        .plan = &r->plan,
        .transports = r->transports,
        .transport_count = pack_transports(r->transports)};

    return loader_interface(r->loader, &interface);
}

static void empty_reader(struct interface_reader *r)
{
    mem_free(r->hours);
    r->hours = NULL;
    for (size_t i = 0; i < ARRAYSIZE(transports); i++) {
        blob_free(&r->transports[i].info);
        r->transports[i].id = 0;
    }
}

/* config_interface_fn. */
static mpr_status read_interface(void *context, HKEY key, DWORD number,
                                 const struct config_interface *row)
{
    struct interface_reader *r = context;
    mpr_status status = row ? read_hours(key, &r->hours) : ST_NO_SUCH_INTERFACE;

    r->number = number;
    if (status == ST_OK && is_demand_dial(row->type)) status = read_dial(row, r);
    if (status == ST_OK) status = config_transport_each(key, read_transport, r);
    if (status == ST_OK)
        status = give_interface(r, row);
    else
        TRACE(WARNING, "configuration: Interfaces\\%u was skipped (error %u)", (unsigned)number,
              status);
    empty_reader(r);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* A registry that can't be read has no interfaces. */
static mpr_status read_interfaces(void *context, struct loader *l)
{
    struct interface_reader *r = mem_alloc(sizeof(*r));
    mpr_status status;

    (void)context;
    if (!r) return ST_NOT_ENOUGH_MEMORY;
    r->loader = l;
    status = config_interface_each(read_interface, r);
    mem_free(r);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

static mpr_status read_ports(void *context, struct port_setup *ret)
{
    (void)context;
    port_config_read(ret);
    return ST_OK;
}

/* As of its beginning: what is kept in between needs no second look. */
mpr_status config_load(struct engine *e)
{
    static const struct stored_configuration stored = {NULL, read_ports, read_protocols,
                                                       read_managers, read_interfaces};
    bool held = registry_watch_hold();
    mpr_status status = engine_load(e, &stored);

    if (held) registry_watch_release();
    return status;
}

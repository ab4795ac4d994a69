/* MprConfigInterface*: interfaces of the stored configuration.
 *
 * Levels 0 and 1 are what the registry holds. Level 2 and 3 (MprAdmin's phone-book levels) are
 * read from the phone book as MprAdminInterfaceGetInfo does; setting them stores the part that the
 * registry has, since the phone book is MprAdmin's to write (pages: "use MprAdmin with level 2,
 * then MprConfig with level 0 or 1").
 *
 * A router that runs in this process is told which interfaces are stored: it writes the routes of
 * an update only where there is a key for them.
 */
#include "api/config/config.h"
#include "api/admin/interface_levels.h"

#include <string.h>

#include "router/ddm/dialout_hours.h"
#include "win32/journal/journal.h"
#include "win32/phonebook/phonebook_store.h"

/* Reads a caller's structure; everything that is wrong with it is ERROR_INVALID_PARAMETER. */
static mpr_status read_input(const BYTE *buffer, DWORD level, struct interface_input *ret)
{
    if (interface_input_read(buffer, level, ret)) return ST_INVALID_PARAMETER;
    if (ret->hours && !dialout_hours_valid(ret->hours)) return ST_INVALID_PARAMETER;
    return ST_OK;
}

/* LAN, internal and loopback interfaces can't be disabled (MS-RRASM 3.1.4.13, 3.1.4.15). */
static bool may_be_disabled(DWORD type)
{
    return type == ROUTER_IF_TYPE_HOME_ROUTER || type == ROUTER_IF_TYPE_FULL_ROUTER;
}

static bool may_be_created(const struct interface_input *input)
{
    switch (input->type) {
    case IF_HOME_ROUTER:
    case IF_FULL_ROUTER:
        return input->name[0] != 0;
    case IF_DEDICATED:
    case IF_INTERNAL:
    case IF_LOOPBACK:
        return input->name[0] != 0 && input->enabled;
    default:
        return false;
    }
}

/* Tells the running router, if there is one, that the interface has a key, or has none any more. */
static void tell_router(const WCHAR *name, bool stored)
{
    struct engine *engine = instance_existing();
    handle_t32 handle;
    struct router *r;

    if (!engine) return;
    r = engine_enter(engine);
    if (router_interface_find(r, name, false, &handle) == ST_OK)
        router_interface_set_stored(r, handle, stored);
    engine_leave(engine);
}

void config_interface_rewritten(struct config_call *call, HANDLE router_interface)
{
    struct config_interface row;

    if (config_interface_get(call, router_interface, &row) == ST_OK) tell_router(row.name, true);
}

/* Lays what the caller said over a stored interface. Name and type are what it is: they must fit.
 */
static mpr_status change_row(const struct config_interface *stored,
                             const struct interface_input *input)
{
    struct config_interface row = *stored;

    if (!u16_equal_nocase(input->name, stored->name) || (DWORD)input->type != stored->type)
        return ST_INVALID_PARAMETER;
    if (!input->enabled && !may_be_disabled(stored->type)) return ST_INVALID_PARAMETER;
    row.enabled = input->enabled;
    return config_interface_write(&row, input->level != 1, input->hours);
}

/* The handle comes first, so that nothing has been stored when there is no memory for it. */
static mpr_status create_new(struct config_call *call, const struct interface_input *input,
                             HANDLE *ret)
{
    struct config_interface row;
    mpr_status status;

    memset(&row, 0, sizeof(row));
    if (!u16_copy(row.name, CONFIG_INTERFACE_NAME_MAX + 1, input->name))
        return ST_INVALID_PARAMETER;
    row.type = (DWORD)input->type;
    row.enabled = input->enabled;
    status = config_interface_handle(call, &row, ret);
    if (status != ST_OK) return status;
    status = config_interface_create(&row, input->hours);
    if (status == ST_OK) return config_interface_handle(call, &row, ret); /* now with its number */
    config_handle_end(call, *ret);
    *ret = NULL;
    return status;
}

static mpr_status create_or_change_interface(struct config_call *call,
                                             const struct interface_input *input, HANDLE *ret)
{
    struct config_interface row;
    mpr_status status = config_interface_find(input->name, &row);

    if (status == ST_NO_SUCH_INTERFACE) return create_new(call, input, ret);
    if (status == ST_OK) status = config_interface_handle(call, &row, ret);
    if (status == ST_OK) status = change_row(&row, input);
    if (status != ST_OK) *ret = NULL;
    return status;
}

/* Nobody else makes an interface of that name in between. */
static mpr_status store_alone(struct config_call *call, const struct interface_input *input,
                              HANDLE *ret)
{
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = create_or_change_interface(call, input, ret);
    journal_leave();
    return status;
}

DWORD WINAPI MprConfigInterfaceCreate(HANDLE config, DWORD level, LPBYTE buffer, HANDLE *ret)
{
    struct interface_input input;
    struct config_call call;
    mpr_status status = config_enter_for(&call, config, ret);

    if (status == ST_OK) {
        status = read_input(buffer, level, &input);
        if (status == ST_OK && !may_be_created(&input)) status = ST_INVALID_PARAMETER;
        if (status == ST_OK) status = store_alone(&call, &input, ret);
        if (status == ST_OK) tell_router(input.name, true);
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceCreate(config=%h, level=%u, buffer=%p)|interface=%h",
                     config, level, buffer, ret ? *ret : NULL);
}

/* The number of the row is used again when somebody deletes it. */
static mpr_status delete_interface(struct config_call *call, HANDLE router_interface,
                                   struct config_interface *row)
{
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = config_interface_get(call, router_interface, row);
    if (status == ST_OK) status = config_interface_delete(row);
    journal_leave();
    return status;
}

static mpr_status change_alone(struct config_call *call, HANDLE router_interface,
                               const struct interface_input *input)
{
    struct config_interface row;
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = config_interface_get(call, router_interface, &row);
    if (status == ST_OK) status = change_row(&row, input);
    journal_leave();
    return status;
}

DWORD WINAPI MprConfigInterfaceDelete(HANDLE config, HANDLE router_interface)
{
    struct config_interface row;
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = delete_interface(&call, router_interface, &row);
        if (status == ST_OK) tell_router(row.name, false);
        if (status == ST_OK || status == ST_NO_SUCH_INTERFACE)
            config_handle_end(&call, router_interface);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigInterfaceDelete(config=%h, interface=%h)", config,
                     router_interface);
}

DWORD WINAPI MprConfigInterfaceGetHandle(HANDLE config, LPWSTR name, HANDLE *ret)
{
    struct config_interface row;
    struct config_call call;
    mpr_status status = config_enter_for(&call, config, ret);

    if (status == ST_OK) {
        status = name ? config_interface_find(name, &row) : ST_INVALID_PARAMETER;
        if (status == ST_OK) tell_router(row.name, true); /* another process may have stored it */
        if (status == ST_OK) status = config_interface_handle(&call, &row, ret);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigInterfaceGetHandle(config=%h, name=%w)|interface=%h", config,
                     name, ret ? *ret : NULL);
}

/* Stored interfaces have no connection: of MPR_INTERFACE_0 only name, type and enabled say
 * something, and the state is "disconnected" so that nobody takes it for unreachable. */
static void info_of(const struct config_interface *row, HANDLE handle, struct interface_info *ret)
{
    memset(ret, 0, sizeof(*ret));
    u16_copy(ret->name, INTERFACE_NAME_MAX + 1, row->name);
    ret->handle = api_handle(handle);
    ret->enabled = row->enabled;
    ret->type = (enum interface_type)row->type;
    ret->state = IF_DISCONNECTED;
}

static mpr_status output_with_settings(DWORD level, const struct interface_info *info, BYTE **ret)
{
    struct phonebook_settings settings;
    mpr_status status;

    if (info->type != IF_FULL_ROUTER) return ST_INVALID_PARAMETER;
    phonebook_settings_init(&settings);
    status = phonebook_store_read(info->name, &settings);
    if (status == ST_OK) status = interface_output(level, info, NULL, &settings, ret);
    phonebook_settings_free(&settings);
    return status;
}

static mpr_status output(DWORD level, const struct config_interface *row, HANDLE handle, BYTE **ret,
                         DWORD *ret_size)
{
    struct interface_info info;
    mpr_status status;
    WCHAR *hours = NULL;

    info_of(row, handle, &info);
    if (level >= 2) {
        status = output_with_settings(level, &info, ret);
    } else {
        status = level == 1 ? config_interface_hours(row->number, &hours) : ST_OK;
        if (status == ST_OK) status = interface_output(level, &info, hours, NULL, ret);
        mem_free(hours);
    }
    if (status == ST_OK) *ret_size = (DWORD)interface_level_size(level);
    return status;
}

DWORD WINAPI MprConfigInterfaceGetInfo(HANDLE config, HANDLE router_interface, DWORD level,
                                       LPBYTE *ret, LPDWORD ret_size)
{
    struct config_interface row;
    struct config_call call;
    mpr_status status;

    if (ret) *ret = NULL;
    if (ret_size) *ret_size = 0;
    status = config_enter(&call, config);
    if (status == ST_OK) {
        status = ret && ret_size && level < INTERFACE_LEVELS
                     ? config_interface_get(&call, router_interface, &row)
                     : ST_INVALID_PARAMETER;
        if (status == ST_OK) status = output(level, &row, router_interface, ret, ret_size);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigInterfaceGetInfo(config=%h, interface=%h, level=%u)", config,
                     router_interface, level);
}

DWORD WINAPI MprConfigInterfaceSetInfo(HANDLE config, HANDLE router_interface, DWORD level,
                                       LPBYTE buffer)
{
    struct interface_input input;
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = read_input(buffer, level, &input);
        if (status == ST_OK) status = change_alone(&call, router_interface, &input);
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceSetInfo(config=%h, interface=%h, level=%u, buffer=%p)",
                     config, router_interface, level, buffer);
}

static DWORD row_number(const void *row)
{
    return ((const struct config_interface *)row)->number;
}

static mpr_status fill_interface(struct config_call *call, void *context, const void *row,
                                 void *entry)
{
    struct interface_info info;
    HANDLE handle;
    mpr_status status = config_interface_handle(call, row, &handle);

    (void)context;
    if (status != ST_OK) return status;
    info_of(row, handle, &info);
    interface_output_0(&info, entry);
    return ST_OK;
}

DWORD WINAPI MprConfigInterfaceEnum(HANDLE config, DWORD level, LPBYTE *ret, DWORD preferred,
                                    LPDWORD read, LPDWORD total, LPDWORD resume)
{
    struct config_enum e = {level, ret, preferred, read, total, resume};
    struct config_page page = {.row_size = sizeof(struct config_interface),
                               .key = row_number,
                               .entry_size = sizeof(MPR_INTERFACE_0),
                               .fill = fill_interface};
    mpr_status bad = config_enum_check(&e, sizeof(MPR_INTERFACE_0));
    struct config_interface *rows = NULL;
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = bad ? bad : config_interface_list(&rows, &page.count);
        page.rows = rows;
        if (status == ST_OK) status = config_enum_page(&call, &e, &page);
        mem_free(rows);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigInterfaceEnum(config=%h, level=%u, preferred=%u)", config,
                     level, preferred);
}

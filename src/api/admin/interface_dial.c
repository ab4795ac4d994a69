/* Demand-dial interfaces and their phone-book entries.
 *
 * Entry and interface are two things that have to agree: the file is written first, since that is
 * what may fail, then the router is told, and when it refuses the entry is put back as it was. One
 * lock is held around both; it is taken before the phone book's, and that before the engine's.
 */
#include "api/admin/interface_dial.h"

#include "api/admin/credentials.h"
#include "win32/store/config_store.h"
#include "win32/link/dial_entry.h"
#include "win32/phonebook/phonebook_store.h"

static SRWLOCK dial_lock = SRWLOCK_INIT;

bool interface_type_dials(enum interface_type type)
{
    return type == IF_HOME_ROUTER || type == IF_FULL_ROUTER;
}

mpr_status interface_is_stored(const WCHAR *name, bool *ret)
{
    struct config_interface row;
    mpr_status status = config_interface_find(name, &row);

    *ret = status == ST_OK;
    /* What the registry refuses counts as "not stored"; not knowing for want of memory does not. */
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* A phone-book entry that is being changed, and how to put it back. */
struct entry_change {
    const WCHAR *name;
    struct phonebook_copy former;
    struct phonebook_settings now;
    bool written;
};

static mpr_status entry_change_begin(struct entry_change *c, const WCHAR *name)
{
    mpr_status status;

    *c = (struct entry_change){.name = name};
    status = phonebook_store_copy(&c->former);
    if (status == ST_OK) status = phonebook_store_read(name, &c->now);
    if (status == ST_CANNOT_FIND_PHONEBOOK_ENTRY || status == ST_CANNOT_OPEN_PHONEBOOK) {
        phonebook_settings_init(&c->now);
        status = ST_OK;
    }
    if (status != ST_OK) phonebook_copy_free(&c->former);
    return status;
}

static mpr_status entry_change_write(struct entry_change *c)
{
    mpr_status status = phonebook_store_write(c->name, &c->now);

    c->written = status == ST_OK;
    return status;
}

/* Ends a change; one that failed is undone as far as it went. */
static void entry_change_end(struct entry_change *c, mpr_status outcome)
{
    mpr_status status = ST_OK;

    if (outcome != ST_OK && c->written) status = phonebook_store_put_back(&c->former, c->name);
    if (status != ST_OK)
        TRACE(ERROR, "phone-book entry \"%s\" could not be put back: %s", trace_u16(c->name).text,
              status_name(status));
    phonebook_copy_free(&c->former);
    phonebook_settings_free(&c->now);
}

/* What the router would say, asked before the phone book is touched. */
static mpr_status check_new(HANDLE server, const struct interface_input *input)
{
    struct api_call call;
    handle_t32 other;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    if (input->name[0] == 0)
        status = ST_INVALID_PARAMETER;
    else if (router_interface_find(call.router, input->name, false, &other) == ST_OK)
        status = ST_INTERFACE_ALREADY_EXISTS;
    api_leave(&call);
    return status;
}

static mpr_status create_interface(HANDLE server, const struct interface_input *input,
                                   handle_t32 *ret)
{
    struct dial_entry entry;
    struct dial_plan plan;
    struct interface_spec spec = {.name = input->name,
                                  .type = input->type,
                                  .enabled = input->enabled,
                                  .dialout_hours = input->hours,
                                  .entry = &entry,
                                  .plan = &plan};
    struct api_call call;
    mpr_status status = dial_entry_read(input->name, &entry, &plan);

    if (status == ST_CANNOT_OPEN_PHONEBOOK)
        return ST_CANNOT_FIND_PHONEBOOK_ENTRY; /* no phone book yet has no entry either */
    if (status == ST_OK) status = interface_is_stored(input->name, &spec.stored);
    if (status == ST_OK) status = api_enter_again(&call, server);
    if (status == ST_OK) {
        status = router_interface_create(call.router, &spec, ret);
        api_leave(&call);
    }
    return status;
}

static mpr_status create_with_entry(HANDLE server, const struct interface_input *input,
                                    handle_t32 *ret)
{
    struct entry_change change;
    mpr_status status = entry_change_begin(&change, input->name);

    if (status != ST_OK) return status;
    status = interface_input_apply(input, true, &change.now);
    if (status == ST_OK) status = entry_change_write(&change);
    if (status == ST_OK) status = create_interface(server, input, ret);
    entry_change_end(&change, status);
    return status;
}

mpr_status interface_dial_create(HANDLE server, const struct interface_input *input,
                                 handle_t32 *ret)
{
    mpr_status status;

    AcquireSRWLockExclusive(&dial_lock);
    status = check_new(server, input);
    if (status == ST_OK && input->dial)
        status = create_with_entry(server, input, ret);
    else if (status == ST_OK)
        status = create_interface(server, input, ret);
    ReleaseSRWLockExclusive(&dial_lock);
    return status;
}

struct deletion {
    HANDLE server;
    handle_t32 interface;
};

static mpr_status delete_interface(void *context)
{
    const struct deletion *d = context;
    struct api_call call;
    mpr_status status = api_enter_again(&call, d->server);

    if (status != ST_OK) return status;
    status = router_interface_delete(call.router, d->interface);
    api_leave(&call);
    return status;
}

/* The interface goes when its entry can: not for want of memory with one of the two left. */
mpr_status interface_dial_delete(HANDLE server, handle_t32 interface)
{
    struct deletion d = {server, interface};
    struct interface_info info;
    struct api_call call;
    mpr_status status;

    AcquireSRWLockExclusive(&dial_lock);
    status = api_enter_again(&call, server);
    if (status == ST_OK) {
        status = router_interface_info(call.router, interface, &info);
        api_leave(&call);
    }
    if (status == ST_OK && interface_type_dials(info.type)) {
        status = phonebook_store_remove(info.name, delete_interface, &d);
        if (status == ST_OK) credentials_forget(info.name);
    } else if (status == ST_OK) {
        status = delete_interface(&d);
    }
    ReleaseSRWLockExclusive(&dial_lock);
    return status;
}

/* Reads the interface and checks that it dials: otherwise refusal. */
static mpr_status look_up(HANDLE server, handle_t32 interface, mpr_status refusal,
                          struct interface_info *info)
{
    struct api_call call;
    mpr_status status = api_enter_again(&call, server);

    if (status != ST_OK) return status;
    status = router_interface_info(call.router, interface, info);
    if (status == ST_OK && !router_has_ddm(call.router))
        status = ST_DDM_NOT_RUNNING;
    else if (status == ST_OK && !interface_type_dials(info->type))
        status = refusal;
    api_leave(&call);
    return status;
}

static mpr_status tell_router(HANDLE server, handle_t32 interface, const WCHAR *name,
                              const bool *enabled)
{
    struct dial_entry entry;
    struct dial_plan plan;
    struct api_call call;
    mpr_status status = dial_entry_read(name, &entry, &plan);

    if (status == ST_OK) status = api_enter_again(&call, server);
    if (status != ST_OK) return status;
    if (enabled) status = router_interface_set(call.router, interface, *enabled, true, NULL);
    if (status == ST_OK) status = router_interface_set_dial(call.router, interface, &entry, &plan);
    api_leave(&call);
    return status;
}

static mpr_status set_with_entry(HANDLE server, handle_t32 interface,
                                 const struct interface_input *input)
{
    struct entry_change change;
    mpr_status status = entry_change_begin(&change, input->name);

    if (status != ST_OK) return status;
    status = interface_input_apply(input, false, &change.now);
    if (status == ST_OK) status = entry_change_write(&change);
    if (status == ST_OK) status = tell_router(server, interface, input->name, &input->enabled);
    /* Stored all the same, and no code of this page: it shows when it is dialled. */
    if (status == ST_INTERFACE_HAS_NO_DEVICES) status = ST_OK;
    entry_change_end(&change, status);
    return status;
}

mpr_status interface_dial_set(HANDLE server, handle_t32 interface,
                              const struct interface_input *input)
{
    struct interface_info info;
    mpr_status status;

    AcquireSRWLockExclusive(&dial_lock);
    status = look_up(server, interface, ST_INVALID_LEVEL, &info);
    /* Another name would make a stray entry that nobody can manage (MS-RRASM 3.1.4.14;
     * docs/COMPATIBILITY.md, MprAdminInterfaceSetInfo). */
    if (status == ST_OK && !u16_equal_nocase(info.name, input->name)) status = ST_INVALID_PARAMETER;
    if (status == ST_OK) status = set_with_entry(server, interface, input);
    ReleaseSRWLockExclusive(&dial_lock);
    return status;
}

mpr_status interface_dial_reload(HANDLE server, handle_t32 interface)
{
    struct interface_info info;
    mpr_status status;

    AcquireSRWLockExclusive(&dial_lock);
    status = look_up(server, interface, ST_INVALID_PARAMETER, &info);
    /* Another file may have the same size and time. What is wrong with it, the next line finds. */
    if (status == ST_OK) phonebook_store_refresh();
    if (status == ST_OK) status = tell_router(server, interface, info.name, NULL);
    ReleaseSRWLockExclusive(&dial_lock);
    return status;
}

/* The edited entry is put back when the router can't be told. */
static mpr_status edit_entry(HANDLE server, handle_t32 interface, const WCHAR *name,
                             interface_dial_fn *edit, void *context)
{
    struct entry_change change;
    mpr_status status = entry_change_begin(&change, name);

    if (status != ST_OK) return status;
    status = edit(name, context);
    change.written = status == ST_OK;
    if (status == ST_OK) status = tell_router(server, interface, name, NULL);
    if (status == ST_INTERFACE_HAS_NO_DEVICES) status = ST_OK; /* stored all the same */
    entry_change_end(&change, status);
    return status;
}

mpr_status interface_dial_edit(HANDLE server, handle_t32 interface, bool change,
                               interface_dial_fn *edit, void *context)
{
    struct interface_info info;
    mpr_status status;

    AcquireSRWLockExclusive(&dial_lock);
    status = look_up(server, interface, ST_INVALID_PARAMETER, &info);
    if (status == ST_OK)
        status = change ? edit_entry(server, interface, info.name, edit, context)
                        : edit(info.name, context);
    ReleaseSRWLockExclusive(&dial_lock);
    return status;
}

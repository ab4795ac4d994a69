/* Clients' events.
 *
 * A registration for notifications ends by the object that the client's handle names, or, when the
 * client has closed it, by the handle's value (api/admin/notification.c). What the exported
 * functions get here is a duplicate, which has another value each time. So a registration keeps the
 * duplicate that it was made with, open, beside the client's value: where a value names no event of
 * the client any more, the duplicate is handed on instead.
 */
#include "api/serve/serve_event.h"

#include "win32/sys/event.h"

struct serve_registration {
    struct serve_registration *next;
    uint32_t session, value;
    HANDLE local;
};

static HANDLE server_of(uint32_t session)
{
    return api_handle_out(session);
}

/* ---- within a call --------------------------------------------------------------------------- */

/* -1 to -6 are pseudo-handles, which would be duplicated as the client's process or thread. */
static bool is_handle(uint32_t value)
{
    return value < (uint32_t)-16;
}

/* This process's own: as it is. Numbers are signed, so that INVALID_HANDLE_VALUE comes back. */
static HANDLE own_handle(uint32_t value)
{
    return (HANDLE)(LONG_PTR)(LONG)value;
}

static bool is_own(const struct serve_client *client)
{
    return client->process == GetCurrentProcessId();
}

static bool duplicate_event(const struct serve_client *client, uint32_t value, HANDLE *ret)
{
    return client->handle && is_handle(value) &&
           DuplicateHandle(client->handle, own_handle(value), GetCurrentProcess(), ret, 0, FALSE,
                           DUPLICATE_SAME_ACCESS);
}

struct serve_event serve_event_take(const struct serve_client *client, uint32_t value,
                                    uint32_t process)
{
    struct serve_event event = {.local = NULL};

    if (!value) return event;
    if (process == client->process && is_own(client))
        event.local = own_handle(value);
    else if (process == client->process && duplicate_event(client, value, &event.local))
        event.duplicated = true;
    else
        event.local = INVALID_HANDLE_VALUE;
    return event;
}

void serve_event_release(struct serve_event *event)
{
    if (event->duplicated) CloseHandle(event->local);
    event->duplicated = false;
}

/* ---- registrations --------------------------------------------------------------------------- */

static void free_registration(struct serve_registration *r)
{
    CloseHandle(r->local);
    mem_free(r);
}

static void link_registration(struct serve_client *client, struct serve_registration *r)
{
    AcquireSRWLockExclusive(&client->lock);
    LL_PREPEND(client->registrations, r);
    ReleaseSRWLockExclusive(&client->lock);
}

mpr_status serve_register(struct serve_client *client, uint32_t session, uint32_t value,
                          uint32_t process)
{
    struct serve_event event = serve_event_take(client, value, process);
    struct serve_registration *r = event.duplicated ? mem_alloc(sizeof(*r)) : NULL;
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    if (r || !event.duplicated)
        status = MprAdminRegisterConnectionNotification(server_of(session), event.local);
    if (status == ST_OK && r) {
        *r = (struct serve_registration){NULL, session, value, event.local};
        link_registration(client, r);
        return ST_OK;
    }
    serve_event_release(&event);
    mem_free(r);
    return status;
}

/* Which registration is meant: object NULL, the newest with that value; else one of that object,
 * with that value if there is such a one. */
struct wanted {
    uint32_t session, value;
    HANDLE object;
};

static bool is_wanted(const struct serve_registration *r, const struct wanted *w, bool any_value)
{
    host_event other = (host_event)r->local;

    if (r->session != w->session || (!any_value && r->value != w->value)) return false;
    return !w->object || event_find_same((host_event)w->object, &other, 1);
}

static struct serve_registration *find_wanted(struct serve_client *client, const struct wanted *w)
{
    struct serve_registration *r;

    for (r = client->registrations; r; r = r->next) {
        if (is_wanted(r, w, false)) return r;
    }
    for (r = client->registrations; r && w->object; r = r->next) {
        if (is_wanted(r, w, true)) return r;
    }
    return NULL;
}

static struct serve_registration *unlink_wanted(struct serve_client *client, const struct wanted *w)
{
    struct serve_registration *r;

    AcquireSRWLockExclusive(&client->lock);
    r = find_wanted(client, w);
    if (r) LL_DELETE(client->registrations, r);
    ReleaseSRWLockExclusive(&client->lock);
    return r;
}

static bool names_event(HANDLE handle)
{
    host_event once;

    if (event_duplicate_once(handle, &once) != ST_OK) return false;
    CloseHandle((HANDLE)once);
    return true;
}

/* Ends the registration of an object that the client still has. */
static mpr_status deregister_object(struct serve_client *client, const struct wanted *w)
{
    mpr_status status = MprAdminDeregisterConnectionNotification(server_of(w->session), w->object);
    struct serve_registration *r = status == ST_OK ? unlink_wanted(client, w) : NULL;

    if (r) free_registration(r);
    return status;
}

/* Ends the newest one of a value; without one, the function says what there is to say. */
static mpr_status deregister_value(struct serve_client *client, const struct wanted *w)
{
    struct serve_registration *r = unlink_wanted(client, w);
    mpr_status status = MprAdminDeregisterConnectionNotification(
        server_of(w->session), r ? r->local : INVALID_HANDLE_VALUE);

    if (r && status == ST_OK)
        free_registration(r);
    else if (r)
        link_registration(client, r);
    return status;
}

mpr_status serve_deregister(struct serve_client *client, uint32_t session, uint32_t value,
                            uint32_t process)
{
    struct serve_event event = serve_event_take(client, value, process);
    struct wanted wanted = {session, value, NULL};
    mpr_status status;

    if (event.duplicated && event_can_compare() && names_event(event.local))
        wanted.object = event.local;
    if (wanted.object)
        status = deregister_object(client, &wanted);
    else if (value && process == client->process && !is_own(client))
        status = deregister_value(client, &wanted);
    else
        status = MprAdminDeregisterConnectionNotification(server_of(session), event.local);
    serve_event_release(&event);
    return status;
}

void serve_registrations_drop(struct serve_client *client, uint32_t session)
{
    struct serve_registration *r, *next, *dropped = NULL;

    AcquireSRWLockExclusive(&client->lock);
    for (r = client->registrations; r; r = next) {
        next = r->next;
        if (r->session != session) continue;
        LL_DELETE(client->registrations, r);
        LL_PREPEND(dropped, r);
    }
    ReleaseSRWLockExclusive(&client->lock);
    for (r = dropped; r; r = next) {
        next = r->next;
        free_registration(r);
    }
}

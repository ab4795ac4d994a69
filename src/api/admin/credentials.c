/* MprAdminInterfaceSetCredentials and MprAdminInterfaceGetCredentials: user, domain and password
 * for dialling out.
 *
 * The two have their parameters in different orders, as the header does (docs/COMPATIBILITY.md,
 * MprAdminInterfaceGetCredentials). Neither has a server handle: they work on the phone book's
 * entry, whether or not the router runs. No text but the interface's name goes to the log, and what
 * held one is overwritten before it is given back.
 */
#include "api/admin/credentials.h"

#include <lmcons.h>
#include <string.h>

#include "win32/link/dial_credentials.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/store/secret_store.h"
#include "win32/sys/access.h"

#define NAME_MAX_UNITS MAX_INTERFACE_NAME_LEN

static SRWLOCK lock = SRWLOCK_INIT;

void credentials_lock(void)
{
    AcquireSRWLockExclusive(&lock);
}

void credentials_unlock(void)
{
    ReleaseSRWLockExclusive(&lock);
}

void credentials_forget(const WCHAR *name)
{
    credentials_lock();
    secret_store_forget(name);
    credentials_unlock();
}

/* ---- checks --------------------------------------------------------------------------------- */

static bool too_long(const WCHAR *text, size_t limit)
{
    return text && u16_length(text, limit + 1) > limit;
}

/* Who may, which machine, which interface: in that order, as for calls with a handle. */
static mpr_status check_name(const WCHAR *server, const WCHAR *name)
{
    mpr_status status = api_check_server_name(server);

    if (!api_trace_ready) api_trace_start();
    if (status == ST_OK) status = access_check();
    if (status == ST_OK && (!name || !name[0] || too_long(name, NAME_MAX_UNITS)))
        status = ST_INVALID_PARAMETER;
    return status;
}

static mpr_status check_entry(const WCHAR *name)
{
    mpr_status status = phonebook_store_read(name, NULL);

    /* No phone book yet has no parameters of this interface either. */
    return status == ST_CANNOT_OPEN_PHONEBOOK ? ST_CANNOT_FIND_PHONEBOOK_ENTRY : status;
}

/* A name for the log, which may be of any length. */
static const WCHAR *log_name(const WCHAR *name)
{
    return too_long(name, NAME_MAX_UNITS) ? L"..." : name;
}

/* ---- the exported functions ----------------------------------------------------------------- */

static mpr_status change_credentials(const WCHAR *name, const WCHAR *user, const WCHAR *domain,
                                     const WCHAR *password)
{
    struct dial_credentials c;
    mpr_status status;

    if (!user && !domain && !password) return secret_store_remove(SECRET_DIAL, name);
    status = dial_credentials_load(name, &c);
    if (status == ST_INVALID_DATA) status = ST_OK; /* unreadable: begun anew, all empty */
    if (user) u16_copy(c.user, UNLEN + 1, user);
    if (domain) u16_copy(c.domain, DNLEN + 1, domain);
    if (password) u16_copy(c.password, PWLEN + 1, password);
    if (status == ST_OK) status = dial_credentials_save(name, &c);
    dial_credentials_wipe(&c);
    return status;
}

DWORD WINAPI MprAdminInterfaceSetCredentials(LPWSTR server, LPWSTR name, LPWSTR user, LPWSTR domain,
                                             LPWSTR password)
{
    mpr_status status = check_name(server, name);

    if (status == ST_OK &&
        (too_long(user, UNLEN) || too_long(domain, DNLEN) || too_long(password, PWLEN)))
        status = ST_INVALID_PARAMETER;
    if (status == ST_OK) {
        credentials_lock();
        status = check_entry(name);
        if (status == ST_OK) status = change_credentials(name, user, domain, password);
        credentials_unlock();
    }
    return API_TRACE(status,
                     "MprAdminInterfaceSetCredentials(server=%w, name=%w, user=%p, domain=%p, "
                     "password=%p)",
                     server, log_name(name), user, domain, password);
}

static void give(WCHAR *target, size_t capacity, const WCHAR *text)
{
    if (target) u16_copy(target, capacity, text);
}

DWORD WINAPI MprAdminInterfaceGetCredentials(LPWSTR server, LPWSTR name, LPWSTR user,
                                             LPWSTR password, LPWSTR domain)
{
    struct dial_credentials c;
    mpr_status status = check_name(server, name);

    give(user, 1, L"");
    give(password, 1, L"");
    give(domain, 1, L"");
    /* Nothing wanted: nothing is looked at (page). */
    if (status == ST_OK && (user || password || domain)) {
        status = check_entry(name);
        if (status == ST_OK) status = dial_credentials_load(name, &c);
        if (status == ST_OK) {
            give(user, UNLEN + 1, c.user);
            give(password, PWLEN + 1, c.password);
            give(domain, DNLEN + 1, c.domain);
        }
        dial_credentials_wipe(&c);
    }
    return API_TRACE(status,
                     "MprAdminInterfaceGetCredentials(server=%w, name=%w, user=%p, password=%p, "
                     "domain=%p)",
                     server, log_name(name), user, password, domain);
}

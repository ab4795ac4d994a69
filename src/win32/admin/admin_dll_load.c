/* Finding out what an administration DLL has, initialising and terminating it.
 *
 * What may be missing: a function to initialise it, and then one to terminate it;
 * MprAdminAcceptReauthentication, which the pages require, but which nobody
 * misses before a client leaves quarantine; and each pair of functions for addresses as a whole.
 */
#include "win32/admin/admin_dll_call.h"

#include "base/trace.h"
#include "win32/sys/library.h"

typedef DWORD WINAPI initialize_fn(void);
typedef DWORD WINAPI initialize_ex_fn(struct admin_callbacks *);

struct load_step {
    struct admin_dll *dll;
    FARPROC function;
    DWORD result;
};

static bool take_step(struct load_step *i, void (*function)(void *), const char *what)
{
    return admin_dll_guarded(i->dll, function, i, what);
}

static FARPROC find(const struct admin_dll *d, const char *name)
{
    return GetProcAddress(d->module, name);
}

static void do_load(void *context)
{
    struct load_step *i = context;

    i->dll->module = library_load(i->dll->path);
    i->result = i->dll->module ? NO_ERROR : GetLastError();
}

static void do_initialize(void *context)
{
    struct load_step *i = context;

    i->result = ((initialize_fn *)(void *)i->function)();
}

static void do_initialize_ex(void *context)
{
    struct load_step *i = context;

    i->result = ((initialize_ex_fn *)(void *)i->function)(&i->dll->c);
}

/* The newest pair that there is. */
static void find_pair(struct admin_dll *d)
{
    static const struct {
        unsigned form;
        const char *accept, *hang_up;
    } pairs[] = {{0, "MprAdminAcceptNewConnectionEx", "MprAdminConnectionHangupNotificationEx"},
                 {3, "MprAdminAcceptNewConnection3", "MprAdminConnectionHangupNotification3"},
                 {2, "MprAdminAcceptNewConnection2", "MprAdminConnectionHangupNotification2"},
                 {1, "MprAdminAcceptNewConnection", "MprAdminConnectionHangupNotification"}};

    for (size_t n = 0; n < ARRAYSIZE(pairs); n++) {
        d->accept_connection = find(d, pairs[n].accept);
        d->connection_hang_up = find(d, pairs[n].hang_up);
        d->form = pairs[n].form;
        if (d->accept_connection && d->connection_hang_up) return;
    }
    d->accept_connection = NULL;
}

/* False: one of them without the other. A pair comes from one place. */
static bool find_addresses(const struct admin_dll *d, FARPROC *give, const char *give_name,
                           FARPROC *release, const char *release_name)
{
    if (!*give && !*release) {
        *give = find(d, give_name);
        *release = find(d, release_name);
    }
    return !*give == !*release;
}

static void find_reauthenticate(struct admin_dll *d)
{
    d->reauthenticate = (FARPROC)(void *)d->c.accept_reauthentication_ex;
    if (!d->reauthenticate) d->reauthenticate = find(d, "MprAdminAcceptReauthenticationEx");
    d->reauthenticate_ex = d->reauthenticate != NULL;
    if (!d->reauthenticate) d->reauthenticate = find(d, "MprAdminAcceptReauthentication");
}

/* What the table of the Ex form does not have is looked for among the exports. */
static void find_functions(struct admin_dll *d)
{
    struct admin_callbacks *c = &d->c;

    if (!c->accept_link)
        c->accept_link = (PMPRADMINACCEPTNEWLINK)(void *)find(d, "MprAdminAcceptNewLink");
    if (!c->link_hang_up)
        c->link_hang_up =
            (PMPRADMINLINKHANGUPNOTIFICATION)(void *)find(d, "MprAdminLinkHangupNotification");
    if (!c->terminate)
        c->terminate = (PMPRADMINTERMINATEDLL)(void *)find(d, "MprAdminTerminateDll");
    if (c->accept_connection_ex && c->connection_hang_up_ex) {
        d->form = 0;
        d->accept_connection = (FARPROC)(void *)c->accept_connection_ex;
        d->connection_hang_up = (FARPROC)(void *)c->connection_hang_up_ex;
    } else {
        find_pair(d);
    }
    find_reauthenticate(d);
}

/* MprAdminTerminateDll undoes what MprAdminInitializeDll did, so it is missed only beside that. */
static bool is_complete(struct admin_dll *d, bool initialises)
{
    struct admin_callbacks *c = &d->c;

    d->ipv6_exported = !c->release_ipv6_address;
    return d->accept_connection && c->accept_link && c->link_hang_up &&
           (c->terminate || !initialises) &&
           find_addresses(d, &c->get_ip_address, "MprAdminGetIpAddressForUser",
                          &c->release_ip_address, "MprAdminReleaseIpAddress") &&
           find_addresses(d, &c->get_ipv6_address, "MprAdminGetIpv6AddressForUser",
                          &c->release_ipv6_address, "MprAdminReleaseIpv6AddressForUser");
}

/* A DLL with no function to initialise it counts as initialised. */
static bool initialize(struct admin_dll *d, struct load_step *i)
{
    FARPROC ex = find(d, "MprAdminInitializeDllEx"), plain = find(d, "MprAdminInitializeDll");

    i->function = ex ? ex : plain;
    i->result = NO_ERROR;
    d->c.revision = 2; /* MPRAPI_ADMIN_DLL_VERSION_2: all members of the table are there */
    if (i->function &&
        !take_step(i, ex ? do_initialize_ex : do_initialize, "MprAdminInitializeDll"))
        return false;
    d->initialised = i->result == NO_ERROR;
    if (!d->initialised) return false;
    find_functions(d);
    i->result = ERROR_PROC_NOT_FOUND;
    return is_complete(d, i->function != NULL);
}

void admin_dll_load(struct admin_dll *d)
{
    struct load_step i = {.dll = d};

    if (take_step(&i, do_load, "loading") && d->module && initialize(d, &i)) return;
    TRACE(ERROR, "administration DLL \"%s\" is of no use (error %u); connections will be refused",
          trace_u16((const char16_t *)d->path).text, (unsigned)i.result);
    if (d->initialised && !d->dead) admin_dll_unload(d);
    d->dead = true;
}

static void do_terminate(void *context)
{
    struct load_step *i = context;

    i->result = ((initialize_fn *)(void *)i->function)();
}

void admin_dll_unload(struct admin_dll *d)
{
    struct load_step i = {.dll = d, .function = (FARPROC)(void *)d->c.terminate};

    if (d->dead) return;
    if (d->initialised && i.function && !take_step(&i, do_terminate, "MprAdminTerminateDll"))
        return;
    d->initialised = false;
    if (d->module) FreeLibrary(d->module);
    d->module = NULL;
}

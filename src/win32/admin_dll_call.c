/* Each call runs under a guard on structures of its own: what a DLL writes into them is lost.
 *
 * Of MprAdminAcceptNewConnectionEx the page says that it returns nothing, the header BOOL; the
 * header is right (unknowns 22).
 */
#include "win32/admin_dll_call.h"

#include <string.h>

#include "base/trace.h"
#include "win32/seh_guard.h"

typedef BOOL WINAPI accept_1_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *);
typedef BOOL WINAPI accept_2_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *);
typedef BOOL WINAPI accept_3_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *,
                                RAS_CONNECTION_3 *);
typedef VOID WINAPI hang_up_1_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *);
typedef VOID WINAPI hang_up_2_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *);
typedef VOID WINAPI hang_up_3_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *,
                                 RAS_CONNECTION_3 *);
typedef DWORD WINAPI initialize_fn(void);
typedef DWORD WINAPI initialize_ex_fn(struct admin_callbacks *);

/* One guarded call. */
struct invocation {
    struct admin_dll *dll;
    FARPROC function; /* of initialisation and termination */
    RAS_CONNECTION_0 c0;
    RAS_CONNECTION_1 c1;
    RAS_CONNECTION_2 c2;
    RAS_CONNECTION_3 c3;
    RAS_CONNECTION_EX ex;
    RAS_PORT_0 p0;
    RAS_PORT_1 p1;
    DWORD result;
};

/* False: it crashed. */
static bool invoke(struct invocation *i, void (*function)(void *), const char *what)
{
    uint32_t code = 0;

    if (seh_guard_call(function, i, &code)) return true;
    TRACE(ERROR, "administration DLL \"%s\": %s crashed (exception 0x%08x)",
          trace_u16((const char16_t *)i->dll->path).text, what, (unsigned)code);
    i->dll->dead = true;
    return false;
}

static FARPROC find(const struct admin_dll *d, const char *name)
{
    return GetProcAddress(d->module, name);
}

/* ---- loading --------------------------------------------------------------------------------- */

static void do_load(void *context)
{
    struct invocation *i = context;

    i->dll->module = LoadLibraryW(i->dll->path);
    i->result = i->dll->module ? NO_ERROR : GetLastError();
}

static void do_initialize(void *context)
{
    struct invocation *i = context;

    i->result = ((initialize_fn *)(void *)i->function)();
}

static void do_initialize_ex(void *context)
{
    struct invocation *i = context;

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
}

static bool initialize(struct admin_dll *d, struct invocation *i)
{
    FARPROC ex = find(d, "MprAdminInitializeDllEx"), plain = find(d, "MprAdminInitializeDll");

    i->function = ex ? ex : plain;
    i->result = ERROR_PROC_NOT_FOUND;
    d->c.revision = 2; /* MPRAPI_ADMIN_DLL_VERSION_2: all members of the table are there */
    if (i->function && !invoke(i, ex ? do_initialize_ex : do_initialize, "MprAdminInitializeDll"))
        return false;
    d->initialised = i->result == NO_ERROR;
    if (!d->initialised) return false;
    find_functions(d);
    i->result = ERROR_PROC_NOT_FOUND;
    return d->accept_connection && d->c.accept_link && d->c.link_hang_up && d->c.terminate;
}

void admin_dll_load(struct admin_dll *d)
{
    struct invocation i = {.dll = d};

    if (invoke(&i, do_load, "loading") && d->module && initialize(d, &i)) return;
    TRACE(ERROR, "administration DLL \"%s\" is of no use (error %u); connections will be refused",
          trace_u16((const char16_t *)d->path).text, (unsigned)i.result);
    if (d->initialised && !d->dead) admin_dll_unload(d);
    d->dead = true;
}

static void do_terminate(void *context)
{
    struct invocation *i = context;

    i->result = ((initialize_fn *)(void *)i->function)();
}

void admin_dll_unload(struct admin_dll *d)
{
    struct invocation i = {.dll = d, .function = (FARPROC)(void *)d->c.terminate};

    if (d->dead) return;
    if (d->initialised && i.function && !invoke(&i, do_terminate, "MprAdminTerminateDll")) return;
    d->initialised = false;
    if (d->module) FreeLibrary(d->module);
    d->module = NULL;
}

/* ---- asking and telling ---------------------------------------------------------------------- */

static void fill_connection(struct invocation *i, const struct ras_connection *c)
{
    ras_connection_0(c, &i->c0);
    ras_connection_1(c, &i->c1);
    ras_connection_2(c, &i->c2);
    ras_connection_3(c, &i->c3);
    ras_connection_ex(c, &i->ex);
}

static void do_accept_connection(void *context)
{
    struct invocation *i = context;
    void *f = (void *)i->dll->accept_connection;
    BOOL answer;

    switch (i->dll->form) {
    case 1:
        answer = ((accept_1_fn *)f)(&i->c0, &i->c1);
        break;
    case 2:
        answer = ((accept_2_fn *)f)(&i->c0, &i->c1, &i->c2);
        break;
    case 3:
        answer = ((accept_3_fn *)f)(&i->c0, &i->c1, &i->c2, &i->c3);
        break;
    default:
        answer = ((PMPRADMINACCEPTNEWCONNECTIONEX)f)(&i->ex);
        break;
    }
    i->result = answer != FALSE;
}

static void do_connection_hang_up(void *context)
{
    struct invocation *i = context;
    void *f = (void *)i->dll->connection_hang_up;

    switch (i->dll->form) {
    case 1:
        ((hang_up_1_fn *)f)(&i->c0, &i->c1);
        break;
    case 2:
        ((hang_up_2_fn *)f)(&i->c0, &i->c1, &i->c2);
        break;
    case 3:
        ((hang_up_3_fn *)f)(&i->c0, &i->c1, &i->c2, &i->c3);
        break;
    default:
        ((PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX)f)(&i->ex);
        break;
    }
}

static void do_accept_link(void *context)
{
    struct invocation *i = context;

    i->result = i->dll->c.accept_link(&i->p0, &i->p1) != FALSE;
}

static void do_link_hang_up(void *context)
{
    struct invocation *i = context;

    i->dll->c.link_hang_up(&i->p0, &i->p1);
}

bool admin_dll_accept_connection(struct admin_dll *d, const struct ras_connection *c)
{
    struct invocation i = {.dll = d};

    if (d->dead) return false;
    fill_connection(&i, c);
    return invoke(&i, do_accept_connection, "MprAdminAcceptNewConnection") && i.result;
}

bool admin_dll_accept_link(struct admin_dll *d, const struct ras_port *p)
{
    struct invocation i = {.dll = d};

    if (d->dead) return false;
    ras_port_0(p, &i.p0);
    ras_port_1(p, &i.p1);
    return invoke(&i, do_accept_link, "MprAdminAcceptNewLink") && i.result;
}

void admin_dll_connection_hang_up(struct admin_dll *d, const struct ras_connection *c)
{
    struct invocation i = {.dll = d};

    if (d->dead) return;
    fill_connection(&i, c);
    invoke(&i, do_connection_hang_up, "MprAdminConnectionHangupNotification");
}

void admin_dll_link_hang_up(struct admin_dll *d, const struct ras_port *p)
{
    struct invocation i = {.dll = d};

    if (d->dead) return;
    ras_port_0(p, &i.p0);
    ras_port_1(p, &i.p1);
    invoke(&i, do_link_hang_up, "MprAdminLinkHangupNotification");
}

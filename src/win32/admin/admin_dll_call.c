/* Each call runs under a guard on structures of its own: what a DLL writes into them is lost.
 *
 * Of MprAdminAcceptNewConnectionEx the page says that it returns nothing, the header BOOL; the
 * header is right (docs/COMPATIBILITY.md, "RAS administration DLLs").
 */
#include "win32/admin/admin_dll_call.h"

#include <string.h>

#include "base/trace.h"
#include "win32/sys/seh_guard.h"

typedef BOOL WINAPI accept_1_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *);
typedef BOOL WINAPI accept_2_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *);
typedef BOOL WINAPI accept_3_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *,
                                RAS_CONNECTION_3 *);
typedef VOID WINAPI hang_up_1_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *);
typedef VOID WINAPI hang_up_2_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *);
typedef VOID WINAPI hang_up_3_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *,
                                 RAS_CONNECTION_3 *);
typedef BOOL WINAPI reauthenticate_fn(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *,
                                      RAS_CONNECTION_3 *);

/* One guarded call. */
struct invocation {
    struct admin_dll *dll;
    RAS_CONNECTION_0 c0;
    RAS_CONNECTION_1 c1;
    RAS_CONNECTION_2 c2;
    RAS_CONNECTION_3 c3;
    RAS_CONNECTION_EX ex;
    RAS_PORT_0 p0;
    RAS_PORT_1 p1;
    DWORD result;
};

bool admin_dll_guarded(struct admin_dll *d, void (*function)(void *), void *context,
                       const char *what)
{
    uint32_t code = 0;

    if (seh_guard_call(function, context, &code)) return true;
    TRACE(ERROR, "administration DLL \"%s\": %s crashed (exception 0x%08x)",
          trace_u16((const char16_t *)d->path).text, what, (unsigned)code);
    d->dead = true;
    return false;
}

/* False: it crashed. */
static bool invoke(struct invocation *i, void (*function)(void *), const char *what)
{
    return admin_dll_guarded(i->dll, function, i, what);
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

static void do_reauthenticate(void *context)
{
    struct invocation *i = context;
    void *f = (void *)i->dll->reauthenticate;
    BOOL answer = i->dll->reauthenticate_ex
                      ? ((PMPRADMINACCEPTREAUTHENTICATIONEX)f)(&i->ex)
                      : ((reauthenticate_fn *)f)(&i->c0, &i->c1, &i->c2, &i->c3);

    i->result = answer != FALSE;
}

/* A function of the same form as that for reauthentication, and only to be had by the table. */
static void do_accept_endpoints(void *context)
{
    struct invocation *i = context;
    void *f = (void *)i->dll->c.accept_endpoint_change_ex;

    i->result = ((PMPRADMINACCEPTREAUTHENTICATIONEX)f)(&i->ex) != FALSE;
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

bool admin_dll_accept_reauthentication(struct admin_dll *d, const struct ras_connection *c)
{
    struct invocation i = {.dll = d};

    if (d->dead) return false;
    if (!d->reauthenticate) return true;
    fill_connection(&i, c);
    return invoke(&i, do_reauthenticate, "MprAdminAcceptReauthentication") && i.result;
}

bool admin_dll_accept_endpoints(struct admin_dll *d, const struct ras_connection *c)
{
    struct invocation i = {.dll = d};

    if (d->dead) return false;
    if (!d->c.accept_endpoint_change_ex) return true;
    fill_connection(&i, c);
    return invoke(&i, do_accept_endpoints, "lpfnRasAdminAcceptEndpointChangeEx") && i.result;
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

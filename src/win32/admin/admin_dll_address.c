/* The calls, each on copies of the names. */
#include "win32/admin/admin_dll_address.h"

#include <string.h>

#include "base/trace.h"
#include "base/utf16.h"

typedef DWORD WINAPI get_ip_fn(WCHAR *, WCHAR *, DWORD *, BOOL *);
typedef VOID WINAPI release_ip_fn(WCHAR *, WCHAR *, DWORD *);
typedef DWORD WINAPI get_ipv6_fn(WCHAR *, WCHAR *, IN6_ADDR *, BOOL *);
typedef VOID WINAPI release_ipv6_fn(WCHAR *, WCHAR *, IN6_ADDR *);

#define ID_OFFSET 8 /* of the interface identifier in an address */

struct address_question {
    struct admin_dll *dll;
    WCHAR user[LINK_USER_MAX + 1], port[PORT_NAME_MAX + 1];
    DWORD ip;
    IN6_ADDR ipv6;
    BOOL notify;
    DWORD result;
};

static void prepare(struct address_question *i, struct admin_dll *d, const struct admission *item)
{
    memset(i, 0, sizeof(*i));
    i->dll = d;
    u16_copy(i->user, LINK_USER_MAX + 1, item->connection.user);
    u16_copy(i->port, PORT_NAME_MAX + 1, item->port.name);
    i->ip = htonl(item->address.ipv4);
    memcpy((uint8_t *)&i->ipv6 + ID_OFFSET, item->address.ipv6_id, sizeof(item->address.ipv6_id));
}

static void do_get_ip(void *context)
{
    struct address_question *i = context;

    i->result =
        ((get_ip_fn *)(void *)i->dll->c.get_ip_address)(i->user, i->port, &i->ip, &i->notify);
}

static void do_release_ip(void *context)
{
    struct address_question *i = context;

    ((release_ip_fn *)(void *)i->dll->c.release_ip_address)(i->user, i->port, &i->ip);
}

static void do_get_ipv6(void *context)
{
    struct address_question *i = context;

    i->result =
        ((get_ipv6_fn *)(void *)i->dll->c.get_ipv6_address)(i->user, i->port, &i->ipv6, &i->notify);
}

#if defined(__i386__)
/* The SDK declares the exported function without a calling convention, so that its DLLs have it as
 * __cdecl; mingw-w64 declares it as __stdcall. Whoever removes the arguments, afterwards the stack
 * is as before. */
static void call_either_way(FARPROC function, WCHAR *user, WCHAR *port, IN6_ADDR *address)
{
    __asm__ volatile("movl %%esp, %%esi\n\t"
                     "pushl %3\n\t"
                     "pushl %2\n\t"
                     "pushl %1\n\t"
                     "call *%0\n\t"
                     "movl %%esi, %%esp"
                     : "+a"(function), "+c"(user), "+d"(port)
                     : "b"(address)
                     : "esi", "memory", "cc");
}
#else
static void call_either_way(FARPROC function, WCHAR *user, WCHAR *port, IN6_ADDR *address)
{
    ((release_ipv6_fn *)(void *)function)(user, port, address);
}
#endif

static void do_release_ipv6(void *context)
{
    struct address_question *i = context;
    FARPROC function = i->dll->c.release_ipv6_address;

    if (i->dll->ipv6_exported)
        call_either_way(function, i->user, i->port, &i->ipv6);
    else
        ((release_ipv6_fn *)(void *)function)(i->user, i->port, &i->ipv6);
}

/* ---- which ----------------------------------------------------------------------------------- */

static struct admin_dll *ipv4_giver(struct admin_dll *dlls, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        if (!dlls[n].dead && dlls[n].c.get_ip_address) return &dlls[n];
    }
    return NULL;
}

static struct admin_dll *ipv6_giver(struct admin_dll *dlls, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        if (!dlls[n].dead && dlls[n].c.get_ipv6_address) return &dlls[n];
    }
    return NULL;
}

/* ---- giving ---------------------------------------------------------------------------------- */

static mpr_status give_ipv4(struct admin_dll *d, struct admission *item)
{
    const uint32_t offered = item->address.ipv4;
    struct address_question i;

    prepare(&i, d, item);
    if (!admin_dll_guarded(d, do_get_ip, &i, "MprAdminGetIpAddressForUser"))
        return ST_INTERFACE_DISCONNECTED;
    if (i.result) return (mpr_status)i.result;
    if (!i.ip) return ST_NO_IP_ADDRESSES;
    item->address.ipv4 = ntohl(i.ip);
    item->release.ipv4 = i.notify != FALSE;
    if (!item->address.fixed || item->address.ipv4 == offered) return ST_OK;
    TRACE(ERROR, "administration DLL \"%s\": another address for a client that has one already",
          trace_u16((const char16_t *)d->path).text);
    return ST_INTERFACE_DISCONNECTED;
}

static mpr_status give_ipv6(struct admin_dll *d, struct admission *item)
{
    static const uint8_t none[sizeof(item->address.ipv6_id)];
    struct address_question i;

    prepare(&i, d, item);
    if (!admin_dll_guarded(d, do_get_ipv6, &i, "MprAdminGetIpv6AddressForUser"))
        return ST_INTERFACE_DISCONNECTED;
    if (i.result) return (mpr_status)i.result;
    memcpy(item->address.ipv6_id, (uint8_t *)&i.ipv6 + ID_OFFSET, sizeof(item->address.ipv6_id));
    if (!memcmp(item->address.ipv6_id, none, sizeof(none))) return ST_NO_IP_ADDRESSES;
    item->release.ipv6 = i.notify != FALSE;
    return ST_OK;
}

mpr_status admin_dll_give_addresses(struct admin_dll *dlls, unsigned count, struct admission *item)
{
    struct admin_dll *d = ipv4_giver(dlls, count);
    mpr_status status = d ? give_ipv4(d, item) : ST_OK;

    if (status != ST_OK || !item->address.wants_ipv6) return status;
    d = ipv6_giver(dlls, count);
    return d ? give_ipv6(d, item) : ST_OK;
}

void admin_dll_release_addresses(struct admin_dll *dlls, unsigned count, struct admission *item)
{
    struct admin_dll *d = ipv4_giver(dlls, count);
    struct address_question i;

    if (d && item->release.ipv4) {
        prepare(&i, d, item);
        admin_dll_guarded(d, do_release_ip, &i, "MprAdminReleaseIpAddress");
    }
    d = ipv6_giver(dlls, count);
    if (d && item->release.ipv6) {
        prepare(&i, d, item);
        admin_dll_guarded(d, do_release_ipv6, &i, "MprAdminReleaseIpv6AddressForUser");
    }
    item->release.ipv4 = item->release.ipv6 = false;
}

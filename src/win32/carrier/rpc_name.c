#include "win32/carrier/rpc_name.h"

#include <string.h>

#include "base/utf16.h"

static const struct {
    const char16_t *prefix;
    enum rpc_protocol protocol;
} protocols[] = {
    {u"ncalrpc:", RPC_LOCAL},
    {u"ncacn_np:", RPC_PIPE},
    {u"ncacn_ip_tcp:", RPC_TCP},
};
enum { PROTOCOLS = sizeof(protocols) / sizeof(protocols[0]) };
#define NAME_MAX_UNITS 400u /* of all that fits into a struct rpc_name */

static size_t units(const char16_t *text)
{
    return u16_length(text, NAME_MAX_UNITS);
}

static bool begins_with(const char16_t *text, const char16_t *prefix)
{
    for (; *prefix; text++, prefix++) {
        if (u16_fold(*text) != u16_fold(*prefix)) return false;
    }
    return true;
}

static const char16_t *find_unit(const char16_t *text, char16_t unit)
{
    for (; *text; text++) {
        if (*text == unit) return text;
    }
    return NULL;
}

/* False: no room for them, or none. */
static bool take_units(char16_t *target, size_t capacity, const char16_t *from, size_t count)
{
    if (count >= capacity) return false;
    if (count) memcpy(target, from, count * sizeof(*from));
    target[count] = 0;
    return true;
}

static bool is_port(const char16_t *text)
{
    uint32_t port = 0;

    for (; *text; text++) {
        if (*text < u'0' || *text > u'9' || port > 65535) return false;
        port = port * 10 + (uint32_t)(*text - u'0');
    }
    return port > 0 && port <= 65535;
}

/* host[endpoint] */
static bool read_brackets(const char16_t *text, struct rpc_name *ret)
{
    const char16_t *open = find_unit(text, u'[');
    size_t rest = open ? units(open + 1) : 0;

    return open && rest > 1 && open[rest] == u']' &&
           take_units(ret->host, RPC_HOST_MAX, text, (size_t)(open - text)) &&
           take_units(ret->endpoint, sizeof(ret->endpoint) / 2, open + 1, rest - 1);
}

static bool read_binding(const char16_t *text, struct rpc_name *ret)
{
    for (size_t i = 0; i < PROTOCOLS; i++) {
        if (!begins_with(text, protocols[i].prefix)) continue;
        ret->protocol = protocols[i].protocol;
        ret->whole = true;
        return read_brackets(text + units(protocols[i].prefix), ret);
    }
    return false;
}

/* One colon only: with more it is an address of IPv6, whose port is in brackets. */
static bool read_colon(const char16_t *text, struct rpc_name *ret)
{
    const char16_t *colon = find_unit(text, u':');

    return colon && colon > text && !find_unit(colon + 1, u':') &&
           take_units(ret->host, RPC_HOST_MAX, text, (size_t)(colon - text)) &&
           take_units(ret->endpoint, sizeof(ret->endpoint) / 2, colon + 1, units(colon + 1));
}

bool rpc_name_read(const char16_t *text, struct rpc_name *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (units(text) == NAME_MAX_UNITS) return false;
    if (text[0] == u'\\' && text[1] == u'\\') text += 2;
    if (read_binding(text, ret)) return true;
    memset(ret, 0, sizeof(*ret));
    ret->protocol = RPC_TCP;
    if (read_brackets(text, ret) || read_colon(text, ret)) {
        ret->whole = true;
        return ret->host[0] && is_port(ret->endpoint);
    }
    ret->protocol = RPC_PIPE;
    return *text && !find_unit(text, u'[') && !find_unit(text, u'\\') &&
           take_units(ret->host, RPC_HOST_MAX, text, units(text)) &&
           take_units(ret->endpoint, sizeof(ret->endpoint) / 2, u"\\PIPE\\ROUTER", 12);
}

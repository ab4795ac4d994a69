#include "win32/link/client_config.h"

#include <string.h>

#include "base/utf16.h"
#include "win32/sys/registry_values.h"

static int digit_of(char16_t unit)
{
    if (unit >= u'0' && unit <= u'9') return unit - u'0';
    unit = u16_fold(unit);
    if (unit >= u16_fold(u'a') && unit <= u16_fold(u'f')) return unit - u16_fold(u'a') + 10;
    return -1;
}

static void read_identifier(struct registry_values *v, struct client_call *call)
{
    char16_t text[2 * sizeof(call->ipv6_id) + 1] = {0};

    registry_values_text(v, L"InterfaceIdentifier", text, ARRAYSIZE(text));
    if (v->status || !*text) return;
    for (size_t n = 0; n < sizeof(call->ipv6_id); n++) {
        int high = digit_of(text[2 * n]), low = high < 0 ? -1 : digit_of(text[2 * n + 1]);

        if (low < 0) {
            v->status = ST_INVALID_DATA;
            return;
        }
        call->ipv6_id[n] = (uint8_t)(high << 4 | low);
    }
    call->wants_ipv6 = true;
}

static void read_caller(struct registry_values *v, struct client_call *call)
{
    uint32_t quarantined = 0;

    registry_values_text(v, L"User", call->user, LINK_USER_MAX + 1);
    registry_values_text(v, L"Domain", call->domain, LINK_DOMAIN_MAX + 1);
    registry_values_text(v, L"Computer", call->computer, LINK_COMPUTER_MAX + 1);
    registry_values_address(v, L"Address", &call->binding.remote);
    registry_values_number(v, L"Quarantined", &quarantined);
    read_identifier(v, call);
    call->quarantined = quarantined != 0;
}

static void read_times(struct registry_values *v, struct client_call *call)
{
    uint32_t after = 0, drop_after = 0;

    registry_values_number(v, L"After", &after);
    registry_values_number(v, L"DropAfter", &drop_after);
    call->after = after;
    call->drop_after = drop_after;
    call->binding.mtu = 1400;
}

mpr_status client_config_read(HKEY key, struct client_config *ret)
{
    /* In the order of enum client_kind and of enum port_kind. */
    static const char16_t *const kinds[] = {u"existing", u"scripted"};
    static const char16_t *const ports[] = {u"PPTP", u"L2TP", u"SSTP", u"IKEv2", u"PPPoE"};
    struct registry_values v = {key, ST_OK};
    uint32_t kind = ARRAYSIZE(kinds), port = PORT_IKEV2;

    memset(ret, 0, sizeof(*ret));
    registry_values_choice(&v, L"Kind", kinds, ARRAYSIZE(kinds), &kind);
    registry_values_choice(&v, L"Port", ports, ARRAYSIZE(ports), &port);
    ret->kind = (enum client_kind)kind;
    ret->call.port = (enum port_kind)port;
    read_caller(&v, &ret->call);
    if (ret->kind == CLIENT_EXISTING) {
        registry_values_text(&v, L"Adapter", ret->pattern, ARRAYSIZE(ret->pattern));
        if (!v.status && !*ret->pattern) v.status = ST_INVALID_DATA;
    } else {
        read_times(&v, &ret->call);
        if (!v.status && !*ret->call.user) v.status = ST_INVALID_DATA;
    }
    return v.status;
}

static bool matches(const char16_t *pattern, const char16_t *name)
{
    for (; *pattern && u16_fold(*pattern) == u16_fold(*name); pattern++, name++) continue;
    return pattern[0] == *name || (pattern[0] == u'*' && !pattern[1]);
}

bool client_config_matches(const struct client_config *c, const char16_t *name,
                           const char16_t *alias)
{
    return matches(c->pattern, alias) || matches(c->pattern, name);
}

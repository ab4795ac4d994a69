/* The levels of MPR_INTERFACE.
 *
 * MPR_INTERFACE_1 and _2 begin as MPR_INTERFACE_0 does, and _3 as _2: asserted here, and used, so
 * that each field is treated once. Flat fields have a table (interface_fields.c). Nested parts
 * (hours, alternates, EAP data, IPv6 addresses) are read and written by hand: on the way out they
 * lie behind the structure in the same block (docs/COMPATIBILITY.md, "Everywhere", memory).
 */
#include "api/admin/interface_levels.h"

#include <string.h>

#include "api/admin/interface_fields.h"
#include "phonebook/phonebook.h"

#define SAME_START(type, field)                                               \
    _Static_assert(offsetof(type, field) == offsetof(MPR_INTERFACE_0, field), \
                   #type " begins as MPR_INTERFACE_0")
SAME_START(MPR_INTERFACE_1, dwLastError);
SAME_START(MPR_INTERFACE_2, dwLastError);
_Static_assert(offsetof(MPR_INTERFACE_3, dwVpnStrategy) == offsetof(MPR_INTERFACE_2, dwVpnStrategy),
               "MPR_INTERFACE_3 begins as MPR_INTERFACE_2");

enum { MULTI_LIMIT = 65536, BLOB_LIMIT = 1 << 20 };

static const size_t level_sizes[INTERFACE_LEVELS] = {
    sizeof(MPR_INTERFACE_0), sizeof(MPR_INTERFACE_1), sizeof(MPR_INTERFACE_2),
    sizeof(MPR_INTERFACE_3)};

size_t interface_level_size(DWORD level)
{
    return level_sizes[level];
}

/* ---- in ------------------------------------------------------------------------------------- */

static bool multi_ends(const WCHAR *multi)
{
    return !multi || u16_multi_units(multi, MULTI_LIMIT) < MULTI_LIMIT;
}

static bool dial_is_sound(const struct interface_input *input)
{
    const MPR_INTERFACE_2 *dial = input->dial;

    if (!interface_fields_end(dial)) return false;
    if (dial->dwCustomAuthDataSize > BLOB_LIMIT ||
        (dial->dwCustomAuthDataSize && !dial->lpbCustomAuthData))
        return false;
    if (input->dial6 && input->dial6->AddressCount && !input->dial6->ipv6addr) return false;
    return multi_ends(dial->szAlternates);
}

mpr_status interface_input_read(const BYTE *buffer, DWORD level, struct interface_input *ret)
{
    const MPR_INTERFACE_0 *common = (const void *)buffer;

    memset(ret, 0, sizeof(*ret));
    if (level >= INTERFACE_LEVELS) return ST_NOT_SUPPORTED;
    if (!buffer || !interface_text_ends(common->wszInterfaceName, sizeof(common->wszInterfaceName)))
        return ST_INVALID_PARAMETER;
    ret->level = level;
    ret->name = common->wszInterfaceName;
    ret->type = (enum interface_type)common->dwIfType;
    ret->enabled = common->fEnabled != FALSE;
    if (level == 1)
        ret->hours = ((const MPR_INTERFACE_1 *)(const void *)buffer)->lpwsDialoutHoursRestriction;
    if (level >= 2) ret->dial = (const void *)buffer;
    if (level == 3) ret->dial6 = (const void *)buffer;
    if (!multi_ends(ret->hours) || (ret->dial && !dial_is_sound(ret))) return ST_INVALID_PARAMETER;
    return ST_OK;
}

/* Methods that the choice below does not look at, and weakens by allowing others. */
static bool names_another_method(const struct phonebook_settings *s)
{
    const uint32_t others = PBK_OPTION_REQUIRE_SPAP | PBK_OPTION_REQUIRE_MSCHAP |
                            PBK_OPTION_REQUIRE_MACHINE_CERTIFICATES |
                            PBK_OPTION_IKEV2_INITIATOR_PSK;

    return (s->options & others) != 0;
}

/* The server chooses when the caller leaves the methods open (MS-RRASM 3.1.4.13, 3.1.4.15). */
static void choose_authentication(const WCHAR *name, bool create, struct phonebook_settings *s)
{
    const uint32_t strong =
        PBK_OPTION_REQUIRE_MSCHAP2 | PBK_OPTION_REQUIRE_CHAP | PBK_OPTION_REQUIRE_EAP;
    const uint32_t asked = strong | (create ? 0 : PBK_OPTION_REQUIRE_PAP);

    if (s->options & asked) return;
    if (names_another_method(s))
        TRACE(WARNING, "phone-book entry \"%s\": %s MS-CHAP v2 are allowed from now on, too",
              trace_u16(name).text, create ? "CHAP and" : "PAP, CHAP and");
    s->options |= PBK_OPTION_REQUIRE_CHAP | PBK_OPTION_REQUIRE_MSCHAP2;
    if (create) {
        s->encryption = PBK_ET_REQUIRE;
        s->options |= PBK_OPTION_REQUIRE_DATA_ENCRYPTION;
    } else {
        s->options |= PBK_OPTION_REQUIRE_PAP;
    }
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i]) return false;
    }
    return true;
}

static bool set_ipv6(uint8_t *field, const void *address)
{
    bool changed = memcmp(field, address, sizeof(IN6_ADDR)) != 0;

    memcpy(field, address, sizeof(IN6_ADDR));
    return changed;
}

/* The level has addresses, but not whether they count: an address that is changed does when it is
 * one, and what the entry says of an address that stays is kept. */
static void apply_ipv6(const MPR_INTERFACE_3 *dial6, struct phonebook_settings *s)
{
    static const IN6_ADDR none;
    const bool changed = set_ipv6(s->ipv6, dial6->AddressCount ? dial6->ipv6addr : &none);
    const bool dns_changed = set_ipv6(s->ipv6_dns, &dial6->ipv6addrDns);
    const bool alternate_changed = set_ipv6(s->ipv6_dns_alternate, &dial6->ipv6addrDnsAlt);
    const bool has_dns = !is_zero(s->ipv6_dns, sizeof(s->ipv6_dns)) ||
                         !is_zero(s->ipv6_dns_alternate, sizeof(s->ipv6_dns_alternate));

    if (changed) s->ipv6_assign = is_zero(s->ipv6, sizeof(s->ipv6)) ? 1 : 2;
    if (dns_changed || alternate_changed) s->ipv6_name_assign = has_dns ? 2 : 1;
}

/* RequireDataEncryption comes back from GetInfo wherever an encryption is required, so it asks for
 * one only where the caller has set it: not where he asks for less than before. */
static void apply_encryption(const struct phonebook_settings *old, struct phonebook_settings *s)
{
    const bool required = s->encryption == PBK_ET_REQUIRE || s->encryption == PBK_ET_REQUIRE_MAX;

    if (!required && (old->options & PBK_OPTION_REQUIRE_DATA_ENCRYPTION) &&
        s->encryption != old->encryption)
        s->options &= ~PBK_OPTION_REQUIRE_DATA_ENCRYPTION;
}

static mpr_status copy_alternates(const MPR_INTERFACE_2 *dial, char16_t **ret)
{
    *ret = NULL;
    if (!dial->szAlternates || !dial->szAlternates[0]) return ST_OK;
    *ret = mem_dup(dial->szAlternates,
                   u16_multi_units(dial->szAlternates, MULTI_LIMIT) * sizeof(WCHAR));
    return *ret ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status copy_nested(const MPR_INTERFACE_2 *dial, struct phonebook_settings *s)
{
    struct blob data = {NULL, 0};
    char16_t *alternates;
    mpr_status status = copy_alternates(dial, &alternates);

    if (status != ST_OK) return status;
    if (!blob_set(&data, dial->lpbCustomAuthData, dial->dwCustomAuthDataSize)) {
        mem_free(alternates);
        return ST_NOT_ENOUGH_MEMORY;
    }
    s->alternates = alternates;
    s->custom_auth_data = data;
    return ST_OK;
}

mpr_status interface_input_apply(const struct interface_input *input, bool create,
                                 struct phonebook_settings *s)
{
    struct phonebook_settings old = *s;
    mpr_status status = copy_nested(input->dial, s);

    if (status != ST_OK) return status;
    interface_fields_in(input->dial, s);
    if (input->dial6) apply_ipv6(input->dial6, s);
    apply_encryption(&old, s);
    /* Who gives back what he got changes nothing, whatever the entry asks for. */
    if (create || !phonebook_settings_same(&old, s)) choose_authentication(input->name, create, s);
    phonebook_settings_free(&old);
    return ST_OK;
}

/* ---- out ------------------------------------------------------------------------------------ */

void interface_output_0(const struct interface_info *info, MPR_INTERFACE_0 *ret)
{
    u16_copy(ret->wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1, info->name);
    ret->hInterface = api_handle_out(info->handle);
    ret->fEnabled = info->enabled;
    ret->dwIfType = (ROUTER_INTERFACE_TYPE)info->type;
    ret->dwConnectionState = (ROUTER_CONNECTION_STATE)info->state;
    ret->fUnReachabilityReasons = info->reasons;
    ret->dwLastError = info->last_error;
}

/* Flags that follow from others when read (MS-RRASM 3.1.4.14). */
static DWORD computed_options(const struct phonebook_settings *s)
{
    const uint32_t clear = PBK_OPTION_REQUIRE_PAP | PBK_OPTION_REQUIRE_EAP;
    DWORD options = s->options;

    if (!(options & clear)) options |= PBK_OPTION_REQUIRE_ENCRYPTED_PW;
    if (!(options & (clear | PBK_OPTION_REQUIRE_CHAP)))
        options |= PBK_OPTION_REQUIRE_MS_ENCRYPTED_PW;
    if (s->encryption != PBK_ET_NONE && s->encryption != PBK_ET_OPTIONAL)
        options |= PBK_OPTION_REQUIRE_DATA_ENCRYPTION;
    return options;
}

/* Nested parts in the order of their alignment. */
struct tail {
    const WCHAR *multi; /* hours or alternates */
    size_t multi_size;
    const struct phonebook_settings *dial;
    bool ipv6;
};

static size_t tail_size(const struct tail *t)
{
    size_t size = t->multi_size;

    if (t->dial) size += t->dial->custom_auth_data.size;
    return size + (t->ipv6 ? sizeof(IN6_ADDR) : 0);
}

static void output_dial(const struct tail *t, MPR_INTERFACE_2 *ret, BYTE *behind)
{
    const struct blob *eap = &t->dial->custom_auth_data;

    interface_fields_out(t->dial, ret);
    ret->dwfOptions = computed_options(t->dial);
    memcpy(&ret->guidId, t->dial->guid, sizeof(ret->guidId));
    if (t->multi_size) {
        ret->szAlternates = memcpy(behind, t->multi, t->multi_size);
        behind += t->multi_size;
    }
    if (eap->size) {
        ret->dwCustomAuthDataSize = (DWORD)eap->size;
        ret->lpbCustomAuthData = memcpy(behind, eap->data, eap->size);
    }
}

static void output_dial6(const struct tail *t, MPR_INTERFACE_3 *ret)
{
    memcpy(&ret->ipv6addrDns, t->dial->ipv6_dns, sizeof(ret->ipv6addrDns));
    memcpy(&ret->ipv6addrDnsAlt, t->dial->ipv6_dns_alternate, sizeof(ret->ipv6addrDnsAlt));
    if (t->ipv6) {
        ret->AddressCount = 1;
        ret->ipv6addr = (IN6_ADDR *)(void *)(ret + 1); /* first behind it: aligned */
        memcpy(ret->ipv6addr, t->dial->ipv6, sizeof(IN6_ADDR));
    }
}

mpr_status interface_output(DWORD level, const struct interface_info *info, const WCHAR *hours,
                            const struct phonebook_settings *settings, BYTE **ret)
{
    const size_t size = level_sizes[level];
    struct tail tail = {0};
    BYTE *buffer;

    if (level == 1) tail.multi = hours;
    if (level >= 2) {
        tail.dial = settings;
        tail.multi = settings->alternates;
    }
    if (tail.multi) tail.multi_size = u16_multi_units(tail.multi, MULTI_LIMIT) * sizeof(WCHAR);
    tail.ipv6 = level == 3 && !is_zero(settings->ipv6, sizeof(settings->ipv6));
    buffer = api_buffer_new(size + tail_size(&tail));
    if (!buffer) return ST_NOT_ENOUGH_MEMORY;
    interface_output_0(info, (void *)buffer);
    if (level == 1 && tail.multi_size)
        ((MPR_INTERFACE_1 *)(void *)buffer)->lpwsDialoutHoursRestriction =
            memcpy(buffer + size, tail.multi, tail.multi_size);
    if (level >= 2)
        output_dial(&tail, (void *)buffer, buffer + size + (tail.ipv6 ? sizeof(IN6_ADDR) : 0));
    if (level == 3) output_dial6(&tail, (void *)buffer);
    *ret = buffer;
    return ST_OK;
}

/* entries show, entries set. */
#include "mprctl/config/entry.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"
#include "mprctl/target.h"

const struct field_flag entry_options[] = {
    {"SpecificIpAddr", MPRIO_SpecificIpAddr},
    {"SpecificNameServers", MPRIO_SpecificNameServers},
    {"IpHeaderCompression", MPRIO_IpHeaderCompression},
    {"RemoteDefaultGateway", MPRIO_RemoteDefaultGateway},
    {"DisableLcpExtensions", MPRIO_DisableLcpExtensions},
    {"SwCompression", MPRIO_SwCompression},
    {"RequireEncryptedPw", MPRIO_RequireEncryptedPw},
    {"RequireMsEncryptedPw", MPRIO_RequireMsEncryptedPw},
    {"RequireDataEncryption", MPRIO_RequireDataEncryption},
    {"NetworkLogon", MPRIO_NetworkLogon},
    {"UseLogonCredentials", MPRIO_UseLogonCredentials},
    {"PromoteAlternates", MPRIO_PromoteAlternates},
    {"SecureLocalFiles", MPRIO_SecureLocalFiles},
    {"RequireEAP", MPRIO_RequireEAP},
    {"RequirePAP", MPRIO_RequirePAP},
    {"RequireSPAP", MPRIO_RequireSPAP},
    {"SharedPhoneNumbers", MPRIO_SharedPhoneNumbers},
    {"RequireCHAP", MPRIO_RequireCHAP},
    {"RequireMsCHAP", MPRIO_RequireMsCHAP},
    {"RequireMsCHAP2", MPRIO_RequireMsCHAP2},
    {"RequireMachineCertificates", MPRIO_RequireMachineCertificates},
    {"UsePreSharedKeyForIkev2Initiator", MPRIO_UsePreSharedKeyForIkev2Initiator},
    {"UsePreSharedKeyForIkev2Responder", MPRIO_UsePreSharedKeyForIkev2Responder},
    {"IpSecPreSharedKey", MPRIO_IpSecPreSharedKey},
    {NULL, 0}};
const struct field_flag entry_protocols[] = {
    {"ip", MPRNP_Ip}, {"ipv6", MPRNP_Ipv6}, {"ipx", MPRNP_Ipx}, {NULL, 0}};

#define FIELD_ROW(name, values, kind, member, choices, flags, help) \
    {#name,                                                         \
     FIELD_##kind,                                                  \
     offsetof(MPR_INTERFACE_3, member),                             \
     sizeof(((MPR_INTERFACE_3 *)0)->member),                        \
     choices,                                                       \
     flags},
const struct field entry_fields[] = {ENTRY_ROWS(FIELD_ROW)};
const size_t entry_field_count = COUNT_OF(entry_fields);

/* ---- an entry -------------------------------------------------------------------------------- */

void entry_default(struct entry *e)
{
    *e = (struct entry){.info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                                 .dwType = MPRET_Vpn,
                                 .dwfNetProtocols = MPRNP_Ip | MPRNP_Ipv6,
                                 .dwfOptions = MPRIO_RequireMsCHAP2,
                                 .dwEncryptionType = MPR_ET_Optional,
                                 .dwDialMode = MPRDM_DialAll,
                                 .dwDialExtraPercent = 75,
                                 .dwDialExtraSampleSeconds = 120,
                                 .dwHangUpExtraPercent = 10,
                                 .dwHangUpExtraSampleSeconds = 120}};
    wide_copy(e->info.szDeviceType, COUNT_OF(e->info.szDeviceType), "vpn");
}

void entry_from(struct entry *e, const MPR_INTERFACE_3 *info)
{
    *e = (struct entry){.info = *info};
}

void entry_free(struct entry *e)
{
    free(e->alternates);
    free(e->eap);
    free(e->addresses);
    *e = (struct entry){.alternates = NULL};
}

static char *alternates_text(const WCHAR *list)
{
    struct text t = {0};

    for (; list && *list; list += wcslen(list) + 1) {
        char *number = utf8_of(list);

        text_addf(&t, "%s%s", t.length ? ";" : "", number);
        free(number);
    }
    return t.data ? t.data : text_dup("");
}

static char *addresses_text(const MPR_INTERFACE_3 *info)
{
    struct text t = {0};
    char buffer[ADDRESS_TEXT];

    for (ULONG i = 0; info->ipv6addr && i < info->AddressCount; i++)
        text_addf(&t, "%s%s", t.length ? "," : "",
                  address6_text((const uint8_t *)&info->ipv6addr[i], buffer));
    return t.data ? t.data : text_dup("");
}

char *entry_text(const struct entry *e, const struct field *f)
{
    if (f->kind != FIELD_SPECIAL) return field_text(f, &e->info);
    if (!strcmp(f->name, "alternates")) return alternates_text(e->info.szAlternates);
    if (!strcmp(f->name, "eapdata"))
        return hex_of(e->info.lpbCustomAuthData,
                      e->info.lpbCustomAuthData ? e->info.dwCustomAuthDataSize : 0);
    return addresses_text(&e->info);
}

static void set_alternates(struct entry *e, const char *value)
{
    WCHAR *wide = wide_of(value), *to;
    bool blank = true;

    free(e->alternates);
    e->alternates = to = text_alloc((wcslen(wide) + 2) * sizeof(*to));
    for (const WCHAR *at = wide; *at; at++) {
        if (*at == L';' && blank) continue;
        *to++ = *at == L';' ? 0 : *at;
        blank = *at == L';';
    }
    e->info.szAlternates = *value ? e->alternates : NULL;
    free(wide);
}

static void set_eap(struct entry *e, const char *value)
{
    size_t size = 0;

    free(e->eap);
    e->eap = hex_octets(value, &size);
    e->info.lpbCustomAuthData = e->eap;
    e->info.dwCustomAuthDataSize = (DWORD)size;
}

static bool set_addresses(struct entry *e, const char *value, struct text *error)
{
    size_t count = 0;
    char **parts = list_parts(value, ',', &count);
    bool ok = true;

    free(e->addresses);
    e->addresses = text_alloc((count + 1) * sizeof(*e->addresses));
    for (size_t i = 0; ok && i < count; i++) {
        ok = address6_parse(parts[i], (uint8_t *)&e->addresses[i]);
        if (!ok) text_addf(error, "address6: \"%s\" is no IPv6 address", parts[i]);
    }
    e->info.ipv6addr = e->addresses;
    e->info.AddressCount = (ULONG)count;
    words_free(parts, count);
    return ok;
}

static bool set_one(struct entry *e, const struct field *f, const char *value, struct text *error)
{
    if (f->kind != FIELD_SPECIAL) return field_set(f, &e->info, value, error);
    if (!strcmp(f->name, "address6")) return set_addresses(e, value, error);
    if (!strcmp(f->name, "alternates"))
        set_alternates(e, value);
    else
        set_eap(e, value);
    return true;
}

bool entry_given(const struct call *call)
{
    for (size_t i = 0; i < entry_field_count; i++) {
        if (call_given(call, entry_fields[i].name)) return true;
    }
    return false;
}

int entry_take(struct entry *e, const struct call *call)
{
    struct text error = {0};
    int code = EXIT_DONE;

    for (size_t i = 0; code == EXIT_DONE && i < entry_field_count; i++) {
        const char *value = call_value(call, entry_fields[i].name);

        if (!value || set_one(e, &entry_fields[i], value, &error)) continue;
        code = wrong_words(session_of(call), "%s", text_of(&error));
    }
    text_free(&error);
    return code;
}

/* ---- commands -------------------------------------------------------------------------------- */

/* Columns are the settings; the first ones fit on a screen. */
#define COLUMN(name, values, kind, member, choices, flags, help)                               \
    {#name, #name, FIELD_##kind == FIELD_NUMBER ? CELL_NUMBER : CELL_TEXT,                     \
     offsetof(MPR_INTERFACE_3, member) != offsetof(MPR_INTERFACE_3, szDeviceName) &&           \
         offsetof(MPR_INTERFACE_3, member) != offsetof(MPR_INTERFACE_3, szDeviceType) &&       \
         offsetof(MPR_INTERFACE_3, member) != offsetof(MPR_INTERFACE_3, szLocalPhoneNumber) && \
         offsetof(MPR_INTERFACE_3, member) != offsetof(MPR_INTERFACE_3, dwVpnStrategy)},
static const struct column columns[] = {
    {"name", "Name", CELL_TEXT, false},
    ENTRY_ROWS(COLUMN){"subentries", "subentries", CELL_NUMBER, true},
};

static void report_entry(struct report *r, const MPR_INTERFACE_3 *info)
{
    struct entry e;

    entry_from(&e, info);
    report_wide(r, info->wszInterfaceName);
    for (size_t i = 0; i < entry_field_count; i++) {
        char *text = entry_text(&e, &entry_fields[i]);

        report_text(r, *text ? text : NULL);
        free(text);
    }
    report_number(r, info->dwSubEntries);
}

static DWORD report_named(struct session *s, const char *name)
{
    MPR_INTERFACE_3 *info = NULL;
    struct target t;
    DWORD status = target_find_running(s, name, &t);

    if (status == NO_ERROR)
        status = MprAdminInterfaceGetInfo(s->running, t.running, 3, (LPBYTE *)&info);
    if (status != NO_ERROR) return status;
    report_record(&s->report, "entries", "Phone-book entry", columns, COUNT_OF(columns));
    report_entry(&s->report, info);
    MprAdminBufferFree(info);
    return NO_ERROR;
}

static DWORD report_all(struct session *s)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, status = target_list_running(s, &list, &count);

    if (status != NO_ERROR) return status;
    report_table(&s->report, "entries", "Phone-book entries", columns, COUNT_OF(columns));
    for (DWORD i = 0; i < count; i++) {
        MPR_INTERFACE_3 *info = NULL;

        if (list[i].dwIfType != ROUTER_IF_TYPE_FULL_ROUTER) continue;
        if (MprAdminInterfaceGetInfo(s->running, list[i].hInterface, 3, (LPBYTE *)&info) !=
            NO_ERROR)
            continue;
        report_entry(&s->report, info);
        MprAdminBufferFree(info);
    }
    if (list) MprAdminBufferFree(list);
    return NO_ERROR;
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    DWORD status = name ? report_named(session_of(call), name) : report_all(session_of(call));

    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "%s", name ? name : "the entries can't be listed");
}

static int apply(struct call *call, struct session *s, const struct target *t,
                 const MPR_INTERFACE_3 *info)
{
    struct entry e;
    DWORD status;
    int code;

    entry_from(&e, info);
    code = entry_take(&e, call);
    if (code == EXIT_DONE) {
        status = MprAdminInterfaceSetInfo(s->running, t->running, 3, (LPBYTE)&e.info);
        if (status != NO_ERROR)
            code = failed(call, status, "the entry can't be changed");
        else
            report_say(report_of(call), "The entry %s was changed.", call_value(call, "name"));
    }
    entry_free(&e);
    return code;
}

static int set(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    MPR_INTERFACE_3 *info = NULL;
    struct target t;
    DWORD status = target_find_running(s, name, &t);
    int code;

    if (status == NO_ERROR)
        status = MprAdminInterfaceGetInfo(s->running, t.running, 3, (LPBYTE *)&info);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    code = apply(call, s, &t, info);
    MprAdminBufferFree(info);
    return code;
}

static int reload(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = target_find_running(s, name, &t);

    if (status == NO_ERROR) status = MprAdminInterfaceUpdatePhonebookInfo(s->running, t.running);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(report_of(call), "The entry %s was read again.", name);
    return EXIT_DONE;
}

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface; without it all of them"}};
static const struct parameter reload_parameters[] = {{"name", NULL, true, "the interface"}};
static const struct parameter set_parameters[] = {{"name", NULL, true, "the interface"},
                                                  ENTRY_PARAMETERS};

const struct command entry_commands[] = {
    {"entries show", NULL, "Get-VpnS2SInterface",
     "Shows the phone-book entries of demand-dial interfaces",
     "Entries are made by interfaces create, and removed by interfaces delete.", show_parameters,
     COUNT_OF(show_parameters), show},
    {"entries set", NULL, "Set-VpnS2SInterface", "Changes a phone-book entry",
     "What is not named stays. An empty value (name=) takes a setting away.", set_parameters,
     COUNT_OF(set_parameters), set},
    {"entries reload", NULL, NULL, "Reads an entry that an editor has changed in router.pbk", NULL,
     reload_parameters, COUNT_OF(reload_parameters), reload},
};
const size_t entry_command_count = COUNT_OF(entry_commands);

/* Stored interfaces as commands, with entry, hours, transports, credentials. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/dump.h"
#include "mprctl/config/entry.h"
#include "mprctl/config/hours.h"
#include "mprctl/config/tunnel.h"

/* What interfaces create is told of an entry; the rest is entries set's. */
static bool is_first(const struct field *f)
{
    return f->offset == offsetof(MPR_INTERFACE_3, szDeviceName) ||
           f->offset == offsetof(MPR_INTERFACE_3, szDeviceType) ||
           f->offset == offsetof(MPR_INTERFACE_3, szLocalPhoneNumber) ||
           f->offset == offsetof(MPR_INTERFACE_3, dwType);
}

static void add_settings(struct text *line, const MPR_INTERFACE_3 *info, bool first)
{
    struct entry e;

    entry_from(&e, info);
    for (size_t i = 0; i < entry_field_count; i++) {
        char *text;

        if (is_first(&entry_fields[i]) != first) continue;
        text = entry_text(&e, &entry_fields[i]);
        if (*text || !first) dump_value(line, entry_fields[i].name, text);
        free(text);
    }
}

static void begin(struct text *line, const char *words, const char *name)
{
    text_free(line);
    text_add(line, words);
    dump_value(line, "name", name);
}

/* With an entry: written by create, and made the same in all else by set. Without: stored alone. */
static void dump_creation(struct dump *d, const struct target *t, const MPR_INTERFACE_0 *info,
                          const char *name)
{
    struct session *s = d->session;
    MPR_INTERFACE_3 *entry = NULL;
    struct text line = {0};
    DWORD size = 0;
    bool dials = info->dwIfType == ROUTER_IF_TYPE_FULL_ROUTER;

    if (dials &&
        MprConfigInterfaceGetInfo(s->stored, t->stored, 3, (LPBYTE *)&entry, &size) != NO_ERROR)
        entry = NULL;
    begin(&line, "interfaces create", name);
    text_addf(&line, " type=%s", type_name(info->dwIfType));
    if (entry) add_settings(&line, entry, true);
    if (!entry && (dials || info->dwIfType == ROUTER_IF_TYPE_HOME_ROUTER))
        text_add(&line, " running=no");
    dump_line(d, text_of(&line));
    if (entry) {
        begin(&line, "entries set", name);
        add_settings(&line, entry, false);
        dump_line(d, text_of(&line));
        MprConfigBufferFree(entry);
    }
    text_free(&line);
}

static void dump_hours(struct dump *d, const struct target *t, const char *name)
{
    MPR_INTERFACE_1 *info = NULL;
    struct text line = {0};
    DWORD size = 0;
    char *hours;

    if (MprConfigInterfaceGetInfo(d->session->stored, t->stored, 1, (LPBYTE *)&info, &size) !=
        NO_ERROR)
        return;
    hours = hours_text(info->lpwsDialoutHoursRestriction);
    if (hours) {
        begin(&line, "interfaces set", name);
        dump_value(&line, "hours", hours);
        dump_line(d, text_of(&line));
    }
    free(hours);
    text_free(&line);
    MprConfigBufferFree(info);
}

static void dump_transport(struct dump *d, struct target *t, const char *name, DWORD transport)
{
    const struct place place = {t, transport};
    struct text line = {0};
    LPVOID header = NULL;

    if (block_information_stored(d->session, &place, &header) == NO_ERROR) {
        begin(&line, "transports add", name);
        text_addf(&line, " transport=%s", transport_name(transport));
        dump_line(d, text_of(&line));
        dump_blocks(d, &place, name);
    }
    if (header) MprInfoDelete(header);
    text_free(&line);
}

static void dump_credentials(struct dump *d, const struct target *t, const char *name)
{
    WCHAR user[UNLEN + 1] = {0}, password[PWLEN + 1] = {0}, domain[DNLEN + 1] = {0};
    WCHAR *server = wide_of(d->session->options->server);
    DWORD status = MprAdminInterfaceGetCredentials(server, (LPWSTR)t->name, user, password, domain);
    char *texts[3] = {utf8_of(user), utf8_of(domain), utf8_of(password)};
    struct text line = {0};

    if (status == NO_ERROR && (*texts[0] || *texts[1] || *texts[2])) {
        begin(&line, "interfaces credentials set", name);
        dump_value(&line, "user", texts[0]);
        dump_value(&line, "domain", texts[1]);
        if (d->secrets) {
            dump_line(d, text_of(&line));
            dump_line(d, texts[2]);
        } else {
            dump_remark(d, "a password is not shown:");
            dump_remark(d, text_of(&line));
        }
    }
    SecureZeroMemory(password, sizeof(password));
    text_wipe(texts[2]);
    free(texts[1]);
    free(texts[0]);
    text_free(&line);
    free(server);
}

static void dump_interface(struct dump *d, const MPR_INTERFACE_0 *info)
{
    char *name = utf8_of(info->wszInterfaceName);
    struct target t;
    struct text line = {0};
    DWORD status = target_find(d->session, name, &t);

    if (status == NO_ERROR && t.stored) {
        dump_creation(d, &t, info, name);
        dump_hours(d, &t, name);
        dump_transport(d, &t, name, PID_IP);
        dump_transport(d, &t, name, PID_IPV6);
        tunnel_dump_interface(d, &t, name);
        dump_credentials(d, &t, name);
        if (!info->fEnabled) {
            begin(&line, "interfaces disable", name);
            dump_line(d, text_of(&line));
        }
    } else if (status != NO_ERROR) {
        d->status = status;
    }
    text_free(&line);
    free(name);
}

void dump_interfaces(struct dump *d)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, status = target_list_stored(d->session, &list, &count);

    if (status != NO_ERROR) d->status = status;
    for (DWORD i = 0; i < count; i++) dump_interface(d, &list[i]);
    if (list) MprConfigBufferFree(list);
}

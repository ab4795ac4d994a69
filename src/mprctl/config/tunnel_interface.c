/* interfaces ikev2 show, set, delete: IKEv2 of a demand-dial interface (MPR_IF_CUSTOMINFOEX). */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/tunnel.h"

typedef MPR_IF_CUSTOMINFOEX2 custom_info;

#define CUSTOM_ROWS(ROW)                                                                       \
    ROW(saexpirytime, SECONDS, dwSaLifeTime, LIFE_RANGE, "time until new keys, such as 8h")    \
    ROW(sadatasizelimit, SIZE, dwSaDataSize, DATA_RANGE, "data until new keys, such as 100MB") \
    ROW(mmsaexpirytime, SECONDS, dwMmSaLifeTime, MAIN_LIFE_RANGE,                              \
        "time until new keys of main mode, or default")

#define CUSTOM_FIELD(name, kind, member, choices, help) \
    TUNNEL_FIELD(ROUTER_IKEv2_IF_CUSTOM_CONFIG2, name, kind, member, choices)
static const struct field fields[] = {CUSTOM_ROWS(CUSTOM_FIELD)};

static const struct column columns[] = {{"interface", "Interface", CELL_TEXT, false},
                                        CUSTOM_ROWS(TUNNEL_COLUMN) POLICY_ROWS(POLICY_COLUMN)
                                            CERTIFICATE_COLUMNS,
                                        {"selectors", "selectors", CELL_NUMBER, true}};

static struct tunnel tunnel_of(custom_info *info)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;

    return (struct tunnel){.fields = fields,
                           .field_count = COUNT_OF(fields),
                           .base = c,
                           .policy = &c->customPolicy,
                           .certificate = &c->certificateName,
                           .hash = &c->certificateHash};
}

/* ---- the router's objects -------------------------------------------------------------------- */

static custom_info no_info(void)
{
    return (custom_info){.Header = {MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3,
                                    MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT,
                                    sizeof(custom_info)}};
}

static void release(const custom_info *info)
{
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;
    void *const all[] = {c->certificateName.pbData, c->customPolicy, c->certificateHash.pbData,
                         c->vpnTrafficSelectors.tsI, c->vpnTrafficSelectors.tsR};

    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (all[i]) MprAdminBufferFree(all[i]);
    }
}

/* ERROR_NOT_FOUND: the interface has no settings of its own. */
static DWORD read_any(struct session *s, const struct target *t, custom_info *ret)
{
    DWORD status;

    *ret = no_info();
    if (t->running)
        status = MprAdminInterfaceGetCustomInfoEx(s->running, t->running, (void *)ret);
    else
        status = MprConfigInterfaceGetCustomInfoEx(s->stored, t->stored, (void *)ret);
    return status == NO_ERROR && !ret->dwFlags ? ERROR_NOT_FOUND : status;
}

/* Stored where that can be; of another machine's interface its router knows whether it is. */
static DWORD write_any(struct session *s, struct target *t, custom_info *info)
{
    if (!t->running) return MprConfigInterfaceSetCustomInfoEx(s->stored, t->stored, (void *)info);
    if (!s->options->server) (void)target_store(s, t);
    return MprAdminInterfaceSetCustomInfoEx(s->running, t->running, (void *)info);
}

/* ---- the commands ---------------------------------------------------------------------------- */

static DWORD report_interface(struct session *s, struct target *t)
{
    custom_info info;
    DWORD status = read_any(s, t, &info);
    const struct tunnel tunnel = tunnel_of(&info);
    const MPR_VPN_TRAFFIC_SELECTORS *selectors = &info.customIkev2Config.vpnTrafficSelectors;

    if (status != NO_ERROR) return status;
    report_wide(&s->report, t->name);
    tunnel_report(s, &tunnel);
    report_number(&s->report, (uint64_t)selectors->numTsi + selectors->numTsr);
    release(&info);
    return NO_ERROR;
}

static void report_any(struct session *s, struct target *t, DWORD type)
{
    if (type == ROUTER_IF_TYPE_FULL_ROUTER) report_interface(s, t);
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = name ? target_find(s, name, &t) : NO_ERROR;

    if (status == NO_ERROR) {
        if (name)
            report_record(&s->report, "ikev2_interfaces", "IKEv2", columns, COUNT_OF(columns));
        else
            report_table(&s->report, "ikev2_interfaces", "IKEv2", columns, COUNT_OF(columns));
        status = name ? report_interface(s, &t) : target_each(s, report_any);
    }
    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "IKEv2 settings of %s", name ? name : "the interfaces");
}

/* The first settings need what has no default. */
static bool is_enough(const struct call *call, const custom_info *before, struct text *error)
{
    if (before->dwFlags ||
        (call_given(call, "saexpirytime") && call_given(call, "sadatasizelimit")))
        return true;
    text_add(error, "there are no settings yet, and the first need saexpirytime and "
                    "sadatasizelimit, such as 8h and 100MB");
    return false;
}

/* Without flags they are deleted. */
static int store(const struct call *call, struct target *t, custom_info *info)
{
    struct session *s = session_of(call);
    const char *name = call_value(call, "name");
    DWORD status = write_any(s, t, info);

    if (status != NO_ERROR) return failed(call, status, "IKEv2 settings of %s", name);
    report_say(&s->report,
               info->dwFlags ? "The IKEv2 settings of %s are stored."
                             : "%s has no IKEv2 settings of its own any more.",
               name);
    return EXIT_DONE;
}

static int change(const struct call *call, struct target *target, const custom_info *before)
{
    custom_info info = *before;
    struct tunnel t = tunnel_of(&info);
    struct text error = {0};
    int code;

    info.dwFlags = MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
    if (is_enough(call, before, &error) && tunnel_take(&t, call, &error))
        code = store(call, target, &info);
    else
        code = wrong_words(session_of(call), "%s", text_of(&error));
    tunnel_free(&t);
    text_free(&error);
    return code;
}

static int set(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    custom_info before = no_info();
    struct target t;
    DWORD status = target_find(s, name, &t);
    int code;

    if (status == NO_ERROR) status = read_any(s, &t, &before);
    if (status != NO_ERROR && status != ERROR_NOT_FOUND)
        return failed(call, status, "IKEv2 settings of %s", name);
    code = change(call, &t, &before);
    release(&before);
    return code;
}

static int delete (struct call *call)
{
    const char *name = call_value(call, "name");
    custom_info none = no_info();
    struct target t;
    DWORD status = target_find(session_of(call), name, &t);

    if (status != NO_ERROR) return failed(call, status, "IKEv2 settings of %s", name);
    return store(call, &t, &none);
}

void tunnel_dump_interface(struct dump *d, const struct target *t, const char *name)
{
    custom_info info = no_info();
    const struct tunnel tunnel = tunnel_of(&info);
    const MPR_VPN_TRAFFIC_SELECTORS *selectors = &info.customIkev2Config.vpnTrafficSelectors;
    struct text line = {0};
    DWORD status = MprConfigInterfaceGetCustomInfoEx(d->session->stored, t->stored, (void *)&info);

    if (status != NO_ERROR) {
        d->status = status;
        return;
    }
    if (info.dwFlags) {
        text_add(&line, "interfaces ikev2 set");
        dump_value(&line, "name", name);
        tunnel_words(&tunnel, false, &line);
        dump_line(d, text_of(&line));
    }
    if (selectors->numTsi || selectors->numTsr)
        dump_remark(d, "traffic selectors of this interface are not shown");
    text_free(&line);
    release(&info);
}

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface; without it all that have settings of their own"}};
static const struct parameter name_parameter[] = {{"name", NULL, true, "the interface"}};
static const struct parameter set_parameters[] = {{"name", NULL, true, "the interface"},
                                                  CUSTOM_ROWS(TUNNEL_PARAMETER) POLICY_PARAMETERS,
                                                  CERTIFICATE_PARAMETERS};

const struct command tunnel_interface_commands[] = {
    {"interfaces ikev2 show", "interface show ikev2", "Get-VpnS2SInterface",
     "Shows IKEv2 settings of demand-dial interfaces", NULL, show_parameters,
     COUNT_OF(show_parameters), show},
    {"interfaces ikev2 set", "interface set ikev2|interface add ikev2",
     "Set-VpnS2SInterface -CustomPolicy", "Gives a demand-dial interface IKEv2 settings of its own",
     "What is not named stays. Time has a unit (90s, 5m, 8h, 2d), and so has data (512KB, 100MB,\n"
     "1GB); --json tells seconds and kilobytes. A custom policy names all six algorithms.",
     set_parameters, COUNT_OF(set_parameters), set},
    {"interfaces ikev2 delete", "interface delete ikev2", NULL,
     "Takes them away; the server's count again", NULL, name_parameter, COUNT_OF(name_parameter),
     delete},
};
const size_t tunnel_interface_command_count = COUNT_OF(tunnel_interface_commands);

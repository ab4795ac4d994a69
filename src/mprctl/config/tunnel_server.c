/* ikev2 show, set; l2tp show, set: tunnels of the server (MPR_SERVER_EX). */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/tunnel.h"

typedef MPR_SERVER_EX1_WIN10 server_info;
typedef MPR_SERVER_SET_CONFIG_EX1_WIN10 server_change;

#define USES        "none|ras|routing|both"
#define TUNNEL_NEED "none|optional|required|strongest"

#define KEY_ROWS(ROW)                                                                       \
    ROW(saexpirytime, SECONDS, TunnelConfigParams.dwSaLifeTime, LIFE_RANGE,                 \
        "time until new keys, such as 8h")                                                  \
    ROW(sadatasizelimit, SIZE, TunnelConfigParams.dwSaDataSizeForRenegotiation, DATA_RANGE, \
        "data until new keys, such as 100MB")                                               \
    ROW(mmsaexpirytime, SECONDS, TunnelConfigParams.dwMmSaLifeTime, MAIN_LIFE_RANGE,        \
        "time until new keys of main mode, or default")                                     \
    ROW(encryption, CHOICE, TunnelConfigParams.dwEncryptionType, TUNNEL_NEED, TUNNEL_NEED)

#define IKEV2_ROWS(ROW)                                                                \
    ROW(idletimeout, SECONDS, TunnelConfigParams.dwIdleTimeout, LIFE_RANGE,            \
        "time without traffic until a tunnel closes, such as 5m")                      \
    ROW(nwoutagetime, SECONDS, TunnelConfigParams.dwNetworkBlackoutTime, OUTAGE_RANGE, \
        "time without answer until a tunnel is given up, such as 30m")                 \
    KEY_ROWS(ROW)                                                                      \
    ROW(ports, NUMBER, dwNumPorts, NULL, "how many there are")                         \
    ROW(use, CHOICE, dwPortFlags, USES, USES)

#define L2TP_ROWS(ROW)                                                      \
    ROW(idletimeout, SECONDS, TunnelConfigParams.dwIdleTimeout, LIFE_RANGE, \
        "time without traffic until a tunnel closes, such as 5m")           \
    KEY_ROWS(ROW)

#define IKEV2_FIELD(name, kind, member, choices, help) \
    TUNNEL_FIELD(IKEV2_CONFIG_PARAMS_WIN10, name, kind, member, choices)
#define L2TP_FIELD(name, kind, member, choices, help) \
    TUNNEL_FIELD(L2TP_CONFIG_PARAMS1_WIN10, name, kind, member, choices)
static const struct field ikev2_fields[] = {IKEV2_ROWS(IKEV2_FIELD)};
static const struct field l2tp_fields[] = {L2TP_ROWS(L2TP_FIELD)};

static const struct column ikev2_columns[] = {IKEV2_ROWS(TUNNEL_COLUMN) POLICY_ROWS(POLICY_COLUMN)
                                                  CERTIFICATE_COLUMNS,
                                              {"issuers", "issuers", CELL_NUMBER, true},
                                              {"usages", "usages", CELL_NUMBER, true}};
static const struct column l2tp_columns[] = {L2TP_ROWS(TUNNEL_COLUMN) POLICY_ROWS(POLICY_COLUMN)};

static bool is_ikev2(const struct call *call)
{
    return text_begins(call->command->words, "ikev2");
}

static struct tunnel tunnel_of(MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *p, bool ikev2)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p->IkeConfigParams.TunnelConfigParams;

    if (ikev2)
        return (struct tunnel){.fields = ikev2_fields,
                               .field_count = COUNT_OF(ikev2_fields),
                               .base = &p->IkeConfigParams,
                               .policy = &t->customPolicy,
                               .certificate = &t->machineCertificateName,
                               .hash = &t->machineCertificateHash};
    return (struct tunnel){.fields = l2tp_fields,
                           .field_count = COUNT_OF(l2tp_fields),
                           .base = &p->L2tpConfigParams,
                           .policy = &p->L2tpConfigParams.TunnelConfigParams.customPolicy};
}

/* ---- the router's objects -------------------------------------------------------------------- */

static void release(const server_info *info)
{
    const IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &info->ConfigParams.IkeConfigParams.TunnelConfigParams;
    void *const all[] = {t->certificateNames,
                         t->machineCertificateName.pbData,
                         t->customPolicy,
                         t->certificateEKUs,
                         t->machineCertificateHash.pbData,
                         info->ConfigParams.L2tpConfigParams.TunnelConfigParams.customPolicy,
                         info->ConfigParams.SstpConfigParams.sstpCertDetails.certBlob.pbData};

    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (all[i]) MprAdminBufferFree(all[i]);
    }
}

static DWORD read_stored(struct session *s, server_info *ret)
{
    DWORD status = session_stored(s);

    *ret = (server_info){.Header = {MPRAPI_MPR_SERVER_OBJECT_REVISION_5,
                                    MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, sizeof(*ret)}};
    return status == NO_ERROR ? MprConfigServerGetInfoEx(s->stored, (void *)ret) : status;
}

/* A router for LANs only tells nothing of tunnels; what is stored can be read all the same. */
static bool asks_stored(const struct session *s, DWORD status)
{
    return !s->options->server && (no_router(status) || status == ERROR_DDM_NOT_RUNNING);
}

static DWORD read_any(struct session *s, server_info *ret)
{
    DWORD status = session_running(s);

    *ret = (server_info){.Header = {MPRAPI_MPR_SERVER_OBJECT_REVISION_5,
                                    MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, sizeof(*ret)}};
    if (status == NO_ERROR) status = MprAdminServerGetInfoEx(s->running, (void *)ret);
    return asks_stored(s, status) ? read_stored(s, ret) : status;
}

static DWORD write_any(struct session *s, const server_info *info, bool ikev2)
{
    server_change change = {.Header = {MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5,
                                       MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT,
                                       sizeof(change)},
                            .setConfigForProtocols = ikev2 ? MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2
                                                           : MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP,
                            .ConfigParams = info->ConfigParams};
    DWORD status = session_running(s);

    change.ConfigParams.IkeConfigParams.dwTunnelConfigParamFlags =
        MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    change.ConfigParams.L2tpConfigParams.dwTunnelConfigParamFlags =
        MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
    if (status == NO_ERROR) status = MprAdminServerSetInfoEx(s->running, (void *)&change);
    if (asks_stored(s, status)) {
        status = session_stored(s);
        if (status == NO_ERROR) status = MprConfigServerSetInfoEx(s->stored, (void *)&change);
    }
    return status;
}

/* ---- the commands ---------------------------------------------------------------------------- */

static int show(struct call *call)
{
    const bool ikev2 = is_ikev2(call);
    struct session *s = session_of(call);
    server_info info;
    DWORD status = read_any(s, &info);
    struct tunnel t = tunnel_of(&info.ConfigParams, ikev2);

    if (status != NO_ERROR) return failed(call, status, "the tunnels' settings");
    if (ikev2)
        report_record(&s->report, "ikev2", "IKEv2", ikev2_columns, COUNT_OF(ikev2_columns));
    else
        report_record(&s->report, "l2tp", "L2TP", l2tp_columns, COUNT_OF(l2tp_columns));
    tunnel_report(s, &t);
    if (ikev2) {
        report_number(&s->report,
                      info.ConfigParams.IkeConfigParams.TunnelConfigParams.dwTotalCertificates);
        report_number(&s->report, info.ConfigParams.IkeConfigParams.TunnelConfigParams.dwTotalEkus);
    }
    release(&info);
    return EXIT_DONE;
}

static int store(const struct call *call, const server_info *info)
{
    struct session *s = session_of(call);
    const bool ikev2 = is_ikev2(call);
    DWORD status = write_any(s, info, ikev2);

    if (status == ERROR_SUCCESS_RESTART_REQUIRED || status == ERROR_SUCCESS_REBOOT_REQUIRED) {
        report_say(&s->report,
                   "The settings are stored; they count from the router's next start on.");
        return EXIT_DONE;
    }
    if (status != NO_ERROR) return failed(call, status, "the settings can't be stored");
    report_say(&s->report, "The settings of %s are stored.", ikev2 ? "IKEv2" : "L2TP");
    return EXIT_DONE;
}

static int set(struct call *call)
{
    struct session *s = session_of(call);
    struct text error = {0};
    server_info before, info;
    DWORD status = read_any(s, &before);
    struct tunnel t;
    int code;

    if (status != NO_ERROR) return failed(call, status, "the tunnels' settings");
    info = before;
    t = tunnel_of(&info.ConfigParams, is_ikev2(call));
    if (tunnel_take(&t, call, &error))
        code = store(call, &info);
    else
        code = wrong_words(s, "%s", text_of(&error));
    text_free(&error);
    tunnel_free(&t);
    release(&before);
    return code;
}

/* Issuers and usages of certificates have no words; nothing is lost of them but in a dump. */
static void remark_lists(struct dump *d, const IKEV2_TUNNEL_CONFIG_PARAMS4 *t)
{
    if (t->dwTotalCertificates) dump_remark(d, "issuers of certificates of IKEv2 are not shown");
    if (t->dwTotalEkus) dump_remark(d, "usages of certificates of IKEv2 are not shown");
}

void tunnel_dump_server(struct dump *d)
{
    server_info info;
    DWORD status = read_stored(d->session, &info);

    if (status != NO_ERROR) {
        d->status = status;
        return;
    }
    for (int ikev2 = 1; ikev2 >= 0; ikev2--) {
        const struct tunnel t = tunnel_of(&info.ConfigParams, ikev2);
        struct text line = {0};

        text_add(&line, ikev2 ? "ikev2 set" : "l2tp set");
        tunnel_words(&t, true, &line);
        dump_line(d, text_of(&line));
        text_free(&line);
    }
    remark_lists(d, &info.ConfigParams.IkeConfigParams.TunnelConfigParams);
    release(&info);
}

#define UNITS                                                                               \
    "Time has a unit (90s, 5m, 8h, 2d), and so has data (512KB, 100MB, 1GB); --json tells " \
    "seconds and\n"                                                                         \
    "kilobytes. A custom policy names all six algorithms; later some may be changed alone."

static const struct parameter ikev2_parameters[] = {IKEV2_ROWS(TUNNEL_PARAMETER) POLICY_PARAMETERS,
                                                    CERTIFICATE_PARAMETERS};
static const struct parameter l2tp_parameters[] = {L2TP_ROWS(TUNNEL_PARAMETER) POLICY_PARAMETERS};

const struct command tunnel_server_commands[] = {
    {"ikev2 show", "ras show ikev2connection|ras show ikev2saexpiry", "Get-VpnServerConfiguration",
     "Shows the settings of the server's IKEv2 tunnels", NULL, NULL, 0, show},
    {"ikev2 set", "ras set ikev2connection|ras set ikev2saexpiry", "Set-VpnServerConfiguration",
     "Changes them", UNITS, ikev2_parameters, COUNT_OF(ikev2_parameters), set},
    {"l2tp show", NULL, "Get-VpnServerConfiguration",
     "Shows the settings of the server's L2TP tunnels", NULL, NULL, 0, show},
    {"l2tp set", NULL, "Set-VpnServerConfiguration -TunnelType L2TP",
     "Changes them; server set has the ports", UNITS, l2tp_parameters, COUNT_OF(l2tp_parameters),
     set},
};
const size_t tunnel_server_command_count = COUNT_OF(tunnel_server_commands);

/* users show, set: who may dial in, and whether he is called back. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/program.h"

#define DIAL_IN   "permit|deny|policy"
#define CALLBACKS "none|caller|admin"

static const struct column columns[] = {
    {"user", "User", CELL_TEXT, false},
    {"dialin", "Dial-in", CELL_TEXT, false},
    {"cbpolicy", "Callback", CELL_TEXT, false},
    {"cbnumber", "Callback number", CELL_TEXT, false},
};

/* The bits of CALLBACKS in their order. */
static const BYTE callback_bits[] = {RASPRIV_NoCallback, RASPRIV_CallerSetCallback,
                                     RASPRIV_AdminSetCallback};

static const char *dial_in_of(const RAS_USER_1 *info)
{
    if (info->bfPrivilege2 & RASPRIV2_DialinPolicy) return "policy";
    return info->bfPrivilege & RASPRIV_DialinPrivilege ? "permit" : "deny";
}

static const char *callback_of(const RAS_USER_1 *info)
{
    if (info->bfPrivilege & RASPRIV_AdminSetCallback) return "admin";
    return info->bfPrivilege & RASPRIV_CallerSetCallback ? "caller" : "none";
}

static DWORD read_rights(const struct call *call, RAS_USER_1 *ret)
{
    WCHAR *server = wide_of(call->options->server), *user = wide_of(call_value(call, "name"));
    DWORD status = MprAdminUserGetInfo(server, user, 1, (LPBYTE)ret);

    free(server);
    free(user);
    return status;
}

static DWORD write_rights(const struct call *call, const RAS_USER_1 *info)
{
    WCHAR *server = wide_of(call->options->server), *user = wide_of(call_value(call, "name"));
    DWORD status = MprAdminUserSetInfo(server, user, 1, (LPBYTE)info);

    free(server);
    free(user);
    return status;
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    RAS_USER_1 info = {0};
    DWORD status = read_rights(call, &info);

    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_record(&s->report, "user", "User", columns, COUNT_OF(columns));
    report_text(&s->report, name);
    report_text(&s->report, dial_in_of(&info));
    report_text(&s->report, callback_of(&info));
    report_wide(&s->report, info.wszPhoneNumber);
    return EXIT_DONE;
}

static void take_dial_in(const char *value, RAS_USER_1 *info)
{
    const int place = value ? choice_of(DIAL_IN, value) : -1;

    if (place < 0) return;
    info->bfPrivilege &= (BYTE)~RASPRIV_DialinPrivilege;
    info->bfPrivilege2 &= (BYTE)~RASPRIV2_DialinPolicy;
    if (place == 0) info->bfPrivilege |= RASPRIV_DialinPrivilege;
    if (place == 2) info->bfPrivilege2 |= RASPRIV2_DialinPolicy;
}

static void take_callback(const char *value, RAS_USER_1 *info)
{
    const int place = value ? choice_of(CALLBACKS, value) : -1;

    if (place < 0) return;
    for (size_t i = 0; i < COUNT_OF(callback_bits); i++)
        info->bfPrivilege &= (BYTE)~callback_bits[i];
    info->bfPrivilege |= callback_bits[place];
}

static int set(struct call *call)
{
    const char *name = call_value(call, "name"), *number = call_value(call, "cbnumber");
    struct session *s = session_of(call);
    RAS_USER_1 info = {0};
    DWORD status = read_rights(call, &info);

    if (status != NO_ERROR) return failed(call, status, "%s", name);
    take_dial_in(call_value(call, "dialin"), &info);
    take_callback(call_value(call, "cbpolicy"), &info);
    if (number && !wide_copy(info.wszPhoneNumber, COUNT_OF(info.wszPhoneNumber), number))
        return wrong_words(s, "cbnumber=%s can't be; it has %zu characters at most", number,
                           COUNT_OF(info.wszPhoneNumber) - 1);
    status = write_rights(call, &info);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(&s->report, "The rights of %s were stored.", name);
    return EXIT_DONE;
}

static const struct parameter name_parameter[] = {{"name", NULL, true, "the user's account"}};
static const struct parameter set_parameters[] = {
    {"name", NULL, true, "the user's account"},
    {"dialin", DIAL_IN, false, "whether he may dial in; policy: that of the network decides"},
    {"cbpolicy", CALLBACKS, false, "who says where he is called back"},
    {"cbnumber", NULL, false, "where, for admin"}};

const struct command user_commands[] = {
    {"users show", "ras show user", NULL, "Shows whether a user may dial in", NULL, name_parameter,
     COUNT_OF(name_parameter), show},
    {"users set", "ras set user", NULL, "Says whether a user may dial in",
     "What is not named stays.", set_parameters, COUNT_OF(set_parameters), set},
};
const size_t user_command_count = COUNT_OF(user_commands);

/* interfaces credentials show, set, delete; interfaces key set, delete. Passwords and keys come
 * from standard input, and go nowhere but to the router. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/target.h"

static const struct column columns[] = {
    {"interface", "Interface", CELL_TEXT, false},
    {"user", "User", CELL_TEXT, false},
    {"domain", "Domain", CELL_TEXT, false},
    {"password", "Password", CELL_FLAG, false},
};

/* The texts of a call of MprAdminInterfaceGetCredentials. */
struct credentials {
    WCHAR user[UNLEN + 1], domain[DNLEN + 1], password[PWLEN + 1];
};

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    WCHAR *server = wide_of(s->options->server), *wide = wide_of(name);
    struct credentials c = {{0}, {0}, {0}};
    DWORD status = MprAdminInterfaceGetCredentials(server, wide, c.user, c.password, c.domain);

    free(server);
    free(wide);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_record(&s->report, "credentials", "Credentials", columns, COUNT_OF(columns));
    report_text(&s->report, name);
    report_wide(&s->report, c.user);
    report_wide(&s->report, c.domain);
    report_flag(&s->report, c.password[0] != 0);
    SecureZeroMemory(&c, sizeof(c));
    return EXIT_DONE;
}

static void wipe_wide(WCHAR *text)
{
    if (text) SecureZeroMemory(text, wcslen(text) * sizeof(*text));
    free(text);
}

static int set(struct call *call)
{
    const char *name = call_value(call, "name"), *domain = call_value(call, "domain");
    struct session *s = session_of(call);
    char *line = console_secret(s, "Password: ");
    WCHAR *server, *wide, *user, *wide_domain, *password;
    DWORD status;

    if (!line) return wrong_words(s, "the password is a line of standard input");
    server = wide_of(s->options->server);
    wide = wide_of(name);
    user = wide_of(call_value(call, "user"));
    wide_domain = wide_of(domain ? domain : "");
    password = wide_of(line);
    text_wipe(line);
    status = MprAdminInterfaceSetCredentials(server, wide, user, wide_domain, password);
    wipe_wide(password);
    free(server);
    free(wide);
    free(user);
    free(wide_domain);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(&s->report, "The credentials of %s were stored.", name);
    return EXIT_DONE;
}

static int delete (struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    WCHAR *server = wide_of(s->options->server), *wide = wide_of(name);
    DWORD status = MprAdminInterfaceSetCredentials(server, wide, NULL, NULL, NULL);

    free(server);
    free(wide);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(&s->report, "%s has no credentials any more.", name);
    return EXIT_DONE;
}

/* ---- pre-shared keys ------------------------------------------------------------------------- */

/* UTF-16, as MprAdminInterfaceSetCredentialsEx has it at level 2; of an interface or of the server.
 */
static DWORD write_key(struct session *s, const char *name, WCHAR *key)
{
    MPR_CREDENTIALSEX_1 info = {key ? (DWORD)(wcslen(key) * sizeof(*key)) : 0, (LPBYTE)key};
    struct target t = {.running = NULL};
    DWORD status = name ? target_find_running(s, name, &t) : session_running(s);

    if (status != NO_ERROR) return status;
    if (name) return MprAdminInterfaceSetCredentialsEx(s->running, t.running, 1, (LPBYTE)&info);
    return MprAdminServerSetCredentials(s->running, 0, (LPBYTE)&info);
}

static int set_key(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    char *line = console_secret(s, "Pre-shared key: ");
    WCHAR *key;
    DWORD status;

    if (!line || !*line) {
        text_wipe(line);
        return wrong_words(s, "the key is a line of standard input");
    }
    key = wide_of(line);
    text_wipe(line);
    status = write_key(s, name, key);
    wipe_wide(key);
    if (status != NO_ERROR) return failed(call, status, "the key can't be stored");
    report_say(&s->report, "The key was stored.");
    return EXIT_DONE;
}

static int delete_key(struct call *call)
{
    DWORD status = write_key(session_of(call), call_value(call, "name"), NULL);

    if (status != NO_ERROR) return failed(call, status, "the key can't be deleted");
    report_say(report_of(call), "The key was deleted.");
    return EXIT_DONE;
}

static const struct parameter name_parameter[] = {{"name", NULL, true, "the interface"}};
static const struct parameter key_parameter[] = {
    {"name", NULL, false, "the interface; without it the server, for those who call"}};
static const struct parameter set_parameters[] = {{"name", NULL, true, "the interface"},
                                                  {"user", NULL, true, "the user's name"},
                                                  {"domain", NULL, false, "his domain"}};

#define FROM_INPUT                                                                              \
    "It is the next line of standard input, which a console does not show; never an argument, " \
    "which\n"                                                                                   \
    "other users could see. In a script it is the line behind the command."

const struct command credential_commands[] = {
    {"interfaces credentials show", "interface show credentials|credentials show", NULL,
     "Shows with whose name an interface dials", "The password is never shown.", name_parameter,
     COUNT_OF(name_parameter), show},
    {"interfaces credentials set",
     "interface set credentials|interface add credentials|credentials set",
     "Set-VpnS2SInterface -UserName", "Stores user and password with which an interface dials",
     FROM_INPUT, set_parameters, COUNT_OF(set_parameters), set},
    {"interfaces credentials delete", "interface delete credentials|credentials delete", NULL,
     "Removes an interface's credentials", NULL, name_parameter, COUNT_OF(name_parameter), delete},
    {"interfaces key set", NULL, "Set-VpnS2SInterface -SharedSecret",
     "Stores the pre-shared key of an interface, or of the server", FROM_INPUT, key_parameter,
     COUNT_OF(key_parameter), set_key},
    {"interfaces key delete", NULL, NULL, "Removes a pre-shared key", NULL, key_parameter,
     COUNT_OF(key_parameter), delete_key},
};
const size_t credential_command_count = COUNT_OF(credential_commands);

#include "mprctl/program.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/help.h"

struct session *session_of(const struct call *call)
{
    return call->session;
}

struct report *report_of(const struct call *call)
{
    return &session_of(call)->report;
}

DWORD session_running(struct session *s)
{
    WCHAR *server = wide_of(s->options->server);
    DWORD status = s->running ? NO_ERROR : MprAdminServerConnect(server, &s->running);

    free(server);
    return status;
}

DWORD session_stored(struct session *s)
{
    WCHAR *server = wide_of(s->options->server);
    DWORD status = s->stored ? NO_ERROR : MprConfigServerConnect(server, &s->stored);

    free(server);
    return status;
}

DWORD session_mib(struct session *s)
{
    WCHAR *server = wide_of(s->options->server);
    DWORD status = s->mib ? NO_ERROR : MprAdminMIBServerConnect(server, &s->mib);

    free(server);
    return status;
}

void session_close(struct session *s)
{
    if (s->mib) MprAdminMIBServerDisconnect(s->mib);
    if (s->stored) MprConfigServerDisconnect(s->stored);
    if (s->running) MprAdminServerDisconnect(s->running);
    s->mib = s->stored = s->running = NULL;
    report_free(&s->report);
}

void session_print(struct session *s)
{
    struct text out = {0};
    size_t width = s->options->width ? s->options->width : console_width();

    if (!s->report.table_count && !s->report.said) return;
    if (s->options->json)
        report_print_json(&s->report, &out);
    else
        report_print_text(&s->report, width, &out);
    console_print(text_of(&out));
    text_free(&out);
    report_free(&s->report);
}

/* ---- one command ----------------------------------------------------------------------------- */

static void help_about(struct session *s, const struct command *command, const char *context)
{
    struct text out = {0};

    if (s->options->json) {
        help_report(s->table, command ? command->words : context, &s->report);
        return;
    }
    if (command) {
        help_command(command, &out);
    } else {
        text_add(&out, "usage: mprctl [--server NAME] [--json] COMMAND [name=value...]\n\n");
        help_list(s->table, context, &out);
        text_add(&out, "\nmprctl COMMAND --help tells its parameters and its PowerShell cousin.\n");
    }
    console_print(text_of(&out));
    text_free(&out);
}

static int answer(struct session *s, enum words_result result, struct call *call,
                  const struct text *context, const struct text *error)
{
    if (result == WORDS_COMMAND) return call->command->run(call);
    if (result == WORDS_WRONG) return wrong_words(s, "%s", text_of(error));
    help_about(s, call->command, text_of(context));
    return s->options->help ? EXIT_DONE : EXIT_WORDS;
}

int session_run(struct session *s, char **words, size_t count)
{
    struct text context = {0}, error = {0};
    struct call call = {.options = s->options, .session = s};
    bool help = s->options->help; /* a script may ask for it in one line */
    enum words_result result = words_parse(s->table, words, count, &call, &context, &error);
    int code = answer(s, result, &call, &context, &error);

    s->options->help = help;
    session_print(s);
    text_free(&context);
    text_free(&error);
    return code;
}

/* ---- texts ----------------------------------------------------------------------------------- */

WCHAR *wide_of(const char *text)
{
    int length = text ? MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0) : 0;
    WCHAR *wide = text ? text_alloc(((size_t)length + 1) * sizeof(*wide)) : NULL;

    if (text) MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length);
    return wide;
}

char *utf8_of(const WCHAR *text)
{
    int length = text ? WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL) : 0;
    char *narrow = text ? text_alloc((size_t)length + 1) : NULL;

    if (text) WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, length, NULL, NULL);
    return narrow;
}

void report_wide(struct report *r, const WCHAR *text)
{
    char *narrow = utf8_of(text);

    report_text(r, narrow && *narrow ? narrow : NULL);
    free(narrow);
}

bool wide_copy(WCHAR *to, size_t room, const char *text)
{
    WCHAR *wide = wide_of(text);
    size_t length = wcslen(wide);

    if (length < room) memcpy(to, wide, (length + 1) * sizeof(*to));
    free(wide);
    return length < room;
}

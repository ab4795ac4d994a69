/* exec: runs a script, all of it over one connection to the router. */
#include <stdlib.h>

#include "mprctl/program.h"

/* The first exit code that is not 0; what follows a failure is run only if it is wanted. */
static int run_script(struct session *s, struct script *script, bool go_on)
{
    enum script_result result = SCRIPT_COMMAND;
    int code = EXIT_DONE, last = EXIT_DONE;

    while (result == SCRIPT_COMMAND && (go_on || code == EXIT_DONE)) {
        size_t count = 0;
        char **words = NULL;

        result = script_next(script, &words, &count);
        if (result == SCRIPT_COMMAND) last = session_run(s, words, count);
        if (result == SCRIPT_OPEN_QUOTE) last = wrong_words(s, "a quote is not closed");
        if (code == EXIT_DONE) code = last;
        words_free(words, count);
    }
    return code;
}

static int run(struct call *call)
{
    const char *file = call_value(call, "file");
    bool go_on = call_yes(call, "continue", false);
    struct session *s = session_of(call);
    struct script script;
    DWORD status = NO_ERROR;
    char *text;
    int code;

    if (s->script) return wrong_words(s, "exec is not for scripts");
    text = console_read_file(file, &status);
    if (!text) return failed(call, status, "%s", file);
    script_begin(&script, text);
    s->script = &script;
    code = run_script(s, &script, go_on);
    s->script = NULL;
    text_wipe(text); /* there may be passwords in it */
    return code;
}

static const struct parameter parameters[] = {
    {"file", NULL, true, "the script; - for standard input"},
    {"continue", VALUE_YES_NO, false, "go on behind a command that fails (--continue)"}};

const struct command exec_commands[] = {
    {"exec", "-f", NULL, "Runs commands from a file or from standard input",
     "A command a line, # begins a comment. Values with blanks stand in double quotes, \"\" is a "
     "quote in\n"
     "them. What a command reads from standard input is the line behind it. The first failure "
     "ends\n"
     "the script, with its exit code.",
     parameters, COUNT_OF(parameters), run},
};
const size_t exec_command_count = COUNT_OF(exec_commands);

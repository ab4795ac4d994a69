/* What the commands of mprctl share: connections to the router, which are made when first needed,
 * texts of Windows, failures, input.
 *
 * mprctl sees what every program sees: the SDK's headers, include/ and the exported functions.
 * Texts are UTF-8 inside; WCHAR only where Windows wants them.
 */
#ifndef MPRCTL_PROGRAM_H
#define MPRCTL_PROGRAM_H

#include <windows.h>
#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>
#include <mprapi_ext.h>

#include "mprctl/cli/report.h"
#include "mprctl/cli/script.h"
#include "mprctl/cli/words.h"

/* Exit codes; docs/MPRCTL.md tells them. */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WORDS = 2, EXIT_NO_ROUTER = 3 };

#define COUNT_OF(array) (sizeof(array) / sizeof(*(array)))

struct session {
    struct options *options;
    MPR_SERVER_HANDLE running;
    HANDLE stored;
    MIB_SERVER_HANDLE mib;
    struct script *script; /* the one that is being run; NULL: none */
    struct report report;  /* of the command that runs */
    const struct command_table *table;
};

/* The commands of each subject. */
#define COMMANDS(subject)                             \
    extern const struct command subject##_commands[]; \
    extern const size_t subject##_command_count
COMMANDS(block);
COMMANDS(connection);
COMMANDS(credential);
COMMANDS(dump);
COMMANDS(entry);
COMMANDS(exec);
COMMANDS(interface);
COMMANDS(registry);
COMMANDS(metrics);
COMMANDS(port);
COMMANDS(preference);
COMMANDS(rip);
COMMANDS(rip_statistics);
COMMANDS(route);
COMMANDS(server);
COMMANDS(service);
COMMANDS(static_route);
COMMANDS(transport);
COMMANDS(tunnel_interface);
COMMANDS(tunnel_server);
COMMANDS(update);
COMMANDS(user);
COMMANDS(watch);

/* ---- session.c ------------------------------------------------------------------------------- */

/* Each connects at the first call. The handles are the session's. */
DWORD session_running(struct session *s);
DWORD session_stored(struct session *s);
DWORD session_mib(struct session *s);
void session_close(struct session *s);
struct session *session_of(const struct call *call);
struct report *report_of(const struct call *call);
/* Parses and runs a command, and prints what it says; words are changed. The exit code. */
int session_run(struct session *s, char **words, size_t count);
/* Prints the session's report and empties it. */
void session_print(struct session *s);

/* New texts; free(). NULL gives NULL. */
WCHAR *wide_of(const char *text);
char *utf8_of(const WCHAR *text);
void report_wide(struct report *r, const WCHAR *text);
/* Into room characters; false when it is too long. */
bool wide_copy(WCHAR *to, size_t room, const char *text);

/* ---- failure.c ------------------------------------------------------------------------------- */

/* "ERROR_NO_SUCH_INTERFACE"; NULL: no name is known. */
const char *code_name(DWORD code);
/* "ERROR_NO_SUCH_INTERFACE (905)", "12345"; free(). */
char *code_text(DWORD code);
/* Says on stderr (and as an object, for --json) what was refused, with the code's name, number and
 * text. The exit code: that there is no router, or that it refused. */
int failed(const struct call *call, DWORD code, const char *format, ...) TEXT_FORMAT(3, 4);
/* The same about words that can't be, without a code: EXIT_WORDS. */
int wrong_words(const struct session *s, const char *format, ...) TEXT_FORMAT(2, 3);
bool no_router(DWORD code);

/* ---- console.c ------------------------------------------------------------------------------- */

void console_start(void);
/* UTF-8 to a console, a file or a pipe. */
void console_print(const char *text);
void console_complain(const char *text);
/* Columns of the screen; 0 when the output is none. */
size_t console_width(void);
/* Puts the cursor home on an empty screen; false when there is no screen. */
bool console_clear(void);
/* A line of standard input, or of the running script, without its end; a console does not echo it,
 * and shows the prompt. NULL at the end; text_wipe(). */
char *console_secret(const struct session *s, const char *prompt);
/* All of a file, "-": of standard input. NULL and *code on failure. */
char *console_read_file(const char *name, DWORD *code);

#endif

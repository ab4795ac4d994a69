/* mprctl: the router's command line for administrators. docs/MPRCTL.md is its manual. */
#include "mprctl/program.h"

#include <stdlib.h>

#include "mprctl/cli/help.h"

#define GROUP(subject)                              \
    {                                               \
        subject##_commands, subject##_command_count \
    }

static struct command_group groups[23];

/* In the order of the help. The counts are constants of other files, so no constant initialiser. */
static struct command_table table_of_commands(void)
{
    const struct command_group all[] = {
        GROUP(server),     GROUP(tunnel_server), GROUP(interface),      GROUP(tunnel_interface),
        GROUP(credential), GROUP(entry),         GROUP(update),         GROUP(port),
        GROUP(connection), GROUP(user),          GROUP(route),          GROUP(static_route),
        GROUP(preference), GROUP(rip),           GROUP(rip_statistics), GROUP(transport),
        GROUP(block),      GROUP(registry),      GROUP(watch),          GROUP(metrics),
        GROUP(dump),       GROUP(exec),          GROUP(service)};

    C_ASSERT(COUNT_OF(all) == COUNT_OF(groups));
    for (size_t i = 0; i < COUNT_OF(all); i++) groups[i] = all[i];
    return (struct command_table){groups, COUNT_OF(groups)};
}

static int run(struct session *s, char **words, size_t count)
{
    struct text error = {0};
    int code;

    if (!words_options(words, &count, s->options, &error)) {
        code = wrong_words(s, "%s", text_of(&error));
    } else if (s->options->version) {
        console_print("mprctl " MPRCTL_VERSION "\n");
        code = EXIT_DONE;
    } else {
        code = session_run(s, words, count);
    }
    text_free(&error);
    return code;
}

int wmain(int argc, WCHAR **argv); /* no header has it */

int wmain(int argc, WCHAR **argv)
{
    struct options options = {0};
    const struct command_table table = table_of_commands();
    struct session session = {.options = &options, .table = &table};
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    char **all = text_alloc((count + 1) * sizeof(*all)),
         **words = text_alloc((count + 1) * sizeof(*words));
    int code;

    console_start();
    for (size_t i = 0; i < count; i++) words[i] = all[i] = utf8_of(argv[i + 1]);
    code = run(&session, words, count);
    session_close(&session);
    words_free(all, count);
    free(words);
    free(options.server);
    return code;
}

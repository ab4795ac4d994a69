/* From words to a command and the values of its parameters.
 *
 * A command is named by its words ("interfaces show"), or by those that netsh or another tool has
 * for the same ("routing ip show interface"). Words may be cut as long as they stay clear, compare
 * without case, and the first two may change places ("show interfaces"). Parameters are given as
 * netsh takes them: name=value in any order, or values alone in the order of the help, or as
 * --name[=value]. A word that is none of this is an error, with the word that was perhaps meant.
 */
#ifndef MPRCTL_CLI_WORDS_H
#define MPRCTL_CLI_WORDS_H

#include "mprctl/cli/text.h"

#define PARAMETERS_MAX 48

/* Kinds of values; any other text is the choices, with | between them. NULL: any text. */
#define VALUE_NUMBER  "<number>"
#define VALUE_ADDRESS "<address>" /* IPv4 */
#define VALUE_PREFIX  "<prefix>"  /* IPv4 or IPv6, /length */
#define VALUE_HEX     "<hex>"     /* octets, two digits each */
#define VALUE_YES_NO  "yes|no"

struct parameter {
    const char *name;
    const char *values;
    bool required;
    const char *help;
};

struct call;

struct command {
    const char *words;
    const char *aliases;    /* what else is understood, with | between; NULL: nothing */
    const char *powershell; /* the cousin in the RemoteAccess or NetTCPIP module, NULL: none */
    const char *summary;
    const char *notes; /* paragraphs below the parameters, or NULL */
    const struct parameter *parameters;
    size_t parameter_count;
    int (*run)(struct call *call); /* its exit code */
};

struct command_group {
    const struct command *commands;
    size_t count;
};

struct command_table {
    const struct command_group *groups;
    size_t count;
};

struct options {
    char *server; /* NULL: this machine */
    bool json, help, version;
    size_t width; /* 0: that of the terminal */
};

struct call {
    const struct command *command; /* NULL: only options were given, or a context for help */
    const char *values[PARAMETERS_MAX];
    struct options *options;
    void *session; /* the program's */
};

/* What a command line comes to. */
enum words_result {
    WORDS_COMMAND,
    WORDS_HELP,  /* --help, or no words at all; call->command is set when it was a command's */
    WORDS_WRONG, /* error says why */
};

/* Takes the options out of the words; the rest is in front, and *count is told. */
bool words_options(char **words, size_t *count, struct options *ret, struct text *error);
/* words without options. Values point into them. context gets the words that were understood, for
 * help about what begins with them. */
enum words_result words_parse(const struct command_table *table, char **words, size_t count,
                              struct call *ret, struct text *context, struct text *error);

/* The value of a parameter; NULL when it was not given. The name must be one of the command's. */
const char *call_value(const struct call *call, const char *name);
bool call_given(const struct call *call, const char *name);
/* Whether a yes|no was given as yes. */
bool call_yes(const struct call *call, const char *name, bool otherwise);
/* A number that was checked already. */
unsigned call_number(const struct call *call, const char *name, unsigned otherwise);

/* Commands from the first to the last; NULL at the end. */
const struct command *command_at(const struct command_table *table, size_t index);
/* Whether the command's own words begin with those of context. */
bool command_begins(const struct command *command, const char *context);
/* The place of a value among choices "a|b|c", without case; -1 when it is none of them. */
int choice_of(const char *choices, const char *value);
/* Copies the part of a list with | between that begins at *at; *at moves on. NULL at the end. */
char *choice_next(const char **at);

#endif

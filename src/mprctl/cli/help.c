#include "mprctl/cli/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 79u /* columns */

/* As netsh writes it; lines are broken at that column, unless it is 0. */
static void add_usage(const struct command *c, size_t line, struct text *out)
{
    size_t begun = out->length;

    text_addf(out, "mprctl %s", c->words);
    for (size_t i = 0; i < c->parameter_count; i++) {
        const struct parameter *p = &c->parameters[i];
        char *word = text_format(p->required ? "[%s=]%s" : "[[%s=]%s]", p->name,
                                 p->values ? p->values : "<text>");

        if (line && out->length - begun + 1 + strlen(word) > line) {
            text_add(out, "\n   ");
            begun = out->length - 3;
        }
        text_addf(out, " %s", word);
        free(word);
    }
    text_add(out, "\n");
}

static void add_parameters(const struct command *c, struct text *out)
{
    size_t width = 0;

    if (!c->parameter_count) return;
    for (size_t i = 0; i < c->parameter_count; i++) {
        size_t length = strlen(c->parameters[i].name);

        if (length > width) width = length;
    }
    text_add(out, "\nParameters, as name=value or in this order:\n");
    for (size_t i = 0; i < c->parameter_count; i++)
        text_addf(out, "  %-*s  %s%s\n", (int)width, c->parameters[i].name, c->parameters[i].help,
                  c->parameters[i].required ? " (required)" : "");
}

static void add_aliases(const struct command *c, struct text *out)
{
    const char *at = c->aliases;
    char *alias;

    while ((alias = choice_next(&at))) {
        text_addf(out, "Also: %s\n", alias);
        free(alias);
    }
}

void help_command(const struct command *c, struct text *out)
{
    text_addf(out, "%s\n\n", c->summary);
    add_usage(c, LINE, out);
    add_parameters(c, out);
    if (c->notes) text_addf(out, "\n%s\n", c->notes);
    text_add(out, "\n");
    add_aliases(c, out);
    text_addf(out, "PowerShell: %s\n", c->powershell ? c->powershell : "no such command");
}

void help_list(const struct command_table *table, const char *context, struct text *out)
{
    const struct command *c;
    size_t width = 0;

    for (size_t i = 0; (c = command_at(table, i)); i++) {
        if (command_begins(c, context) && strlen(c->words) > width) width = strlen(c->words);
    }
    for (size_t i = 0; (c = command_at(table, i)); i++) {
        if (command_begins(c, context))
            text_addf(out, "  %-*s  %s\n", (int)width, c->words, c->summary);
    }
}

static const struct column columns[] = {
    {"command", "Command", CELL_TEXT, false},       {"usage", "Usage", CELL_TEXT, false},
    {"summary", "Summary", CELL_TEXT, false},       {"aliases", "Also", CELL_TEXT, false},
    {"powershell", "PowerShell", CELL_TEXT, false},
};

void help_report(const struct command_table *table, const char *context, struct report *out)
{
    const struct command *c;

    report_table(out, "commands", "Commands", columns, sizeof(columns) / sizeof(*columns));
    for (size_t i = 0; (c = command_at(table, i)); i++) {
        struct text usage = {0};

        if (!command_begins(c, context)) continue;
        add_usage(c, 0, &usage);
        usage.data[--usage.length] = 0;
        report_text(out, c->words);
        report_text(out, usage.data);
        report_text(out, c->summary);
        report_text(out, c->aliases);
        report_text(out, c->powershell);
        text_free(&usage);
    }
}

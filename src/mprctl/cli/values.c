/* Parameters: which word belongs to which, and whether its value may be. Options as well. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"
#include "mprctl/cli/suggest.h"
#include "mprctl/cli/values.h"

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_prefix(const char *value)
{
    uint32_t address = 0, mask = 0;
    uint8_t six[16];

    return prefix4_parse(value, &address, &mask) || prefix6_parse(value, six, &mask);
}

static bool is_hex(const char *value)
{
    size_t length = strspn(value, "0123456789abcdefABCDEF");

    return !value[length] && length % 2 == 0;
}

static bool kind_holds(const char *kind, const char *value)
{
    uint32_t number = 0;

    if (!strcmp(kind, VALUE_NUMBER)) return number_parse(value, &number);
    if (!strcmp(kind, VALUE_ADDRESS)) return address4_parse(value, &number);
    if (!strcmp(kind, VALUE_PREFIX)) return is_prefix(value);
    return is_hex(value);
}

static void complain_of_choice(const struct parameter *p, const char *value, struct text *error)
{
    struct suggestion nearest = {.word = value};
    const char *at = p->values;
    char *part;

    while ((part = choice_next(&at))) {
        if (*part != '<') suggest_offer(&nearest, part);
        free(part);
    }
    text_addf(error, "%s=%s is none of %s", p->name, value, p->values);
    if (*nearest.best) text_addf(error, "; did you mean \"%s\"?", nearest.best);
}

/* Choices may have a kind behind them: "a|b|<number>". */
static bool other_holds(const char *choices, const char *value)
{
    const char *kind = strchr(choices, '<');

    return kind && kind_holds(kind, value);
}

static bool value_holds(const struct parameter *p, const char *value, struct text *error)
{
    if (!p->values || (!*value && !p->required)) return true; /* name=: nothing */
    if (p->values[0] != '<') {
        if (choice_of(p->values, value) >= 0 || other_holds(p->values, value)) return true;
        complain_of_choice(p, value, error);
        return false;
    }
    if (kind_holds(p->values, value)) return true;
    text_addf(error, "%s=%s is no %.*s", p->name, value, (int)strlen(p->values) - 2, p->values + 1);
    return false;
}

/* ---- words ----------------------------------------------------------------------------------- */

static size_t same_letters(const char *name, const char *typed, size_t length)
{
    char *word = text_dup_part(typed, length);
    bool whole = text_same(name, word), begins = text_begins(name, word);

    free(word);
    return whole ? 2 : begins;
}

/* The parameter of that name, or the only one that begins so; the count of parameters: none. */
static size_t find_parameter(const struct command *c, const char *typed, size_t length)
{
    size_t found = c->parameter_count;

    for (size_t i = 0; length && i < c->parameter_count; i++) {
        size_t same = same_letters(c->parameters[i].name, typed, length);

        if (same == 2) return i;
        if (!same) continue;
        if (found < c->parameter_count) return c->parameter_count;
        found = i;
    }
    return found;
}

static bool complain_of_name(const struct command *c, const char *typed, size_t length,
                             struct text *error)
{
    char *word = text_dup_part(typed, length);
    struct suggestion nearest = {.word = word};

    for (size_t i = 0; i < c->parameter_count; i++) suggest_offer(&nearest, c->parameters[i].name);
    text_addf(error, "\"%s\" has no parameter \"%s\"", c->words, word);
    if (*nearest.best) text_addf(error, "; did you mean \"%s\"?", nearest.best);
    free(word);
    return false;
}

static bool set_value(struct call *call, size_t at, const char *value, struct text *error)
{
    const struct parameter *p = &call->command->parameters[at];

    if (call->values[at]) {
        text_addf(error, "%s is given twice", p->name);
        return false;
    }
    call->values[at] = value;
    return value_holds(p, value, error);
}

static bool is_flag(const struct parameter *p)
{
    return p->values && !strcmp(p->values, VALUE_YES_NO);
}

/* --name=value, --name of a yes|no, or --name and the value behind it. */
static bool take_dashed(struct call *call, char **words, size_t count, size_t *at,
                        struct text *error)
{
    const char *name = words[*at] + 2;
    size_t length = strcspn(name, "="), found = find_parameter(call->command, name, length);

    if (found == call->command->parameter_count)
        return complain_of_name(call->command, name, length, error);
    if (name[length]) return set_value(call, found, name + length + 1, error);
    if (is_flag(&call->command->parameters[found])) return set_value(call, found, "yes", error);
    if (*at + 1 < count) return set_value(call, found, words[++*at], error);
    text_addf(error, "--%s wants a value", call->command->parameters[found].name);
    return false;
}

static bool take_next(struct call *call, const char *value, struct text *error)
{
    for (size_t i = 0; i < call->command->parameter_count; i++) {
        if (!call->values[i]) return set_value(call, i, value, error);
    }
    text_addf(error, "\"%s\" is one word too many for \"%s\"", value, call->command->words);
    return false;
}

static bool take_word(struct call *call, char **words, size_t count, size_t *at, struct text *error)
{
    const char *word = words[*at];
    size_t length = strcspn(word, "="), found;

    if (word[0] == '-' && word[1] == '-') return take_dashed(call, words, count, at, error);
    if (!word[length]) return take_next(call, word, error);
    found = find_parameter(call->command, word, length);
    if (found == call->command->parameter_count)
        return complain_of_name(call->command, word, length, error);
    return set_value(call, found, word + length + 1, error);
}

bool words_values(char **words, size_t count, struct call *call, struct text *error)
{
    const struct command *c = call->command;

    for (size_t i = 0; i < count; i++) {
        if (!take_word(call, words, count, &i, error)) return false;
    }
    for (size_t i = 0; i < c->parameter_count; i++) {
        if (!c->parameters[i].required || call->values[i]) continue;
        text_addf(error, "\"%s\" wants %s=", c->words, c->parameters[i].name);
        return false;
    }
    return true;
}

/* ---- options --------------------------------------------------------------------------------- */

static bool take_width(const char *value, struct options *o, struct text *error)
{
    uint32_t width = 0;

    if (!number_parse(value, &width) || width > 10000) {
        text_addf(error, "--width %s is no number of columns", value);
        return false;
    }
    o->width = width;
    return true;
}

static bool is_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "-?") ||
           !strcmp(word, "/?") || !strcmp(word, "?");
}

/* The value of an option that has one: behind = or the next word; NULL: it is another option. */
static const char *option_value(char **words, size_t count, size_t *at, const char *name,
                                bool *ret_is)
{
    const char *word = words[*at];
    size_t length = strlen(name);

    *ret_is = !strncmp(word, name, length) && (!word[length] || word[length] == '=');
    if (!*ret_is) return NULL;
    if (word[length]) return word + length + 1;
    return *at + 1 < count ? words[++*at] : NULL;
}

static bool take_valued(char **words, size_t count, size_t *at, struct options *o, bool *ret_is,
                        struct text *error)
{
    static const char *const names[] = {"--server", "-r", "--width"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const char *value = option_value(words, count, at, names[i], ret_is);

        if (!*ret_is) continue;
        if (!value) {
            text_addf(error, "%s wants a value", names[i]);
            return false;
        }
        if (i == 2) return take_width(value, o, error);
        free(o->server);
        o->server = text_dup(value);
        return true;
    }
    return true;
}

bool words_options(char **words, size_t *count, struct options *ret, struct text *error)
{
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++) {
        size_t first = i;
        bool taken = false;

        if (!take_valued(words, *count, &i, ret, &taken, error)) return false;
        if (taken) continue;
        if (!strcmp(words[i], "--json"))
            ret->json = true;
        else if (!strcmp(words[i], "--version"))
            ret->version = true;
        else if (is_help(words[i]))
            ret->help = true;
        else
            words[kept++] = words[first];
    }
    *count = kept;
    return true;
}

/* ---- what a command asks for ----------------------------------------------------------------- */

const char *call_value(const struct call *call, const char *name)
{
    for (size_t i = 0; i < call->command->parameter_count; i++) {
        if (!strcmp(call->command->parameters[i].name, name)) return call->values[i];
    }
    return NULL;
}

bool call_given(const struct call *call, const char *name)
{
    return call_value(call, name) != NULL;
}

bool call_yes(const struct call *call, const char *name, bool otherwise)
{
    const char *value = call_value(call, name);

    return value ? text_same(value, "yes") : otherwise;
}

unsigned call_number(const struct call *call, const char *name, unsigned otherwise)
{
    const char *value = call_value(call, name);
    uint32_t number = 0;

    return value && number_parse(value, &number) ? number : otherwise;
}

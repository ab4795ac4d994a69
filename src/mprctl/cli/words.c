#include "mprctl/cli/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/suggest.h"
#include "mprctl/cli/values.h"

/* How far some words name a command. */
struct match {
    size_t matched, exact; /* words of the phrase */
    bool whole;            /* all of the phrase's */
    const char *rest;      /* of the phrase, when it is not whole */
};

/* The words given; the first two may have changed places. */
struct given {
    char **words;
    size_t count;
    bool swapped;
};

const struct command *command_at(const struct command_table *table, size_t index)
{
    for (size_t i = 0; i < table->count; i++) {
        if (index < table->groups[i].count) return &table->groups[i].commands[index];
        index -= table->groups[i].count;
    }
    return NULL;
}

char *choice_next(const char **at)
{
    size_t length = *at ? strcspn(*at, "|") : 0;
    char *part;

    if (!*at || !**at) return NULL;
    part = text_dup_part(*at, length);
    *at += length;
    if (**at) ++*at;
    return part;
}

int choice_of(const char *choices, const char *value)
{
    char *part;
    int found = -1;

    for (int i = 0; found < 0 && (part = choice_next(&choices)); i++) {
        if (text_same(part, value)) found = i;
        free(part);
    }
    return found;
}

static const char *given_at(const struct given *g, size_t i)
{
    return g->words[g->swapped && i < 2 ? 1 - i : i];
}

static bool part_begins(const char *part, size_t length, const char *typed)
{
    char *expected = text_dup_part(part, length);
    bool fits = text_begins(expected, typed);

    free(expected);
    return fits;
}

static struct match match_phrase(const char *phrase, const struct given *g)
{
    struct match m = {.rest = phrase};

    while (*m.rest && m.matched < g->count) {
        const char *word = given_at(g, m.matched);
        size_t length = strcspn(m.rest, " "), typed = strlen(word);

        if (!typed || typed > length || !part_begins(m.rest, length, word)) break;
        m.exact += typed == length;
        m.matched++;
        m.rest += length;
        while (*m.rest == ' ') m.rest++;
    }
    m.whole = !*m.rest;
    return m;
}

/* ---- which command --------------------------------------------------------------------------- */

struct search {
    const struct given *given;
    const struct command *best, *rival; /* rival: as good, and another one */
    struct match match;
    size_t farthest; /* words that some command begins with */
    const char *way; /* a phrase that begins with them */
};

static bool better(const struct match *a, const struct match *b)
{
    return a->matched != b->matched ? a->matched > b->matched : a->exact > b->exact;
}

static void try_phrase(struct search *s, const struct command *command, const char *phrase)
{
    struct match m = match_phrase(phrase, s->given);

    if (m.matched > s->farthest || !s->way) {
        s->farthest = m.matched;
        s->way = command->words;
    }
    if (!m.whole) return;
    if (!s->best || better(&m, &s->match)) {
        s->best = command;
        s->match = m;
        s->rival = NULL;
    } else if (!better(&s->match, &m) && s->best != command) {
        s->rival = command;
    }
}

static void search(struct search *s, const struct command_table *table, const struct given *g)
{
    const struct command *command;

    *s = (struct search){.given = g};
    for (size_t i = 0; (command = command_at(table, i)); i++) {
        const char *at = command->aliases;
        char *alias;

        try_phrase(s, command, command->words);
        while ((alias = choice_next(&at))) {
            try_phrase(s, command, alias);
            free(alias);
        }
    }
}

/* The next word of a phrase that begins with what was understood. */
static void offer_phrase(struct suggestion *nearest, const char *phrase, const struct given *g,
                         size_t understood)
{
    struct match m = match_phrase(phrase, g);
    char *word = text_dup_part(m.rest, strcspn(m.rest, " "));

    if (m.matched >= understood && !m.whole) suggest_offer(nearest, word);
    free(word);
}

static void offer_next(const struct command_table *table, const struct given *g, size_t understood,
                       struct suggestion *nearest)
{
    const struct command *command;

    for (size_t i = 0; (command = command_at(table, i)); i++) {
        const char *at = command->aliases;
        char *alias;

        offer_phrase(nearest, command->words, g, understood);
        while ((alias = choice_next(&at))) {
            offer_phrase(nearest, alias, g, understood);
            free(alias);
        }
    }
}

static void add_context(struct text *context, const struct given *g, size_t count)
{
    for (size_t i = 0; i < count; i++) text_addf(context, "%s%s", i ? " " : "", given_at(g, i));
}

static void explain(const struct command_table *table, const struct search *s, struct text *error)
{
    const struct given *g = s->given;
    struct suggestion nearest = {.word = s->farthest < g->count ? given_at(g, s->farthest) : ""};
    struct text so_far = {0};

    add_context(&so_far, g, s->farthest);
    if (s->rival) {
        text_addf(error, "\"%s\" may mean \"%s\" or \"%s\"", text_of(&so_far), s->best->words,
                  s->rival->words);
    } else if (s->farthest >= g->count) {
        text_addf(error, "\"%s\" is not finished; with --help it lists what may follow",
                  text_of(&so_far));
    } else {
        offer_next(table, g, s->farthest, &nearest);
        text_addf(error, "unknown word \"%s\"", nearest.word);
        if (so_far.length) text_addf(error, " behind \"%s\"", text_of(&so_far));
        if (*nearest.best) text_addf(error, "; did you mean \"%s\"?", nearest.best);
    }
    text_free(&so_far);
}

/* The words as they stand; else, when they are no command, with the first two exchanged. */
static void find(const struct command_table *table, struct given *g, struct search *s)
{
    struct search swapped;

    search(s, table, g);
    if (s->best || g->count < 2) return;
    g->swapped = true;
    search(&swapped, table, g);
    if (swapped.best)
        *s = swapped;
    else
        g->swapped = false;
}

enum words_result words_parse(const struct command_table *table, char **words, size_t count,
                              struct call *ret, struct text *context, struct text *error)
{
    struct given g = {words, count, false};
    struct search s;

    if (count && text_same(words[0], "help")) { /* help interfaces create */
        ret->options->help = true;
        g = (struct given){++words, --count, false};
    }
    if (!count) return WORDS_HELP;
    find(table, &g, &s);
    if (!s.best || s.rival) {
        add_context(context, &g, s.farthest);
        if (ret->options->help && !s.rival && s.farthest >= count) return WORDS_HELP;
        explain(table, &s, error);
        return WORDS_WRONG;
    }
    ret->command = s.best;
    text_add(context, s.best->words);
    if (ret->options->help) return WORDS_HELP;
    return words_values(words + s.match.matched, count - s.match.matched, ret, error)
               ? WORDS_COMMAND
               : WORDS_WRONG;
}

bool command_begins(const struct command *command, const char *context)
{
    const char *words = command->words;

    while (*context) {
        size_t typed = strcspn(context, " "), length = strcspn(words, " ");
        char *word = text_dup_part(context, typed), *expected = text_dup_part(words, length);
        bool fits = text_begins(expected, word);

        free(word);
        free(expected);
        if (!fits) return false;
        context += typed + (context[typed] == ' ');
        words += length + (words[length] == ' ');
    }
    return true;
}

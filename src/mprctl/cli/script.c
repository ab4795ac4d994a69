#include "mprctl/cli/script.h"

#include <stdlib.h>
#include <string.h>

void script_begin(struct script *s, const char *text)
{
    *s = (struct script){text, 1, 1};
    if (!strncmp(text, "\xEF\xBB\xBF", 3)) s->at += 3;
}

void words_free(char **words, size_t count)
{
    for (size_t i = 0; i < count; i++) free(words[i]);
    free(words);
}

static void advance(struct script *s)
{
    if (*s->at++ == '\n') s->line++;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Behind an opening quote, up to and with the closing one. */
static bool read_quoted(struct script *s, struct text *word)
{
    for (; *s->at; advance(s)) {
        if (*s->at == '"') {
            s->at++;
            if (*s->at != '"') return true;
        }
        text_add_part(word, s->at, 1);
    }
    return false;
}

static bool read_word(struct script *s, struct text *word)
{
    text_add(word, "");
    while (*s->at && *s->at != '\n' && !is_blank(*s->at)) {
        if (*s->at == '"') {
            s->at++;
            if (!read_quoted(s, word)) return false;
        } else {
            text_add_part(word, s->at++, 1);
        }
    }
    return true;
}

static void skip_comment(struct script *s)
{
    while (*s->at && *s->at != '\n') s->at++;
}

/* Blanks, and before the first word line breaks and comments as well. */
static void skip(struct script *s, bool first)
{
    for (;;) {
        if (first && *s->at == '#')
            skip_comment(s);
        else if (is_blank(*s->at) || (first && *s->at == '\n'))
            advance(s);
        else
            return;
    }
}

enum script_result script_next(struct script *s, char ***ret, size_t *ret_count)
{
    *ret = NULL;
    *ret_count = 0;
    skip(s, true);
    s->began = s->line;
    while (*s->at && *s->at != '\n') {
        struct text word = {0};

        if (!read_word(s, &word)) {
            text_free(&word);
            words_free(*ret, *ret_count);
            *ret = NULL;
            *ret_count = 0;
            return SCRIPT_OPEN_QUOTE;
        }
        *ret = text_grow(*ret, *ret_count, sizeof(**ret));
        (*ret)[(*ret_count)++] = word.data;
        skip(s, false);
    }
    if (*s->at) advance(s);
    return *ret_count ? SCRIPT_COMMAND : SCRIPT_END;
}

char *script_line(struct script *s)
{
    size_t length = strcspn(s->at, "\n");
    const char *line = s->at;

    if (!*line) return NULL;
    s->at += length;
    if (*s->at) advance(s);
    if (length && line[length - 1] == '\r') length--;
    return text_dup_part(line, length);
}

void script_quote(struct text *out, const char *value)
{
    if (*value && *value != '#' && !strpbrk(value, " \t\r\n\"")) {
        text_add(out, value);
        return;
    }
    text_add(out, "\"");
    for (; *value; value++) {
        text_add_part(out, value, 1);
        if (*value == '"') text_add(out, "\"");
    }
    text_add(out, "\"");
}

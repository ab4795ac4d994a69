/* What went wrong: the code's name, its number, and its text. */
#include "mprctl/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    DWORD code;
    const char *name;
} names[] = {
#define CODE(name) {(DWORD)name, #name},
#include "mprctl/code_names.h"
#undef CODE
};

const char *code_name(DWORD code)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].code == code) return names[i].name;
    }
    return NULL;
}

char *code_text(DWORD code)
{
    const char *name = code_name(code);

    return name ? text_format("%s (%lu)", name, code) : text_format("%lu", code);
}

/* In words: those of MprAdminGetErrorString, which knows the router's codes and the system's. */
static char *words_of(DWORD code)
{
    WCHAR *text = NULL;
    char *words;
    size_t length;

    if (MprAdminGetErrorString(code, &text) != NO_ERROR || !text) return text_dup("");
    words = utf8_of(text);
    LocalFree(text);
    length = strlen(words);
    while (length && strchr("\r\n. ", words[length - 1])) words[--length] = 0;
    return words;
}

bool no_router(DWORD code)
{
    return code == RPC_S_SERVER_UNAVAILABLE || code == RPC_S_CALL_FAILED ||
           code == RPC_S_CALL_FAILED_DNE || code == ERROR_SERVICE_NOT_ACTIVE ||
           code == ERROR_SERVICE_DOES_NOT_EXIST || code == ERROR_ROUTER_STOPPED;
}

static const struct column columns[] = {{"message", "Message", CELL_TEXT, false},
                                        {"code", "Code", CELL_NUMBER, false},
                                        {"name", "Name", CELL_TEXT, false},
                                        {"text", "Text", CELL_TEXT, false},
                                        {"exit", "Exit code", CELL_NUMBER, false}};

/* The object of --json, in place of what the command had to say so far. */
static void print_object(const char *message, const DWORD *code, const char *text, int exit_code)
{
    struct report r = {0};
    struct text out = {0};

    report_record(&r, "error", "Error", columns, COUNT_OF(columns));
    report_text(&r, message);
    if (code) {
        report_number(&r, *code);
        report_text(&r, code_name(*code));
        report_text(&r, text);
    } else {
        for (int i = 0; i < 3; i++) report_none(&r);
    }
    report_number(&r, (unsigned)exit_code);
    report_print_json(&r, &out);
    console_print(text_of(&out));
    text_free(&out);
    report_free(&r);
}

static char *place_of(const struct session *s)
{
    return s->script ? text_format("mprctl: line %u: ", s->script->began) : text_dup("mprctl: ");
}

static void complain(const struct session *s, const char *message, const char *behind)
{
    char *place = place_of(s), *line = text_format("%s%s%s\n", place, message, behind);

    console_complain(line);
    free(line);
    free(place);
}

int failed(const struct call *call, DWORD code, const char *format, ...)
{
    struct session *s = session_of(call);
    int exit_code = no_router(code) ? EXIT_NO_ROUTER : EXIT_REFUSED;
    char message[600], *name = code_text(code), *words = words_of(code), *behind;
    va_list list;

    va_start(list, format);
    vsnprintf(message, sizeof(message), format, list);
    va_end(list);
    report_free(&s->report);
    behind = text_format("%s%s%s%s", *message ? ": " : "", name, *words ? ": " : "", words);
    complain(s, message, behind);
    if (s->options->json) print_object(message, &code, words, exit_code);
    free(behind);
    free(words);
    free(name);
    return exit_code;
}

int wrong_words(const struct session *s, const char *format, ...)
{
    char message[600];
    va_list list;

    va_start(list, format);
    vsnprintf(message, sizeof(message), format, list);
    va_end(list);
    complain(s, message, "");
    if (s->options->json) print_object(message, NULL, NULL, EXIT_WORDS);
    return EXIT_WORDS;
}

/* What a command has to say: tables, single records and sentences, put together by the command and
 * printed once, as text for people or as JSON for programs.
 *
 *     static const struct column columns[] = {{"name", "Name", CELL_TEXT, 0}, ...};
 *     report_table(r, "ports", "Ports", columns, 4);
 *     report_text(r, name); report_number(r, 5); ...       a row after the other
 *     report_print_text(r, width, &out);
 *
 * Keys are the names of JSON members: they never change, and columns are only added.
 */
#ifndef MPRCTL_CLI_REPORT_H
#define MPRCTL_CLI_REPORT_H

#include <stdint.h>

#include "mprctl/cli/text.h"

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_FLAG };

struct column {
    const char *key, *title;
    enum cell_kind kind;
    bool detail; /* not in an aligned table, which has little room */
};

struct table {
    const char *key, *title;
    const struct column *columns;
    size_t column_count;
    bool record; /* one row, printed as lines "title: value", and as an object */
    char **cells;
    size_t cell_count;
};

struct report {
    struct table *tables;
    size_t table_count;
    char *said; /* a sentence about what was done */
};

/* Begin a table or a record; columns stay the caller's. What follows fills it. */
void report_table(struct report *r, const char *key, const char *title,
                  const struct column *columns, size_t count);
void report_record(struct report *r, const char *key, const char *title,
                   const struct column *columns, size_t count);

/* The next cell. NULL text is nothing at all: "-", or null. */
void report_text(struct report *r, const char *text);
void report_number(struct report *r, uint64_t number);
void report_flag(struct report *r, bool flag);
void report_none(struct report *r);

/* A sentence instead of, or below, the tables. */
void report_say(struct report *r, const char *format, ...) TEXT_FORMAT(2, 3);

/* Rows of the newest table. */
size_t report_rows(const struct report *r);

/* Aligned tables for a screen of that many columns (0: as wide as it gets): long cells are cut with
 * an ellipsis, and what does not fit even so is printed one record after the other. */
void report_print_text(const struct report *r, size_t width, struct text *out);
/* One object on one line: a member for each table, and "done" for the sentence. */
void report_print_json(const struct report *r, struct text *out);
void report_free(struct report *r);

#endif

#include "mprctl/cli/report.h"

#include <stdio.h>
#include <stdlib.h>

static void begin(struct report *r, const struct table *table)
{
    r->tables = text_grow(r->tables, r->table_count, sizeof(*r->tables));
    r->tables[r->table_count++] = *table;
}

void report_table(struct report *r, const char *key, const char *title,
                  const struct column *columns, size_t count)
{
    const struct table table = {
        .key = key, .title = title, .columns = columns, .column_count = count};

    begin(r, &table);
}

void report_record(struct report *r, const char *key, const char *title,
                   const struct column *columns, size_t count)
{
    const struct table table = {
        .key = key, .title = title, .columns = columns, .column_count = count, .record = true};

    begin(r, &table);
}

static void add_cell(struct report *r, char *cell)
{
    struct table *t = &r->tables[r->table_count - 1];

    t->cells = text_grow(t->cells, t->cell_count, sizeof(*t->cells));
    t->cells[t->cell_count++] = cell;
}

void report_text(struct report *r, const char *text)
{
    add_cell(r, text ? text_dup(text) : NULL);
}

void report_number(struct report *r, uint64_t number)
{
    add_cell(r, text_format("%llu", (unsigned long long)number));
}

void report_flag(struct report *r, bool flag)
{
    add_cell(r, text_dup(flag ? "yes" : "no"));
}

void report_none(struct report *r)
{
    add_cell(r, NULL);
}

void report_say(struct report *r, const char *format, ...)
{
    char buffer[600];
    va_list list;

    va_start(list, format);
    vsnprintf(buffer, sizeof(buffer), format, list);
    va_end(list);
    free(r->said);
    r->said = text_dup(buffer);
}

size_t report_rows(const struct report *r)
{
    const struct table *t = r->table_count ? &r->tables[r->table_count - 1] : NULL;

    return t ? t->cell_count / t->column_count : 0;
}

void report_free(struct report *r)
{
    for (size_t i = 0; i < r->table_count; i++) {
        for (size_t k = 0; k < r->tables[i].cell_count; k++) free(r->tables[i].cells[k]);
        free(r->tables[i].cells);
    }
    free(r->tables);
    free(r->said);
    *r = (struct report){0};
}

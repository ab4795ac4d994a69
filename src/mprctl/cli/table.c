/* Reports as text: columns side by side, or one line for each value. */
#include "mprctl/cli/report.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/width.h"

#define GAP     2u
#define LEAST   8u  /* columns that a cut cell keeps */
#define TITLES  34u /* columns of the titles of records, at most */
#define NOTHING "-"

static const char *cell_of(const struct table *t, size_t row, size_t column)
{
    const char *cell = t->cells[row * t->column_count + column];

    return cell ? cell : NOTHING;
}

static size_t rows_of(const struct table *t)
{
    return t->cell_count / t->column_count;
}

static void measure(const struct table *t, size_t *widths)
{
    for (size_t i = 0; i < t->column_count; i++) {
        widths[i] = t->columns[i].detail ? 0 : width_of(t->columns[i].title);
        for (size_t row = 0; !t->columns[i].detail && row < rows_of(t); row++) {
            size_t width = width_of(cell_of(t, row, i));

            if (width > widths[i]) widths[i] = width;
        }
    }
}

static size_t total(const size_t *widths, size_t count)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++) sum += widths[i] ? widths[i] + GAP : 0;
    return sum ? sum - GAP : 0;
}

/* Takes from the widest column of text until all fit; false when none has anything to give. */
static bool squeeze(const struct table *t, size_t *widths, size_t width)
{
    while (width && total(widths, t->column_count) > width) {
        size_t widest = t->column_count;

        for (size_t i = 0; i < t->column_count; i++) {
            if (t->columns[i].kind != CELL_TEXT || widths[i] <= LEAST) continue;
            if (widest == t->column_count || widths[i] > widths[widest]) widest = i;
        }
        if (widest == t->column_count) return false;
        widths[widest]--;
    }
    return true;
}

static void trim(struct text *out)
{
    while (out->length && out->data[out->length - 1] == ' ') out->data[--out->length] = 0;
    text_add(out, "\n");
}

static void add_line(struct text *out, const struct table *t, const size_t *widths, size_t row,
                     bool head)
{
    bool first = true;

    for (size_t i = 0; i < t->column_count; i++) {
        const char *value = head ? t->columns[i].title : cell_of(t, row, i);

        if (t->columns[i].detail) continue;
        if (!first) text_fill(out, ' ', GAP);
        width_add(out, value, widths[i], t->columns[i].kind == CELL_NUMBER);
        first = false;
    }
    trim(out);
}

static void add_rule(struct text *out, const struct table *t, const size_t *widths)
{
    bool first = true;

    for (size_t i = 0; i < t->column_count; i++) {
        if (t->columns[i].detail) continue;
        if (!first) text_fill(out, ' ', GAP);
        text_fill(out, '-', widths[i]);
        first = false;
    }
    text_add(out, "\n");
}

static size_t title_width(const struct table *t)
{
    size_t most = 0;

    for (size_t i = 0; i < t->column_count; i++) {
        size_t width = width_of(t->columns[i].title);

        if (width > most) most = width;
    }
    return most < TITLES ? most : TITLES;
}

static void add_record(struct text *out, const struct table *t, size_t row)
{
    size_t width = title_width(t);

    for (size_t i = 0; i < t->column_count; i++) {
        width_add(out, t->columns[i].title, width, false);
        text_add(out, "  ");
        width_add_all(out, cell_of(t, row, i));
        trim(out);
    }
}

static void add_records(struct text *out, const struct table *t)
{
    for (size_t row = 0; row < rows_of(t); row++) {
        if (row) text_add(out, "\n");
        add_record(out, t, row);
    }
}

static void add_aligned(struct text *out, const struct table *t, const size_t *widths)
{
    add_line(out, t, widths, 0, true);
    add_rule(out, t, widths);
    for (size_t row = 0; row < rows_of(t); row++) add_line(out, t, widths, row, false);
    if (!rows_of(t)) text_add(out, "(none)\n");
}

static void add_table(struct text *out, const struct table *t, size_t width)
{
    size_t *widths = text_alloc(t->column_count * sizeof(*widths));

    measure(t, widths);
    if (t->record || (!squeeze(t, widths, width) && rows_of(t)))
        add_records(out, t);
    else
        add_aligned(out, t, widths);
    free(widths);
}

void report_print_text(const struct report *r, size_t width, struct text *out)
{
    for (size_t i = 0; i < r->table_count; i++) {
        if (i) text_add(out, "\n");
        if (r->table_count > 1) text_addf(out, "%s\n", r->tables[i].title);
        add_table(out, &r->tables[i], width);
    }
    if (r->said) text_addf(out, "%s%s\n", r->table_count ? "\n" : "", r->said);
}

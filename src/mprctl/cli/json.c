#include "mprctl/cli/json.h"

#include <stdint.h>
#include <string.h>

#include "mprctl/cli/report.h"

static uint32_t least_of(size_t length)
{
    return length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
}

size_t utf8_length(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xC0 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t value = length < 2 ? 0 : at[0] & (0x7Fu >> length);

    if (length < 2) return length;
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (at[i] & 0x3Fu);
    }
    if (value < least_of(length) || value > 0x10FFFF || value >> 11 == 0x1B) return 0;
    return length;
}

static void json_special(struct text *out, unsigned char c)
{
    static const char letters[] = "b\bf\fn\nr\rt\t";

    if (c == '"' || c == '\\') {
        text_addf(out, "\\%c", c);
        return;
    }
    for (size_t i = 0; letters[i]; i += 2) {
        if (letters[i + 1] == (char)c) {
            text_addf(out, "\\%c", letters[i]);
            return;
        }
    }
    text_addf(out, "\\u%04x", c);
}

void json_add_string(struct text *out, const char *value)
{
    text_add(out, "\"");
    while (*value) {
        unsigned char c = (unsigned char)*value;
        size_t length = utf8_length(value);

        if (c < 0x20 || c == 0x7F || c == '"' || c == '\\')
            json_special(out, c);
        else if (length)
            text_add_part(out, value, length);
        else
            text_add(out, "\xEF\xBF\xBD");
        value += length ? length : 1;
    }
    text_add(out, "\"");
}

static void json_cell(struct text *out, const struct column *column, const char *cell)
{
    if (!cell)
        text_add(out, "null");
    else if (column->kind == CELL_NUMBER)
        text_add(out, cell);
    else if (column->kind == CELL_FLAG)
        text_add(out, cell[0] == 'y' ? "true" : "false");
    else
        json_add_string(out, cell);
}

static void json_row(struct text *out, const struct table *t, size_t row)
{
    for (size_t i = 0; i < t->column_count; i++) {
        text_add(out, i ? "," : "{");
        json_add_string(out, t->columns[i].key);
        text_add(out, ":");
        json_cell(out, &t->columns[i], t->cells[row * t->column_count + i]);
    }
    text_add(out, "}");
}

static void json_table(struct text *out, const struct table *t)
{
    size_t rows = t->cell_count / t->column_count;

    json_add_string(out, t->key);
    text_add(out, ":");
    if (t->record) {
        if (rows)
            json_row(out, t, 0);
        else
            text_add(out, "null");
        return;
    }
    text_add(out, "[");
    for (size_t row = 0; row < rows; row++) {
        if (row) text_add(out, ",");
        json_row(out, t, row);
    }
    text_add(out, "]");
}

void report_print_json(const struct report *r, struct text *out)
{
    text_add(out, "{");
    for (size_t i = 0; i < r->table_count; i++) {
        if (i) text_add(out, ",");
        json_table(out, &r->tables[i]);
    }
    if (r->said) {
        text_add(out, r->table_count ? ",\"done\":" : "\"done\":");
        json_add_string(out, r->said);
    }
    text_add(out, "}\n");
}

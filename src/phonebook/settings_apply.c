/* From settings to an entry's lines.
 *
 * The entry is read first. A key is written only where the settings that it has and those that it
 * shall have would be written differently: so lines with odd but harmless values, and lines that
 * are absent because they have their default, stay as they are.
 */
#include "phonebook/settings_rows.h"

#include "base/mem.h"
#include "base/utf16.h"

#include <stdio.h>
#include <string.h>

#define BLOB_BYTES_A_LINE 64u

/* Line ends would begin lines of their own. */
static bool is_one_line(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20) return false;
    }
    return true;
}

/* Non-ASCII text is written as UTF-8, which the entry has to say. */
static mpr_status mark_encoding(struct entry_text *t)
{
    size_t at = entry_line_find(t, PART_HEAD, "Encoding", 0);

    if (at != LINE_NONE && slice_equal(t->lines[at].value, slice_of("1"))) return ST_OK;
    return entry_line_set(t, PART_HEAD, "Encoding", "1");
}

static mpr_status apply_row(struct entry_text *t, const struct row *row,
                            const struct phonebook_settings *old,
                            const struct phonebook_settings *s)
{
    char before[ROW_TEXT_SIZE], after[ROW_TEXT_SIZE];
    mpr_status status;

    row_write(row, old, before);
    row_write(row, s, after);
    if (!strcmp(before, after)) return ST_OK;
    if (!is_one_line(after)) return ST_INVALID_PARAMETER;
    status = entry_line_set(t, row->part, row->key, after);
    if (status == ST_OK && !slice_is_ascii(slice_of(after))) status = mark_encoding(t);
    return status;
}

static bool blob_same(const struct blob *a, const struct blob *b)
{
    return a->size == b->size && (!a->size || !memcmp(a->data, b->data, a->size));
}

static mpr_status apply_auth_data(struct entry_text *t, const struct blob *old,
                                  const struct blob *data)
{
    char line[2 * BLOB_BYTES_A_LINE + 1];
    mpr_status status = ST_OK;
    size_t at, behind = LINE_NONE;

    if (blob_same(old, data)) return ST_OK;
    /* All lines but the first go; the first stays as the place where the blob belongs. */
    while ((at = entry_line_find(t, PART_HEAD, "CustomAuthData", 1)) != LINE_NONE) {
        entry_line_remove(t, at);
    }
    for (size_t done = 0; status == ST_OK && done < data->size; done += BLOB_BYTES_A_LINE) {
        size_t left = data->size - done;

        hex_encode(data->data + done, left < BLOB_BYTES_A_LINE ? left : BLOB_BYTES_A_LINE, line);
        if (behind == LINE_NONE) {
            status = entry_line_set(t, PART_HEAD, "CustomAuthData", line);
            behind = entry_line_find(t, PART_HEAD, "CustomAuthData", 0);
        } else {
            status = entry_line_insert(t, behind++, "CustomAuthData", line);
        }
    }
    at = entry_line_find(t, PART_HEAD, "CustomAuthData", 0);
    if (!data->size && at != LINE_NONE) entry_line_remove(t, at);
    return status;
}

/* A number's own keys follow it up to the next number. */
static bool is_of_number(struct slice key)
{
    static const char *const keys[] = {"AreaCode",        "CountryCode", "CountryID",
                                       "UseDialingRules", "Comment",     "FriendlyName"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (slice_equal_nocase(key, slice_of(keys[i]))) return true;
    }
    return false;
}

/* The last line of the group that the number at line begins. */
static size_t group_end(const struct entry_text *t, size_t at)
{
    while (at + 1 < t->count && is_of_number(t->lines[at + 1].key)) at++;
    return at;
}

static mpr_status add_number(struct entry_text *t, size_t index, const char *number)
{
    static const char *const keys[][2] = {{"AreaCode", ""},   {"CountryCode", "0"},
                                          {"CountryID", "0"}, {"UseDialingRules", "0"},
                                          {"Comment", ""},    {"FriendlyName", ""}};
    mpr_status status = ST_OK;
    size_t at = entry_line_find(t, PART_DEVICE, "PhoneNumber", index - 1);

    if (at == LINE_NONE) { /* alternates without a first number */
        status = entry_line_set(t, PART_DEVICE, "PhoneNumber", "");
        at = entry_line_find(t, PART_DEVICE, "PhoneNumber", index - 1);
        if (status != ST_OK || at == LINE_NONE) return status ? status : ST_INVALID_PARAMETER;
    }
    at = group_end(t, at);
    status = entry_line_insert(t, at++, "PhoneNumber", number);
    for (size_t i = 0; status == ST_OK && i < sizeof(keys) / sizeof(keys[0]); i++) {
        status = entry_line_insert(t, at++, keys[i][0], keys[i][1]);
    }
    return status;
}

static void drop_numbers(struct entry_text *t, size_t index)
{
    size_t at;

    while ((at = entry_line_find(t, PART_DEVICE, "PhoneNumber", index)) != LINE_NONE) {
        for (size_t n = group_end(t, at) - at + 1; n > 0; n--) entry_line_remove(t, at);
    }
}

static mpr_status set_number(struct entry_text *t, size_t index, const char16_t *number)
{
    char text[ROW_TEXT_SIZE];
    size_t at = entry_line_find(t, PART_DEVICE, "PhoneNumber", index);
    mpr_status status;

    if (u16_to_utf8(text, sizeof(text), number, u16_length(number, 129)) == SIZE_MAX ||
        !is_one_line(text) || u16_length(number, 129) > 128) {
        return ST_INVALID_PARAMETER;
    }
    status = at == LINE_NONE ? add_number(t, index, text) : entry_line_replace(t, at, text);
    if (status == ST_OK && !slice_is_ascii(slice_of(text))) status = mark_encoding(t);
    return status;
}

static bool multi_equal(const char16_t *a, const char16_t *b)
{
    static const char16_t none[2];
    size_t units;

    a = a ? a : none;
    b = b ? b : none;
    units = u16_multi_units(a, SIZE_MAX);
    return units == u16_multi_units(b, SIZE_MAX) && !memcmp(a, b, units * sizeof(*a));
}

static mpr_status apply_alternates(struct entry_text *t, const char16_t *old,
                                   const char16_t *alternates)
{
    const char16_t *number = alternates;
    mpr_status status = ST_OK;
    size_t index = 1;

    if (multi_equal(old, alternates)) return ST_OK;
    for (; status == ST_OK && number && *number; index++) {
        status = set_number(t, index, number);
        number += u16_length(number, SIZE_MAX) + 1;
    }
    if (status == ST_OK) drop_numbers(t, index);
    return status;
}

/* The medium that belongs to a type of device (MS-RRASM 2.2.2, MEDIA). */
static const char16_t *medium_of(const char16_t *device_type)
{
    static const struct {
        const char16_t *device_type, *medium;
    } media[] = {{u"modem", u"serial"},  {u"pad", u"serial"}, {u"switch", u"serial"},
                 {u"serial", u"serial"}, {u"isdn", u"isdn"},  {u"x25", u"x25"}};

    for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++) {
        if (u16_equal_nocase(device_type, media[i].device_type)) return media[i].medium;
    }
    return u"rastapi";
}

bool phonebook_settings_same(const struct phonebook_settings *a, const struct phonebook_settings *b)
{
    char one[ROW_TEXT_SIZE], other[ROW_TEXT_SIZE];

    for (size_t i = 0; i < settings_row_count; i++) {
        row_write(&settings_rows[i], a, one);
        row_write(&settings_rows[i], b, other);
        if (strcmp(one, other) != 0) return false;
    }
    return blob_same(&a->custom_auth_data, &b->custom_auth_data) &&
           multi_equal(a->alternates, b->alternates);
}

/* The headers of the blocks, where the caller leaves them open or they follow from one another. */
static void complete_blocks(const struct phonebook_settings *old, struct phonebook_settings *wanted)
{
    const bool other_type = !u16_equal_nocase(wanted->device_type, old->device_type);
    const bool named =
        !u16_equal(wanted->port, old->port) || !u16_equal(wanted->device_name, old->device_name);

    /* The header of a block can't be empty. */
    if (!wanted->device_type[0]) u16_copy(wanted->device_type, 17, old->device_type);
    if (!wanted->media[0]) u16_copy(wanted->media, 17, old->media);
    if (!u16_equal(wanted->media, old->media)) return;
    if ((wanted->device_type[0] && other_type) || (!wanted->media[0] && named)) {
        u16_copy(wanted->media, 17, medium_of(wanted->device_type));
    }
}

/* An entry without Type has that of its device, which may be another one now. */
static mpr_status keep_type(struct entry_text *t, uint32_t type)
{
    struct phonebook_settings now;
    char text[11];
    mpr_status status = settings_read(t, &now);

    if (status != ST_OK) return status;
    phonebook_settings_free(&now);
    if (now.type == type || type < PBK_TYPE_PHONE || type > PBK_TYPE_BROADBAND) return ST_OK;
    snprintf(text, sizeof(text), "%lu", (unsigned long)type);
    return entry_line_set(t, PART_HEAD, "Type", text);
}

static mpr_status apply_rows(struct entry_text *t, const struct phonebook_settings *old,
                             const struct phonebook_settings *wanted)
{
    mpr_status status = ST_OK;

    for (size_t i = 0; status == ST_OK && i < settings_row_count; i++) {
        status = apply_row(t, &settings_rows[i], old, wanted);
    }
    if (status == ST_OK && !u16_equal_nocase(wanted->device_type, old->device_type)) {
        status = keep_type(t, wanted->type);
    }
    return status;
}

mpr_status settings_apply(struct entry_text *t, const struct phonebook_settings *s)
{
    struct phonebook_settings old, wanted = *s;
    mpr_status status = settings_read(t, &old);

    if (status != ST_OK) return status;
    complete_blocks(&old, &wanted);
    status = apply_rows(t, &old, &wanted);
    if (status == ST_OK) {
        status = apply_auth_data(t, &old.custom_auth_data, &wanted.custom_auth_data);
    }
    if (status == ST_OK) status = apply_alternates(t, old.alternates, wanted.alternates);
    phonebook_settings_free(&old);
    return status;
}

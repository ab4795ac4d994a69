#include "mprctl/config/field.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"
#include "mprctl/cli/quantity.h"
#include "mprctl/cli/suggest.h"

static DWORD read_dword(const void *at)
{
    DWORD value;

    memcpy(&value, at, sizeof(value));
    return value;
}

/* Network order is that of the octets in memory. */
static DWORD swapped(DWORD value)
{
    return value >> 24 | (value >> 8 & 0xFF00u) | (value << 8 & 0xFF0000u) | value << 24;
}

char **list_parts(const char *list, char separator, size_t *ret_count)
{
    char **parts = NULL;

    *ret_count = 0;
    while (*list) {
        const char *end = strchr(list, separator);
        size_t length = end ? (size_t)(end - list) : strlen(list);

        if (length) {
            parts = text_grow(parts, *ret_count, sizeof(*parts));
            parts[(*ret_count)++] = text_dup_part(list, length);
        }
        list += length + (end != NULL);
    }
    return parts;
}

/* ---- to text --------------------------------------------------------------------------------- */

static char *choice_text(const char *choices, DWORD value)
{
    const char *at = choices;
    char *part;

    for (DWORD i = 0; (part = choice_next(&at)); i++) {
        if (i == value) return part;
        free(part);
    }
    return text_format("%lu", value);
}

static char *flags_text(const struct field_flag *flags, DWORD value)
{
    struct text t = {0};

    for (; flags->name; flags++) {
        if (!(value & flags->bit)) continue;
        text_addf(&t, "%s%s", t.length ? "," : "", flags->name);
        value &= ~flags->bit;
    }
    if (value) text_addf(&t, "%s0x%lx", t.length ? "," : "", value);
    return t.data ? t.data : text_dup("");
}

static char *address6_or_nothing(const BYTE *octets)
{
    static const BYTE nothing[16];
    char buffer[ADDRESS_TEXT];

    return text_dup(memcmp(octets, nothing, 16) ? address6_text(octets, buffer) : "");
}

static char *guid_text(const BYTE *at)
{
    static const GUID nothing;
    GUID guid;

    memcpy(&guid, at, sizeof(guid));
    if (!memcmp(&guid, &nothing, sizeof(guid))) return text_dup("");
    return text_format("{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", guid.Data1,
                       guid.Data2, guid.Data3, guid.Data4[0], guid.Data4[1], guid.Data4[2],
                       guid.Data4[3], guid.Data4[4], guid.Data4[5], guid.Data4[6], guid.Data4[7]);
}

static enum quantity quantity_of(const struct field *f)
{
    return f->kind == FIELD_SECONDS ? QUANTITY_SECONDS
           : f->kind == FIELD_SIZE  ? QUANTITY_KILOBYTES
                                    : QUANTITY_NUMBER;
}

char *field_text(const struct field *f, const void *base)
{
    const BYTE *at = (const BYTE *)base + f->offset;
    char buffer[ADDRESS_TEXT];

    switch (f->kind) {
    case FIELD_NUMBER:
    case FIELD_SECONDS:
    case FIELD_SIZE:
        return quantity_show(quantity_of(f), f->choices, read_dword(at));
    case FIELD_WORD:
        return text_format("%u", (unsigned)(at[0] | at[1] << 8));
    case FIELD_CHOICE:
        return choice_text(f->choices, read_dword(at));
    case FIELD_FLAGS:
        return flags_text(f->flags, read_dword(at));
    case FIELD_ADDRESS:
        return text_dup(read_dword(at) ? address4_text(swapped(read_dword(at)), buffer) : "");
    case FIELD_ADDRESS6:
        return address6_or_nothing(at);
    case FIELD_TEXT:
        return utf8_of((const WCHAR *)(const void *)at);
    case FIELD_GUID:
        return guid_text(at);
    default:
        return text_dup("");
    }
}

void field_report(struct session *s, const struct field *f, const void *base)
{
    const bool plain = s->options->json && (f->kind == FIELD_SECONDS || f->kind == FIELD_SIZE);
    char *text = plain ? NULL : field_text(f, base);

    if (plain)
        report_number(&s->report, read_dword((const BYTE *)base + f->offset));
    else
        report_text(&s->report, text);
    free(text);
}

/* ---- from text ------------------------------------------------------------------------------- */

static bool set_number(const struct field *f, BYTE *at, const char *value)
{
    uint32_t number = 0;
    const char *range = f->kind == FIELD_CHOICE ? NULL : f->choices;
    bool ok = quantity_take(quantity_of(f), range, value, &number) &&
              (f->kind != FIELD_WORD || number <= 0xFFFF);

    if (ok && f->kind == FIELD_WORD)
        memcpy(at, &(WORD){(WORD)number}, sizeof(WORD));
    else if (ok)
        memcpy(at, &(DWORD){number}, sizeof(DWORD));
    return ok;
}

static bool set_choice(const struct field *f, BYTE *at, const char *value)
{
    int place = choice_of(f->choices, value);

    if (place < 0) return set_number(f, at, value);
    memcpy(at, &(DWORD){(DWORD)place}, sizeof(DWORD));
    return true;
}

static bool flag_of(const struct field *f, const char *name, DWORD *value, struct text *error)
{
    struct suggestion nearest = {.word = name};
    uint32_t number = 0;

    for (const struct field_flag *flag = f->flags; flag->name; flag++) {
        suggest_offer(&nearest, flag->name);
        if (!text_same(flag->name, name)) continue;
        *value |= flag->bit;
        return true;
    }
    if (number_parse(name, &number)) {
        *value |= number;
        return true;
    }
    text_addf(error, "%s has no \"%s\"", f->name, name);
    if (*nearest.best) text_addf(error, "; did you mean \"%s\"?", nearest.best);
    return false;
}

static bool set_flags(const struct field *f, BYTE *at, const char *value, struct text *error)
{
    size_t count = 0;
    char **parts = list_parts(value, ',', &count);
    DWORD bits = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++)
        ok = text_same(parts[i], "none") || flag_of(f, parts[i], &bits, error);
    words_free(parts, count);
    if (ok) memcpy(at, &bits, sizeof(bits));
    return ok;
}

static bool set_address(BYTE *at, const char *value)
{
    uint32_t address = 0;

    if (*value && !address4_parse(value, &address)) return false;
    address = swapped(address);
    memcpy(at, &address, sizeof(address));
    return true;
}

static bool set_address6(BYTE *at, const char *value)
{
    uint8_t octets[16] = {0};

    if (*value && !address6_parse(value, octets)) return false;
    memcpy(at, octets, sizeof(octets));
    return true;
}

static bool set_text(const struct field *f, BYTE *at, const char *value)
{
    WCHAR *wide = wide_of(value);
    size_t length = wcslen(wide), room = f->size / sizeof(*wide);

    if (length < room) {
        memset(at, 0, f->size);
        memcpy(at, wide, length * sizeof(*wide));
    }
    free(wide);
    return length < room;
}

/* The digits in pairs, in the order of the text. */
static bool set_guid(BYTE *at, const char *value)
{
    static const BYTE order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    BYTE guid[16] = {0}, *octets;
    struct text digits = {0};
    size_t size = 0;
    bool ok;

    for (const char *c = value; *c; c++) {
        if (!strchr("{}-", *c)) text_add_part(&digits, c, 1);
    }
    octets = hex_octets(text_of(&digits), &size);
    ok = !*value || (octets && size == sizeof(guid));
    for (size_t i = 0; ok && *value && i < sizeof(guid); i++) guid[order[i]] = octets[i];
    if (ok) memcpy(at, guid, sizeof(guid));
    free(octets);
    text_free(&digits);
    return ok;
}

static bool set_plain(const struct field *f, BYTE *at, const char *value)
{
    switch (f->kind) {
    case FIELD_CHOICE:
        return set_choice(f, at, value);
    case FIELD_ADDRESS:
        return set_address(at, value);
    case FIELD_ADDRESS6:
        return set_address6(at, value);
    case FIELD_TEXT:
        return set_text(f, at, value);
    case FIELD_GUID:
        return set_guid(at, value);
    default:
        return set_number(f, at, value);
    }
}

bool field_set(const struct field *f, void *base, const char *value, struct text *error)
{
    BYTE *at = (BYTE *)base + f->offset;

    if (f->kind == FIELD_FLAGS) return set_flags(f, at, value, error);
    if (set_plain(f, at, value)) return true;
    text_addf(error, "%s=%s can't be", f->name, value);
    if (f->choices)
        text_addf(error, f->kind == FIELD_CHOICE ? "; it is one of %s, or a number" : "; it is %s",
                  f->choices);
    return false;
}

/* ---- octets ---------------------------------------------------------------------------------- */

char *hex_of(const void *data, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const BYTE *octets = data;
    char *text = text_alloc(2 * size + 1);

    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[octets[i] >> 4];
        text[2 * i + 1] = digits[octets[i] & 15];
    }
    return text;
}

static int nibble(char c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    int value = at ? (int)(at - digits) : -1;

    return value > 15 ? value - 6 : value;
}

BYTE *hex_octets(const char *text, size_t *ret_size)
{
    size_t length = strlen(text);
    BYTE *octets = length && length % 2 == 0 ? text_alloc(length / 2) : NULL;

    *ret_size = octets ? length / 2 : 0;
    for (size_t i = 0; octets && i < length / 2; i++) {
        int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            free(octets);
            *ret_size = 0;
            return NULL;
        }
        octets[i] = (BYTE)(high << 4 | low);
    }
    return octets;
}

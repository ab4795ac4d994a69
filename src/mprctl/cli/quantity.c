#include "mprctl/cli/quantity.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"
#include "mprctl/cli/text.h"

#define DEFAULT "default"

struct unit {
    const char *name;
    uint32_t size;
};

/* The largest first; the last one is 1. */
static const struct unit none[] = {{"", 1}};
static const struct unit seconds[] = {{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}};
static const struct unit kilobytes[] = {{"GB", 1u << 20}, {"MB", 1u << 10}, {"KB", 1}};

static const struct unit *units_of(enum quantity kind)
{
    return kind == QUANTITY_SECONDS ? seconds : kind == QUANTITY_KILOBYTES ? kilobytes : none;
}

static const struct unit *unit_find(enum quantity kind, const char *name)
{
    const struct unit *unit = units_of(kind);

    while (!text_same(unit->name, name)) {
        if (unit->size == 1) return NULL;
        unit++;
    }
    return unit;
}

/* A plain number may be hexadecimal; one with a unit is decimal. */
bool quantity_parse(enum quantity kind, const char *text, uint32_t *ret)
{
    size_t digits = kind == QUANTITY_NUMBER ? strlen(text) : strspn(text, "0123456789");
    const struct unit *unit = unit_find(kind, text + digits);
    char *number = text_dup_part(text, digits);
    bool ok = unit && number_parse(number, ret) && *ret <= UINT32_MAX / unit->size;

    if (ok) *ret *= unit->size;
    free(number);
    return ok;
}

char *quantity_text(enum quantity kind, uint32_t value)
{
    const struct unit *unit = units_of(kind);

    while (unit->size > 1 && (!value || value % unit->size)) unit++;
    return text_format("%u%s", (unsigned)(value / unit->size), unit->name);
}

/* ---- ranges ---------------------------------------------------------------------------------- */

static bool has_default(const char *range)
{
    return range && text_begins(range, DEFAULT "|");
}

static bool is_within(enum quantity kind, const char *range, uint32_t value)
{
    const char *low = has_default(range) ? range + sizeof(DEFAULT) : range;
    size_t length = strcspn(low, "-");
    const char *high = low[length] ? low + length + 1 : "";
    char *lowest = text_dup_part(low, length);
    uint32_t least = 0, most = UINT32_MAX;
    bool ok = quantity_parse(kind, lowest, &least) && (!*high || quantity_parse(kind, high, &most));

    free(lowest);
    return ok && value >= least && value <= most;
}

bool quantity_take(enum quantity kind, const char *range, const char *text, uint32_t *ret)
{
    uint32_t value = 0;

    if (has_default(range) && text_same(text, DEFAULT)) {
        *ret = 0;
        return true;
    }
    if (!quantity_parse(kind, text, &value) || (range && !is_within(kind, range, value)))
        return false;
    *ret = value;
    return true;
}

char *quantity_show(enum quantity kind, const char *range, uint32_t value)
{
    return !value && has_default(range) ? text_dup(DEFAULT) : quantity_text(kind, value);
}

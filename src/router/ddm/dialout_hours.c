/* The parser of dial-out hours.
 *
 * There is one walk over the text, used for both questions: it checks the form and tells each range
 * to a visitor. The text is kept as it was given, since GetInfo has to return it; a check parses
 * it again, which is cheap beside dialling.
 *
 * Page: MPR_INTERFACE_1 (form, day 0 is Sunday); MS-RRASM 2.2.3.1.2 (the ranges are what is
 * allowed).
 */
#include "router/ddm/dialout_hours.h"

#include "base/utf16.h"

struct range {
    uint32_t first, end; /* minutes of the week; end is outside */
};

/* Two digits, at most limit. */
static bool parse_two(const char16_t **text, uint32_t limit, uint32_t *ret)
{
    const char16_t *t = *text;

    if (t[0] < u'0' || t[0] > u'9' || t[1] < u'0' || t[1] > u'9') return false;
    *ret = (uint32_t)(t[0] - u'0') * 10 + (uint32_t)(t[1] - u'0');
    *text = t + 2;
    return *ret <= limit;
}

static bool parse_char(const char16_t **text, char16_t expected)
{
    if (**text != expected) return false;
    ++*text;
    return true;
}

static bool parse_time(const char16_t **text, uint32_t *ret)
{
    uint32_t hours, minutes;

    if (!parse_two(text, 24, &hours) || !parse_char(text, u':')) return false;
    if (!parse_two(text, 59, &minutes)) return false;
    *ret = hours * 60 + minutes;
    return *ret <= MINUTES_A_DAY;
}

/* " HH:MM-HH:MM" of the day that begins at that minute of the week. */
static bool parse_range(const char16_t **text, uint32_t day_start, struct range *ret)
{
    if (!parse_char(text, u' ') || !parse_time(text, &ret->first)) return false;
    if (!parse_char(text, u'-') || !parse_time(text, &ret->end)) return false;
    if (ret->first >= ret->end) return false;
    ret->first += day_start;
    ret->end += day_start;
    return true;
}

/* One string of the list: false when malformed; *found becomes true when minute is in a range. */
static bool parse_day(const char16_t *text, uint32_t minute, bool *found)
{
    uint32_t day_start;

    if (*text < u'0' || *text > u'6') return false;
    day_start = (uint32_t)(*text++ - u'0') * MINUTES_A_DAY;
    do {
        struct range range;

        if (!parse_range(&text, day_start, &range)) return false;
        if (minute >= range.first && minute < range.end) *found = true;
    } while (*text);
    return true;
}

static bool parse_list(const char16_t *hours, uint32_t minute, bool *found)
{
    for (; *hours; hours += u16_length(hours, DIALOUT_HOURS_MAX) + 1) {
        if (!parse_day(hours, minute, found)) return false;
    }
    return true;
}

bool dialout_hours_valid(const char16_t *hours)
{
    bool found = false;

    if (!hours || !*hours) return true;
    if (u16_multi_units(hours, DIALOUT_HOURS_MAX) >= DIALOUT_HOURS_MAX) return false;
    return parse_list(hours, MINUTES_A_WEEK, &found);
}

bool dialout_hours_allow(const char16_t *hours, uint32_t minute_of_week)
{
    bool found = false;

    if (!hours || !*hours) return true;
    parse_list(hours, minute_of_week, &found);
    return found;
}

size_t dialout_hours_units(const char16_t *hours)
{
    return u16_multi_units(hours, DIALOUT_HOURS_MAX);
}

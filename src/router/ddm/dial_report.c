/* A line is split into words; each word of `ready` is name=value by a table. */
#include "router/ddm/dial_report.h"

#include <string.h>

#include "base/utf16.h"

struct word {
    const char *text;
    size_t size;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* False: there is none any more. */
static bool next_word(struct word *rest, struct word *ret)
{
    while (rest->size && is_blank(*rest->text)) rest->text++, rest->size--;
    *ret = (struct word){rest->text, 0};
    while (rest->size && !is_blank(*rest->text)) rest->text++, rest->size--, ret->size++;
    return ret->size != 0;
}

static bool word_is(const struct word *w, const char *text)
{
    return w->size == strlen(text) && memcmp(w->text, text, w->size) == 0;
}

/* The part of *w before the separator, and *w what is behind it; all of it without one. */
static struct word split(struct word *w, char separator)
{
    const char *at = w->size ? memchr(w->text, separator, w->size) : NULL;
    struct word first = {w->text, at ? (size_t)(at - w->text) : w->size};
    size_t taken = at ? first.size + 1 : first.size;

    w->text += taken;
    w->size -= taken;
    return first;
}

static bool read_number(const struct word *w, uint32_t most, uint32_t *ret)
{
    uint64_t value = 0;

    if (!w->size || w->size > 10) return false;
    for (size_t n = 0; n < w->size; n++) {
        if (w->text[n] < '0' || w->text[n] > '9') return false;
        value = value * 10 + (uint32_t)(w->text[n] - '0');
    }
    *ret = (uint32_t)value;
    return value <= most;
}

/* Four numbers with dots between them; 0.0.0.0 is nobody's. */
static bool read_address(struct word w, uint32_t *ret)
{
    uint32_t part;

    *ret = 0;
    for (int n = 0; n < 4; n++) {
        struct word number = split(&w, '.');

        if (!read_number(&number, 255, &part)) return false;
        if ((n < 3) != (w.size != 0)) return false;
        *ret = *ret << 8 | part;
    }
    return *ret != 0;
}

/* ---- values of `ready` ----------------------------------------------------------------------- */

static const char *read_adapter(struct word w, struct dial_report *ret)
{
    size_t units;

    if (!w.size || w.size >= DIAL_TEXT_MAX) return "adapter= is empty or too long";
    units = u16_from_utf8(ret->adapter, DIAL_TEXT_MAX, w.text, w.size);
    return units != SIZE_MAX ? NULL : "adapter= is no UTF-8";
}

static const char *read_local(struct word w, struct dial_report *ret)
{
    struct word address = split(&w, '/');
    uint32_t length = 32;
    bool has_length = w.text != address.text + address.size;

    if (!read_address(address, &ret->address)) return "address= is no address";
    if (has_length && (!read_number(&w, 32, &length) || !length))
        return "address= has a length that is not 1 to 32";
    ret->mask = length < 32 ? ~(UINT32_MAX >> length) : UINT32_MAX;
    ret->has_address = true;
    return NULL;
}

static const char *read_peer(struct word w, struct dial_report *ret)
{
    return read_address(w, &ret->peer) ? NULL : "peer= is no address";
}

static const char *read_dns(struct word w, struct dial_report *ret)
{
    while (w.size) {
        struct word one = split(&w, ',');
        uint32_t address;

        if (!read_address(one, &address)) return "dns= has something that is no address";
        if (ret->dns_count < DIAL_REPORT_DNS_MAX) ret->dns[ret->dns_count++] = address;
    }
    return ret->dns_count ? NULL : "dns= is empty";
}

static const char *read_value(struct word w, struct dial_report *ret)
{
    static const struct {
        const char *name;
        const char *(*read)(struct word value, struct dial_report *ret);
    } values[] = {
        {"adapter", read_adapter}, {"address", read_local}, {"peer", read_peer}, {"dns", read_dns}};
    struct word name = split(&w, '=');

    if (w.text == name.text + name.size) return "a word has no equals sign";
    for (size_t n = 0; n < sizeof(values) / sizeof(values[0]); n++) {
        if (word_is(&name, values[n].name)) return values[n].read(w, ret);
    }
    return NULL;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static const char *read_ready(struct word rest, struct dial_report *ret)
{
    const char *wrong = NULL;
    struct word w;

    while (!wrong && next_word(&rest, &w)) wrong = read_value(w, ret);
    return wrong;
}

static const char *read_failed(struct word rest, struct dial_report *ret)
{
    struct word code;

    ret->error = ST_CAN_NOT_COMPLETE;
    if (!next_word(&rest, &code)) return "the error number is missing";
    if (!read_number(&code, UINT32_MAX, &ret->error) || ret->error == ST_OK ||
        ret->error == ST_PENDING) {
        ret->error = ST_CAN_NOT_COMPLETE;
        return "the error number is none";
    }
    return NULL;
}

const char *dial_report_parse(const char *line, size_t size, struct dial_report *ret)
{
    struct word rest = {line, size}, verb;

    memset(ret, 0, sizeof(*ret));
    if (rest.size && rest.text[rest.size - 1] == '\r') rest.size--;
    if (!next_word(&rest, &verb)) return NULL;
    if (word_is(&verb, "ready")) {
        ret->kind = DIAL_REPORT_READY;
        return read_ready(rest, ret);
    }
    if (word_is(&verb, "failed")) {
        ret->kind = DIAL_REPORT_FAILED;
        return read_failed(rest, ret);
    }
    return NULL;
}

/* ---- exit status ----------------------------------------------------------------------------- */

/* sysexits.h, but 19: that is pppd's. */
static const struct exit_status {
    uint32_t code;
    mpr_status result;
    const char *text;
} exit_statuses[] = {
    {19, ST_AUTHENTICATION_FAILURE, "pppd: the peer refused user or password"},
    {68, ST_NO_ANSWER, "the other end's name is unknown"},
    {69, ST_NO_ANSWER, "the other end does not answer"},
    {75, ST_LINE_BUSY, "the other end is busy"},
    {77, ST_AUTHENTICATION_FAILURE, "user or password was refused"},
    {126, ST_CAN_NOT_COMPLETE, "the shell can't execute the program that Command names"},
    {127, ST_CAN_NOT_COMPLETE, "the shell does not find the program that Command names"},
};

static const struct exit_status *find_exit(uint32_t code)
{
    for (size_t n = 0; n < sizeof(exit_statuses) / sizeof(exit_statuses[0]); n++) {
        if (exit_statuses[n].code == code) return &exit_statuses[n];
    }
    return NULL;
}

mpr_status dial_report_exit(uint32_t exit_code)
{
    const struct exit_status *s = find_exit(exit_code);

    return s ? s->result : ST_CAN_NOT_COMPLETE;
}

const char *dial_report_exit_text(uint32_t exit_code)
{
    const struct exit_status *s = find_exit(exit_code);

    return s ? s->text : exit_code ? "of its own" : "success";
}

/* ---- log ------------------------------------------------------------------------------------- */

static bool starts_with(const char *text, size_t size, const char *secret, size_t secret_size)
{
    return secret_size && size >= secret_size && memcmp(text, secret, secret_size) == 0;
}

static char printable(char c)
{
    if ((unsigned char)c < 0x20 || c == 0x7F) return ' ';
    return c;
}

size_t dial_report_clean(char *text, size_t size, const char *secret, size_t secret_size)
{
    static const char stars[] = {'*', '*', '*'};
    size_t used = 0, stars_used;

    for (size_t n = 0; n < size;) {
        if (starts_with(text + n, size - n, secret, secret_size)) {
            n += secret_size;
            stars_used = secret_size < sizeof(stars) ? secret_size : sizeof(stars);
            memcpy(text + used, stars, stars_used);
            used += stars_used;
            continue;
        }
        text[used++] = printable(text[n++]);
    }
    return used;
}

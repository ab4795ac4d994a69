/* Stored: three counted texts, little endian, as one secret of the interface. */
#include "win32/link/dial_credentials.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/store/secret_store.h"

static void write_text(struct writer *w, const WCHAR *text)
{
    const size_t units = u16_length(text, SIZE_MAX);

    wr_le16(w, (uint16_t)units);
    for (size_t i = 0; i < units; i++) wr_le16(w, text[i]);
}

static void read_text(struct reader *r, WCHAR *text, size_t capacity)
{
    const size_t units = rd_le16(r);

    if (units >= capacity) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < units; i++) text[i] = rd_le16(r);
    text[units] = 0;
}

void dial_credentials_wipe(struct dial_credentials *c)
{
    secret_wipe(c, sizeof(*c));
}

mpr_status dial_credentials_load(const WCHAR *name, struct dial_credentials *ret)
{
    struct blob stored;
    struct reader r;
    mpr_status status = secret_store_get(SECRET_DIAL, name, &stored);

    memset(ret, 0, sizeof(*ret));
    if (status == ST_NOT_FOUND) return ST_OK;
    if (status != ST_OK) return status;
    reader_init(&r, stored.data, stored.size);
    read_text(&r, ret->user, LINK_USER_MAX + 1);
    read_text(&r, ret->domain, LINK_DOMAIN_MAX + 1);
    read_text(&r, ret->password, DIAL_PASSWORD_MAX + 1);
    secret_free(&stored);
    if (!r.failed) return ST_OK;
    dial_credentials_wipe(ret);
    return ST_INVALID_DATA;
}

mpr_status dial_credentials_save(const WCHAR *name, const struct dial_credentials *c)
{
    uint8_t bytes[sizeof(*c) + 6];
    struct writer w;
    mpr_status status;

    writer_init(&w, bytes, sizeof(bytes));
    write_text(&w, c->user);
    write_text(&w, c->domain);
    write_text(&w, c->password);
    status = secret_store_set(SECRET_DIAL, name, bytes, w.used);
    secret_wipe(bytes, sizeof(bytes));
    return status;
}

/* ---- for a program --------------------------------------------------------------------------- */

static bool has_line_break(const WCHAR *text)
{
    return wcschr(text, L'\n') || wcschr(text, L'\r');
}

static char *put_line(char *next, const char *key, const WCHAR *value)
{
    const size_t units = u16_length(value, SIZE_MAX);

    while (*key) *next++ = *key++;
    next += u16_to_utf8(next, units * 3 + 1, value, units);
    *next++ = '\n';
    return next;
}

mpr_status dial_credentials_text(const struct dial_credentials *c, struct blob *ret)
{
    /* UTF-8 needs at most three octets a unit. */
    const size_t most = sizeof(*c) / sizeof(WCHAR) * 3 + 64;
    char *next;

    *ret = (struct blob){NULL, 0};
    if (!*c->user && !*c->domain && !*c->password) return ST_OK;
    if (has_line_break(c->user) || has_line_break(c->domain) || has_line_break(c->password))
        return ST_INVALID_DATA;
    ret->data = mem_alloc(most);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    next = put_line((char *)ret->data, "username=", c->user);
    next = put_line(next, "domain=", c->domain);
    next = put_line(next, "password=", c->password);
    *next++ = '\n';
    ret->size = (size_t)(next - (char *)ret->data);
    return ST_OK;
}

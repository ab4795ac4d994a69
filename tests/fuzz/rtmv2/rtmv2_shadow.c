/* See rtmv2_shadow.h. */
#include "fuzz/rtmv2/rtmv2_shadow.h"

#define GARBAGE 0xD1234567u /* of the kind of our handles */

/* ---- input ----------------------------------------------------------------------------------- */

uint8_t take(struct fuzz *f)
{
    if (!f->left) return 0;
    f->left--;
    return *f->data++;
}

uint32_t below(struct fuzz *f, uint32_t n)
{
    return take(f) % n;
}

handle_t32 take_client(struct fuzz *f)
{
    uint8_t x = take(f);

    return x < 240 ? f->entities[x % ENTITIES] : take_handle(f);
}

handle_t32 take_handle(struct fuzz *f)
{
    uint8_t x = take(f);

    if (x >= 253 || !f->count) return x == 255 ? GARBAGE : 0;
    return f->entries[f->count - 1 - x % f->count].handle ^ (x == 252 ? 1u << below(f, 32) : 0);
}

handle_t32 take_of(struct fuzz *f, enum rtmv2_kind kind)
{
    uint8_t x = take(f);
    size_t nth = x / 2, seen = 0;

    if (x >= 250) return take_handle(f);
    for (unsigned round = 0; round < 2; round++) {
        for (size_t n = f->count; n > 0; n--)
            if (f->entries[n - 1].kind == kind && seen++ == nth) return f->entries[n - 1].handle;
        if (!seen) return 0;
        nth %= seen;
        seen = 0;
    }
    return 0;
}

/* A few that cover each other, and any. */
struct rtm_prefix take_prefix(struct fuzz *f)
{
    static const uint8_t lengths[] = {0, 8, 9, 16, 24, 31, 32, 33, 64, 128, 129, 255};
    struct rtm_prefix prefix = {.length = lengths[below(f, sizeof(lengths))]};
    uint8_t x = take(f);

    prefix.address.octets[0] = x & 0x80 ? take(f) : 10;
    prefix.address.octets[1] = x & 3;
    prefix.address.octets[2] = x >> 2 & 3;
    prefix.address.octets[3] = x >> 4 & 3;
    return prefix;
}

uint32_t take_views(struct fuzz *f)
{
    uint8_t x = take(f);

    return x < 250 ? x & 3u : x;
}

/* ---- counting -------------------------------------------------------------------------------- */

struct entry *entry_of(struct fuzz *f, handle_t32 handle)
{
    for (size_t n = 0; handle && n < f->count; n++)
        if (f->entries[n].handle == handle) return &f->entries[n];
    return NULL;
}

bool is_alive(const struct entry *e)
{
    return e && (e->references || e->registered);
}

void check_used(struct fuzz *f, handle_t32 client, enum rtmv2_kind kind, handle_t32 handle)
{
    const struct entry *c = entry_of(f, client), *e = entry_of(f, handle);

    FUZZ_CHECK(c && c->kind == RTMV2_ENTITY && c->registered);
    if (handle) FUZZ_CHECK(is_alive(e) && e->kind == kind && e->family == c->family);
}

static bool is_ended_by_owner(enum rtmv2_kind kind)
{
    return kind == RTMV2_ENUM || kind == RTMV2_NOTIFY || kind == RTMV2_LIST;
}

/* No number comes back while there are so few. */
void got(struct fuzz *f, handle_t32 client, enum rtmv2_kind kind, handle_t32 handle)
{
    struct entry *e = entry_of(f, handle);

    if (!handle) return;
    if (!e) {
        FUZZ_CHECK(f->count < ENTRIES);
        e = &f->entries[f->count++];
        *e = (struct entry){.handle = handle, .kind = kind};
        FUZZ_CHECK(rtmv2_kind_of(f->r, handle, &e->family) == kind);
        if (is_ended_by_owner(kind)) e->owner = client;
    } else {
        FUZZ_CHECK(is_alive(e) && !e->owner);
    }
    FUZZ_CHECK(e->kind == kind);
    e->references++;
}

void got_dest(struct fuzz *f, handle_t32 client, const struct rtmv2_dest *dest)
{
    FUZZ_CHECK(dest->dest && dest->count <= RTMV2_VIEWS);
    got(f, client, RTMV2_DEST, dest->dest);
    for (uint32_t n = 0; n < dest->count; n++) {
        got(f, client, RTMV2_ROUTE, dest->view[n].route);
        got(f, client, RTMV2_ENTITY, dest->view[n].owner);
        got(f, client, RTMV2_ROUTE, dest->view[n].hold);
        FUZZ_CHECK(!dest->view[n].route == !dest->view[n].owner);
    }
}

void gave(struct fuzz *f, enum rtmv2_kind kind, handle_t32 handle)
{
    struct entry *e = entry_of(f, handle);

    FUZZ_CHECK(e && e->kind == kind && e->references);
    e->references--;
}

void owner_left(struct fuzz *f, handle_t32 client)
{
    for (size_t n = 0; n < f->count; n++)
        if (f->entries[n].owner == client) f->entries[n].references = 0;
}

void check_all(struct fuzz *f)
{
    size_t alive = 0;

    for (size_t n = 0; n < f->count; n++) {
        const struct entry *e = &f->entries[n];
        enum rtm_family family = e->family;
        enum rtmv2_kind kind = rtmv2_kind_of(f->r, e->handle, &family);

        alive += is_alive(e);
        FUZZ_CHECK(kind == (is_alive(e) ? e->kind : RTMV2_NOTHING) && family == e->family);
    }
    FUZZ_CHECK(rtmv2_handle_count(f->r) == alive);
}

/* The keys RouterManagers and Interfaces as bytes, little endian:
 *
 *   8 bytes "MPRTREE1", then for each of the two keys: BYTE 1 and a key, or BYTE 0 for none
 *   key     DWORD number of values, values, DWORD number of subkeys, each a name and a key
 *   value   name, DWORD type, DWORD size, data
 *   name    WORD length in UTF-16 units, units
 */
#include "win32/journal/backup_parts.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/journal/entry_key.h"
#include "win32/sys/registry.h"

#define TREE_MAGIC       "MPRTREE1"
#define TREE_MAGIC_BYTES 8u
#define DEPTH_MAX        32u
#define KEY_NAME_MAX     256u
#define TREE_MAX_SIZE    (256u << 20)

#define ENTRY_LEVELS 3u

/* With what the keys below it are, and those below these, ...: of such ones, what a killed program
 * left is not saved. */
static const struct {
    const WCHAR *name;
    enum entry_kind below[ENTRY_LEVELS];
} saved_roots[] = {{L"RouterManagers", {ENTRY_TRANSPORT, ENTRY_NONE}},
                   {L"Interfaces", {ENTRY_INTERFACE, ENTRY_TRANSPORT, ENTRY_NONE}}};

static const enum entry_kind no_entries[] = {ENTRY_NONE};

/* ---- to bytes ------------------------------------------------------------------------------- */

mpr_status tree_put(struct tree_out *t, const void *data, size_t size)
{
    if (size > TREE_MAX_SIZE - t->used) return ST_INVALID_DATA;
    if (size > t->bytes.size - t->used) {
        size_t more = (t->used + size) * 2 + 4096;
        uint8_t *bigger = mem_grow(t->bytes.data, t->bytes.size, more, 1);

        if (!bigger) return ST_NOT_ENOUGH_MEMORY;
        t->bytes.data = bigger;
        t->bytes.size = more;
    }
    if (size) memcpy(t->bytes.data + t->used, data, size);
    t->used += size;
    return ST_OK;
}

mpr_status tree_put_u32(struct tree_out *t, DWORD value)
{
    uint8_t bytes[4];
    struct writer w;

    writer_init(&w, bytes, sizeof(bytes));
    wr_le32(&w, value);
    return tree_put(t, bytes, sizeof(bytes));
}

/* Into the four bytes at that place, which were put before. */
static void set_u32(struct tree_out *t, size_t at, DWORD value)
{
    struct writer w;

    writer_init(&w, t->bytes.data + at, 4);
    wr_le32(&w, value);
}

mpr_status tree_put_name(struct tree_out *t, const WCHAR *name, DWORD units)
{
    uint8_t bytes[2] = {(uint8_t)units, (uint8_t)(units >> 8)};
    mpr_status status = tree_put(t, bytes, sizeof(bytes));

    return status ? status : tree_put(t, name, units * sizeof(WCHAR));
}

mpr_status tree_put_data(struct tree_out *t, HKEY key, const WCHAR *name, DWORD size)
{
    uint8_t *data = mem_alloc(size);
    DWORD got = size, type = 0;
    mpr_status status = data ? ST_OK : ST_NOT_ENOUGH_MEMORY;

    if (status == ST_OK) status = (mpr_status)RegQueryValueExW(key, name, NULL, &type, data, &got);
    if (status == ST_OK) status = tree_put_u32(t, type);
    if (status == ST_OK) status = tree_put_u32(t, got);
    if (status == ST_OK) status = tree_put(t, data, got);
    mem_free(data);
    return status;
}

/* Whether the key's value of that name, which begins there, makes it count. */
static bool value_counts(const struct tree_out *t, size_t at, enum entry_kind kind)
{
    struct reader r;
    DWORD type, size;

    if (kind == ENTRY_NONE || !u16_equal_nocase(t->name, entry_mark(kind))) return false;
    reader_init(&r, t->bytes.data + at, t->used - at);
    type = rd_le32(&r);
    size = rd_le32(&r);
    return entry_mark_counts(kind, type, rd_span(&r, size), size);
}

/* *ret_counts: whether it has the value that an entry of that kind needs. */
static mpr_status put_values(struct tree_out *t, HKEY key, enum entry_kind kind, bool *ret_counts)
{
    size_t count_at = t->used;
    mpr_status status = tree_put_u32(t, 0);

    *ret_counts = false;
    for (DWORD i = 0; !status; i++) {
        DWORD units = TREE_NAME_MAX, size = 0;
        size_t at;

        LSTATUS rc = RegEnumValueW(key, i, t->name, &units, NULL, NULL, NULL, &size);

        if (rc == ERROR_NO_MORE_ITEMS) {
            set_u32(t, count_at, i);
            break;
        }
        status = rc ? (mpr_status)rc : tree_put_name(t, t->name, units);
        at = t->used;
        if (status == ST_OK) status = tree_put_data(t, key, t->name, size);
        if (status == ST_OK && value_counts(t, at, kind)) *ret_counts = true;
    }
    return status;
}

/* A key, as far as it has been come to. */
struct put {
    HKEY key;
    unsigned depth;
    enum entry_kind kind;
    const enum entry_kind *below; /* of the keys below it, ended by ENTRY_NONE */
    bool counts;                  /* as an entry of its kind */
    DWORD keys;                   /* that were put */
};

static mpr_status put_key(struct tree_out *t, struct put *p);

static mpr_status put_open(struct tree_out *t, struct put *parent, struct put *p, const WCHAR *name,
                           DWORD units)
{
    size_t begun = t->used;
    mpr_status status = tree_put_name(t, name, units);

    if (status == ST_OK) status = put_key(t, p);
    if (status != ST_OK) return status;
    if (p->kind != ENTRY_NONE && !p->counts && entry_is_left(p->key, p->kind))
        t->used = begun;
    else
        parent->keys++;
    return ST_OK;
}

static mpr_status put_subkey(struct tree_out *t, struct put *parent, const WCHAR *name, DWORD units)
{
    /* What is no interface is saved as it is. */
    const bool other = parent->kind == ENTRY_INTERFACE && !parent->counts;
    const enum entry_kind *below = other ? no_entries : parent->below;
    struct put p = {.depth = parent->depth + 1, .kind = below[0], .below = below};
    mpr_status status;

    status = registry_open_below(parent->key, name, KEY_READ, false, &p.key);
    if (status != ST_OK) return status;
    if (p.kind != ENTRY_NONE) p.below++;
    status = put_open(t, parent, &p, name, units);
    RegCloseKey(p.key);
    return status;
}

/* Recursive by nature; DEPTH_MAX bounds it. */
static mpr_status put_key(struct tree_out *t, struct put *p)
{
    mpr_status status =
        p->depth < DEPTH_MAX ? put_values(t, p->key, p->kind, &p->counts) : ST_INVALID_DATA;
    size_t count_at = t->used;

    if (status == ST_OK) status = tree_put_u32(t, 0);
    for (DWORD i = 0; !status; i++) {
        WCHAR name[KEY_NAME_MAX];
        DWORD units = KEY_NAME_MAX;
        LSTATUS rc = RegEnumKeyExW(p->key, i, name, &units, NULL, NULL, NULL, NULL);

        if (rc == ERROR_NO_MORE_ITEMS) {
            set_u32(t, count_at, p->keys);
            break;
        }
        status = rc ? (mpr_status)rc : put_subkey(t, p, name, units);
    }
    return status;
}

mpr_status tree_put_key(struct tree_out *t, HKEY key)
{
    struct put p = {.key = key, .below = no_entries};

    return put_key(t, &p);
}

static mpr_status put_root(struct tree_out *t, const WCHAR *name, const enum entry_kind *below)
{
    static const uint8_t absent = 0, present = 1;
    struct put p = {.below = below};
    mpr_status status;

    status = registry_open(name, KEY_READ, false, &p.key);
    if (status == ERROR_FILE_NOT_FOUND) return tree_put(t, &absent, 1);
    if (status != ST_OK) return status;
    status = tree_put(t, &present, 1);
    if (status == ST_OK) status = put_key(t, &p);
    RegCloseKey(p.key);
    return status;
}

void tree_finish(struct tree_out *t, struct blob *ret)
{
    t->bytes.size = t->used;
    blob_take(ret, &t->bytes);
}

mpr_status backup_tree_capture(struct blob *ret)
{
    struct tree_out *t = mem_alloc(sizeof(*t));
    mpr_status status = t ? tree_put(t, TREE_MAGIC, TREE_MAGIC_BYTES) : ST_NOT_ENOUGH_MEMORY;

    for (size_t i = 0; i < ARRAYSIZE(saved_roots) && !status; i++)
        status = put_root(t, saved_roots[i].name, saved_roots[i].below);
    if (status == ST_OK) tree_finish(t, ret);
    if (t) blob_free(&t->bytes);
    mem_free(t);
    return status;
}

/* ---- from bytes ----------------------------------------------------------------------------- */

mpr_status tree_take_name(struct reader *r, WCHAR *name, size_t capacity)
{
    size_t units = rd_le16(r);

    if (r->failed || units >= capacity) return ST_INVALID_DATA;
    rd_bytes(r, name, units * sizeof(WCHAR));
    name[units] = 0;
    return r->failed || wcslen(name) != units ? ST_INVALID_DATA : ST_OK;
}

mpr_status tree_take_data(struct reader *r, HKEY key, const WCHAR *name)
{
    DWORD type = rd_le32(r), size = rd_le32(r);
    const uint8_t *data = rd_span(r, size);

    if (r->failed) return ST_INVALID_DATA;
    return key ? (mpr_status)RegSetValueExW(key, name, 0, type, data, size) : ST_OK;
}

/* key NULL: looks only, here and below. */
static mpr_status take_values(struct reader *r, HKEY key, WCHAR *name)
{
    DWORD count = rd_le32(r);
    mpr_status status = r->failed ? ST_INVALID_DATA : ST_OK;

    for (DWORD i = 0; i < count && !status; i++) {
        status = tree_take_name(r, name, TREE_NAME_MAX);
        if (status == ST_OK) status = tree_take_data(r, key, name);
    }
    return status;
}

static mpr_status take_key(struct reader *r, HKEY key, WCHAR *name, unsigned depth);

static mpr_status take_subkey(struct reader *r, HKEY parent, WCHAR *name, unsigned depth)
{
    mpr_status status = tree_take_name(r, name, KEY_NAME_MAX);
    HKEY key = NULL;

    if (!status && (!*name || wcschr(name, L'\\'))) status = ST_INVALID_DATA;
    if (!status && parent) status = registry_open_below(parent, name, KEY_ALL_ACCESS, true, &key);
    if (status == ST_OK) status = take_key(r, key, name, depth);
    if (key) RegCloseKey(key);
    return status;
}

static mpr_status take_key(struct reader *r, HKEY key, WCHAR *name, unsigned depth)
{
    mpr_status status = depth < DEPTH_MAX ? take_values(r, key, name) : ST_INVALID_DATA;
    DWORD count = status ? 0 : rd_le32(r);

    if (r->failed) return ST_INVALID_DATA;
    for (DWORD i = 0; i < count && !status; i++) status = take_subkey(r, key, name, depth + 1);
    return status;
}

static mpr_status delete_root(const WCHAR *name)
{
    mpr_status status;
    HKEY root;

    status = registry_open(NULL, KEY_ALL_ACCESS, false, &root);
    if (status == ST_OK) {
        status = (mpr_status)RegDeleteTreeW(root, name);
        RegCloseKey(root);
    }
    return status == ERROR_FILE_NOT_FOUND ? ST_OK : status;
}

mpr_status tree_take_key(struct reader *r, HKEY key, WCHAR *name)
{
    return take_key(r, key, name, 0);
}

static mpr_status take_root(struct reader *r, bool apply, const WCHAR *root, WCHAR *name)
{
    uint8_t present = rd_u8(r);
    mpr_status status = r->failed || present > 1 ? ST_INVALID_DATA : ST_OK;
    HKEY key = NULL;

    if (!status && apply) status = delete_root(root);
    if (status || !present) return status;
    if (apply) status = registry_open(root, KEY_ALL_ACCESS, true, &key);
    if (status == ST_OK) status = tree_take_key(r, key, name);
    if (key) RegCloseKey(key);
    return status;
}

static mpr_status take_tree(const struct blob *tree, bool apply)
{
    WCHAR *name = mem_alloc_array(TREE_NAME_MAX, sizeof(*name));
    char magic[TREE_MAGIC_BYTES];
    struct reader r;
    mpr_status status;

    if (!name) return ST_NOT_ENOUGH_MEMORY;
    reader_init(&r, tree->data, tree->size);
    rd_bytes(&r, magic, TREE_MAGIC_BYTES);
    status = r.failed || memcmp(magic, TREE_MAGIC, TREE_MAGIC_BYTES) != 0 ? ST_INVALID_DATA : ST_OK;
    for (size_t i = 0; i < ARRAYSIZE(saved_roots) && !status; i++)
        status = take_root(&r, apply, saved_roots[i].name, name);
    if (!status && reader_left(&r)) status = ST_INVALID_DATA;
    mem_free(name);
    return status;
}

mpr_status backup_tree_check(const struct blob *tree)
{
    return take_tree(tree, false);
}

mpr_status backup_tree_apply(const struct blob *tree)
{
    return take_tree(tree, true);
}

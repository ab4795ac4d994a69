#include "win32/journal/config_undo.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/registry.h"

#define UNDO_MAGIC       "MPRUNDO1"
#define UNDO_MAGIC_BYTES 8u
#define UNDO_PATH_MAX    512u

/* Nothing else is ever changed, so nothing else is put back. */
static const WCHAR *const whole_roots[] = {
    REGISTRY_ROOT, L"SYSTEM\\CurrentControlSet\\Services\\SstpSvc",
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"};

enum { ITEM_VALUE = 1, ITEM_KEY, ITEM_PHONEBOOK };

/* ---- to bytes ------------------------------------------------------------------------------- */

static mpr_status put_u8(struct undo *u, uint8_t value)
{
    return tree_put(&u->out, &value, 1);
}

static mpr_status put_text(struct undo *u, const WCHAR *text)
{
    return tree_put_name(&u->out, text, (DWORD)wcslen(text));
}

mpr_status undo_begin(struct undo *u)
{
    mpr_status status = tree_put(&u->out, UNDO_MAGIC, UNDO_MAGIC_BYTES);

    u->count = 0;
    return status ? status : tree_put_u32(&u->out, 0);
}

static mpr_status put_item(struct undo *u, uint8_t kind, const WCHAR *path)
{
    mpr_status status = put_u8(u, kind);

    u->count++;
    return status || !path ? status : put_text(u, path);
}

static mpr_status put_value(struct undo *u, HKEY key, const WCHAR *name)
{
    DWORD size = 0;
    LSTATUS rc = RegQueryValueExW(key, name, NULL, NULL, NULL, &size);
    mpr_status status;

    if (rc == ERROR_FILE_NOT_FOUND) return put_u8(u, 0);
    if (rc != NO_ERROR) return (mpr_status)rc;
    status = put_u8(u, 1);
    return status ? status : tree_put_data(&u->out, key, name, size);
}

mpr_status undo_add_value(struct undo *u, const WCHAR *path, const WCHAR *name)
{
    mpr_status status = put_item(u, ITEM_VALUE, path);
    LSTATUS rc;
    HKEY key;

    if (status == ST_OK) status = put_text(u, name);
    if (status != ST_OK) return status;
    rc = RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key);
    if (rc == ERROR_FILE_NOT_FOUND) return put_u8(u, 0);
    if (rc != NO_ERROR) return (mpr_status)rc;
    status = put_value(u, key, name);
    RegCloseKey(key);
    return status;
}

mpr_status undo_add_key(struct undo *u, const WCHAR *path)
{
    mpr_status status = put_item(u, ITEM_KEY, path);
    LSTATUS rc;
    HKEY key;

    if (status != ST_OK) return status;
    rc = RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key);
    if (rc == ERROR_FILE_NOT_FOUND) return put_u8(u, 0);
    if (rc != NO_ERROR) return (mpr_status)rc;
    status = put_u8(u, 1);
    if (status == ST_OK) status = tree_put_key(&u->out, key);
    RegCloseKey(key);
    return status;
}

static mpr_status put_file(struct undo *u, const struct blob *data)
{
    mpr_status status = put_u8(u, 1);

    if (status == ST_OK) status = tree_put_u32(&u->out, (DWORD)data->size);
    return status ? status : tree_put(&u->out, data->data, data->size);
}

mpr_status undo_add_phonebook(struct undo *u)
{
    WCHAR path[PHONEBOOK_PATH_UNITS];
    struct blob data = {NULL, 0};
    mpr_status status = phonebook_store_path(path);

    if (status == ST_OK) status = put_item(u, ITEM_PHONEBOOK, NULL);
    if (status != ST_OK) return status;
    status = backup_file_read(path, &data);
    if (status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND) return put_u8(u, 0);
    if (status == ST_OK) status = put_file(u, &data);
    blob_free(&data);
    return status;
}

mpr_status undo_finish(struct undo *u, struct blob *ret)
{
    struct writer w;

    writer_init(&w, u->out.bytes.data + UNDO_MAGIC_BYTES, sizeof(u->count));
    wr_le32(&w, u->count);
    tree_finish(&u->out, ret);
    return ST_OK;
}

/* ---- from bytes ----------------------------------------------------------------------------- */

struct undoing {
    struct reader in;
    bool apply, registry_only;
    struct undo *again; /* what is named is added here, too */
    WCHAR path[UNDO_PATH_MAX];
    WCHAR *name; /* TREE_NAME_MAX */
};

static bool is_below(const WCHAR *path, const WCHAR *root)
{
    for (; *root; root++, path++) {
        if (u16_fold(*path) != u16_fold(*root)) return false;
    }
    return !*path || *path == L'\\';
}

static mpr_status take_path(struct undoing *u)
{
    mpr_status status = tree_take_name(&u->in, u->path, UNDO_PATH_MAX);

    if (status != ST_OK) return status;
    for (size_t i = 0; i < ARRAYSIZE(whole_roots); i++) {
        if (is_below(u->path, whole_roots[i])) return ST_OK;
    }
    return ST_INVALID_DATA;
}

static mpr_status take_present(struct undoing *u, bool *ret)
{
    uint8_t present = rd_u8(&u->in);

    *ret = present == 1;
    return u->in.failed || present > 1 ? ST_INVALID_DATA : ST_OK;
}

/* *ret is NULL unless something is to be done. */
static mpr_status open_path(struct undoing *u, bool create, HKEY *ret)
{
    *ret = NULL;
    if (!u->apply) return ST_OK;
    return registry_open_below(HKEY_LOCAL_MACHINE, u->path, KEY_ALL_ACCESS, create, ret);
}

static mpr_status gone_is_fine(mpr_status status)
{
    return status == ERROR_FILE_NOT_FOUND ? ST_OK : status;
}

static mpr_status undo_value(struct undoing *u)
{
    bool present = false;
    mpr_status status = take_path(u);
    HKEY key = NULL;

    if (status == ST_OK) status = tree_take_name(&u->in, u->name, TREE_NAME_MAX);
    if (!status && u->again) status = undo_add_value(u->again, u->path, u->name);
    if (status == ST_OK) status = take_present(u, &present);
    if (status == ST_OK) status = open_path(u, present, &key);
    if (status != ST_OK) return present ? status : gone_is_fine(status);
    if (present)
        status = tree_take_data(&u->in, key, u->name);
    else if (key)
        status = gone_is_fine((mpr_status)RegDeleteValueW(key, u->name));
    if (key) RegCloseKey(key);
    return status;
}

static mpr_status undo_key(struct undoing *u)
{
    bool present = false;
    mpr_status status = take_path(u);
    HKEY key = NULL;

    if (!status && u->again) status = undo_add_key(u->again, u->path);
    if (status == ST_OK) status = take_present(u, &present);
    if (!status && u->apply)
        status = gone_is_fine((mpr_status)RegDeleteTreeW(HKEY_LOCAL_MACHINE, u->path));
    if (status || !present) return status;
    status = open_path(u, true, &key);
    if (status == ST_OK) status = tree_take_key(&u->in, key, u->name);
    if (key) RegCloseKey(key);
    return status;
}

static mpr_status undo_phonebook(struct undoing *u)
{
    const uint8_t *data = NULL;
    bool present = false;
    mpr_status status = take_present(u, &present);
    DWORD size = 0;

    if (status != ST_OK) return status;
    if (present) {
        size = rd_le32(&u->in);
        data = rd_span(&u->in, size);
    }
    if (u->in.failed) return ST_INVALID_DATA;
    return u->apply && !u->registry_only ? backup_phonebook_put(data, size, present) : ST_OK;
}

static mpr_status undo_item(struct undoing *u)
{
    switch (rd_u8(&u->in)) {
    case ITEM_VALUE:
        return undo_value(u);
    case ITEM_KEY:
        return undo_key(u);
    case ITEM_PHONEBOOK:
        return undo_phonebook(u);
    default:
        return ST_INVALID_DATA;
    }
}

static mpr_status walk(struct undoing *u, const struct blob *undo)
{
    char magic[UNDO_MAGIC_BYTES];
    mpr_status status;
    DWORD count;

    reader_init(&u->in, undo->data, undo->size);
    rd_bytes(&u->in, magic, UNDO_MAGIC_BYTES);
    count = rd_le32(&u->in);
    status =
        u->in.failed || memcmp(magic, UNDO_MAGIC, UNDO_MAGIC_BYTES) != 0 ? ST_INVALID_DATA : ST_OK;
    for (DWORD i = 0; i < count && !status; i++) status = undo_item(u);
    return !status && reader_left(&u->in) ? ST_INVALID_DATA : status;
}

static mpr_status apply(const struct blob *undo, WCHAR *name, bool registry_only)
{
    struct undoing u = {.name = name, .registry_only = registry_only};
    mpr_status status = walk(&u, undo);

    u.apply = true;
    if (status == ST_OK) status = walk(&u, undo);
    if (status == ST_OK) registry_flush();
    return status;
}

mpr_status undo_apply(const struct blob *undo, WCHAR *name)
{
    return apply(undo, name, false);
}

mpr_status undo_apply_registry(const struct blob *undo, WCHAR *name)
{
    return apply(undo, name, true);
}

mpr_status undo_add_again(struct undo *u, const struct blob *items, WCHAR *name)
{
    struct undoing walker = {.name = name, .again = u};

    return walk(&walker, items);
}

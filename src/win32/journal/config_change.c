#include "win32/journal/config_change.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/journal/config_undo.h"
#include "win32/journal/journal.h"
#include "win32/journal/unsaved.h"
#include "win32/sys/registry.h"

#define CHANGE_PATH_MAX 512u

struct config_change {
    struct undo what;
    struct blob undo;
    struct journal journal;
    bool begun;
    WCHAR name[TREE_NAME_MAX]; /* for putting back */
};

static void free_change(struct config_change *c)
{
    blob_free(&c->what.out.bytes);
    blob_free(&c->undo);
    mem_free(c);
}

mpr_status config_change_open(struct config_change **ret)
{
    struct config_change *c = mem_alloc(sizeof(*c));
    mpr_status status;

    *ret = NULL;
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    status = journal_paths(&c->journal) ? undo_begin(&c->what) : ST_CAN_NOT_COMPLETE;
    if (status == ST_OK) status = journal_enter();
    if (status != ST_OK)
        free_change(c);
    else
        *ret = c;
    return status;
}

static bool exists(const WCHAR *path)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key)) return false;
    RegCloseKey(key);
    return true;
}

/* A key that is not there is undone with the first key above it that is not there either. */
static mpr_status add_missing(struct config_change *c, const WCHAR *path)
{
    WCHAR above[CHANGE_PATH_MAX];

    if (!u16_copy(above, CHANGE_PATH_MAX, path)) return ST_INVALID_PARAMETER;
    for (size_t i = 0; above[i]; i++) {
        if (above[i] != L'\\') continue;
        above[i] = 0;
        if (!exists(above)) break;
        above[i] = L'\\';
    }
    return undo_add_key(&c->what, above);
}

mpr_status config_change_values(struct config_change *c, const WCHAR *path,
                                const WCHAR *const *names, size_t count)
{
    mpr_status status = ST_OK;

    if (!exists(path)) return add_missing(c, path);
    for (size_t i = 0; i < count && !status; i++) status = undo_add_value(&c->what, path, names[i]);
    return status;
}

mpr_status config_change_key(struct config_change *c, const WCHAR *path)
{
    return exists(path) ? undo_add_key(&c->what, path) : add_missing(c, path);
}

mpr_status config_change_phonebook(struct config_change *c)
{
    return undo_add_phonebook(&c->what);
}

mpr_status config_change_begin(struct config_change *c)
{
    mpr_status status = undo_finish(&c->what, &c->undo);

    if (status == ST_OK) status = journal_make(&c->journal);
    if (status == ST_OK) status = backup_file_write(c->journal.undo, c->undo.data, c->undo.size);
    if (status == ST_OK) status = journal_set_state(&c->journal, JOURNAL_UNDO);
    c->begun = !status;
    if (status != ST_OK) journal_end(&c->journal);
    return status;
}

static void put_back(struct config_change *c)
{
    mpr_status status = undo_apply(&c->undo, c->name);

    if (status == ST_OK) status = unsaved_note(&c->undo);
    if (status == ST_OK) status = journal_end(&c->journal);
    if (status != ST_OK)
        TRACE(ERROR,
              "change: what was there could not be put back (error %u); the next start tries again",
              status);
}

static mpr_status end(struct config_change *c)
{
    mpr_status status = unsaved_note_again(&c->undo, c->name);

    registry_flush();
    return status == ST_OK ? journal_end(&c->journal) : status;
}

mpr_status config_change_close(struct config_change *c, mpr_status status)
{
    if (c->begun) {
        if (status == ST_OK) status = end(c);
        if (status != ST_OK) put_back(c);
    }
    journal_leave();
    free_change(c);
    return status;
}

mpr_status config_change_run(const WCHAR *path, const WCHAR *const *names, size_t count,
                             config_change_write_fn *write, void *context)
{
    WCHAR full[CHANGE_PATH_MAX];
    struct config_change *c;
    mpr_status status = config_change_open(&c);

    if (status != ST_OK) return status;
    _snwprintf(full, CHANGE_PATH_MAX, L"%ls\\%ls", REGISTRY_ROOT, path);
    full[CHANGE_PATH_MAX - 1] = 0;
    status = config_change_values(c, full, names, count);
    if (status == ST_OK) status = config_change_begin(c);
    if (status == ST_OK) status = write(context);
    return config_change_close(c, status);
}

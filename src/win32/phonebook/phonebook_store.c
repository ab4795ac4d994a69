/* One parsed phone book, kept with the size and time of the file that it was read from, or why the
 * file was refused.
 *
 * Every function looks at the file first and reads it again when it is another one. A change reads
 * it in any case, with all other processes that change it kept out, since size and time may be the
 * same in another file. It is made to the kept one and written as a whole. When writing fails the
 * kept one is dropped.
 */
#include "win32/phonebook/phonebook_store.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/phonebook/phonebook_file.h"
#include "win32/phonebook/phonebook_lock.h"
#include "win32/sys/replace_file.h"

static struct {
    SRWLOCK lock;
    struct phonebook *book; /* NULL: nothing is kept */
    mpr_status refusal;     /* without book: why the file as of stamp was refused, or ST_OK */
    struct file_stamp stamp;
    uint64_t version; /* another one whenever book's content is, or may be */
    WCHAR path[PHONEBOOK_PATH_UNITS];
} store = {.lock = SRWLOCK_INIT};

static void drop(void)
{
    if (store.book) store.version++;
    phonebook_free(store.book);
    store.book = NULL;
    store.refusal = ST_OK;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Where the file is now. */
static mpr_status find_path(void)
{
    WCHAR path[PHONEBOOK_PATH_UNITS];
    mpr_status status = phonebook_store_path(path);

    if (status != ST_OK || !wcscmp(path, store.path)) return status;
    drop();
    u16_copy(store.path, PHONEBOOK_PATH_UNITS, path);
    return ST_OK;
}

/* Reads the file, whatever is kept. What is kept stays if that is what the file says. */
static mpr_status read_file(void)
{
    struct blob data = {NULL, 0};
    struct file_stamp stamp = {0, 0};
    mpr_status status = phonebook_file_stamp(store.path, &stamp);

    if (status == ST_OK) status = phonebook_file_read(store.path, &data);
    if (status != ST_OK || !store.book || !phonebook_is(store.book, data.data, data.size)) {
        drop();
        if (status == ST_OK) {
            status = phonebook_file_parse(store.path, &data, &store.book);
            store.version++;
            if (status == ST_CANNOT_LOAD_PHONEBOOK) store.refusal = status;
        }
    }
    blob_free(&data);
    store.stamp = stamp;
    return status;
}

/* Makes store.book what the file is now, as far as size and time tell. Lock held. */
static mpr_status load(void)
{
    struct file_stamp stamp;
    mpr_status status = find_path();

    if (status != ST_OK) return status;
    status = phonebook_file_stamp(store.path, &stamp);
    if (status != ST_OK) {
        drop();
        return status;
    }
    if ((store.book || store.refusal != ST_OK) && stamp.size == store.stamp.size &&
        stamp.time == store.stamp.time)
        return store.refusal;
    return read_file();
}

static mpr_status read_locked(const char16_t *name, struct phonebook_settings *settings)
{
    const struct phonebook_entry *entry;
    mpr_status status = load();

    if (status != ST_OK) return status;
    entry = phonebook_find(store.book, name);
    if (!entry) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    return settings ? phonebook_entry_settings(entry, settings) : ST_OK;
}

mpr_status phonebook_store_read(const char16_t *name, struct phonebook_settings *settings)
{
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = read_locked(name, settings);
    ReleaseSRWLockExclusive(&store.lock);
    return status;
}

mpr_status phonebook_store_refresh(void)
{
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = find_path();
    if (status == ST_OK) status = read_file();
    ReleaseSRWLockExclusive(&store.lock);
    return status;
}

void phonebook_store_tidy(void)
{
    AcquireSRWLockExclusive(&store.lock);
    if (find_path() == ST_OK && phonebook_lock_enter() == ST_OK) {
        replace_file_tidy(store.path);
        phonebook_lock_leave();
    }
    ReleaseSRWLockExclusive(&store.lock);
}

/* ---- writing -------------------------------------------------------------------------------- */

/* From here to change_end, this thread alone of all processes changes the file, which is to be read
 * first. A failure is without change_end. */
static mpr_status change_begin(void)
{
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = find_path();
    if (status == ST_OK) status = phonebook_lock_enter();
    if (status != ST_OK) ReleaseSRWLockExclusive(&store.lock);
    return status;
}

static void change_end(void)
{
    phonebook_lock_leave();
    ReleaseSRWLockExclusive(&store.lock);
}

/* Writes store.book, which has been changed. */
static mpr_status save(void)
{
    struct blob data = {NULL, 0};
    mpr_status status = phonebook_write(store.book, &data);

    if (status == ST_OK) status = phonebook_file_replace(store.path, &data);
    blob_free(&data);
    store.version++;
    if (status || phonebook_file_stamp(store.path, &store.stamp)) drop();
    return status;
}

static mpr_status write_locked(const char16_t *name, const struct phonebook_settings *settings)
{
    mpr_status status = read_file();

    if (status == ST_CANNOT_OPEN_PHONEBOOK) status = phonebook_parse(&store.book, NULL, 0, NULL);
    if (status != ST_OK) return status;
    status = phonebook_find(store.book, name) ? phonebook_replace(store.book, name, settings)
                                              : phonebook_add(store.book, name, settings);
    return status ? status : save();
}

mpr_status phonebook_store_write(const char16_t *name, const struct phonebook_settings *settings)
{
    mpr_status status = change_begin();

    if (status != ST_OK) return status;
    status = write_locked(name, settings);
    change_end();
    return status;
}

/* *ret is the file without the entry. ST_CANNOT_FIND_PHONEBOOK_ENTRY: it is without it. */
static mpr_status prepare_removal(const char16_t *name, struct blob *ret)
{
    mpr_status status = read_file();

    if (status == ST_CANNOT_OPEN_PHONEBOOK) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    if (status == ST_OK) status = phonebook_remove(store.book, name);
    return status == ST_OK ? phonebook_write(store.book, ret) : status;
}

static mpr_status remove_locked(const char16_t *name, phonebook_act_fn *act, void *context)
{
    struct blob data = {NULL, 0};
    mpr_status entry_status = prepare_removal(name, &data), status = ST_OK;
    bool removed;

    if (entry_status == ST_NOT_ENOUGH_MEMORY)
        status = entry_status;
    else if (act)
        status = act(context);
    removed = status == ST_OK && entry_status == ST_OK;
    if (removed) entry_status = phonebook_file_replace(store.path, &data);
    blob_free(&data);
    store.version++;
    /* What is kept is what is in the file. */
    if (!removed || entry_status || phonebook_file_stamp(store.path, &store.stamp)) drop();
    if (entry_status == ST_CANNOT_FIND_PHONEBOOK_ENTRY) entry_status = ST_OK;
    if (status || !act) return status ? status : entry_status;
    if (entry_status)
        TRACE(ERROR, "phone-book entry \"%s\" could not be removed: %s", trace_u16(name).text,
              status_name(entry_status));
    return ST_OK;
}

mpr_status phonebook_store_remove(const char16_t *name, phonebook_act_fn *act, void *context)
{
    mpr_status status = change_begin();

    /* No way to the file is no reason to keep what was to go with the entry; no memory is. */
    if (status != ST_OK && (!act || status == ST_NOT_ENOUGH_MEMORY)) return status;
    if (status != ST_OK) return act(context);
    status = remove_locked(name, act, context);
    change_end();
    return status;
}

/* ---- a copy ---------------------------------------------------------------------------------- */

mpr_status phonebook_store_copy(struct phonebook_copy *ret)
{
    mpr_status status;

    *ret = (struct phonebook_copy){.existed = false};
    AcquireSRWLockExclusive(&store.lock);
    status = load();
    if (status == ST_OK) status = phonebook_write(store.book, &ret->data);
    ret->existed = status == ST_OK;
    ret->version = store.version;
    ReleaseSRWLockExclusive(&store.lock);
    return status == ST_CANNOT_OPEN_PHONEBOOK ? ST_OK : status;
}

/* Whether the file is the copied one with the one change that this process has made since. */
static bool only_changed_here(const struct phonebook_copy *copy)
{
    struct file_stamp now;

    return store.book && store.version == copy->version + 1 &&
           phonebook_file_stamp(store.path, &now) == ST_OK && now.size == store.stamp.size &&
           now.time == store.stamp.time;
}

/* Others have changed the file, too: the one entry as it was. */
static mpr_status put_entry_back(const struct phonebook_copy *copy, const char16_t *name)
{
    struct phonebook *former;
    mpr_status status = phonebook_parse(&former, copy->data.data, copy->data.size, NULL);

    if (status != ST_OK) return status;
    status = read_file();
    if (status == ST_OK) status = phonebook_put(store.book, name, former);
    phonebook_free(former);
    return status == ST_OK ? save() : status;
}

static mpr_status put_back_locked(const struct phonebook_copy *copy, const char16_t *name)
{
    if (!only_changed_here(copy)) return put_entry_back(copy, name);
    drop();
    if (copy->existed) return phonebook_file_replace(store.path, &copy->data);
    return phonebook_file_remove(store.path);
}

mpr_status phonebook_store_put_back(const struct phonebook_copy *copy, const char16_t *name)
{
    mpr_status status = change_begin();

    if (status != ST_OK) return status;
    status = put_back_locked(copy, name);
    change_end();
    return status;
}

void phonebook_copy_free(struct phonebook_copy *copy)
{
    blob_free(&copy->data);
}

/* ---- anything else -------------------------------------------------------------------------- */

mpr_status phonebook_store_look(const char16_t *name, phonebook_look_fn *look, void *context)
{
    const struct phonebook_entry *entry;
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = load();
    entry = status == ST_OK ? phonebook_find(store.book, name) : NULL;
    if (status == ST_OK) status = entry ? look(entry, context) : ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    ReleaseSRWLockExclusive(&store.lock);
    return status;
}

mpr_status phonebook_store_change(const char16_t *name, phonebook_change_fn *change, void *context)
{
    mpr_status status = change_begin();

    if (status != ST_OK) return status;
    status = read_file();
    if (status == ST_OK) status = change(store.book, name, context);
    if (status == ST_OK) status = save();
    change_end();
    return status;
}

mpr_status phonebook_store_delete(void)
{
    mpr_status status = change_begin();

    if (status != ST_OK) return status;
    drop();
    status = phonebook_file_remove(store.path);
    change_end();
    return status;
}

/* What is kept is of a fixed size and forgets the oldest, so nothing can fail for it.
 *
 * Most interfaces have no key of their own. A name that is asked for costs a request to learn that;
 * when as many have been spent as there are keys, their names are listed, and from then on it costs
 * nothing.
 */
#include "win32/link/dialer_keys.h"

#include <string.h>

#include "base/utf16.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_watch.h"

#define KEYS       L"Parameters\\Dialers"
#define ROWS       16u
#define NAMES      64u
#define NAME_UNITS 257u /* of a key's name at most, with the terminator */

static struct {
    SRWLOCK lock;
    uint32_t as_of; /* of registry_watch_look; 0: nothing is known */
    HKEY parent;    /* NULL: there are no dialers */
    struct row {
        char16_t name[NAME_UNITS]; /* "": none */
        mpr_status status;         /* ST_OK, ST_INVALID_DATA, ST_NOT_FOUND */
        struct dial_plan plan;
    } rows[ROWS];
    unsigned next; /* which of them is the oldest */
    DWORD keys;    /* below parent */
    DWORD missed;
    char16_t names[NAMES][NAME_UNITS]; /* the keys' */
    bool listed;
} kept = {.lock = SRWLOCK_INIT};

static void forget(void)
{
    if (kept.parent) RegCloseKey(kept.parent);
    kept.parent = NULL;
    for (unsigned n = 0; n < ROWS; n++) kept.rows[n].name[0] = 0;
    kept.keys = kept.missed = 0;
    kept.listed = false;
    kept.as_of = 0;
}

/* Makes what is kept be of now. */
static void refresh(void)
{
    uint32_t now = registry_watch_look();

    if (kept.as_of == now) return;
    forget();
    kept.as_of = now;
    if (registry_open(KEYS, KEY_READ, false, &kept.parent) != ST_OK) return;
    if (RegQueryInfoKeyW(kept.parent, NULL, NULL, NULL, &kept.keys, NULL, NULL, NULL, NULL, NULL,
                         NULL, NULL))
        kept.keys = NAMES + 1;
}

static void list_names(void)
{
    DWORD n;

    for (n = 0; n < NAMES; n++) {
        DWORD units = NAME_UNITS;
        LONG rc = RegEnumKeyExW(kept.parent, n, kept.names[n], &units, NULL, NULL, NULL, NULL);

        if (rc != ERROR_SUCCESS) {
            kept.listed = rc == ERROR_NO_MORE_ITEMS;
            break;
        }
    }
    kept.keys = n;
}

/* Whether the names are listed and this is none of them. */
static bool known_missing(const char16_t *name)
{
    if (!kept.listed && kept.keys < NAMES && kept.missed >= kept.keys) list_names();
    if (!kept.listed) return false;
    for (DWORD n = 0; n < kept.keys; n++) {
        if (u16_equal_nocase(kept.names[n], name)) return false;
    }
    return true;
}

static struct row *find_row(const char16_t *name)
{
    for (unsigned n = 0; n < ROWS; n++) {
        if (kept.rows[n].name[0] && u16_equal_nocase(kept.rows[n].name, name)) return &kept.rows[n];
    }
    return NULL;
}

static mpr_status read_key(const char16_t *name, dialer_key_fn *read, struct dial_plan *ret)
{
    HKEY key;
    mpr_status status = registry_open_below(kept.parent, name, KEY_READ, false, &key);

    memset(ret, 0, sizeof(*ret));
    if (status != ST_OK) return ST_NOT_FOUND;
    status = read(key, ret);
    RegCloseKey(key);
    return status;
}

/* ST_NOT_FOUND too for what can't be the name of a key here: a backslash leads to one below. */
static mpr_status find(const char16_t *name, dialer_key_fn *read, struct dial_plan *ret)
{
    struct row *row = find_row(name);
    mpr_status status;

    if (row) {
        *ret = row->plan;
        return row->status;
    }
    if (!*name || wcschr((const WCHAR *)name, L'\\') || known_missing(name)) return ST_NOT_FOUND;
    status = read_key(name, read, ret);
    if (status == ST_NOT_FOUND) kept.missed++;
    row = &kept.rows[kept.next];
    if (status == ST_NOT_ENOUGH_MEMORY || !u16_copy(row->name, NAME_UNITS, name)) return status;
    kept.next = (kept.next + 1) % ROWS;
    row->status = status;
    row->plan = *ret;
    return status;
}

mpr_status dialer_keys_find(const char16_t *const *names, size_t count, dialer_key_fn *read,
                            struct dial_plan *ret, size_t *ret_which)
{
    mpr_status status = ST_NOT_FOUND;

    AcquireSRWLockExclusive(&kept.lock);
    refresh();
    for (size_t n = 0; n < count && kept.parent && status == ST_NOT_FOUND; n++) {
        status = find(names[n], read, ret);
        *ret_which = n;
    }
    ReleaseSRWLockExclusive(&kept.lock);
    return status;
}

void dialer_keys_stop(void)
{
    AcquireSRWLockExclusive(&kept.lock);
    forget();
    ReleaseSRWLockExclusive(&kept.lock);
}

/* A registry in memory, as far as src/win32 uses one: names without case, values of any type and
 * size. One thread; keys that are open when they are deleted stay until they are closed.
 *
 * Fuzzing spends its time here unless this is quick, and this is not what is tested. So this file
 * is built without sanitizers and coverage; names are compared by a hash first; blocks come from
 * a pool. What the fuzzed code hands in or gets is copied with memcpy, which AddressSanitizer
 * checks wherever it is called from. */
#include "win32/sys/windows_api.h"

#include "base/utf16.h"

struct value {
    struct value *next;
    uint32_t hash;
    DWORD type, size;
    BYTE *data;
    WCHAR name[];
};

struct key {
    struct key *children, *next;
    struct value *values;
    unsigned uses; /* handles, and one for being in the tree */
    uint32_t hash;
    WCHAR name[];
};

static struct key machine = {.uses = 1};

/* ---- pool: blocks of powers of two, given back to lists ----------------------------------------
 */

#define CLASSES 48u
#define CHUNK   ((size_t)1 << 20)

struct block {
    struct block *next; /* while free */
    size_t class;
};
static struct block *pool[CLASSES];

static struct block *carve(size_t class)
{
    static char *chunk;
    static size_t left;
    size_t size = sizeof(struct block) + ((size_t)1 << class);
    struct block *b;

    if (size > CHUNK) {
        b = malloc(size);
    } else {
        if (size > left) {
            chunk = malloc(CHUNK);
            left = CHUNK;
        }
        b = (struct block *)(void *)chunk;
        chunk += size;
        left -= size;
    }
    if (!b) abort();
    b->class = class;
    return b;
}

static void *take(size_t size)
{
    size_t class = 4;
    struct block *b;

    while ((size_t)1 << class < size) class ++;
    b = pool[class];
    if (b)
        pool[class] = b->next;
    else
        b = carve(class);
    return b + 1;
}

static void give_back(void *memory)
{
    struct block *b;

    if (!memory) return;
    b = (struct block *)memory - 1;
    b->next = pool[b->class];
    pool[b->class] = b;
}

/* ---- names -------------------------------------------------------------------------------------
 */

static WCHAR folded(WCHAR unit)
{
    if (unit >= 0x80) return u16_fold(unit);
    return unit >= L'a' && unit <= L'z' ? (WCHAR)(unit - 0x20) : unit;
}

static uint32_t hash_of(const WCHAR *name, size_t units)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < units; i++) hash = (hash ^ folded(name[i])) * 16777619u;
    return hash;
}

static size_t length(const WCHAR *name)
{
    size_t units = 0;

    while (name[units]) units++;
    return units;
}

/* `mine` ends with a zero. */
static bool same(const WCHAR *mine, const WCHAR *name, size_t units)
{
    for (size_t i = 0; i < units; i++) {
        if (folded(mine[i]) != folded(name[i])) return false;
    }
    return !mine[units];
}

/* Not inlined, so that memset sees a size that it has to check. */
static __attribute__((noinline)) void zero(void *memory, size_t size)
{
    memset(memory, 0, size);
}

/* ---- keys --------------------------------------------------------------------------------------
 */

static void free_value(struct value *v)
{
    give_back(v->data);
    give_back(v);
}

/* Children hold on to nothing of their parent. */
static void unuse(struct key *k)
{
    if (--k->uses) return;
    while (k->values) {
        struct value *v = k->values;

        k->values = v->next;
        free_value(v);
    }
    while (k->children) {
        struct key *child = k->children;

        k->children = child->next;
        unuse(child);
    }
    give_back(k);
}

static struct key *key_of(HKEY handle)
{
    return handle == HKEY_LOCAL_MACHINE ? &machine : (struct key *)(void *)handle;
}

static struct key **find_child(struct key *k, const WCHAR *name, size_t units)
{
    uint32_t hash = hash_of(name, units);
    struct key **at = &k->children;

    while (*at && ((*at)->hash != hash || !same((*at)->name, name, units))) at = &(*at)->next;
    return at;
}

static struct key *new_key(const WCHAR *name, size_t units)
{
    struct key *k = take(sizeof(*k) + (units + 1) * sizeof(*name));

    *k = (struct key){.uses = 1, .hash = hash_of(name, units)};
    memcpy(k->name, name, units * sizeof(*name));
    k->name[units] = 0;
    return k;
}

/* Along a path; NULL when a part of it is missing and not to be made. */
static struct key *walk(struct key *k, const WCHAR *path, bool create, bool *ret_created)
{
    while (*path) {
        size_t units = 0;
        struct key **at;

        while (path[units] && path[units] != L'\\') units++;
        at = find_child(k, path, units);
        if (!*at && !create) return NULL;
        if (!*at) {
            *at = new_key(path, units);
            *ret_created = true;
        }
        k = *at;
        path += units;
        while (*path == L'\\') path++;
    }
    return k;
}

static LSTATUS open_key(HKEY parent, const WCHAR *path, bool create, HKEY *ret, DWORD *disposition)
{
    bool created = false;
    struct key *k = walk(key_of(parent), path ? path : L"", create, &created);

    *ret = NULL;
    if (!k) return ERROR_FILE_NOT_FOUND;
    k->uses++;
    *ret = (HKEY)(void *)k;
    if (disposition) *disposition = created ? REG_CREATED_NEW_KEY : REG_OPENED_EXISTING_KEY;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegOpenKeyExW(HKEY parent, LPCWSTR path, DWORD options, REGSAM access, PHKEY ret)
{
    (void)options, (void)access;
    return open_key(parent, path, false, ret, NULL);
}

LSTATUS WINAPI RegCreateKeyExW(HKEY parent, LPCWSTR path, DWORD reserved, LPWSTR class,
                               DWORD options, REGSAM access, const LPSECURITY_ATTRIBUTES attributes,
                               PHKEY ret, LPDWORD disposition)
{
    (void)reserved, (void)class, (void)options, (void)access, (void)attributes;
    return open_key(parent, path, true, ret, disposition);
}

LSTATUS WINAPI RegCloseKey(HKEY key)
{
    if (key && key != HKEY_LOCAL_MACHINE) unuse(key_of(key));
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegFlushKey(HKEY key)
{
    (void)key;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegSetKeySecurity(HKEY key, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR d)
{
    (void)key, (void)what, (void)d;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegDeleteTreeW(HKEY parent, LPCWSTR path)
{
    struct key *above = key_of(parent), **at, *gone;
    const WCHAR *name = path, *slash;

    while (above && (slash = shim_wcschr(name, L'\\')) != NULL) {
        at = find_child(above, name, (size_t)(slash - name));
        above = *at;
        name = slash + 1;
    }
    if (!above) return ERROR_FILE_NOT_FOUND;
    at = find_child(above, name, length(name));
    gone = *at;
    if (!gone) return ERROR_FILE_NOT_FOUND;
    *at = gone->next;
    gone->next = NULL;
    unuse(gone);
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegDeleteKeyW(HKEY parent, LPCWSTR name)
{
    const struct key *gone = *find_child(key_of(parent), name, length(name));

    if (gone && gone->children) return ERROR_ACCESS_DENIED;
    return RegDeleteTreeW(parent, name);
}

/* ---- values --------------------------------------------------------------------------------- */

static struct value **find_value(HKEY key, const WCHAR *name)
{
    struct value **at = &key_of(key)->values;
    size_t units;
    uint32_t hash;

    if (!name) name = L"";
    units = length(name);
    hash = hash_of(name, units);
    while (*at && ((*at)->hash != hash || !same((*at)->name, name, units))) at = &(*at)->next;
    return at;
}

static struct value *new_value(const WCHAR *name)
{
    size_t units = name ? length(name) : 0;
    struct value *v = take(sizeof(*v) + (units + 1) * sizeof(*name));

    *v = (struct value){.hash = hash_of(name, units)};
    if (units) memcpy(v->name, name, units * sizeof(*name));
    v->name[units] = 0;
    return v;
}

LSTATUS WINAPI RegSetValueExW(HKEY key, LPCWSTR name, DWORD reserved, DWORD type, const BYTE *data,
                              DWORD size)
{
    struct value **at = find_value(key, name);

    (void)reserved;
    if (!*at) *at = new_value(name);
    give_back((*at)->data);
    (*at)->data = take(size);
    if (size) memcpy((*at)->data, data, size);
    (*at)->size = size;
    (*at)->type = type;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegDeleteValueW(HKEY key, LPCWSTR name)
{
    struct value **at = find_value(key, name), *gone = *at;

    if (!gone) return ERROR_FILE_NOT_FOUND;
    *at = gone->next;
    free_value(gone);
    return ERROR_SUCCESS;
}

static LSTATUS give(const struct value *v, DWORD *type, BYTE *data, DWORD *size)
{
    DWORD room = size ? *size : 0;

    if (type) *type = v->type;
    if (size) *size = v->size;
    if (!data) return ERROR_SUCCESS;
    if (room < v->size) return ERROR_MORE_DATA;
    if (v->size) memcpy(data, v->data, v->size);
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegQueryValueExW(HKEY key, LPCWSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data,
                                LPDWORD size)
{
    const struct value *v = *find_value(key, name);

    (void)reserved;
    return v ? give(v, type, data, size) : ERROR_FILE_NOT_FOUND;
}

/* The two types that are asked for; a text gets its terminator, for which there must be room. */
LSTATUS WINAPI RegGetValueW(HKEY key, LPCWSTR path, LPCWSTR name, DWORD flags, LPDWORD type,
                            PVOID data, LPDWORD size)
{
    const struct value *v = *find_value(key, name);
    WCHAR *text = data;
    DWORD units;

    if (path || !size) abort();
    if (!v) return ERROR_FILE_NOT_FOUND;
    if (v->type != (flags & RRF_RT_REG_SZ ? REG_SZ : REG_DWORD)) return ERROR_UNSUPPORTED_TYPE;
    if (v->type == REG_DWORD)
        return v->size == sizeof(DWORD) ? give(v, type, data, size) : ERROR_INVALID_DATA;
    if (v->size + sizeof(WCHAR) > *size) return ERROR_MORE_DATA;
    if (v->size) memcpy(text, v->data, v->size);
    units = v->size / sizeof(WCHAR);
    zero(text + units, sizeof(*text));
    *size = (units + 1) * sizeof(WCHAR);
    return ERROR_SUCCESS;
}

/* ---- enumerations --------------------------------------------------------------------------- */

static LSTATUS give_name(const WCHAR *name, WCHAR *ret, DWORD *units)
{
    size_t count = length(name);

    if (count >= *units) return ERROR_MORE_DATA;
    memcpy(ret, name, (count + 1) * sizeof(*name));
    *units = (DWORD)count;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegEnumKeyExW(HKEY key, DWORD index, LPWSTR name, LPDWORD units, LPDWORD reserved,
                             LPWSTR class, LPDWORD class_units, PFILETIME written)
{
    const struct key *k = key_of(key)->children;

    (void)reserved, (void)class, (void)class_units, (void)written;
    while (k && index--) k = k->next;
    return k ? give_name(k->name, name, units) : ERROR_NO_MORE_ITEMS;
}

LSTATUS WINAPI RegEnumValueW(HKEY key, DWORD index, LPWSTR name, LPDWORD units, LPDWORD reserved,
                             LPDWORD type, LPBYTE data, LPDWORD size)
{
    const struct value *v = key_of(key)->values;
    LSTATUS rc;

    (void)reserved;
    while (v && index--) v = v->next;
    if (!v) return ERROR_NO_MORE_ITEMS;
    rc = give_name(v->name, name, units);
    return rc ? rc : give(v, type, data, size);
}

/* Only the number of subkeys. */
LSTATUS WINAPI RegQueryInfoKeyW(HKEY key, LPWSTR class, LPDWORD class_units, LPDWORD reserved,
                                LPDWORD subkeys, LPDWORD longest_subkey, LPDWORD longest_class,
                                LPDWORD values, LPDWORD longest_name, LPDWORD largest_data,
                                LPDWORD descriptor, PFILETIME written)
{
    (void)class, (void)class_units, (void)reserved, (void)longest_subkey, (void)longest_class;
    (void)longest_name, (void)largest_data, (void)descriptor;
    if (values) {
        *values = 0;
        for (const struct value *v = key_of(key)->values; v; v = v->next) ++*values;
    }
    if (written) *written = (FILETIME){0, 0}; /* nobody else writes */
    if (!subkeys) return ERROR_SUCCESS;
    *subkeys = 0;
    for (const struct key *k = key_of(key)->children; k; k = k->next) ++*subkeys;
    return ERROR_SUCCESS;
}

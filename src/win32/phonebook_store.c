/* One parsed phone book, kept with the size and time of the file that it was read from.
 *
 * Every function looks at the file first and reads it again when it is another one. A change is
 * made to the kept one and written to a new file beside, which then replaces the old: a crash or
 * a full disk in between leaves the old file. When writing fails the kept one is dropped.
 */
#include "win32/phonebook_store.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/dial_select.h"
#include "win32/registry.h"
#include "win32/security.h"

#define FILE_MAX_BYTES (1u << 30)
#define PATH_UNITS     PHONEBOOK_PATH_UNITS

struct file_stamp {
    ULONGLONG size, time;
};

static struct {
    SRWLOCK lock;
    struct phonebook *book; /* NULL: nothing is kept */
    struct file_stamp stamp;
    WCHAR path[PATH_UNITS];
} store = {.lock = SRWLOCK_INIT};

static void drop(void)
{
    phonebook_free(store.book);
    store.book = NULL;
}

/* ---- where ---------------------------------------------------------------------------------- */

/* *ret is false when no path is configured. Without memory that can't be told: to go on with the
 * default would be to read, or write, another file. */
static mpr_status configured_path(WCHAR *path, bool *ret)
{
    WCHAR *text = NULL;
    HKEY key;
    DWORD units = 0;
    mpr_status status;

    *ret = false;
    if (registry_open(L"Parameters", KEY_READ, false, &key)) return ST_OK;
    status = registry_get_text(key, L"PhonebookPath", &text);
    if (status == ST_OK) units = ExpandEnvironmentStringsW(text, path, PATH_UNITS);
    RegCloseKey(key);
    mem_free(text);
    *ret = units > 1 && units <= PATH_UNITS;
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* A 32-bit process on a 64-bit system reaches the real System32 by another name. */
static bool default_path(WCHAR *path)
{
    BOOL emulated = FALSE;
    UINT units;

    IsWow64Process(GetCurrentProcess(), &emulated);
    units = emulated ? GetWindowsDirectoryW(path, PATH_UNITS - 48)
                     : GetSystemDirectoryW(path, PATH_UNITS - 48);
    if (!units || units >= PATH_UNITS - 48) return false;
    return u16_copy(path + units, PATH_UNITS - units,
                    emulated ? u"\\Sysnative\\ras\\router.pbk" : u"\\ras\\router.pbk");
}

mpr_status phonebook_store_path(char16_t path[PHONEBOOK_PATH_UNITS])
{
    bool configured;
    mpr_status status = configured_path(path, &configured);

    if (status) return status;
    return configured || default_path(path) ? ST_OK : ST_CANNOT_OPEN_PHONEBOOK;
}

bool phonebook_store_folder(char16_t path[PHONEBOOK_PATH_UNITS])
{
    WCHAR *end;

    if (!default_path(path)) return false;
    end = wcsrchr(path, L'\\');
    if (end) *end = 0;
    return end != NULL;
}

/* ---- reading -------------------------------------------------------------------------------- */

static mpr_status stamp_of(const WCHAR *path, struct file_stamp *ret)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data)) return ST_CANNOT_OPEN_PHONEBOOK;
    ret->size = (ULONGLONG)data.nFileSizeHigh << 32 | data.nFileSizeLow;
    ret->time =
        (ULONGLONG)data.ftLastWriteTime.dwHighDateTime << 32 | data.ftLastWriteTime.dwLowDateTime;
    return ST_OK;
}

static mpr_status read_all(HANDLE file, struct blob *ret)
{
    LARGE_INTEGER size;
    DWORD got = 0;

    if (!GetFileSizeEx(file, &size) || size.QuadPart > FILE_MAX_BYTES)
        return ST_CANNOT_LOAD_PHONEBOOK;
    ret->data = mem_alloc((size_t)size.QuadPart);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    ret->size = (size_t)size.QuadPart;
    if (!ReadFile(file, ret->data, (DWORD)ret->size, &got, NULL)) return ST_CANNOT_LOAD_PHONEBOOK;
    ret->size = got;
    return ST_OK;
}

static mpr_status read_file(const WCHAR *path, struct blob *ret)
{
    HANDLE file =
        CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                    NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    mpr_status status;

    if (file == INVALID_HANDLE_VALUE) {
        DWORD error = GetLastError();
        TRACE(ERROR, "phone book: \"%s\" can't be opened (error %lu)",
              trace_u16((const char16_t *)path).text, error);
        return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND
                   ? ST_CANNOT_OPEN_PHONEBOOK
                   : ST_CANNOT_LOAD_PHONEBOOK;
    }
    status = read_all(file, ret);
    CloseHandle(file);
    return status;
}

static mpr_status parse(const WCHAR *path, const struct blob *data)
{
    struct phonebook_error error = {0, NULL};
    mpr_status status = phonebook_parse(&store.book, data->data, data->size, &error);

    if (status == ST_CANNOT_LOAD_PHONEBOOK)
        TRACE(ERROR, "phone book: \"%s\", line %u: %s", trace_u16((const char16_t *)path).text,
              (unsigned)error.line, error.reason ? error.reason : "malformed");
    return status;
}

/* Makes store.book what the file is now. Lock held. */
static mpr_status load(void)
{
    WCHAR path[PATH_UNITS];
    struct file_stamp stamp;
    struct blob data = {NULL, 0};
    mpr_status status = phonebook_store_path(path);

    if (status) return status;
    if (wcscmp(path, store.path) != 0) drop();
    u16_copy(store.path, PATH_UNITS, path);
    status = stamp_of(path, &stamp);
    if (status) {
        drop();
        return status;
    }
    if (store.book && stamp.size == store.stamp.size && stamp.time == store.stamp.time)
        return ST_OK;
    drop();
    status = read_file(path, &data);
    if (!status) status = parse(path, &data);
    blob_free(&data);
    store.stamp = stamp;
    return status;
}

static mpr_status read_locked(const char16_t *name, struct phonebook_settings *settings)
{
    const struct phonebook_entry *entry;
    mpr_status status = load();

    if (status) return status;
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

mpr_status phonebook_store_dial(const char16_t *name, struct dial_entry *entry,
                                struct dial_plan *plan)
{
    struct phonebook_settings s;
    mpr_status status = phonebook_store_read(name, &s);

    memset(entry, 0, sizeof(*entry));
    memset(plan, 0, sizeof(*plan));
    if (status) return status;
    entry->redial_attempts = s.redial_attempts;
    entry->redial_seconds = s.redial_seconds;
    entry->redial_on_link_failure = s.redial_on_link_failure != 0;
    entry->idle_disconnect_seconds = s.idle_disconnect_seconds;
    entry->vpn_strategy = s.vpn_strategy;
    memcpy(entry->guid, s.guid, sizeof(entry->guid));
    u16_copy(entry->device_type, ARRAYSIZE(entry->device_type), s.device_type);
    u16_copy(entry->device_name, ARRAYSIZE(entry->device_name), s.device_name);
    u16_copy(entry->phone_number, ARRAYSIZE(entry->phone_number), s.phone_number);
    if (s.device_count) status = dial_select(name, &s, plan);
    entry->device_count = plan->kind == DIALER_NONE ? 0 : s.device_count;
    if (!status && !entry->device_count)
        TRACE(WARNING, "phone book: entry \"%s\" has no usable device (\"%s\")",
              trace_u16(name).text, trace_u16(s.device_name).text);
    phonebook_settings_free(&s);
    return status;
}

/* ---- writing -------------------------------------------------------------------------------- */

static bool write_new(const WCHAR *path, SECURITY_ATTRIBUTES *attributes, const struct blob *data)
{
    HANDLE file =
        CreateFileW(path, GENERIC_WRITE, 0, attributes, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD written = 0;
    bool done;

    if (file == INVALID_HANDLE_VALUE) return false;
    done = (!data->size || WriteFile(file, data->data, (DWORD)data->size, &written, NULL)) &&
           written == data->size && FlushFileBuffers(file);
    if (!CloseHandle(file)) done = false;
    return done;
}

/* The folder of the file, if it is missing; not those above it. */
static void make_folder(const WCHAR *path, SECURITY_ATTRIBUTES *attributes)
{
    WCHAR folder[PATH_UNITS];
    WCHAR *end;

    u16_copy(folder, PATH_UNITS, path);
    end = wcsrchr(folder, L'\\');
    if (!end) return;
    *end = 0;
    CreateDirectoryW(folder, attributes);
}

static mpr_status replace_file(const struct blob *data)
{
    SECURITY_ATTRIBUTES attributes;
    WCHAR beside[PATH_UNITS + 8];
    mpr_status status = security_administrators_only(&attributes);

    if (status) return status;
    _snwprintf(beside, ARRAYSIZE(beside), L"%ls.new", store.path);
    make_folder(store.path, &attributes);
    if (!write_new(beside, &attributes, data) ||
        !MoveFileExW(beside, store.path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) {
        TRACE(ERROR, "phone book: \"%s\" can't be written (error %lu)",
              trace_u16((const char16_t *)store.path).text, GetLastError());
        DeleteFileW(beside);
        status = ST_CANNOT_WRITE_PHONEBOOK;
    }
    security_free(&attributes);
    return status;
}

/* Writes store.book, which has been changed. */
static mpr_status save(void)
{
    struct blob data = {NULL, 0};
    mpr_status status = phonebook_write(store.book, &data);

    if (!status) status = replace_file(&data);
    blob_free(&data);
    if (status || stamp_of(store.path, &store.stamp)) drop();
    return status;
}

static mpr_status write_locked(const char16_t *name, const struct phonebook_settings *settings)
{
    mpr_status status = load();

    if (status == ST_CANNOT_OPEN_PHONEBOOK && *store.path)
        status = phonebook_parse(&store.book, NULL, 0, NULL);
    if (status) return status;
    status = phonebook_find(store.book, name) ? phonebook_replace(store.book, name, settings)
                                              : phonebook_add(store.book, name, settings);
    return status ? status : save();
}

mpr_status phonebook_store_write(const char16_t *name, const struct phonebook_settings *settings)
{
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = write_locked(name, settings);
    ReleaseSRWLockExclusive(&store.lock);
    return status;
}

static mpr_status remove_locked(const char16_t *name)
{
    mpr_status status = load();

    if (status == ST_CANNOT_OPEN_PHONEBOOK) return ST_OK;
    if (status) return status;
    status = phonebook_remove(store.book, name);
    if (status == ST_CANNOT_FIND_PHONEBOOK_ENTRY) return ST_OK;
    return status ? status : save();
}

mpr_status phonebook_store_remove(const char16_t *name)
{
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = remove_locked(name);
    ReleaseSRWLockExclusive(&store.lock);
    return status;
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
    mpr_status status;

    AcquireSRWLockExclusive(&store.lock);
    status = load();
    if (status == ST_OK) status = change(store.book, name, context);
    if (status == ST_OK) status = save();
    ReleaseSRWLockExclusive(&store.lock);
    return status;
}

#include "win32_test.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/link/dial_entry.h"
#include "win32/link/dialer.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/registry.h"
#include "win32/sys/replace_file.h"
#include "win32/sys/wine_unix.h"

static WCHAR folder[MAX_PATH + 16], path[MAX_PATH + 32], beside[MAX_PATH + 40];

static const char two_entries[] =
    "[wan-1]\r\nType=2\r\nRedialAttempts=5\r\nRedialSeconds=7\r\nUnknownKey=kept\r\n\r\n"
    "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=WAN Miniport (L2TP)\r\n\r\n"
    "DEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n"
    "[empty]\r\nType=2\r\n";

static void write_file(const WCHAR *name, const char *text)
{
    HANDLE file = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written = 0;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CloseHandle(file);
}

static char *read_file(const WCHAR *name)
{
    static char text[16384];
    HANDLE file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD got = 0;

    if (file == INVALID_HANDLE_VALUE) return NULL;
    assert_true(ReadFile(file, text, sizeof(text) - 1, &got, NULL));
    CloseHandle(file);
    text[got] = 0;
    return text;
}

static int count_files(void)
{
    WCHAR pattern[MAX_PATH + 20];
    WIN32_FIND_DATAW found;
    HANDLE search;
    int count = 0;

    _snwprintf(pattern, ARRAYSIZE(pattern), L"%ls\\*", folder);
    search = FindFirstFileW(pattern, &found);
    assert_true(search != INVALID_HANDLE_VALUE);
    do {
        if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) count++;
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return count;
}

static int set_up(void **state)
{
    WCHAR temporary[MAX_PATH];
    HKEY key = NULL;

    (void)state;
    GetTempPathW(MAX_PATH, temporary);
    _snwprintf(folder, ARRAYSIZE(folder), L"%lsmpr-phonebook", temporary);
    _snwprintf(path, ARRAYSIZE(path), L"%ls\\router.pbk", folder);
    _snwprintf(beside, ARRAYSIZE(beside), L"%ls.new", path);
    assert_int_equal(registry_open(L"Parameters", KEY_ALL_ACCESS, true, &key), ST_OK);
    assert_int_equal(registry_set_text(key, L"PhonebookPath", REG_SZ, path), ST_OK);
    RegCloseKey(key);
    SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
    DeleteFileW(path);
    RemoveDirectoryW(beside);
    return 0;
}

static void test_errors(void **state)
{
    struct phonebook_settings s;

    (void)state;
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_CANNOT_OPEN_PHONEBOOK);
    CreateDirectoryW(folder, NULL);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_CANNOT_OPEN_PHONEBOOK);
    write_file(path, "[wan-1]\r\nthis is no key\r\n");
    assert_int_equal(phonebook_store_read(u"wan-1", NULL), ST_OK);
    write_file(path, "\xFF\xFE[\1w\1");
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_CANNOT_LOAD_PHONEBOOK);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_read(u"wan-2", &s), ST_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_int_equal(phonebook_store_read(u"WAN-1", NULL), ST_OK);
}

static void test_follows_the_file(void **state)
{
    struct phonebook_settings s;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    assert_int_equal(s.redial_attempts, 5);
    phonebook_settings_free(&s);
    write_file(path, "[wan-1]\r\nType=2\r\nRedialAttempts=9\r\n");
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    assert_int_equal(s.redial_attempts, 9);
    phonebook_settings_free(&s);
}

static void test_makes_file_and_folder(void **state)
{
    struct phonebook_settings s;

    (void)state;
    RemoveDirectoryW(folder);
    phonebook_settings_init(&s);
    s.redial_attempts = 11;
    u16_copy(s.device_name, ARRAYSIZE(s.device_name), u"lo");
    assert_int_equal(phonebook_store_write(u"new", &s), ST_OK);
    phonebook_settings_free(&s);
    assert_int_equal(phonebook_store_read(u"new", &s), ST_OK);
    assert_int_equal(s.redial_attempts, 11);
    phonebook_settings_free(&s);
    assert_int_equal(phonebook_store_remove(u"new", NULL, NULL), ST_OK);
    assert_int_equal(phonebook_store_remove(u"new", NULL, NULL), ST_OK);
    assert_int_equal(phonebook_store_read(u"new", NULL), ST_CANNOT_FIND_PHONEBOOK_ENTRY);
}

static void test_changes_only_what_changes(void **state)
{
    struct phonebook_settings s;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    s.redial_attempts = 6;
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    phonebook_settings_free(&s);
    assert_non_null(
        strstr(read_file(path), "RedialAttempts=6\r\nRedialSeconds=7\r\nUnknownKey=kept"));
    assert_null(read_file(beside));
}

/* The old one is held: it stays. */
static void test_failed_write_keeps_the_old_file(void **state)
{
    struct phonebook_settings s;
    HANDLE held;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    s.redial_attempts = 77;
    held = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    assert_true(held != INVALID_HANDLE_VALUE);
    if (phonebook_store_write(u"wan-1", &s) != ST_OK) {
        CloseHandle(held);
        assert_string_equal(read_file(path), two_entries);
        assert_int_equal(count_files(), 1);
    } else {
        CloseHandle(held);
    }
    phonebook_settings_free(&s);
}

/* What a crash left behind goes; what only looks like it stays. */
static void test_leftovers_go(void **state)
{
    WCHAR left[MAX_PATH + 80], other[MAX_PATH + 80];

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    _snwprintf(left, ARRAYSIZE(left), L"%ls.0123456789abcdef.new", path);
    _snwprintf(other, ARRAYSIZE(other), L"%ls.0123456789abcdeg.new", path);
    write_file(left, "half");
    write_file(beside, "half");
    write_file(other, "mine");
    assert_int_equal(phonebook_store_remove(u"empty", NULL, NULL), ST_OK);
    assert_null(read_file(left));
    assert_null(read_file(beside));
    assert_string_equal(read_file(other), "mine");
    DeleteFileW(other);
    write_file(left, "half");
    replace_file_tidy(path);
    assert_null(read_file(left));
}

/* A file beside may be one that another process is just about to rename: who only reads, and holds
 * no lock, leaves it, also when he comes to the phone book for the first time. */
static void test_readers_leave_the_new_file(void **state)
{
    WCHAR book[MAX_PATH + 40], left[MAX_PATH + 80];
    HKEY key = NULL;

    (void)state;
    CreateDirectoryW(folder, NULL);
    _snwprintf(book, ARRAYSIZE(book), L"%ls\\another.pbk", folder);
    _snwprintf(left, ARRAYSIZE(left), L"%ls.0123456789abcdef.new", book);
    assert_int_equal(registry_open(L"Parameters", KEY_ALL_ACCESS, true, &key), ST_OK);
    assert_int_equal(registry_set_text(key, L"PhonebookPath", REG_SZ, book), ST_OK);
    RegCloseKey(key);
    write_file(book, two_entries);
    write_file(left, "whole");
    assert_int_equal(phonebook_store_read(u"wan-1", NULL), ST_OK);
    assert_non_null(read_file(left));
    phonebook_store_tidy();
    assert_null(read_file(left));
    DeleteFileW(book);
}

static void test_read_only_stays(void **state)
{
    struct phonebook_settings s;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    s.redial_attempts = 77;
    assert_true(SetFileAttributesW(path, FILE_ATTRIBUTE_READONLY));
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_ACCESS_DENIED);
    assert_int_equal(phonebook_store_remove(u"wan-1", NULL, NULL), ST_ACCESS_DENIED);
    assert_string_equal(read_file(path), two_entries);
    assert_true(GetFileAttributesW(path) & FILE_ATTRIBUTE_READONLY);
    assert_int_equal(count_files(), 1);
    assert_true(SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL));
    phonebook_settings_free(&s);
}

/* A Unix link, made by a program of the host's. */
static bool make_link(const WCHAR *link, char *target)
{
    char *name = wine_unix_path(link);
    bool made =
        name && !wine_unix_run((char *[]){(char[]){"ln"}, (char[]){"-sfn"}, target, name, NULL});

    mem_free(name);
    return made;
}

/* The file that a link leads to is written, and the link stays; one that leads nowhere is refused
 * and stays. */
static void test_links(void **state)
{
    char target_name[] = "target.pbk", nowhere[] = "nowhere";
    WCHAR target[MAX_PATH + 40];
    struct phonebook_settings s;

    (void)state;
    CreateDirectoryW(folder, NULL);
    _snwprintf(target, ARRAYSIZE(target), L"%ls\\target.pbk", folder);
    write_file(target, two_entries);
    if (!wine_unix_here()) skip();
    assert_true(make_link(path, target_name));
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    s.redial_attempts = 77;
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    assert_non_null(strstr(read_file(target), "RedialAttempts=77"));
    /* Still a link: what is written to the target is seen by it. */
    write_file(target, two_entries);
    assert_string_equal(read_file(path), two_entries);
    assert_int_equal(phonebook_store_delete(), ST_OK);
    assert_string_equal(read_file(target), "");

    DeleteFileW(target);
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_CANNOT_WRITE_PHONEBOOK);
    assert_null(read_file(target));
    write_file(target, two_entries);
    assert_string_equal(read_file(path), two_entries);
    phonebook_settings_free(&s);

    /* One in the way of a new file's former name, or like a leftover, leads nobody astray. */
    assert_true(make_link(beside, target_name));
    assert_int_equal(phonebook_store_remove(u"empty", NULL, NULL), ST_OK);
    assert_non_null(strstr(read_file(beside), "[wan-1]"));
    assert_null(strstr(read_file(target), "[empty]"));
    make_link(beside, nowhere);
    make_link(path, nowhere);
}

static void set_time(const WCHAR *name, const FILETIME *time)
{
    HANDLE file =
        CreateFileW(name, FILE_WRITE_ATTRIBUTES, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);

    assert_true(SetFileTime(file, NULL, NULL, time));
    CloseHandle(file);
}

/* Another file of the same size and time: nothing of it is lost by a change, and who asks for it
 * sees it. */
static void test_same_size_and_time(void **state)
{
    static const char one[] = "[wan-1]\r\nRedialAttempts=1\r\n[b]\r\nx=1\r\n";
    static const char two[] = "[wan-1]\r\nRedialAttempts=2\r\n[b]\r\nx=2\r\n";
    const FILETIME time = {0x12345678, 0x01d00000};
    struct phonebook_settings s;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, one);
    set_time(path, &time);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    phonebook_settings_free(&s);
    write_file(path, two);
    set_time(path, &time);
    assert_int_equal(phonebook_store_refresh(), ST_OK);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    assert_int_equal(s.redial_attempts, 2);
    write_file(path, one);
    set_time(path, &time);
    s.redial_seconds = 9;
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    assert_string_equal(read_file(path),
                        "[wan-1]\r\nRedialAttempts=2\r\nRedialSeconds=9\r\n[b]\r\nx=1\r\n");
    phonebook_settings_free(&s);
}

/* A file that was refused is not read again until size or time of it change: seen by a good one
 * that has both of the bad one. */
static void test_a_refusal_is_remembered(void **state)
{
    const FILETIME time = {0x12345678, 0x01d00000};

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, "\xFF\xFE[\1w\1\r\n");
    set_time(path, &time);
    assert_int_equal(phonebook_store_read(u"wan-1", NULL), ST_CANNOT_LOAD_PHONEBOOK);
    write_file(path, "[b1]\r\n\r\n");
    set_time(path, &time);
    assert_int_equal(phonebook_store_read(u"b1", NULL), ST_CANNOT_LOAD_PHONEBOOK);
    assert_int_equal(phonebook_store_refresh(), ST_OK);
    assert_int_equal(phonebook_store_read(u"b1", NULL), ST_OK);
    write_file(path, "\xFF\xFE[\1w\1\r\n");
    assert_int_equal(phonebook_store_read(u"b1", NULL), ST_CANNOT_LOAD_PHONEBOOK);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_read(u"wan-1", NULL), ST_OK);
}

static mpr_status refuse(void *context)
{
    (void)context;
    return ST_INTERFACE_CONNECTED;
}

static mpr_status agree(void *context)
{
    *(bool *)context = true;
    return ST_OK;
}

/* An entry goes together with what it belongs to, or not at all. */
static void test_removal_with_something_else(void **state)
{
    bool asked = false;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_remove(u"wan-1", refuse, NULL), ST_INTERFACE_CONNECTED);
    assert_string_equal(read_file(path), two_entries);
    assert_int_equal(phonebook_store_read(u"wan-1", NULL), ST_OK);
    assert_int_equal(phonebook_store_remove(u"wan-1", agree, &asked), ST_OK);
    assert_true(asked);
    assert_int_equal(phonebook_store_read(u"wan-1", NULL), ST_CANNOT_FIND_PHONEBOOK_ENTRY);
    asked = false;
    assert_int_equal(phonebook_store_remove(u"wan-1", agree, &asked), ST_OK);
    assert_true(asked);
}

/* Byte for byte; when somebody else has written meanwhile, the one entry. */
static void test_a_copy_is_put_back(void **state)
{
    struct phonebook_copy copy;
    struct phonebook_settings s;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(phonebook_store_copy(&copy), ST_OK);
    assert_int_equal(phonebook_store_read(u"wan-1", &s), ST_OK);
    s.redial_attempts = 77;
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    assert_int_equal(phonebook_store_put_back(&copy, u"wan-1"), ST_OK);
    assert_string_equal(read_file(path), two_entries);
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    write_file(path, "[other]\r\nType=2\r\n[wan-1]\r\nType=2\r\n");
    assert_int_equal(phonebook_store_put_back(&copy, u"wan-1"), ST_OK);
    assert_true(!strncmp(read_file(path), "[other]\r\nType=2\r\n[wan-1]\r\n", 26));
    assert_non_null(strstr(read_file(path), "UnknownKey=kept"));
    phonebook_copy_free(&copy);

    /* There was none. */
    DeleteFileW(path);
    assert_int_equal(phonebook_store_copy(&copy), ST_OK);
    assert_false(copy.existed);
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    assert_int_equal(phonebook_store_put_back(&copy, u"wan-1"), ST_OK);
    assert_null(read_file(path));
    assert_int_equal(phonebook_store_write(u"wan-1", &s), ST_OK);
    write_file(path, "[other]\r\nType=2\r\n[wan-1]\r\nType=2\r\n");
    assert_int_equal(phonebook_store_put_back(&copy, u"wan-1"), ST_OK);
    assert_string_equal(read_file(path), "[other]\r\nType=2\r\n");
    phonebook_copy_free(&copy);
    phonebook_settings_free(&s);
}

static void set_dialer(const WCHAR *name, const WCHAR *kind, const WCHAR *address)
{
    WCHAR key_path[300];
    HKEY key = NULL;

    _snwprintf(key_path, ARRAYSIZE(key_path), L"Parameters\\Dialers\\%ls", name);
    assert_int_equal(registry_open(key_path, KEY_ALL_ACCESS, true, &key), ST_OK);
    registry_set_text(key, L"Kind", REG_SZ, kind);
    registry_set_text(key, L"Address", REG_SZ, address);
    registry_set_dword(key, L"Delay", 25);
    RegCloseKey(key);
}

static void drop_dialer(const WCHAR *name)
{
    HKEY key = NULL;

    assert_int_equal(registry_open(L"Parameters\\Dialers", KEY_ALL_ACCESS, false, &key), ST_OK);
    RegDeleteKeyW(key, name);
    RegCloseKey(key);
}

static void test_dialer_selection(void **state)
{
    struct dial_entry entry;
    struct dial_plan plan;

    (void)state;
    CreateDirectoryW(folder, NULL);
    write_file(path, two_entries);
    assert_int_equal(dial_entry_read(u"wan-1", &entry, &plan), ST_OK);
    assert_int_equal(plan.kind, DIALER_NONE);
    assert_int_equal(entry.device_count, 0);
    assert_int_equal(entry.redial_attempts, 5);

    set_dialer(L"vpn", L"scripted", L"10.0.0.1");
    assert_int_equal(dial_entry_read(u"wan-1", &entry, &plan), ST_OK);
    assert_int_equal(plan.kind, DIALER_SCRIPTED);
    assert_int_equal(entry.device_count, 1);
    assert_int_equal(plan.delay, 25);
    assert_int_equal(plan.binding.local[0].address, 0x0A000001);

    set_dialer(L"WAN Miniport (L2TP)", L"existing", NULL);
    assert_int_equal(dial_entry_read(u"wan-1", &entry, &plan), ST_OK);
    assert_int_equal(plan.kind, DIALER_EXISTING);
    assert_true(u16_equal(plan.adapter, u"WAN Miniport (L2TP)"));

    set_dialer(L"wan-1", L"scripted", L"10.0.0.256");
    assert_int_equal(dial_entry_read(u"wan-1", &entry, &plan), ST_OK);
    assert_int_equal(plan.kind, DIALER_NONE);
    set_dialer(L"wan-1", L"command", NULL); /* without a command */
    assert_int_equal(dial_entry_read(u"wan-1", &entry, &plan), ST_OK);
    assert_int_equal(plan.kind, DIALER_NONE);
    drop_dialer(L"wan-1");
    drop_dialer(L"WAN Miniport (L2TP)");
    drop_dialer(L"vpn");

    write_file(path, "[wan-1]\r\nMEDIA=rastapi\r\nPort=x\r\nDevice=lo\r\nDEVICE=vpn\r\n");
    assert_int_equal(dial_entry_read(u"wan-1", &entry, &plan), ST_OK);
    assert_int_equal(plan.kind, DIALER_EXISTING);
    assert_true(u16_equal(plan.adapter, u"lo"));
}

#define WITH(test) cmocka_unit_test_setup(test, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_errors),
        WITH(test_follows_the_file),
        WITH(test_makes_file_and_folder),
        WITH(test_changes_only_what_changes),
        WITH(test_removal_with_something_else),
        WITH(test_a_copy_is_put_back),
        WITH(test_failed_write_keeps_the_old_file),
        WITH(test_leftovers_go),
        WITH(test_readers_leave_the_new_file),
        WITH(test_read_only_stays),
        WITH(test_links),
        WITH(test_same_size_and_time),
        WITH(test_a_refusal_is_remembered),
        WITH(test_dialer_selection),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

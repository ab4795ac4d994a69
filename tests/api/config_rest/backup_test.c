/* MprConfigServerBackup and MprConfigServerRestore: what they say, and that a backup which is
 * damaged in any byte, or none of ours, changes nothing. */
#include "api/config_rest/backup_world.h"

#include <string.h>

static BYTE original[65536], damaged[65536];

static DWORD restore(WCHAR *path)
{
    return MprConfigServerRestore(world_config, path);
}

static void backup(char which, WCHAR *path)
{
    world_make(which);
    assert_int_equal(MprConfigServerBackup(world_config, path), NO_ERROR);
    assert_int_equal(world_is(), which);
}

static void round_trip(void **state)
{
    (void)state;
    backup('A', world_a);
    backup('B', world_b);
    assert_int_equal(restore(world_a), NO_ERROR);
    assert_int_equal(world_is(), 'A');
    assert_int_equal(restore(world_a), NO_ERROR);
    assert_int_equal(world_is(), 'A');
    assert_int_equal(restore(world_b), NO_ERROR);
    assert_int_equal(world_is(), 'B');
    assert_int_equal(GetFileAttributesW(world_journal), INVALID_FILE_ATTRIBUTES);
}

static void an_empty_machine(void **state)
{
    (void)state;
    backup(0, world_other);
    world_make('A');
    assert_int_equal(restore(world_other), NO_ERROR);
    assert_int_equal(world_is(), 0);
}

static void paths(void **state)
{
    WCHAR plain[MAX_PATH], deep[MAX_PATH], empty[] = L"";
    static WCHAR endless[4000];

    (void)state;
    wcscpy(plain, world_a);
    plain[wcslen(plain) - 1] = 0;
    backup('A', plain);
    world_make('B');
    assert_int_equal(restore(world_a), NO_ERROR);
    world_make('B');
    assert_int_equal(restore(plain), NO_ERROR);
    assert_int_equal(world_is(), 'A');
    wcscpy(deep, world_a);
    wcscat(deep, L"no\\such\\");
    assert_int_equal(MprConfigServerBackup(world_config, deep), ERROR_PATH_NOT_FOUND);
    assert_true(restore(deep) == ERROR_PATH_NOT_FOUND || restore(deep) == ERROR_FILE_NOT_FOUND);
    for (size_t i = 0; i < 3999; i++) endless[i] = L'x';
    assert_int_equal(MprConfigServerBackup(world_config, endless), ERROR_INVALID_PARAMETER);
    assert_int_equal(restore(endless), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerBackup(world_config, empty), ERROR_INVALID_PARAMETER);
    assert_int_equal(restore(empty), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerBackup(world_config, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(restore(NULL), ERROR_INVALID_PARAMETER);
}

static void backup_handles(void **state)
{
    (void)state;
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        HANDLE bad = (HANDLE)fixture_garbage[i];

        assert_int_equal(MprConfigServerBackup(bad, world_a), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigServerRestore(bad, world_a), ERROR_INVALID_PARAMETER);
    }
}

/* The former backup stays whole until the new one is; what is left over goes. */
static void again_into_the_same_folder(void **state)
{
    WCHAR left[MAX_PATH];

    (void)state;
    backup('A', world_other);
    assert_int_equal(world_files(world_other), 3);
    wcscpy(left, world_other);
    wcscat(left, L"registry-01234567.dat");
    world_write(left, (const BYTE *)"left over", 9);
    backup('B', world_other);
    assert_int_equal(world_files(world_other), 2);
    world_make('A');
    assert_int_equal(restore(world_other), NO_ERROR);
    assert_int_equal(world_is(), 'B');
}

/* A folder with other things in it is a place for a backup, too, and these stay. */
static void other_files_stay(void **state)
{
    WCHAR mine[MAX_PATH];

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    world_remove(world_other);
    CreateDirectoryW(world_other, NULL);
    wcscpy(mine, world_other);
    wcscat(mine, L"registry-notes.txt");
    world_write(mine, (const BYTE *)"mine", 4);
    backup('B', world_other);
    backup('A', world_other);
    assert_int_equal(world_files(world_other), 4);
    DeleteFileW(mine);
}

static void foreign_folders(void **state)
{
    WCHAR manifest[MAX_PATH];
    static const char *const texts[] = {"", "MZ", "mprapi-backuq 1\n", "[.ShellClassInfo]\r\n"};

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    world_make('A');
    world_remove(world_other);
    CreateDirectoryW(world_other, NULL);
    assert_int_equal(restore(world_other), BACKUP_INCOMPATIBLE);
    wcscpy(manifest, world_other);
    wcscat(manifest, L"mprapi-backup.txt");
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        world_write(manifest, (const BYTE *)texts[i], (DWORD)strlen(texts[i]));
        assert_int_equal(restore(world_other), BACKUP_INCOMPATIBLE);
    }
    assert_int_equal(world_is(), 'A');
}

static void expect_refused(const char *what)
{
    DWORD code = restore(world_other);

    if (code != BACKUP_DAMAGED && code != BACKUP_INCOMPATIBLE) fail_msg("%s: code %lu", what, code);
}

/* Changes one byte at many places, cuts, and adds. */
static void damage_file(const WCHAR *path, DWORD step)
{
    DWORD size = world_read(path, original, sizeof(original));

    for (DWORD at = 0; at < size; at += step) {
        memcpy(damaged, original, size);
        damaged[at] = (BYTE)(damaged[at] ^ (1u << (at % 8)));
        world_write(path, damaged, size);
        expect_refused("changed");
        world_write(path, original, at);
        expect_refused("cut");
    }
    memcpy(damaged, original, size);
    damaged[size] = '\n';
    world_write(path, damaged, size + 1);
    expect_refused("longer");
    DeleteFileW(path);
    expect_refused("missing");
    world_write(path, original, size);
}

static void every_damage_is_refused(void **state)
{
    static const WCHAR *const patterns[] = {L"mprapi-backup.txt", L"registry-*", L"phonebook-*"};
    static const DWORD steps[] = {7, 331, 5};
    WCHAR path[MAX_PATH];

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    backup('A', world_other);
    world_make('B');
    for (size_t i = 0; i < 3; i++) {
        world_find(path, world_other, patterns[i]);
        damage_file(path, steps[i]);
    }
    assert_int_equal(world_is(), 'B');
    assert_int_equal(restore(world_other), NO_ERROR);
    assert_int_equal(world_is(), 'A');
}

static void a_folder_that_cannot_be_written(void **state)
{
    WCHAR blocked[MAX_PATH];

    (void)state;
    world_make('A');
    wcscpy(blocked, world_other);
    wcscat(blocked, L"file");
    world_write(blocked, (const BYTE *)"no folder", 9);
    assert_int_not_equal(MprConfigServerBackup(world_config, blocked), NO_ERROR);
    assert_int_not_equal(restore(blocked), NO_ERROR);
    assert_int_equal(world_is(), 'A');
    DeleteFileW(blocked);
}

/* The phone book's folder can't be made: the restore fails late, and is taken back. */
static void a_phone_book_that_cannot_be_written(void **state)
{
    WCHAR path[MAX_PATH];

    (void)state;
    backup('A', world_a);
    backup('B', world_b);
    GetTempPathW(MAX_PATH, path);
    wcscat(path, L"mprapi-test.pbk");
    fixture_set_text(L"Parameters", L"PhonebookPath", L"C:\\missing\\missing\\router.pbk");
    assert_int_not_equal(restore(world_a), NO_ERROR);
    fixture_set_text(L"Parameters", L"PhonebookPath", path);
    assert_int_equal(world_is(), 'B');
    assert_int_equal(GetFileAttributesW(world_journal), INVALID_FILE_ATTRIBUTES);
    assert_int_equal(restore(world_a), NO_ERROR);
    assert_int_equal(world_is(), 'A');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(an_empty_machine),
        cmocka_unit_test(paths),
        cmocka_unit_test(backup_handles),
        cmocka_unit_test(again_into_the_same_folder),
        cmocka_unit_test(other_files_stay),
        cmocka_unit_test(foreign_folders),
        cmocka_unit_test(every_damage_is_refused),
        cmocka_unit_test(a_folder_that_cannot_be_written),
        cmocka_unit_test(a_phone_book_that_cannot_be_written),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    world_begin(TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Backup and restore in a process that is killed at any moment: what the next process finds is one
 * configuration or the other, whole, and the backup is the former one or the new one. */
#include "api/config_rest/backup_world.h"

#include <stdio.h>
#include <string.h>

enum { KILLS = 25 };

static void make_both(void)
{
    world_make('A');
    assert_int_equal(MprConfigServerBackup(world_config, world_a), NO_ERROR);
    world_make('B');
    assert_int_equal(MprConfigServerBackup(world_config, world_b), NO_ERROR);
}

static void reconnect(void)
{
    MprConfigServerDisconnect(world_config);
    assert_int_equal(MprConfigServerConnect(NULL, &world_config), NO_ERROR);
}

static void killed_while_restoring(void **state)
{
    DWORD seen[128] = {0}, interrupted = 0;

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    make_both();
    for (DWORD i = 0; i < KILLS; i++) {
        char is;

        world_kill_after("restore", 150 + i * 37 % 400);
        if (GetFileAttributesW(world_journal) != INVALID_FILE_ATTRIBUTES) interrupted++;
        reconnect();
        is = world_is();
        if (is != 'A' && is != 'B') fail_msg("kill %lu left neither (%c)", i, is);
        seen[(unsigned char)is]++;
        assert_int_equal(GetFileAttributesW(world_journal), INVALID_FILE_ATTRIBUTES);
    }
    print_message("A %lu times, B %lu times; %lu times with a journal\n", seen['A'], seen['B'],
                  interrupted);
}

static void killed_while_backing_up(void **state)
{
    (void)state;
    OURS_ALONE("the format of a backup is our own");
    make_both();
    world_make('A');
    assert_int_equal(MprConfigServerBackup(world_config, world_other), NO_ERROR);
    for (DWORD i = 0; i < KILLS; i++) {
        char is;

        world_kill_after("backup", 150 + i * 41 % 400);
        reconnect();
        /* Whichever configuration was the last to be backed up: it is whole. */
        assert_int_equal(MprConfigServerRestore(world_config, world_other), NO_ERROR);
        is = world_is();
        if (is != 'A' && is != 'B') fail_msg("kill %lu left no backup (%c)", i, is);
    }
}

/* ---- the journal at each of its stages ------------------------------------------------------- */

static void copy_folder(const WCHAR *from, const WCHAR *to)
{
    WCHAR source[MAX_PATH], target[MAX_PATH];
    WIN32_FIND_DATAW found;
    HANDLE search;

    CreateDirectoryW(to, NULL);
    wcscpy(source, from);
    wcscat(source, L"*");
    search = FindFirstFileW(source, &found);
    assert_ptr_not_equal(search, INVALID_HANDLE_VALUE);
    do {
        wcscpy(source, from);
        wcscat(source, found.cFileName);
        wcscpy(target, to);
        wcscat(target, found.cFileName);
        CopyFileW(source, target, FALSE);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

static void in_journal(WCHAR *path, const WCHAR *name)
{
    wcscpy(path, world_journal);
    wcscat(path, name);
}

/* As a restore of A over B has it when the power goes; state NULL: before that was written. */
static void make_journal(const char *text)
{
    WCHAR path[MAX_PATH];

    wcscpy(path, world_journal);
    *wcsstr(path, L"mprapi-restore") = 0;
    CreateDirectoryW(path, NULL);
    assert_true(CreateDirectoryW(world_journal, NULL));
    in_journal(path, L"new\\");
    copy_folder(world_a, path);
    in_journal(path, L"old\\");
    copy_folder(world_b, path);
    in_journal(path, L"state");
    if (text) world_write(path, (const BYTE *)text, (DWORD)strlen(text));
}

static void expect_recovered(char which)
{
    assert_int_equal(fixture_run_self(which == 'A' ? "is-a" : "is-b"), 0);
    assert_int_equal(GetFileAttributesW(world_journal), INVALID_FILE_ATTRIBUTES);
}

static void stages_of_the_journal(void **state)
{
    WCHAR path[MAX_PATH];

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    make_both();
    make_journal(NULL); /* nothing was changed yet */
    expect_recovered('B');
    make_journal("forward\n"); /* nothing done yet, or half of it */
    expect_recovered('A');
    world_make('B');
    make_journal("forward\n");
    world_make(0);
    expect_recovered('A');
    make_journal("back\n");
    expect_recovered('B');
    make_journal("forward\n"); /* the new configuration is damaged: back */
    in_journal(path, L"new\\mprapi-backup.txt");
    world_write(path, (const BYTE *)"mprapi-backup 1\n", 16);
    world_make(0);
    expect_recovered('B');
    make_journal("nonsense");
    world_make(0);
    expect_recovered('B');
}

/* Given up, rather than refusing to start for ever. */
static void a_journal_of_nothing_but_damage(void **state)
{
    WCHAR path[MAX_PATH];

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    make_both();
    make_journal("forward\n");
    in_journal(path, L"old\\mprapi-backup.txt");
    DeleteFileW(path);
    expect_recovered('B');
}

/* A file that somebody else has open is not damaged: nothing goes on before it can be read. */
static void a_journal_that_is_open_elsewhere(void **state)
{
    static const WCHAR *const files[] = {L"state", L"old\\mprapi-backup.txt",
                                         L"new\\mprapi-backup.txt"};
    HANDLE config = NULL;
    WCHAR path[MAX_PATH];

    (void)state;
    OURS_ALONE("the format of a backup is our own");
    make_both();
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        HANDLE file;

        make_journal("forward\n");
        world_make(0);
        in_journal(path, files[i]);
        file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
        assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
        assert_int_equal(MprConfigServerConnect(NULL, &config), ERROR_SHARING_VIOLATION);
        assert_null(config);
        assert_int_equal(fixture_run_self("router-code"), RPC_SERVER_UNAVAILABLE & 0xff);
        CloseHandle(file);
        expect_recovered('A');
    }
}

/* The router's start ends it as well. */
static void the_router_recovers_too(void **state)
{
    (void)state;
    OURS_ALONE("the format of a backup is our own");
    make_both();
    make_journal("forward\n");
    assert_int_equal(fixture_run_self("router"), 0);
    assert_int_equal(GetFileAttributesW(world_journal), INVALID_FILE_ATTRIBUTES);
    assert_int_equal(world_is(), 'A');
}

/* ---- children -------------------------------------------------------------------------------- */

static int router(void)
{
    MPR_SERVER_HANDLE server = NULL;
    WCHAR name[] = L"A \x0416 7";
    HANDLE handle = NULL;

    if (MprAdminServerConnect(NULL, &server)) return 1;
    return MprAdminInterfaceGetHandle(server, name, &handle, FALSE) ? 2 : 0;
}

/* Steps of killed_server.sh. */
static int prepare(char which)
{
    fixture_registry(ROUTER_RAS_LAN_WAN);
    world_begin(TRUE);
    make_both();
    world_make(which);
    return world_is() != which;
}

static int child(const char *what)
{
    if (!strncmp(what, "prepare-", 8)) return prepare((char)(what[8] - 'a' + 'A'));
    fixture_registry_keep();
    if (!strcmp(what, "router")) return router();
    if (!strcmp(what, "router-code")) {
        MPR_SERVER_HANDLE server = NULL;

        return (int)MprAdminServerConnect(NULL, &server) & 0xff;
    }
    world_begin(FALSE);
    if (!strcmp(what, "is-a")) return world_is() != 'A';
    if (!strcmp(what, "is-b")) return world_is() != 'B';
    if (!strcmp(what, "restore-a")) return (int)MprConfigServerRestore(world_config, world_a);
    if (!strcmp(what, "restore-b")) return (int)MprConfigServerRestore(world_config, world_b);
    for (int i = 0; i < 10000; i++) {
        if (!strcmp(what, "restore")) {
            if (MprConfigServerRestore(world_config, i % 2 ? world_b : world_a)) return 4;
        } else {
            world_make(i % 2 ? 'B' : 'A');
            if (MprConfigServerBackup(world_config, world_other)) return 5;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_of_the_journal),
        cmocka_unit_test(a_journal_of_nothing_but_damage),
        cmocka_unit_test(a_journal_that_is_open_elsewhere),
        cmocka_unit_test(the_router_recovers_too),
        cmocka_unit_test(killed_while_restoring),
        cmocka_unit_test(killed_while_backing_up),
    };

    if (argc > 1) return child(argv[1]);
    fixture_registry(ROUTER_RAS_LAN_WAN);
    world_begin(TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Installation and tunnel settings in a process that is killed at any moment: the next process
 * finds what was there before or all of what was to be there. */
#include <winsock2.h> /* before windows.h */

#include "api/config_rest/backup_world.h"
#include "api/server_ex/ex.h"

#include <lmcons.h>
#include <stdio.h>
#include <string.h>

enum { KILLS = 12, ROUND_A = 3, ROUND_B = 8 };

static const struct ex_layout *layout;

/* As every process does that works on the configuration: what another one left is ended. */
static void reconnect(void)
{
    MprConfigServerDisconnect(world_config);
    assert_int_equal(MprConfigServerConnect(NULL, &world_config), NO_ERROR);
    assert_int_equal(GetFileAttributesW(world_journal), INVALID_FILE_ATTRIBUTES);
}

/* ---- tunnels --------------------------------------------------------------------------------- */

static DWORD set_round(DWORD n)
{
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;
    union ex_object set;

    ex_begin(&set, SET_TYPE, layout->revision, layout->set_size);
    ex_fill(&params, n);
    ex_put(&set, layout, &params);
    set.set.setConfigForProtocols = layout->gre ? EX_ALL_GRE : EX_ALL;
    return MprConfigServerSetInfoEx(world_config, &set.plain_set);
}

/* Which of the two it is is told by one value; all others must belong to it. */
static DWORD expect_one_round(void)
{
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 got, expected;
    union ex_object object;
    DWORD n = ROUND_A;

    ex_begin(&object, SERVER_TYPE, layout->revision, layout->server_size);
    assert_int_equal(MprConfigServerGetInfoEx(world_config, &object.plain_server), NO_ERROR);
    ex_take(&object, layout, &got);
    ex_fill(&expected, n);
    if (got.PptpConfigParams.dwNumPorts != expected.PptpConfigParams.dwNumPorts) n = ROUND_B;
    ex_fill(&expected, n);
    ex_expect(layout, &expected, &got);
    return n;
}

static void killed_while_setting_tunnels(void **state)
{
    DWORD seen[16] = {0}, journals = 0;

    (void)state;
    OURS_ALONE("the journal is our own");
    assert_int_equal(set_round(ROUND_A), NO_ERROR);
    for (DWORD i = 0; i < KILLS; i++) {
        world_kill_after("tunnels", 150 + i * 37 % 300);
        if (GetFileAttributesW(world_journal) != INVALID_FILE_ATTRIBUTES) journals++;
        reconnect();
        seen[expect_one_round()]++;
    }
    print_message("%lu and %lu times, %lu journals\n", seen[ROUND_A], seen[ROUND_B], journals);
}

/* ---- installation ---------------------------------------------------------------------------- */

static BOOL installed(void)
{
    DWORD flags = 0, size = sizeof(flags);

    RegGetValueW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess",
                 L"ConfigurationFlags", RRF_RT_REG_DWORD, NULL, &flags, &size);
    return flags == 1;
}

static void begin_installation(void)
{
    world_make('A');
    fixture_set_dword(L"Users\\ann", L"Privilege", 9);
    fixture_set_dword(NULL, L"ConfigurationFlags", 2);
}

static BOOL has_user(void)
{
    DWORD value, size = sizeof(value);

    return !RegGetValueW(HKEY_LOCAL_MACHINE,
                         L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Users\\ann",
                         L"Privilege", RRF_RT_REG_DWORD, NULL, &value, &size);
}

static void killed_while_installing(void **state)
{
    DWORD done = 0;

    (void)state;
    OURS_ALONE("the journal is our own");
    for (DWORD i = 0; i < KILLS; i++) {
        begin_installation();
        world_kill_after("install", 150 + i * 29 % 300);
        reconnect();
        if (installed()) {
            BYTE *buffer = NULL;
            DWORD read, total;

            assert_int_equal(
                MprConfigInterfaceEnum(world_config, 0, &buffer, (DWORD)-1, &read, &total, NULL),
                ERROR_NO_MORE_ITEMS);
            assert_false(has_user());
            done++;
        } else {
            assert_int_equal(world_is(), 'A');
            assert_true(has_user());
        }
    }
    print_message("installed %lu of %d times\n", done, KILLS);
}

/* ---- the journal ----------------------------------------------------------------------------- */

/* Given up, rather than refusing to work for ever. */
static void a_damaged_journal(void **state)
{
    static const BYTE undo[] = "MPRUNDO1\1\0\0\0\2", word[] = "undo\n";
    WCHAR path[MAX_PATH];

    (void)state;
    OURS_ALONE("the journal is our own");
    world_make('B');
    wcscpy(path, world_journal);
    *wcsstr(path, L"mprapi-restore") = 0;
    CreateDirectoryW(path, NULL);
    assert_true(CreateDirectoryW(world_journal, NULL));
    wcscpy(path, world_journal);
    wcscat(path, L"undo");
    world_write(path, undo, sizeof(undo) - 1);
    wcscpy(path, world_journal);
    wcscat(path, L"state");
    world_write(path, word, sizeof(word) - 1);
    reconnect();
    assert_int_equal(world_is(), 'B');
}

/* ---- dial-in rights -------------------------------------------------------------------------- */

static const RAS_USER_1 rights[] = {
    {.bfPrivilege = RASPRIV_AdminSetCallback | RASPRIV_DialinPrivilege, .wszPhoneNumber = L"111"},
    {.bfPrivilege = RASPRIV_NoCallback,
     .bfPrivilege2 = RASPRIV2_DialinPolicy,
     .wszPhoneNumber = L"222"}};

static DWORD set_rights(DWORD n)
{
    RAS_USER_1 info = rights[n % 2];
    WCHAR user[UNLEN + 1];
    DWORD units = UNLEN + 1;

    GetUserNameW(user, &units);
    return MprAdminUserSetInfo(NULL, user, 1, (BYTE *)&info);
}

static void killed_while_setting_rights(void **state)
{
    WCHAR user[UNLEN + 1];
    DWORD units = UNLEN + 1, seen[2] = {0};

    (void)state;
    OURS_ALONE("the journal is our own");
    GetUserNameW(user, &units);
    assert_int_equal(set_rights(0), NO_ERROR);
    for (DWORD i = 0; i < KILLS; i++) {
        RAS_USER_1 info;
        DWORD n;

        world_kill_after("rights", 150 + i * 31 % 300);
        reconnect();
        assert_int_equal(MprAdminUserGetInfo(NULL, user, 1, (BYTE *)&info), NO_ERROR);
        n = info.bfPrivilege == rights[1].bfPrivilege;
        assert_int_equal(info.bfPrivilege, rights[n].bfPrivilege);
        assert_int_equal(info.bfPrivilege2, rights[n].bfPrivilege2);
        assert_int_equal(wcscmp(info.wszPhoneNumber, rights[n].wszPhoneNumber), 0);
        seen[n]++;
    }
    print_message("%lu and %lu times\n", seen[0], seen[1]);
}

static int child(const char *what)
{
    fixture_registry_keep();
    world_begin(FALSE);
    for (DWORD i = 1; !strcmp(what, "rights") && i < 10000; i++) {
        if (set_rights(i)) return 6;
    }
    if (!strcmp(what, "install")) return MprConfigServerInstall(0, NULL) ? 4 : 0;
    for (DWORD i = 0; i < 10000; i++) {
        if (set_round(i % 2 ? ROUND_A : ROUND_B)) return 5;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_journal),
        cmocka_unit_test(killed_while_setting_tunnels),
        cmocka_unit_test(killed_while_installing),
        cmocka_unit_test(killed_while_setting_rights),
    };

    layout = &ex_layouts[ex_layout_count - 1];
    if (argc > 1) return child(argv[1]);
    fixture_registry(ROUTER_RAS_LAN_WAN);
    world_begin(TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

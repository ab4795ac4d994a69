/* A process that ends before any change of the registry that a call makes, or whose change fails:
 * what is stored is what was there before the call, or all of what it makes; and what was left does
 * not add up. */
#include "api/config_rest/cut.h"
#include "api/config_rest/cut_deeds.h"
#include "support/start_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 60000 };

static WCHAR another[] = L"Another";

static DWORD count_interfaces(void)
{
    DWORD read = 0, total = 0;
    BYTE *rows = NULL;

    MprConfigInterfaceEnum(cut_config, 0, &rows, (DWORD)-1, &read, &total, NULL);
    MprConfigBufferFree(rows);
    return read;
}

static void clear(void)
{
    HKEY key;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_ALL_ACCESS, &key), 0);
    RegDeleteTreeW(key, L"Interfaces");
    RegDeleteTreeW(key, L"RouterManagers");
    RegCloseKey(key);
    fixture_no_transports();
}

/* Entries of other names are made, one of each kind: then nothing is left but what there is. */
static void expect_nothing_left(void)
{
    HANDLE owner, handle = NULL;

    cut_expect_done(cut_create(another));
    assert_int_equal(cut_keys_of(INTERFACES), count_interfaces());
    cut_expect_done(MprConfigInterfaceDelete(cut_config, cut_find(another)));
    assert_int_equal(cut_keys_of(INTERFACES), count_interfaces());
    owner = cut_find(cut_branch);
    if (owner && !cut_has_ip()) {
        WCHAR path[200];

        cut_expect_done(cut_add(owner, 0x77, (WCHAR *)L"Other"));
        _snwprintf(path, 200, L"%ls\\0", INTERFACES);
        assert_int_equal(cut_keys_of(path), 1);
        cut_expect_done(
            MprConfigInterfaceTransportRemove(cut_config, owner, cut_find_transport(owner, 0x77)));
    }
    cut_expect_done(MprConfigTransportCreate(cut_config, 0x77, (WCHAR *)L"Other", cut_info,
                                             CUT_INFO_SIZE, NULL, 0, NULL, &handle));
    assert_int_equal(cut_keys_of(MANAGERS), 1 + cut_has_manager());
    cut_expect_done(MprConfigTransportDelete(cut_config, handle));
}

static void prepare(const struct cut_deed *d)
{
    clear();
    if (d->prepare) d->prepare();
}

static void end_there(const struct cut_deed *d, unsigned n, DWORD *ret_code)
{
    char arguments[40];
    HANDLE process;

    snprintf(arguments, sizeof(arguments), "%s %u", d->name, n);
    process = start_self(arguments, FALSE);
    assert_non_null(process);
    assert_true(await_end(process, PATIENCE_MS, ret_code));
}

/* As above, but nothing is tidied in between: however often it happens, there is no more of it. */
static void end_there_again(const struct cut_deed *d, unsigned n, const WCHAR *path)
{
    DWORD code, keys = cut_keys_of(path);

    if (d->is_there() == d->makes) return;
    end_there(d, n, &code);
    assert_true(code == CUT_CODE || code == NO_ERROR); /* there is less to be made */
    assert_true(cut_keys_of(path) <= (keys ? keys : 1));
}

static void ended_at_each(const struct cut_deed *d)
{
    DWORD code = CUT_CODE;
    unsigned n = 0;

    while (code == CUT_CODE) {
        prepare(d);
        end_there(d, ++n, &code);
        assert_true(code == CUT_CODE || code == NO_ERROR);
        if (d->is_there() != d->makes) assert_int_equal(code, CUT_CODE);
        if (code == CUT_CODE) end_there_again(d, n, INTERFACES);
        if (code == CUT_CODE) end_there_again(d, n, INTERFACES L"\\0");
        if (code == CUT_CODE) end_there_again(d, n, MANAGERS);
        expect_nothing_left();
    }
    print_message("%s: ended at each of %u changes\n", d->name, n - 1);
    assert_true(n > 1);
}

static void fails_at_each(const struct cut_deed *d)
{
    unsigned n = 0, seen;
    DWORD status;

    do {
        prepare(d);
        cut_at(++n, CUT_FAILS);
        status = d->run();
        seen = cut_stop();
        /* What can't be removed of one that counts no more is no failure. */
        assert_true(status == NO_ERROR ? seen < n || !d->makes : status == ERROR_ACCESS_DENIED);
        assert_int_equal(d->is_there(), (status == NO_ERROR) == d->makes);
        expect_nothing_left();
    } while (seen >= n);
}

/* In another process that ends there, and in this one. */
static void cut_at_each(const struct cut_deed *d)
{
    ended_at_each(d);
    fails_at_each(d);
}

static void creating(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[0]);
}

static void adding(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[1]);
}

static void adding_named(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[2]);
}

static void removing(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[3]);
}

static void deleting(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[4]);
}

static void creating_manager(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[5]);
}

static void deleting_manager(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[6]);
}

static void deleting_manager_with_more(void **state)
{
    (void)state;
    cut_at_each(&cut_deeds[7]);
}

/* ---- what others have there, and backups ----------------------------------------------------- */

/* Of programs that write the registry by themselves, and have not got to the name yet. */
static void make_keys_of_others(void)
{
    fixture_set_text(L"Interfaces\\0", L"Note", L"mine");
    fixture_set_dword(L"Interfaces\\1\\Ip", L"ProtocolId", PID_IP);
    fixture_set_text(L"RouterManagers\\Mine", L"Note", L"mine");
}

static void keys_of_others_stay(void **state)
{
    HANDLE handle = NULL;

    (void)state;
    clear();
    make_keys_of_others();
    cut_expect_done(cut_create(cut_branch));
    cut_expect_done(MprConfigInterfaceDelete(cut_config, cut_find(cut_branch)));
    cut_expect_done(cut_deeds[5].run());
    assert_int_equal(cut_keys_of(INTERFACES), 2);
    assert_int_equal(cut_keys_of(INTERFACES L"\\1"), 1);
    assert_int_equal(cut_keys_of(MANAGERS), 2);
    assert_int_equal(MprConfigTransportGetHandle(cut_config, PID_IP, &handle), NO_ERROR);
}

/* As processes of another version may have left it: all that can be there before the name. */
static void make_what_is_left(void)
{
    fixture_set_dword(L"Interfaces\\4", L"Enabled", 1);
    fixture_set_dword(L"Interfaces\\4", L"Type", ROUTER_IF_TYPE_FULL_ROUTER);
    fixture_set_text(L"Interfaces\\5", L"InterfaceName", L"");
    fixture_set_dword(L"Interfaces\\5\\Ip", L"ProtocolId", PID_IP);
    fixture_set_text(L"Interfaces\\0\\Ip", L"DLLPath", L"x.dll");
    fixture_set_dword(L"RouterManagers\\Gone", L"ProtocolId", 0);
}

static void a_backup_lacks_what_is_left(void **state)
{
    WCHAR folder[MAX_PATH];

    (void)state;
    clear();
    cut_expect_done(cut_create(cut_branch));
    make_what_is_left();
    fixture_set_text(L"RouterManagers\\Mine", L"Note", L"mine");
    GetTempPathW(MAX_PATH, folder);
    wcscat(folder, L"cut-backup");
    cut_expect_done(MprConfigServerBackup(cut_config, folder));
    clear();
    cut_expect_done(MprConfigServerRestore(cut_config, folder));
    assert_int_equal(cut_keys_of(INTERFACES), 1);
    assert_int_equal(cut_keys_of(INTERFACES L"\\0"), 0);
    assert_int_equal(cut_keys_of(MANAGERS), 1);
    assert_true(cut_has_branch());
}

static int child(const char *name, unsigned n)
{
    DWORD status = ERROR_INVALID_FUNCTION;

    fixture_registry_keep();
    if (MprConfigServerConnect(NULL, &cut_config) || !cut_install()) return 1;
    for (size_t i = 0; i < CUT_DEEDS; i++) {
        if (strcmp(name, cut_deeds[i].name) != 0) continue;
        cut_at(n, CUT_ENDS);
        status = cut_deeds[i].run();
    }
    return (int)status;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creating),
        cmocka_unit_test(adding),
        cmocka_unit_test(adding_named),
        cmocka_unit_test(removing),
        cmocka_unit_test(deleting),
        cmocka_unit_test(creating_manager),
        cmocka_unit_test(deleting_manager),
        cmocka_unit_test(deleting_manager_with_more),
        cmocka_unit_test(keys_of_others_stay),
        cmocka_unit_test(a_backup_lacks_what_is_left),
    };

    on_windows_end("what a call writes is our own");
    if (argc > 2) return child(argv[1], (unsigned)strtoul(argv[2], NULL, 10));
    fixture_registry(ROUTER_RAS_LAN_WAN);
    assert_int_equal(MprConfigServerConnect(NULL, &cut_config), NO_ERROR);
    assert_true(cut_install());
    return cmocka_run_group_tests(tests, NULL, NULL);
}

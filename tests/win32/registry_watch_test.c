/* What was kept of the registry counts no longer when anybody has changed it: this process, another
 * one, reg.exe. */
#include "win32/win32_test.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "phonebook/phonebook_settings.h"
#include "win32/journal/journal.h"
#include "win32/link/dial_select.h"
#include "win32/link/dialer.h"
#include "win32/store/config_store.h"
#include "win32/store/interface_names.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_watch.h"
#include "support/start_process.h"

#define REMOTE_ACCESS "HKLM\\SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"
#define DIALERS       REMOTE_ACCESS "\\Parameters\\Dialers"
#define INTERFACES    REMOTE_ACCESS "\\Interfaces"

static void run(const char *line)
{
    PROCESS_INFORMATION process;
    char copy[512];
    DWORD code = 1;

    snprintf(copy, sizeof(copy), "%s", line);
    assert_true(start_process(copy, FALSE, 0, &process));
    assert_int_equal(WaitForSingleObject(process.hProcess, 60000), WAIT_OBJECT_0);
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    assert_int_equal(code, 0);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
}

static void set(const WCHAR *path, const WCHAR *name, DWORD value)
{
    HKEY key;

    assert_int_equal(registry_open(path, KEY_ALL_ACCESS, true, &key), ST_OK);
    assert_int_equal(registry_set_dword(key, name, value), ST_OK);
    RegCloseKey(key);
}

static void remove_all(void)
{
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, REGISTRY_ROOT);
}

static void each_change_is_seen(void **state)
{
    uint32_t first = registry_watch_look(), second;

    (void)state;
    assert_int_equal(registry_watch_look(), first);
    set(L"Parameters", L"Any", 1);
    second = registry_watch_look();
    assert_int_not_equal(second, first);
    assert_int_equal(registry_watch_look(), second);
    set(L"Parameters\\Deep\\Deeper", L"Any", 1);
    first = registry_watch_look();
    assert_int_not_equal(first, second);
    run("reg add " DIALERS " /v Other /d text /f");
    second = registry_watch_look();
    assert_int_not_equal(second, first);
    remove_all();
    assert_int_not_equal(registry_watch_look(), second);
    first = registry_watch_look();
    set(L"", L"Again", 1);
    assert_int_not_equal(registry_watch_look(), first);
}

static void within_a_hold_one_look_is_enough(void **state)
{
    uint32_t held;

    (void)state;
    assert_true(registry_watch_hold());
    assert_false(registry_watch_hold());
    held = registry_watch_look();
    set(L"Parameters", L"Any", 2);
    assert_int_equal(registry_watch_look(), held);
    registry_watch_release();
    assert_int_not_equal(registry_watch_look(), held);
}

static enum dialer_kind select_for(const char16_t *interface)
{
    static struct dial_plan plan;
    struct phonebook_settings settings;

    phonebook_settings_init(&settings);
    settings.device_count = 1;
    u16_copy(settings.device_name, 129, u"No adapter of this host");
    assert_int_equal(dial_select(interface, &settings, &plan), ST_OK);
    phonebook_settings_free(&settings);
    return plan.kind;
}

static void a_dialer_key_of_another_program_counts_at_once(void **state)
{
    (void)state;
    remove_all();
    assert_int_equal(select_for(u"Branch"), DIALER_NONE);
    run("reg add " DIALERS "\\Branch /v Kind /d scripted /f");
    assert_int_equal(select_for(u"BRANCH"), DIALER_SCRIPTED);
    assert_int_equal(select_for(u"Branch 2"), DIALER_NONE);
    run("reg add " DIALERS "\\Branch /v Kind /d command /f");
    assert_int_equal(select_for(u"Branch"), DIALER_NONE); /* malformed: no Command */
    run("reg add " DIALERS "\\Branch /v Command /d x /f");
    assert_int_equal(select_for(u"Branch"), DIALER_COMMAND);
    run("reg delete " DIALERS "\\Branch /f");
    assert_int_equal(select_for(u"Branch"), DIALER_NONE);
}

/* More names than are kept, and than there are keys. */
static void every_interface_gets_its_own_dialer(void **state)
{
    (void)state;
    for (int n = 0; n < 100; n++) {
        WCHAR path[64];
        HKEY key;

        _snwprintf(path, 64, L"Parameters\\Dialers\\Own %d", n);
        assert_int_equal(registry_open(path, KEY_ALL_ACCESS, true, &key), ST_OK);
        assert_int_equal(registry_set_text(key, L"Kind", REG_SZ, L"scripted"), ST_OK);
        RegCloseKey(key);
        if (n != 20 && n != 99) continue; /* with few keys, and with many */
        for (int i = 0; i < 200; i++) {
            _snwprintf(path, 64, L"Own %d", i);
            assert_int_equal(select_for(path), i <= n ? DIALER_SCRIPTED : DIALER_NONE);
        }
    }
}

/* Numbers with gaps, keys that are none, and names in between. */
static void a_stored_name_is_found_after_any_change(void **state)
{
    static const DWORD numbers[] = {0, 3, 4, 4000, 17};
    struct config_interface row, *rows = NULL;
    WCHAR name[32];
    DWORD count = 0;

    (void)state;
    remove_all();
    assert_int_equal(config_interface_find(L"Stored 3", &row), ST_NO_SUCH_INTERFACE);
    assert_true(interface_names_lack(L"Stored 3"));
    set(L"Interfaces\\none", L"Type", 2);
    for (size_t i = 0; i < ARRAYSIZE(numbers); i++) {
        WCHAR path[32];
        HKEY key;

        _snwprintf(path, 32, L"Interfaces\\%lu", numbers[i]);
        _snwprintf(name, 32, L"Stored %lu", numbers[i]);
        assert_int_equal(config_interface_find(name, &row), ST_NO_SUCH_INTERFACE);
        set(path, L"Type", 2);
        assert_int_equal(registry_open(path, KEY_ALL_ACCESS, true, &key), ST_OK);
        assert_int_equal(registry_set_text(key, L"InterfaceName", REG_SZ, name), ST_OK);
        RegCloseKey(key);
        assert_int_equal(config_interface_find(name, &row), ST_OK);
        assert_int_equal(row.number, numbers[i]);
        assert_false(interface_names_lack(name));
    }
    assert_int_equal(config_interface_list(&rows, &count), ST_OK);
    assert_int_equal(count, ARRAYSIZE(numbers));
    assert_int_equal(rows[2].number, 4);
    assert_int_equal(rows[4].number, 4000);
    assert_int_equal(config_interface_delete(&rows[4]), ST_OK);
    mem_free(rows);
    assert_int_equal(config_interface_find(L"Stored 4000", &row), ST_NO_SUCH_INTERFACE);
}

static struct config_interface store(const WCHAR *name)
{
    struct config_interface row = {.type = 2};

    wcscpy_s(row.name, ARRAYSIZE(row.name), name);
    assert_int_equal(journal_enter(), ST_OK);
    assert_int_equal(config_interface_create(&row, NULL), ST_OK);
    journal_leave();
    return row;
}

static void unstore(const struct config_interface *row)
{
    assert_int_equal(journal_enter(), ST_OK);
    assert_int_equal(config_interface_delete(row), ST_OK);
    journal_leave();
}

/* What this library changes leaves known which names there are: nothing is read anew. */
static void own_changes_are_known(void **state)
{
    struct config_interface row, first, second;
    uint32_t before;

    (void)state;
    remove_all();
    set(L"Interfaces\\3", L"Type", 2);
    assert_int_equal(config_interface_find(L"First", &row), ST_NO_SUCH_INTERFACE);
    before = registry_watch_foreign();
    first = store(L"First");
    assert_true(interface_names_lack(L"Second"));
    assert_false(interface_names_lack(L"FIRST"));
    second = store(L"Second");
    assert_int_equal(second.number, 1);
    assert_int_equal(store(L"Third").number, 2);
    assert_int_equal(store(L"Fourth").number, 4);
    unstore(&second);
    assert_true(interface_names_lack(L"Second"));
    assert_int_equal(config_interface_find(L"Fourth", &row), ST_OK);
    assert_int_equal(row.number, 4);
    assert_int_equal(store(L"Second").number, 1);
    assert_int_equal(store(L"Fifth").number, 5);
    unstore(&first);
    assert_int_equal(registry_watch_foreign(), before);
}

/* Two of one name can only come from elsewhere; when one goes, the other one is there. */
static void one_of_two_goes(void **state)
{
    struct config_interface row, first;
    HKEY key;

    (void)state;
    remove_all();
    first = store(L"Twice");
    set(L"Interfaces\\7", L"Type", 2);
    assert_int_equal(registry_open(L"Interfaces\\7", KEY_ALL_ACCESS, true, &key), ST_OK);
    assert_int_equal(registry_set_text(key, L"InterfaceName", REG_SZ, L"twice"), ST_OK);
    RegCloseKey(key);
    assert_int_equal(config_interface_find(L"Other", &row), ST_NO_SUCH_INTERFACE);
    assert_int_equal(config_interface_find(L"Twice", &row), ST_OK);
    assert_int_equal(row.number, 0);
    unstore(&first);
    assert_int_equal(config_interface_find(L"Twice", &row), ST_OK);
    assert_int_equal(row.number, 7);
}

/* A change of another program counts, also one in between; and what a bracket gives up. */
static void what_others_change_counts(void **state)
{
    struct config_interface row;

    (void)state;
    remove_all();
    assert_int_equal(config_interface_find(L"First", &row), ST_NO_SUCH_INTERFACE);
    store(L"First");
    run("reg add " INTERFACES "\\1 /v InterfaceName /d Foreign /f");
    run("reg add " INTERFACES "\\1 /v Type /t REG_DWORD /d 2 /f");
    assert_int_equal(store(L"Second").number, 2);
    assert_false(interface_names_lack(L"Third"));
    assert_int_equal(config_interface_find(L"Foreign", &row), ST_OK);
    assert_true(interface_names_lack(L"Third"));
    assert_int_equal(journal_enter(), ST_OK);
    assert_true(interface_names_lack(L"Third"));
    registry_watch_own_give_up();
    journal_leave();
    assert_false(interface_names_lack(L"Third"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_seen),
        cmocka_unit_test(within_a_hold_one_look_is_enough),
        cmocka_unit_test(a_dialer_key_of_another_program_counts_at_once),
        cmocka_unit_test(every_interface_gets_its_own_dialer),
        cmocka_unit_test(a_stored_name_is_found_after_any_change),
        cmocka_unit_test(own_changes_are_known),
        cmocka_unit_test(one_of_two_goes),
        cmocka_unit_test(what_others_change_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

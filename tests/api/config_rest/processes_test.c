/* Several processes that change the stored configuration at the same time, and callers who are no
 * administrators and want to keep others from it. */
#include "api/config_rest/backup_world.h"
#include "api/support/rights.h"
#include "support/start_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROCESSES = 4, INTERFACES = 25 };

static void start_part(const char *argument, HANDLE *ret)
{
    *ret = start_self(argument, FALSE);
    assert_non_null(*ret);
}

/* Lets all begin together; each has to end with 0. */
static void run_together(const char *what)
{
    HANDLE go = CreateEventW(NULL, TRUE, FALSE, L"Global\\processes-test-go");
    HANDLE running[PROCESSES];

    assert_non_null(go);
    for (int i = 0; i < PROCESSES; i++) {
        char argument[40];

        snprintf(argument, sizeof(argument), "%s %d", what, i);
        start_part(argument, &running[i]);
    }
    assert_true(SetEvent(go));
    assert_true(WaitForMultipleObjects(PROCESSES, running, TRUE, 100000) < PROCESSES);
    for (int i = 0; i < PROCESSES; i++) {
        DWORD code = 99;

        assert_true(GetExitCodeProcess(running[i], &code));
        assert_int_equal(code, 0);
        CloseHandle(running[i]);
    }
    CloseHandle(go);
}

static DWORD count_interfaces(void)
{
    MPR_INTERFACE_0 *rows = NULL;
    DWORD count = 0, total = 0;

    MprConfigInterfaceEnum(world_config, 0, (BYTE **)&rows, (DWORD)-1, &count, &total, NULL);
    MprConfigBufferFree(rows);
    return count;
}

static void each_interface_is_kept(void **state)
{
    (void)state;
    world_make(0);
    run_together("own-names");
    assert_int_equal(count_interfaces(), PROCESSES * INTERFACES);
}

static void one_interface_of_a_name(void **state)
{
    (void)state;
    world_make(0);
    run_together("same-names");
    assert_int_equal(count_interfaces(), INTERFACES);
}

/* A key that another program made is not taken over, even if nothing is in it yet. */
static void a_foreign_key_stays(void **state)
{
    MPR_INTERFACE_0 info = {
        .wszInterfaceName = L"Branch", .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    (void)state;
    world_make(0);
    fixture_set_dword(L"Interfaces\\0", L"Foreign", 1);
    assert_int_equal(MprConfigInterfaceCreate(world_config, 0, (BYTE *)&info, &handle), NO_ERROR);
    fixture_set_dword(L"Interfaces\\1", L"There", 1);
    assert_int_equal(count_interfaces(), 1);
}

/* ---- callers without rights ------------------------------------------------------------------ */

static HANDLE held, done;

static DWORD WINAPI hold_as_nobody(void *context)
{
    HANDLE mutex, book, memory;

    (void)context;
    if (rights_drop()) {
        mutex = CreateMutexW(NULL, TRUE, L"Global\\mprapi-stored-configuration");
        book = CreateMutexW(NULL, TRUE, L"Global\\mprapi-phone-book");
        memory = OpenFileMappingW(FILE_MAP_READ, FALSE, L"Global\\mprapi-stored-configuration");
        if (memory) print_error("the lock can be opened without rights\n");
        SetEvent(held);
        WaitForSingleObject(done, INFINITE);
        if (mutex) CloseHandle(mutex);
        if (book) CloseHandle(book);
        rights_restore();
        return memory ? 1 : 0;
    }
    SetEvent(held);
    return 77;
}

static void nobody_can_hold_the_lock(void **state)
{
    DWORD thread_code = 99, status;
    HANDLE thread;

    (void)state;
    OURS_ALONE("the lock of the stored configuration");
    /* Both locks have been used. */
    world_make('B');
    assert_int_equal(MprConfigServerBackup(world_config, world_other), NO_ERROR);
    assert_int_equal(MprConfigServerRestore(world_config, world_other), NO_ERROR);
    held = CreateEventW(NULL, TRUE, FALSE, NULL);
    done = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, hold_as_nobody, NULL, 0, NULL);
    WaitForSingleObject(held, INFINITE);
    status = MprConfigServerBackup(world_config, world_other);
    /* This one writes the phone book as well. */
    if (status == NO_ERROR) status = MprConfigServerRestore(world_config, world_other);
    SetEvent(done);
    WaitForSingleObject(thread, INFINITE);
    GetExitCodeThread(thread, &thread_code);
    CloseHandle(thread);
    if (thread_code == 77) skip();
    assert_int_equal(status, NO_ERROR);
    assert_int_equal(thread_code, 0);
}

/* Under Wine a descriptor is forgotten when its server ends: each start sets it. */
static void secrets_are_for_administrators(void **state)
{
    static const WCHAR path[] = L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Secrets\\Dial";
    LSTATUS rc;
    HKEY key;

    (void)state;
    OURS_ALONE("where the secrets are");
    fixture_set_dword(L"Secrets\\Dial", L"Anybody", 1);
    assert_int_equal(fixture_run_self("router 0"), 0);
    if (!rights_drop()) skip();
    rc = RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE, &key);
    rights_restore();
    assert_int_equal(rc, ERROR_ACCESS_DENIED);
}

/* The router is the process', not its first caller's. */
static void first_called_by_nobody(void **state)
{
    (void)state;
    world_make('B');
    assert_int_equal(fixture_run_self("nobody 0"), 0);
}

/* ---- children -------------------------------------------------------------------------------- */

static int create_interfaces(const char *prefix)
{
    HANDLE go = OpenEventW(SYNCHRONIZE, FALSE, L"Global\\processes-test-go");

    WaitForSingleObject(go, 60000);
    for (int i = 0; i < INTERFACES; i++) {
        MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
        HANDLE handle = NULL;
        DWORD status;

        _snwprintf(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN, L"%hs %d", prefix, i);
        status = MprConfigInterfaceCreate(world_config, 0, (BYTE *)&info, &handle);
        if (status != NO_ERROR) {
            print_error("interface %d: %lu\n", i, status);
            return 1;
        }
    }
    return 0;
}

static int called_by_nobody(void)
{
    MPR_SERVER_HANDLE server = NULL;
    WCHAR name[] = L"B \x0416 1";
    HANDLE handle = NULL;
    DWORD status;

    if (!rights_drop()) return 0;
    status = MprAdminServerConnect(NULL, &server);
    rights_restore();
    if (status != ERROR_ACCESS_DENIED || MprAdminServerConnect(NULL, &server)) return 1;
    return (int)MprAdminInterfaceGetHandle(server, name, &handle, FALSE);
}

static int child(const char *what, const char *number)
{
    MPR_SERVER_HANDLE server = NULL;

    fixture_registry_keep();
    if (!strcmp(what, "router")) return (int)MprAdminServerConnect(NULL, &server);
    if (!strcmp(what, "nobody")) return called_by_nobody();
    world_begin(FALSE);
    return create_interfaces(strcmp(what, "own-names") ? "Same" : number);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_interface_is_kept),
        cmocka_unit_test(one_interface_of_a_name),
        cmocka_unit_test(a_foreign_key_stays),
        cmocka_unit_test(nobody_can_hold_the_lock),
        cmocka_unit_test(secrets_are_for_administrators),
        cmocka_unit_test(first_called_by_nobody),
    };

    if (argc > 2) return child(argv[1], argv[2]);
    fixture_registry(ROUTER_RAS_LAN_WAN);
    world_begin(TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* FreeLibrary: before the first call, after it, and while an update runs. */
#include "api/support/fixture.h"

#include <string.h>
#include <wchar.h>

static HMODULE dll;

#define FUNCTION(name) static __typeof__(&name) call_##name;
#define FUNCTIONS(X)                      \
    X(MprAdminServerConnect)              \
    X(MprAdminServerDisconnect)           \
    X(MprAdminInterfaceCreate)            \
    X(MprAdminInterfaceTransportAdd)      \
    X(MprAdminInterfaceConnect)           \
    X(MprAdminInterfaceUpdateRoutes)      \
    X(MprAdminInterfaceQueryUpdateResult) \
    X(MprAdminTransportSetInfo)           \
    X(MprInfoCreate)                      \
    X(MprInfoBlockAdd)                    \
    X(MprInfoBlockQuerySize)              \
    X(MprInfoDelete)
FUNCTIONS(FUNCTION)

static void load(void)
{
    dll = LoadLibraryW(L"mprapi.dll");
    assert_non_null(dll);
#define FIND(name)                                                       \
    call_##name = (__typeof__(&name))(void *)GetProcAddress(dll, #name); \
    assert_non_null(call_##name);
    FUNCTIONS(FIND)
}

static void without_a_call_it_goes(void **state)
{
    (void)state;
    OURS_ALONE("the router runs in the process");
    for (int i = 0; i < 50; i++) {
        load();
        assert_true(FreeLibrary(dll));
        assert_null(GetModuleHandleW(L"mprapi.dll"));
    }
    /* Functions without a router need none. */
    for (int i = 0; i < 50; i++) {
        LPVOID header = NULL;

        load();
        assert_int_equal(call_MprInfoCreate(1, &header), NO_ERROR);
        assert_int_equal(call_MprInfoDelete(header), NO_ERROR);
        assert_true(FreeLibrary(dll));
    }
}

static LPVOID header_with_rip(const void *data, DWORD size)
{
    LPVOID empty = NULL, header = NULL;

    assert_int_equal(call_MprInfoCreate(1, &empty), NO_ERROR);
    assert_int_equal(
        call_MprInfoBlockAdd(empty, RIP_BLOCK, size, 1, (BYTE *)(ULONG_PTR)data, &header),
        NO_ERROR);
    call_MprInfoDelete(empty);
    return header;
}

static HANDLE connected_interface(MPR_SERVER_HANDLE server)
{
    static const DWORD global[6] = {1, 1048576, 1048576, 5, 0, 0};
    static const DWORD local[21] = {0, 1, 1, 3, 3, 0, 180, 120, 30, 1};
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    LPVOID header = header_with_rip(global, sizeof(global));
    HANDLE handle = NULL;

    assert_int_equal(call_MprAdminTransportSetInfo(server, PID_IP, header,
                                                   call_MprInfoBlockQuerySize(header), NULL, 0),
                     NO_ERROR);
    call_MprInfoDelete(header);
    wcscpy(info.wszInterfaceName, L"Unloaded");
    assert_int_equal(call_MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    header = header_with_rip(local, sizeof(local));
    assert_int_equal(call_MprAdminInterfaceTransportAdd(server, handle, PID_IP, header,
                                                        call_MprInfoBlockQuerySize(header)),
                     NO_ERROR);
    call_MprInfoDelete(header);
    assert_int_equal(call_MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    return handle;
}

/* The router stays, since its threads run in the module: the event comes, nothing crashes, and
 * whoever loads the DLL again finds the router as he left it. */
static void while_an_update_runs(void **state)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL), handle;
    MPR_SERVER_HANDLE server = NULL;
    DWORD result = 0;

    (void)state;
    OURS_ALONE("the router runs in the process");
    fixture_entry("Unloaded");
    fixture_dialer(L"Unloaded", &dialer);
    load();
    assert_int_equal(call_MprAdminServerConnect(NULL, &server), NO_ERROR);
    handle = connected_interface(server);
    assert_int_equal(call_MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    for (int i = 0; i < 10; i++) FreeLibrary(dll);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    load();
    assert_int_equal(call_MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     NO_ERROR);
    assert_int_equal(result, ERROR_CAN_NOT_COMPLETE);
    call_MprAdminServerDisconnect(server);
    FreeLibrary(dll);
    CloseHandle(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_call_it_goes),
        cmocka_unit_test(while_an_update_runs),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", 1000);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45521);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

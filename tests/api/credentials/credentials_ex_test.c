/* MprAdminInterfaceSetCredentialsEx and MprAdminInterfaceGetCredentialsEx. */
#include "api/support/rights.h"

#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server;
static HANDLE dial;

static int begin(void **state)
{
    (void)state;
    server = fixture_connect();
    dial = fixture_dial_interface(server, "Branch", NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    MprAdminInterfaceDelete(server, dial);
    MprAdminServerDisconnect(server);
    return 0;
}

static DWORD set(HANDLE handle, DWORD level, const void *data, DWORD size)
{
    MPR_CREDENTIALSEX_1 c = {.dwSize = size, .lpbCredentialsInfo = (BYTE *)(ULONG_PTR)data};

    return MprAdminInterfaceSetCredentialsEx(server, handle, level, (BYTE *)&c);
}

static MPR_CREDENTIALSEX_1 *get(HANDLE handle, DWORD level)
{
    MPR_CREDENTIALSEX_1 *c = UNTOUCHED_PTR;

    assert_int_equal(MprAdminInterfaceGetCredentialsEx(server, handle, level, (BYTE **)&c),
                     NO_ERROR);
    /* One block: the data lies behind the structure. */
    if (c->dwSize) assert_ptr_equal(c->lpbCredentialsInfo, (BYTE *)(c + 1));
    return c;
}

static void assert_fails(HANDLE handle, DWORD level, DWORD status)
{
    BYTE *buffer = UNTOUCHED_PTR;

    assert_int_equal(MprAdminInterfaceGetCredentialsEx(server, handle, level, &buffer), status);
    assert_null(buffer);
}

static void eap_data(void **state)
{
    BYTE eap[5000];
    MPR_CREDENTIALSEX_1 *c = get(dial, 0);

    (void)state;
    assert_int_equal(c->dwSize, 0);
    assert_null(c->lpbCredentialsInfo);
    assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
    for (size_t i = 0; i < sizeof(eap); i++) eap[i] = (BYTE)(i * 7);
    assert_int_equal(set(dial, 0, eap, sizeof(eap)), NO_ERROR);
    c = get(dial, 0);
    assert_int_equal(c->dwSize, sizeof(eap));
    assert_memory_equal(c->lpbCredentialsInfo, eap, sizeof(eap));
    assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
    /* The key is another thing. */
    assert_fails(dial, 1, ERROR_NO_INTERFACE_CREDENTIALS_SET);
    assert_int_equal(set(dial, 0, NULL, 0), NO_ERROR);
    c = get(dial, 0);
    assert_int_equal(c->dwSize, 0);
    assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
}

static BOOL contains(const BYTE *data, DWORD size, const void *part, DWORD part_size)
{
    for (DWORD i = 0; i + part_size <= size; i++) {
        if (!memcmp(data + i, part, part_size)) return TRUE;
    }
    return FALSE;
}

static void key(void **state)
{
    static const char secret[] = "pre-shared";

    (void)state;
    for (DWORD level = 1; level <= 3; level++) {
        DWORD other = level % 3 + 1;
        MPR_CREDENTIALSEX_1 *c;

        assert_fails(dial, level, ERROR_NO_INTERFACE_CREDENTIALS_SET);
        assert_int_equal(set(dial, level, secret, sizeof(secret)), NO_ERROR);
        c = get(dial, other);
        assert_true(c->dwSize > sizeof(secret));
        assert_false(contains(c->lpbCredentialsInfo, c->dwSize, secret, sizeof(secret)));
        /* What was handed out is taken back. */
        assert_int_equal(set(dial, 1, NULL, 0), NO_ERROR);
        assert_fails(dial, level, ERROR_NO_INTERFACE_CREDENTIALS_SET);
        assert_int_equal(MprAdminInterfaceSetCredentialsEx(server, dial, level, (BYTE *)c),
                         NO_ERROR);
        assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
        c = get(dial, other);
        /* A half one is not, though as a key it would be short enough. */
        c->dwSize /= 2;
        assert_int_equal(MprAdminInterfaceSetCredentialsEx(server, dial, level, (BYTE *)c),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
        assert_int_equal(set(dial, level, NULL, 0), NO_ERROR);
        assert_int_equal(set(dial, level, NULL, 0), NO_ERROR);
    }
}

static void limits(void **state)
{
    static BYTE big[(1 << 20) + 1];
    MPR_CREDENTIALSEX_1 *c;

    (void)state;
    assert_int_equal(set(dial, 1, big, 256), NO_ERROR);
    assert_int_equal(set(dial, 1, big, 257), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(dial, 1, NULL, 1), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(dial, 1, NULL, 0), NO_ERROR);
    assert_int_equal(set(dial, 0, big, sizeof(big) - 1), NO_ERROR);
    c = get(dial, 0);
    assert_int_equal(c->dwSize, sizeof(big) - 1);
    assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
    assert_int_equal(set(dial, 0, big, sizeof(big)), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(dial, 0, NULL, 1), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(dial, 0, NULL, 0), NO_ERROR);
}

static HANDLE first_of_type(DWORD type)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, total = 0;
    HANDLE ret = NULL;

    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&list, (DWORD)-1, &count, &total, NULL),
        NO_ERROR);
    for (DWORD i = 0; i < count; i++) {
        if (list[i].dwIfType == type) ret = list[i].hInterface;
    }
    MprAdminBufferFree(list);
    return ret;
}

static void bad_arguments(void **state)
{
    HANDLE internal = first_of_type(ROUTER_IF_TYPE_INTERNAL);
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    assert_fails(dial, 4, ERROR_NOT_SUPPORTED);
    assert_int_equal(set(dial, 4, "x", 1), ERROR_NOT_SUPPORTED);
    assert_int_equal(MprAdminInterfaceGetCredentialsEx(server, dial, 1, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceSetCredentialsEx(server, dial, 1, NULL),
                     ERROR_INVALID_PARAMETER);
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        assert_fails((HANDLE)fixture_garbage[i], 1, ERROR_INVALID_HANDLE);
        assert_int_equal(set((HANDLE)fixture_garbage[i], 0, "x", 1), ERROR_INVALID_HANDLE);
    }
    assert_int_equal(MprAdminInterfaceGetCredentialsEx(NULL, dial, 1, &buffer),
                     RPC_INVALID_BINDING);
    assert_null(buffer);
    assert_non_null(internal);
    assert_fails(internal, 0, ERROR_INVALID_PARAMETER);
    assert_fails(internal, 1, ERROR_INVALID_PARAMETER);
}

/* EAP data is of full routers only (MS-RRASM 3.1.4.41), keys are not. */
static void home_router(void **state)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_HOME_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    (void)state;
    fixture_entry("Home");
    wcscpy(info.wszInterfaceName, L"Home");
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    assert_fails(handle, 0, ERROR_INVALID_PARAMETER);
    assert_int_equal(set(handle, 0, "x", 1), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(handle, 1, "x", 1), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

/* Level 2 without an interface (MS-RRASM 3.1.4.40). */
static void key_of_the_server(void **state)
{
    MPR_CREDENTIALSEX_1 *c;

    (void)state;
    assert_fails(NULL, 2, ERROR_NO_INTERFACE_CREDENTIALS_SET);
    assert_int_equal(set(NULL, 2, "server key", 10), NO_ERROR);
    c = get(NULL, 2);
    assert_int_equal(MprAdminInterfaceSetCredentialsEx(server, NULL, 2, (BYTE *)c), NO_ERROR);
    assert_int_equal(MprAdminBufferFree(c), NO_ERROR);
    assert_fails(dial, 2, ERROR_NO_INTERFACE_CREDENTIALS_SET);
    assert_int_equal(set(NULL, 2, NULL, 0), NO_ERROR);
}

static void rights(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD denied_get, denied_set;

    (void)state;
    if (!rights_drop()) skip();
    denied_get = MprAdminInterfaceGetCredentialsEx(server, dial, 1, &buffer);
    denied_set = set(dial, 1, "x", 1);
    rights_restore();
    assert_int_equal(denied_get, ERROR_ACCESS_DENIED);
    assert_int_equal(denied_set, ERROR_ACCESS_DENIED);
    assert_null(buffer);
}

static void restart(void **state)
{
    MPR_CREDENTIALSEX_1 *c;

    (void)state;
    assert_int_equal(set(dial, 0, "eap", 3), NO_ERROR);
    assert_int_equal(set(dial, 1, "key", 3), NO_ERROR);
    assert_int_equal(fixture_run_self("look"), 0);
    if (fixture_router_is_apart()) return; /* and the interface is gone with its router */
    c = get(dial, 0);
    assert_int_equal(c->dwSize, 0);
    MprAdminBufferFree(c);
}

/* A new process has a new router, where the interface is made again over the same entry. */
static int child(void)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    MPR_CREDENTIALSEX_1 *c;

    server = fixture_connect();
    wcscpy(info.wszInterfaceName, L"Branch");
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &dial), NO_ERROR);
    c = get(dial, 0);
    assert_int_equal(c->dwSize, 3);
    assert_memory_equal(c->lpbCredentialsInfo, "eap", 3);
    MprAdminBufferFree(c);
    c = get(dial, 1);
    assert_int_equal(MprAdminInterfaceSetCredentialsEx(server, dial, 1, (BYTE *)c), NO_ERROR);
    MprAdminBufferFree(c);
    /* They go with the interface. */
    assert_int_equal(MprAdminInterfaceDelete(server, dial), NO_ERROR);
    fixture_entry("Branch");
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &dial), NO_ERROR);
    assert_fails(dial, 1, ERROR_NO_INTERFACE_CREDENTIALS_SET);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eap_data),    cmocka_unit_test(key),
        cmocka_unit_test(limits),      cmocka_unit_test(bad_arguments),
        cmocka_unit_test(home_router), cmocka_unit_test(key_of_the_server),
        cmocka_unit_test(rights),      cmocka_unit_test(restart),
    };

    if (argc > 1 && !strcmp(argv[1], "look")) {
        fixture_registry_keep();
        return child();
    }
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, end);
}

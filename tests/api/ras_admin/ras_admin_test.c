/* RasAdmin*: found by name, as programs of their time do, with the shapes of rassapi.dll. */
#include "api/support/fixture.h"

#include <lmcons.h>
#include <string.h>
#include <wchar.h>

static DWORD(WINAPI *error_string)(UINT, WCHAR *, DWORD);
static DWORD(WINAPI *user_get)(const WCHAR *, const WCHAR *, RAS_USER_0 *);
static DWORD(WINAPI *user_set)(const WCHAR *, const WCHAR *, const RAS_USER_0 *);
#ifndef ERROR_INVALID_CALLBACK_NUMBER
#define ERROR_INVALID_CALLBACK_NUMBER 751 /* raserror.h of older Windows versions */
#endif

static WCHAR me[UNLEN + 1];

static FARPROC find(const char *name)
{
    FARPROC function = GetProcAddress(GetModuleHandleA("mprapi.dll"), name);

    if (!function) print_error("%s is not exported\n", name);
    assert_non_null(function);
    return function;
}

static int begin(void **state)
{
    DWORD units = UNLEN + 1;

    (void)state;
    MprAdminIsServiceRunning(NULL); /* so that the DLL is needed */
    error_string = (DWORD(WINAPI *)(UINT, WCHAR *, DWORD))(void *)find("RasAdminGetErrorString");
    user_get = (DWORD(WINAPI *)(const WCHAR *, const WCHAR *, RAS_USER_0 *))(void *)find(
        "RasAdminUserGetInfo");
    user_set = (DWORD(WINAPI *)(const WCHAR *, const WCHAR *, const RAS_USER_0 *))(void *)find(
        "RasAdminUserSetInfo");
    return GetUserNameW(me, &units) ? 0 : 1;
}

static void error_strings(void **state)
{
    WCHAR text[512], *wanted = NULL;
    DWORD length;

    (void)state;
    OURS_ALONE("the NT 4.0 names and shapes: today's DLL need not have them");
    assert_int_equal(MprAdminGetErrorString(ERROR_PORT_NOT_FOUND, &wanted), NO_ERROR);
    length = (DWORD)wcslen(wanted);
    assert_int_equal(error_string(ERROR_PORT_NOT_FOUND, text, 512), NO_ERROR);
    assert_int_equal(wcscmp(text, wanted), 0);
    /* The size is in characters, the terminator included. */
    assert_int_equal(error_string(ERROR_PORT_NOT_FOUND, text, length + 1), NO_ERROR);
    assert_int_equal(wcscmp(text, wanted), 0);
    text[length] = L'#';
    assert_int_equal(error_string(ERROR_PORT_NOT_FOUND, text, length), ERROR_INSUFFICIENT_BUFFER);
    assert_int_equal(text[0], 0);
    assert_int_equal(text[length], L'#');
    text[0] = L'#';
    assert_int_equal(error_string(ERROR_PORT_NOT_FOUND, text, 0), ERROR_INSUFFICIENT_BUFFER);
    assert_int_equal(text[0], L'#');
    LocalFree(wanted);
    /* RAS codes only. */
    assert_int_equal(error_string(ERROR_ACCESS_DENIED, text, 512), ERROR_INVALID_PARAMETER);
    assert_int_equal(error_string(RASBASE - 1, text, 512), ERROR_INVALID_PARAMETER);
    assert_int_equal(error_string(RASBASEEND + 1, text, 512), ERROR_INVALID_PARAMETER);
    assert_int_equal(error_string(ERROR_PORT_NOT_FOUND, NULL, 512), ERROR_INVALID_PARAMETER);
}

static void users(void **state)
{
    RAS_USER_0 info = {.bfPrivilege = RASPRIV_AdminSetCallback | RASPRIV_DialinPrivilege}, got;
    RAS_USER_1 newer;

    (void)state;
    OURS_ALONE("the NT 4.0 names and shapes: today's DLL need not have them");
    wcscpy(info.wszPhoneNumber, L"0815");
    assert_int_equal(user_set(NULL, me, &info), NO_ERROR);
    assert_int_equal(user_get(NULL, me, &got), NO_ERROR);
    assert_int_equal(got.bfPrivilege, info.bfPrivilege);
    assert_int_equal(wcscmp(got.wszPhoneNumber, L"0815"), 0);
    assert_int_equal(MprAdminUserGetInfo(NULL, me, 1, (BYTE *)&newer), NO_ERROR);
    assert_int_equal(newer.bfPrivilege, info.bfPrivilege);

    info.bfPrivilege = RASPRIV_DialinPrivilege; /* has to say a way of callback */
    assert_int_equal(user_set(NULL, me, &info), ERROR_INVALID_DATA);
    info.bfPrivilege = RASPRIV_AdminSetCallback | RASPRIV_NoCallback;
    assert_int_equal(user_set(NULL, me, &info), ERROR_INVALID_DATA);
    info.bfPrivilege = RASPRIV_AdminSetCallback;
    wcscpy(info.wszPhoneNumber, L"\t");
    assert_int_equal(user_set(NULL, me, &info), ERROR_INVALID_CALLBACK_NUMBER);
    assert_int_equal(user_set(NULL, me, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(user_get(NULL, me, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(user_get(NULL, L"nobody at all", &got), ERROR_NO_SUCH_USER);
    info.wszPhoneNumber[0] = 0;
    assert_int_equal(user_set(NULL, L"nobody at all", &info), ERROR_NO_SUCH_USER);
}

typedef DWORD(WINAPI *enum_connections_fn)(RAS_SERVER_HANDLE, DWORD, BYTE **, DWORD, DWORD *,
                                           DWORD *, DWORD *);
typedef DWORD(WINAPI *enum_ports_fn)(RAS_SERVER_HANDLE, DWORD, HANDLE, BYTE **, DWORD, DWORD *,
                                     DWORD *, DWORD *);
typedef DWORD(WINAPI *get_info_fn)(RAS_SERVER_HANDLE, DWORD, HANDLE, BYTE **);
typedef DWORD(WINAPI *act_fn)(RAS_SERVER_HANDLE, HANDLE);

static void enumerations(MPR_SERVER_HANDLE server)
{
    enum_connections_fn connections = (enum_connections_fn)(void *)find("RasAdminConnectionEnum");
    enum_ports_fn ports = (enum_ports_fn)(void *)find("RasAdminPortEnum");
    BYTE *buffer = UNTOUCHED_PTR, *other = UNTOUCHED_PTR;
    DWORD count = 0xdead, total = 0xdead, other_count = 0xbeef, other_total = 0xbeef;

    assert_int_equal(connections(server, 0, &buffer, (DWORD)-1, &count, &total, NULL), NO_ERROR);
    assert_int_equal(
        MprAdminConnectionEnum(server, 0, &other, (DWORD)-1, &other_count, &other_total, NULL),
        NO_ERROR);
    assert_int_equal(count, other_count);
    assert_int_equal(total, other_total);
    MprAdminBufferFree(buffer);
    MprAdminBufferFree(other);
    buffer = other = UNTOUCHED_PTR;
    assert_int_equal(
        ports(server, 0, INVALID_HANDLE_VALUE, &buffer, (DWORD)-1, &count, &total, NULL), NO_ERROR);
    assert_int_equal(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, &other, (DWORD)-1,
                                      &other_count, &other_total, NULL),
                     NO_ERROR);
    assert_int_equal(count, other_count);
    assert_int_equal(total, other_total);
    MprAdminBufferFree(buffer);
    MprAdminBufferFree(other);
}

static void same_as_their_successors(void **state)
{
    static const struct {
        const char *old_name;
        act_fn successor;
    } acts[] = {{"RasAdminConnectionClearStats", MprAdminConnectionClearStats},
                {"RasAdminPortClearStats", MprAdminPortClearStats},
                {"RasAdminPortReset", MprAdminPortReset},
                {"RasAdminPortDisconnect", MprAdminPortDisconnect}};
    static const struct {
        const char *old_name;
        get_info_fn successor;
    } gets[] = {{"RasAdminConnectionGetInfo", MprAdminConnectionGetInfo},
                {"RasAdminPortGetInfo", MprAdminPortGetInfo}};
    MPR_SERVER_HANDLE server = fixture_connect();

    (void)state;
    enumerations(server);
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        act_fn act = (act_fn)(void *)find(acts[i].old_name);
        DWORD status = acts[i].successor(server, UNTOUCHED_HANDLE);

        assert_int_not_equal(status, NO_ERROR);
        assert_int_equal(act(server, UNTOUCHED_HANDLE), status);
        assert_int_equal(act(NULL, UNTOUCHED_HANDLE), acts[i].successor(NULL, UNTOUCHED_HANDLE));
    }
    for (size_t i = 0; i < sizeof(gets) / sizeof(gets[0]); i++) {
        get_info_fn get = (get_info_fn)(void *)find(gets[i].old_name);
        BYTE *buffer = UNTOUCHED_PTR;
        DWORD status = gets[i].successor(server, 0, UNTOUCHED_HANDLE, &buffer);

        buffer = UNTOUCHED_PTR;
        assert_int_not_equal(status, NO_ERROR);
        assert_int_equal(get(server, 0, UNTOUCHED_HANDLE, &buffer), status);
        assert_null(buffer);
    }
    MprAdminServerDisconnect(server);
}

/* Names without published semantics are there, and harmless. */
static void the_rest_answers(void **state)
{
    static const char *const names[] = {"CompressPhoneNumber", "MprPortSetUsage",
                                        "MprAdminUserOpen",    "MprAdminUserClose",
                                        "MprAdminUserRead",    "MprAdminUserWrite",
                                        "MprGetUsrParams",     "RasPrivilegeAndCallBackNumber"};
    DWORD(WINAPI * usage)(DWORD);

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) find(names[i]);
    usage = (DWORD(WINAPI *)(DWORD))(void *)find("MprPortSetUsage");
    assert_int_equal(usage(1), ERROR_CALL_NOT_IMPLEMENTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_strings),
        cmocka_unit_test(users),
        cmocka_unit_test(same_as_their_successors),
        cmocka_unit_test(the_rest_answers),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, NULL);
}

/* MprAdminUserGetInfo and MprAdminUserSetInfo. */
#include "api/support/rights.h"

#include <lmcons.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#ifndef ERROR_INVALID_CALLBACK_NUMBER
#define ERROR_INVALID_CALLBACK_NUMBER 751 /* raserror.h of older Windows versions */
#endif

static WCHAR me[UNLEN + 1];

static RAS_USER_1 get(const WCHAR *user)
{
    RAS_USER_1 info;

    memset(&info, 0xef, sizeof(info));
    assert_int_equal(MprAdminUserGetInfo(NULL, user, 1, (BYTE *)&info), NO_ERROR);
    return info;
}

static RAS_USER_1 make(BYTE privilege, BYTE privilege2, const WCHAR *number)
{
    RAS_USER_1 info = {.bfPrivilege = privilege, .bfPrivilege2 = privilege2};

    wcscpy(info.wszPhoneNumber, number);
    return info;
}

static DWORD set(const WCHAR *user, DWORD level, RAS_USER_1 info)
{
    return MprAdminUserSetInfo(NULL, user, level, (BYTE *)&info);
}

static void assert_user(BYTE privilege, BYTE privilege2, const WCHAR *number)
{
    RAS_USER_1 info = get(me);

    assert_int_equal(info.bfPrivilege, privilege);
    assert_int_equal(info.bfPrivilege2, privilege2);
    assert_int_equal(wcscmp(info.wszPhoneNumber, number), 0);
}

static void a_fresh_account(void **state)
{
    (void)state;
    assert_user(RASPRIV_NoCallback, RASPRIV2_DialinPolicy, L"");
}

static void levels(void **state)
{
    struct {
        RAS_USER_0 info;
        BYTE behind[8];
    } small;

    (void)state;
    assert_int_equal(
        set(me, 1, make(RASPRIV_AdminSetCallback | RASPRIV_DialinPrivilege, 0, L"123")), NO_ERROR);
    assert_user(RASPRIV_AdminSetCallback | RASPRIV_DialinPrivilege, 0, L"123");
    /* Level 0 writes its structure and no byte behind it. */
    memset(&small, 0xef, sizeof(small));
    assert_int_equal(MprAdminUserGetInfo(NULL, me, 0, (BYTE *)&small.info), NO_ERROR);
    assert_int_equal(small.info.bfPrivilege, RASPRIV_AdminSetCallback | RASPRIV_DialinPrivilege);
    assert_int_equal(wcscmp(small.info.wszPhoneNumber, L"123"), 0);
    for (size_t i = 0; i < sizeof(small.behind); i++) assert_int_equal(small.behind[i], 0xef);
    /* Set at level 0 leaves what only level 1 has. */
    assert_int_equal(set(me, 0, make(RASPRIV_CallerSetCallback, 0xff, L"4")), NO_ERROR);
    assert_user(RASPRIV_CallerSetCallback, 0, L"4");
    assert_int_equal(set(me, 1, make(RASPRIV_CallerSetCallback, RASPRIV2_DialinPolicy, L"4")),
                     NO_ERROR);
    assert_int_equal(set(me, 0, make(RASPRIV_NoCallback, 0, L"")), NO_ERROR);
    assert_user(RASPRIV_NoCallback, RASPRIV2_DialinPolicy, L"");
}

static void callback_bits(void **state)
{
    static const BYTE bad[] = {3, 5, 6, 7, 11, 15};

    (void)state;
    assert_int_equal(set(me, 1, make(RASPRIV_DialinPrivilege, 0, L"")), NO_ERROR);
    assert_user(RASPRIV_NoCallback | RASPRIV_DialinPrivilege, 0, L"");
    for (size_t i = 0; i < sizeof(bad); i++)
        assert_int_equal(set(me, 1, make(bad[i], 0, L"9")), ERROR_INVALID_PARAMETER);
    assert_user(RASPRIV_NoCallback | RASPRIV_DialinPrivilege, 0, L"");
    assert_int_equal(set(me, 1, make(0xf0 | RASPRIV_NoCallback, 0xfe, L"")), NO_ERROR);
    assert_user(RASPRIV_NoCallback, 0, L"");
}

static void numbers(void **state)
{
    WCHAR longest[MAX_PHONE_NUMBER_LEN + 1];
    RAS_USER_1 info;

    (void)state;
    wmemset(longest, L'7', MAX_PHONE_NUMBER_LEN);
    longest[MAX_PHONE_NUMBER_LEN] = 0;
    assert_int_equal(set(me, 1, make(RASPRIV_AdminSetCallback, 0, longest)), NO_ERROR);
    assert_user(RASPRIV_AdminSetCallback, 0, longest);
    info = make(RASPRIV_AdminSetCallback, 0, L"");
    wmemset(info.wszPhoneNumber, L'7', MAX_PHONE_NUMBER_LEN + 1);
    assert_int_equal(set(me, 1, info), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(me, 1, make(2, 0, L"12\n34")), ERROR_INVALID_CALLBACK_NUMBER);
    assert_int_equal(set(me, 1, make(2, 0, L"12\x0663")), ERROR_INVALID_CALLBACK_NUMBER);
    assert_user(RASPRIV_AdminSetCallback, 0, longest);
    assert_int_equal(set(me, 1, make(2, 0, L"T 9,(030)-1")), NO_ERROR);
    assert_user(RASPRIV_AdminSetCallback, 0, L"T 9,(030)-1");
}

static void codes(void **state)
{
    RAS_USER_1 info = make(1, 0, L"");

    (void)state;
    assert_int_equal(MprAdminUserGetInfo(NULL, me, 2, (BYTE *)&info), ERROR_INVALID_LEVEL);
    assert_int_equal(set(me, 2, info), ERROR_INVALID_LEVEL);
    assert_int_equal(MprAdminUserGetInfo(NULL, me, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminUserSetInfo(NULL, me, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminUserGetInfo(NULL, NULL, 0, (BYTE *)&info), ERROR_INVALID_PARAMETER);
    memset(&info, 0xef, sizeof(info));
    assert_int_equal(MprAdminUserGetInfo(NULL, L"nobody at all", 1, (BYTE *)&info),
                     ERROR_NO_SUCH_USER);
    assert_int_equal(MprAdminUserGetInfo(NULL, L"", 1, (BYTE *)&info), ERROR_NO_SUCH_USER);
    assert_int_equal(info.bfPrivilege, 0xef);
    info = make(1, 0, L"");
    assert_int_equal(set(L"nobody at all", 1, info), ERROR_NO_SUCH_USER);
    assert_int_equal(set(L"ELSEWHERE\\nobody", 1, info), ERROR_NO_SUCH_USER);
    assert_int_equal(MprAdminUserGetInfo(L"\\\\no-such-server", me, 1, (BYTE *)&info),
                     RPC_SERVER_UNAVAILABLE);
}

/* The server that MprAdminGetPDCServer gives is what these functions take. */
static void names(void **state)
{
    WCHAR server[UNCLEN + 1], qualified[UNLEN + UNCLEN + 2];
    RAS_USER_1 info;

    (void)state;
    assert_int_equal(set(me, 1, make(RASPRIV_AdminSetCallback, 0, L"55")), NO_ERROR);
    assert_int_equal(MprAdminGetPDCServer(NULL, L"", server), NO_ERROR);
    assert_int_equal(MprAdminUserGetInfo(server, me, 1, (BYTE *)&info), NO_ERROR);
    assert_int_equal(wcscmp(info.wszPhoneNumber, L"55"), 0);
    assert_int_equal(MprAdminUserGetInfo(L"\\\\localhost", me, 1, (BYTE *)&info), NO_ERROR);
    swprintf(qualified, UNLEN + UNCLEN + 2, L"%ls\\%ls", server + 2, me);
    assert_int_equal(wcscmp(get(qualified).wszPhoneNumber, L"55"), 0);
    swprintf(qualified, UNLEN + UNCLEN + 2, L".\\%ls", me);
    assert_int_equal(wcscmp(get(qualified).wszPhoneNumber, L"55"), 0);
}

static void another_process(void **state)
{
    (void)state;
    assert_int_equal(set(me, 1, make(RASPRIV_AdminSetCallback, 0, L"555")), NO_ERROR);
    assert_int_equal(fixture_run_self("look"), 0);
}

static int child(void)
{
    assert_user(RASPRIV_AdminSetCallback, 0, L"555");
    return 0;
}

static void rights(void **state)
{
    RAS_USER_1 info = make(RASPRIV_NoCallback, 0, L"");
    DWORD denied_get, denied_set;

    (void)state;
    if (!rights_drop()) skip();
    denied_get = MprAdminUserGetInfo(NULL, me, 1, (BYTE *)&info);
    denied_set = set(me, 1, info);
    rights_restore();
    assert_int_equal(denied_get, ERROR_ACCESS_DENIED);
    assert_int_equal(denied_set, ERROR_ACCESS_DENIED);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_account), cmocka_unit_test(levels),
        cmocka_unit_test(callback_bits),   cmocka_unit_test(numbers),
        cmocka_unit_test(codes),           cmocka_unit_test(names),
        cmocka_unit_test(another_process), cmocka_unit_test(rights),
    };
    DWORD units = UNLEN + 1;

    if (!GetUserNameW(me, &units)) return 1;
    if (argc > 1 && !strcmp(argv[1], "look")) return child();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

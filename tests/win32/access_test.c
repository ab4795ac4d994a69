#include "win32_test.h"

#include "win32/instance.h"
#include "win32/sys/access.h"

static PSID administrators(void)
{
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID sid = NULL;

    assert_true(AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                         DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0, &sid));
    return sid;
}

static HANDLE process_token(void)
{
    HANDLE token = NULL;

    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &token));
    return token;
}

/* A token in which Administrators serves to deny only. */
static HANDLE restricted_token(void)
{
    SID_AND_ATTRIBUTES deny = {administrators(), 0};
    HANDLE token = process_token(), restricted = NULL;

    assert_true(CreateRestrictedToken(token, 0, 1, &deny, 0, NULL, 0, NULL, &restricted));
    CloseHandle(token);
    FreeSid(deny.Sid);
    return restricted;
}

static void test_administrator_may(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) assert_int_equal(access_check(), ST_OK);
}

static void test_restricted_thread_may_not(void **state)
{
    HANDLE token = restricted_token();

    (void)state;
    assert_true(ImpersonateLoggedOnUser(token));
    assert_int_equal(access_check(), ST_ACCESS_DENIED);
    assert_int_equal(instance_check_call(), ST_ACCESS_DENIED);
    assert_true(RevertToSelf());
    assert_int_equal(access_check(), ST_OK);
    CloseHandle(token);
}

/* A thread's word is believed, and counts no longer than it says. */
static void test_a_thread_without_token_says_so(void **state)
{
    HANDLE token = restricted_token();

    (void)state;
    access_thread_has_no_token(true);
    assert_int_equal(access_check(), ST_OK);
    assert_null(access_as_process());
    assert_true(ImpersonateLoggedOnUser(token));
    assert_int_equal(access_check(), ST_OK);
    access_thread_has_no_token(false);
    assert_int_equal(access_check(), ST_ACCESS_DENIED);
    assert_true(RevertToSelf());
    assert_int_equal(access_check(), ST_OK);
    CloseHandle(token);
}

static void test_impersonating_oneself(void **state)
{
    (void)state;
    assert_true(ImpersonateSelf(SecurityImpersonation));
    assert_int_equal(access_check(), ST_OK);
    assert_true(RevertToSelf());
}

/* Identification only: the token may be looked at, which is all that the check does. */
static void test_identification_level(void **state)
{
    HANDLE token = restricted_token(), copy = NULL;

    (void)state;
    assert_true(DuplicateTokenEx(token, TOKEN_ALL_ACCESS, NULL, SecurityIdentification,
                                 TokenImpersonation, &copy));
    assert_true(SetThreadToken(NULL, copy));
    assert_int_equal(access_check(), ST_ACCESS_DENIED);
    assert_true(RevertToSelf());
    CloseHandle(copy);
    CloseHandle(token);
}

static DWORD WINAPI other_thread(void *parameter)
{
    *(mpr_status *)parameter = access_check();
    return 0;
}

static void test_other_threads_are_unaffected(void **state)
{
    HANDLE token = restricted_token(), thread;
    mpr_status result = ST_CAN_NOT_COMPLETE;

    (void)state;
    assert_true(ImpersonateLoggedOnUser(token));
    thread = CreateThread(NULL, 0, other_thread, &result, 0, NULL);
    assert_non_null(thread);
    WaitForSingleObject(thread, INFINITE);
    assert_true(RevertToSelf());
    assert_int_equal(result, ST_OK);
    CloseHandle(thread);
    CloseHandle(token);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_administrator_may),
        cmocka_unit_test(test_restricted_thread_may_not),
        cmocka_unit_test(test_a_thread_without_token_says_so),
        cmocka_unit_test(test_impersonating_oneself),
        cmocka_unit_test(test_identification_level),
        cmocka_unit_test(test_other_threads_are_unaffected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Whom the handler acts for. */
#include "win32/carrier/parts.h"

#include <string.h>

static HANDLE router;

/* This process' token with Administrators for deny only. */
static HANDLE weak_token(void)
{
    SID_IDENTIFIER_AUTHORITY authority = {SECURITY_NT_AUTHORITY};
    SID_AND_ATTRIBUTES administrators = {NULL, 0};
    HANDLE token = NULL, weak = NULL;

    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &token));
    assert_true(AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                         DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                         &administrators.Sid));
    assert_true(CreateRestrictedToken(token, 0, 1, &administrators, 0, NULL, 0, NULL, &weak));
    FreeSid(administrators.Sid);
    CloseHandle(token);
    return weak;
}

static void impersonate(HANDLE primary, SECURITY_IMPERSONATION_LEVEL level)
{
    HANDLE copy = NULL;

    assert_true(
        DuplicateTokenEx(primary, TOKEN_ALL_ACCESS, NULL, level, TokenImpersonation, &copy));
    assert_true(SetThreadToken(NULL, copy));
    CloseHandle(copy);
}

static uint32_t seen_access(uint32_t session)
{
    uint32_t value = 0xdeadbeef;

    assert_int_equal(part_ask(session, PART_ACCESS, 0, &value), ST_OK);
    return value;
}

static int start(void **state)
{
    (void)state;
    router = part_start_router();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    part_kill(router);
    return 0;
}

static void test_administrator(void **state)
{
    uint32_t session = part_open();

    (void)state;
    for (int i = 0; i < 3; i++) assert_int_equal(seen_access(session), ST_OK);
}

static void test_thread(void **state)
{
    uint32_t session = part_open();
    HANDLE weak = weak_token();

    (void)state;
    for (int i = 0; i < 10; i++) {
        impersonate(weak, SecurityImpersonation);
        assert_int_equal(seen_access(session), ST_ACCESS_DENIED);
        assert_true(RevertToSelf());
        assert_int_equal(seen_access(session), ST_OK);
    }
    CloseHandle(weak);
}

static DWORD WINAPI weak_thread(void *parameter)
{
    HANDLE weak = weak_token();
    uint32_t session = *(uint32_t *)parameter;

    impersonate(weak, SecurityImpersonation);
    for (int i = 0; i < 100; i++) {
        if (seen_access(session) != ST_ACCESS_DENIED) InterlockedIncrement(&part_counts.faults);
    }
    CloseHandle(weak);
    return 0;
}

static DWORD WINAPI strong_thread(void *parameter)
{
    for (int i = 0; i < 200; i++) {
        if (seen_access(*(uint32_t *)parameter) != ST_OK) InterlockedIncrement(&part_counts.faults);
    }
    return 0;
}

/* They share channels, and never each other's rights. */
static void test_threads_of_both_kinds(void **state)
{
    uint32_t session = part_open();
    HANDLE weak = CreateThread(NULL, 0, weak_thread, &session, 0, NULL);

    (void)state;
    part_counts.faults = 0;
    part_threads(3, strong_thread, &session);
    assert_int_equal(WaitForSingleObject(weak, 60000), WAIT_OBJECT_0);
    CloseHandle(weak);
    assert_int_equal(part_counts.faults, 0);
}

/* A token to look at is none to act with. */
static void test_levels(void **state)
{
    uint32_t session = part_open(), value;
    HANDLE own = NULL;

    (void)state;
    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own));
    impersonate(own, SecurityIdentification);
    assert_int_equal(part_ask(session, PART_ACCESS, 0, &value), ST_ACCESS_DENIED);
    impersonate(own, SecurityImpersonation);
    assert_int_equal(seen_access(session), ST_OK);
    assert_true(RevertToSelf());
    CloseHandle(own);
}

/* The other process, whose token says that it is no administrator: 0 when the router sees that. */
static int weak_client(void)
{
    struct carrier *c = local_carrier();
    uint32_t session, value = 0;
    mpr_status status = c->table->open(c, HANDLE_SERVER, &session);

    if (status != ST_OK) return (int)status;
    for (int i = 0; i < 20; i++) {
        if (part_ask(session, PART_ACCESS, 0, &value) != ST_OK) return 98;
        if (value != ST_ACCESS_DENIED) return 97;
    }
    return 0;
}

static void test_weak_process(void **state)
{
    HANDLE weak = weak_token();
    uint32_t session = part_open();

    (void)state;
    assert_int_equal(part_wait(part_start("weak", weak)), 0);
    assert_int_equal(part_wait(part_start("weak", NULL)), 97);
    assert_int_equal(seen_access(session), ST_OK);
    CloseHandle(weak);
}

static void test_weak_process_is_no_router(void **state)
{
    HANDLE weak = weak_token();

    (void)state;
    part_kill(router);
    assert_int_equal(part_wait(part_start("router", weak)), 4);
    /* What it can do is make the pipe: who connects finds out. */
    router = part_start("squatter", weak);
    WAIT_UNTIL(local_router_runs(), 60000);
    {
        struct carrier *c = local_carrier();
        uint32_t session;

        assert_int_equal(c->table->open(c, HANDLE_SERVER, &session), ST_ACCESS_DENIED);
    }
    CloseHandle(weak);
}

static int squatter(void)
{
    HANDLE pipe = CreateNamedPipeW(L"\\\\.\\pipe\\mprapi.router", PIPE_ACCESS_OUTBOUND,
                                   PIPE_TYPE_MESSAGE, 8, 64, 0, 0, NULL);

    ConnectNamedPipe(pipe, NULL);
    Sleep(60000);
    return 0;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_administrator),
        cmocka_unit_test(test_thread),
        cmocka_unit_test(test_threads_of_both_kinds),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_weak_process),
        cmocka_unit_test(test_weak_process_is_no_router),
    };

    if (count > 1 && strcmp(arguments[1], "router") == 0) return part_router(arguments[2]);
    if (count > 1 && strcmp(arguments[1], "squatter") == 0) return squatter();
    if (count > 1) return weak_client();
    return cmocka_run_group_tests(tests, start, stop);
}

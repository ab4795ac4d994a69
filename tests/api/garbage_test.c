/* Handles that are none, in every function: NULL, INVALID_HANDLE_VALUE, stale, of another kind,
 * random numbers, pointers. The documented code comes back and nothing else happens. */
#include "api/support/calls.h"

#include <stdlib.h>

static MPR_SERVER_HANDLE server;
static HANDLE live;

static int set_up(void **state)
{
    const struct fixture_dialer dialer = {0};

    (void)state;
    calls_begin();
    server = fixture_connect();
    live = fixture_dial_interface(server, "Live", &dialer);
    return 0;
}

static void refuse_server(const struct call *call, HANDLE handle)
{
    DWORD status = call->run(handle, live);

    if (status != RPC_INVALID_BINDING) {
        print_error("%s with server %p\n", call->name, handle);
        assert_int_equal(status, RPC_INVALID_BINDING);
    }
}

static void refuse_interface(const struct call *call, HANDLE handle)
{
    DWORD status = call->run(server, handle);

    if (status != ERROR_INVALID_HANDLE) {
        print_error("%s with interface %p\n", call->name, handle);
        assert_int_equal(status, ERROR_INVALID_HANDLE);
    }
}

static void server_handles(void **state)
{
    MPR_SERVER_HANDLE stale = fixture_connect();
    HANDLE config = NULL, event = CreateEventW(NULL, FALSE, FALSE, NULL);
    int on_stack;

    (void)state;
    MprAdminServerDisconnect(stale);
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    for (size_t i = 0; i < call_count; i++) {
        const HANDLE bad[] = {stale, live, config, event, &on_stack, &server};

        for (size_t g = 0; g < fixture_garbage_count; g++)
            refuse_server(&calls[i], (HANDLE)fixture_garbage[g]);
        for (size_t b = 0; b < sizeof(bad) / sizeof(bad[0]); b++) refuse_server(&calls[i], bad[b]);
    }
    MprConfigServerDisconnect(config);
    CloseHandle(event);
}

static void interface_handles(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE stale = fixture_dial_interface(server, "Stale", &dialer);
    int on_stack;

    (void)state;
    assert_int_equal(MprAdminInterfaceDelete(server, stale), NO_ERROR);
    for (size_t i = 0; i < call_count; i++) {
        const HANDLE bad[] = {stale, server, &on_stack};

        if (!calls[i].takes_interface) continue;
        for (size_t g = 0; g < fixture_garbage_count; g++)
            refuse_interface(&calls[i], (HANDLE)fixture_garbage[g]);
        for (size_t b = 0; b < sizeof(bad) / sizeof(bad[0]); b++)
            refuse_interface(&calls[i], bad[b]);
    }
}

/* The low half is good, the high half is not zero. */
static void handles_above_32_bits(void **state)
{
    (void)state;
    if (sizeof(void *) == 4) {
        print_message("SKIP: handles have 32 bits here\n");
        skip();
    }
    for (size_t i = 0; i < call_count; i++) {
        const ULONG_PTR high = (ULONG_PTR)0x100000000ULL;

        refuse_server(&calls[i], (HANDLE)((ULONG_PTR)server | high));
        if (calls[i].takes_interface) refuse_interface(&calls[i], (HANDLE)((ULONG_PTR)live | high));
    }
}

/* Numerical Recipes' generator: the same garbage on every machine. */
static DWORD next_random(void)
{
    static DWORD seed = 7;

    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

static void random_numbers(void **state)
{
    (void)state;
    for (int n = 0; n < 2000; n++) {
        ULONG_PTR number = ((ULONG_PTR)next_random() << 17) ^ (ULONG_PTR)next_random();
        const struct call *call = &calls[(size_t)next_random() % call_count];

        if ((HANDLE)number == server || (HANDLE)number == live) continue;
        refuse_server(call, (HANDLE)number);
        if (call->takes_interface) refuse_interface(call, (HANDLE)number);
    }
}

static void the_live_ones_still_work(void **state)
{
    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, live, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDisconnect(server, live), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, live), NO_ERROR);
    MprAdminServerDisconnect(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(server_handles),           cmocka_unit_test(interface_handles),
        cmocka_unit_test(handles_above_32_bits),    cmocka_unit_test(random_numbers),
        cmocka_unit_test(the_live_ones_still_work),
    };

    on_windows_end("scripted dialers");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, set_up, NULL);
}

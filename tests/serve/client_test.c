/* Clients: whose sessions they are, what ends with them, and whose events a request may name. */
#include "serve/ask.h"

#include "api/support/live.h"
#include "win32/sys/event.h"
#include "support/start_process.h"

#include <string.h>

static uint32_t open_one(void *client, enum handle_kind kind)
{
    uint32_t session = 0;

    assert_int_equal(serve_handler.open(client, kind, &session), ST_OK);
    assert_int_not_equal(session, 0);
    return session;
}

static mpr_status call_with(void *client, uint32_t session)
{
    struct ask q = ask_new();
    struct ndr request;
    mpr_status status;

    ndr_write(&request);
    assert_int_equal(dim_request(&request, DIM_SERVER_GET_INFO, &q.a), ST_OK);
    status = ask_carry(client, session, DIM_SERVER_GET_INFO, request.written, request.position,
                       &q.octets);
    if (status != ST_OK) assert_null(q.octets.data);
    ndr_free(&request);
    mem_free(q.octets.data);
    return status;
}

/* The worker may still hold something, and unused events are kept for a while. */
static bool settles(size_t handles)
{
    for (int i = 0; i < 1000 && live_handles() > handles; i++) {
        event_trim(true);
        Sleep(10);
    }
    return live_handles() == handles;
}

/* Wine gives a lock an event of its own when two threads first meet there, and keeps it: a round
 * may have one handle more for that. What is lost is lost in every round. */
static void gives_back(void (*round)(void *), void *context)
{
    bool all = false;

    for (int i = 0; i < 5 && !all; i++) {
        size_t handles;

        event_trim(true);
        handles = live_handles();
        round(context);
        all = settles(handles);
    }
    assert_true(all);
}

/* ---- sessions -------------------------------------------------------------------------------- */

static void a_session_is_its_clients_alone(void **state)
{
    void *other;
    uint32_t theirs, stale;

    (void)state;
    assert_int_equal(serve_handler.client_begin(GetCurrentProcessId(), &other), ST_OK);
    theirs = open_one(other, HANDLE_SERVER);
    assert_int_equal(call_with(other, theirs), ST_OK);
    assert_int_equal(call_with(ask_client, theirs), ST_RPC_INVALID_BINDING);
    serve_handler.close(ask_client, theirs); /* nothing of theirs */
    assert_int_equal(call_with(other, theirs), ST_OK);
    /* A handle of this process itself is no session of anybody. */
    assert_int_equal(call_with(other, HandleToUlong(scene_server)), ST_RPC_INVALID_BINDING);
    serve_handler.close(other, HandleToUlong(scene_server));
    assert_int_equal(MprAdminInterfaceDisconnect(scene_server, NULL), ERROR_INVALID_HANDLE);
    stale = theirs;
    serve_handler.close(other, theirs);
    assert_int_equal(call_with(other, stale), ST_RPC_INVALID_BINDING);
    theirs = open_one(other, HANDLE_SERVER);
    assert_int_not_equal(theirs, stale);
    assert_int_equal(call_with(other, stale), ST_RPC_INVALID_BINDING);
    assert_int_equal(call_with(other, 0), ST_RPC_INVALID_BINDING);
    assert_int_equal(call_with(other, MAXDWORD), ST_RPC_INVALID_BINDING);
    serve_handler.client_end(other);
}

static void a_session_of_the_other_kind_is_no_binding(void **state)
{
    (void)state;
    for (uint32_t m = 0; m < DIM_METHODS; m++) {
        uint32_t right = ask_session_for((enum dim_method)m), result;
        struct ask q = ask_new();

        assert_int_equal(
            ask_try(right == ask_mib ? ask_session : ask_mib, (enum dim_method)m, &q, &result),
            ST_OK);
        /* Pages that have one code for a wrong server handle and others. */
        if (m == DIM_CONNECTION_REMOVE_QUARANTINE)
            assert_int_equal(result, ERROR_INVALID_PARAMETER);
        else if (m == DIM_SERVER_SET_INFO)
            assert_int_equal(result, ERROR_INVALID_HANDLE);
        else
            assert_int_equal(result, RPC_INVALID_BINDING);
        ask_end(&q);
    }
    assert_int_equal(serve_handler.open(ask_client, HANDLE_INTERFACE, &(uint32_t){0}),
                     ST_INVALID_PARAMETER);
}

/* Sessions that a client forgets to close, and notifications, end with it; the router runs on. */
static void leave_sessions(void *unused)
{
    void *client;

    (void)unused;
    assert_int_equal(serve_handler.client_begin(GetCurrentProcessId(), &client), ST_OK);
    for (int i = 0; i < 700; i++) open_one(client, i % 2 ? HANDLE_SERVER : HANDLE_MIB_SERVER);
    serve_handler.client_end(client);
}

static void a_clients_end_closes_what_it_left(void **state)
{
    size_t results = live_results();

    (void)state;
    gives_back(leave_sessions, NULL);
    assert_int_equal(live_results(), results);
    assert_int_equal(call_with(ask_client, ask_session), ST_OK);
}

/* ---- events ---------------------------------------------------------------------------------- */

/* Another process, which has no part in it but to have handles. */
struct stranger {
    PROCESS_INFORMATION process;
    void *client;
    uint32_t session;
};

static struct stranger stranger_begin(void)
{
    char command[MAX_PATH + 16];
    struct stranger s;

    GetModuleFileNameA(NULL, command, MAX_PATH);
    strcat(command, " sleep");
    assert_true(start_process(command, FALSE, CREATE_SUSPENDED, &s.process));
    assert_int_equal(serve_handler.client_begin(s.process.dwProcessId, &s.client), ST_OK);
    s.session = open_one(s.client, HANDLE_SERVER);
    return s;
}

static void stranger_end(struct stranger *s)
{
    serve_handler.client_end(s->client);
    TerminateProcess(s->process.hProcess, 0);
    WaitForSingleObject(s->process.hProcess, 10000);
    CloseHandle(s->process.hThread);
    CloseHandle(s->process.hProcess);
}

/* The value of a handle of the stranger's to an object of ours. */
static uint32_t hand_over(const struct stranger *s, HANDLE object)
{
    HANDLE value = NULL;

    assert_true(DuplicateHandle(GetCurrentProcess(), object, s->process.hProcess, &value, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    return HandleToUlong(value);
}

static void take_back(const struct stranger *s, uint32_t value)
{
    HANDLE ours = NULL;

    assert_true(DuplicateHandle(s->process.hProcess, UlongToHandle(value), GetCurrentProcess(),
                                &ours, 0, FALSE, DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS));
    CloseHandle(ours);
}

static DWORD ask_as(const struct stranger *s, enum dim_method method, uint32_t event, DWORD process,
                    bool registers)
{
    struct ask q = ask_new();
    void *own = ask_client;
    uint32_t result;

    q.a.event = event;
    q.a.process = process;
    q.a.registers = registers;
    ask_client = s->client;
    assert_int_equal(ask_try(s->session, method, &q, &result), ST_OK);
    ask_client = own;
    ask_end(&q);
    return result;
}

static DWORD connect_as(const struct stranger *s, uint32_t event, DWORD process)
{
    DWORD result;

    MprAdminInterfaceDisconnect(scene_server, scene_interface);
    result = ask_as(s, DIM_INTERFACE_CONNECT, event, process, false);
    if (result == PENDING)
        fixture_wait_state(scene_server, scene_interface, ROUTER_IF_STATE_CONNECTED);
    else
        scene_connected();
    return result;
}

struct named {
    struct stranger stranger;
    HANDLE event;
    uint32_t value, other; /* the stranger's handles of the event, and of a mutex */
};

static void name_events(void *context)
{
    struct named *n = context;
    struct stranger *s = &n->stranger;
    DWORD process = s->process.dwProcessId;

    ResetEvent(n->event);
    assert_int_equal(connect_as(s, n->value, process), PENDING);
    assert_int_equal(WaitForSingleObject(n->event, 10000), WAIT_OBJECT_0);
    /* What it may not name: another process's, another object's, pseudo-handles, garbage. */
    assert_int_equal(connect_as(s, n->value, GetCurrentProcessId()), ERROR_INVALID_PARAMETER);
    assert_int_equal(connect_as(s, HandleToUlong(n->event), GetCurrentProcessId()),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(connect_as(s, n->other, process), ERROR_INVALID_PARAMETER);
    for (uint32_t pseudo = MAXDWORD; pseudo > MAXDWORD - 7; pseudo--)
        assert_int_equal(connect_as(s, pseudo, process), ERROR_INVALID_PARAMETER);
    assert_int_equal(connect_as(s, 0x7ffffff0, process), ERROR_INVALID_PARAMETER);
    assert_int_equal(ask_as(s, DIM_INTERFACE_UPDATE_ROUTES, n->other, process, false),
                     ERROR_INVALID_PARAMETER);
}

static void an_event_of_the_client_is_signalled(void **state)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, NULL);
    struct named n = {stranger_begin(), CreateEventW(NULL, TRUE, FALSE, NULL), 0, 0};
    struct stranger *s = &n.stranger;
    DWORD process = s->process.dwProcessId;

    (void)state;
    n.value = hand_over(s, n.event);
    n.other = hand_over(s, mutex);
    assert_int_equal(connect_as(s, n.value, process), PENDING);
    assert_int_equal(WaitForSingleObject(n.event, 10000), WAIT_OBJECT_0);
    ResetEvent(n.event);
    assert_int_equal(ask_as(s, DIM_INTERFACE_UPDATE_ROUTES, n.value, process, false), PENDING);
    MprAdminInterfaceDisconnect(scene_server, scene_interface); /* ends it */
    assert_int_equal(WaitForSingleObject(n.event, 10000), WAIT_OBJECT_0);
    scene_connected();
    gives_back(name_events, &n);
    stranger_end(s);
    CloseHandle(n.event);
    CloseHandle(mutex);
}

static bool is_signalled_for(struct named *n, uint32_t value, HANDLE event)
{
    ResetEvent(n->event);
    assert_int_equal(connect_as(&n->stranger, value, n->stranger.process.dwProcessId), PENDING);
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0 ||
           WaitForSingleObject(event, 1000) == WAIT_OBJECT_0;
}

/* More than are kept, each twice. */
static void name_many(void *context)
{
    struct named *n = context;
    uint32_t values[40];

    for (unsigned i = 0; i < 80; i++) {
        uint32_t *value = &values[i % 40];

        if (i < 40) *value = hand_over(&n->stranger, n->event);
        assert_true(is_signalled_for(n, *value, n->event));
    }
    for (unsigned i = 0; i < 40; i++) take_back(&n->stranger, values[i]);
    ask_events++;
}

/* As long as the client says that its handles are what they were, they need not be looked at. */
static void events_that_a_client_keeps_are_known_again(void **state)
{
    HANDLE second = CreateEventW(NULL, FALSE, FALSE, NULL);
    struct named n = {stranger_begin(), CreateEventW(NULL, TRUE, FALSE, NULL), 0, 0};
    uint32_t again;

    (void)state;
    ask_events = 1;
    n.value = hand_over(&n.stranger, n.event);
    for (int i = 0; i < 3; i++) assert_true(is_signalled_for(&n, n.value, n.event));
    assert_int_equal(ask_as(&n.stranger, DIM_INTERFACE_UPDATE_ROUTES, n.value,
                            n.stranger.process.dwProcessId + 4, false),
                     ERROR_INVALID_PARAMETER);
    take_back(&n.stranger, n.value);
    ask_events = 2;
    again = hand_over(&n.stranger, second);
    assert_int_equal(again, n.value); /* Wine and Windows give the lowest free one */
    assert_true(is_signalled_for(&n, again, second));
    assert_int_equal(WaitForSingleObject(n.event, 0), WAIT_TIMEOUT);
    take_back(&n.stranger, again);
    ask_events = 3;
    assert_int_equal(connect_as(&n.stranger, again, n.stranger.process.dwProcessId),
                     ERROR_INVALID_PARAMETER);
    gives_back(name_many, &n);
    ask_events = 0;
    stranger_end(&n.stranger);
    CloseHandle(n.event);
    CloseHandle(second);
}

static bool notified(HANDLE event)
{
    bool signalled;

    ResetEvent(event);
    MprAdminInterfaceDisconnect(scene_server, scene_interface);
    signalled = WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
    scene_connected();
    return signalled;
}

static void a_notification_ends_by_object_or_by_value(void **state)
{
    HANDLE first = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE second = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct stranger s = stranger_begin();
    DWORD process = s.process.dwProcessId;
    uint32_t value = hand_over(&s, first), again;

    (void)state;
#define NOTIFY(event, registers) ask_as(&s, DIM_CONNECTION_NOTIFICATION, event, process, registers)
    assert_int_equal(NOTIFY(0, true), ERROR_INVALID_PARAMETER);
    assert_int_equal(NOTIFY(value, false), ERROR_INVALID_PARAMETER); /* nothing registered */
    assert_int_equal(NOTIFY(value, true), NO_ERROR);
    assert_true(notified(first));
    /* Another handle of the same event ends it. */
    again = hand_over(&s, first);
    assert_int_equal(NOTIFY(again, false), NO_ERROR);
    assert_false(notified(first));
    assert_int_equal(NOTIFY(again, false), ERROR_INVALID_PARAMETER);
    take_back(&s, again);
    /* A handle that has been closed still names what was registered with it. */
    assert_int_equal(NOTIFY(value, true), NO_ERROR);
    take_back(&s, value);
    assert_true(notified(first));
    assert_int_equal(NOTIFY(value, false), NO_ERROR);
    assert_false(notified(first));
    assert_int_equal(NOTIFY(value, false), ERROR_INVALID_PARAMETER);
    /* Given to another event, it means that one, and the former one's stays. */
    value = hand_over(&s, first);
    assert_int_equal(NOTIFY(value, true), NO_ERROR);
    take_back(&s, value);
    again = hand_over(&s, second);
    assert_int_equal(again, value); /* Wine and Windows give the lowest free one */
    assert_int_equal(NOTIFY(again, false), ERROR_INVALID_PARAMETER);
    assert_true(notified(first));
    assert_int_equal(NOTIFY(again, true), NO_ERROR);
    assert_true(notified(second));
    /* What is left ends with the session. */
    serve_handler.close(s.client, s.session);
    assert_false(notified(first));
    assert_false(notified(second));
    stranger_end(&s);
    CloseHandle(first);
    CloseHandle(second);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_its_clients_alone),
        cmocka_unit_test(a_session_of_the_other_kind_is_no_binding),
        cmocka_unit_test(a_clients_end_closes_what_it_left),
        cmocka_unit_test(an_event_of_the_client_is_signalled),
        cmocka_unit_test(events_that_a_client_keeps_are_known_again),
        cmocka_unit_test(a_notification_ends_by_object_or_by_value),
    };

    (void)argv;
    if (argc > 1) return 0;
    ask_begin(45732);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

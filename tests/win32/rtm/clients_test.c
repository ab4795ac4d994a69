/* Who registers, what he is told and when not, and the methods of others. */
#include "win32/rtm/clients.h"

#include <string.h>

/* ---- registration ---------------------------------------------------------------------------- */

static void test_registration(void **state)
{
    RTM_ENTITY_INFO info = client_info(AF_INET, 1);
    RTM_REGN_PROFILE profile = {0};
    RTM_ENTITY_HANDLE client = NULL, other = (HANDLE)5;

    (void)state;
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, &client), 0);
    assert_true(profile.MaxNextHopsInRoute > 1 && profile.MaxHandlesInEnum > 0);
    assert_int_equal(profile.ViewsSupported, RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST);
    assert_int_equal(profile.NumberOfViews, 2);
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, &other),
                     ERROR_ALREADY_EXISTS);
    assert_ptr_equal(other, (HANDLE)5);
    info.AddressFamily = AF_INET6;
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, &other), 0);
    assert_ptr_not_equal(other, client);
    client_end(other);
    client_end(client);
    assert_int_equal(rtm_DeregisterEntity(client), ERROR_INVALID_HANDLE);
}

static void test_registrations_that_are_refused(void **state)
{
    RTM_ENTITY_INFO info = client_info(AF_INET, 1);
    RTM_ENTITY_EXPORT_METHODS methods = {.NumMethods = 33};
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE client;

    (void)state;
    assert_int_equal(rtm_RegisterEntity(NULL, NULL, NULL, FALSE, &profile, &client),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, NULL, &client),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(rtm_RegisterEntity(&info, &methods, NULL, FALSE, &profile, &client),
                     ERROR_INVALID_PARAMETER);
    info.RtmInstanceId = 3;
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, &client),
                     ERROR_FILE_NOT_FOUND);
    info = client_info(AF_IPX, 1);
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, &client),
                     ERROR_INVALID_PARAMETER);
}

static void test_entities_are_told_of_others(void **state)
{
    RTM_ENTITY_HANDLE watcher = client_new(1, client_callback), other;
    RTM_ENTITY_INFO info;

    (void)state;
    told_count = 0;
    other = client_new(2, NULL);
    WAIT_UNTIL(told_count == 1, 10000);
    assert_int_equal(told[0].type, RTM_ENTITY_REGISTERED);
    assert_ptr_equal(told[0].context1, other);
    assert_int_equal(told[0].info.EntityId.EntityInstanceId, 2);
    assert_int_not_equal(told[0].thread, GetCurrentThreadId());
    assert_int_equal(rtm_GetEntityInfo(watcher, other, &info), 0);
    assert_int_equal(info.EntityId.EntityProtocolId, CLIENT_PROTOCOL);
    assert_int_equal(rtm_ReleaseEntityInfo(watcher, &info), 0);
    client_end(other);
    WAIT_UNTIL(told_count == 2, 10000);
    assert_int_equal(told[1].type, RTM_ENTITY_DEREGISTERED);
    assert_int_equal(told[1].info.EntityId.EntityInstanceId, 2);
    client_end(watcher);
    client_end(client_new(3, NULL));
    assert_int_equal(told_count, 2);
}

static void test_who_is_registered(void **state)
{
    RTM_ENTITY_HANDLE one = client_new(1, NULL), two = client_new(2, NULL), found[16];
    RTM_ENTITY_INFO infos[16];
    UINT count = 0, mine = 0;

    (void)state;
    assert_int_equal(rtm_GetRegisteredEntities(one, &count, NULL, NULL), ERROR_INSUFFICIENT_BUFFER);
    assert_true(count >= 2 && count <= 16);
    assert_int_equal(rtm_GetRegisteredEntities(one, &count, found, infos), 0);
    for (UINT n = 0; n < count; n++)
        mine += infos[n].EntityId.EntityProtocolId == CLIENT_PROTOCOL &&
                (found[n] == one || found[n] == two);
    assert_int_equal(mine, 2);
    assert_int_equal(rtm_ReleaseEntities(one, count, found), 0);
    client_end(two);
    client_end(one);
    WAIT_UNTIL(clients_handles() == 0, 10000);
}

/* ---- changes --------------------------------------------------------------------------------- */

static void test_changes_are_told_until_they_are_not_wanted(void **state)
{
    RTM_ENTITY_HANDLE writer = client_new(1, NULL), reader = client_new(2, client_callback);
    RTM_NEXTHOP_HANDLE hop = client_hop(writer, 1);
    RTM_NOTIFY_HANDLE notify;
    RTM_ROUTE_HANDLE route;
    RTM_DEST_INFO info;
    UINT count = 1;

    (void)state;
    assert_int_equal(rtm_RegisterForChangeNotification(reader, RTM_VIEW_MASK_UCAST,
                                                       RTM_CHANGE_TYPE_BEST, &info, &notify),
                     0);
    told_count = 0;
    route = client_route(writer, net4(10, 1, 0, 0, 16), hop, 1, NULL);
    WAIT_UNTIL(told_count == 1, 10000);
    assert_int_equal(told[0].type, RTM_CHANGE_NOTIFICATION);
    assert_ptr_equal(told[0].context1, notify);
    assert_ptr_equal(told[0].context2, &info);
    assert_int_equal(rtm_GetChangedDests(reader, notify, &count, &info), 0);
    assert_int_equal(count, 1);
    assert_int_equal(info.DestAddress.NumBits, 16);
    assert_ptr_equal(info.ViewInfo[0].Owner, writer);
    assert_int_equal(rtm_ReleaseChangedDests(reader, notify, 1, &info), 0);
    assert_int_equal(rtm_GetChangedDests(reader, notify, &count, &info), ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 0);
    assert_int_equal(rtm_DeregisterFromChangeNotification(reader, notify), 0);
    assert_int_equal(rtm_DeleteRouteToDest(writer, route, NULL), 0);
    assert_int_equal(rtm_ReleaseNextHops(writer, 1, &hop), 0);
    client_end(reader);
    client_end(writer);
    assert_int_equal(told_count, 1);
    WAIT_UNTIL(clients_handles() == 0, 10000);
}

/* A callback that is running is waited for; in it everything may be called. */
static volatile LONG inside, may_return;

static DWORD WINAPI slow_callback(RTM_ENTITY_HANDLE client, RTM_EVENT_TYPE type, void *context1,
                                  void *context2)
{
    (void)client, (void)type, (void)context1, (void)context2;
    InterlockedIncrement(&inside);
    while (!may_return) Sleep(1);
    Sleep(30);
    InterlockedDecrement(&inside);
    return 0;
}

static void test_deregistration_waits_for_a_callback(void **state)
{
    RTM_ENTITY_HANDLE slow = client_new(1, slow_callback), quick = client_new(2, client_callback);

    (void)state;
    told_count = 0;
    client_end(client_new(3, NULL));
    WAIT_UNTIL(inside == 1, 10000);
    WAIT_UNTIL(told_count == 2, 10000); /* the other one is not kept waiting */
    InterlockedExchange(&may_return, 1);
    client_end(slow);
    assert_int_equal(inside, 0);
    client_end(quick);
}

static DWORD WINAPI leaving_callback(RTM_ENTITY_HANDLE client, RTM_EVENT_TYPE type, void *context1,
                                     void *context2)
{
    (void)type, (void)context1, (void)context2;
    InterlockedExchange(&told_answer, (LONG)rtm_DeregisterEntity(client));
    InterlockedIncrement(&told_count);
    return 0;
}

static void test_a_client_may_leave_in_its_callback(void **state)
{
    RTM_ENTITY_HANDLE leaving = client_new(1, leaving_callback);

    (void)state;
    told_count = 0;
    told_answer = 99;
    client_end(client_new(2, NULL));
    WAIT_UNTIL(told_count == 1, 10000);
    assert_int_equal(told_answer, 0);
    assert_int_equal(rtm_DeregisterEntity(leaving), ERROR_INVALID_HANDLE);
    told_answer = 0;
}

static void test_expired_routes_are_told_and_deleted(void **state)
{
    RTM_ENTITY_HANDLE client = client_new(1, client_callback);
    RTM_NET_ADDRESS to = net4(10, 2, 0, 0, 16);
    RTM_NEXTHOP_HANDLE hop = client_hop(client, 1);
    RTM_ROUTE_INFO info = {.BelongsToViews = RTM_VIEW_MASK_UCAST};
    RTM_DEST_INFO dest;
    DWORD change = 0;

    (void)state;
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop;
    told_count = 0;
    told_answer = ERROR_NOT_SUPPORTED;
    assert_int_equal(rtm_AddRouteToDest(client, NULL, &to, &info, 20, NULL, 0, NULL, &change), 0);
    WAIT_UNTIL(told_count == 1, 10000);
    assert_int_equal(told[0].type, RTM_ROUTE_EXPIRED);
    WAIT_UNTIL(rtm_GetExactMatchDestination(client, &to, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST,
                                            &dest) == ERROR_NOT_FOUND,
               10000);
    told_answer = 0;
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &hop), 0);
    client_end(client);
    WAIT_UNTIL(clients_handles() == 0, 10000);
}

/* It comes back when its client is no entity any more; what it was told of, and what waited, goes.
 */
static DWORD WINAPI late_callback(RTM_ENTITY_HANDLE client, RTM_EVENT_TYPE type, void *context1,
                                  void *context2)
{
    RTM_ENTITY_INFO info;

    (void)context1, (void)context2;
    if (type != RTM_ROUTE_EXPIRED) return 0;
    InterlockedIncrement(&told_count);
    while (rtm_GetEntityInfo(client, client, &info) == NO_ERROR) Sleep(1);
    return ERROR_NOT_SUPPORTED;
}

static void test_who_leaves_keeps_no_expired_routes(void **state)
{
    RTM_ENTITY_HANDLE client = client_new(1, late_callback);
    RTM_NEXTHOP_HANDLE hop = client_hop(client, 1);
    RTM_ROUTE_INFO info = {.BelongsToViews = RTM_VIEW_MASK_UCAST};
    DWORD change = RTM_ROUTE_CHANGE_NEW;

    (void)state;
    told_count = 0;
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop;
    for (BYTE n = 0; n < 3; n++) {
        RTM_NET_ADDRESS to = net4(10, 4, n, 0, 24);
        assert_int_equal(rtm_AddRouteToDest(client, NULL, &to, &info, 1, NULL, 0, NULL, &change),
                         0);
    }
    WAIT_UNTIL(told_count == 1, 10000);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &hop), 0);
    client_end(client);
    WAIT_UNTIL(clients_handles() == 0, 10000);
}

/* ---- methods --------------------------------------------------------------------------------- */

static void WINAPI double_it(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                             RTM_ENTITY_METHOD_INPUT *input, RTM_ENTITY_METHOD_OUTPUT *output)
{
    (void)caller, (void)callee;
    output->MethodStatus = 7;
    output->OutputSize = 1;
    output->OutputData[0] = (UCHAR)(input->InputData[0] * 2);
}

static RTM_ENTITY_HANDLE client_with_methods(void)
{
    RTM_ENTITY_INFO info = client_info(AF_INET, 9);
    struct {
        RTM_ENTITY_EXPORT_METHODS methods;
        RTM_ENTITY_EXPORT_METHOD more;
    } exported = {{2, {NULL}}, double_it};
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE client;

    assert_int_equal(rtm_RegisterEntity(&info, &exported.methods, NULL, FALSE, &profile, &client),
                     0);
    return client;
}

static void test_methods(void **state)
{
    RTM_ENTITY_HANDLE server = client_with_methods(), client = client_new(1, NULL);
    RTM_ENTITY_METHOD_INPUT input = {.MethodType = 2, .InputSize = 1, .InputData = {21}};
    RTM_ENTITY_METHOD_OUTPUT output = {0};
    RTM_ENTITY_EXPORT_METHOD methods[2];
    UINT size = sizeof(output), count = 0;

    (void)state;
    assert_int_equal(rtm_GetEntityMethods(client, server, &count, NULL), 0);
    assert_int_equal(count, 2);
    count = 1;
    assert_int_equal(rtm_GetEntityMethods(client, server, &count, methods),
                     ERROR_INSUFFICIENT_BUFFER);
    count = 2;
    assert_int_equal(rtm_GetEntityMethods(client, server, &count, methods), 0);
    assert_true(methods[0] == NULL && methods[1] == double_it);
    assert_int_equal(rtm_InvokeMethod(client, server, &input, &size, &output), 0);
    assert_int_equal(output.MethodType, 2);
    assert_int_equal(output.MethodStatus, 7);
    assert_int_equal(output.OutputData[0], 42);
    assert_int_equal(size, FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputData) + 1);
    input.MethodType = 1; /* there is none of that number */
    assert_int_equal(rtm_InvokeMethod(client, server, &input, &size, &output), 0);
    assert_int_equal(size, 0);
    assert_int_equal(rtm_InvokeMethod(client, (HANDLE)4711, &input, &size, &output),
                     ERROR_INVALID_HANDLE);
    client_end(client);
    client_end(server);
}

static DWORD WINAPI invoke(void *parameter)
{
    RTM_ENTITY_METHOD_INPUT input = {.MethodType = 2, .InputSize = 1, .InputData = {1}};
    RTM_ENTITY_HANDLE *pair = parameter;
    RTM_ENTITY_METHOD_OUTPUT output;
    UINT size = sizeof(output);

    return rtm_InvokeMethod(pair[0], pair[1], &input, &size, &output);
}

static void test_methods_that_are_blocked_wait(void **state)
{
    RTM_ENTITY_HANDLE pair[2] = {client_new(1, NULL), client_with_methods()};
    HANDLE thread;

    (void)state;
    assert_int_equal(rtm_BlockMethods(pair[1], NULL, 0, 5), ERROR_INVALID_PARAMETER);
    assert_int_equal(rtm_BlockMethods(pair[1], NULL, 0, RTM_BLOCK_METHODS), 0);
    thread = CreateThread(NULL, 0, invoke, pair, 0, NULL);
    assert_int_equal(WaitForSingleObject(thread, 50), WAIT_TIMEOUT);
    assert_int_equal(rtm_BlockMethods(pair[1], NULL, 0, RTM_RESUME_METHODS), 0);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    CloseHandle(thread);
    client_end(pair[1]);
    client_end(pair[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registration),
        cmocka_unit_test(test_registrations_that_are_refused),
        cmocka_unit_test(test_entities_are_told_of_others),
        cmocka_unit_test(test_who_is_registered),
        cmocka_unit_test(test_changes_are_told_until_they_are_not_wanted),
        cmocka_unit_test(test_deregistration_waits_for_a_callback),
        cmocka_unit_test(test_a_client_may_leave_in_its_callback),
        cmocka_unit_test(test_expired_routes_are_told_and_deleted),
        cmocka_unit_test(test_who_leaves_keeps_no_expired_routes),
        cmocka_unit_test(test_methods),
        cmocka_unit_test(test_methods_that_are_blocked_wait),
    };

    return cmocka_run_group_tests(tests, clients_begin, clients_end);
}

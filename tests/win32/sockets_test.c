#include "win32_test.h"

#include <stdio.h>
#include <string.h>
#include <ws2tcpip.h>

#include "win32/sys/no_interface_macro.h"
#include "win32/net/sockets.h"

#define PORT           15520
#define LOOPBACK       0x7F000001u
#define NEIGHBOUR_PORT 15521
#define OTHER_PORT     15522
#define GROUP          0xE0000009u
#define BURST          200

static struct {
    volatile LONG count, batches;
    struct protocol_datagram last;
    uint8_t data[1500];
} got;

static void receive(void *context, const struct protocol_datagram *datagrams, size_t count)
{
    (void)context;
    got.last = datagrams[count - 1];
    memcpy(got.data, got.last.data, got.last.size);
    InterlockedIncrement(&got.batches);
    InterlockedExchangeAdd(&got.count, (LONG)count);
}

static const struct ip_binding loopback = {
    .count = 1, .local = {{LOOPBACK, 0xFF000000u}}, .host_index = 1};

static mpr_status listen_at(const struct ip_binding *binding, uint16_t port, bool start)
{
    const struct port_listen listen = {
        .binding = *binding, .port = port, .group = GROUP, .start = start};

    return sockets_listen(&listen);
}

/* A neighbour, on a port of its own: Wine binds a UDP socket to 0.0.0.0 even when it is told the
 * address of an adapter, so two of them can't share a port and be told apart by address. */
static SOCKET neighbour(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(NEIGHBOUR_PORT)};
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
    DWORD timeout = 5000;

    assert_true(s != INVALID_SOCKET);
    address.sin_addr.s_addr = htonl(LOOPBACK);
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (const char *)&timeout, sizeof(timeout));
    assert_int_equal(bind(s, (struct sockaddr *)&address, sizeof(address)), 0);
    return s;
}

static void send_to(SOCKET s, uint32_t to, uint16_t port, const void *data, int size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

    address.sin_addr.s_addr = htonl(to);
    assert_int_equal(sendto(s, data, size, 0, (struct sockaddr *)&address, sizeof(address)), size);
}

static void send_from(SOCKET s, uint32_t to, const void *data, int size)
{
    send_to(s, to, PORT, data, size);
}

static int set_up(void **state)
{
    WSADATA data;

    (void)state;
    WSAStartup(MAKEWORD(2, 2), &data);
    memset(&got, 0, sizeof(got));
    sockets_start(receive, NULL);
    return listen_at(&loopback, PORT, true) == ST_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    sockets_stop();
    WSACleanup();
    return 0;
}

static void test_receives(void **state)
{
    SOCKET s = neighbour();

    (void)state;
    send_from(s, LOOPBACK, "request", 7);
    WAIT_UNTIL(got.count == 1, 5000);
    assert_int_equal(got.last.source, LOOPBACK);
    assert_int_equal(got.last.source_port, NEIGHBOUR_PORT);
    assert_int_equal(got.last.destination, LOOPBACK);
    assert_int_equal(got.last.host_index, 1);
    assert_int_equal(got.last.size, 7);
    assert_memory_equal(got.data, "request", 7);
    closesocket(s);
}

static void assert_sent_from(SOCKET s, uint16_t port)
{
    const struct protocol_datagram d = {.host_index = 1,
                                        .destination = LOOPBACK,
                                        .source_port = port,
                                        .destination_port = NEIGHBOUR_PORT,
                                        .data = "reply",
                                        .size = 5};
    struct sockaddr_in from;
    int size = sizeof(from);
    char data[16];

    assert_int_equal(sockets_send(&d), ST_OK);
    assert_int_equal(recvfrom(s, data, sizeof(data), 0, (struct sockaddr *)&from, &size), 5);
    assert_int_equal(ntohs(from.sin_port), port);
}

static void test_sends(void **state)
{
    SOCKET s = neighbour();

    (void)state;
    assert_sent_from(s, PORT);
    closesocket(s);
}

/* Multicasts of ours do not come back to us, whatever way they take. */
static void test_own_packets_are_dropped(void **state)
{
    struct protocol_datagram d = {.host_index = 1,
                                  .destination = GROUP,
                                  .source_port = PORT,
                                  .destination_port = PORT,
                                  .data = "own",
                                  .size = 3};
    SOCKET s = neighbour();

    (void)state;
    assert_int_equal(sockets_send(&d), ST_OK);
    d.destination = LOOPBACK;
    assert_int_equal(sockets_send(&d), ST_OK);
    send_from(s, LOOPBACK, "other", 5);
    WAIT_UNTIL(got.count == 1, 5000);
    Sleep(50);
    assert_int_equal(got.count, 1);
    assert_int_equal(got.last.source_port, NEIGHBOUR_PORT);
    closesocket(s);
}

/* A full table in one go: nothing is lost, and batches are few. The kernel's default limit of the
 * buffer holds this many. */
static void test_burst(void **state)
{
    uint8_t packet[504] = {2, 2};
    SOCKET s = neighbour();

    (void)state;
    for (int i = 0; i < BURST; i++) send_from(s, LOOPBACK, packet, sizeof(packet));
    WAIT_UNTIL(got.count == BURST, 10000);
    printf("%d datagrams in %ld batches\n", BURST, got.batches);
    closesocket(s);
}

static void test_stop_and_start_again(void **state)
{
    SOCKET s = neighbour();

    for (int i = 0; i < 3; i++) {
        sockets_stop();
        assert_int_equal(set_up(state), 0);
        send_from(s, LOOPBACK, "x", 1);
        WAIT_UNTIL(got.count == 1, 5000);
    }
    closesocket(s);
}

static void test_listeners_are_counted(void **state)
{
    const struct ip_binding unnumbered = {.host_index = 1};

    (void)state;
    assert_int_equal(listen_at(&loopback, PORT, true), ST_OK);
    assert_int_equal(listen_at(&loopback, PORT, false), ST_OK);
    assert_int_equal(listen_at(&loopback, PORT, false), ST_OK);
    assert_int_equal(listen_at(&loopback, PORT, false), ST_OK);
    assert_int_equal(listen_at(&unnumbered, PORT, true), ST_INVALID_PARAMETER);
}

/* Each has a socket and counts its listeners by itself. */
static void test_ports_are_apart(void **state)
{
    SOCKET s = neighbour();

    (void)state;
    assert_int_equal(listen_at(&loopback, OTHER_PORT, true), ST_OK);
    send_to(s, LOOPBACK, OTHER_PORT, "other", 5);
    WAIT_UNTIL(got.count == 1, 5000);
    assert_int_equal(got.last.destination_port, OTHER_PORT);
    assert_memory_equal(got.data, "other", 5);
    send_to(s, LOOPBACK, PORT, "request", 7);
    WAIT_UNTIL(got.count == 2, 5000);
    assert_int_equal(got.last.destination_port, PORT);
    assert_sent_from(s, PORT);
    assert_sent_from(s, OTHER_PORT);
    assert_int_equal(listen_at(&loopback, OTHER_PORT, false), ST_OK);
    send_to(s, LOOPBACK, PORT, "request", 7);
    WAIT_UNTIL(got.count == 3, 5000);
    closesocket(s);
}

/* What one port of ours sends to another is no echo. */
static void test_what_another_port_sends_is_heard(void **state)
{
    const struct protocol_datagram d = {.host_index = 1,
                                        .destination = LOOPBACK,
                                        .source_port = OTHER_PORT,
                                        .destination_port = PORT,
                                        .data = "hello",
                                        .size = 5};

    (void)state;
    assert_int_equal(sockets_send(&d), ST_OK);
    WAIT_UNTIL(got.count == 1, 5000);
    assert_int_equal(got.last.source_port, OTHER_PORT);
}

/* A late datagram of a router that ends opens nothing. */
static void test_nothing_is_opened_after_the_end(void **state)
{
    const struct protocol_datagram d = {.host_index = 1,
                                        .destination = LOOPBACK,
                                        .source_port = PORT,
                                        .destination_port = NEIGHBOUR_PORT,
                                        .data = "late",
                                        .size = 4};

    (void)state;
    sockets_stop();
    assert_int_equal(sockets_send(&d), ST_CAN_NOT_COMPLETE);
    assert_int_equal(listen_at(&loopback, PORT, true), ST_CAN_NOT_COMPLETE);
    assert_int_equal(listen_at(&loopback, PORT, false), ST_OK);
}

/* ---- IPv6 ----------------------------------------------------------------------------------- */

static const struct rtm_address loopback6 = {{[15] = 1}}, group6 = {{0xFF, 2, [15] = 9}};

static mpr_status listen6(uint16_t port, bool start)
{
    const struct port_listen listen = {
        .binding = {.host_index = 1, .count6 = 1, .local6 = {{loopback6, 128}}},
        .port = port,
        .ipv6 = true,
        .group6 = group6,
        .start = start};

    return sockets_listen(&listen);
}

static bool has_ipv6(void)
{
    struct sockaddr_in6 any = {.sin6_family = AF_INET6};
    SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0);
    bool has;

    any.sin6_addr.s6_addr[15] = 1;
    has = s != INVALID_SOCKET && bind(s, (struct sockaddr *)&any, sizeof(any)) == 0;
    if (s != INVALID_SOCKET) closesocket(s);
    if (!has) printf("SKIP: this machine has no IPv6\n");
    return has;
}

static mpr_status send6(uint16_t from, uint16_t to, const struct rtm_address *destination,
                        uint8_t hops)
{
    const struct protocol_datagram d = {.host_index = 1,
                                        .ipv6 = true,
                                        .destination6 = *destination,
                                        .source_port = from,
                                        .destination_port = to,
                                        .ttl = hops,
                                        .data = "six",
                                        .size = 3};

    return sockets_send(&d);
}

/* Sender, destination, adapter and hop limit are told; the number of the port is one in each
 * family. */
static void test_ipv6_receives(void **state)
{
    (void)state;
    if (!has_ipv6()) return;
    assert_int_equal(listen6(PORT, true), ST_OK);
    assert_int_equal(send6(OTHER_PORT, PORT, &loopback6, 255), ST_OK);
    WAIT_UNTIL(got.count == 1, 5000);
    assert_true(got.last.ipv6);
    assert_memory_equal(&got.last.source6, &loopback6, sizeof(loopback6));
    assert_memory_equal(&got.last.destination6, &loopback6, sizeof(loopback6));
    assert_int_equal(got.last.source_port, OTHER_PORT);
    assert_int_equal(got.last.destination_port, PORT);
    assert_int_equal(got.last.host_index, 1);
    assert_int_equal(got.last.ttl, 255);
    assert_memory_equal(got.data, "six", 3);
    assert_int_equal(send6(OTHER_PORT, PORT, &loopback6, 7), ST_OK);
    WAIT_UNTIL(got.count == 2, 5000);
    assert_int_equal(got.last.ttl, 7);
}

/* The loopback adapter carries no multicasts; that the group can be joined and left is all. */
static void test_ipv6_groups(void **state)
{
    const struct port_listen unnumbered = {
        .binding = {.host_index = 1}, .port = PORT, .ipv6 = true, .start = true};

    (void)state;
    if (!has_ipv6()) return;
    assert_int_equal(listen6(PORT, true), ST_OK);
    assert_int_equal(listen6(PORT, true), ST_OK);
    assert_int_equal(listen6(PORT, false), ST_OK);
    assert_int_equal(listen6(PORT, false), ST_OK);
    assert_int_equal(listen6(PORT, true), ST_OK);
    assert_int_equal(sockets_listen(&unnumbered), ST_INVALID_PARAMETER);
}

static void test_ipv6_own_packets_are_dropped(void **state)
{
    (void)state;
    if (!has_ipv6()) return;
    assert_int_equal(listen6(PORT, true), ST_OK);
    assert_int_equal(send6(PORT, PORT, &loopback6, 255), ST_OK);
    assert_int_equal(send6(OTHER_PORT, PORT, &loopback6, 255), ST_OK);
    WAIT_UNTIL(got.count == 1, 5000);
    Sleep(50);
    assert_int_equal(got.count, 1);
    assert_int_equal(got.last.source_port, OTHER_PORT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_receives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_own_packets_are_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_burst, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stop_and_start_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_listeners_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ports_are_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_another_port_sends_is_heard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_opened_after_the_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ipv6_receives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ipv6_groups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ipv6_own_packets_are_dropped, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

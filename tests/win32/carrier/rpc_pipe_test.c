/* Clients of \PIPE\ROUTER that are no rpcrt4: packets in pieces, packets that are none, silence,
 * answers that nobody reads, floods. A good client is served meanwhile, and the router ends in
 * order afterwards. */
#include "win32/carrier/rpc_parts.h"

#include <string.h>

#include "win32/carrier/rpc_connections.h"
#include "win32/carrier/rpc_packet.h"

#define PIPE_NAME   L"\\\\.\\pipe\\ROUTER"
#define GOOD_NAME   L"ncacn_np:[\\PIPE\\ROUTER]"
#define PATIENCE_MS 60000u
#define LONG_ANSWER 300000u

static struct carrier *good;
static HANDLE router;

/* ---- packets --------------------------------------------------------------------------------- */

struct octets {
    uint8_t data[512];
    size_t size;
};

static void add(struct octets *o, const void *data, size_t size)
{
    assert_true(o->size + size <= sizeof(o->data));
    memcpy(o->data + o->size, data, size);
    o->size += size;
}

static void add_number(struct octets *o, uint32_t value, size_t size)
{
    add(o, &value, size);
}

static struct octets packet(uint8_t version, enum rpc_packet_type type, unsigned flags,
                            const struct octets *body)
{
    struct octets o = {.size = 0};

    add_number(&o, version, 1);
    add_number(&o, 0, 1);
    add_number(&o, type, 1);
    add_number(&o, flags, 1);
    add_number(&o, 0x10, 4);
    add_number(&o, (uint32_t)(PACKET_HEADER + body->size), 4);
    add_number(&o, 1, 4);
    add(&o, body->data, body->size);
    return o;
}

static struct octets bind_packet(uint8_t version)
{
    static const uint8_t dimsvc[20] = {0x00, 0xf0, 0x09, 0x8f, 0xed, 0xb7, 0xce, 0x11, 0xbb, 0xd2,
                                       0x00, 0x00, 0x1a, 0x18, 0x1c, 0xad, 0,    0,    0,    0};
    static const uint8_t ndr[20] = {0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9, 0x11, 0x9f, 0xe8,
                                    0x08, 0x00, 0x2b, 0x10, 0x48, 0x60, 2,    0,    0,    0};
    struct octets body = {.size = 0};

    add_number(&body, PACKET_SIZE_MAX, 2);
    add_number(&body, PACKET_SIZE_MAX, 2);
    add_number(&body, 0, 4);
    add_number(&body, 1, 4); /* contexts */
    add_number(&body, 0, 2);
    add_number(&body, 1, 2); /* syntaxes */
    add(&body, dimsvc, sizeof(dimsvc));
    add(&body, ndr, sizeof(ndr));
    return packet(version, PACKET_BIND, PACKET_FIRST | PACKET_LAST, &body);
}

static struct octets request_packet(unsigned flags, enum part_method method, uint32_t value)
{
    struct octets body = {.size = 0};

    add_number(&body, 4, 4);
    add_number(&body, 0, 2);
    add_number(&body, method, 2);
    add_number(&body, value, 4);
    return packet(5, PACKET_REQUEST, flags, &body);
}

static struct octets whole_request(enum part_method method, uint32_t value)
{
    return request_packet(PACKET_FIRST | PACKET_LAST, method, value);
}

/* ---- peers ----------------------------------------------------------------------------------- */

static void connect_peer(struct rpc_stream *peer)
{
    const ULONGLONG end = GetTickCount64() + PATIENCE_MS;
    HANDLE pipe;

    for (;;) {
        pipe = CreateFileW(PIPE_NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                           FILE_FLAG_OVERLAPPED, NULL);
        if (pipe != INVALID_HANDLE_VALUE) break;
        assert_int_equal(GetLastError(), ERROR_PIPE_BUSY);
        assert_true(GetTickCount64() < end);
        WaitNamedPipeW(PIPE_NAME, 1000);
    }
    assert_int_equal(rpc_stream_of_pipe(peer, pipe), ST_OK);
}

static void say(struct rpc_stream *peer, const struct octets *o)
{
    assert_true(rpc_stream_send(peer, o->data, o->size, PATIENCE_MS));
}

/* The type of the packet that comes; -1: the other end has closed. */
static int hear(struct rpc_stream *peer, uint8_t body[PACKET_SIZE_MAX])
{
    uint8_t header[PACKET_HEADER];
    struct rpc_header h;

    if (!rpc_stream_receive(peer, header, 1, PATIENCE_MS)) {
        assert_int_equal(GetLastError(), ERROR_BROKEN_PIPE);
        return -1;
    }
    assert_true(rpc_stream_receive(peer, header + 1, sizeof(header) - 1, PATIENCE_MS));
    assert_int_equal(rpc_header_read(header, &h), HEADER_GOOD);
    assert_true(rpc_stream_receive(peer, body, h.size - PACKET_HEADER, PATIENCE_MS));
    return h.type;
}

static void open_bound(struct rpc_stream *peer)
{
    const struct octets o = bind_packet(5);
    uint8_t body[PACKET_SIZE_MAX];

    connect_peer(peer);
    say(peer, &o);
    assert_int_equal(hear(peer, body), PACKET_BIND_ACK);
    assert_memory_equal(body + 8, "\x0d\0\\PIPE\\ROUTER", 15);
}

static void expect_closed(struct rpc_stream *peer)
{
    uint8_t body[PACKET_SIZE_MAX];

    assert_int_equal(hear(peer, body), -1);
    rpc_stream_close(peer);
}

static void expect_our_id(struct rpc_stream *peer)
{
    uint8_t body[PACKET_SIZE_MAX];
    uint32_t id;

    assert_int_equal(hear(peer, body), PACKET_RESPONSE);
    memcpy(&id, body + 8, sizeof(id));
    assert_int_equal(id, GetCurrentProcessId());
}

static void expect_served(void)
{
    struct rpc_stream peer;
    struct octets o = whole_request(PART_CLIENT, 0);

    assert_int_equal(rpc_echo(good, 20000), ST_OK);
    open_bound(&peer);
    say(&peer, &o);
    expect_our_id(&peer);
    rpc_stream_close(&peer);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void test_in_pieces(void **state)
{
    const struct octets o = whole_request(PART_CLIENT, 0);
    struct rpc_stream peer;

    (void)state;
    open_bound(&peer);
    for (size_t i = 0; i < o.size; i++)
        assert_true(rpc_stream_send(&peer, o.data + i, 1, PATIENCE_MS));
    expect_our_id(&peer);
    for (int i = 0; i < 20; i++) say(&peer, &o);
    for (int i = 0; i < 20; i++) expect_our_id(&peer);
    rpc_stream_close(&peer);
}

/* Who reads messages gets a packet with each. */
static void test_messages(void **state)
{
    const struct octets o = whole_request(PART_LONG, LONG_ANSWER);
    uint8_t octets[PACKET_SIZE_MAX + 1];
    DWORD size, mode = PIPE_READMODE_MESSAGE;
    struct rpc_stream peer;
    struct rpc_header h;

    (void)state;
    open_bound(&peer);
    assert_true(SetNamedPipeHandleState(peer.handle, &mode, NULL, NULL));
    say(&peer, &o);
    do {
        OVERLAPPED reading = {.hEvent = peer.done};

        ReadFile(peer.handle, octets, sizeof(octets), NULL, &reading);
        assert_true(GetOverlappedResult(peer.handle, &reading, &size, TRUE));
        assert_true(size >= PACKET_HEADER);
        assert_int_equal(rpc_header_read(octets, &h), HEADER_GOOD);
        assert_int_equal(h.size, size);
    } while (!(h.flags & PACKET_LAST));
    rpc_stream_close(&peer);
}

static void test_no_packets(void **state)
{
    const struct octets again = bind_packet(5), version = bind_packet(4);
    const struct octets request = whole_request(PART_CLIENT, 0);
    uint8_t body[PACKET_SIZE_MAX];
    struct rpc_stream peer;

    (void)state;
    connect_peer(&peer);
    say(&peer, &version);
    assert_int_equal(hear(&peer, body), PACKET_BIND_NAK);
    expect_closed(&peer);
    connect_peer(&peer);
    assert_true(rpc_stream_send(&peer, "GET / HTTP/1.1\r\n\r\n", 18, PATIENCE_MS));
    expect_closed(&peer);
    connect_peer(&peer);
    say(&peer, &request);
    expect_closed(&peer);
    open_bound(&peer);
    say(&peer, &again);
    expect_closed(&peer);
    expect_served();
}

static void test_noise(void **state)
{
    uint32_t chance = 15;

    (void)state;
    for (int i = 0; i < 200; i++) {
        struct octets o = i % 2 ? bind_packet(5) : whole_request(PART_CLIENT, 0);
        struct rpc_stream peer;

        for (int changes = 0; changes < 3; changes++)
            o.data[part_random(&chance) % o.size] = (uint8_t)part_random(&chance);
        if (i % 3)
            open_bound(&peer);
        else
            connect_peer(&peer);
        say(&peer, &o);
        rpc_stream_close(&peer);
    }
    expect_served();
}

/* Connections that say nothing take nobody's place who has called. */
static void test_flood(void **state)
{
    enum { MANY = 3 * RPC_CONNECTIONS };
    static struct rpc_stream silent[MANY];
    unsigned open = 0;
    DWORD left;

    (void)state;
    for (int i = 0; i < MANY; i++) {
        if (i % 2)
            open_bound(&silent[i]);
        else
            connect_peer(&silent[i]);
        if (i % 48 == 0) assert_int_equal(rpc_echo(good, 100), ST_OK);
    }
    expect_served();
    for (int i = 0; i < MANY; i++) {
        if (PeekNamedPipe(silent[i].handle, NULL, 0, NULL, &left, NULL)) open++;
        rpc_stream_close(&silent[i]);
    }
    assert_in_range(open, 1, RPC_CONNECTIONS);
    expect_served();
}

/* Who stops in the middle is not waited for; who is silent between calls is. */
static void test_patience(void **state)
{
    const struct octets whole = whole_request(PART_CLIENT, 0),
                        part = request_packet(PACKET_FIRST, PART_ECHO, 1),
                        answer = whole_request(PART_LONG, LONG_ANSWER);
    struct rpc_stream between, unbound, header, begun, unread[4];
    const ULONGLONG start = GetTickCount64();
    uint8_t octet;

    (void)state;
    open_bound(&between);
    connect_peer(&unbound);
    open_bound(&header);
    assert_true(rpc_stream_send(&header, whole.data, 7, PATIENCE_MS));
    open_bound(&begun);
    say(&begun, &part);
    for (int i = 0; i < 4; i++) {
        open_bound(&unread[i]);
        say(&unread[i], &answer);
    }
    expect_served();
    expect_closed(&unbound);
    expect_closed(&header);
    expect_closed(&begun);
    assert_true(GetTickCount64() - start >= RPC_PATIENCE_MS * 3 / 4);
    say(&between, &whole);
    expect_our_id(&between);
    rpc_stream_close(&between);
    for (int i = 0; i < 4; i++) {
        size_t heard = 0;

        /* what fits into the pipe is still there */
        while (rpc_stream_receive(&unread[i], &octet, 1, PATIENCE_MS)) heard++;
        assert_true(heard < LONG_ANSWER);
        rpc_stream_close(&unread[i]);
    }
    expect_served();
}

/* The router waits for nobody who says nothing, and the pipe has gone with it. */
static void test_end(void **state)
{
    const struct octets part = request_packet(PACKET_FIRST, PART_ECHO, 1);
    struct rpc_stream unbound, bound, begun;
    HANDLE stop = OpenEventA(EVENT_MODIFY_STATE, FALSE, "rpc stop");

    (void)state;
    connect_peer(&unbound);
    open_bound(&bound);
    open_bound(&begun);
    say(&begun, &part);
    good->table->close(good, 1);
    SetEvent(stop);
    CloseHandle(stop);
    assert_int_equal(part_wait(router), 0);
    expect_closed(&unbound);
    expect_closed(&bound);
    expect_closed(&begun);
    assert_false(WaitNamedPipeW(PIPE_NAME, 1));
    assert_int_equal(GetLastError(), ERROR_FILE_NOT_FOUND);
}

static int start(void **state)
{
    (void)state;
    router = rpc_start_router(0, false);
    return rpc_open_named(GOOD_NAME, false, &good) == ST_OK ? 0 : -1;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_pieces),  cmocka_unit_test(test_messages),
        cmocka_unit_test(test_no_packets), cmocka_unit_test(test_noise),
        cmocka_unit_test(test_flood),      cmocka_unit_test(test_patience),
        cmocka_unit_test(test_end),
    };

    if (count > 3 && strcmp(arguments[1], "rpc-router") == 0) return rpc_router(arguments);
    return cmocka_run_group_tests(tests, start, rpc_kill_left);
}

/* Octets that are no request, for every method, and requests that memory runs out in. Whatever
 * comes, the answer is a fault or one that the client can read, and nothing stays behind. */
#include "serve/ask.h"

#include "api/support/live.h"
#include "win32/sys/event.h"

#include <stdlib.h>
#include <string.h>

/* ---- requests that are good ------------------------------------------------------------------ */

static BYTE secret[] = {1, 2, 3, 4, 5};
static MPR_SERVER_EX0_WIN7 server_object = {
    .Header = {1, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, sizeof(server_object)}};
static MPR_SERVER_SET_CONFIG_EX0_WIN7 set_object = {
    .Header = {1, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, sizeof(set_object)},
    .setConfigForProtocols = 1,
    .ConfigParams = {.PptpConfigParams = {8, 3}}};
static MPR_IF_CUSTOMINFOEX0 custom_object = {
    .Header = {1, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(custom_object)},
    .dwFlags = 1,
    .customIkev2Config = {
        .dwSaLifeTime = 3600, .dwSaDataSize = 4096, .certificateName = {sizeof(secret), secret}}};
static RAS_UPDATE_CONNECTION update_object = {
    .Header = {1, MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT, sizeof(update_object)},
    .wszRemoteEndpointAddress = L"192.0.2.9"};
static const DWORD mib_in[2] = {1 /* IF_TABLE */, 0};

static void structure_for(enum dim_method method, struct ask *q)
{
    static const MPR_INTERFACE_0 interface = {
        .wszInterfaceName = L"Swept", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    static const MPR_DEVICE_0 device = {L"vpn", L"Tunnel"};
    static const MPR_SERVER_1 ports = {16, 3, 24, 3};
    const MPR_CREDENTIALSEX_1 credentials = {sizeof(secret), secret};

    if (method == DIM_INTERFACE_CREATE || method == DIM_INTERFACE_SET_INFO)
        ask_info(q, WIRE_INTERFACE, 0, &interface);
    else if (method == DIM_INTERFACE_DEVICE_SET_INFO)
        ask_info(q, WIRE_DEVICE, 0, &device);
    else if (method == DIM_SERVER_SET_INFO)
        ask_info(q, WIRE_SERVER, 1, &ports);
    else if (method == DIM_INTERFACE_SET_CREDENTIALS_EX)
        ask_info(q, WIRE_CREDENTIALS, 0, &credentials);
}

static struct ask request_for(enum dim_method method)
{
    struct ask q = ask_new();

    structure_for(method, &q);
    q.a.blocks.want_interface = q.a.blocks.want_global = 1;
    if (method != DIM_TRANSPORT_SET_GLOBAL_INFO && method != DIM_TRANSPORT_CREATE)
        q.a.blocks.interface = (struct dim_octets){MprInfoBlockQuerySize(scene_rip), scene_rip};
    q.a.mib.in = (struct dim_octets){sizeof(mib_in), (const BYTE *)mib_in};
    q.a.event = HandleToUlong(scene_event);
    q.a.resume.present = true;
    wire_server_ask(&server_object, &q.a.server);
    q.a.header = (struct dim_header){1, MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, 4};
    if (method == DIM_SERVER_SET_INFO_EX)
        wire_server_set_out(&q.made, &set_object, &q.a.server_set);
    if (method == DIM_INTERFACE_SET_CUSTOM_INFO_EX || method == DIM_INTERFACE_GET_CUSTOM_INFO_EX)
        wire_custom_set_out(&q.made, &custom_object, &q.a.custom);
    wire_update_out(&update_object, &q.a.update);
    return q;
}

/* ---- garbage --------------------------------------------------------------------------------- */

static uint32_t seed = 0x5eed;

static uint32_t random_number(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    return seed ^= seed << 5;
}

/* A fault without answer, or an answer that can be read. */
static void survives(uint32_t method, const uint8_t *octets, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1); /* exactly as long as it is */
    struct ask q = {.a = {.level = 0}};
    uint32_t result;
    mpr_status status;

    assert_non_null(copy);
    if (size) memcpy(copy, octets, size);
    status = ask_carry(ask_client, ask_session_for((enum dim_method)method), method, copy, size,
                       &q.octets);
    if (size) memset(copy, 0xdd, size);
    free(copy);
    if (status == ST_OK) {
        ndr_read(&q.reply, q.octets.data, q.octets.size);
        assert_int_equal(dim_response(&q.reply, method, &q.a, &result), ST_OK);
    } else {
        assert_int_equal(status,
                         method < DIM_METHODS ? ST_RPC_BAD_STUB_DATA : ST_RPC_PROCNUM_OUT_OF_RANGE);
        assert_null(q.octets.data);
        assert_int_equal(q.octets.size, 0);
    }
    ask_end(&q);
}

/* Methods that may wait: an attempt to connect, an update. */
static bool may_wait(uint32_t method)
{
    return method == DIM_INTERFACE_CONNECT || method == DIM_INTERFACE_UPDATE_ROUTES;
}

static void random_octets(void **state)
{
    uint8_t octets[256];

    (void)state;
    for (uint32_t method = 0; method < DIM_METHODS + 3; method++) {
        for (int i = 0; i < 300; i++) {
            size_t size = random_number() % (sizeof(octets) + 1);

            /* small numbers are what counts and handles look like */
            for (size_t n = 0; n < size; n++)
                octets[n] = (uint8_t)(n % 4 && i % 2 ? 0 : random_number());
            survives(method, octets, size);
        }
    }
}

static void write_request(struct ndr *n, enum dim_method method)
{
    struct ask q = request_for(method);

    ndr_write(n);
    assert_int_equal(dim_request(n, method, &q.a), ST_OK);
    ask_end(&q);
}

/* Every beginning of a good request, and the request with any one octet changed. */
static void good_requests_spoiled(void **state)
{
    (void)state;
    for (uint32_t method = 0; method < DIM_METHODS; method++) {
        struct ndr n;

        if (may_wait(method)) continue;
        write_request(&n, (enum dim_method)method);
        for (size_t size = 0; size < n.position; size++) survives(method, n.written, size);
        for (size_t at = 0; at < n.position; at++) {
            const uint8_t before = n.written[at];

            n.written[at] = (uint8_t)random_number();
            survives(method, n.written, n.position);
            n.written[at] = before;
        }
        ndr_free(&n);
    }
}

/* ---- without memory -------------------------------------------------------------------------- */

static DWORD failing_thread;
static unsigned asked, failing, hits;
static LONG blocks;

static bool may_allocate(void *context)
{
    (void)context;
    if (!failing || GetCurrentThreadId() != failing_thread || ++asked != failing) return true;
    hits++;
    return false;
}

static void *failing_alloc(void *context, size_t size)
{
    void *memory = may_allocate(context) ? calloc(1, size) : NULL;

    if (memory) InterlockedIncrement(&blocks);
    return memory;
}

static void release(void *context, void *memory)
{
    (void)context;
    InterlockedDecrement(&blocks);
    free(memory);
}

/* The request is made before, and the answer read afterwards. */
static mpr_status call_failing(uint32_t method, unsigned n, const struct ndr *request,
                               struct ask *q)
{
    mpr_status status;

    hits = asked = 0;
    failing_thread = GetCurrentThreadId();
    failing = n;
    status = ask_carry(ask_client, ask_session_for((enum dim_method)method), method,
                       request->written, request->position, &q->octets);
    failing = 0;
    return status;
}

/* Either the call says that memory is short, or it did without. */
static bool fails_well(uint32_t method, unsigned n, const struct ndr *request, DWORD expected)
{
    struct ask q = {.a = {.level = 0}};
    uint32_t result = 0;
    mpr_status status = call_failing(method, n, request, &q);

    if (status == ST_OK) {
        ndr_read(&q.reply, q.octets.data, q.octets.size);
        assert_int_equal(dim_response(&q.reply, method, &q.a, &result), ST_OK);
        if (result != expected && !(hits && result == ERROR_NOT_ENOUGH_MEMORY))
            fail_msg("%s, allocation %u: %u instead of %lu", dim_method_name(method), n,
                     (unsigned)result, expected);
    } else {
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_int_not_equal(hits, 0);
        assert_null(q.octets.data);
    }
    ask_end(&q);
    return hits != 0;
}

/* Methods whose second call gives something else than the first are asked for what isn't there. */
static bool is_spent(uint32_t method)
{
    switch (method) {
    case DIM_INTERFACE_CONNECT:
    case DIM_INTERFACE_DELETE:
    case DIM_INTERFACE_DISCONNECT:
    case DIM_INTERFACE_TRANSPORT_REMOVE:
    case DIM_INTERFACE_TRANSPORT_ADD:
    case DIM_INTERFACE_UPDATE_ROUTES:
    case DIM_INTERFACE_QUERY_UPDATE_RESULT:
    case DIM_PORT_DISCONNECT:
        return true;
    default:
        return false;
    }
}

static void write_repeatable(struct ndr *n, uint32_t method)
{
    struct ask q = request_for((enum dim_method)method);

    if (is_spent(method)) q.a.interface = q.a.port = 0x7777;
    ndr_write(n);
    assert_int_equal(dim_request(n, method, &q.a), ST_OK);
    ask_end(&q);
}

static LONG settled_blocks(LONG before)
{
    for (int i = 0; i < 300 && blocks > before; i++) {
        event_trim(true);
        Sleep(10);
    }
    return blocks;
}

static void any_allocation_may_fail(void **state)
{
    size_t results = live_results();

    (void)state;
    for (uint32_t method = 0; method < DIM_METHODS; method++) {
        struct ask q = {.a = {.level = 0}};
        uint32_t result = 0;
        unsigned n = 1;
        struct ndr request;
        LONG before;

        write_repeatable(&request, method);
        before = blocks;
        assert_int_equal(call_failing(method, 0, &request, &q), ST_OK);
        ndr_read(&q.reply, q.octets.data, q.octets.size);
        assert_int_equal(dim_response(&q.reply, method, &q.a, &result), ST_OK);
        ask_end(&q);
        while (fails_well(method, n, &request, result)) n++;
        assert_true(n > 1);
        if (method != DIM_CONNECTION_NOTIFICATION) /* these are kept */
            assert_true(settled_blocks(before) <= before + 3);
        print_message("%-40s %3u allocations\n", dim_method_name(method), n - 1);
        ndr_free(&request);
    }
    assert_int_equal(live_results(), results);
}

static void opening_without_memory(void **state)
{
    size_t handles;
    unsigned n;
    bool hit = true;

    (void)state;
    event_trim(true);
    handles = live_handles();
    failing_thread = GetCurrentThreadId();
    for (n = 1; hit; n++) {
        uint32_t session = 0;
        void *client = NULL;
        mpr_status status;

        hits = asked = 0;
        failing = n;
        status = serve_handler.client_begin(GetCurrentProcessId(), &client);
        if (status == ST_OK) status = serve_handler.open(client, HANDLE_SERVER, &session);
        failing = 0;
        hit = hits != 0;
        assert_int_equal(status, hit ? ST_NOT_ENOUGH_MEMORY : ST_OK);
        assert_int_equal(session != 0, !hit);
        if (client) serve_handler.client_end(client);
    }
    assert_true(n > 3);
    assert_int_equal(live_handles(), handles);
}

int main(void)
{
    static const struct mem_hooks hooks = {failing_alloc, release, NULL};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_allocation_may_fail),
        cmocka_unit_test(opening_without_memory),
        cmocka_unit_test(random_octets),
        cmocka_unit_test(good_requests_spoiled),
    };

    ask_begin(45734);
    mem_set_hooks(&hooks); /* over the same memory as those before */
    api_buffer_set_gate(may_allocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

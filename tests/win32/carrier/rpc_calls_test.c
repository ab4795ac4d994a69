/* Calls between processes over each transport: octets of all sizes, faults, identity, death. */
#include "win32/carrier/rpc_parts.h"

#include <string.h>

#include "base/mem.h"

static unsigned port;
static HANDLE router;

#define LOCAL L"ncalrpc:[ROUTER]"
#define PIPE  L"ncacn_np:[\\PIPE\\ROUTER]"

static struct carrier *opened(const char16_t *name)
{
    struct carrier *c = NULL;

    assert_int_equal(rpc_open_named(name, true, &c), ST_OK);
    return c;
}

#define TCP        2
#define TRANSPORTS 3

static const char16_t *transport(int i)
{
    return i == 0 ? LOCAL : i == TCP ? rpc_tcp_name(port) : PIPE;
}

static int start(void **state)
{
    (void)state;
    port = rpc_free_port();
    router = rpc_start_router(port, true);
    return 0;
}

static void test_sizes(void **state)
{
    static const size_t sizes[] = {0,    1,    4,    5,     1399,  1400,   1416,    5800,   5807,
                                   5816, 5817, 5824, 11632, 65535, 100000, 1000003, 5600000};

    (void)state;
    for (int t = 0; t < TRANSPORTS; t++) {
        struct carrier *c = opened(transport(t));

        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            mpr_status status = rpc_echo(c, sizes[i]);

            if (status != ST_OK)
                fail_msg("transport %d, %u octets: %u", t, (unsigned)sizes[i], (unsigned)status);
        }
        c->table->close(c, 1);
    }
}

static void test_faults(void **state)
{
    (void)state;
    for (int t = 0; t < TRANSPORTS; t++) {
        struct carrier *c = opened(transport(t));
        struct carrier_octets response = {(uint8_t *)1, 1};
        uint32_t value;

        for (uint32_t method = PART_METHODS; method < 70; method++)
            assert_int_equal(rpc_ask(c, method, 0, &value), ST_RPC_PROCNUM_OUT_OF_RANGE);
        assert_int_equal(c->table->call(c, 1, PART_CLIENT, NULL, 0, &response, NULL),
                         ST_RPC_BAD_STUB_DATA);
        assert_null(response.data);
        assert_int_equal(rpc_echo(c, (16u << 20) + 1), ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(rpc_ask(c, PART_FAIL_MEMORY, 0, &value), ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(rpc_echo(c, 100), ST_OK);
        c->table->close(c, 1);
    }
}

/* Within the machine the process is known, by TCP it is not. */
static void test_who_calls(void **state)
{
    (void)state;
    for (int t = 0; t < TRANSPORTS; t++) {
        struct carrier *c = opened(transport(t));
        uint32_t process = 1, access = 1;

        assert_int_equal(rpc_ask(c, PART_CLIENT, 0, &process), ST_OK);
        assert_int_equal(process, t == TCP ? 0 : GetCurrentProcessId());
        assert_int_equal(c->elsewhere, t == TCP);
        assert_int_equal(rpc_ask(c, PART_ACCESS, 0, &access), ST_OK);
        assert_int_equal(access, ST_OK);
        c->table->close(c, 1);
    }
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_who_calls),
    };

    if (count > 3 && strcmp(arguments[1], "rpc-router") == 0) return rpc_router(arguments);
    return cmocka_run_group_tests(tests, start, NULL);
}

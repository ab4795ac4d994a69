#include "win32/carrier/rpc_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"

unsigned rpc_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int size = sizeof(address);
    WSADATA data;
    SOCKET s;

    assert_int_equal(WSAStartup(MAKEWORD(2, 2), &data), 0);
    s = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(s, (SOCKADDR *)&address, size), 0);
    assert_int_equal(getsockname(s, (SOCKADDR *)&address, &size), 0);
    closesocket(s);
    return ntohs(address.sin_port);
}

static HANDLE last_router; /* of our own, for rpc_kill_left */

int rpc_kill_left(void **state)
{
    (void)state;
    if (last_router) part_kill(last_router);
    last_router = NULL;
    return 0;
}

HANDLE rpc_start_router(unsigned port, bool allow_anonymous)
{
    HANDLE ready = CreateEventA(NULL, TRUE, FALSE, "rpc ready");
    HANDLE process;
    char arguments[64];

    ResetEvent(ready);
    snprintf(arguments, sizeof(arguments), "rpc-router %u %d", port, allow_anonymous);
    rpc_kill_left(NULL);
    process = part_start(arguments, NULL);
    DuplicateHandle(GetCurrentProcess(), process, GetCurrentProcess(), &last_router, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    assert_int_equal(WaitForSingleObject(ready, 60000), WAIT_OBJECT_0);
    CloseHandle(ready);
    return process;
}

int rpc_router(char **arguments)
{
    struct rpc_settings settings = {.allow_anonymous = strcmp(arguments[3], "0") != 0};
    HANDLE ready = CreateEventA(NULL, TRUE, FALSE, "rpc ready");
    HANDLE stop = CreateEventA(NULL, TRUE, FALSE, "rpc stop");
    mpr_status status;

    if (strcmp(arguments[2], "0") != 0)
        _snwprintf(settings.address, RPC_ADDRESS_MAX, L"127.0.0.1:%hs", arguments[2]);
    status = rpc_listen(&part_handler, &settings);
    if (status != ST_OK) return status == ST_ALREADY_EXISTS ? 3 : 4;
    SetEvent(ready);
    /* A test that was stopped leaves no router behind. */
    WaitForSingleObject(stop, 300000);
    rpc_unlisten();
    return part_counts.begun == part_counts.ended && part_counts.opened == part_counts.closed ? 0
                                                                                              : 5;
}

struct rpc_settings rpc_said(bool allow_anonymous)
{
    return (struct rpc_settings){.allow_anonymous = allow_anonymous};
}

mpr_status rpc_open_named(const char16_t *name, bool allow_anonymous, struct carrier **ret)
{
    struct rpc_settings settings = rpc_said(allow_anonymous);
    mpr_status status = rpc_connect(name, &settings, ret);
    uint32_t session;

    return status == ST_OK ? (*ret)->table->open(*ret, HANDLE_SERVER, &session) : status;
}

const char16_t *rpc_tcp_name(unsigned port)
{
    static WCHAR name[32];

    _snwprintf(name, 32, L"127.0.0.1:%u", port);
    return name;
}

mpr_status rpc_ask(struct carrier *c, uint32_t method, uint32_t value, uint32_t *ret)
{
    struct carrier_octets response = {(uint8_t *)1, 1};
    mpr_status status =
        c->table->call(c, 1, method, (const uint8_t *)&value, sizeof(value), &response, NULL);

    *ret = 0;
    if (status != ST_OK) return response.data || response.size ? ST_INVALID_DATA : status;
    if (response.size == sizeof(*ret))
        memcpy(ret, response.data, sizeof(*ret));
    else
        status = ST_INVALID_DATA;
    mem_free(response.data);
    return status;
}

mpr_status rpc_echo(struct carrier *c, size_t size)
{
    struct carrier_octets response;
    uint8_t *data = mem_alloc(size);
    mpr_status status;

    part_fill(data, size, (uint32_t)size);
    status = c->table->call(c, 1, PART_ECHO, data, size, &response, NULL);
    if (status == ST_OK && (response.size != size || memcmp(response.data, data, size) != 0))
        status = ST_INVALID_DATA;
    mem_free(response.data);
    mem_free(data);
    return status;
}

struct part_counts rpc_counts(struct carrier *c)
{
    struct carrier_octets response;
    struct part_counts found;
    const uint8_t none[4] = {0};

    assert_int_equal(c->table->call(c, 1, PART_COUNTS, none, 4, &response, NULL), ST_OK);
    assert_int_equal(response.size, sizeof(found));
    memcpy(&found, response.data, sizeof(found));
    mem_free(response.data);
    return found;
}

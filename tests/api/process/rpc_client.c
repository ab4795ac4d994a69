/* Asks the router of this machine by RPC, as a program does that knows MS-RRASM and not mprapi.dll:
 * rpcrt4, and octets that are written here.
 *
 *     rpc_client PROTOCOL ENDPOINT NAME [EVENT LEAVE]
 *         RRouterInterfaceGetHandle for that interface: exit code 0 and a handle, or what the
 *         method says; 2000 and more: what rpcrt4 says. Nobody there is tried again for a while.
 *         With the names of two events it signals the first, and asks again and again until the
 *         second is signalled. */
#include <windows.h>

#include <rpc.h>
#include <rpcdce.h>
#include <rpcdcep.h>

#include <stdint.h>
#include <string.h>

#define GET_HANDLE  11
#define NO_RPC      2000
#define PATIENCE_MS 60000u
#define AGAIN_MS    200u

static RPC_CLIENT_INTERFACE dimsvc = {
    .Length = sizeof(dimsvc),
    .InterfaceId = {{0x8f09f000, 0xb7ed, 0x11ce, {0xbb, 0xd2, 0, 0, 0x1a, 0x18, 0x1c, 0xad}},
                    {0, 0}},
    .TransferSyntax = {{0x8a885d04, 0x1ceb, 0x11c9, {0x9f, 0xe8, 8, 0, 0x2b, 0x10, 0x48, 0x60}},
                       {2, 0}}};

static size_t put(uint8_t *at, uint32_t value)
{
    memcpy(at, &value, sizeof(value));
    return sizeof(value);
}

/* [string] name: maximum, offset, units, with the zero; then *phInterface and no clients. */
static size_t write_request(const char *name, uint8_t *out)
{
    const size_t units = strlen(name) + 1;
    size_t size = put(out, (uint32_t)units);

    size += put(out + size, 0);
    size += put(out + size, (uint32_t)units);
    for (size_t i = 0; i < units; i++, size += 2) {
        out[size] = (uint8_t)name[i];
        out[size + 1] = 0;
    }
    while (size % 4) out[size++] = 0;
    size += put(out + size, 0);
    return size + put(out + size, 0);
}

static uint32_t read_response(const RPC_MESSAGE *m)
{
    uint32_t both[2]; /* *phInterface, result */

    if (m->BufferLength != sizeof(both)) return NO_RPC + RPC_X_BAD_STUB_DATA;
    memcpy(both, m->Buffer, sizeof(both));
    return both[1] == 0 && both[0] == 0 ? ERROR_INVALID_HANDLE : both[1];
}

static uint32_t ask(RPC_BINDING_HANDLE binding, const char *name)
{
    uint8_t request[600], *octets = request;
    RPC_MESSAGE m = {.Handle = binding,
                     .DataRepresentation = 0x10, /* little endian */
                     .ProcNum = GET_HANDLE,
                     .RpcInterfaceInformation = &dimsvc};
    RPC_STATUS status;
    uint32_t result;

    m.BufferLength = (unsigned)write_request(name, octets);
    status = I_RpcGetBuffer(&m);
    if (status != RPC_S_OK) return NO_RPC + (uint32_t)status;
    m.BufferLength = (unsigned)write_request(name, m.Buffer);
    status = I_RpcSendReceive(&m);
    if (status != RPC_S_OK) return NO_RPC + (uint32_t)status;
    result = read_response(&m);
    I_RpcFreeBuffer(&m);
    return result;
}

static uint32_t ask_patiently(RPC_BINDING_HANDLE binding, const char *name)
{
    const ULONGLONG until = GetTickCount64() + PATIENCE_MS;
    uint32_t result;

    while ((result = ask(binding, name)) == NO_RPC + RPC_S_SERVER_UNAVAILABLE &&
           GetTickCount64() < until)
        Sleep(AGAIN_MS);
    return result;
}

static uint32_t ask_until_told(RPC_BINDING_HANDLE binding, char **arguments)
{
    HANDLE event = OpenEventA(EVENT_MODIFY_STATE, FALSE, arguments[4]);
    HANDLE leave = OpenEventA(SYNCHRONIZE, FALSE, arguments[5]);
    uint32_t result = 0;

    if (!SetEvent(event)) return 1;
    while (result < NO_RPC && WaitForSingleObject(leave, AGAIN_MS) == WAIT_TIMEOUT)
        result = ask(binding, arguments[3]);
    return result < NO_RPC ? 0 : result;
}

int main(int count, char **arguments)
{
    RPC_BINDING_HANDLE binding = NULL;
    RPC_CSTR text = NULL;
    uint32_t result;

    if (count != 4 && count != 6) return 1;
    if (RpcStringBindingComposeA(NULL, (RPC_CSTR)arguments[1], NULL, (RPC_CSTR)arguments[2], NULL,
                                 &text) != RPC_S_OK ||
        RpcBindingFromStringBindingA(text, &binding) != RPC_S_OK)
        return 1;
    RpcStringFreeA(&text);
    result = ask_patiently(binding, arguments[3]);
    if (count == 6 && result == 0) result = ask_until_told(binding, arguments);
    RpcBindingFree(&binding);
    return (int)result;
}

#include "names.h"

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>
#include <stdio.h>

struct name {
    DWORD value;
    const char *text;
};

#define NAME(x) \
    {           \
        x, #x   \
    }
#define COUNT_OF(a)  (sizeof(a) / sizeof(*(a)))
#define NUMBER_TEXTS 4

static const struct name status_names[] = {
    NAME(NO_ERROR),
    NAME(PENDING),
    NAME(ERROR_FILE_NOT_FOUND),
    NAME(ERROR_ACCESS_DENIED),
    NAME(ERROR_INVALID_HANDLE),
    NAME(ERROR_NOT_ENOUGH_MEMORY),
    NAME(ERROR_INVALID_DATA),
    NAME(ERROR_NOT_SUPPORTED),
    NAME(ERROR_INVALID_PARAMETER),
    NAME(ERROR_CALL_NOT_IMPLEMENTED),
    NAME(ERROR_INVALID_LEVEL),
    NAME(ERROR_ALREADY_EXISTS),
    NAME(ERROR_OPERATION_ABORTED),
    NAME(ERROR_CAN_NOT_COMPLETE),
    NAME(ERROR_NOT_FOUND),
    NAME(ERROR_TIMEOUT),
    NAME(RPC_S_INVALID_BINDING),
    NAME(RPC_S_SERVER_UNAVAILABLE),
    NAME(ERROR_CANNOT_OPEN_PHONEBOOK),
    NAME(ERROR_CANNOT_LOAD_PHONEBOOK),
    NAME(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY),
    NAME(ERROR_ROUTER_STOPPED),
    NAME(ERROR_ALREADY_CONNECTED),
    NAME(ERROR_UNKNOWN_PROTOCOL_ID),
    NAME(ERROR_DDM_NOT_RUNNING),
    NAME(ERROR_INTERFACE_ALREADY_EXISTS),
    NAME(ERROR_NO_SUCH_INTERFACE),
    NAME(ERROR_INTERFACE_NOT_CONNECTED),
    NAME(ERROR_INTERFACE_CONNECTED),
    NAME(ERROR_ALREADY_CONNECTING),
    NAME(ERROR_UPDATE_IN_PROGRESS),
    NAME(ERROR_INTERFACE_DISABLED),
    NAME(ERROR_INTERFACE_DISCONNECTED),
    NAME(ERROR_PROTOCOL_ALREADY_INSTALLED),
    NAME(ERROR_INTERFACE_HAS_NO_DEVICES),
    NAME(ERROR_INTERFACE_CONFIGURATION),
    NAME(ERROR_SERVICE_IS_PAUSED),
};

static const struct name state_names[] = {
    {ROUTER_IF_STATE_UNREACHABLE, "UNREACHABLE"},
    {ROUTER_IF_STATE_DISCONNECTED, "DISCONNECTED"},
    {ROUTER_IF_STATE_CONNECTING, "CONNECTING"},
    {ROUTER_IF_STATE_CONNECTED, "CONNECTED"},
};

static const struct name protocol_names[] = {
    {2, "local"}, {3, "netmgmt"}, {8, "RIP"}, {10002, "autostatic"}, {10006, "static"},
};

static const char *find(const struct name *names, size_t count, DWORD value, const char *unknown)
{
    static char numbers[NUMBER_TEXTS][24];
    static unsigned next;

    for (size_t i = 0; i < count; i++) {
        if (names[i].value == value) return names[i].text;
    }
    char *text = numbers[next++ % NUMBER_TEXTS];
    snprintf(text, sizeof(numbers[0]), "%s %lu", unknown, value);
    return text;
}

const char *status_name(DWORD status)
{
    return find(status_names, COUNT_OF(status_names), status, "error");
}

const char *state_name(DWORD state)
{
    return find(state_names, COUNT_OF(state_names), state, "state");
}

const char *route_protocol_name(DWORD protocol)
{
    return find(protocol_names, COUNT_OF(protocol_names), protocol, "protocol");
}

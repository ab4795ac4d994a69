#include "api/support/calls.h"

#include <wchar.h>

static HANDLE event;
static LPVOID header;
static DWORD header_size;
static MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

void calls_begin(void)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    header = fixture_header();
    header_size = MprInfoBlockQuerySize(header);
    wcscpy(info.wszInterfaceName, L"Anyone");
}

#define CALL(name, expression)                             \
    static DWORD run_##name(MPR_SERVER_HANDLE s, HANDLE i) \
    {                                                      \
        (void)i;                                           \
        return expression;                                 \
    }

/* With a result in buffer, which is cleared on failure, whatever the handle was. */
#define CALL_BUFFER(name, expression)                      \
    static DWORD run_##name(MPR_SERVER_HANDLE s, HANDLE i) \
    {                                                      \
        BYTE *buffer = UNTOUCHED_PTR;                      \
        DWORD status = expression;                         \
                                                           \
        (void)i;                                           \
        if (status != NO_ERROR)                            \
            assert_null(buffer);                           \
        else                                               \
            MprAdminBufferFree(buffer);                    \
        return status;                                     \
    }

static DWORD create(MPR_SERVER_HANDLE s)
{
    HANDLE handle = UNTOUCHED_HANDLE;
    DWORD status = MprAdminInterfaceCreate(s, 0, (BYTE *)&info, &handle);

    if (status != NO_ERROR) assert_null(handle);
    return status;
}

static DWORD get_handle(MPR_SERVER_HANDLE s)
{
    HANDLE handle = UNTOUCHED_HANDLE;
    DWORD status = MprAdminInterfaceGetHandle(s, info.wszInterfaceName, &handle, TRUE);

    if (status != NO_ERROR) assert_null(handle);
    return status;
}

static DWORD enumerate(MPR_SERVER_HANDLE s, BYTE **buffer)
{
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, resume = 0;
    DWORD status = MprAdminInterfaceEnum(s, 0, buffer, (DWORD)-1, &read, &total, &resume);

    if (status != NO_ERROR) assert_int_equal(read | total, 0);
    return status;
}

static DWORD query_result(MPR_SERVER_HANDLE s, HANDLE i)
{
    DWORD result = 0xdeadbeef;

    return MprAdminInterfaceQueryUpdateResult(s, i, PID_IP, &result);
}

CALL_BUFFER(server_info, MprAdminServerGetInfo(s, 0, &buffer))
CALL(create, create(s))
CALL(get_handle, get_handle(s))
CALL_BUFFER(enumerate, enumerate(s, &buffer))
CALL(register_event, MprAdminRegisterConnectionNotification(s, event))
CALL(deregister_event, MprAdminDeregisterConnectionNotification(s, event))
CALL(transport_create, MprAdminTransportCreate(s, PID_IP, NULL, header, header_size, NULL, 0, NULL))
CALL(transport_set, MprAdminTransportSetInfo(s, PID_IP, header, header_size, NULL, 0))
CALL_BUFFER(transport_get, MprAdminTransportGetInfo(s, PID_IP, &buffer, NULL, NULL, NULL))
CALL(delete, MprAdminInterfaceDelete(s, i))
CALL_BUFFER(get_0, MprAdminInterfaceGetInfo(s, i, 0, &buffer))
CALL_BUFFER(get_1, MprAdminInterfaceGetInfo(s, i, 1, &buffer))
CALL_BUFFER(get_2, MprAdminInterfaceGetInfo(s, i, 2, &buffer))
CALL(set_0, MprAdminInterfaceSetInfo(s, i, 0, (BYTE *)&info))
CALL(connect, MprAdminInterfaceConnect(s, i, NULL, TRUE))
CALL(connect_event, MprAdminInterfaceConnect(s, i, event, FALSE))
CALL(connect_quick, MprAdminInterfaceConnect(s, i, NULL, FALSE))
CALL(disconnect, MprAdminInterfaceDisconnect(s, i))
CALL(update, MprAdminInterfaceUpdateRoutes(s, i, PID_IP, NULL))
CALL(update_event, MprAdminInterfaceUpdateRoutes(s, i, PID_IP, event))
CALL(update_result, query_result(s, i))
CALL(update_phonebook, MprAdminInterfaceUpdatePhonebookInfo(s, i))
CALL(add, MprAdminInterfaceTransportAdd(s, i, PID_IP, header, header_size))
CALL(remove, MprAdminInterfaceTransportRemove(s, i, PID_IP))
CALL_BUFFER(get, MprAdminInterfaceTransportGetInfo(s, i, PID_IP, &buffer, NULL))
CALL(set, MprAdminInterfaceTransportSetInfo(s, i, PID_IP, header, header_size))

static DWORD set_credentials(MPR_SERVER_HANDLE s, HANDLE i)
{
    MPR_CREDENTIALSEX_1 none = {.dwSize = 0};

    return MprAdminInterfaceSetCredentialsEx(s, i, 1, (BYTE *)&none);
}

static DWORD set_device(MPR_SERVER_HANDLE s, HANDLE i)
{
    MPR_DEVICE_0 device = {.szDeviceType = L"vpn", .szDeviceName = L"Test link"};

    return MprAdminInterfaceDeviceSetInfo(s, i, 1, 0, (BYTE *)&device);
}

CALL_BUFFER(get_credentials, MprAdminInterfaceGetCredentialsEx(s, i, 0, &buffer))
CALL(set_credentials, set_credentials(s, i))
CALL_BUFFER(get_device, MprAdminInterfaceDeviceGetInfo(s, i, 1, 0, &buffer))
CALL(set_device, set_device(s, i))

const struct call calls[] = {
    {"ServerGetInfo", run_server_info, FALSE},
    {"InterfaceCreate", run_create, FALSE},
    {"InterfaceGetHandle", run_get_handle, FALSE},
    {"InterfaceEnum", run_enumerate, FALSE},
    {"RegisterConnectionNotification", run_register_event, FALSE},
    {"DeregisterConnectionNotification", run_deregister_event, FALSE},
    {"TransportCreate", run_transport_create, FALSE},
    {"TransportSetInfo", run_transport_set, FALSE},
    {"TransportGetInfo", run_transport_get, FALSE},
    {"InterfaceDelete", run_delete, TRUE},
    {"InterfaceGetInfo 0", run_get_0, TRUE},
    {"InterfaceGetInfo 1", run_get_1, TRUE},
    {"InterfaceGetInfo 2", run_get_2, TRUE},
    {"InterfaceSetInfo", run_set_0, TRUE},
    {"InterfaceConnect", run_connect, TRUE},
    {"InterfaceConnect, event", run_connect_event, TRUE},
    {"InterfaceConnect, no wait", run_connect_quick, TRUE},
    {"InterfaceDisconnect", run_disconnect, TRUE},
    {"InterfaceUpdateRoutes", run_update, TRUE},
    {"InterfaceUpdateRoutes, event", run_update_event, TRUE},
    {"InterfaceQueryUpdateResult", run_update_result, TRUE},
    {"InterfaceUpdatePhonebookInfo", run_update_phonebook, TRUE},
    {"InterfaceTransportAdd", run_add, TRUE},
    {"InterfaceTransportRemove", run_remove, TRUE},
    {"InterfaceTransportGetInfo", run_get, TRUE},
    {"InterfaceTransportSetInfo", run_set, TRUE},
    {"InterfaceGetCredentialsEx", run_get_credentials, TRUE},
    {"InterfaceSetCredentialsEx", run_set_credentials, TRUE},
    {"InterfaceDeviceGetInfo", run_get_device, TRUE},
    {"InterfaceDeviceSetInfo", run_set_device, TRUE},
};
const size_t call_count = sizeof(calls) / sizeof(calls[0]);

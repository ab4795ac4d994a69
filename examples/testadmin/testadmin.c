/* The functions of testadmin.h. A real one would look the user up somewhere; this one obeys the
 * environment. Callbacks must not call administration functions: they run on the router's thread
 * for such DLLs, and the router waits for their answer. */
#include <winsock2.h>
#include <windows.h>

#include <mprapi.h>
#include <string.h>

#include "testadmin.h"

/* The table as its page has it; mingw-w64's header lacks two of its members. */
struct callbacks {
    UCHAR revision;
    FARPROC get_ip, release_ip, get_ipv6, release_ipv6;
    PMPRADMINACCEPTNEWLINK accept_link;
    PMPRADMINLINKHANGUPNOTIFICATION link_hang_up;
    PMPRADMINTERMINATEDLL terminate;
    PMPRADMINACCEPTNEWCONNECTIONEX accept_connection;
    FARPROC endpoint_change;
    PMPRADMINACCEPTREAUTHENTICATIONEX accept_reauthentication;
    PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX connection_hang_up;
    FARPROC validate;
};

static struct testadmin_calls *calls;

static struct testadmin_calls own; /* when there is no section */

static void open_calls(void)
{
    HANDLE section;

    if (calls && calls != &own) return;
    section = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*calls),
                                 TESTADMIN_SECTION);

    calls = section ? MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof(*calls)) : NULL;
    if (section) CloseHandle(section);
    if (!calls) calls = &own;
}

static void close_calls(void)
{
    if (calls != &own) UnmapViewOfFile(calls);
    calls = &own;
}

static DWORD number_from(const char *variable)
{
    char text[16];
    DWORD length = GetEnvironmentVariableA(variable, text, sizeof(text)), value = 0;

    if (!length || length >= sizeof(text)) return 0;
    for (const char *digit = text; *digit >= '0' && *digit <= '9'; digit++)
        value = value * 10 + (DWORD)(*digit - '0');
    return value;
}

static BOOL decide(const char *variable)
{
    switch (number_from(variable)) {
    case TESTADMIN_REFUSE:
        return FALSE;
    case TESTADMIN_CRASH:
        RaiseException(EXCEPTION_ACCESS_VIOLATION, 0, 0, NULL);
        return TRUE;
    case TESTADMIN_HANG:
        Sleep(60000);
        return TRUE;
    case TESTADMIN_LATE:
        Sleep(500);
        return TRUE;
    default:
        return TRUE;
    }
}

static void note(char what)
{
    LONG place = InterlockedIncrement(&calls->order_length) - 1;

    if (place < (LONG)sizeof(calls->order) - 1) calls->order[place] = what;
}

static BOOL connection_asked(HANDLE connection, const WCHAR *name, DWORD flags)
{
    note('C');
    calls->connection = (DWORD)(ULONG_PTR)connection;
    calls->flags = flags;
    wcsncpy(calls->interface_name, name, 256);
    InterlockedIncrement(&calls->connections);
    return decide("TESTADMIN_CONNECTION");
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

/* Not every form is initialised by the router. */
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)module, (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) open_calls();
    return TRUE;
}

DWORD WINAPI MprAdminInitializeDll(void)
{
    open_calls();
    InterlockedIncrement(&calls->initialized);
    return number_from("TESTADMIN_INITIALIZE");
}

DWORD WINAPI MprAdminTerminateDll(void)
{
    InterlockedIncrement(&calls->terminated);
    close_calls();
    return NO_ERROR;
}

BOOL WINAPI MprAdminAcceptNewConnection(RAS_CONNECTION_0 *c0, RAS_CONNECTION_1 *c1)
{
    wcsncpy(calls->remote_address, c1->PppInfo.ip.wszRemoteAddress, 15);
    return c0->hConnection == c1->hConnection &&
           connection_asked(c0->hConnection, c0->wszInterfaceName, c0->dwConnectionFlags);
}

VOID WINAPI MprAdminConnectionHangupNotification(RAS_CONNECTION_0 *c0, RAS_CONNECTION_1 *c1)
{
    (void)c1;
    note('c');
    if ((DWORD)(ULONG_PTR)c0->hConnection == calls->connection)
        InterlockedIncrement(&calls->connection_hang_ups);
}

BOOL WINAPI MprAdminAcceptNewConnection3(RAS_CONNECTION_0 *c0, RAS_CONNECTION_1 *c1,
                                         RAS_CONNECTION_2 *c2, RAS_CONNECTION_3 *c3)
{
    calls->quarantine = c3->rasQuarState;
    return c2->hConnection == c0->hConnection && c3->dwSize == sizeof(*c3) &&
           MprAdminAcceptNewConnection(c0, c1);
}

VOID WINAPI MprAdminConnectionHangupNotification3(RAS_CONNECTION_0 *c0, RAS_CONNECTION_1 *c1,
                                                  RAS_CONNECTION_2 *c2, RAS_CONNECTION_3 *c3)
{
    (void)c2, (void)c3;
    MprAdminConnectionHangupNotification(c0, c1);
}

static BOOL asked_again(HANDLE connection, DWORD quarantine)
{
    note('A');
    calls->quarantine_again = quarantine;
    InterlockedIncrement(&calls->reauthentications);
    return (DWORD)(ULONG_PTR)connection == calls->connection &&
           decide("TESTADMIN_REAUTHENTICATION");
}

BOOL WINAPI MprAdminAcceptReauthentication(RAS_CONNECTION_0 *c0, RAS_CONNECTION_1 *c1,
                                           RAS_CONNECTION_2 *c2, RAS_CONNECTION_3 *c3)
{
    return c1->hConnection == c0->hConnection && c2->hConnection == c0->hConnection &&
           asked_again(c0->hConnection, c3->rasQuarState);
}

/* ---- addresses ------------------------------------------------------------------------------- */

static BOOL is_set(const char *variable)
{
    return GetEnvironmentVariableA(variable, NULL, 0) != 0;
}

DWORD WINAPI MprAdminGetIpAddressForUser(WCHAR *user, WCHAR *port, DWORD *address, BOOL *notify)
{
    note('G');
    calls->offered = *address;
    wcsncpy(calls->user, user, 256);
    wcsncpy(calls->user_port, port, 16);
    InterlockedIncrement(&calls->addresses);
    if (is_set("TESTADMIN_IP")) *address = number_from("TESTADMIN_IP");
    *notify = number_from("TESTADMIN_NOTIFY") != 0;
    return decide("TESTADMIN_ADDRESS") ? NO_ERROR : ERROR_ACCESS_DENIED;
}

VOID WINAPI MprAdminReleaseIpAddress(WCHAR *user, WCHAR *port, DWORD *address)
{
    (void)port;
    note('R');
    calls->released = *address;
    if (!wcscmp(user, calls->user)) InterlockedIncrement(&calls->releases);
}

DWORD CALLBACK MprAdminGetIpv6AddressForUser(WCHAR *user, WCHAR *port, IN6_ADDR *address,
                                             BOOL *notify)
{
    (void)user, (void)port;
    note('g');
    memcpy(calls->offered6, address, sizeof(*address));
    InterlockedIncrement(&calls->addresses6);
    if (is_set("TESTADMIN_ID")) {
        memset(address, 0, sizeof(*address));
        ((BYTE *)address)[15] = (BYTE)number_from("TESTADMIN_ID");
    }
    *notify = number_from("TESTADMIN_NOTIFY") != 0;
    return NO_ERROR;
}

static void released6(const IN6_ADDR *address)
{
    note('r');
    memcpy(calls->released6, address, sizeof(*address));
    InterlockedIncrement(&calls->releases6);
}

/* As mingw-w64 declares it. */
DWORD CALLBACK MprAdminReleaseIpv6AddressForUser(WCHAR *user, WCHAR *port, IN6_ADDR *address)
{
    (void)user, (void)port;
    released6(address);
    return NO_ERROR;
}

/* As the SDK declares the same function: without a result, and without a calling convention. */
VOID __cdecl release_ipv6_of_the_sdk(WCHAR *user, WCHAR *port, IN6_ADDR *address);
VOID __cdecl release_ipv6_of_the_sdk(WCHAR *user, WCHAR *port, IN6_ADDR *address)
{
    (void)user, (void)port;
    released6(address);
}

/* ---- links ----------------------------------------------------------------------------------- */

BOOL WINAPI MprAdminAcceptNewLink(RAS_PORT_0 *p0, RAS_PORT_1 *p1)
{
    note('L');
    calls->port = (DWORD)(ULONG_PTR)p0->hPort;
    wcsncpy(calls->port_name, p0->wszPortName, 16);
    InterlockedIncrement(&calls->links);
    return p0->hPort == p1->hPort && decide("TESTADMIN_LINK");
}

VOID WINAPI MprAdminLinkHangupNotification(RAS_PORT_0 *p0, RAS_PORT_1 *p1)
{
    (void)p1;
    note('l');
    if ((DWORD)(ULONG_PTR)p0->hPort == calls->port) InterlockedIncrement(&calls->link_hang_ups);
}

static BOOL APIENTRY accept_ex(RAS_CONNECTION_EX *c)
{
    const WCHAR *remote = c->ProjectionInfo.projectionInfoType == 1
                              ? c->ProjectionInfo.PppProjectionInfo.wszRemoteAddress
                              : c->ProjectionInfo.Ikev2ProjectionInfo.wszRemoteAddress;

    wcsncpy(calls->remote_address, remote, 15);
    calls->quarantine = c->rasQuarState;
    return c->Header.size == sizeof(*c) &&
           connection_asked(c->hConnection, c->wszInterfaceName, c->dwConnectionFlags);
}

static BOOL APIENTRY reauthenticate_ex(RAS_CONNECTION_EX *c)
{
    return c->Header.size == sizeof(*c) && asked_again(c->hConnection, c->rasQuarState);
}

static BOOL APIENTRY endpoint_change_ex(RAS_CONNECTION_EX *c)
{
    note('M');
    wcsncpy(calls->endpoint, c->wszRemoteEndpointAddress, 64);
    return c->Header.size == sizeof(*c) && decide("TESTADMIN_ENDPOINT");
}

static VOID APIENTRY hang_up_ex(RAS_CONNECTION_EX *c)
{
    note('c');
    if ((DWORD)(ULONG_PTR)c->hConnection == calls->connection)
        InterlockedIncrement(&calls->connection_hang_ups);
}

DWORD APIENTRY MprAdminInitializeDllEx(PMPRAPI_ADMIN_DLL_CALLBACKS table)
{
    struct callbacks *c = (struct callbacks *)(void *)table;

    c->revision = 2;
    c->accept_link = MprAdminAcceptNewLink;
    c->link_hang_up = MprAdminLinkHangupNotification;
    c->terminate = (PMPRADMINTERMINATEDLL)MprAdminTerminateDll;
    c->accept_connection = accept_ex;
    c->accept_reauthentication = reauthenticate_ex;
    c->endpoint_change = (FARPROC)(void *)endpoint_change_ex;
    c->connection_hang_up = hang_up_ex;
    c->get_ip = (FARPROC)(void *)MprAdminGetIpAddressForUser;
    c->get_ipv6 = (FARPROC)(void *)MprAdminGetIpv6AddressForUser;
    if (number_from("TESTADMIN_HALF") != 1)
        c->release_ip = (FARPROC)(void *)MprAdminReleaseIpAddress;
    if (number_from("TESTADMIN_HALF") != 2)
        c->release_ipv6 = (FARPROC)(void *)MprAdminReleaseIpv6AddressForUser;
    return MprAdminInitializeDll();
}

/* As whom a connection was made, and to whom: user, domain, computer and addresses, of a connection
 * that a program made with the stored credentials, and of one that no link carries. */
#include <winsock2.h>

#include "api/support/fixture.h"

#include <mprapi_ext.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define DIALERS L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters\\Dialers\\"

static MPR_SERVER_HANDLE server;
static HANDLE program, scripted;
static WCHAR read_file[64]; /* what the program read; on the host, under a name of this run's own */

static const char entries[] =
    "[Program]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\nRedialAttempts=0\r\n"
    "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=WAN Miniport (PPTP)\r\nDEVICE=vpn\r\n"
    "PhoneNumber=hub.example.org\r\n\r\n"
    "[Scripted]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\nRedialAttempts=0\r\n"
    "MEDIA=rastapi\r\nPort=VPN2-1\r\nDevice=WAN Miniport (IKEv2)\r\nDEVICE=vpn\r\n"
    "VpnStrategy=7\r\nPhoneNumber=192.0.2.7\r\n";

static void set_text(const WCHAR *dialer, const WCHAR *name, const WCHAR *text)
{
    WCHAR path[200] = DIALERS;

    wcscat(path, dialer);
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, path, name, REG_SZ, text,
                                     (DWORD)((wcslen(text) + 1) * sizeof(WCHAR))),
                     ERROR_SUCCESS);
}

static void set_credentials(const WCHAR *interface_name, const WCHAR *user, const WCHAR *domain)
{
    WCHAR name[32], user_copy[32], domain_copy[32], password[] = L"open sesame";

    wcscpy(name, interface_name);
    wcscpy(user_copy, user);
    wcscpy(domain_copy, domain);
    assert_int_equal(MprAdminInterfaceSetCredentials(NULL, name, user_copy, domain_copy, password),
                     NO_ERROR);
}

static HANDLE make(const WCHAR *name)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    wcscpy(info.wszInterfaceName, name);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    return handle;
}

/* A program that keeps what it reads. The whole file appears at once. */
static void set_command(void)
{
    FILETIME now;
    WCHAR name[32], command[200];

    GetSystemTimeAsFileTime(&now);
    swprintf(name, ARRAYSIZE(name), L"mpr-identity-%lx-%lx", GetCurrentProcessId(),
             now.dwLowDateTime);
    swprintf(read_file, ARRAYSIZE(read_file), L"Z:\\tmp\\%ls", name);
    swprintf(command, ARRAYSIZE(command),
             L"cd /tmp && cat >%ls-part && mv %ls-part %ls; echo ready >&3; exec sleep 60", name,
             name, name);
    set_text(L"Program", L"Command", command);
}

static int begin(void **state)
{
    static const struct fixture_dialer dialer = {.address = L"10.1.0.1"};

    (void)state;
    server = fixture_connect();
    fixture_phonebook(entries);
    set_text(L"Program", L"Kind", L"command");
    set_text(L"Program", L"Adapter", L"lo");
    set_command();
    fixture_dialer(L"Scripted", &dialer);
    program = make(L"Program");
    scripted = make(L"Scripted");
    return 0;
}

static int end(void **state)
{
    WCHAR part[ARRAYSIZE(read_file) + 8];

    (void)state;
    MprAdminServerDisconnect(server);
    wcscpy(part, read_file);
    wcscat(part, L"-part"); /* of a program that was hung up before it had read all */
    DeleteFileW(part);
    DeleteFileW(read_file);
    return 0;
}

static int hang_up(void **state)
{
    (void)state;
    MprAdminInterfaceDisconnect(server, program);
    MprAdminInterfaceDisconnect(server, scripted);
    return 0;
}

static HANDLE connection_of(HANDLE router_interface)
{
    RAS_CONNECTION_0 *all = NULL;
    DWORD read = 0, total = 0;
    HANDLE ret = NULL;

    assert_int_equal(
        MprAdminConnectionEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    for (DWORD n = 0; n < read; n++) {
        if (all[n].hInterface == router_interface) ret = all[n].hConnection;
    }
    MprAdminBufferFree(all);
    assert_non_null(ret);
    return ret;
}

static void *level(HANDLE router_interface, DWORD number)
{
    BYTE *buffer = NULL;

    assert_int_equal(
        MprAdminConnectionGetInfo(server, number, connection_of(router_interface), &buffer),
        NO_ERROR);
    return buffer;
}

static void expect_text(const WCHAR *text, const WCHAR *expected)
{
    if (wcscmp(text, expected) != 0) print_error("\"%ls\", not \"%ls\"\n", text, expected);
    assert_int_equal(wcscmp(text, expected), 0);
}

static void expect_user(HANDLE router_interface, const WCHAR *user, const WCHAR *domain)
{
    RAS_CONNECTION_0 *c0 = level(router_interface, 0);
    RAS_CONNECTION_2 *c2 = level(router_interface, 2);
    RAS_CONNECTION_3 *c3 = level(router_interface, 3);

    expect_text(c0->wszUserName, user);
    expect_text(c0->wszLogonDomain, domain);
    expect_text(c2->wszUserName, user);
    expect_text(c3->wszUserName, user);
    MprAdminBufferFree(c0);
    MprAdminBufferFree(c2);
    MprAdminBufferFree(c3);
}

static void expect_what_the_program_read(void)
{
    static const char expected[] = "username=ann\ndomain=BRANCH\npassword=open sesame\n\n";
    char text[200] = "";
    DWORD size = 0;
    HANDLE file;

    for (int i = 0; i < 500 && GetFileAttributesW(read_file) == INVALID_FILE_ATTRIBUTES; i++)
        Sleep(20);
    file = CreateFileW(read_file, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    ReadFile(file, text, sizeof(text) - 1, &size, NULL);
    CloseHandle(file);
    assert_string_equal(text, expected);
}

/* What was set counts from the next connection on. */
static void of_a_program(void **state)
{
    (void)state;
    DeleteFileW(read_file);
    set_credentials(L"Program", L"ann", L"BRANCH");
    assert_int_equal(MprAdminInterfaceConnect(server, program, NULL, TRUE), NO_ERROR);
    expect_what_the_program_read();
    expect_user(program, L"ann", L"BRANCH");
    set_credentials(L"Program", L"bob", L"");
    expect_user(program, L"ann", L"BRANCH");
    assert_int_equal(MprAdminInterfaceDisconnect(server, program), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, program, NULL, TRUE), NO_ERROR);
    expect_user(program, L"bob", L"");
}

static void without_credentials(void **state)
{
    WCHAR name[] = L"Program";

    (void)state;
    assert_int_equal(MprAdminInterfaceSetCredentials(NULL, name, NULL, NULL, NULL), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, program, NULL, TRUE), NO_ERROR);
    expect_user(program, L"", L"");
}

static void of_a_scripted_one(void **state)
{
    RAS_CONNECTION_4 *all = NULL;
    DWORD read = 0, total = 0;

    (void)state;
    set_credentials(L"Scripted", L"carol", L"HUB");
    assert_int_equal(MprAdminInterfaceConnect(server, scripted, NULL, TRUE), NO_ERROR);
    expect_user(scripted, L"carol", L"HUB");
    assert_int_equal(
        MprAdminConnectionEnum(server, 4, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    assert_int_equal(read, 1);
    expect_text(all->wszUserName, L"carol");
    expect_text(all->wszLogonDomain, L"HUB");
    expect_text(all->wszRemoteComputer, L"192.0.2.7");
    expect_text(all->wszRemoteEndpointAddress, L"192.0.2.7");
    MprAdminBufferFree(all);
}

static void ex_and_computer(void **state)
{
    RAS_CONNECTION_EX info = {.Header = {MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                         MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, sizeof(info)}};
    RAS_CONNECTION_0 *c0;

    (void)state;
    set_credentials(L"Program", L"ann", L"BRANCH");
    assert_int_equal(MprAdminInterfaceConnect(server, program, NULL, TRUE), NO_ERROR);
    c0 = level(program, 0);
    expect_text(c0->wszRemoteComputer, L"hub");
    MprAdminBufferFree(c0);
    assert_int_equal(MprAdminConnectionGetInfoEx(server, connection_of(program), &info), NO_ERROR);
    expect_text(info.wszUserName, L"ann");
    expect_text(info.wszLogonDomain, L"BRANCH");
    expect_text(info.wszRemoteComputer, L"hub");
    expect_text(info.wszRemoteEndpointAddress, L"hub.example.org");
    expect_text(info.ProjectionInfo.PppProjectionInfo.wszAddress, L"127.0.0.1");
}

/* No zeros that would look like an agreement: what the dialer agreed upon is not known. */
static void what_was_not_negotiated(void **state)
{
    RAS_CONNECTION_2 *c2;
    RAS_CONNECTION_3 *c3;
    RAS_CONNECTION_EX info = {.Header = {MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                         MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, sizeof(info)}};

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, program, NULL, TRUE), NO_ERROR);
    c2 = level(program, 2);
    c3 = level(program, 3);
    assert_int_equal(c2->PppInfo2.ip.dwError, NO_ERROR);
    assert_int_equal(c2->PppInfo2.lcp.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(c2->PppInfo2.ccp.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(c2->PppInfo2.lcp.dwAuthenticationProtocol, 0);
    assert_int_equal(c3->PppInfo3.lcp.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(c3->PppInfo3.ccp.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(c3->PppInfo3.ipv6.dwError, ERROR_PROTOCOL_NOT_CONFIGURED); /* lo has no fe80 */
    assert_int_equal(MprAdminConnectionGetInfoEx(server, connection_of(program), &info), NO_ERROR);
    assert_int_equal(info.ProjectionInfo.PppProjectionInfo.dwLcpError,
                     ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(info.ProjectionInfo.PppProjectionInfo.dwCcpError,
                     ERROR_PROTOCOL_NOT_CONFIGURED);
    MprAdminBufferFree(c2);
    MprAdminBufferFree(c3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, hang_up)
    const struct CMUnitTest tests[] = {TEST(of_a_program), TEST(without_credentials),
                                       TEST(of_a_scripted_one), TEST(ex_and_computer),
                                       TEST(what_was_not_negotiated)};

    on_windows_end("scripted dialers");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, end);
}

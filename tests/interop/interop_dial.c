/* The program of the interop cases that dial: connects the demand-dial interface "interop" with a
 * program, several times if wanted.
 *
 *     interop_dial ADAPTER OUT TIMES COMMAND [USER PASSWORD]
 *
 * OUT.n.result is the n-th connect's result and the interface's dwLastError; OUT.n.link has the
 * addresses of the connection, how many interfaces there are, and the state of each LAN one; both
 * appear whole. The link is hung up, and the next one dialled, when there is a file OUT.n.go. It
 * ends with 0 if every other call succeeded.
 */
#include <windows.h>

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAMETERS L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters"
enum { PATIENCE_MS = 100000, POLL_MS = 200 };

static const char *out_name;

static BOOL set_text(HKEY key, const char *name, const char *text)
{
    return !RegSetValueExA(key, name, 0, REG_SZ, (const BYTE *)text, (DWORD)strlen(text) + 1);
}

static BOOL configure(const char *adapter, const char *command)
{
    const DWORD poll = POLL_MS, timeout = 40;
    HKEY key, dialer;
    BOOL ok;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, PARAMETERS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key,
                        NULL))
        return FALSE;
    ok =
        !RegSetValueExA(key, "AdapterPoll", 0, REG_DWORD, (const BYTE *)&poll, sizeof(poll)) &&
        !RegCreateKeyExW(key, L"Dialers\\interop", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &dialer, NULL);
    RegCloseKey(key);
    if (!ok) return FALSE;
    ok = set_text(dialer, "Kind", "command") && set_text(dialer, "Adapter", adapter) &&
         set_text(dialer, "Command", command) &&
         !RegSetValueExA(dialer, "Timeout", 0, REG_DWORD, (const BYTE *)&timeout, sizeof(timeout));
    RegCloseKey(dialer);
    return ok;
}

static BOOL set_credentials(const char *user, const char *password)
{
    WCHAR name[] = L"interop", wide_user[64], domain[] = L"", wide_password[64];

    MultiByteToWideChar(CP_UTF8, 0, user, -1, wide_user, 64);
    MultiByteToWideChar(CP_UTF8, 0, password, -1, wide_password, 64);
    return MprAdminInterfaceSetCredentials(NULL, name, wide_user, domain, wide_password) ==
           NO_ERROR;
}

static HANDLE make(MPR_SERVER_HANDLE server)
{
    MPR_INTERFACE_0 info = {
        .wszInterfaceName = L"interop", .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    return MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle) == NO_ERROR ? handle : NULL;
}

/* ---- files ----------------------------------------------------------------------------------- */

static void file_name(char name[MAX_PATH], int n, const char *what)
{
    snprintf(name, MAX_PATH, "%s.%d.%s", out_name, n, what);
}

static FILE *begin_file(void)
{
    char part[MAX_PATH];

    snprintf(part, sizeof(part), "%s.part", out_name);
    return fopen(part, "wb");
}

static BOOL end_file(FILE *file, int n, const char *what)
{
    char part[MAX_PATH], name[MAX_PATH];

    snprintf(part, sizeof(part), "%s.part", out_name);
    file_name(name, n, what);
    return fclose(file) == 0 && MoveFileExA(part, name, MOVEFILE_REPLACE_EXISTING);
}

static void wait_for(int n)
{
    char name[MAX_PATH];

    file_name(name, n, "go");
    for (int left = PATIENCE_MS / 100; left; left--) {
        if (GetFileAttributesA(name) != INVALID_FILE_ATTRIBUTES) return;
        Sleep(100);
    }
}

/* ---- what is looked at ----------------------------------------------------------------------- */

static void write_addresses(FILE *file, MPR_SERVER_HANDLE server)
{
    RAS_CONNECTION_0 *all = NULL;
    RAS_CONNECTION_1 *one = NULL;
    DWORD read = 0, total = 0;

    if (MprAdminConnectionEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL)) return;
    if (read == 1 && !MprAdminConnectionGetInfo(server, 1, all->hConnection, (BYTE **)&one)) {
        fprintf(file, "%ls %ls\n", one->PppInfo.ip.wszAddress, one->PppInfo.ip.wszRemoteAddress);
        MprAdminBufferFree(one);
    }
    if (all) MprAdminBufferFree(all);
}

static void write_interfaces(FILE *file, MPR_SERVER_HANDLE server)
{
    MPR_INTERFACE_0 *all = NULL;
    DWORD read = 0, total = 0;

    if (MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL)) return;
    fprintf(file, "%lu interfaces\n", read);
    for (DWORD n = 0; n < read; n++) {
        if (all[n].dwIfType == ROUTER_IF_TYPE_DEDICATED)
            fprintf(file, "dedicated %ls\n",
                    all[n].dwConnectionState == ROUTER_IF_STATE_CONNECTED ? L"connected" : L"down");
    }
    MprAdminBufferFree(all);
}

static BOOL dial(MPR_SERVER_HANDLE server, HANDLE branch, int n)
{
    DWORD rc = MprAdminInterfaceConnect(server, branch, NULL, TRUE), last;
    MPR_INTERFACE_0 *info = NULL;
    FILE *file;

    if (MprAdminInterfaceGetInfo(server, branch, 0, (BYTE **)&info)) return FALSE;
    last = info->dwLastError;
    MprAdminBufferFree(info);
    if (rc == NO_ERROR) {
        Sleep(2 * POLL_MS); /* until adapters have been looked at again */
        file = begin_file();
        write_addresses(file, server);
        write_interfaces(file, server);
        if (!end_file(file, n, "link")) return FALSE;
    }
    file = begin_file();
    fprintf(file, "%lu %lu\n", rc, last);
    if (!end_file(file, n, "result")) return FALSE;
    wait_for(n);
    return rc || MprAdminInterfaceDisconnect(server, branch) == NO_ERROR;
}

int main(int argc, char **argv)
{
    MPR_SERVER_HANDLE server;
    HANDLE branch;
    BOOL ok;

    if (argc != 5 && argc != 7) return 2;
    out_name = argv[2];
    if (!configure(argv[1], argv[4])) return 2;
    if (argc == 7 && !set_credentials(argv[5], argv[6])) return 2;
    if (MprAdminServerConnect(NULL, &server)) return 3;
    branch = make(server);
    ok = branch != NULL;
    for (int n = 1; ok && n <= (int)strtol(argv[3], NULL, 10); n++) ok = dial(server, branch, n);
    MprAdminServerDisconnect(server);
    return ok ? 0 : 1;
}

/* The program of the interop case `clients`: a router whose clients' links are adapters of the
 * host.
 *
 *     interop_clients PATTERN OUT
 *
 * PATTERN is the Adapter value of Parameters\Clients. Several times a second OUT.now is written
 * anew: a line for each connection, its interface, the client's address, and "counted" once octets
 * have come. It ends when there is a file OUT.end, with 0 if every call succeeded.
 */
#include <windows.h>

#include <mprapi.h>
#include <mprerror.h>
#include <stdio.h>
#include <string.h>

#define PARAMETERS L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters"
enum { SECONDS = 100, PER_SECOND = 10, POLL_MS = 200 };

static BOOL configure(const char *pattern)
{
    const DWORD poll = POLL_MS;
    HKEY key, client;
    BOOL ok;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, PARAMETERS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key,
                        NULL))
        return FALSE;
    ok = !RegSetValueExA(key, "AdapterPoll", 0, REG_DWORD, (const BYTE *)&poll, sizeof(poll)) &&
         !RegCreateKeyExW(key, L"Clients\\any", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &client, NULL);
    RegCloseKey(key);
    if (!ok) return FALSE;
    ok = !RegSetValueExA(client, "Kind", 0, REG_SZ, (const BYTE *)"existing", 9) &&
         !RegSetValueExA(client, "Adapter", 0, REG_SZ, (const BYTE *)pattern,
                         (DWORD)strlen(pattern) + 1);
    RegCloseKey(client);
    return ok;
}

/* One that has gone meanwhile is left out. */
static void write_connection(FILE *file, MPR_SERVER_HANDLE server, const RAS_CONNECTION_0 *c)
{
    RAS_CONNECTION_1 *one = NULL;

    if (MprAdminConnectionGetInfo(server, 1, c->hConnection, (BYTE **)&one)) return;
    if (c->dwInterfaceType == ROUTER_IF_TYPE_CLIENT)
        fprintf(file, "%ls %ls%s\n", c->wszInterfaceName, one->PppInfo.ip.wszRemoteAddress,
                one->dwBytesRcved ? " counted" : "");
    MprAdminBufferFree(one);
}

static BOOL write_now(MPR_SERVER_HANDLE server, const char *out)
{
    RAS_CONNECTION_0 *all = NULL;
    DWORD read = 0, total = 0, rc;
    char now[MAX_PATH], next[MAX_PATH];
    FILE *file;

    snprintf(now, sizeof(now), "%s.now", out);
    snprintf(next, sizeof(next), "%s.next", out);
    rc = MprAdminConnectionEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL);
    if (rc != NO_ERROR) {
        printf("MprAdminConnectionEnum: %lu\n", rc);
        return FALSE;
    }
    file = fopen(next, "wb");
    for (DWORD n = 0; file && n < read; n++) write_connection(file, server, &all[n]);
    if (all) MprAdminBufferFree(all);
    return file && fclose(file) == 0 && MoveFileExA(next, now, MOVEFILE_REPLACE_EXISTING);
}

int main(int argc, char **argv)
{
    MPR_SERVER_HANDLE server;
    char end[MAX_PATH];
    BOOL ok;

    if (argc != 3 || !configure(argv[1])) return 2;
    snprintf(end, sizeof(end), "%s.end", argv[2]);
    ok = MprAdminServerConnect(NULL, &server) == NO_ERROR;
    for (int n = 0; ok && n < SECONDS * PER_SECOND; n++, Sleep(1000 / PER_SECOND)) {
        ok = write_now(server, argv[2]);
        if (GetFileAttributesA(end) != INVALID_FILE_ATTRIBUTES) break;
    }
    return ok ? 0 : 1;
}

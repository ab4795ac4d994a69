/* Says when the router loses the link of a demand-dial interface.
 *
 * usage: interop_watch ADAPTER
 *
 * For each line of standard input the interface "interop" is connected over the adapter, unless it
 * is, and standard output has "connected", or "refused" and the error. "disconnected" is written as
 * soon as the router notifies of it, at any time. It ends with its input.
 */
#include "existing_dialer.h"

#include <mprapi.h>
#include <stdio.h>
#include <string.h>

static struct {
    CRITICAL_SECTION lock; /* of the connection and of what is said of it */
    MPR_SERVER_HANDLE server;
    HANDLE branch, event;
    BOOL connected;
} watch;

/* At once, and in one piece: a reader takes the time. */
static void say(const char *line)
{
    DWORD written;

    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, (DWORD)strlen(line), &written, NULL);
}

static BOOL is_connected(void)
{
    MPR_INTERFACE_0 *info = NULL;
    BOOL connected;

    if (MprAdminInterfaceGetInfo(watch.server, watch.branch, 0, (BYTE **)&info)) return FALSE;
    connected = info->dwConnectionState == ROUTER_IF_STATE_CONNECTED;
    MprAdminBufferFree(info);
    return connected;
}

static DWORD WINAPI watcher(void *parameter)
{
    (void)parameter;
    while (WaitForSingleObject(watch.event, INFINITE) == WAIT_OBJECT_0) {
        EnterCriticalSection(&watch.lock);
        if (watch.connected && !is_connected()) {
            watch.connected = FALSE;
            say("disconnected\n");
        }
        LeaveCriticalSection(&watch.lock);
    }
    return 0;
}

static void connect_branch(void)
{
    char line[32];
    DWORD rc;

    EnterCriticalSection(&watch.lock);
    if (!watch.connected) {
        rc = MprAdminInterfaceConnect(watch.server, watch.branch, NULL, TRUE);
        watch.connected = rc == NO_ERROR;
        snprintf(line, sizeof(line), "refused %lu\n", rc);
        say(rc == NO_ERROR ? "connected\n" : line);
    }
    LeaveCriticalSection(&watch.lock);
}

static BOOL set_up(const char *adapter)
{
    MPR_INTERFACE_0 info = {.wszInterfaceName = INTEROP_INTERFACE,
                            .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                            .fEnabled = TRUE};

    InitializeCriticalSection(&watch.lock);
    watch.event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return watch.event && existing_dialer_set(adapter) &&
           MprAdminServerConnect(NULL, &watch.server) == NO_ERROR &&
           MprAdminInterfaceCreate(watch.server, 0, (BYTE *)&info, &watch.branch) == NO_ERROR &&
           MprAdminRegisterConnectionNotification(watch.server, watch.event) == NO_ERROR;
}

int main(int argc, char **argv)
{
    HANDLE thread;
    char line[16];

    if (argc != 2 || !set_up(argv[1])) return 2;
    thread = CreateThread(NULL, 0, watcher, NULL, 0, NULL);
    if (!thread) return 2;
    while (fgets(line, sizeof(line), stdin)) connect_branch();
    return 0; /* the router and the thread end with the process */
}

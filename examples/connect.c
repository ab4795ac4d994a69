/* Makes the demand-dial interface "Branch" from the router's phone book unless it is there,
 * connects it, and shows the interfaces of the router. docs/QUICKSTART.md walks through it. */
#include <windows.h>
#include <mprapi.h>
#include <mprerror.h>
#include <stdio.h>

static const char *const states[] = {"UNREACHABLE", "DISCONNECTED", "CONNECTING", "CONNECTED"};

static DWORD say(const char *call, DWORD rc)
{
    WCHAR *text = NULL;

    if (rc == NO_ERROR) {
        printf("%s: 0 (NO_ERROR)\n", call);
    } else if (MprAdminGetErrorString(rc, &text) == NO_ERROR) {
        printf("%s: %lu (%ls)\n", call, rc, text);
        MprAdminBufferFree(text);
    } else {
        printf("%s: %lu\n", call, rc);
    }
    return rc;
}

static DWORD find_or_make(MPR_SERVER_HANDLE router, HANDLE *branch)
{
    MPR_INTERFACE_0 info = {L"Branch", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    if (MprAdminInterfaceGetHandle(router, info.wszInterfaceName, branch, FALSE) == NO_ERROR)
        return NO_ERROR;
    return say("MprAdminInterfaceCreate",
               MprAdminInterfaceCreate(router, 0, (LPBYTE)&info, branch));
}

static void show_interfaces(MPR_SERVER_HANDLE router)
{
    DWORD count = 0, total = 0;
    MPR_INTERFACE_0 *list = NULL;

    if (MprAdminInterfaceEnum(router, 0, (LPBYTE *)&list, (DWORD)-1, &count, &total, NULL)) return;
    for (DWORD i = 0; i < count; i++)
        printf("%-40ls %s\n", list[i].wszInterfaceName, states[list[i].dwConnectionState & 3]);
    MprAdminBufferFree(list);
}

int main(void)
{
    MPR_SERVER_HANDLE router;
    HANDLE branch;
    DWORD rc = say("MprAdminServerConnect", MprAdminServerConnect(NULL, &router));

    if (rc != NO_ERROR) return 1;
    rc = find_or_make(router, &branch);
    if (rc == NO_ERROR)
        rc = say("MprAdminInterfaceConnect", MprAdminInterfaceConnect(router, branch, NULL, TRUE));
    show_interfaces(router);
    MprAdminServerDisconnect(router);
    return rc == NO_ERROR ? 0 : 1;
}

/* Makes the demand-dial interface "Branch" from the router's phone book, connects it, and shows
 * all interfaces of the router. */
#include <windows.h>
#include <mprapi.h>
#include <mprerror.h>
#include <stdio.h>

int main(void)
{
    MPR_INTERFACE_0 branch = {L"Branch", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    MPR_INTERFACE_0 *list = NULL;
    MPR_SERVER_HANDLE router;
    HANDLE handle;
    DWORD count = 0, total = 0, rc;

    if ((rc = MprAdminServerConnect(NULL, &router)) != NO_ERROR) return (int)rc;
    rc = MprAdminInterfaceCreate(router, 0, (LPBYTE)&branch, &handle);
    if (rc == ERROR_INTERFACE_ALREADY_EXISTS) /* from the stored configuration */
        rc = MprAdminInterfaceGetHandle(router, branch.wszInterfaceName, &handle, FALSE);
    if (rc == NO_ERROR) rc = MprAdminInterfaceConnect(router, handle, NULL, TRUE);
    printf("connecting Branch: error %lu\n", rc);

    if (!MprAdminInterfaceEnum(router, 0, (LPBYTE *)&list, (DWORD)-1, &count, &total, NULL)) {
        for (DWORD i = 0; i < count; i++)
            printf("%-40ls state %d\n", list[i].wszInterfaceName, list[i].dwConnectionState);
        MprAdminBufferFree(list);
    }
    MprAdminServerDisconnect(router);
    return (int)rc;
}

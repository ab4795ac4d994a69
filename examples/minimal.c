/* Dials the demand-dial interface of a phone-book entry, and learns its neighbour's routes. */
#include <windows.h>
#include <mprapi.h>
#include <mprerror.h>
#include <stdio.h>

int main(void)
{
    MPR_INTERFACE_0 info = {L"Branch", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    MPR_SERVER_HANDLE router;
    HANDLE branch;
    LPVOID block;
    DWORD rc, result = NO_ERROR;

    if ((rc = MprAdminServerConnect(NULL, &router)) != NO_ERROR) return (int)rc;
    rc = MprAdminInterfaceCreate(router, 0, (LPBYTE)&info, &branch);
    if (!rc) rc = MprInfoCreate(1, &block); /* empty: the router's defaults */
    if (!rc) {
        rc = MprAdminInterfaceTransportAdd(router, branch, PID_IP, block,
                                           MprInfoBlockQuerySize(block));
        MprInfoDelete(block);
    }
    if (!rc) rc = MprAdminInterfaceConnect(router, branch, NULL, TRUE);
    if (!rc) rc = MprAdminInterfaceUpdateRoutes(router, branch, PID_IP, NULL);
    if (!rc) rc = MprAdminInterfaceQueryUpdateResult(router, branch, PID_IP, &result);
    printf("error %lu, result of the update %lu\n", rc, result);
    MprAdminServerDisconnect(router);
    return (int)rc;
}

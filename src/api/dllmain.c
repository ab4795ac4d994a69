/* The loader's entry: nothing is started or allocated here. The router comes with the first call
 * (win32/instance.h). When the DLL is unloaded, the sessions at a router in another process are
 * closed, which waits for that router's answer. */
#include "win32/carrier/local.h"
#include "win32/instance.h"

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    const BOOL process_ends = reserved != NULL;

    if (reason == DLL_PROCESS_ATTACH) instance_attach(module);
    if (reason == DLL_PROCESS_DETACH && !process_ends) local_carrier_end();
    if (reason == DLL_PROCESS_DETACH) instance_detach(process_ends);
    return TRUE;
}

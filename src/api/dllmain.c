/* The loader's entry: nothing is started, waited for or allocated here. The router comes with the
 * first call (win32/instance.h). */
#include "win32/instance.h"

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    if (reason == DLL_PROCESS_ATTACH)
        instance_attach(module);
    else if (reason == DLL_PROCESS_DETACH)
        instance_detach(reserved != NULL); /* set when the process ends */
    return TRUE;
}

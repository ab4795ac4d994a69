/* mprsvc.exe: the process of the router that programs share.
 *
 *     mprsvc.exe                until nobody needs the router (src/api/serve/serve_process.h)
 *     mprsvc.exe --foreground   until it is ended: for systemd and the like
 *
 * The router is in mprapi.dll, beside this program or, without one there, in the system folder. The
 * exit code is serve_process's; 2: wrong arguments, or a mprapi.dll that is not ours.
 *
 * It is an ordinary process and no service of Windows: Wine ends services with the last ordinary
 * process of a prefix, and with them links that are to stay.
 */
#include <windows.h>

#include <stdio.h>
#include <string.h>

#include "api/serve/serve_process.h"

#define EXIT_USAGE 2

static HMODULE load_beside(void)
{
    static const WCHAR name[] = L"mprapi.dll";
    WCHAR path[MAX_PATH + ARRAYSIZE(name)];
    DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);

    while (length > 0 && path[length - 1] != L'\\') length--;
    memcpy(path + length, name, sizeof(name));
    return LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

static serve_process_fn *find_router(void)
{
    HMODULE dll = load_beside();

    if (!dll) dll = LoadLibraryExW(L"mprapi.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (!dll) return NULL;
    return (serve_process_fn *)(void *)GetProcAddress(
        dll, (const char *)(ULONG_PTR)SERVE_PROCESS_ORDINAL);
}

int main(int count, char **arguments)
{
    const int stay = count == 2 && strcmp(arguments[1], "--foreground") == 0;
    serve_process_fn *router;

    if (count != 1 && !stay) {
        fprintf(stderr, "usage: mprsvc.exe [--foreground]\n");
        return EXIT_USAGE;
    }
    router = find_router();
    if (!router) {
        fprintf(stderr, "mprsvc: there is no mprapi.dll with a router beside it\n");
        return EXIT_USAGE;
    }
    return router(stay ? SERVE_PROCESS_STAY : 0);
}

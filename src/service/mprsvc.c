/* mprsvc.exe: the process of the router that programs share.
 *
 *     mprsvc.exe                until nobody needs the router (src/api/serve/serve_process.h)
 *     mprsvc.exe --foreground   until it is told to end, or interrupted: for systemd and the like
 *     mprsvc.exe --stop         tells the one that runs to end, and waits for it; then no program
 *                               starts one before --foreground or the service is started
 *     mprsvc.exe --service      the service RemoteAccess: for the system's service control
 *     mprsvc.exe --register     makes the service's entry, and has programs share the router
 *     mprsvc.exe --unregister   ends the router and takes the entry away again
 *
 * The router is in mprapi.dll, beside this program or, without one there, in the system folder. The
 * exit code is serve_process's; 2: wrong arguments, or a mprapi.dll that is not ours.
 *
 * The router is an ordinary process, and the service a second one that stands in for it: Wine ends
 * services with the last ordinary process of a prefix, and with them links that are to stay.
 */
#include <windows.h>

#include <stdbool.h>
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

static const char *reason_of(int result)
{
    if (result == SERVE_PROCESS_OTHER) return "another process is the router";
    return "it failed; MPRAPI_LOG=stderr in the environment tells why";
}

static const struct {
    const char *argument;
    unsigned task;
} tasks[] = {
    {"--foreground", SERVE_PROCESS_STAY},
    {"--service", SERVE_PROCESS_SERVICE},
    {"--stop", SERVE_PROCESS_STOP},
    {"--register", SERVE_PROCESS_REGISTER},
    {"--unregister", SERVE_PROCESS_UNREGISTER},
};

static bool find_task(int count, char **arguments, unsigned *ret)
{
    *ret = SERVE_PROCESS_DEMAND;
    if (count == 1) return true;
    for (size_t i = 0; count == 2 && i < ARRAYSIZE(tasks); i++) {
        *ret = tasks[i].task;
        if (strcmp(arguments[1], tasks[i].argument) == 0) return true;
    }
    return false;
}

int main(int count, char **arguments)
{
    serve_process_fn *router;
    unsigned task;
    int result;

    if (!find_task(count, arguments, &task)) {
        fprintf(stderr, "usage: mprsvc.exe "
                        "[--foreground | --service | --stop | --register | --unregister]\n");
        return EXIT_USAGE;
    }
    router = find_router();
    if (!router) {
        fprintf(stderr, "mprsvc: there is no mprapi.dll with a router beside it\n");
        return EXIT_USAGE;
    }
    result = router(task);
    if (result != SERVE_PROCESS_ENDED && task != SERVE_PROCESS_DEMAND)
        fprintf(stderr, "mprsvc: %s\n", reason_of(result));
    return result;
}

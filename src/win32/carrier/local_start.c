/* The program is beside the DLL, or in the system folder: that of 64 bits when this process has 32,
 * for one router serves both. It is detached and inherits nothing: it outlives who started it, and
 * holds no pipe of his open. */
#include "win32/carrier/local_start.h"

#include "win32/sys/windows_api.h"

#include "base/trace.h"
#include "base/utf16.h"
#include "win32/carrier/local.h"
#include "win32/sys/access.h"
#include "win32/sys/router_stopped.h"

#define PATIENCE_TO_START_MS 15000u
#define LOOK_FOR_ROUTER_MS   20u
#define ATTEMPTS             3u
#define START_PATH_UNITS     (MAX_PATH + 32u)
#define EXIT_OTHER_ROUTER    3 /* api/serve/serve_process.h */

static const WCHAR program_name[] = L"mprsvc.exe";

static bool exists(const WCHAR *path)
{
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static bool append(WCHAR *path, size_t length, const WCHAR *rest)
{
    if (length == 0 || !u16_copy(path + length, START_PATH_UNITS - length, rest)) return false;
    return exists(path);
}

static bool find_beside(WCHAR *path)
{
    static const WCHAR here;
    HMODULE module;
    DWORD length;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            &here, &module))
        return false;
    length = GetModuleFileNameW(module, path, MAX_PATH);
    if (length == MAX_PATH) return false;
    while (length > 0 && path[length - 1] != L'\\') length--;
    return append(path, length, program_name);
}

static bool find_in_windows(const WCHAR *rest, WCHAR *path)
{
    return append(path, GetWindowsDirectoryW(path, MAX_PATH), rest);
}

static bool find_program(WCHAR *path)
{
    return find_beside(path) || find_in_windows(L"\\Sysnative\\mprsvc.exe", path) ||
           find_in_windows(L"\\System32\\mprsvc.exe", path);
}

/* Said to have no standard handles: else Wine gives a detached process INVALID_HANDLE_VALUE for
 * each, which it takes for this process, so that the router would hold that open as long as it
 * lives. Wine 8 fails to start it once in thousands, with ERROR_INTERNAL_ERROR: then another
 * attempt succeeds. */
static bool create_process(const WCHAR *path, WCHAR *command, const WCHAR *folder,
                           PROCESS_INFORMATION *ret)
{
    STARTUPINFOW startup = {.cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES};

    for (unsigned attempt = 1;; attempt++) {
        if (CreateProcessW(path, command, NULL, NULL, FALSE,
                           DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP, NULL, folder, &startup,
                           ret))
            return true;
        if (GetLastError() != ERROR_INTERNAL_ERROR || attempt == ATTEMPTS) return false;
        Sleep(LOOK_FOR_ROUTER_MS);
    }
}

static HANDLE run_program(const WCHAR *path)
{
    WCHAR command[START_PATH_UNITS + 2] = L"\"", folder[MAX_PATH];
    PROCESS_INFORMATION process;
    size_t length = u16_length(path, START_PATH_UNITS);

    u16_copy(command + 1, START_PATH_UNITS, path);
    u16_copy(command + 1 + length, 2, L"\"");
    if (!GetWindowsDirectoryW(folder, MAX_PATH)) return NULL;
    if (!create_process(path, command, folder, &process)) {
        TRACE(ERROR, "router: \"%s\" can't be started (error %lu)", trace_u16(path).text,
              GetLastError());
        return NULL;
    }
    CloseHandle(process.hThread);
    return process.hProcess;
}

enum start_outcome { START_LISTENS, START_OTHER, START_FAILED };

static enum start_outcome wait_for_router(HANDLE process, ULONGLONG until)
{
    DWORD code = 0;

    while (!local_router_runs()) {
        if (GetTickCount64() >= until) return START_FAILED;
        if (WaitForSingleObject(process, LOOK_FOR_ROUTER_MS) != WAIT_OBJECT_0) continue;
        GetExitCodeProcess(process, &code);
        return code == EXIT_OTHER_ROUTER ? START_OTHER : START_FAILED;
    }
    return START_LISTENS;
}

/* The other router that it found may be one that has just ended: once more. */
static bool start_program(const WCHAR *path)
{
    const ULONGLONG until = GetTickCount64() + PATIENCE_TO_START_MS;
    enum start_outcome outcome;

    do {
        HANDLE process = run_program(path);

        if (!process) return false;
        outcome = wait_for_router(process, until);
        CloseHandle(process);
        if (outcome == START_OTHER) Sleep(LOOK_FOR_ROUTER_MS);
    } while (outcome == START_OTHER && !local_router_runs());
    return outcome != START_FAILED;
}

bool start_router(void)
{
    static SRWLOCK one = SRWLOCK_INIT;
    WCHAR path[START_PATH_UNITS];
    bool listens;

    AcquireSRWLockExclusive(&one);
    listens = local_router_runs();
    if (!listens && router_is_stopped())
        TRACE(INFO, "router: an administrator has stopped it");
    else if (!listens && !find_program(path))
        TRACE(ERROR, "router: there is no mprsvc.exe beside mprapi.dll or in the system folder");
    else if (!listens)
        listens = start_program(path);
    ReleaseSRWLockExclusive(&one);
    return listens;
}

bool local_router_start(void)
{
    HANDLE token = access_as_process();
    bool listens = start_router();

    access_as_caller(token);
    return listens;
}

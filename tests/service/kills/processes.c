/* The processes of a scene: workers, routers, and what routers have started. */
#include "service/kills/scene.h"

#include "support/start_process.h"

#include <tlhelp32.h>

#include <stdio.h>
#include <string.h>

#define PIPE L"\\\\.\\pipe\\mprapi.router"

enum { WORKERS_MAX = 16, LOOK_MS = 20 };

static HANDLE workers[WORKERS_MAX];

/* ---- workers --------------------------------------------------------------------------------- */

static void remember(HANDLE process)
{
    for (int n = 0; n < WORKERS_MAX; n++) {
        if (workers[n]) continue;
        workers[n] = process;
        return;
    }
    fail_msg("too many workers");
}

static void close_worker(HANDLE process)
{
    for (int n = 0; n < WORKERS_MAX; n++) {
        if (workers[n] == process) workers[n] = NULL;
    }
    CloseHandle(process);
}

HANDLE scene_start_worker(unsigned slot, unsigned count, unsigned generation)
{
    char arguments[60];
    HANDLE process;

    snprintf(arguments, sizeof(arguments), "work %u %u %u", slot, count, generation);
    process = start_self(arguments, TRUE);
    assert_non_null(process);
    remember(process);
    return process;
}

void scene_await_end(HANDLE process)
{
    DWORD code = 99;

    assert_int_equal(WaitForSingleObject(process, SCENE_PATIENCE_MS), WAIT_OBJECT_0);
    assert_true(GetExitCodeProcess(process, &code));
    close_worker(process);
    assert_int_equal(code, 0);
}

void scene_kill(HANDLE process)
{
    TerminateProcess(process, 9);
    assert_int_equal(WaitForSingleObject(process, SCENE_PATIENCE_MS), WAIT_OBJECT_0);
    close_worker(process);
}

/* ---- routers --------------------------------------------------------------------------------- */

HANDLE scene_router(void)
{
    HANDLE pipe = CreateFileW(PIPE, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), router = NULL;
    ULONG id = 0;

    if (pipe == INVALID_HANDLE_VALUE) return NULL;
    if (GetNamedPipeServerProcessId(pipe, &id))
        router = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);
    CloseHandle(pipe);
    return router;
}

static DWORD count_routers(DWORD *ret_id)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    DWORD count = 0;

    *ret_id = 0;
    assert_ptr_not_equal(list, INVALID_HANDLE_VALUE);
    for (BOOL more = Process32FirstW(list, &entry); more; more = Process32NextW(list, &entry)) {
        if (lstrcmpiW(entry.szExeFile, L"mprsvc.exe") != 0) continue;
        *ret_id = entry.th32ProcessID;
        count++;
    }
    CloseHandle(list);
    return count;
}

DWORD scene_router_id(void)
{
    DWORD id;

    count_routers(&id);
    return id;
}

DWORD scene_only_router_id(void)
{
    DWORD id;

    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && count_routers(&id) != 1; i++) Sleep(LOOK_MS);
    assert_int_equal(count_routers(&id), 1);
    return id;
}

void scene_await_end_of_router(void)
{
    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && scene_router_id(); i++) Sleep(LOOK_MS);
    assert_int_equal(scene_router_id(), 0);
}

/* ---- dialers --------------------------------------------------------------------------------- */

/* Arguments end with zeros in there. */
static BOOL has_mark(const WCHAR *process, const char *mark)
{
    WCHAR path[MAX_PATH];
    char line[1000] = "";
    DWORD size = 0;
    HANDLE file;

    _snwprintf(path, MAX_PATH, L"Z:\\proc\\%ls\\cmdline", process);
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                       0, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    ReadFile(file, line, sizeof(line) - 1, &size, NULL);
    CloseHandle(file);
    for (DWORD n = 0; n < size; n++) {
        if (!line[n]) line[n] = ' ';
    }
    return strstr(line, mark) != NULL;
}

static unsigned count_marked(const char *mark)
{
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(L"Z:\\proc\\*", &found);
    unsigned count = 0;

    assert_ptr_not_equal(search, INVALID_HANDLE_VALUE);
    do {
        if (found.cFileName[0] >= L'0' && found.cFileName[0] <= L'9' &&
            has_mark(found.cFileName, mark))
            count++;
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return count;
}

unsigned scene_dialers_left(void)
{
    char mark[40];

    scene_dialer_mark(mark, sizeof(mark));
    return count_marked(mark);
}

void scene_await_end_of_dialers(void)
{
    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && scene_dialers_left(); i++) Sleep(LOOK_MS);
    assert_int_equal(scene_dialers_left(), 0);
}

/* ---- the end --------------------------------------------------------------------------------- */

int scene_end(void **state)
{
    DWORD id;

    (void)state;
    if (scene) scene->over = 1;
    for (int n = 0; n < WORKERS_MAX; n++) {
        if (workers[n]) TerminateProcess(workers[n], 1);
    }
    while ((id = scene_router_id()) != 0) {
        HANDLE router = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);

        if (!router) continue;
        TerminateProcess(router, 1);
        WaitForSingleObject(router, SCENE_PATIENCE_MS);
        CloseHandle(router);
    }
    return 0;
}

#include "win32/sys/wine_fifo.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/sys/wine_unix.h"

#define FIFOS_MAX 8u

/* A new name in the folder for temporary files; 64 random bits keep others from guessing it, and
 * mkfifo fails on a name that exists. */
static bool fifo_name(WCHAR *target, size_t capacity, const WCHAR *ending)
{
    LUID luid = {0, 0};
    LARGE_INTEGER counter;
    DWORD units = GetTempPathW((DWORD)capacity - 48, target);

    if (!units || units >= capacity - 48) return false;
    QueryPerformanceCounter(&counter);
    AllocateLocallyUniqueId(&luid);
    _snwprintf(target + units, capacity - units, L"mprapi-%08lx-%08lx-%08lx.%ls",
               GetCurrentProcessId(), luid.LowPart, (DWORD)counter.QuadPart, ending);
    target[capacity - 1] = 0;
    return true;
}

static mpr_status make_name(struct wine_fifo *f, const WCHAR *ending)
{
    if (!fifo_name(f->name, ARRAYSIZE(f->name), ending)) return ST_CAN_NOT_COMPLETE;
    f->unix_name = wine_unix_path(f->name);
    return f->unix_name ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

/* All in one go: a Unix process is dear. */
static bool make_files(const struct wine_fifo *fifos, size_t count)
{
    char *arguments[3 + FIFOS_MAX + 1] = {(char[]){"mkfifo"}, (char[]){"-m"}, (char[]){"600"}};
    LONG code;

    for (size_t n = 0; n < count; n++) arguments[3 + n] = fifos[n].unix_name;
    code = wine_unix_run(arguments);
    if (code) TRACE(ERROR, "host programs: mkfifo %s failed (%ld)", fifos[0].unix_name, code);
    return code == 0;
}

/* Opened for both directions, which never blocks and needs no other end. */
static mpr_status open_one(struct wine_fifo *f)
{
    f->end = CreateFileW(f->name, GENERIC_READ | GENERIC_WRITE,
                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                         OPEN_EXISTING, 0, NULL);
    if (f->end != INVALID_HANDLE_VALUE) return ST_OK;
    TRACE(ERROR, "host programs: the control pipe can't be opened (error %lu)", GetLastError());
    f->end = NULL;
    return ST_CAN_NOT_COMPLETE;
}

mpr_status wine_fifos_make(struct wine_fifo *fifos, const WCHAR *const *endings, size_t count)
{
    mpr_status status = count <= FIFOS_MAX ? ST_OK : ST_CAN_NOT_COMPLETE;

    for (size_t n = 0; n < count && status == ST_OK; n++) status = make_name(&fifos[n], endings[n]);
    if (status == ST_OK && !make_files(fifos, count)) status = ST_CAN_NOT_COMPLETE;
    for (size_t n = 0; n < count && status == ST_OK; n++) status = open_one(&fifos[n]);
    return status;
}

void wine_fifo_free(struct wine_fifo *f)
{
    if (f->unix_name) DeleteFileW(f->name);
    mem_free(f->unix_name);
    f->unix_name = NULL;
}

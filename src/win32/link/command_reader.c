/* A named pipe of Unix that this process has opened for both directions has no end of file: what
 * ends it is an octet 0 that is written behind everything else. */
#include "win32/link/command_reader.h"

static void tell(struct command_reader *r)
{
    if (r->used && r->text[r->used - 1] == '\r') r->used--;
    if (r->used && r->watcher->said)
        r->watcher->said(r->watcher->context, r->stream, r->text, r->used);
    r->used = 0;
}

/* False: that was the end. */
static bool take(struct command_reader *r, const char *octets, DWORD size)
{
    for (DWORD n = 0; n < size; n++) {
        if (!octets[n] && r->finishing) return false;
        if (octets[n] == '\n')
            tell(r);
        else if (r->used < COMMAND_LINE_MAX)
            r->text[r->used++] = octets[n];
    }
    return true;
}

static DWORD WINAPI reader_thread(void *parameter)
{
    struct command_reader *r = parameter;
    char octets[1024];
    DWORD size;

    while (ReadFile(r->end, octets, sizeof(octets), &size, NULL) && size) {
        if (!take(r, octets, size)) break;
    }
    tell(r);
    return 0;
}

bool command_reader_start(struct command_reader *r)
{
    r->thread =
        CreateThread(NULL, 64 << 10, reader_thread, r, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    return r->thread != NULL;
}

void command_reader_finish(struct command_reader *r)
{
    static const char last = 0;
    DWORD written;

    if (r->thread) {
        InterlockedExchange(&r->finishing, 1);
        if (r->both_ways) WriteFile(r->end, &last, 1, &written, NULL);
        WaitForSingleObject(r->thread, INFINITE);
        CloseHandle(r->thread);
        r->thread = NULL;
    }
    if (r->end) CloseHandle(r->end);
    r->end = NULL;
}

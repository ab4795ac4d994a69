/* A program per thread: the thread starts it, waits for it, tells its end. How it is run is in
 * command_unix.c for Wine and in command_windows.c; two more threads read what it says.
 *
 * The threads may still be inside when the process ends; nobody waits for them then.
 */
#include "win32/link/command.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/command_run.h"
#include "win32/sys/wine_unix.h"

struct command {
    struct command_run run;
    SRWLOCK lock; /* of run.leash */
    HANDLE thread;
    char16_t *line;
    struct command_watcher watcher;
};

static void finish_readers(struct command *c)
{
    for (int n = 0; n < COMMAND_STREAMS; n++) command_reader_finish(&c->run.readers[n]);
}

static void free_parts(struct command *c)
{
    if (c->run.leash) CloseHandle(c->run.leash);
    if (c->run.process) CloseHandle(c->run.process);
    command_unix_free(&c->run);
    mem_free(c->line);
    mem_free(c);
}

/* On Windows what the program left behind would keep its pipes open: the job ends first. */
static DWORD WINAPI command_thread(void *parameter)
{
    struct command *c = parameter;
    uint32_t code = c->run.process ? command_windows_run(&c->run) : command_unix_run(&c->run);

    if (c->run.process) command_stop(c);
    finish_readers(c);
    c->watcher.exited(c->watcher.context, code);
    return 0;
}

static mpr_status prepare(struct command *c, const char16_t *line, const struct blob *input)
{
    for (int n = 0; n < COMMAND_STREAMS; n++) {
        c->run.readers[n].stream = (enum command_stream)n;
        c->run.readers[n].watcher = &c->watcher;
    }
    c->line = u16_dup(line);
    if (!c->line) return ST_NOT_ENOUGH_MEMORY;
    return wine_unix_here() ? command_unix_prepare(c->line, input, &c->run)
                            : command_windows_start(c->line, input, &c->run);
}

static bool start_threads(struct command *c)
{
    for (int n = 0; n < COMMAND_STREAMS; n++) {
        if (!command_reader_start(&c->run.readers[n])) return false;
    }
    c->thread =
        CreateThread(NULL, 64 << 10, command_thread, c, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    return c->thread != NULL;
}

mpr_status command_start(const char16_t *line, const struct blob *input,
                         const struct command_watcher *watcher, struct command **ret)
{
    struct command *c = mem_alloc(sizeof(*c));
    mpr_status status;

    *ret = NULL;
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    InitializeSRWLock(&c->lock);
    c->watcher = *watcher;
    status = prepare(c, line, input);
    if (status == ST_OK) {
        *ret = c; /* before the threads, which may be quick */
        if (start_threads(c)) return ST_OK;
        *ret = NULL;
        status = ST_NOT_ENOUGH_MEMORY;
    }
    command_stop(c);
    finish_readers(c);
    free_parts(c);
    return status;
}

void command_stop(struct command *c)
{
    AcquireSRWLockExclusive(&c->lock);
    if (c->run.leash) CloseHandle(c->run.leash);
    c->run.leash = NULL;
    ReleaseSRWLockExclusive(&c->lock);
}

void command_free(struct command *c)
{
    if (!c) return;
    command_stop(c);
    WaitForSingleObject(c->thread, INFINITE);
    CloseHandle(c->thread);
    free_parts(c);
}

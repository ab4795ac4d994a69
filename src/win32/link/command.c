/* A program per thread: the thread starts it, waits for it, tells its end. How it is run is in
 * command_unix.c for Wine and in command_windows.c.
 *
 * The thread may still be inside when the process ends; nobody waits for it then.
 */
#include "win32/link/command.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/command_run.h"

struct command {
    struct command_run run;
    SRWLOCK lock; /* of run.leash */
    HANDLE thread;
    char16_t *line;
    command_exited_fn *exited;
    void *context;
};

static void free_parts(struct command *c)
{
    if (c->run.leash) CloseHandle(c->run.leash);
    if (c->run.process) CloseHandle(c->run.process);
    command_unix_free(&c->run);
    mem_free(c->line);
    mem_free(c);
}

static DWORD WINAPI command_thread(void *parameter)
{
    struct command *c = parameter;
    uint32_t code = c->run.process ? command_windows_run(&c->run) : command_unix_run(&c->run);

    TRACE(INFO, "dialer: \"%s\" ended with %u", trace_u16(c->line).text, code);
    c->exited(c->context, c, code);
    return 0;
}

mpr_status command_start(const char16_t *line, const struct blob *input, command_exited_fn *exited,
                         void *context, struct command **ret)
{
    struct command *c = mem_alloc(sizeof(*c));
    mpr_status status;

    *ret = NULL;
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    InitializeSRWLock(&c->lock);
    c->exited = exited;
    c->context = context;
    c->line = u16_dup(line);
    status = !c->line            ? ST_NOT_ENOUGH_MEMORY
             : command_on_wine() ? command_unix_prepare(c->line, input, &c->run)
                                 : command_windows_start(c->line, input, &c->run);
    if (!status) {
        *ret = c; /* before the thread, whose exited may be quick */
        c->thread = CreateThread(NULL, 64 << 10, command_thread, c,
                                 STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
        if (c->thread) return ST_OK;
        *ret = NULL;
        status = ST_NOT_ENOUGH_MEMORY;
    }
    TRACE(ERROR, "dialer: \"%s\" was not started", trace_u16(line).text);
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

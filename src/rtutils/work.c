/* QueueWorkItem and SetIoCompletionProc.
 *
 * Ordinary work and completions of I/O run on threads of the system's pool. What is to run on an
 * alertable thread is queued for two that wait alertably, and for good, since only who has begun
 * I/O on them knows when it is over. (Not as asynchronous procedure calls: Wine 8 loses itself when
 * a 32-bit thread gets one before it has begun.)
 */
#include "rtutils/work.h"

#include <stdbool.h>

#include "base/mem.h"

void work_pin_module(void)
{
    static volatile LONG pinned;
    HMODULE module;

    if (InterlockedExchange(&pinned, 1)) return;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                       (const WCHAR *)(void *)&work_pin_module, &module);
}

struct work_item {
    struct work_item *next;
    WORKERFUNCTION function;
    void *context;
};

static struct work_item *item_new(WORKERFUNCTION function, void *context)
{
    struct work_item *item = mem_alloc(sizeof(*item));

    if (item) *item = (struct work_item){NULL, function, context};
    return item;
}

static void run_item(struct work_item *item)
{
    const struct work_item copy = *item;

    mem_free(item);
    copy.function(copy.context);
}

/* ---- the pool -------------------------------------------------------------------------------- */

static void CALLBACK run_in_pool(PTP_CALLBACK_INSTANCE instance, void *item)
{
    (void)instance;
    run_item(item);
}

DWORD work_submit(WORKERFUNCTION function, void *context)
{
    struct work_item *item = item_new(function, context);

    if (item && TrySubmitThreadpoolCallback(run_in_pool, item, NULL)) return NO_ERROR;
    mem_free(item);
    return ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- alertable threads ----------------------------------------------------------------------- */

static struct {
    SRWLOCK lock;
    struct work_item *first, **end; /* in their order */
    HANDLE queued;                  /* semaphore: one for each item; NULL: not begun */
    unsigned threads;
} alertable = {.lock = SRWLOCK_INIT, .end = &alertable.first};

static struct work_item *next_item(void)
{
    struct work_item *item;

    AcquireSRWLockExclusive(&alertable.lock);
    item = alertable.first;
    if (item) alertable.first = item->next;
    if (!alertable.first) alertable.end = &alertable.first;
    ReleaseSRWLockExclusive(&alertable.lock);
    return item;
}

static DWORD WINAPI wait_alertably(void *parameter)
{
    DWORD result;

    (void)parameter;
    while ((result = WaitForSingleObjectEx(alertable.queued, INFINITE, TRUE)) != WAIT_FAILED) {
        struct work_item *item = result == WAIT_OBJECT_0 ? next_item() : NULL;

        if (item) run_item(item);
    }
    return 0;
}

/* Lock held: another thread as long as there are too few. False: there is none at all. */
static bool have_thread(void)
{
    HANDLE thread = NULL;

    if (!alertable.queued) alertable.queued = CreateSemaphoreW(NULL, 0, MAXLONG, NULL);
    if (alertable.queued && alertable.threads < NUM_ALERTABLE_THREADS)
        thread = CreateThread(NULL, 0, wait_alertably, NULL, 0, NULL);
    if (thread) {
        CloseHandle(thread);
        alertable.threads++;
    }
    return alertable.threads > 0;
}

static DWORD queue_alertable(WORKERFUNCTION function, void *context)
{
    struct work_item *item = item_new(function, context);
    bool queued;

    if (!item) return ERROR_NOT_ENOUGH_MEMORY;
    AcquireSRWLockExclusive(&alertable.lock);
    queued = have_thread() && ReleaseSemaphore(alertable.queued, 1, NULL);
    if (queued) {
        *alertable.end = item;
        alertable.end = &item->next;
    }
    ReleaseSRWLockExclusive(&alertable.lock);
    if (!queued) mem_free(item);
    return queued ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- exported -------------------------------------------------------------------------------- */

DWORD WINAPI QueueWorkItem(WORKERFUNCTION function, PVOID context, WINBOOL on_alertable_thread)
{
    if (!function) return ERROR_INVALID_PARAMETER;
    work_pin_module();
    return on_alertable_thread ? queue_alertable(function, context)
                               : work_submit(function, context);
}

DWORD WINAPI SetIoCompletionProc(HANDLE file, LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (!routine) return ERROR_INVALID_PARAMETER;
    work_pin_module();
    return BindIoCompletionCallback(file, routine, 0) ? NO_ERROR : GetLastError();
}

/* Structured exception handling for GCC, which has no __try.
 *
 * x86_64: the function guarded names its language handler with .seh_handler; the system finds it
 * through the unwind tables. i686: a registration record on the stack, linked at fs:[0].
 * In both cases the handler is asked only after those of the foreign code's own frames, so a
 * library that handles its faults itself is not disturbed. It leaves by __builtin_longjmp, which
 * restores the stack and runs nothing; the frames left behind are foreign ones.
 */
#include "win32/sys/seh_guard.h"

#include "win32/sys/windows_api.h"

/* Per call; calls nest when foreign code comes back to us. */
struct guard {
    void *registration[2]; /* i686: previous record, handler. First, the handler looks from here */
    void *buffer[5];
    uint32_t code;
    struct guard *outer;
};

static DWORD tls = TLS_OUT_OF_INDEXES;
static INIT_ONCE tls_once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK make_tls(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    tls = TlsAlloc();
    return tls != TLS_OUT_OF_INDEXES;
}

EXCEPTION_DISPOSITION seh_guard_handler(EXCEPTION_RECORD *record, void *frame, CONTEXT *context,
                                        void *dispatcher);

__attribute__((used)) EXCEPTION_DISPOSITION seh_guard_handler(EXCEPTION_RECORD *record, void *frame,
                                                              CONTEXT *context, void *dispatcher)
{
    struct guard *g = TlsGetValue(tls);

    (void)frame, (void)context, (void)dispatcher;
    /* Unwinding past us is nothing to stop; without a guard there is nowhere to go. */
    if ((record->ExceptionFlags & 0x66) || !g) return ExceptionContinueSearch;
    g->code = record->ExceptionCode;
    __builtin_longjmp(g->buffer, 1);
}

/* The thread's list of registration records. Wine keeps records of its own there on x86_64, too;
 * those of frames that were left must go. */
static void **registrations(void)
{
    NT_TIB *tib;

    /* NtCurrentTeb of these headers makes GCC warn of an access to address 0. */
#if defined(__x86_64__)
    __asm__("movq %%gs:0x30, %0" : "=r"(tib));
#else
    __asm__("movl %%fs:0x18, %0" : "=r"(tib));
#endif
    return (void **)(void *)&tib->ExceptionList;
}

#if defined(__x86_64__)
static __attribute__((noinline, noclone)) void guarded(struct guard *g, void (*function)(void *),
                                                       void *context)
{
    (void)g;
    __asm__ volatile(".seh_handler seh_guard_handler, @except\n");
    function(context);
    __asm__ volatile("nop\n" ::: "memory"); /* no tail call: this frame must be on the stack */
}
#else
static __attribute__((noinline, noclone)) void guarded(struct guard *g, void (*function)(void *),
                                                       void *context)
{
    g->registration[1] = (void *)(uintptr_t)seh_guard_handler;
    *registrations() = g->registration;
    function(context);
    *registrations() = g->registration[0];
}
#endif

__attribute__((noinline)) bool seh_guard_call(void (*function)(void *), void *context,
                                              uint32_t *ret_code)
{
    struct guard g = {.code = 0, .registration = {*registrations(), NULL}};
    bool survived = true;

    if (!InitOnceExecuteOnce(&tls_once, make_tls, NULL, NULL)) {
        function(context);
        return true;
    }
    g.outer = TlsGetValue(tls);
    TlsSetValue(tls, &g);
    if (__builtin_setjmp(g.buffer) == 0) {
        guarded(&g, function, context);
    } else {
        *registrations() = g.registration[0];
        survived = false;
    }
    TlsSetValue(tls, g.outer);
    if (ret_code) *ret_code = g.code;
    return survived;
}

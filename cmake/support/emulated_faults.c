/*
 * Preloaded into the 32-bit Wine that cmake/emulate.sh runs in qemu-i386. A handler of a fault
 * learns from uc_mcontext.gregs[REG_TRAPNO] which exception the processor raised, and Wine tells an
 * access violation from an illegal instruction by it; qemu leaves -1 there. What it was follows
 * from signal and si_code. A library in i386 code of its own: the build machine has no i386 headers
 * of libc, so the few layouts of the i386 ABI that are used are written down here.
 */
enum { SIGNAL_ILL = 4, SIGNAL_TRAP = 5, SIGNAL_BUS = 7, SIGNAL_FPE = 8, SIGNAL_SEGV = 11 };
enum { FLAG_SIGINFO = 4 };    /* SA_SIGINFO */
enum { CODE_OF_SIGINFO = 2 }; /* siginfo_t in words: si_signo, si_errno, si_code */
/* ucontext_t in words: flags, link, three of the stack, then the registers, of which the
 * thirteenth. */
enum { TRAPNO_OF_CONTEXT = 5 + 12 };
/* Exceptions of the processor, as its manual numbers them. */
enum {
    DIVIDE_ERROR = 0,
    DEBUG_EXCEPTION = 1,
    BREAKPOINT = 3,
    INVALID_OPCODE = 6,
    GENERAL_PROTECTION = 13,
    PAGE_FAULT = 14,
    FLOATING_POINT = 16,
    ALIGNMENT_CHECK = 17
};

typedef void (*fault_handler)(int number, int *info, void *context);

/* struct sigaction of libc. */
struct action {
    fault_handler handler;
    unsigned mask[32];
    int flags;
    void (*restorer)(void);
};

extern void *dlsym(void *library, const char *name);
int sigaction(int number, const struct action *action, struct action *old);

static fault_handler handlers[SIGNAL_SEGV + 1];

static int exception_of(int number, int code)
{
    switch (number) {
    case SIGNAL_ILL:
        return INVALID_OPCODE;
    case SIGNAL_TRAP:
        return code == 2 /* TRAP_TRACE */ ? DEBUG_EXCEPTION : BREAKPOINT;
    case SIGNAL_BUS:
        return ALIGNMENT_CHECK;
    case SIGNAL_FPE:
        return code == 1 /* FPE_INTDIV */ ? DIVIDE_ERROR : FLOATING_POINT;
    default:
        return code == 1 || code == 2 /* SEGV_MAPERR, _ACCERR */ ? PAGE_FAULT : GENERAL_PROTECTION;
    }
}

static void correct(int number, int *info, void *context)
{
    int *words = context;

    if (words[TRAPNO_OF_CONTEXT] == -1) {
        words[TRAPNO_OF_CONTEXT] = exception_of(number, info[CODE_OF_SIGINFO]);
    }
    handlers[number](number, info, context);
}

static int is_fault(int number)
{
    return number == SIGNAL_ILL || number == SIGNAL_TRAP || number == SIGNAL_BUS ||
           number == SIGNAL_FPE || number == SIGNAL_SEGV;
}

int sigaction(int number, const struct action *action, struct action *old)
{
    static int (*real)(int, const struct action *, struct action *);
    struct action corrected;
    int i;

    if (!real) real = dlsym((void *)-1 /* RTLD_NEXT */, "sigaction");
    if (!action || !is_fault(number) || !(action->flags & FLAG_SIGINFO)) {
        return real(number, action, old);
    }
    /* Member by member: a copy of the whole would be a call of memcpy, which is not here. */
    for (i = 0; i < 32; i++) corrected.mask[i] = action->mask[i];
    corrected.flags = action->flags;
    corrected.restorer = action->restorer;
    corrected.handler = correct;
    handlers[number] = action->handler;
    return real(number, &corrected, old);
}

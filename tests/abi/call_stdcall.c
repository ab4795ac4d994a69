#include "call_stdcall.h"

#ifdef __i386__

/* By hand, since a compiler's call would repair the stack pointer without a word. The stack before
 * the call is kept in esi, which a stdcall callee preserves. */
DWORD call_stdcall(FARPROC function, const ULONG_PTR *slots, unsigned count, int *unpopped)
{
    DWORD result = 0;
    int left = 0;

    __asm__ volatile("movl %%esp, %%esi\n\t"
                     "1: subl $1, %%ecx\n\t"
                     "js 2f\n\t"
                     "pushl (%%edx,%%ecx,4)\n\t"
                     "jmp 1b\n\t"
                     "2: call *%%eax\n\t"
                     "movl %%esi, %%ecx\n\t"
                     "subl %%esp, %%ecx\n\t"
                     "movl %%esi, %%esp\n\t"
                     : "=a"(result), "=c"(left)
                     : "a"(function), "c"(count), "d"(slots)
                     : "esi", "memory", "cc");
    *unpopped = left;
    return result;
}

#else

typedef DWORD(WINAPI *slots_function)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
                                      ULONG_PTR, ULONG_PTR, ULONG_PTR);

/* The callee does not care about arguments that it does not have. */
DWORD call_stdcall(FARPROC function, const ULONG_PTR *slots, unsigned count, int *unpopped)
{
    slots_function call = (slots_function)(void (*)(void))function;

    (void)count;
    *unpopped = 0;
    return call(slots[0], slots[1], slots[2], slots[3], slots[4], slots[5], slots[6], slots[7]);
}

#endif

/* Calls an exported function by address, with any number of pointer-sized arguments, and sees what
 * it does to the stack. */
#ifndef ABI_CALL_STDCALL_H
#define ABI_CALL_STDCALL_H

#include <windows.h>

/* At most this many arguments. */
enum { CALL_SLOTS = 8 };

/* Returns the function's result. *unpopped is the number of stack bytes that the callee left behind
 * (below 0: took too many); always 0 where the caller cleans up, on 64 bits. slots has CALL_SLOTS
 * elements, of which count are passed. */
DWORD call_stdcall(FARPROC function, const ULONG_PTR *slots, unsigned count, int *unpopped);

#endif

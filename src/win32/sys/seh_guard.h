/* Calls foreign code and survives its crash, as far as that is possible: an exception that nothing
 * inside of the code handles ends the call instead of the process. What the code had locked or
 * half changed stays so; nothing of it should be called again. */
#ifndef MPR_WIN32_SEH_GUARD_H
#define MPR_WIN32_SEH_GUARD_H

#include <stdbool.h>
#include <stdint.h>

/* Runs function(context). False when it crashed; *ret_code (optional) is the exception's code. */
bool seh_guard_call(void (*function)(void *context), void *context, uint32_t *ret_code);

#endif

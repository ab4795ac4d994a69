/* A process that is cut off at the n-th change of the registry: it ends there, or the change fails.
 *
 * The system's functions for it are exchanged in the import table of kernelbase.dll, where all of
 * advapi32's come by. */
#ifndef TESTS_API_CUT_H
#define TESTS_API_CUT_H

#include <windows.h>

enum cut_how { CUT_ENDS, CUT_FAILS };
enum { CUT_CODE = 77 };

/* Once a process; FALSE: there is nothing to exchange. */
BOOL cut_install(void);
/* From now on, the n-th of this thread, from 1, is not made: the process ends with CUT_CODE, or the
 * caller gets ERROR_ACCESS_DENIED. Those behind it are made again. */
void cut_at(unsigned n, enum cut_how how);
/* No more; how many there were, made or not. */
unsigned cut_stop(void);

#endif

/* Work for the process' pool of threads. */
#ifndef MPR_RTUTILS_WORK_H
#define MPR_RTUTILS_WORK_H

#include <mprapi_rtutils.h>

/* ERROR_NOT_ENOUGH_MEMORY: it will not be called. */
DWORD work_submit(WORKERFUNCTION function, void *context);

/* Before the first work or wait: this module stays loaded from now on, since threads that can't be
 * waited for in DllMain come back to it. Takes the loader lock, so no other may be held. */
void work_pin_module(void);

#endif

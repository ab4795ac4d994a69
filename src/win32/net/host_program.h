/* mprnetlink (src/hostroutes/linux), which puts routes into the table of the Linux host, as a
 * running program: it is started through Wine, reads messages from one FIFO and writes to another
 * one. It ends when this process closes its end, in whatever way. */
#ifndef MPR_WIN32_HOST_PROGRAM_H
#define MPR_WIN32_HOST_PROGRAM_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"
#include "hostroutes/message.h"

struct host_program;

struct host_program_plan {
    const char *path;
    const char *script; /* not NULL: this one of sh instead (host_ip.h) */
    bool keep;          /* its routes stay when it ends */
    bool events_only;   /* it is to tell of events only */
    unsigned forward;   /* HR_FORWARD_*: forwarding that is to be on */
    unsigned forwarded; /* ... and that was off before this router */
};

/* Called on a thread of its own for each message; ended as the last, with the program's exit code.
 */
struct host_program_sink {
    void (*message)(const struct hr_header *header, struct reader *body);
    void (*ended)(LONG code);
};

/* Where the program is: beside this DLL, as a Unix path that is mem_alloc'd. NULL: it is not there,
 * or this is not Wine. */
char *host_program_path(void);
/* ST_CAN_NOT_COMPLETE, ST_NOT_ENOUGH_MEMORY: it does not run, and ended is not called. */
mpr_status host_program_start(struct host_program **ret, const struct host_program_plan *plan,
                              const struct host_program_sink *sink);
/* One message, in memory of its size; while none before it is unanswered it never waits, whatever
 * has become of the program. False: it could not be written. */
bool host_program_write(struct host_program *p, const void *data, size_t size);
/* Ends its input, waits until it has ended and ended has returned, and frees it. Not from within
 * the sink. */
void host_program_stop(struct host_program *p);

/* Octets of the largest message that it takes without waiting: half of what a FIFO holds. */
#define HOST_PROGRAM_WRITE_MAX 32768u

#endif

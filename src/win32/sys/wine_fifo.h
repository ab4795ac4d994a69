/* Named pipes of Unix, between this process and programs of the host that it starts, under Wine. */
#ifndef MPR_WIN32_WINE_FIFO_H
#define MPR_WIN32_WINE_FIFO_H

#include "win32/sys/windows_api.h"

#include "base/status.h"

/* Zeroed memory is none. */
struct wine_fifo {
    HANDLE end;      /* of this process, for both directions; the caller's to close */
    char *unix_name; /* mem_alloc'd; NULL: there is none */
    WCHAR name[MAX_PATH + 64];
};

/* Makes and opens count of them (at most 8) in the folder for temporary files, for this user only;
 * endings are those of their names. What was made before a failure is still to be freed:
 * ST_CAN_NOT_COMPLETE, ST_NOT_ENOUGH_MEMORY. */
mpr_status wine_fifos_make(struct wine_fifo *fifos, const WCHAR *const *endings, size_t count);
/* Removes the name, if it is still there; the end stays open. */
void wine_fifo_free(struct wine_fifo *f);

#endif

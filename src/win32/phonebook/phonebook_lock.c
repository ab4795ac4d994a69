#include "win32/phonebook/phonebook_lock.h"

#include "base/trace.h"
#include "win32/sys/machine_lock.h"

#define LOCK_TIMEOUT 30000u /* ms */

static struct machine_lock writers = MACHINE_LOCK_INIT(L"mprapi-phone-book");

/* When its holder died the file is the old or the new one all the same. */
mpr_status phonebook_lock_enter(void)
{
    mpr_status status = machine_lock_enter(&writers, LOCK_TIMEOUT);

    if (status == ST_OK || status == ST_NOT_ENOUGH_MEMORY) return status;
    TRACE(ERROR, "phone book: other writers can't be kept out (error %u)", (unsigned)status);
    return ST_CANNOT_WRITE_PHONEBOOK;
}

void phonebook_lock_leave(void)
{
    machine_lock_leave(&writers);
}

void phonebook_lock_close(void)
{
    machine_lock_close(&writers);
}

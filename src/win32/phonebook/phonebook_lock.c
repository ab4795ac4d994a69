#include "win32/phonebook/phonebook_lock.h"

#include "base/trace.h"
#include "win32/sys/security.h"

#define LOCK_NAME    L"Global\\mprapi-phone-book"
#define LOCK_TIMEOUT 30000u

static DWORD open_and_wait(HANDLE *ret)
{
    SECURITY_ATTRIBUTES attributes;
    DWORD waited, error;

    if (security_administrators_only(&attributes) != ST_OK) return ST_NOT_ENOUGH_MEMORY;
    *ret = CreateMutexW(&attributes, FALSE, LOCK_NAME);
    error = GetLastError();
    security_free(&attributes);
    if (!*ret) return error;
    waited = WaitForSingleObject(*ret, LOCK_TIMEOUT);
    /* Abandoned: its holder died; the file is the old or the new one all the same. */
    if (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED) return NO_ERROR;
    CloseHandle(*ret);
    return waited == WAIT_TIMEOUT ? ERROR_TIMEOUT : GetLastError();
}

mpr_status phonebook_lock_enter(HANDLE *ret)
{
    DWORD error = open_and_wait(ret);

    if (error == NO_ERROR || error == ST_NOT_ENOUGH_MEMORY) return (mpr_status)error;
    TRACE(ERROR, "phone book: other writers can't be kept out (error %lu)", error);
    return ST_CANNOT_WRITE_PHONEBOOK;
}

void phonebook_lock_leave(HANDLE held)
{
    ReleaseMutex(held);
    CloseHandle(held);
}

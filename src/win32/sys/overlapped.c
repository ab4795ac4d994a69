#include "win32/sys/overlapped.h"

bool overlapped_wait(HANDLE file, bool begun, OVERLAPPED *o, HANDLE stop, DWORD within,
                     DWORD *ret_size)
{
    HANDLE both[2] = {stop, o->hEvent};

    if (!begun && GetLastError() != ERROR_IO_PENDING) return false;
    if (WaitForMultipleObjects(2, both, FALSE, within) != WAIT_OBJECT_0 + 1) CancelIo(file);
    return GetOverlappedResult(file, o, ret_size, TRUE);
}

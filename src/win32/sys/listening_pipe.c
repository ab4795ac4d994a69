#include "win32/sys/listening_pipe.h"

#include <sddl.h>

#include "win32/sys/overlapped.h"

#define RETRY_MS 50u

HANDLE listening_pipe_instance(const struct listening_pipe *pipe, DWORD first)
{
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, FALSE};
    const DWORD in = pipe->access & PIPE_ACCESS_INBOUND ? pipe->buffer : 0;
    const DWORD out = pipe->access & PIPE_ACCESS_OUTBOUND ? pipe->buffer : 0;
    HANDLE instance;

    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(
            pipe->security, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL))
        return NULL;
    instance = CreateNamedPipeW(pipe->name, pipe->access | FILE_FLAG_OVERLAPPED | first,
                                pipe->mode | PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES,
                                out, in, pipe->turn_ms, &attributes);
    LocalFree(attributes.lpSecurityDescriptor);
    return instance == INVALID_HANDLE_VALUE ? NULL : instance;
}

/* False: stop is set before there is one. */
static bool renew(const struct listening_pipe *pipe, HANDLE *instance, HANDLE stop)
{
    while (!*instance) {
        *instance = listening_pipe_instance(pipe, 0);
        if (!*instance && WaitForSingleObject(stop, RETRY_MS) == WAIT_OBJECT_0) return false;
    }
    return true;
}

static bool wait_for_client(HANDLE instance, HANDLE connected, HANDLE stop)
{
    OVERLAPPED o = {.hEvent = connected};
    DWORD size;

    ResetEvent(connected);
    if (ConnectNamedPipe(instance, &o) || GetLastError() == ERROR_PIPE_CONNECTED) return true;
    return overlapped_wait(instance, false, &o, stop, INFINITE, &size);
}

bool listening_pipe_next(const struct listening_pipe *pipe, HANDLE *instance, HANDLE connected,
                         HANDLE stop, HANDLE *ret)
{
    bool is_there;

    *ret = NULL;
    if (!renew(pipe, instance, stop)) return false;
    is_there = wait_for_client(*instance, connected, stop);
    if (WaitForSingleObject(stop, 0) == WAIT_OBJECT_0) return false;
    *ret = *instance;
    *instance = listening_pipe_instance(pipe, 0);
    if (!is_there) {
        CloseHandle(*ret);
        *ret = NULL;
    }
    return true;
}

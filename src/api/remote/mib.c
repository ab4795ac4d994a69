/* MprAdminMIBEntry*. */
#include "api/remote/remote.h"

mpr_status remote_mib_entry(HANDLE server, enum dim_method method, DWORD transport,
                            DWORD routing_pid, const struct dim_octets *in, BYTE **ret,
                            DWORD *ret_size)
{
    struct dim_arguments a = {
        .transport = transport, .routing_pid = routing_pid, .mib = {.in = *in}};
    struct remote_reply reply;
    mpr_status status = remote_call(server, method, &a, &reply);

    if (status == ST_OK && ret)
        status = api_buffer_copy(a.mib.out.data, a.mib.out.size, ret, ret_size);
    remote_free(&reply);
    return status;
}

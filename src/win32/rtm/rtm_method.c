/* Methods that entities export (pages of RtmInvokeMethod, RtmGetEntityMethods, RtmBlockMethods).
 * They are called on the thread of who asks, without the router's lock. */
#include <string.h>

#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_clients.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_functions.h"

#define OUTPUT_HEAD FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputData)

/* Both are live entities of one family. */
static mpr_status check_entities(HANDLE client, HANDLE entity)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    status = rtmv2_check(t, rtm_number(client), RTMV2_ENTITY, rtm_number(entity), false);
    rtm_leave();
    return status;
}

DWORD WINAPI rtm_GetEntityMethods(RTM_ENTITY_HANDLE client, RTM_ENTITY_HANDLE entity, PUINT count,
                                  PRTM_ENTITY_EXPORT_METHOD methods)
{
    struct rtm_methods found;
    mpr_status status;
    UINT room, taken;

    if (!count || (*count && !methods)) return ERROR_INVALID_PARAMETER;
    status = check_entities(client, entity);
    if (status != ST_OK) return status;
    found = rtm_client_methods(rtm_number(entity));
    room = *count;
    taken = min(room, found.count);
    memcpy(methods, found.method, taken * sizeof(found.method[0]));
    *count = found.count;
    return room == 0 || room >= found.count ? NO_ERROR : ERROR_INSUFFICIENT_BUFFER;
}

/* ---- calling --------------------------------------------------------------------------------- */

struct call_of_methods {
    HANDLE caller, callee;
    RTM_ENTITY_METHOD_INPUT *input;
    BYTE *output; /* room for the next answer */
    UINT room, used;
};

/* An answer's head is only written where there is room for it. */
static void call_method(struct call_of_methods *c, RTM_ENTITY_EXPORT_METHOD method, UINT number)
{
    RTM_ENTITY_METHOD_OUTPUT *output = (RTM_ENTITY_METHOD_OUTPUT *)(void *)(c->output + c->used);
    UINT left = c->room - c->used;

    if (left < OUTPUT_HEAD) return;
    output->MethodType = 1u << number;
    output->MethodStatus = NO_ERROR;
    output->OutputSize = left - (UINT)OUTPUT_HEAD;
    method(c->caller, c->callee, c->input, output);
    c->used += (UINT)OUTPUT_HEAD + min(output->OutputSize, left - (UINT)OUTPUT_HEAD);
}

/* Methods may be missing in between. */
static void call_methods(struct call_of_methods *c, const struct rtm_methods *methods)
{
    for (UINT n = 0; n < methods->count; n++) {
        if ((c->input->MethodType >> n & 1u) && methods->method[n])
            call_method(c, methods->method[n], n);
    }
}

DWORD WINAPI rtm_InvokeMethod(RTM_ENTITY_HANDLE client, RTM_ENTITY_HANDLE entity,
                              PRTM_ENTITY_METHOD_INPUT input, PUINT output_size,
                              PRTM_ENTITY_METHOD_OUTPUT output)
{
    struct call_of_methods call = {client, entity, input, (BYTE *)output, 0, 0};
    struct rtm_methods methods;
    mpr_status status;

    if (!input || !output_size || (*output_size && !output)) return ERROR_INVALID_PARAMETER;
    call.room = *output_size;
    status = check_entities(client, entity);
    if (status != ST_OK) return status;
    methods = rtm_client_use_methods(rtm_number(entity));
    if (methods.count) {
        call_methods(&call, &methods);
        rtm_client_let_methods_go(rtm_number(entity));
    }
    *output_size = call.used;
    return NO_ERROR;
}

/* All of the client's, whatever the target: as the page has it for this version. */
DWORD WINAPI rtm_BlockMethods(RTM_ENTITY_HANDLE client, HANDLE target, UCHAR target_type,
                              DWORD blocking)
{
    mpr_status status;

    (void)target, (void)target_type;
    if (blocking != RTM_BLOCK_METHODS && blocking != RTM_RESUME_METHODS)
        return ERROR_INVALID_PARAMETER;
    status = check_entities(client, client);
    if (status != ST_OK) return status;
    rtm_client_block_methods(rtm_number(client), blocking == RTM_BLOCK_METHODS);
    return NO_ERROR;
}

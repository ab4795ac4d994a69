/* Registration, other entities, methods, and the end. */
#include "rows.h"

#include <string.h>

#define ENTITIES 16

static void WINAPI method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                          RTM_ENTITY_METHOD_INPUT *input, RTM_ENTITY_METHOD_OUTPUT *output)
{
    (void)caller, (void)callee, (void)input;
    output->OutputSize = 0;
}

static void slots(struct scene *s)
{
    RTM_ENTITY_HANDLE own[SLOTS], out = NULL;
    RTM_ENTITY_INFO info = s->info;

    for (ULONG n = 1; n < SLOTS; n++) { /* b has one */
        info.EntityId.EntityInstanceId = 10 + n;
        ROW(RtmRegisterEntity, NO_ERROR, &info, NULL, NULL, TRUE, &s->profile, &own[n]);
    }
    info.EntityId.EntityInstanceId = 20;
    ROW(RtmRegisterEntity, ERROR_NO_SYSTEM_RESOURCES, &info, NULL, NULL, TRUE, &s->profile, &out);
    for (ULONG n = 1; n < SLOTS; n++) ROW(RtmDeregisterEntity, NO_ERROR, own[n]);
}

static void registered(struct scene *s)
{
    RTM_ENTITY_HANDLE found[ENTITIES];
    RTM_ENTITY_INFO infos[ENTITIES], info;
    UINT count = 1;

    ROW(RtmGetRegisteredEntities, ERROR_INSUFFICIENT_BUFFER, s->a, &count, found, infos);
    count = ENTITIES;
    ROW(RtmGetRegisteredEntities, NO_ERROR, s->a, &count, found, infos);
    ROW(RtmReleaseEntities, NO_ERROR, s->a, count, found);
    ROW(RtmGetRegisteredEntities, ERROR_INVALID_HANDLE, s->gone, &count, found, infos);
    found[0] = BAD;
    ROW(RtmReleaseEntities, ERROR_INVALID_HANDLE, s->a, 1, found);
    ROW(RtmReleaseEntities, ERROR_INVALID_HANDLE, s->gone, 1, &s->b);
    ROW(RtmGetEntityInfo, NO_ERROR, s->a, s->b, &info);
    ROW(RtmReleaseEntityInfo, NO_ERROR, s->a, &info);
    ROW(RtmGetEntityInfo, ERROR_INVALID_HANDLE, s->a, BAD, &info);
    ROW(RtmGetEntityInfo, ERROR_INVALID_HANDLE, s->gone, s->b, &info);
    ROW(RtmReleaseEntityInfo, ERROR_INVALID_HANDLE, s->gone, &info);
}

void rows_registration(struct scene *s)
{
    struct {
        RTM_ENTITY_EXPORT_METHODS methods;
        RTM_ENTITY_EXPORT_METHOD more;
    } exported = {{2, {method}}, method};
    RTM_ENTITY_INFO *info = &s->info;

    info->AddressFamily = AF_INET;
    info->EntityId.EntityProtocolId = CALLER_ID;
    ROW(RtmRegisterEntity, NO_ERROR, info, &exported.methods, NULL, FALSE, &s->profile, &s->a);
    ROW(RtmRegisterEntity, ERROR_ALREADY_EXISTS, info, NULL, NULL, FALSE, &s->profile, &s->b);
    info->EntityId.EntityInstanceId = 1;
    ROW(RtmRegisterEntity, NO_ERROR, info, NULL, NULL, TRUE, &s->profile, &s->b);
    info->EntityId.EntityInstanceId = 2;
    ROW(RtmRegisterEntity, ERROR_INVALID_PARAMETER, info, NULL, NULL, FALSE, NULL, &s->gone);
    ROW(RtmRegisterEntity, NO_ERROR, info, NULL, NULL, FALSE, &s->profile, &s->gone);
    info->RtmInstanceId = 1;
    ROW(RtmRegisterEntity, ERROR_FILE_NOT_FOUND, info, NULL, NULL, FALSE, &s->profile, &s->gone);
    info->RtmInstanceId = 0;
    ROW(RtmDeregisterEntity, NO_ERROR, s->gone);
    ROW(RtmDeregisterEntity, ERROR_INVALID_HANDLE, s->gone);
    slots(s);
    registered(s);
}

void rows_methods(struct scene *s)
{
    RTM_ENTITY_METHOD_INPUT input = {.MethodType = METHOD_TYPE_ALL_METHODS};
    RTM_ENTITY_METHOD_OUTPUT output[2];
    RTM_ENTITY_EXPORT_METHOD methods[2];
    UINT count = 0, size = sizeof(output);

    ROW(RtmGetEntityMethods, NO_ERROR, s->b, s->a, &count, NULL);
    count = 1;
    ROW(RtmGetEntityMethods, ERROR_INSUFFICIENT_BUFFER, s->b, s->a, &count, methods);
    count = 2;
    ROW(RtmGetEntityMethods, NO_ERROR, s->b, s->a, &count, methods);
    ROW(RtmGetEntityMethods, ERROR_INVALID_HANDLE, s->b, BAD, &count, methods);
    ROW(RtmGetEntityMethods, ERROR_INVALID_HANDLE, s->gone, s->a, &count, methods);
    ROW(RtmInvokeMethod, NO_ERROR, s->b, s->a, &input, &size, output);
    ROW(RtmInvokeMethod, ERROR_INVALID_HANDLE, s->b, BAD, &input, &size, output);
    ROW(RtmInvokeMethod, ERROR_INVALID_HANDLE, s->gone, s->a, &input, &size, output);
    ROW(RtmBlockMethods, NO_ERROR, s->a, NULL, 0, RTM_BLOCK_METHODS);
    ROW(RtmBlockMethods, NO_ERROR, s->a, NULL, 0, RTM_RESUME_METHODS);
    ROW(RtmBlockMethods, ERROR_INVALID_HANDLE, s->gone, NULL, 0, RTM_BLOCK_METHODS);
}

void rows_end(struct scene *s)
{
    union dest_room dest = {.info = {.DestHandle = s->dest}};

    ROW(RtmReleaseDestInfo, NO_ERROR, s->a, &dest.info);
    ROW(RtmReleaseDestInfo, ERROR_INVALID_HANDLE, s->a, &dest.info);
    ROW(RtmDeleteNextHop, NO_ERROR, s->a, s->hop, NULL);
    ROW(RtmDeregisterEntity, NO_ERROR, s->b);
    ROW(RtmDeregisterEntity, NO_ERROR, s->a);
}

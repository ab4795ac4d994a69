#include "mprctl/config/block.h"

#include <stdlib.h>
#include <string.h>

#include <rtinfo.h>

DWORD transport_of(const struct call *call)
{
    const char *value = call_value(call, "transport");

    return value && text_same(value, "ipv6") ? PID_IPV6 : PID_IP;
}

const char *transport_name(DWORD transport)
{
    return transport == PID_IP ? "ip" : transport == PID_IPV6 ? "ipv6" : NULL;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* A copy that MprInfoDelete takes, of a buffer that either function gave. */
static DWORD take_over(LPBYTE buffer, DWORD status, LPVOID *ret)
{
    *ret = NULL;
    if (status == NO_ERROR && buffer) status = MprInfoDuplicate(buffer, ret);
    if (buffer) MprAdminBufferFree(buffer);
    return status;
}

static DWORD running_information(struct session *s, const struct place *place, LPVOID *ret)
{
    LPBYTE buffer = NULL;
    DWORD size = 0, status = session_running(s);

    *ret = NULL;
    if (status != NO_ERROR) return status;
    if (place->target && !place->target->running) return ERROR_NO_SUCH_INTERFACE;
    if (place->target)
        status = MprAdminInterfaceTransportGetInfo(s->running, place->target->running,
                                                   place->transport, &buffer, &size);
    else
        status = MprAdminTransportGetInfo(s->running, place->transport, &buffer, &size, NULL, NULL);
    return take_over(buffer, status, ret);
}

static DWORD stored_handle(struct session *s, const struct place *place, HANDLE *ret)
{
    DWORD status = session_stored(s);

    if (status != NO_ERROR) return status;
    if (!place->target) return MprConfigTransportGetHandle(s->stored, place->transport, ret);
    if (!place->target->stored) return ERROR_NO_SUCH_INTERFACE;
    return MprConfigInterfaceTransportGetHandle(s->stored, place->target->stored, place->transport,
                                                ret);
}

DWORD block_information_stored(struct session *s, const struct place *place, LPVOID *ret)
{
    LPBYTE buffer = NULL;
    HANDLE handle = NULL;
    DWORD size = 0, status = stored_handle(s, place, &handle);

    *ret = NULL;
    if (status != NO_ERROR) return status;
    if (place->target)
        status = MprConfigInterfaceTransportGetInfo(s->stored, place->target->stored, handle,
                                                    &buffer, &size);
    else
        status = MprConfigTransportGetInfo(s->stored, handle, &buffer, &size, NULL, NULL, NULL);
    return take_over(buffer, status, ret);
}

/* Of a disabled interface the running router tells nothing. */
DWORD block_information(struct session *s, const struct place *place, LPVOID *ret)
{
    DWORD status = running_information(s, place, ret);

    return status == NO_ERROR ? status : block_information_stored(s, place, ret);
}

DWORD block_find(LPVOID header, DWORD type, struct block *ret)
{
    DWORD size = 0, count = 0, status;
    LPBYTE data = NULL;

    *ret = (struct block){0};
    status = header ? MprInfoBlockFind(header, type, &size, &count, &data) : ERROR_NOT_FOUND;
    if (status != NO_ERROR) return status;
    if (!size || !count) return ERROR_NOT_FOUND;
    *ret = (struct block){size, count, text_alloc((size_t)size * count)};
    memcpy(ret->data, data, (size_t)size * count);
    return NO_ERROR;
}

DWORD block_get(struct session *s, const struct place *place, DWORD type, struct block *ret)
{
    LPVOID header = NULL;
    DWORD status = block_information(s, place, &header);

    *ret = (struct block){0};
    if (status == NO_ERROR) status = block_find(header, type, ret);
    if (header) MprInfoDelete(header);
    return status;
}

DWORD *block_types(LPVOID header, DWORD *ret_count)
{
    const RTR_INFO_BLOCK_HEADER *head = header;
    DWORD *types = text_alloc(header ? head->TocEntriesCount * sizeof(*types) : 0);

    *ret_count = 0;
    for (ULONG i = 0; header && i < head->TocEntriesCount; i++) {
        if (head->TocEntry[i].InfoType) types[(*ret_count)++] = head->TocEntry[i].InfoType;
    }
    return types;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* An information with that one block; without a block type, one without any. */
static DWORD single(DWORD type, const struct block *block, LPVOID *ret)
{
    LPVOID empty = NULL;
    DWORD status = MprInfoCreate(RTR_INFO_BLOCK_VERSION, &empty);

    *ret = empty;
    if (status != NO_ERROR || !type) return status;
    status = MprInfoBlockAdd(empty, type, block->item_size, block->count, block->data, ret);
    MprInfoDelete(empty);
    if (status != NO_ERROR) *ret = NULL;
    return status;
}

static DWORD add_running(struct session *s, const struct place *place, LPVOID header)
{
    DWORD size = MprInfoBlockQuerySize(header);

    if (place->target)
        return MprAdminInterfaceTransportAdd(s->running, place->target->running, place->transport,
                                             header, size);
    return MprAdminTransportCreate(s->running, place->transport, NULL, header, size, NULL, 0, NULL);
}

/* What is not in the information that is set stays as it is. */
static DWORD set_running(struct session *s, const struct place *place, LPVOID header)
{
    DWORD size = MprInfoBlockQuerySize(header), status;
    LPVOID present = NULL;

    if (!place->target) {
        status = MprAdminTransportSetInfo(s->running, place->transport, header, size, NULL, 0);
        return status == ERROR_UNKNOWN_PROTOCOL_ID ? add_running(s, place, header) : status;
    }
    status = running_information(s, place, &present);
    if (present) MprInfoDelete(present);
    if (status == ERROR_INVALID_HANDLE)
        return NO_ERROR; /* disabled: it is stored, and counts later */
    if (status != NO_ERROR) return add_running(s, place, header);
    return MprAdminInterfaceTransportSetInfo(s->running, place->target->running, place->transport,
                                             header, size);
}

static DWORD write_running(struct session *s, const struct place *place, DWORD type,
                           const struct block *block)
{
    LPVOID header = NULL;
    DWORD status = session_running(s);

    if (status != NO_ERROR) return status;
    if (place->target && !place->target->running) return NO_ERROR;
    status = single(type, block, &header);
    if (status == NO_ERROR) status = set_running(s, place, header);
    if (header) MprInfoDelete(header);
    return status;
}

/* The stored information with the block exchanged, added or removed. */
static DWORD merge(LPVOID header, DWORD type, const struct block *block, LPVOID *ret)
{
    bool there = MprInfoBlockExists(header, type), wanted = block->item_size && block->count;

    if (!wanted)
        return there ? MprInfoBlockRemove(header, type, ret) : MprInfoDuplicate(header, ret);
    if (there)
        return MprInfoBlockSet(header, type, block->item_size, block->count, block->data, ret);
    return MprInfoBlockAdd(header, type, block->item_size, block->count, block->data, ret);
}

static DWORD put_stored(struct session *s, const struct place *place, LPVOID header)
{
    DWORD size = MprInfoBlockQuerySize(header);
    HANDLE handle = NULL;

    if (!place->target)
        return MprConfigTransportCreate(s->stored, place->transport, NULL, header, size, NULL, 0,
                                        NULL, &handle);
    return MprConfigInterfaceTransportAdd(s->stored, place->target->stored, place->transport, NULL,
                                          header, size, &handle);
}

/* A stored information that is there, with a block written; what is there of clients stays. */
static DWORD set_stored(struct session *s, const struct place *place, LPVOID header)
{
    DWORD size = MprInfoBlockQuerySize(header), status;
    HANDLE handle = NULL;

    status = stored_handle(s, place, &handle);
    if (status != NO_ERROR) return put_stored(s, place, header);
    if (!place->target)
        return MprConfigTransportSetInfo(s->stored, handle, header, size, NULL, 0, NULL);
    return MprConfigInterfaceTransportSetInfo(s->stored, place->target->stored, handle, header,
                                              size);
}

static DWORD write_stored(struct session *s, const struct place *place, DWORD type,
                          const struct block *block)
{
    LPVOID before = NULL, after = NULL;
    DWORD status = place->target ? target_store(s, place->target) : session_stored(s);

    if (status != NO_ERROR) return status;
    /* What is stored for the first time is all that the running router has. */
    block_information_stored(s, place, &before);
    if (!before) running_information(s, place, &before);
    if (!before) status = MprInfoCreate(RTR_INFO_BLOCK_VERSION, &before);
    if (status == NO_ERROR) {
        status = type ? merge(before, type, block, &after) : MprInfoDuplicate(before, &after);
        if (status == NO_ERROR) status = set_stored(s, place, after);
    }
    if (after) MprInfoDelete(after);
    if (before) MprInfoDelete(before);
    return status;
}

/* The running router first, which refuses what can't be. */
DWORD block_set(struct session *s, const struct place *place, DWORD type, const struct block *block)
{
    DWORD status = write_running(s, place, type, block);

    return status == NO_ERROR ? write_stored(s, place, type, block) : status;
}

DWORD block_add_transport(struct session *s, const struct place *place)
{
    const struct block nothing = {0};

    return block_set(s, place, 0, &nothing);
}

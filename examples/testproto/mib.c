/* The MIB of the first protocol: how programs have it ask the router, and learn what it was told.
 */
#include "internal.h"

#include <rtmv2.h>
#include <string.h>

enum mib_op { MIB_GET, MIB_GET_FIRST, MIB_GET_NEXT };

/* The router's IF_NUMBER (the query is one DWORD, 0), size first. */
static DWORD ask_router(enum mib_op op, DWORD routing_pid)
{
    BYTE answer[64];
    DWORD query = 0, size = 0, rc = ERROR_INSUFFICIENT_BUFFER;

    for (int i = 0; i < 2 && rc == ERROR_INSUFFICIENT_BUFFER; i++) {
        void *room = i && size <= sizeof(answer) ? answer : NULL;

        if (op == MIB_GET)
            rc = support.MIBEntryGet(routing_pid, sizeof(query), &query, &size, room);
        else if (op == MIB_GET_FIRST)
            rc = support.MIBEntryGetFirst(routing_pid, sizeof(query), &query, &size, room);
        else
            rc = support.MIBEntryGetNext(routing_pid, sizeof(query), &query, &size, room);
    }
    return rc;
}

static DWORD find_row(enum mib_op op, DWORD *value)
{
    if (op == MIB_GET_FIRST) *value = 1;
    if (op == MIB_GET_NEXT) ++*value;
    if (*value >= 1 && *value <= TESTPROTO_MIB_ROWS) return NO_ERROR;
    return op == MIB_GET ? ERROR_INVALID_PARAMETER : ERROR_NO_MORE_ITEMS;
}

/* What does not end in an output of the usual form. */
static DWORD misbehave(const struct testproto_mib *in, ULONG *out_size)
{
    switch (in->what) {
    case TESTPROTO_MIB_STATUS:
        return in->value;
    case TESTPROTO_MIB_EMPTY:
        *out_size = 0;
        return NO_ERROR;
    case TESTPROTO_MIB_GROWS:
        *out_size += 8;
        return ERROR_INSUFFICIENT_BUFFER;
    case TESTPROTO_MIB_LIES:
        *out_size = *out_size ? *out_size * 1000 : 8;
        return *out_size > 8 ? NO_ERROR : ERROR_INSUFFICIENT_BUFFER;
    case TESTPROTO_MIB_CRASHES:
        die();
        break;
    }
    return ERROR_INVALID_PARAMETER;
}

/* ValidateRoute for a destination that may not be there. */
static void validate(struct testproto_mib *m, const void *in, ULONG in_size)
{
    RTM_NET_ADDRESS to, *given = NULL;
    RTM_ROUTE_INFO route;

    memset(&route, 0, sizeof(route));
    if (in_size >= sizeof(*m) + sizeof(to)) {
        memcpy(&to, (const BYTE *)in + sizeof(*m), sizeof(to));
        given = &to;
    }
    m->value = support.ValidateRoute(TESTPROTO_ID, &route, given);
    m->what = route.PrefInfo.Preference;
}

/* Both sizes first, then the data. */
static DWORD answer(const void *data, ULONG size, ULONG *out_size, void *out)
{
    ULONG room = *out_size;

    *out_size = size;
    if (!out || room < size) return ERROR_INSUFFICIENT_BUFFER;
    memcpy(out, data, size);
    return NO_ERROR;
}

static DWORD answer_told(DWORD number, ULONG *out_size, void *out)
{
    struct testproto_told record;

    return told_at(number, &record) ? answer(&record, sizeof(record), out_size, out)
                                    : ERROR_NO_MORE_ITEMS;
}

static DWORD mib_read(enum mib_op op, ULONG in_size, void *in, ULONG *out_size, void *out)
{
    struct testproto_mib m;
    DWORD rc = NO_ERROR;

    enter("MibGet", 0);
    if (in_size < sizeof(m) || !in || !out_size) return ERROR_INVALID_PARAMETER;
    memcpy(&m, in, sizeof(m));
    switch (m.what) {
    case TESTPROTO_MIB_ROW:
        rc = find_row(op, &m.value);
        break;
    case TESTPROTO_MIB_HANGS:
        Sleep(m.value);
        break;
    case TESTPROTO_MIB_ASKS:
        m.value = ask_router(op, m.value);
        break;
    case TESTPROTO_MIB_TOLD:
        return answer_told(m.value, out_size, out);
    case TESTPROTO_MIB_DIALS:
        m.value = support.DemandDialRequest(TESTPROTO_ID, m.value);
        break;
    case TESTPROTO_MIB_VALIDATES:
        validate(&m, in, in_size);
        break;
    case TESTPROTO_MIB_ROUTER_ID:
        m.value = support.GetRouterId();
        break;
    default:
        return misbehave(&m, out_size);
    }
    return rc ? rc : answer(&m, sizeof(m), out_size, out);
}

static DWORD WINAPI mib_get(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return mib_read(MIB_GET, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_first(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return mib_read(MIB_GET_FIRST, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_next(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return mib_read(MIB_GET_NEXT, in_size, in, out_size, out);
}

static DWORD change(BOOL create, ULONG in_size, void *in)
{
    struct testproto_mib m;
    DWORD query = 0;

    enter("MibSet", 0);
    if (in_size < sizeof(m) || !in) return ERROR_INVALID_PARAMETER;
    memcpy(&m, in, sizeof(m));
    switch (m.what) {
    case TESTPROTO_MIB_STATUS:
        return m.value;
    case TESTPROTO_MIB_ASKS:
        return create ? support.MIBEntryCreate(m.value, sizeof(query), &query)
                      : support.MIBEntrySet(m.value, sizeof(query), &query);
    case TESTPROTO_MIB_DELETES:
        return support.MIBEntryDelete(m.value, sizeof(query), &query);
    case TESTPROTO_MIB_SAVES_GLOBAL:
    case TESTPROTO_MIB_SAVES_INTERFACE:
        return save(&m);
    }
    return ERROR_INVALID_PARAMETER;
}

static DWORD WINAPI mib_create(ULONG in_size, PVOID in)
{
    return change(TRUE, in_size, in);
}

static DWORD WINAPI mib_set(ULONG in_size, PVOID in)
{
    return change(FALSE, in_size, in);
}

void fill_mib(MPR_ROUTING_CHARACTERISTICS *c)
{
    c->pfnMibGetEntry = mib_get;
    c->pfnMibGetFirstEntry = mib_get_first;
    c->pfnMibGetNextEntry = mib_get_next;
    c->pfnMibCreateEntry = mib_create;
    c->pfnMibSetEntry = mib_set; /* and no pfnMibDeleteEntry */
}

#include "mprctl/target.h"

#include <stdlib.h>
#include <string.h>

static const char *const types[] = {"client",   "home-router", "demand-dial", "dedicated",
                                    "internal", "loopback",    "tunnel",      "dial-out"};
static const char *const states[] = {"unreachable", "disconnected", "connecting", "connected"};
const char type_choices[] =
    "client|home-router|demand-dial|dedicated|internal|loopback|tunnel|dial-out";

const char *type_name(DWORD type)
{
    return type < COUNT_OF(types) ? types[type] : "unknown";
}

const char *state_name(DWORD state)
{
    return state < COUNT_OF(states) ? states[state] : "unknown";
}

/* What both sides say of a name; only what is not "no such interface" is an error. */
static DWORD look(struct session *s, struct target *t)
{
    DWORD running = session_running(s), stored = session_stored(s);

    if (running == NO_ERROR)
        running = MprAdminInterfaceGetHandle(s->running, t->name, &t->running, FALSE);
    if (stored == NO_ERROR) stored = MprConfigInterfaceGetHandle(s->stored, t->name, &t->stored);
    if (running != NO_ERROR) t->running = NULL;
    if (stored != NO_ERROR) t->stored = NULL;
    if (t->running || t->stored) return NO_ERROR;
    return running;
}

/* An administrator says "Ethernet" where the router says {GUID}. */
static bool take_guid(struct session *s, struct target *t)
{
    WCHAR guid[MAX_INTERFACE_NAME_LEN + 1] = {0};

    if (!s->stored || MprConfigGetGuidName(s->stored, t->name, guid, sizeof(guid)) != NO_ERROR)
        return false;
    memcpy(t->name, guid, sizeof(guid));
    return true;
}

DWORD target_find(struct session *s, const char *name, struct target *ret)
{
    DWORD status;

    *ret = (struct target){.running = NULL};
    if (!wide_copy(ret->name, COUNT_OF(ret->name), name)) return ERROR_INVALID_NAME;
    status = look(s, ret);
    if (status == ERROR_NO_SUCH_INTERFACE && take_guid(s, ret)) status = look(s, ret);
    return status;
}

DWORD target_find_running(struct session *s, const char *name, struct target *ret)
{
    DWORD status = target_find(s, name, ret), running = session_running(s);

    if (running != NO_ERROR) return running;
    if (status != NO_ERROR || ret->running) return status;
    return MprAdminInterfaceGetHandle(s->running, ret->name, &ret->running, FALSE);
}

DWORD target_store(struct session *s, struct target *target)
{
    MPR_INTERFACE_1 *info = NULL;
    DWORD status = session_stored(s);

    if (target->stored || status != NO_ERROR) return status;
    status = MprAdminInterfaceGetInfo(s->running, target->running, 1, (LPBYTE *)&info);
    if (status != NO_ERROR) return status;
    status = MprConfigInterfaceCreate(s->stored, 1, (LPBYTE)info, &target->stored);
    MprAdminBufferFree(info);
    return status;
}

DWORD target_list_running(struct session *s, MPR_INTERFACE_0 **ret, DWORD *ret_count)
{
    DWORD total = 0, status = session_running(s);

    *ret = NULL;
    *ret_count = 0;
    if (status != NO_ERROR) return status;
    return MprAdminInterfaceEnum(s->running, 0, (LPBYTE *)ret, (DWORD)-1, ret_count, &total, NULL);
}

DWORD target_list_stored(struct session *s, MPR_INTERFACE_0 **ret, DWORD *ret_count)
{
    DWORD total = 0, status = session_stored(s);

    *ret = NULL;
    *ret_count = 0;
    if (status != NO_ERROR) return status;
    status =
        MprConfigInterfaceEnum(s->stored, 0, (LPBYTE *)ret, (DWORD)-1, ret_count, &total, NULL);
    return status == ERROR_NO_MORE_ITEMS ? NO_ERROR : status;
}

static void visit_named(struct session *s, const MPR_INTERFACE_0 *info,
                        void (*visit)(struct session *s, struct target *t, DWORD type))
{
    char *name = utf8_of(info->wszInterfaceName);
    struct target t;

    if (target_find(s, name, &t) == NO_ERROR) visit(s, &t, info->dwIfType);
    free(name);
}

DWORD target_each(struct session *s, void (*visit)(struct session *s, struct target *t, DWORD type))
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, status = target_list_running(s, &list, &count);
    const bool stored = no_router(status);

    if (stored) status = target_list_stored(s, &list, &count);
    for (DWORD i = 0; i < count; i++) visit_named(s, &list[i], visit);
    if (list && stored) MprConfigBufferFree(list);
    if (list && !stored) MprAdminBufferFree(list);
    return status;
}

char *target_friendly(struct session *s, const WCHAR *name)
{
    WCHAR guid[MAX_INTERFACE_NAME_LEN + 1] = {0}, friendly[MAX_INTERFACE_NAME_LEN + 1] = {0};

    if (name[0] != L'{' || session_stored(s) != NO_ERROR) return NULL;
    wcsncpy(guid, name, COUNT_OF(guid) - 1);
    if (MprConfigGetFriendlyName(s->stored, guid, friendly, sizeof(friendly)) != NO_ERROR)
        return NULL;
    return utf8_of(friendly);
}

#include "win32/rtm/rtm_dll.h"

#include "base/trace.h"
#include "rtmdll/rtm_calls.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_clients.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_pointers.h"
#include "win32/sys/library.h"

static void bind_functions(HMODULE module)
{
    FARPROC bind = GetProcAddress(module, MAKEINTRESOURCEA(RTM_BIND_ORDINAL));

    if (!bind || !((rtm_bind_fn *)(void (*)(void))bind)(&rtm_functions))
        TRACE(WARNING, "rtm.dll: it is of another version; protocols that need it are told that "
                       "there is no router");
}

static BOOL CALLBACK provide(INIT_ONCE *once, void *parameter, void **context)
{
    HMODULE module = library_load_beside(L"rtm.dll");

    (void)once, (void)parameter, (void)context;
    if (module)
        bind_functions(module);
    else
        TRACE(INFO,
              "rtm.dll: it is not beside mprapi.dll (error %lu); protocols that import from "
              "it can't be loaded",
              GetLastError());
    if (!library_load_beside(L"rtutils.dll"))
        TRACE(INFO,
              "rtutils.dll: it is not beside mprapi.dll (error %lu); protocols that trace need it",
              GetLastError());
    return TRUE;
}

void rtm_dll_provide(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

    InitOnceExecuteOnce(&once, provide, NULL, NULL);
}

/* ---- a protocol's end ------------------------------------------------------------------------ */

#define ENTITIES_MAX 64u /* at once */

/* Those of them that are the protocol's are deregistered, and remain. */
static size_t deregister_all(struct rtmv2 *t, enum rtm_family family, uint32_t protocol,
                             handle_t32 *entities, size_t count)
{
    size_t ended = 0;

    for (size_t n = 0; n < count; n++) {
        struct rtmv2_entity_info info;

        if (rtmv2_entity_info(t, entities[n], entities[n], &info) != ST_OK ||
            info.family != family || info.id.protocol != protocol ||
            rtmv2_deregister(t, entities[n]) != ST_OK)
            continue;
        rtm_pointers_forget(t, entities[n]);
        entities[ended++] = entities[n];
    }
    return ended;
}

void rtm_dll_forget(bool ipv6, uint32_t protocol)
{
    handle_t32 entities[ENTITIES_MAX];
    size_t count = rtm_clients_entities(entities, ENTITIES_MAX);
    struct rtmv2 *t = count ? rtm_enter() : NULL;

    if (!t) return;
    count = deregister_all(t, ipv6 ? RTM_IPV6 : RTM_IPV4, protocol, entities, count);
    rtm_leave();
    if (count)
        TRACE(INFO, "protocol %u: its %u registrations at rtm.dll are over", (unsigned)protocol,
              (unsigned)count);
    while (count) rtm_client_abandon(entities[--count]);
}

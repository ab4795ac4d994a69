/* Which router this process works with. */
#include "api/remote/remote.h"

#include "api/remote/elsewhere.h"
#include "api/serve/serve.h"
#include "win32/carrier/local.h"
#include "win32/store/router_place.h"
#include "win32/sys/access.h"

/* It is started when there is none. */
static struct carrier *shared_carrier(void)
{
    local_carrier_starts_router();
    return local_carrier();
}

static const struct choice {
    const WCHAR *name;
    struct carrier *(*carrier)(void); /* NULL: none is needed */
    const char *text;
    bool (*runs)(void); /* NULL: with this process */
} choices[] = {
    {L"process", NULL, "one in this process", NULL},
    {L"shared", shared_carrier, "the one that programs share", local_router_start},
    {L"loopback", serve_loopback, "one in this process, by way of octets", NULL},
};
static const struct choice *chosen;
enum { CHOICES = sizeof(choices) / sizeof(choices[0]) };

static const struct choice *choice_of(const WCHAR *name)
{
    for (size_t i = 0; i < CHOICES; i++) {
        if (u16_equal_nocase(name, choices[i].name)) return &choices[i];
    }
    TRACE(WARNING, "MPRAPI_ROUTER is \"%s\", which is nothing known", trace_u16(name).text);
    return NULL;
}

/* A session may be open as long as it likes, so the router that has opened one is not about to end
 * for want of programs; and it knows this process as its client from now on, until that ends. */
static mpr_status become_client(void)
{
    struct carrier *c = local_carrier();
    HANDLE token = access_as_process();
    uint32_t session;
    mpr_status status = c->table->open(c, HANDLE_SERVER, &session);

    if (status == ST_OK) c->table->close(c, session);
    access_as_caller(token);
    return status;
}

/* One that ends at this moment does not count, nor who is none (somebody who is no administrator
 * holds its pipe). One that is only busy does: else there would be two. */
static bool joins_shared(void)
{
    mpr_status status = local_router_runs() ? become_client() : ST_RPC_SERVER_UNAVAILABLE;

    if (status == ST_ACCESS_DENIED)
        TRACE(WARNING, "router: the one that programs share is not to be had by this one");
    return status != ST_RPC_SERVER_UNAVAILABLE && status != ST_RPC_CALL_FAILED &&
           status != ST_ACCESS_DENIED;
}

static const struct choice *choose_stored(const char **ret_why)
{
    enum router_place place = router_place_read();

    *ret_why = "Parameters\\Router";
    if (place != ROUTER_PLACE_UNSAID) return &choices[place == ROUTER_PLACE_SHARED];
    if (joins_shared()) {
        *ret_why = "it runs, and nothing else was asked for";
        return &choices[1];
    }
    *ret_why = "nothing else was asked for, and none that programs share runs";
    return &choices[0];
}

static const struct choice *choose(const char **ret_why)
{
    WCHAR name[16];
    DWORD length = GetEnvironmentVariableW(L"MPRAPI_ROUTER", name, ARRAYSIZE(name));
    const struct choice *choice = length && length < ARRAYSIZE(name) ? choice_of(name) : NULL;

    *ret_why = "MPRAPI_ROUTER";
    return choice ? choice : choose_stored(ret_why);
}

static BOOL CALLBACK decide(INIT_ONCE *once, void *parameter, void **context)
{
    const char *why;
    const struct choice *choice = choose(&why);

    (void)once, (void)parameter;
    chosen = choice;
    *context = choice->carrier ? choice->carrier() : NULL;
    TRACE(INFO, "router: %s (%s)", choice->text, why);
    return TRUE;
}

struct carrier *remote_carrier(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    void *carrier = NULL;

    if (!api_trace_ready) api_trace_start();
    InitOnceExecuteOnce(&once, decide, NULL, &carrier);
    return carrier;
}

bool remote_router_runs(void)
{
    remote_carrier();
    return !chosen->runs || chosen->runs();
}

/* ---- server handles -------------------------------------------------------------------------- */

mpr_status remote_connect(enum handle_kind kind, const WCHAR *name, HANDLE *ret)
{
    struct carrier *c;
    mpr_status status;

    if (ret && api_check_server_name(name) != ST_OK) return elsewhere_connect(kind, name, ret);
    c = remote_carrier();
    if (!c) return api_connect(kind, ret);
    if (!ret) return ST_RPC_INVALID_BINDING;
    status = remote_open(c, kind, ret);
    instance_refresh_enabled();
    return status;
}

mpr_status remote_disconnect(enum handle_kind kind, HANDLE server)
{
    return remote_is(server) ? remote_close(kind, server) : api_disconnect(kind, server);
}

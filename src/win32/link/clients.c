/* The keys are kept, since adapters come at any time; each adapter that was offered to the router
 * is remembered until it is down, whatever the router made of it. */
#include "win32/link/clients.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/client_config.h"
#include "win32/net/link_facts.h"
#include "win32/net/link_stats.h"
#include "win32/sys/registry.h"

#define KEY_PATH L"Parameters\\Clients"
#define KEY_NAME 256u /* units, with the terminator */

struct offered {
    char16_t adapter[INTERFACE_NAME_MAX + 1]; /* {GUID} */
    handle_t32 client;                        /* 0: refused */
    bool seen;
    struct offered *prev, *next;
};

static struct {
    struct clients_sink sink;
    struct client_config *configs;
    struct offered *offered;
    bool starting; /* until clients_call has returned */
} known;

/* ---- the keys -------------------------------------------------------------------------------- */

static mpr_status read_client(HKEY parent, const WCHAR *name)
{
    struct client_config *c = mem_alloc(sizeof(*c));
    mpr_status status = c ? ST_OK : ST_NOT_ENOUGH_MEMORY;
    HKEY key;

    if (!c) return status;
    if (registry_open_below(parent, name, KEY_READ, false, &key) == ST_OK) {
        status = client_config_read(key, c);
        RegCloseKey(key);
        if (status == ST_OK) {
            LL_APPEND(known.configs, c);
            return ST_OK;
        }
    }
    mem_free(c);
    if (status != ST_INVALID_DATA) return status;
    TRACE(ERROR, "clients: key Parameters\\Clients\\%s is malformed",
          trace_u16((const char16_t *)name).text);
    return ST_OK;
}

mpr_status clients_start(const struct clients_sink *sink)
{
    WCHAR name[KEY_NAME];
    mpr_status status = ST_OK;
    HKEY key;

    known.sink = *sink;
    known.starting = true;
    if (registry_open(KEY_PATH, KEY_READ, false, &key)) return ST_OK;
    for (DWORD n = 0; !status; n++) {
        DWORD units = KEY_NAME;

        if (RegEnumKeyExW(key, n, name, &units, NULL, NULL, NULL, NULL)) break;
        status = read_client(key, name);
    }
    RegCloseKey(key);
    return status;
}

/* What else speaks against a call is logged where it is found out. */
mpr_status clients_call(void)
{
    struct client_config *c;
    handle_t32 client;
    mpr_status status = ST_OK;

    LL_FOREACH (known.configs, c) {
        if (c->kind != CLIENT_SCRIPTED || status == ST_NOT_ENOUGH_MEMORY) continue;
        c->call.at_start = true;
        status = known.sink.call(&c->call, &client);
    }
    known.starting = false;
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

void clients_stop(void)
{
    struct client_config *c, *next_config;
    struct offered *o, *next;

    LL_FOREACH_SAFE (known.configs, c, next_config) mem_free(c);
    DL_FOREACH_SAFE (known.offered, o, next) mem_free(o);
    known.configs = NULL;
    known.offered = NULL;
}

/* ---- adapters -------------------------------------------------------------------------------- */

static const struct client_config *config_of(const struct host_adapter *a)
{
    const struct client_config *c;

    if (!a->up || !a->binding.count) return NULL;
    LL_FOREACH (known.configs, c) {
        if (c->kind != CLIENT_EXISTING || !client_config_matches(c, a->name, a->alias)) continue;
        /* Nobody means it by "*". */
        if (!a->loopback || u16_equal_nocase(c->pattern, a->alias)) return c;
    }
    return NULL;
}

static struct offered *offered_of(const struct host_adapter *a)
{
    struct offered *o;

    DL_FOREACH (known.offered, o) {
        if (u16_equal_nocase(o->adapter, a->name)) return o;
    }
    return NULL;
}

static uint32_t peer_of(const struct host_adapter *a)
{
    struct link_facts facts;
    uint32_t peer;

    link_facts_read(&facts);
    peer = link_facts_peer(&facts, a->binding.host_index, a->binding.local[0].address);
    link_facts_free(&facts);
    return peer;
}

static void call_over(struct client_call *call, const struct host_adapter *a)
{
    const uint32_t address = call->binding.remote;

    call->binding = a->binding;
    call->binding.remote = address ? address : peer_of(a);
    u16_copy(call->adapter, INTERFACE_NAME_MAX + 1, a->name);
    u16_copy(call->alias, INTERFACE_NAME_MAX + 1, a->alias);
    link_stats_read(a->binding.host_index, &call->base);
    call->age = link_stats_age(a->binding.host_index);
    call->at_start = known.starting;
}

/* One that is used otherwise at the moment, or that there was no memory for, is offered again when
 * an adapter changes. */
static void offer(const struct host_adapter *a, const struct client_config *c)
{
    struct client_call *call = mem_dup(&c->call, sizeof(*call));
    struct offered *o = mem_alloc(sizeof(*o));
    mpr_status status = call && o ? ST_OK : ST_NOT_ENOUGH_MEMORY;

    if (status == ST_OK) {
        call_over(call, a);
        status = known.sink.call(call, &o->client);
    }
    mem_free(call);
    if (status == ST_INTERFACE_CONNECTED || status == ST_NOT_ENOUGH_MEMORY) {
        mem_free(o);
        return;
    }
    u16_copy(o->adapter, INTERFACE_NAME_MAX + 1, a->name);
    o->seen = true;
    DL_APPEND(known.offered, o);
}

static void forget_unseen(void)
{
    struct offered *o, *next;

    DL_FOREACH_SAFE (known.offered, o, next) {
        if (o->seen) continue;
        DL_DELETE(known.offered, o);
        known.sink.gone(o->client);
        mem_free(o);
    }
}

/* Those that are gone first: their ports may be needed. */
void clients_adapters(const struct host_adapter *adapters, size_t count)
{
    struct offered *o;

    if (!known.configs) return;
    DL_FOREACH (known.offered, o) o->seen = false;
    for (size_t n = 0; n < count; n++) {
        if (config_of(&adapters[n]) && (o = offered_of(&adapters[n]))) o->seen = true;
    }
    forget_unseen();
    for (size_t n = 0; n < count; n++) {
        const struct client_config *c = config_of(&adapters[n]);

        if (c && !offered_of(&adapters[n])) offer(&adapters[n], c);
    }
}

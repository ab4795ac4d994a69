/* The router's life in this process.
 *
 * It is made at the first call that needs it and then stays: the module is pinned before the first
 * thread is started, because threads that run in it (worker, dialers, receiver, hosted protocols)
 * can't be waited for in DllMain, and FreeLibrary must not unmap code under them. So a program
 * may load and free the DLL as often as it likes, also while an update runs; it finds its router
 * as it left it. At process end all other threads are gone already and nothing is waited for, so
 * neighbours are told nothing, either; programs of dialers are ended by their leash
 * (command_unix.c) or job.
 */
#include "win32/instance.h"

#include "base/mem.h"
#include "base/trace.h"
#include "win32/phonebook/phonebook_lock.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/access.h"
#include "win32/journal/journal.h"
#include "router/ddm/client.h"
#include "win32/config_load.h"
#include "win32/sys/event.h"
#include "win32/sys/module.h"
#include "win32/host.h"
#include "win32/link/dialer_keys.h"
#include "win32/net/adapters.h"
#include "win32/store/interface_names.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_watch.h"
#include "win32/sys/wine_prefix.h"

#define LAST_WORD_LOOK_MS 10u

static HINSTANCE module_handle;

static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static struct engine *engine;

enum { ENABLED_UNKNOWN = 0, ENABLED_YES, ENABLED_NO };
static volatile LONG enabled;

static bool varied;
static uint8_t generation;

void instance_vary(uint8_t first)
{
    generation = first;
    varied = true;
}

void instance_attach(HINSTANCE module)
{
    module_handle = module;
}

HINSTANCE instance_module(void)
{
    return module_handle;
}

void instance_detach(BOOL process_ending)
{
    if (process_ending && engine) engine_abandon(engine);
    /* On FreeLibrary there is no engine: with one, the module is pinned. */
    if (process_ending) return;
    journal_close();
    phonebook_lock_close();
}

static mpr_status start(struct engine *e, unsigned poll_ms)
{
    mpr_status status;

    host_attach(e);
    status = config_load(e);
    /* After the interfaces: adapters then find those that are stored. */
    return status ? status : host_start_links(poll_ms);
}

/* What was kept of the system's answers goes with the router. */
static void forget_system(void)
{
    dialer_keys_stop();
    adapters_forget();
    interface_names_forget();
    registry_watch_stop();
}

/* Descriptors do not outlive Wine's server, and mean nothing to somebody who can read its files. */
static void protect_configuration(void)
{
    registry_protect();
    if (wine_prefix_is_public())
        TRACE(WARNING, "the Wine prefix can be read by every user of the host, and with it the "
                       "stored secrets: take the rights of others away (chmod o-rx)");
}

static mpr_status create_engine(struct engine **ret, unsigned *ret_poll_ms)
{
    struct router_config config;
    struct builtin_protocol *rows;
    mpr_status status;

    config_load_parameters(&config, ret_poll_ms);
    status = config_load_builtins(&rows, &config.builtin_count);
    if (status != ST_OK) return status;
    config.builtins = rows;
    config.generation = varied ? generation : (uint8_t)host_table()->random(NULL);
    status = engine_create(ret, host_table(), &config);
    mem_free(rows);
    return status;
}

static BOOL create_router(mpr_status *ret_status)
{
    unsigned poll_ms;
    struct engine *e;

    *ret_status = ST_NOT_ENOUGH_MEMORY;
    if (!module_pin()) return FALSE;
    protect_configuration();
    *ret_status = journal_recover(); /* before anything of the configuration is read */
    if (*ret_status != ST_OK) {
        if (*ret_status != ST_NOT_ENOUGH_MEMORY) *ret_status = ST_RPC_SERVER_UNAVAILABLE;
        return FALSE;
    }
    phonebook_store_tidy();
    *ret_status = create_engine(&e, &poll_ms);
    if (*ret_status) return FALSE;
    *ret_status = start(e, poll_ms);
    if (*ret_status) {
        host_detach();
        engine_destroy(e);
        host_end();
        forget_system();
        return FALSE;
    }
    engine = e;
    return TRUE;
}

static BOOL CALLBACK create(INIT_ONCE *init, void *parameter, void **context)
{
    HANDLE token = access_as_process();
    BOOL done = create_router(parameter);

    (void)init, (void)context;
    access_as_caller(token);
    return done;
}

static mpr_status wait_for_clients(struct router *r, void *context, struct request *request)
{
    (void)context;
    return router_clients_settled(r, request);
}

/* Who comes while there is no router yet waits, so that the first look at it is like every later
 * one. Others do not: they may be an administration DLL's, whose word is what is waited for. */
mpr_status instance_engine(struct engine **ret)
{
    const bool first = !engine;
    mpr_status status = ST_OK;

    *ret = NULL;
    if (!InitOnceExecuteOnce(&once, create, &status, NULL)) {
        TRACE(ERROR, "the router could not be started: %s", status_name(status));
        return status == ST_RPC_SERVER_UNAVAILABLE ? status : ST_NOT_ENOUGH_MEMORY;
    }
    if (first && engine) engine_call_and_wait(engine, 0, wait_for_clients, NULL);
    *ret = engine;
    return engine ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

struct engine *instance_existing(void)
{
    return engine;
}

/* Neighbours are told that the router goes. */
static void say_last_word(struct engine *e)
{
    bool said = false;

    while (!said) {
        said = router_last_word(engine_enter(e));
        engine_leave(e);
        if (!said) Sleep(LAST_WORD_LOOK_MS);
    }
}

void instance_shutdown(void)
{
    static const INIT_ONCE fresh = INIT_ONCE_STATIC_INIT;
    struct engine *e = engine;

    if (!e) return;
    say_last_word(e);
    engine = NULL;
    host_detach();
    engine_destroy(e);
    host_end();
    forget_system();
    event_trim(true);
    once = fresh;
}

/* ---- enabled -------------------------------------------------------------------------------- */

bool instance_enabled(void)
{
    DWORD value;
    HKEY key;
    bool answer = true;

    if (registry_open(NULL, KEY_READ, false, &key)) return true;
    if (registry_get_dword(key, L"Start", &value) == ST_OK && value == SERVICE_DISABLED)
        answer = false;
    if (registry_get_dword(key, L"ConfigurationFlags", &value) == ST_OK && value == 0)
        answer = false;
    RegCloseKey(key);
    return answer;
}

bool instance_refresh_enabled(void)
{
    HANDLE token = access_as_process();
    bool now = instance_enabled();

    access_as_caller(token);
    InterlockedExchange(&enabled, now ? ENABLED_YES : ENABLED_NO);
    return now;
}

mpr_status instance_check_call(void)
{
    mpr_status status = access_check();

    return status ? status : instance_check_enabled();
}

mpr_status instance_check_enabled(void)
{
    if (enabled == ENABLED_UNKNOWN) instance_refresh_enabled();
    return enabled == ENABLED_YES ? ST_OK : ST_RPC_SERVER_UNAVAILABLE;
}

/* Stand-ins for the engine, the phone book and the adapters. */
#include "engine/engine.h"
#include "win32/net/adapters.h"
#include "win32/link/command.h"
#include "win32/link/dial_select.h"
#include "win32/link/link.h"
#include "win32/link/dial_entry.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/registry_watch.h"

#include <string.h>

#include "base/utf16.h"

/* The engine of these targets is the router itself: there is one thread. */
struct router *engine_enter(struct engine *e)
{
    return (struct router *)(void *)e;
}

void engine_leave(struct engine *e)
{
    (void)e;
}

const struct router *engine_enter_shared(struct engine *e)
{
    return engine_enter(e);
}

void engine_leave_shared(struct engine *e)
{
    (void)e;
}

mpr_status adapters_read(struct adapter_list *ret)
{
    ret->adapters = NULL;
    ret->count = 0;
    return ST_OK;
}

void adapters_free(struct adapter_list *list)
{
    (void)list;
}

const struct host_adapter *adapters_find(const struct adapter_list *list, const char16_t *name)
{
    (void)list, (void)name;
    return NULL;
}

mpr_status adapters_have(const char16_t *name, bool *ret)
{
    (void)name;
    *ret = false;
    return ST_OK;
}

/* The registry is another one with each input. */
uint32_t registry_watch_look(void)
{
    static uint32_t looks;

    if (++looks == 0) looks = 1;
    return looks;
}

uint32_t registry_watch_foreign(void)
{
    return registry_watch_look();
}

bool registry_watch_hold(void)
{
    return false;
}

void registry_watch_release(void)
{
}

/* Nothing is dialled. */
enum link_adapter_state link_adapter(const char16_t *name, struct host_adapter *ret)
{
    (void)name, (void)ret;
    return LINK_ADAPTER_MISSING;
}

void links_wake(void)
{
}

mpr_status command_start(const char16_t *line, const struct blob *input,
                         const struct command_watcher *watcher, struct command **ret)
{
    (void)line, (void)input, (void)watcher, (void)ret;
    return ST_CAN_NOT_COMPLETE;
}

void command_stop(struct command *command)
{
    (void)command;
}

void command_free(struct command *command)
{
    (void)command;
}

/* Every interface has an entry with a device. */
mpr_status dial_entry_read(const char16_t *name, struct dial_entry *entry, struct dial_plan *plan)
{
    static struct phonebook_settings s;

    memset(entry, 0, sizeof(*entry));
    entry->device_count = 1;
    entry->redial_seconds = 1;
    u16_copy(s.device_name, ARRAYSIZE(s.device_name), u"WAN Miniport (PPTP)");
    u16_copy(s.device_type, ARRAYSIZE(s.device_type), u"vpn");
    return dial_select(name, &s, plan);
}

#include "win32/stored_keys.h"

#include "base/mem.h"
#include "win32/instance.h"
#include "win32/store/config_store.h"
#include "win32/sys/access.h"
#include "win32/sys/registry_watch.h"

/* What can't be found out stays as it was. The thread may act as somebody who may not read. */
static void tell(struct engine *e, handle_t32 interface, const char16_t *name)
{
    struct config_interface row;
    HANDLE token = access_as_process();
    mpr_status status = config_interface_find(name, &row);

    access_as_caller(token);
    if (status != ST_OK && status != ST_NO_SUCH_INTERFACE) return;
    router_interface_set_stored(engine_enter(e), interface, status == ST_OK);
    engine_leave(e);
}

void stored_keys_look(handle_t32 interface)
{
    struct engine *e = instance_existing();
    struct interface_info info;
    uint32_t as_of;
    bool wanted;

    if (!e) return;
    as_of = registry_watch_foreign();
    wanted = router_interface_look(engine_enter(e), interface, as_of, &info);
    engine_leave(e);
    if (wanted) tell(e, interface, info.name);
}

/* ---- all ------------------------------------------------------------------------------------- */

#define KEYS_RUN 64u

static uint32_t read_run(struct engine *e, uint32_t *resume, struct interface_info *run)
{
    uint32_t read = 0, total;

    router_interface_enum(engine_enter(e), resume, run, KEYS_RUN, &read, &total);
    engine_leave(e);
    return read;
}

static void look_at_each(struct engine *e)
{
    struct interface_info *run = mem_alloc_array(KEYS_RUN, sizeof(*run));
    uint32_t resume = 0, read;

    if (!run) return;
    do {
        read = read_run(e, &resume, run);
        for (uint32_t n = 0; n < read; n++) tell(e, run[n].handle, run[n].name);
    } while (resume);
    mem_free(run);
}

static bool begin_all(uint32_t as_of)
{
    static volatile LONG all_as_of;

    return (uint32_t)InterlockedExchange(&all_as_of, (LONG)as_of) != as_of;
}

void stored_keys_look_all(void)
{
    struct engine *e = instance_existing();

    if (e && begin_all(registry_watch_foreign())) look_at_each(e);
}

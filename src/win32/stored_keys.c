#include "win32/stored_keys.h"

#include "base/hash.h"
#include "win32/instance.h"
#include "win32/store/config_store.h"
#include "win32/sys/access.h"
#include "win32/sys/registry_watch.h"

/* A look at one interface. Without memory for it, the next look is made in any case. */
struct key_look {
    handle_t32 interface;
    uint32_t as_of;
    UT_hash_handle hh;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct key_look *looks;
static uint32_t all_as_of;

static void forget_looks(void)
{
    struct key_look *look, *next;

    HASH_ITER (hh, looks, look, next) {
        HASH_DELETE(hh, looks, look);
        mem_free(look);
    }
}

/* Whether the interface has been looked at since; if not, it is from now on. */
static bool note_look(handle_t32 interface, uint32_t as_of)
{
    struct key_look *look;
    bool known;

    AcquireSRWLockExclusive(&lock);
    HASH_FIND(hh, looks, &interface, sizeof(interface), look);
    if (!look && (look = mem_alloc(sizeof(*look)))) {
        look->interface = interface;
        HASH_ADD(hh, looks, interface, sizeof(look->interface), look);
        if (!look->hh.tbl) {
            mem_free(look);
            look = NULL;
        }
    }
    known = look && look->as_of == as_of;
    if (look) look->as_of = as_of;
    ReleaseSRWLockExclusive(&lock);
    return known;
}

static bool name_of(struct engine *e, handle_t32 interface, struct interface_info *ret)
{
    mpr_status status = router_interface_info(engine_enter(e), interface, ret);

    engine_leave(e);
    return status == ST_OK;
}

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

    if (!e || note_look(interface, registry_watch_foreign())) return;
    if (name_of(e, interface, &info)) tell(e, interface, info.name);
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

/* Handles of interfaces that are gone go with the rest. */
static bool begin_all(uint32_t as_of)
{
    bool anew;

    AcquireSRWLockExclusive(&lock);
    anew = all_as_of != as_of;
    all_as_of = as_of;
    if (anew) forget_looks();
    ReleaseSRWLockExclusive(&lock);
    return anew;
}

void stored_keys_look_all(void)
{
    struct engine *e = instance_existing();

    if (e && begin_all(registry_watch_foreign())) look_at_each(e);
}

#include "win32/store/interface_names.h"

#include "win32/sys/windows_api.h"

#include "base/mem.h"
#include "win32/sys/registry_watch.h"

#define SLOTS_MIN  64u
#define REMEMBERED 8192u

static volatile LONG remembered[REMEMBERED]; /* number + 1 by hash of the name; 0: nothing */

static struct {
    SRWLOCK lock;
    struct interface_names names; /* as_of 0: nothing is known */
} known = {.lock = SRWLOCK_INIT};

static uint64_t hash_of(const char16_t *name)
{
    uint64_t hash = 14695981039346656037ull;

    for (; *name; name++) hash = (hash ^ u16_fold(*name)) * 1099511628211ull;
    return hash ? hash : 1;
}

void interface_names_remember(const char16_t *name, uint32_t number)
{
    InterlockedExchange(&remembered[hash_of(name) % REMEMBERED], (LONG)(number + 1));
}

bool interface_names_recall(const char16_t *name, uint32_t *ret_number)
{
    uint32_t place = (uint32_t)remembered[hash_of(name) % REMEMBERED];

    *ret_number = place - 1;
    return place != 0;
}

/* The slot of that hash, or the free one where it belongs. */
static uint64_t *slot_of(const struct interface_names *names, uint64_t hash)
{
    size_t mask = names->slots - 1, slot = (size_t)(hash ^ hash >> 32) & mask;

    while (names->hashes[slot] && names->hashes[slot] != hash) slot = (slot + 1) & mask;
    return &names->hashes[slot];
}

static bool make_room(struct interface_names *names, size_t count)
{
    struct interface_names bigger = *names;

    if (names->slots && count < names->slots / 2) return true;
    bigger.slots = names->slots ? names->slots : SLOTS_MIN;
    while (count >= bigger.slots / 2) bigger.slots *= 2;
    bigger.hashes = mem_alloc_array(bigger.slots, sizeof(*bigger.hashes));
    if (!bigger.hashes) return false;
    for (size_t n = 0; n < names->slots; n++) {
        if (names->hashes[n]) *slot_of(&bigger, names->hashes[n]) = names->hashes[n];
    }
    mem_free(names->hashes);
    *names = bigger;
    return true;
}

void interface_names_begin(struct interface_names *names, size_t count)
{
    *names = (struct interface_names){.as_of = registry_watch_look()};
    names->failed = !make_room(names, count);
}

void interface_names_add(struct interface_names *names, const char16_t *name, uint32_t number)
{
    uint64_t hash = hash_of(name), *slot;

    interface_names_remember(name, number);
    if (!names->failed) names->failed = !make_room(names, names->used + 1);
    if (names->failed) return;
    slot = slot_of(names, hash);
    if (!*slot) names->used++;
    *slot = hash;
}

void interface_names_keep(struct interface_names *names)
{
    struct interface_names former;

    if (names->failed) {
        interface_names_drop(names);
        return;
    }
    AcquireSRWLockExclusive(&known.lock);
    former = known.names;
    known.names = *names;
    ReleaseSRWLockExclusive(&known.lock);
    interface_names_drop(&former);
}

void interface_names_drop(struct interface_names *names)
{
    mem_free(names->hashes);
    names->hashes = NULL;
}

bool interface_names_lack(const char16_t *name)
{
    uint32_t now = registry_watch_look();
    bool lack;

    AcquireSRWLockShared(&known.lock);
    lack = known.names.as_of == now && !*slot_of(&known.names, hash_of(name));
    ReleaseSRWLockShared(&known.lock);
    return lack;
}

void interface_names_forget(void)
{
    AcquireSRWLockExclusive(&known.lock);
    interface_names_drop(&known.names);
    known.names.as_of = 0;
    ReleaseSRWLockExclusive(&known.lock);
}

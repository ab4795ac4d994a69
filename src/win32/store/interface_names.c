#include "win32/store/interface_names.h"

#include "win32/sys/windows_api.h"

#include "base/mem.h"
#include "win32/sys/registry_watch.h"

#define SLOTS_MIN 64u

static struct {
    SRWLOCK lock;
    struct interface_names names; /* as_of 0: nothing is known */
} known = {.lock = SRWLOCK_INIT, .names = {.left = INTERFACE_GONE}};

static uint64_t hash_of(const char16_t *name)
{
    uint64_t hash = 14695981039346656037ull;

    for (; *name; name++) hash = (hash ^ u16_fold(*name)) * 1099511628211ull;
    return hash ? hash : 1;
}

/* The slot of that hash, or the free one where it belongs; NULL when there are no slots. */
static struct interface_slot *slot_of(const struct interface_names *names, uint64_t hash)
{
    size_t mask = names->size - 1, slot = (size_t)(hash ^ hash >> 32) & mask;

    if (!names->slots) return NULL;
    while (names->slots[slot].hash && names->slots[slot].hash != hash) slot = (slot + 1) & mask;
    return &names->slots[slot];
}

static bool make_room(struct interface_names *names, size_t count)
{
    struct interface_names bigger = *names;

    if (names->slots && count < names->size / 2) return true;
    if (!names->slots) bigger.size = SLOTS_MIN;
    while (count >= bigger.size / 2) bigger.size *= 2;
    bigger.slots = mem_alloc_array(bigger.size, sizeof(*bigger.slots));
    if (!bigger.slots) return false;
    for (size_t n = 0; names->slots && n < names->size; n++) {
        if (names->slots[n].hash) *slot_of(&bigger, names->slots[n].hash) = names->slots[n];
    }
    mem_free(names->slots);
    *names = bigger;
    return true;
}

/* ---- reading all ----------------------------------------------------------------------------- */

void interface_names_begin(struct interface_names *names, size_t count)
{
    *names = (struct interface_names){.as_of = registry_watch_foreign(), .left = INTERFACE_GONE};
    names->failed = !make_room(names, count);
}

void interface_names_key(struct interface_names *names, uint32_t number)
{
    if (number == names->lowest) names->lowest++;
}

void interface_names_left(struct interface_names *names, uint32_t number)
{
    if (number < names->left) names->left = number;
}

/* False without memory. */
static bool add(struct interface_names *names, const char16_t *name, uint32_t number)
{
    uint64_t hash = hash_of(name);
    struct interface_slot *slot;

    if (!make_room(names, names->used + 1)) return false;
    slot = slot_of(names, hash);
    if (slot->hash && slot->number != INTERFACE_GONE) {
        slot->several = slot->several || slot->number != number;
        if (number < slot->number) slot->number = number;
        return true;
    }
    names->used += !slot->hash;
    *slot = (struct interface_slot){.hash = hash, .number = number};
    return true;
}

void interface_names_add(struct interface_names *names, const char16_t *name, uint32_t number)
{
    if (!names->failed) names->failed = !add(names, name, number);
}

bool interface_names_has(const struct interface_names *names, const char16_t *name)
{
    const struct interface_slot *slot = slot_of(names, hash_of(name));

    return slot && slot->hash;
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
    mem_free(names->slots);
    names->slots = NULL;
}

/* ---- what is known --------------------------------------------------------------------------- */

/* That none has that name. */
static bool lacks(const struct interface_names *names, const char16_t *name)
{
    const struct interface_slot *slot = slot_of(names, hash_of(name));

    return slot && (!slot->hash || slot->number == INTERFACE_GONE);
}

bool interface_names_lack(const char16_t *name)
{
    uint32_t now = registry_watch_foreign();
    bool lack;

    AcquireSRWLockShared(&known.lock);
    lack = known.names.as_of == now && lacks(&known.names, name);
    ReleaseSRWLockShared(&known.lock);
    return lack;
}

bool interface_names_recall(const char16_t *name, uint32_t *ret_number)
{
    const struct interface_slot *slot;
    bool there;

    AcquireSRWLockShared(&known.lock);
    slot = slot_of(&known.names, hash_of(name));
    there = slot && slot->hash && slot->number != INTERFACE_GONE;
    if (there) *ret_number = slot->number;
    ReleaseSRWLockShared(&known.lock);
    return there;
}

bool interface_names_free(uint32_t *ret_lowest, uint32_t *ret_left)
{
    uint32_t now = registry_watch_foreign();
    bool there;

    AcquireSRWLockShared(&known.lock);
    there = known.names.as_of == now && known.names.slots;
    *ret_lowest = known.names.lowest;
    *ret_left = known.names.left;
    ReleaseSRWLockShared(&known.lock);
    return there;
}

/* ---- changes --------------------------------------------------------------------------------- */

static void forget(void)
{
    interface_names_drop(&known.names);
    known.names = (struct interface_names){.left = INTERFACE_GONE};
}

/* That makes room of one that was left; there may be others. */
void interface_names_made(const char16_t *name, uint32_t number)
{
    AcquireSRWLockExclusive(&known.lock);
    if (number >= known.names.lowest) known.names.lowest = number + 1;
    if (known.names.left != INTERFACE_GONE || !add(&known.names, name, number)) forget();
    ReleaseSRWLockExclusive(&known.lock);
}

/* Which other one has the name now is not known. */
void interface_names_gone(const char16_t *name, uint32_t number)
{
    struct interface_slot *slot;

    AcquireSRWLockExclusive(&known.lock);
    if (number < known.names.lowest) known.names.lowest = number;
    slot = slot_of(&known.names, hash_of(name));
    if (slot && slot->hash && slot->several) {
        forget();
    } else if (slot && slot->hash && slot->number == number) {
        slot->number = INTERFACE_GONE;
    }
    ReleaseSRWLockExclusive(&known.lock);
}

void interface_names_forget(void)
{
    AcquireSRWLockExclusive(&known.lock);
    forget();
    ReleaseSRWLockExclusive(&known.lock);
}

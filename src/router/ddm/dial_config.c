/* Packing and unpacking of dial_entry and dial_plan.
 *
 * The texts follow the numbers, one terminated string after the other; their places in the
 * unpacked structures are one table, so that packing and unpacking can't disagree.
 */
#include "router/ddm/dial_config.h"

#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/ddm/port.h"
#include "router/ddm/port_table.h"

static const struct text_place {
    bool in_plan;
    size_t offset;
    size_t capacity; /* units, terminator included */
} places[DIAL_CONFIG_TEXTS] = {
#define PLACE(in_plan, type, member)                                                       \
    {                                                                                      \
        in_plan, offsetof(type, member), sizeof(((type *)NULL)->member) / sizeof(char16_t) \
    }
    PLACE(false, struct dial_entry, device_type),  PLACE(false, struct dial_entry, device_name),
    PLACE(false, struct dial_entry, phone_number), PLACE(true, struct dial_plan, adapter),
    PLACE(true, struct dial_plan, command),
#undef PLACE
};

static const char16_t *text_at(const struct text_place *place, const struct dial_entry *entry,
                               const struct dial_plan *plan)
{
    const void *base = place->in_plan ? (const void *)plan : (const void *)entry;

    return (const char16_t *)(const void *)((const char *)base + place->offset);
}

static size_t text_units(const struct dial_entry *entry, const struct dial_plan *plan)
{
    size_t units = 0;

    for (size_t n = 0; n < DIAL_CONFIG_TEXTS; n++) {
        units += u16_length(text_at(&places[n], entry, plan), places[n].capacity - 1) + 1;
    }
    return units;
}

static void pack_texts(struct dial_config *c, const struct dial_entry *entry,
                       const struct dial_plan *plan)
{
    char16_t *next = c->texts;

    for (size_t n = 0; n < DIAL_CONFIG_TEXTS; n++) {
        const char16_t *text = text_at(&places[n], entry, plan);
        size_t length = u16_length(text, places[n].capacity - 1);

        memcpy(next, text, length * sizeof(*next));
        next[length] = 0;
        next += length + 1;
    }
}

struct dial_config *dial_config_new(const struct dial_entry *entry, const struct dial_plan *plan)
{
    static const struct dial_plan none;
    struct dial_config *c;

    if (!plan) plan = &none;
    c = mem_alloc(sizeof(*c) + text_units(entry, plan) * sizeof(char16_t));
    if (!c) return NULL;
    c->device_count = entry->device_count;
    c->redial_attempts = entry->redial_attempts;
    c->redial_seconds = entry->redial_seconds;
    c->redial_on_link_failure = entry->redial_on_link_failure;
    c->idle_disconnect_seconds = entry->idle_disconnect_seconds;
    c->vpn_strategy = entry->vpn_strategy;
    memcpy(c->guid, entry->guid, sizeof(c->guid));
    c->port_kind = (uint8_t)port_kind_of_device(entry->device_name);
    c->kind = plan->kind;
    c->makes_adapter = plan->makes_adapter;
    c->timeout_seconds = plan->timeout_seconds;
    c->outcome = plan->outcome;
    c->fail_first = plan->fail_first;
    c->outcome_failed = plan->outcome_failed;
    c->delay = plan->delay;
    c->drop_after = plan->drop_after;
    c->binding = plan->binding;
    pack_texts(c, entry, plan);
    return c;
}

static void unpack_texts(const struct dial_config *c, struct dial_entry *entry,
                         struct dial_plan *plan)
{
    const char16_t *next = c->texts;

    for (size_t n = 0; n < DIAL_CONFIG_TEXTS; n++) {
        char *base = places[n].in_plan ? (char *)plan : (char *)entry;
        size_t units = u16_length(next, places[n].capacity) + 1;

        memcpy(base + places[n].offset, next, units * sizeof(*next));
        next += units;
    }
}

void dial_config_expand(const struct dial_config *c, struct dial_entry *ret_entry,
                        struct dial_plan *ret_plan)
{
    *ret_entry = (struct dial_entry){
        .device_count = c->device_count,
        .redial_attempts = c->redial_attempts,
        .redial_seconds = c->redial_seconds,
        .redial_on_link_failure = c->redial_on_link_failure,
        .idle_disconnect_seconds = c->idle_disconnect_seconds,
        .vpn_strategy = c->vpn_strategy,
    };
    memcpy(ret_entry->guid, c->guid, sizeof(c->guid));
    *ret_plan = (struct dial_plan){
        .kind = c->kind,
        .makes_adapter = c->makes_adapter,
        .timeout_seconds = c->timeout_seconds,
        .outcome = c->outcome,
        .fail_first = c->fail_first,
        .outcome_failed = c->outcome_failed,
        .delay = c->delay,
        .drop_after = c->drop_after,
        .binding = c->binding,
    };
    unpack_texts(c, ret_entry, ret_plan);
}

const char16_t *dial_config_text(const struct dial_config *c, enum dial_config_text which)
{
    const char16_t *text = c->texts;

    for (size_t n = 0; n < which; n++) text += u16_length(text, places[n].capacity) + 1;
    return text;
}

bool dial_config_usable(const struct dial_config *c)
{
    return c->device_count && c->kind != DIALER_NONE;
}

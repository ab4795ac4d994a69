/* How an interface is dialled, as the core keeps it: dial_entry and dial_plan with their texts
 * packed. The two have 3 KB of text arrays between them, mostly empty; a router with a hundred
 * thousand interfaces should not pay for these. */
#ifndef MPR_ROUTER_DIAL_CONFIG_H
#define MPR_ROUTER_DIAL_CONFIG_H

#include "router/dial.h"

#define DIAL_CONFIG_TEXTS 5

struct dial_config {
    /* of the entry */
    uint32_t device_count;
    uint32_t redial_attempts;
    uint32_t redial_seconds;
    bool redial_on_link_failure;
    uint32_t idle_disconnect_seconds;
    /* of the plan */
    enum dialer_kind kind;
    uint32_t timeout_seconds;
    mpr_status outcome;
    uint32_t fail_first;
    mpr_status outcome_failed;
    msec delay, drop_after;
    struct ip_binding binding;

    char16_t texts[]; /* DIAL_CONFIG_TEXTS strings in the order of dial_config.c */
};

/* A copy on the heap, freed with mem_free. plan NULL is one without a dialer. NULL when out of
 * memory. A text that is not terminated within its array is cut. */
struct dial_config *dial_config_new(const struct dial_entry *entry, const struct dial_plan *plan);

/* What it was made of. */
void dial_config_expand(const struct dial_config *c, struct dial_entry *ret_entry,
                        struct dial_plan *ret_plan);

/* Whether there is something to dial with (else ERROR_INTERFACE_HAS_NO_DEVICES). */
bool dial_config_usable(const struct dial_config *c);

#endif

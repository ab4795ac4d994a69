/* How an interface is dialled, as the core keeps it: dial_entry and dial_plan with their texts
 * packed. The two have 3 KB of text arrays between them, mostly empty; a router with a hundred
 * thousand interfaces should not pay for these. */
#ifndef MPR_ROUTER_DIAL_CONFIG_H
#define MPR_ROUTER_DIAL_CONFIG_H

#include "router/ddm/dial.h"

enum dial_config_text {
    DIAL_TEXT_DEVICE_TYPE,
    DIAL_TEXT_DEVICE_NAME,
    DIAL_TEXT_PHONE_NUMBER,
    DIAL_TEXT_ADAPTER,
    DIAL_TEXT_COMMAND,
    DIAL_CONFIG_TEXTS
};

struct dial_config {
    /* of the entry */
    uint32_t device_count;
    uint32_t redial_attempts;
    uint32_t redial_seconds;
    bool redial_on_link_failure;
    uint32_t idle_disconnect_seconds;
    uint32_t vpn_strategy;
    uint8_t guid[16];
    uint8_t port_kind; /* enum port_kind of the device */
    /* of the plan */
    enum dialer_kind kind;
    bool makes_adapter;
    uint32_t timeout_seconds;
    mpr_status outcome;
    uint32_t fail_first;
    mpr_status outcome_failed;
    msec delay, drop_after;
    struct ip_binding binding;

    char16_t texts[]; /* DIAL_CONFIG_TEXTS strings in the order of enum dial_config_text */
};

/* A copy on the heap, freed with mem_free. plan NULL is one without a dialer. NULL when out of
 * memory. A text that is not terminated within its array is cut. */
struct dial_config *dial_config_new(const struct dial_entry *entry, const struct dial_plan *plan);

/* What it was made of. */
void dial_config_expand(const struct dial_config *c, struct dial_entry *ret_entry,
                        struct dial_plan *ret_plan);

/* One of its texts. */
const char16_t *dial_config_text(const struct dial_config *c, enum dial_config_text which);

/* Whether there is something to dial with (else ERROR_INTERFACE_HAS_NO_DEVICES). */
bool dial_config_usable(const struct dial_config *c);

#endif

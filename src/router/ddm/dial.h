/* How a demand-dial interface is dialled: what the phone book says (dial_entry) and which dialer
 * carries it out (dial_plan). Plain data; the core owns copies. */
#ifndef MPR_ROUTER_DIAL_H
#define MPR_ROUTER_DIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/timer.h"
#include "protocol/protocol.h"

enum dialer_kind {
    DIALER_NONE = 0, /* the phone-book entry has no usable device */
    DIALER_SCRIPTED, /* outcome, delay and later drop are given: for tests of programs */
    DIALER_HOST      /* and on: the host makes the link, each number in another way */
};

#define DIAL_TEXT_MAX 260

/* What the phone-book entry decides. Times in seconds as in the file. */
struct dial_entry {
    uint32_t device_count;       /* MEDIA/DEVICE blocks with a device or port; 0: not dialable */
    uint32_t redial_attempts;    /* further attempts after the first, 0..99 */
    uint32_t redial_seconds;     /* pause before each, 1..600 */
    bool redial_on_link_failure; /* at least one redial, after redial_seconds */
    uint32_t idle_disconnect_seconds; /* 0 or 0xFFFFFFFF: never */
    uint32_t vpn_strategy;            /* MPR_VS_ */
    uint8_t guid[16];
    char16_t device_type[17];
    char16_t device_name[129];
    char16_t phone_number[129];
};

struct dial_plan {
    enum dialer_kind kind;
    /* HOST: the adapter that is the link (name, alias or {GUID}), and whether it is there for that
     * only, so that it is no LAN interface even while nobody dials. */
    char16_t adapter[DIAL_TEXT_MAX];
    bool makes_adapter;
    /* HOST, with a program: the command line, and how long it may take until the adapter is up. */
    char16_t command[1024];
    uint32_t timeout_seconds; /* 0: 60 */
    /* SCRIPTED */
    mpr_status outcome;  /* ST_OK: connects */
    uint32_t fail_first; /* this many attempts fail with outcome_failed before outcome counts; over
                            all connections until the plan is replaced */
    mpr_status outcome_failed; /* also the reason of a drop; 0: ST_INTERFACE_UNREACHABLE, for a drop
                                  ST_INTERFACE_DISCONNECTED */
    msec delay;                /* from dialling to the outcome */
    msec drop_after;           /* from connecting to a drop; 0: never */
    struct ip_binding binding; /* the addresses of the link when it is up */
};

#endif

/* A kind of dialer is one file and one row of the table in dialers.c: what the value Kind of a key
 * below Parameters\Dialers names.
 *
 * The functions are called on the links' thread, without a lock, in this order: begin, poll until
 * it is decided, stands until it is over; then end, ended until true, free. end comes at any time
 * after begin, and then none of the first three.
 */
#ifndef MPR_WIN32_DIALER_H
#define MPR_WIN32_DIALER_H

#include "router/ddm/dial.h"
#include "win32/link/link.h"
#include "win32/sys/registry_values.h"

struct dial_credentials;

struct dialer {
    const char16_t *kind;
    /* Its values into a zeroed plan with kind and defaults; errors go into v->status. */
    void (*read)(struct registry_values *v, struct dial_plan *plan);

    /* All NULL when the core carries the kind out by itself; the optional ones may be NULL. */
    /* Begins an attempt, made as c says. ST_OK, or the attempt's result. Optional. */
    mpr_status (*begin)(struct link *l, const struct dial_credentials *c);
    /* ST_PENDING; ST_OK, and the link is up with *ret, a zeroed binding; else the attempt has
     * failed with it. */
    mpr_status (*poll)(struct link *l, struct ip_binding *ret);
    /* ST_OK while the link is up, else why it is not any more. */
    mpr_status (*stands)(struct link *l);
    void (*end)(struct link *l);   /* optional */
    bool (*ended)(struct link *l); /* optional: at once */
    void (*free)(struct link *l);  /* optional */
};

extern const struct dialer dialer_scripted, dialer_existing, dialer_command;

/* The places of rows that others name. */
#define DIALER_EXISTING ((enum dialer_kind)DIALER_HOST)
#define DIALER_COMMAND  ((enum dialer_kind)(DIALER_HOST + 1))

/* The row of a kind that has one; kind is not DIALER_NONE. */
const struct dialer *dialer_of(enum dialer_kind kind);
/* Reads a key below Parameters\Dialers. plan->adapter is the default of the value Adapter.
 * v->status is ST_INVALID_DATA when it is malformed. */
void dialer_read(struct registry_values *v, struct dial_plan *plan);

/* What the host's kinds have in common: Adapter, which is required, and Remote. */
void dialer_read_adapter(struct registry_values *v, struct dial_plan *plan);

#endif

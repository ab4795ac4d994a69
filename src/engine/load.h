/* Telling a new router what is configured. Where that is stored is the platform's: it gives rows,
 * here they become ports, protocols, router managers and interfaces.
 *
 * The router is entered for one row at a time, never while the platform reads: so what the platform
 * has to lock for reading comes before the engine's lock.
 */
#ifndef MPR_ENGINE_LOAD_H
#define MPR_ENGINE_LOAD_H

#include "base/bytes.h"
#include "engine/engine.h"
#include "router/ddm/port.h"

/* A protocol that is not built in, of the catalogue. */
struct stored_protocol {
    uint32_t transport, id;
    const char16_t *dll;
};

/* A router manager: client NULL has none. */
struct stored_manager {
    uint32_t transport;
    const struct blob *global, *client;
};

struct stored_transport {
    uint32_t id;
    struct blob info; /* empty: no blocks */
};

struct stored_interface {
    uint32_t number; /* for the log */
    const char16_t *name;
    uint32_t type; /* as stored: any number */
    bool enabled;
    const char16_t *hours;          /* as interface_spec has them */
    struct back_off back_off;       /* the same */
    const struct dial_entry *entry; /* for demand-dial types; */
    const struct dial_plan *plan;   /* zeroed: it can't be dialled */
    const struct stored_transport *transports;
    size_t transport_count;
};

/* What the platform calls with each row, which is read before it returns. What is not ST_OK ends
 * the reading, and is passed on. */
struct loader;
mpr_status loader_protocol(struct loader *l, const struct stored_protocol *row);
mpr_status loader_manager(struct loader *l, const struct stored_manager *row);
mpr_status loader_interface(struct loader *l, const struct stored_interface *row);

/* What a platform reads, in this order. What is malformed it leaves out, and logs with its place;
 * ST_NOT_ENOUGH_MEMORY it passes on. */
struct stored_configuration {
    void *context;
    mpr_status (*ports)(void *context, struct port_setup ret[PORT_KINDS]);
    mpr_status (*protocols)(void *context, struct loader *l);
    mpr_status (*managers)(void *context, struct loader *l);
    mpr_status (*interfaces)(void *context, struct loader *l);
};

/* Into a router that nobody else uses yet. A row that the router refuses is left out, and logged.
 * ST_NOT_ENOUGH_MEMORY: not all is there; the platform's errors. */
mpr_status engine_load(struct engine *e, const struct stored_configuration *stored);

#endif

#include "engine/load.h"

#include "base/trace.h"

struct loader {
    struct engine *engine;
};

/* One row's failure is no reason to do without the others; a lack of memory is. */
static mpr_status only_memory(mpr_status status)
{
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

mpr_status loader_protocol(struct loader *l, const struct stored_protocol *row)
{
    mpr_status status =
        router_catalogue_add(engine_enter(l->engine), row->transport, row->id, row->dll);

    engine_leave(l->engine);
    if (status != ST_OK)
        TRACE(WARNING, "configuration: protocol 0x%x of transport 0x%x was skipped (%s)", row->id,
              row->transport, status_name(status));
    return only_memory(status);
}

mpr_status loader_manager(struct loader *l, const struct stored_manager *row)
{
    mpr_status status = router_transport_create(engine_enter(l->engine), row->transport,
                                                row->global, row->client, NULL);

    engine_leave(l->engine);
    if (status != ST_OK && status != ST_PENDING)
        TRACE(ERROR, "configuration: router manager 0x%x was not started (%s)", row->transport,
              status_name(status));
    return only_memory(status);
}

/* ---- interfaces ------------------------------------------------------------------------------ */

static bool dials(uint32_t type)
{
    return type == IF_FULL_ROUTER || type == IF_HOME_ROUTER;
}

static mpr_status create(struct router *r, const struct stored_interface *row, handle_t32 *ret)
{
    const struct interface_spec spec = {.name = row->name,
                                        .type = (enum interface_type)row->type,
                                        .enabled = row->enabled,
                                        .dialout_hours = row->hours,
                                        .entry = dials(row->type) ? row->entry : NULL,
                                        .plan = dials(row->type) ? row->plan : NULL,
                                        .stored = true,
                                        .back_off = row->back_off};
    mpr_status status = router_interface_create(r, &spec, ret);

    if (status != ST_INTERFACE_ALREADY_EXISTS || dials(row->type)) return status;
    /* The internal and loopback ones are always there. */
    status = router_interface_find(r, spec.name, false, ret);
    return status == ST_OK ? router_interface_set_stored(r, *ret, true) : status;
}

/* One that the core gave it by default is replaced by what is stored. */
static mpr_status add_transport(struct router *r, handle_t32 interface,
                                const struct stored_transport *t)
{
    mpr_status status = router_iftransport_add(r, interface, t->id, &t->info, NULL);

    if (status == ST_PROTOCOL_ALREADY_INSTALLED)
        status = router_iftransport_set(r, interface, t->id, &t->info, NULL);
    return status == ST_PENDING ? ST_OK : status;
}

static mpr_status add_transports(struct router *r, handle_t32 interface,
                                 const struct stored_interface *row)
{
    mpr_status status = ST_OK;

    for (size_t i = 0; i < row->transport_count && status == ST_OK; i++) {
        status = add_transport(r, interface, &row->transports[i]);
        if (status != ST_OK)
            TRACE(WARNING, "configuration: interface %u: transport 0x%x was skipped (%s)",
                  row->number, row->transports[i].id, status_name(status));
        status = only_memory(status);
    }
    return status;
}

mpr_status loader_interface(struct loader *l, const struct stored_interface *row)
{
    struct router *r = engine_enter(l->engine);
    handle_t32 interface = 0;
    mpr_status created = create(r, row, &interface);
    mpr_status status = created == ST_OK ? add_transports(r, interface, row) : created;

    engine_leave(l->engine);
    if (created != ST_OK)
        TRACE(WARNING, "configuration: interface %u was skipped (%s)", row->number,
              status_name(created));
    return only_memory(status);
}

/* ---- all ------------------------------------------------------------------------------------- */

static mpr_status load_ports(struct engine *e, const struct stored_configuration *stored)
{
    struct port_setup setup[PORT_KINDS];
    mpr_status status = stored->ports(stored->context, setup);

    if (status != ST_OK) return status;
    status = router_ports_create(engine_enter(e), setup);
    engine_leave(e);
    return status;
}

mpr_status engine_load(struct engine *e, const struct stored_configuration *stored)
{
    struct loader l = {e};
    mpr_status status = load_ports(e, stored);

    if (status == ST_OK) status = stored->protocols(stored->context, &l);
    if (status == ST_OK) status = stored->managers(stored->context, &l);
    if (status == ST_OK) status = stored->interfaces(stored->context, &l);
    return status;
}

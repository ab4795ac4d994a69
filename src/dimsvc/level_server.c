/* MPR_SERVER_0 to _2 (MS-RRASM 2.2.1.2.39 to 41), RASI_PORT_0, _1 (2.2.1.2.47, 48) and RAS_PORT_2.
 */
#include "dimsvc/level_parts.h"
#include "dimsvc/object_parts.h"

void dim_server_level(struct ndr *n, uint32_t level, struct dim_server_level *s)
{
    if (level > 2) {
        ndr_fail(n, ST_INVALID_LEVEL);
    } else if (level == 0) {
        DIM_NUMBERS(n, &s->lan_only, &s->up_time, &s->total_ports, &s->ports_in_use);
    } else {
        DIM_NUMBERS(n, &s->pptp_ports, &s->pptp_flags, &s->l2tp_ports, &s->l2tp_flags);
        if (level == 2) DIM_NUMBERS(n, &s->sstp_ports, &s->sstp_flags);
    }
}

static void port_names(struct ndr *n, struct dim_port_level *p)
{
    NDR_UNITS(n, p->name);
    NDR_UNITS(n, p->media);
    NDR_UNITS(n, p->device);
    NDR_UNITS(n, p->type);
    ndr_align(n, 4);
}

static void port_0(struct ndr *n, struct dim_port_level *p)
{
    DIM_NUMBERS(n, &p->condition, &p->calls, &p->duration);
    port_names(n, p);
}

static void port_1(struct ndr *n, struct dim_port_level *p)
{
    DIM_NUMBERS(n, &p->hardware_condition, &p->line_speed);
    dim_number_array(n, p->statistics, sizeof(p->statistics) / sizeof(p->statistics[0]));
}

static void port_2(struct ndr *n, struct dim_port_level *p)
{
    ndr_u32(n, &p->condition);
    port_names(n, p);
    DIM_NUMBERS(n, &p->hardware_condition, &p->line_speed);
    dim_number_array(n, p->errors, sizeof(p->errors) / sizeof(p->errors[0]));
    for (size_t i = 0; i < sizeof(p->totals) / sizeof(p->totals[0]); i++) ndr_u64(n, &p->totals[i]);
}

void dim_port_level(struct ndr *n, uint32_t level, struct dim_port_level *p)
{
    static void (*const levels[])(struct ndr *, struct dim_port_level *) = {port_0, port_1, port_2};

    if (level < sizeof(levels) / sizeof(levels[0])) {
        DIM_NUMBERS(n, &p->port, &p->connection);
        levels[level](n, p);
    } else {
        ndr_fail(n, ST_INVALID_LEVEL);
    }
}

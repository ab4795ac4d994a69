/* RASI_CONNECTION_0 to _3 (MS-RRASM 2.2.1.2.43 to 46) and RAS_CONNECTION_4_IDL (2.2.1.2.247). */
#include "dimsvc/level_parts.h"
#include "dimsvc/object_parts.h"

#define PROJECTION_SIZE 200u
#define COUNT(array)    (sizeof(array) / sizeof((array)[0]))

static void nbf_and_address(struct ndr *n, struct dim_ppp_info *p)
{
    ndr_u32(n, &p->nbf_error);
    NDR_UNITS(n, p->workstation);
    ndr_u32(n, &p->ip_error);
    NDR_UNITS(n, p->address);
    NDR_UNITS(n, p->remote_address);
}

static void ipx_and_appletalk(struct ndr *n, struct dim_ppp_info *p)
{
    ndr_u32(n, &p->ipx_error);
    NDR_UNITS(n, p->ipx_address);
    ndr_u32(n, &p->at_error);
    NDR_UNITS(n, p->at_address);
    ndr_align(n, 4);
}

static void ipv6(struct ndr *n, struct dim_ppp_info *p)
{
    DIM_NUMBERS(n, &p->ipv6_version, &p->ipv6_size, &p->ipv6_error);
    ndr_octets(n, p->interface_id, sizeof(p->interface_id));
    ndr_octets(n, p->remote_interface_id, sizeof(p->remote_interface_id));
    DIM_NUMBERS(n, &p->ipv6_options, &p->ipv6_remote_options);
    ndr_octets(n, p->prefix, sizeof(p->prefix));
    ndr_u32(n, &p->prefix_length);
}

/* PPP_INFO_2 and _3: one has IPX and AppleTalk, the other IPv6. */
static void newer_ppp(struct ndr *n, bool has_ipv6, struct dim_ppp_info *p)
{
    nbf_and_address(n, p);
    DIM_NUMBERS(n, &p->ip_options, &p->ip_remote_options);
    if (has_ipv6) {
        ipv6(n, p);
    } else {
        ipx_and_appletalk(n, p);
    }
    dim_number_array(n, p->ccp, COUNT(p->ccp));
    dim_number_array(n, p->lcp, COUNT(p->lcp));
}

static void names(struct ndr *n, struct dim_connection_level *c)
{
    NDR_UNITS(n, c->interface_name);
    NDR_UNITS(n, c->user_name);
    NDR_UNITS(n, c->domain);
    NDR_UNITS(n, c->remote_computer);
}

static void level_0(struct ndr *n, struct dim_connection_level *c)
{
    DIM_NUMBERS(n, &c->connection, &c->interface, &c->duration, &c->type, &c->flags);
    names(n, c);
    ndr_align(n, 4);
}

static void level_1(struct ndr *n, struct dim_connection_level *c)
{
    DIM_NUMBERS(n, &c->connection, &c->interface);
    nbf_and_address(n, &c->ppp);
    ipx_and_appletalk(n, &c->ppp);
    dim_number_array(n, c->statistics, 12);
}

static void level_2(struct ndr *n, struct dim_connection_level *c)
{
    ndr_u32(n, &c->connection);
    NDR_UNITS(n, c->user_name);
    ndr_u32(n, &c->type);
    dim_guid(n, &c->guid);
    newer_ppp(n, false, &c->ppp);
}

static void level_3(struct ndr *n, struct dim_connection_level *c)
{
    uint32_t version = 1, size = 788;

    DIM_NUMBERS(n, &version, &size, &c->connection);
    NDR_UNITS(n, c->user_name);
    ndr_u32(n, &c->type);
    dim_guid(n, &c->guid);
    newer_ppp(n, true, &c->ppp);
    DIM_NUMBERS(n, &c->quarantine_state, &c->probation_low, &c->probation_high);
}

/* The structure in memory, not as NDR has it: enumerations have 32 bits, and the projection lies at
 * a multiple of 8 octets whose size is that of the larger one. */
static void level_4(struct ndr *n, struct dim_connection_level *c)
{
    size_t start;

    DIM_NUMBERS(n, &c->duration, &c->type, &c->flags);
    names(n, c);
    dim_guid(n, &c->guid);
    DIM_NUMBERS(n, &c->quarantine_state, &c->probation_low, &c->probation_high, &c->start_low,
                &c->start_high);
    dim_number_array(n, c->statistics, 13);
    NDR_UNITS(n, c->remote_endpoint);
    NDR_UNITS(n, c->local_endpoint);
    ndr_u8(n, &c->projection);
    ndr_align(n, 8);
    start = n->position;
    dim_projection(n, c->projection, true, &c->ppp_2, &c->ikev2);
    ndr_fill(n, start + PROJECTION_SIZE);
    DIM_NUMBERS(n, &c->connection, &c->interface, &c->device_type);
    ndr_align(n, 8);
}

void dim_connection_high(struct ndr *n, struct dim_connection_level *c)
{
    if (n->reading && ndr_left(n) < sizeof(c->statistics_high)) return;
    dim_number_array(n, c->statistics_high, COUNT(c->statistics_high));
}

void dim_connection_level(struct ndr *n, uint32_t level, struct dim_connection_level *c)
{
    static void (*const levels[])(struct ndr *, struct dim_connection_level *) = {
        level_0, level_1, level_2, level_3, level_4};

    if (level < COUNT(levels)) {
        levels[level](n, c);
    } else {
        ndr_fail(n, ST_INVALID_LEVEL);
    }
}

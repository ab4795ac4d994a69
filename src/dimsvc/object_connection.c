/* RAS_CONNECTION_EX_IDL and RAS_UPDATE_CONNECTION_IDL (MS-RRASM 2.2.1.2.232 and the following).
 * They have no pointers. Enumerations have 16 bits in NDR (C706 14.2.5). */
#include "dimsvc/object_parts.h"

static void identifiers(struct ndr *n, uint8_t own[8], uint8_t remote[8], uint8_t prefix[8])
{
    ndr_octets(n, own, 8);
    ndr_octets(n, remote, 8);
    ndr_octets(n, prefix, 8);
}

static void ppp(struct ndr *n, bool level_4, struct dim_ppp *p)
{
    ndr_align(n, sizeof(p->ipv4_index));
    ndr_u32(n, &p->ipv4_error);
    NDR_UNITS(n, p->address);
    NDR_UNITS(n, p->remote_address);
    DIM_NUMBERS(n, &p->ipv4_options, &p->ipv4_remote_options);
    ndr_u64(n, &p->ipv4_index);
    ndr_u32(n, &p->ipv6_error);
    identifiers(n, p->interface_id, p->remote_interface_id, p->prefix);
    ndr_u32(n, &p->prefix_length);
    ndr_u64(n, &p->ipv6_index);
    DIM_NUMBERS(n, &p->lcp_error, &p->authentication, &p->authentication_data,
                &p->remote_authentication, &p->remote_authentication_data, &p->terminate_reason,
                &p->remote_terminate_reason, &p->lcp_options, &p->lcp_remote_options, &p->eap_type);
    if (level_4) ndr_u32(n, &p->embedded_eap_type);
    DIM_NUMBERS(n, &p->remote_eap_type, &p->ccp_error, &p->compression, &p->ccp_options,
                &p->remote_compression, &p->ccp_remote_options);
}

static void connection_ikev2(struct ndr *n, bool level_4, struct dim_ikev2_projection *p)
{
    ndr_align(n, sizeof(p->ipv4_index));
    ndr_u32(n, &p->ipv4_error);
    NDR_UNITS(n, p->address);
    NDR_UNITS(n, p->remote_address);
    ndr_u64(n, &p->ipv4_index);
    ndr_u32(n, &p->ipv6_error);
    identifiers(n, p->interface_id, p->remote_interface_id, p->prefix);
    ndr_u32(n, &p->prefix_length);
    ndr_u64(n, &p->ipv6_index);
    DIM_NUMBERS(n, &p->options, &p->authentication, &p->eap_type);
    if (level_4) ndr_u32(n, &p->embedded_eap_type);
    DIM_NUMBERS(n, &p->compression, &p->encryption);
}

void dim_projection(struct ndr *n, uint8_t type, bool level_4, struct dim_ppp *ppp_info,
                    struct dim_ikev2_projection *ikev2_info)
{
    if (type == DIM_PROJECTION_PPP) {
        ppp(n, level_4, ppp_info);
    } else if (type == DIM_PROJECTION_IKEV2) {
        connection_ikev2(n, level_4, ikev2_info);
    } else {
        ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    }
}

static void connection_names(struct ndr *n, struct dim_connection *c)
{
    NDR_UNITS(n, c->interface_name);
    NDR_UNITS(n, c->user_name);
    NDR_UNITS(n, c->domain);
    NDR_UNITS(n, c->remote_computer);
}

void dim_connection(struct ndr *n, struct dim_connection *c)
{
    static const uint8_t known[] = {1, 0};

    if (n->reading) *c = (struct dim_connection){0};
    dim_revision(n, &c->revision, known, 8, &c->header);
    ndr_u32(n, &c->duration);
    ndr_u16(n, &c->interface_type);
    ndr_u32(n, &c->flags);
    connection_names(n, c);
    dim_guid(n, &c->guid);
    ndr_u16(n, &c->quarantine_state);
    DIM_NUMBERS(n, &c->probation_low, &c->probation_high);
    dim_number_array(n, c->statistics, sizeof(c->statistics) / sizeof(c->statistics[0]));
    NDR_UNITS(n, c->remote_endpoint);
    NDR_UNITS(n, c->local_endpoint);
    ndr_u8(n, &c->projection);
    dim_projection(n, c->projection, false, &c->ppp, &c->ikev2);
    DIM_NUMBERS(n, &c->connection, &c->interface);
}

void dim_update(struct ndr *n, struct dim_update *u)
{
    static const uint8_t known[] = {1, DIM_UPDATE_LOCAL, 0};

    if (n->reading) *u = (struct dim_update){0};
    dim_revision(n, &u->revision, known, 4, &u->header);
    ndr_u32(n, &u->local_index);
    NDR_UNITS(n, u->remote_endpoint);
    if (u->revision == DIM_UPDATE_LOCAL) NDR_UNITS(n, u->local_endpoint);
}

/* Requests and responses, parameter by parameter as the table has them. */
#include "dimsvc/method_table.h"

#include <string.h>

#include "dimsvc/object_parts.h"

static void resume(struct ndr *n, struct dim_resume *r)
{
    r->present = ndr_pointer(n, r->present);
    if (r->present) {
        ndr_u32(n, &r->value);
    } else if (n->reading) {
        r->value = 0;
    }
}

static void info(struct ndr *n, struct dim_octets *octets)
{
    dim_octets(n, octets);
    dim_octets_targets(n, octets);
}

static void blocks(struct ndr *n, struct dim_blocks *b)
{
    ndr_u32(n, &b->want_interface);
    dim_octets(n, &b->interface);
    ndr_u32(n, &b->want_global);
    dim_octets(n, &b->global);
    dim_octets_targets(n, &b->interface);
    dim_octets_targets(n, &b->global);
}

static void mib(struct ndr *n, struct dim_mib *m)
{
    dim_octets(n, &m->in);
    dim_octets(n, &m->out);
    dim_octets_targets(n, &m->in);
    dim_octets_targets(n, &m->out);
}

static void text(struct ndr *n, const char16_t **text)
{
    if (!n->reading && !*text) {
        ndr_fail(n, ST_RPC_NULL_REF_POINTER);
    } else {
        ndr_text(n, text);
    }
}

static void text_pointer(struct ndr *n, const char16_t **text)
{
    if (ndr_pointer(n, *text != NULL)) {
        ndr_text(n, text);
    } else if (n->reading) {
        *text = NULL;
    }
}

static void connections(struct ndr *n, struct dim_connection **all, uint32_t count)
{
    void *elements = *all;

    if (!ndr_pointer(n, *all != NULL)) {
        if (n->reading) *all = NULL;
        return;
    }
    ndr_elements(n, &elements, count, sizeof(**all), DIM_CONNECTION_LEAST);
    *all = elements;
    for (uint32_t i = 0; elements && i < count; i++) dim_connection(n, &(*all)[i]);
}

static void structure(struct ndr *n, enum parameter_kind kind, struct dim_arguments *a)
{
    switch (kind) {
    case PARAMETER_BLOCKS:
        blocks(n, &a->blocks);
        break;
    case PARAMETER_MIB:
        mib(n, &a->mib);
        break;
    case PARAMETER_HEADER:
        dim_header(n, &a->header);
        break;
    case PARAMETER_SERVER:
        dim_server(n, &a->server);
        break;
    case PARAMETER_SERVER_SET:
        dim_server_set(n, &a->server_set);
        break;
    case PARAMETER_CUSTOM:
        dim_custom(n, &a->custom);
        break;
    case PARAMETER_CONNECTION:
        dim_connection(n, &a->connection_ex);
        break;
    case PARAMETER_CONNECTIONS:
        connections(n, &a->connections, a->entries_read);
        break;
    case PARAMETER_UPDATE:
        dim_update(n, &a->update);
        break;
    default:
        break;
    }
}

static void parameter(struct ndr *n, const struct parameter *p, struct dim_arguments *a)
{
    void *member = (char *)a + p->offset;

    switch ((enum parameter_kind)p->kind) {
    case PARAMETER_NUMBER:
        ndr_u32(n, member);
        break;
    case PARAMETER_RESUME:
        resume(n, member);
        break;
    case PARAMETER_INFO:
        info(n, member);
        break;
    case PARAMETER_TEXT:
        text(n, member);
        break;
    case PARAMETER_TEXT_POINTER:
        text_pointer(n, member);
        break;
    default:
        structure(n, (enum parameter_kind)p->kind, a);
        break;
    }
}

static void parameters(struct ndr *n, uint32_t method, uint8_t way, struct dim_arguments *a)
{
    const struct parameter *p = dim_methods[method].parameters;

    for (size_t i = 0; i < PARAMETERS_MAX && p[i].kind != PARAMETER_END; i++) {
        if (p[i].ways & way) parameter(n, &p[i], a);
    }
}

/* Some engines fill up to a multiple of 4 or 8 at the end; that is all that may be left. */
static void nothing_left(struct ndr *n)
{
    if (ndr_left(n) >= 8) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
}

const char *dim_method_name(uint32_t method)
{
    return method < DIM_METHODS ? dim_methods[method].name : NULL;
}

mpr_status dim_request(struct ndr *n, uint32_t method, struct dim_arguments *a)
{
    if (n->reading) memset(a, 0, sizeof(*a));
    if (method >= DIM_METHODS) {
        ndr_fail(n, ST_RPC_PROCNUM_OUT_OF_RANGE);
        return n->status;
    }
    parameters(n, method, WAY_IN, a);
    nothing_left(n);
    return n->status;
}

mpr_status dim_response(struct ndr *n, uint32_t method, struct dim_arguments *a, uint32_t *result)
{
    if (method >= DIM_METHODS) {
        ndr_fail(n, ST_RPC_PROCNUM_OUT_OF_RANGE);
    } else {
        parameters(n, method, WAY_OUT, a);
        ndr_u32(n, result);
        nothing_left(n);
    }
    if (n->reading && n->status != ST_OK) *result = 0;
    return n->status;
}

/* MPR_IF_CUSTOMINFOEX_IDL: settings of one interface (MS-RRASM 2.2.1.2.281 and the following). */
#include "dimsvc/object_parts.h"

#define SELECTOR_LEAST 48u /* octets that one has */

static struct dim_selector awaited_selectors;

static void selector(struct ndr *n, struct dim_selector *s)
{
    ndr_u32(n, &s->type);
    ndr_u8(n, &s->protocol);
    ndr_u16(n, &s->first_port);
    ndr_u16(n, &s->last_port);
    ndr_u16(n, &s->payload);
    ndr_u16(n, &s->first_family);
    ndr_octets(n, s->first, sizeof(s->first));
    ndr_u16(n, &s->last_family);
    ndr_octets(n, s->last, sizeof(s->last));
}

static void selectors(struct ndr *n, struct dim_selectors *s)
{
    bool set;

    ndr_u32(n, &s->count);
    set = ndr_pointer(n, s->rows != NULL);
    if (!n->reading) return;
    s->rows = set ? &awaited_selectors : NULL;
    if (!set) s->count = 0;
}

static void selectors_targets(struct ndr *n, struct dim_selectors *s)
{
    void *all = s->rows;

    if (!all) return;
    ndr_elements(n, &all, s->count, sizeof(*s->rows), SELECTOR_LEAST);
    s->rows = all;
    for (uint32_t i = 0; all && i < s->count; i++) selector(n, &s->rows[i]);
}

static void custom(struct ndr *n, struct dim_custom *c)
{
    DIM_NUMBERS(n, &c->flags, &c->sa_life_time, &c->sa_data_size);
    dim_octets(n, &c->certificate);
    dim_policy(n, &c->policy);
    if (c->revision == 1) return;
    dim_octets(n, &c->certificate_hash);
    if (c->revision == 2) return;
    ndr_u32(n, &c->main_mode_life);
    selectors(n, &c->initiator);
    selectors(n, &c->responder);
}

void dim_custom(struct ndr *n, struct dim_custom *c)
{
    static const uint8_t known[] = {1, 2, DIM_CUSTOM_SELECTORS, 0};

    if (n->reading) *c = (struct dim_custom){0};
    dim_revision(n, &c->revision, known, 4, &c->header);
    custom(n, c);

    dim_octets_targets(n, &c->certificate);
    dim_policy_targets(n, &c->policy);
    if (c->revision > 1) dim_octets_targets(n, &c->certificate_hash);
    if (c->revision < DIM_CUSTOM_SELECTORS) return;
    selectors_targets(n, &c->initiator);
    selectors_targets(n, &c->responder);
}

/* MPR_IF_CUSTOMINFOEX_IDL: settings of one interface (MS-RRASM 2.2.1.2.281 and the following). */
#include "dimsvc/object_parts.h"

void dim_custom(struct ndr *n, struct dim_custom *c)
{
    if (n->reading) *c = (struct dim_custom){0};
    dim_revision(n, &c->revision, 2, 4, &c->header);
    DIM_NUMBERS(n, &c->flags, &c->sa_life_time, &c->sa_data_size);
    dim_octets(n, &c->certificate);
    dim_policy(n, &c->policy);
    if (c->revision > 1) dim_octets(n, &c->certificate_hash);

    dim_octets_targets(n, &c->certificate);
    dim_policy_targets(n, &c->policy);
    if (c->revision > 1) dim_octets_targets(n, &c->certificate_hash);
}

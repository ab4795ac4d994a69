/* Parts of objects, and the pointers that wait for what they point to.
 *
 * While reading, a pointer that isn't NULL is remembered between the two functions of a structure
 * as one to an empty thing of its type, which its _targets function then replaces.
 */
#include "dimsvc/object_parts.h"

static const uint8_t awaited_octets[1];
static struct dim_policy awaited_policy;

void dim_header(struct ndr *n, struct dim_header *header)
{
    ndr_align(n, sizeof(header->size));
    ndr_u8(n, &header->revision);
    ndr_u8(n, &header->type);
    ndr_u16(n, &header->size);
}

void dim_revision(struct ndr *n, uint8_t *revision, const uint8_t known[], size_t arm_alignment,
                  struct dim_header *header)
{
    size_t i = 0;

    ndr_u8(n, revision);
    while (known[i] && known[i] != *revision) i++;
    if (!known[i]) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    ndr_align(n, arm_alignment);
    dim_header(n, header);
}

void dim_numbers(struct ndr *n, uint32_t *const numbers[])
{
    for (size_t i = 0; numbers[i]; i++) ndr_u32(n, numbers[i]);
}

void dim_number_array(struct ndr *n, uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) ndr_u32(n, &numbers[i]);
}

void dim_guid(struct ndr *n, struct dim_guid *g)
{
    ndr_u32(n, &g->data1);
    ndr_u16(n, &g->data2);
    ndr_u16(n, &g->data3);
    ndr_octets(n, g->data4, sizeof(g->data4));
}

void dim_octets(struct ndr *n, struct dim_octets *octets)
{
    bool set;

    ndr_u32(n, &octets->size);
    set = ndr_pointer(n, octets->data != NULL);
    if (!n->reading) return;
    octets->data = set ? awaited_octets : NULL;
    if (!set) octets->size = 0;
}

void dim_octets_targets(struct ndr *n, struct dim_octets *octets)
{
    if (octets->data) ndr_array(n, &octets->data, octets->size);
}

void dim_policy(struct ndr *n, struct dim_policy **policy)
{
    bool set = ndr_pointer(n, *policy != NULL);

    if (n->reading) *policy = set ? &awaited_policy : NULL;
}

void dim_policy_targets(struct ndr *n, struct dim_policy **policy)
{
    if (!*policy) return;
    if (n->reading) *policy = ndr_alloc(n, sizeof(**policy));
    if (*policy) dim_number_array(n, (*policy)->method, 6);
}

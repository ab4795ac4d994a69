/* What several objects are made of. The _targets functions are for what pointers point to, and come
 * behind the structure that the object is (C706 14.3.12.3). */
#ifndef MPR_DIMSVC_OBJECT_PARTS_H
#define MPR_DIMSVC_OBJECT_PARTS_H

#include "dimsvc/objects.h"

/* The first octet of an encapsulated union, which says which arm follows, and the arm's header.
 * known ends with 0. */
void dim_revision(struct ndr *n, uint8_t *revision, const uint8_t known[], size_t arm_alignment,
                  struct dim_header *header);
/* Several numbers one behind the other: DIM_NUMBERS(n, &a, &b, ...). */
#define DIM_NUMBERS(n, ...) dim_numbers((n), (uint32_t *const[]){__VA_ARGS__, NULL})
void dim_numbers(struct ndr *n, uint32_t *const numbers[]);
/* An array of them. */
void dim_number_array(struct ndr *n, uint32_t *numbers, size_t count);
/* PPP_ or IKEV2_PROJECTION_INFO, as type says, at a multiple of 8: _2 (level_4) has the type of EAP
 * that is embedded as well. ST_RPC_BAD_STUB_DATA: another type. */
void dim_projection(struct ndr *n, uint8_t type, bool level_4, struct dim_ppp *ppp,
                    struct dim_ikev2_projection *ikev2);
void dim_guid(struct ndr *n, struct dim_guid *guid);
void dim_octets(struct ndr *n, struct dim_octets *octets);
void dim_octets_targets(struct ndr *n, struct dim_octets *octets);
void dim_policy(struct ndr *n, struct dim_policy **policy);
void dim_policy_targets(struct ndr *n, struct dim_policy **policy);

#endif

/* The insides of RIPng, shared by its files only: what it adds to ripcore. */
#ifndef MPR_PROTOCOL_RIPNG_INTERNAL_H
#define MPR_PROTOCOL_RIPNG_INTERNAL_H

#include "protocol/ripng/config.h"
#include "protocol/ripng/packet.h"
#include "protocol/ripng/ripng.h"

/* address.c: as struct rip_family says */
bool ripng_is_bound(const struct ip_binding *b);
bool ripng_is_same_binding(const struct ip_binding *a, const struct ip_binding *b);
bool ripng_is_own(const struct rip_interface *i, const struct rtm_address *address);
bool ripng_is_on_link(const struct rip_interface *i, const struct rtm_address *address);
bool ripng_is_point_to_point(const struct rip_interface *i);
bool ripng_is_destination(const struct rtm_prefix *prefix);
bool ripng_is_filtered(const struct rip_global_config *g, const struct rtm_address *source);

/* input.c */
enum rip_drop ripng_parse(const struct rip_interface *i, struct rip_packet *ret,
                          const struct protocol_datagram *d);
enum rip_drop ripng_read(const struct rip_interface *i, const struct rtm_address *from,
                         struct rip_packet *p, struct rip_advert *ret);
bool ripng_asks_for_table(const struct rip_packet *p);

/* output.c */
uint8_t ripng_version(const struct rip_interface *i, const struct rip_packet *request);
bool ripng_wants_group(const struct rip_if_config *c);
mpr_status ripng_listen(struct rip_interface *i, bool start);
void ripng_request_table(struct rip_interface *i);
void ripng_answer_entries(struct rip_interface *i, struct rip_packet *p,
                          const struct rip_target *target);
void ripng_begin(const struct rip_interface *i, struct rip_announcement *a);
void ripng_put(const struct rip_interface *i, struct rip_announcement *a,
               const struct rip_advert *e);
bool ripng_is_full(const struct rip_announcement *a);
void ripng_send(struct rip_interface *i, void *out, const struct rip_target *target);

#endif

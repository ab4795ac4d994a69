/* IPRIP_GLOBAL_CONFIG and IPRIP_IF_CONFIG in decoded form, and those of RIPng, which have the same
 * members. */
#ifndef MPR_PROTOCOL_RIPCORE_CONFIG_H
#define MPR_PROTOCOL_RIPCORE_CONFIG_H

#include "protocol/protocol.h"

enum rip_list_mode { RIP_LIST_OFF = 0, RIP_LIST_INCLUDE = 1, RIP_LIST_EXCLUDE = 2 };
enum rip_update_mode { RIP_PERIODIC = 0, RIP_DEMAND = 1 };
/* RIPng: RIP_OFF or RIP_V1, its only version. */
enum rip_wire_mode { RIP_OFF = 0, RIP_V1 = 1, RIP_COMPATIBLE = 2, RIP_V2 = 3 };
enum rip_auth_type { RIP_AUTH_NONE = 1, RIP_AUTH_PASSWORD = 2, RIP_AUTH_MD5 = 3 };
enum rip_peer_mode { RIP_PEERS_OFF = 0, RIP_PEERS_ALSO = 1, RIP_PEERS_ONLY = 2 };

/* IC_ProtocolFlags */
enum {
    RIP_ACCEPT_HOST = 0x1,
    RIP_ANNOUNCE_HOST = 0x2,
    RIP_ACCEPT_DEFAULT = 0x4,
    RIP_ANNOUNCE_DEFAULT = 0x8,
    RIP_SPLIT_HORIZON = 0x10,
    RIP_POISON_REVERSE = 0x20, /* implies split horizon */
    RIP_GRACEFUL_SHUTDOWN = 0x40,
    RIP_TRIGGERED = 0x80,
    RIP_OVERWRITE_STATIC = 0x100, /* kept, without effect: preference decides */
    RIP_NO_SUBNET_SUMMARY = 0x200
};

#define RIP_KEY_SIZE 16u
#define RIP_LIST_MAX 4096u /* elements of any of the lists */

struct rip_global_config {
    uint32_t logging_level, receive_queue, send_queue;
    uint32_t triggered_interval; /* s; least time between triggered updates */
    uint32_t filter_mode;        /* enum rip_list_mode, about neighbours */
    uint32_t filter_count;
    uint32_t *filter; /* addresses, host order; NULL for RIPng */
    struct rtm_address *filter6;
};

struct rip_range {
    uint32_t low, high; /* host order, both included */
};

struct rip_range6 {
    struct rtm_address low, high;
};

struct rip_if_config {
    uint32_t metric, update_mode, accept_mode, announce_mode, flags;
    uint32_t expiration, removal, full_update; /* s */
    uint32_t auth_type;
    uint8_t key[RIP_KEY_SIZE];
    uint16_t tag;
    uint32_t peer_mode, accept_filter_mode, announce_filter_mode;
    uint32_t peer_count, accept_count, announce_count;
    uint32_t *peers;
    struct rip_range *accept, *announce; /* NULL for RIPng */
    struct rip_range6 *accept6, *announce6;
};

/* What differs between the blocks of both. */
struct rip_form {
    const char *name, *global, *interface; /* of the protocol and of the blocks, in log lines */
    bool ipv6;
};

/* A missing or empty block gives the defaults. ST_INVALID_PARAMETER with a trace line about the
 * first field that can't be; on any failure *ret is untouched. */
mpr_status rip_form_global_decode(const struct rip_form *form, struct rip_global_config *ret,
                                  const struct protocol_info *info);
mpr_status rip_form_if_decode(const struct rip_form *form, struct rip_if_config *ret,
                              enum net_interface_type type, const struct protocol_info *info);

/* Into memory of mem_alloc. state is IC_State; without with_key the key is zeros, as in the MIB. */
mpr_status rip_form_global_encode(const struct rip_form *form, const struct rip_global_config *c,
                                  void **ret_data, size_t *ret_size);
mpr_status rip_form_if_encode(const struct rip_form *form, const struct rip_if_config *c,
                              uint32_t state, bool with_key, void **ret_data, size_t *ret_size);

void rip_global_free(struct rip_global_config *c);
void rip_if_free(struct rip_if_config *c);
/* What announcing needs of it; false: no memory. */
bool rip_if_copy(struct rip_if_config *ret, const struct rip_if_config *c);

/* Whether a list in the given mode lets a value pass. */
bool rip_filter_passes(uint32_t mode, const uint32_t *list, uint32_t count, uint32_t address);
bool rip_ranges_pass(uint32_t mode, const struct rip_range *list, uint32_t count, uint32_t address);
bool rip_filter_passes6(uint32_t mode, const struct rtm_address *list, uint32_t count,
                        const struct rtm_address *address);
bool rip_ranges_pass6(uint32_t mode, const struct rip_range6 *list, uint32_t count,
                      const struct rtm_address *address);

#endif

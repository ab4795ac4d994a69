/* Configuration blocks of RIP and RIPng.
 *
 * The blocks are Windows structures: little-endian DWORDs, IPv4 addresses in network order, lists
 * behind the fixed part in the order of their counts:
 *
 *   IPRIP_GLOBAL_CONFIG (24): logging, receive queue, send queue, triggered interval, peer filter
 *       mode, count; then count addresses.
 *   IPRIP_IF_CONFIG (84): state, metric, update mode, accept mode, announce mode, flags, expiry,
 *       removal, full update, authentication type, key[16], WORD tag, WORD padding, peer mode,
 *       accept filter mode, announce filter mode, three counts; then the unicast peers, the accept
 *       ranges and the announce ranges (two addresses each).
 *
 * RIPng's RIPNG_GLOBAL_CONFIG and RIPNG_IF_CONFIG are ours: the same, but that an address has 16
 * octets; that it has no authentication and no unicast neighbours, so type 1, the key, and mode and
 * count of the peers are fixed; and that a mode is 0 or 1.
 *
 * Limits are those of the administration tools of Windows: metric 1..15, expiry and removal
 * 15..259200 s, full update 15..86400 s.
 */
#include "protocol/ripcore/config.h"

#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/trace.h"
#include "protocol/ripcore/config_lists.h"

#define GLOBAL_SIZE 24u
#define IF_SIZE     84u
#define DAY         86400u

/* A field that must be in a range; what fails is named in the log. */
struct rule {
    const char *name;
    uint32_t value, low, high;
};

static bool rules_hold(const char *protocol, const struct rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rules[i].value >= rules[i].low && rules[i].value <= rules[i].high) continue;
        TRACE(ERROR, "%s: configuration: %s is %u, not %u..%u", protocol, rules[i].name,
              (unsigned)rules[i].value, (unsigned)rules[i].low, (unsigned)rules[i].high);
        return false;
    }
    return true;
}

static bool given(const struct protocol_info *info)
{
    return info && info->data && info->size && info->count;
}

static mpr_status too_short(const struct rip_form *form, const char *block)
{
    TRACE(ERROR, "%s: configuration: %s is too short for its lists", form->name, block);
    return ST_INVALID_PARAMETER;
}

static size_t address_size(const struct rip_form *form)
{
    return form->ipv6 ? RTM_IPV6 : RTM_IPV4;
}

static bool global_holds(const struct rip_form *form, const struct rip_global_config *c)
{
    const struct rule rules[] = {
        {"GC_LoggingLevel", c->logging_level, 0, 3},
        {"GC_MinTriggeredUpdateInterval", c->triggered_interval, 1, DAY},
        {"GC_PeerFilterMode", c->filter_mode, RIP_LIST_OFF, RIP_LIST_EXCLUDE},
        {"GC_PeerFilterCount", c->filter_count, 0, RIP_LIST_MAX},
    };

    return rules_hold(form->name, rules, sizeof(rules) / sizeof(*rules));
}

mpr_status rip_form_global_decode(const struct rip_form *form, struct rip_global_config *ret,
                                  const struct protocol_info *info)
{
    struct reader r;
    struct rip_global_config c = {0};

    if (!given(info)) {
        *ret = (struct rip_global_config){.logging_level = 1,
                                          .receive_queue = 1 << 20,
                                          .send_queue = 1 << 20,
                                          .triggered_interval = 5};
        return ST_OK;
    }
    reader_init(&r, info->data, info->size);
    c.logging_level = rd_le32(&r);
    c.receive_queue = rd_le32(&r);
    c.send_queue = rd_le32(&r);
    c.triggered_interval = rd_le32(&r);
    c.filter_mode = rd_le32(&r);
    c.filter_count = rd_le32(&r);
    if (r.failed) return too_short(form, form->global);
    if (!global_holds(form, &c)) return ST_INVALID_PARAMETER;
    if (reader_left(&r) / address_size(form) < c.filter_count) return too_short(form, form->global);
    if (!rip_lists_read_global(form, &r, &c)) return ST_NOT_ENOUGH_MEMORY;
    *ret = c;
    return ST_OK;
}

static bool if_holds(const struct rip_form *form, const struct rip_if_config *c)
{
    const uint32_t mode_max = form->ipv6 ? RIP_V1 : RIP_V2;
    const uint32_t auth_max = form->ipv6 ? RIP_AUTH_NONE : RIP_AUTH_MD5;
    const uint32_t peers_max = form->ipv6 ? RIP_PEERS_OFF : RIP_PEERS_ONLY;
    const struct rule rules[] = {
        {"IC_Metric", c->metric, 1, 15},
        {"IC_UpdateMode", c->update_mode, RIP_PERIODIC, RIP_DEMAND},
        {"IC_AcceptMode", c->accept_mode, RIP_OFF, mode_max},
        {"IC_AnnounceMode", c->announce_mode, RIP_OFF, mode_max},
        {"IC_RouteExpirationInterval", c->expiration, 15, 3 * DAY},
        {"IC_RouteRemovalInterval", c->removal, 15, 3 * DAY},
        {"IC_FullUpdateInterval", c->full_update, 15, DAY},
        {"IC_AuthenticationType", c->auth_type, RIP_AUTH_NONE, auth_max},
        {"IC_UnicastPeerMode", c->peer_mode, RIP_PEERS_OFF, peers_max},
        {"IC_AcceptFilterMode", c->accept_filter_mode, RIP_LIST_OFF, RIP_LIST_EXCLUDE},
        {"IC_AnnounceFilterMode", c->announce_filter_mode, RIP_LIST_OFF, RIP_LIST_EXCLUDE},
        {"IC_UnicastPeerCount", c->peer_count, 0, form->ipv6 ? 0 : RIP_LIST_MAX},
        {"IC_AcceptFilterCount", c->accept_count, 0, RIP_LIST_MAX},
        {"IC_AnnounceFilterCount", c->announce_count, 0, RIP_LIST_MAX},
    };

    return rules_hold(form->name, rules, sizeof(rules) / sizeof(*rules));
}

/* Windows' defaults: a LAN interface speaks to old neighbours, too; a dial interface is quiet. */
static struct rip_if_config if_default(const struct rip_form *form, enum net_interface_type type)
{
    bool dial = type == NET_DEMAND_DIAL;

    return (struct rip_if_config){.metric = 1,
                                  .update_mode = dial ? RIP_DEMAND : RIP_PERIODIC,
                                  .accept_mode = form->ipv6 ? RIP_V1 : RIP_COMPATIBLE,
                                  .announce_mode = form->ipv6 ? RIP_V1
                                                   : dial     ? RIP_V2
                                                              : RIP_COMPATIBLE,
                                  .flags = RIP_SPLIT_HORIZON | RIP_POISON_REVERSE |
                                           RIP_GRACEFUL_SHUTDOWN | RIP_TRIGGERED |
                                           RIP_NO_SUBNET_SUMMARY,
                                  .expiration = 180,
                                  .removal = 120,
                                  .full_update = 30,
                                  .auth_type = RIP_AUTH_NONE};
}

static void read_if(struct reader *r, struct rip_if_config *c)
{
    rd_skip(r, 4); /* IC_State: told, not taken */
    c->metric = rd_le32(r);
    c->update_mode = rd_le32(r);
    c->accept_mode = rd_le32(r);
    c->announce_mode = rd_le32(r);
    c->flags = rd_le32(r);
    c->expiration = rd_le32(r);
    c->removal = rd_le32(r);
    c->full_update = rd_le32(r);
    c->auth_type = rd_le32(r);
    rd_bytes(r, c->key, sizeof(c->key));
    c->tag = rd_le16(r);
    rd_skip(r, 2);
    c->peer_mode = rd_le32(r);
    c->accept_filter_mode = rd_le32(r);
    c->announce_filter_mode = rd_le32(r);
    c->peer_count = rd_le32(r);
    c->accept_count = rd_le32(r);
    c->announce_count = rd_le32(r);
}

mpr_status rip_form_if_decode(const struct rip_form *form, struct rip_if_config *ret,
                              enum net_interface_type type, const struct protocol_info *info)
{
    struct reader r;
    struct rip_if_config c = {0};
    mpr_status status;

    if (!given(info)) {
        *ret = if_default(form, type);
        return ST_OK;
    }
    reader_init(&r, info->data, info->size);
    read_if(&r, &c);
    if (r.failed) return too_short(form, form->interface);
    if (!if_holds(form, &c)) return ST_INVALID_PARAMETER;
    if (reader_left(&r) / address_size(form) <
        c.peer_count + 2 * (c.accept_count + c.announce_count))
        return too_short(form, form->interface);
    status = rip_lists_read_if(form, &r, &c);
    if (status != ST_OK) {
        rip_if_free(&c);
        return status;
    }
    *ret = c;
    return ST_OK;
}

void rip_global_free(struct rip_global_config *c)
{
    mem_free(c->filter);
    mem_free(c->filter6);
    *c = (struct rip_global_config){0};
}

void rip_if_free(struct rip_if_config *c)
{
    mem_free(c->peers);
    mem_free(c->accept);
    mem_free(c->announce);
    mem_free(c->accept6);
    mem_free(c->announce6);
    *c = (struct rip_if_config){0};
}

mpr_status rip_form_global_encode(const struct rip_form *form, const struct rip_global_config *c,
                                  void **ret_data, size_t *ret_size)
{
    size_t size = GLOBAL_SIZE + address_size(form) * c->filter_count;
    struct writer w;

    *ret_data = mem_alloc(size);
    if (!*ret_data) return ST_NOT_ENOUGH_MEMORY;
    *ret_size = size;
    writer_init(&w, *ret_data, size);
    wr_le32(&w, c->logging_level);
    wr_le32(&w, c->receive_queue);
    wr_le32(&w, c->send_queue);
    wr_le32(&w, c->triggered_interval);
    wr_le32(&w, c->filter_mode);
    wr_le32(&w, c->filter_count);
    rip_lists_write_global(&w, c);
    return ST_OK;
}

static void write_if(struct writer *w, const struct rip_if_config *c, uint32_t state, bool with_key)
{
    static const uint8_t no_key[RIP_KEY_SIZE];

    wr_le32(w, state);
    wr_le32(w, c->metric);
    wr_le32(w, c->update_mode);
    wr_le32(w, c->accept_mode);
    wr_le32(w, c->announce_mode);
    wr_le32(w, c->flags);
    wr_le32(w, c->expiration);
    wr_le32(w, c->removal);
    wr_le32(w, c->full_update);
    wr_le32(w, c->auth_type);
    wr_bytes(w, with_key ? c->key : no_key, RIP_KEY_SIZE);
    wr_le16(w, c->tag);
    wr_zero(w, 2);
    wr_le32(w, c->peer_mode);
    wr_le32(w, c->accept_filter_mode);
    wr_le32(w, c->announce_filter_mode);
    wr_le32(w, c->peer_count);
    wr_le32(w, c->accept_count);
    wr_le32(w, c->announce_count);
}

mpr_status rip_form_if_encode(const struct rip_form *form, const struct rip_if_config *c,
                              uint32_t state, bool with_key, void **ret_data, size_t *ret_size)
{
    size_t size =
        IF_SIZE + address_size(form) * ((size_t)c->peer_count + 2 * (size_t)c->accept_count +
                                        2 * (size_t)c->announce_count);
    struct writer w;

    *ret_data = mem_alloc(size);
    if (!*ret_data) return ST_NOT_ENOUGH_MEMORY;
    *ret_size = size;
    writer_init(&w, *ret_data, size);
    write_if(&w, c, state, with_key);
    rip_lists_write_if(&w, c);
    return ST_OK;
}

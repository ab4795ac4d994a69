#include "protocol/ripcore/config_lists.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"

/* ---- reading --------------------------------------------------------------------------------- */

/* Counts were checked against RIP_LIST_MAX. NULL list with count 0. */
static bool read_addresses(struct reader *r, uint32_t **ret, uint32_t count)
{
    *ret = count ? mem_alloc_array(count, sizeof(**ret)) : NULL;
    for (uint32_t i = 0; *ret && i < count; i++) (*ret)[i] = rd_be32(r);
    return *ret || !count;
}

static bool read_addresses6(struct reader *r, struct rtm_address **ret, uint32_t count)
{
    *ret = count ? mem_alloc_array(count, sizeof(**ret)) : NULL;
    if (*ret) rd_bytes(r, *ret, count * sizeof(**ret));
    return *ret || !count;
}

static bool read_ranges(struct reader *r, struct rip_range **ret, uint32_t count)
{
    *ret = count ? mem_alloc_array(count, sizeof(**ret)) : NULL;
    for (uint32_t i = 0; *ret && i < count; i++) {
        (*ret)[i].low = rd_be32(r);
        (*ret)[i].high = rd_be32(r);
    }
    return *ret || !count;
}

static bool read_ranges6(struct reader *r, struct rip_range6 **ret, uint32_t count)
{
    *ret = count ? mem_alloc_array(count, sizeof(**ret)) : NULL;
    if (*ret) rd_bytes(r, *ret, count * sizeof(**ret));
    return *ret || !count;
}

static bool range_holds(const struct rip_form *form, const char *name, uint32_t number, bool empty)
{
    if (empty)
        TRACE(ERROR, "%s: configuration: %s %u is an empty range", form->name, name,
              (unsigned)number);
    return !empty;
}

static bool ranges_hold(const struct rip_form *form, const char *name, const struct rip_range *list,
                        const struct rip_range6 *list6, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool empty = list ? list[i].low > list[i].high
                          : memcmp(&list6[i].low, &list6[i].high, sizeof(list6[i].low)) > 0;

        if (!range_holds(form, name, i, empty)) return false;
    }
    return true;
}

static bool peers_hold(const uint32_t *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (list[i] < 0x01000000 || list[i] >= 0xE0000000 || list[i] >> 24 == 127) {
            TRACE(ERROR, "rip: configuration: unicast peer %u is no host address", (unsigned)i);
            return false;
        }
    }
    return true;
}

bool rip_lists_read_global(const struct rip_form *form, struct reader *r,
                           struct rip_global_config *c)
{
    return form->ipv6 ? read_addresses6(r, &c->filter6, c->filter_count)
                      : read_addresses(r, &c->filter, c->filter_count);
}

mpr_status rip_lists_read_if(const struct rip_form *form, struct reader *r, struct rip_if_config *c)
{
    bool read = form->ipv6 ? read_ranges6(r, &c->accept6, c->accept_count) &&
                                 read_ranges6(r, &c->announce6, c->announce_count)
                           : read_addresses(r, &c->peers, c->peer_count) &&
                                 read_ranges(r, &c->accept, c->accept_count) &&
                                 read_ranges(r, &c->announce, c->announce_count);

    if (!read) return ST_NOT_ENOUGH_MEMORY;
    return peers_hold(c->peers, c->peer_count) &&
                   ranges_hold(form, "accept filter", c->accept, c->accept6, c->accept_count) &&
                   ranges_hold(form, "announce filter", c->announce, c->announce6,
                               c->announce_count)
               ? ST_OK
               : ST_INVALID_PARAMETER;
}

/* ---- copying and writing --------------------------------------------------------------------- */

/* NULL where there is none; *ok is false when there is no memory. */
static void *copy_list(const void *list, uint32_t count, size_t size, bool *ok)
{
    void *copy = list && count ? mem_dup(list, count * size) : NULL;

    *ok = *ok && (copy || !list || !count);
    return copy;
}

bool rip_if_copy(struct rip_if_config *ret, const struct rip_if_config *c)
{
    bool ok = true;

    *ret = *c;
    ret->accept = NULL;
    ret->accept6 = NULL;
    ret->accept_count = 0;
    ret->peers = copy_list(c->peers, c->peer_count, sizeof(*c->peers), &ok);
    ret->announce = copy_list(c->announce, c->announce_count, sizeof(*c->announce), &ok);
    ret->announce6 = copy_list(c->announce6, c->announce_count, sizeof(*c->announce6), &ok);
    if (!ok) rip_if_free(ret);
    return ok;
}

void rip_lists_write_global(struct writer *w, const struct rip_global_config *c)
{
    for (uint32_t i = 0; c->filter && i < c->filter_count; i++) wr_be32(w, c->filter[i]);
    if (c->filter6) wr_bytes(w, c->filter6, c->filter_count * sizeof(*c->filter6));
}

static void write_ranges(struct writer *w, const struct rip_range *list,
                         const struct rip_range6 *list6, uint32_t count)
{
    for (uint32_t i = 0; list && i < count; i++) {
        wr_be32(w, list[i].low);
        wr_be32(w, list[i].high);
    }
    if (list6) wr_bytes(w, list6, count * sizeof(*list6));
}

void rip_lists_write_if(struct writer *w, const struct rip_if_config *c)
{
    for (uint32_t i = 0; i < c->peer_count; i++) wr_be32(w, c->peers[i]);
    write_ranges(w, c->accept, c->accept6, c->accept_count);
    write_ranges(w, c->announce, c->announce6, c->announce_count);
}

/* ---- asking ---------------------------------------------------------------------------------- */

bool rip_filter_passes(uint32_t mode, const uint32_t *list, uint32_t count, uint32_t address)
{
    uint32_t i = 0;

    if (mode == RIP_LIST_OFF) return true;
    while (i < count && list[i] != address) i++;
    return (i < count) == (mode == RIP_LIST_INCLUDE);
}

bool rip_ranges_pass(uint32_t mode, const struct rip_range *list, uint32_t count, uint32_t address)
{
    uint32_t i = 0;

    if (mode == RIP_LIST_OFF) return true;
    while (i < count && !(address >= list[i].low && address <= list[i].high)) i++;
    return (i < count) == (mode == RIP_LIST_INCLUDE);
}

bool rip_filter_passes6(uint32_t mode, const struct rtm_address *list, uint32_t count,
                        const struct rtm_address *address)
{
    uint32_t i = 0;

    if (mode == RIP_LIST_OFF) return true;
    while (i < count && memcmp(&list[i], address, sizeof(*address)) != 0) i++;
    return (i < count) == (mode == RIP_LIST_INCLUDE);
}

static bool is_in(const struct rip_range6 *range, const struct rtm_address *address)
{
    return memcmp(address, &range->low, sizeof(*address)) >= 0 &&
           memcmp(address, &range->high, sizeof(*address)) <= 0;
}

bool rip_ranges_pass6(uint32_t mode, const struct rip_range6 *list, uint32_t count,
                      const struct rtm_address *address)
{
    uint32_t i = 0;

    if (mode == RIP_LIST_OFF) return true;
    while (i < count && !is_in(&list[i], address)) i++;
    return (i < count) == (mode == RIP_LIST_INCLUDE);
}

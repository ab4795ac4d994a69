#include "protocol/ripng/ripng.h"

#include "protocol/ripng/internal.h"

const struct rip_form ripng_form = {
    .name = "ripng", .global = "RIPNG_GLOBAL_CONFIG", .interface = "RIPNG_IF_CONFIG", .ipv6 = true};

static const struct rip_family ripng_family = {
    .name = "ripng",
    .protocol_id = RIPNG_PROTOCOL_ID,
    .family = RTM_IPV6,
    .out_size = sizeof(struct ripng_builder),
    .route_limit = RIPNG_ROUTE_LIMIT,
    .form = &ripng_form,
    .is_bound = ripng_is_bound,
    .is_same_binding = ripng_is_same_binding,
    .is_own = ripng_is_own,
    .is_on_link = ripng_is_on_link,
    .is_point_to_point = ripng_is_point_to_point,
    .is_destination = ripng_is_destination,
    .wants_group = ripng_wants_group,
    .listen = ripng_listen,
    .parse = ripng_parse,
    .is_filtered = ripng_is_filtered,
    .read = ripng_read,
    .asks_for_table = ripng_asks_for_table,
    .version = ripng_version,
    .request_table = ripng_request_table,
    .answer_entries = ripng_answer_entries,
    .begin = ripng_begin,
    .put = ripng_put,
    .is_full = ripng_is_full,
    .send = ripng_send,
};

static mpr_status start(struct protocol_instance **ret, const struct protocol_support *support,
                        const struct protocol_system *system, const struct protocol_info *global)
{
    return rip_start(&ripng_family, ret, support, system, global);
}

const struct routing_protocol ripng_protocol = {
    .name = "RIPng",
    .protocol_id = RIPNG_PROTOCOL_ID,
    .functionality = PROTOCOL_ROUTING_V6 | PROTOCOL_DEMAND_UPDATE_ROUTES,
    .start = start,
    RIP_ENTRY_POINTS,
};

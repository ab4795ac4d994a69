#include "protocol/rip/rip.h"

#include "protocol/rip/internal.h"

const struct rip_family rip_ipv4_family = {
    .name = "rip",
    .protocol_id = RIP_PROTOCOL_ID,
    .family = RTM_IPV4,
    .out_size = sizeof(struct rip_out),
    .route_limit = RIP_ROUTE_LIMIT,
    .form = &rip_ipv4_form,
    .is_bound = rip_is_bound_ipv4,
    .is_same_binding = rip_is_same_binding_ipv4,
    .is_own = rip_is_own,
    .is_on_link = rip_is_on_link,
    .is_point_to_point = rip_is_point_to_point,
    .is_destination = rip_is_destination,
    .wants_group = rip_wants_group,
    .listen = rip_listen,
    .parse = rip_parse,
    .check = rip_check_sequence,
    .is_filtered = rip_is_filtered,
    .read = rip_read,
    .asks_for_table = rip_asks_for_table,
    .version = rip_version,
    .request_table = rip_request_table,
    .request_mark = rip_request_mark,
    .read_mark = rip_mark_read,
    .answer_entries = rip_answer_entries,
    .begin = rip_begin,
    .put = rip_put,
    .is_full = rip_is_full,
    .send = rip_send,
    .instead_begin = rip_summaries_begin,
    .instead = rip_summarise,
    .instead_waits = rip_summaries_wait,
    .instead_tell = rip_summaries_tell,
    .instead_end = rip_summaries_end,
};

static mpr_status start(struct protocol_instance **ret, const struct protocol_support *support,
                        const struct protocol_system *system, const struct protocol_info *global)
{
    return rip_start(&rip_ipv4_family, ret, support, system, global);
}

const struct routing_protocol rip_protocol = {
    .name = "RIP",
    .protocol_id = RIP_PROTOCOL_ID,
    .functionality = PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES,
    .start = start,
    RIP_ENTRY_POINTS,
};

/* What the router asks for. */
#include "hostroutes/linux/program.h"

#include <errno.h>
#include <string.h>

#define METRIC_IPV6 1024u /* what the kernel makes of 0 in IPv6 */

/* The first error of a record is its error. */
static void note_error(struct program *p, uint32_t record, int error)
{
    if (record == PLAN_NONE) {
        if (!p->first_error) p->first_error = (uint32_t)error;
    } else if (record < HR_BATCH_MAX && !p->errors[record]) {
        p->errors[record] = (uint16_t)error;
    }
}

void request_failed(void *program, enum plan_operation operation, const struct hr_route *route,
                    uint32_t record, int error)
{
    struct program *p = program;

    if (operation != PLAN_REMOVE) plan_failed(p->plan, route);
    note_error(p, record, error);
}

static void answer(struct program *p, const struct hr_header *request)
{
    output_begin(p->output, HR_DONE, 0, request->sequence);
    for (uint32_t i = 0; i < request->count; i++) {
        const struct hr_error e = {i, p->errors[i]};

        if (e.error) hr_error_write(output_more(p->output), &e);
    }
    output_flush(p->output);
}

/* As it will be found. */
static bool adjust(struct hr_route *route)
{
    route->protocol = 0;
    if (route->family == HR_IPV6 && !route->metric) route->metric = METRIC_IPV6;
    return route->interface != 0;
}

static bool change(struct program *p, struct reader *body, uint32_t record)
{
    struct hr_change c;
    bool usable;

    if (!hr_change_read(body, &c)) return false;
    usable = adjust(&c.route);
    if (c.operation == HR_DELETE)
        plan_delete(p->plan, &c.route, record);
    else if (!usable)
        note_error(p, record, EINVAL);
    else if (plan_put(p->plan, &c.route, record) != ST_OK)
        note_error(p, record, ENOMEM);
    return true;
}

/* Malformed records end the program, but those before them have been carried out. */
static bool change_all(struct program *p, const struct hr_header *header, struct reader *body)
{
    bool valid = true;

    for (uint32_t i = 0; i < header->count && valid; i++) valid = change(p, body, i);
    return valid;
}

bool request_handle(struct program *p, const struct hr_header *header, struct reader *body)
{
    bool valid = false;

    memset(p->errors, 0, header->count * sizeof(*p->errors));
    if (header->type == HR_ROUTES) valid = change_all(p, header, body);
    if (header->type == HR_SETTLE && !header->count) {
        plan_settle(p->plan);
        valid = true;
    }
    if (header->type == HR_HOLD && !header->count) {
        demand_hold(p);
        valid = true;
    }
    sender_flush(p->sender);
    if (!valid || reader_left(body)) return false;
    if (sender_in_doubt(p->sender)) p->look_due = true;
    answer(p, header);
    return true;
}

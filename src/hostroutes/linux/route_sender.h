/* The operations of a plan, carried out in the kernel.
 *
 * Some hundred of them go in one send: the kernel carries them out before it returns, and what it
 * has to say about them is then there to be read. Only errors are, and one acknowledgement that
 * shows that nothing was lost. */
#ifndef MPR_HOSTROUTES_ROUTE_SENDER_H
#define MPR_HOSTROUTES_ROUTE_SENDER_H

#include "hostroutes/linux/netlink.h"
#include "hostroutes/route_plan.h"

struct route_sender;

/* An operation failed, whose record is that of plan_emit_fn. Not for a removal of what was gone. */
typedef void sender_failed_fn(void *context, enum plan_operation operation,
                              const struct hr_route *route, uint32_t record, int error);

struct sender_config {
    uint8_t protocol;
    uint32_t table;
    sender_failed_fn *failed;
    void *context;
};

/* 0, or an errno. */
int sender_open(struct route_sender **ret, const struct sender_config *config);
void sender_close(struct route_sender *s);
/* Its messages' port, for netlink_filter_routes. */
uint32_t sender_port(const struct route_sender *s);

/* plan_emit_fn with the sender as context: queues, and sends when the queue is full. */
void sender_emit(void *sender, enum plan_operation operation, const struct hr_route *route,
                 uint32_t record);
/* Sends what is queued. */
void sender_flush(struct route_sender *s);
/* Whether since the last call it became uncertain what was carried out: look at the host. */
bool sender_in_doubt(struct route_sender *s);

#endif

/* The program between its start and its end; see message.h for what it says and is told. */
#ifndef MPR_HOSTROUTES_PROGRAM_H
#define MPR_HOSTROUTES_PROGRAM_H

#include <signal.h>

#include "hostroutes/linux/hold.h"
#include "hostroutes/linux/monitor.h"
#include "hostroutes/linux/options.h"
#include "hostroutes/linux/output.h"
#include "hostroutes/linux/route_sender.h"
#include "hostroutes/packet_sample.h"

/* What main's signal handler sets. */
extern volatile sig_atomic_t program_told_to_end;

struct program {
    const struct options *options;
    struct output *output;
    struct route_sender *sender;
    struct route_plan *plan;
    struct monitor monitor;
    struct hold hold;
    struct packet_sample sample;
    bool has_table;        /* routes are put there; else only events are told */
    unsigned switched;     /* HR_FORWARD_* */
    struct hr_link *links; /* as last told */
    size_t link_count, link_capacity;
    bool look_due;
    uint64_t looked; /* ms; when last */
    bool snapshot;   /* objects are those of one */
    uint32_t found;  /* routes, by the last look */
    struct hr_restored told;
    uint32_t first_error;          /* of operations that no record asked for */
    uint16_t errors[HR_BATCH_MAX]; /* errno of each record of the request at hand, or 0 */
};

uint64_t program_now(void); /* ms */

/* ---- request.c ---- */

/* sender_failed_fn; the context is the program. */
void request_failed(void *program, enum plan_operation operation, const struct hr_route *route,
                    uint32_t record, int error);
/* Carries out a message of the router's and answers it. False: it is malformed. */
bool request_handle(struct program *p, const struct hr_header *header, struct reader *body);

/* ---- demand.c ---- */

/* The device that holds routes is wanted: makes it if it is not there, and tells what became of it.
 */
void demand_hold(struct program *p);
/* There is something to read from the device. */
void demand_read(struct program *p);

/* ---- look.c ---- */

/* monitor_object_fn: notes what concerns the router's routes, and tells the router the rest. */
void look_at_object(void *program, const struct host_object *object);
/* Tells the router all of the host. 0, or an errno. */
int look_snapshot(struct program *p, enum hr_cause cause);
/* Compares the host's routes with the plan and puts right what differs. 0, or an errno. */
int look_at_routes(struct program *p);
/* The same if it is due, and then at most some times a second. Milliseconds until it may be; -1:
 * never. */
int look_if_due(struct program *p);
/* Tells the router what a look has found. */
void look_report(struct program *p);
void look_free(struct program *p);

#endif

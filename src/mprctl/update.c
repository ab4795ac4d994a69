/* update: asks the neighbour for its routes (an autostatic update). */
#include <stdlib.h>

#include "mprctl/config/block.h"

#define LONGEST 180u /* seconds; the router itself gives up earlier */

struct job {
    HANDLE event;
    DWORD transport, timeout; /* seconds */
    bool wait;
};

/* The result of an update that was begun; ERROR_TIMEOUT: none yet. */
static DWORD await(struct session *s, const struct target *t, const struct job *job)
{
    DWORD result = NO_ERROR, status;

    if (WaitForSingleObject(job->event, job->timeout * 1000) != WAIT_OBJECT_0) return ERROR_TIMEOUT;
    status = MprAdminInterfaceQueryUpdateResult(s->running, t->running, job->transport, &result);
    return status == NO_ERROR ? result : status;
}

static DWORD update(struct session *s, const struct target *t, const struct job *job)
{
    DWORD status =
        MprAdminInterfaceUpdateRoutes(s->running, t->running, job->transport, job->event);

    return status == PENDING && job->wait ? await(s, t, job) : status;
}

static int run(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct job job = {.event = CreateEventW(NULL, FALSE, FALSE, NULL),
                      .transport = transport_of(call),
                      .timeout = call_number(call, "timeout", LONGEST),
                      .wait = call_yes(call, "wait", false)};
    struct target t = {.running = NULL};
    DWORD status = job.event ? target_find_running(s, name, &t) : GetLastError();

    if (job.timeout > LONGEST) job.timeout = LONGEST;
    if (status == NO_ERROR) status = update(s, &t, &job);
    if (job.event) CloseHandle(job.event);
    if (status != NO_ERROR && status != PENDING)
        return failed(call, status, "the update of %s", name);
    report_say(&s->report, status == PENDING ? "The update of %s has begun." : "%s is up to date.",
               name);
    return EXIT_DONE;
}

static int result(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD outcome = NO_ERROR, status = target_find_running(s, name, &t);

    if (status == NO_ERROR)
        status =
            MprAdminInterfaceQueryUpdateResult(s->running, t.running, transport_of(call), &outcome);
    if (status == NO_ERROR) status = outcome;
    if (status != NO_ERROR) return failed(call, status, "the update of %s", name);
    report_say(&s->report, "%s is up to date.", name);
    return EXIT_DONE;
}

#define NAME                                                 \
    {                                                        \
        "name", NULL, true, "the interface; it is connected" \
    }
#define TRANSPORT                                                         \
    {                                                                     \
        "transport", TRANSPORT_CHOICES, false, "ip, the default, or ipv6" \
    }

static const struct parameter parameters[] = {
    NAME,
    {"wait", VALUE_YES_NO, false, "wait for the outcome (--wait)"},
    {"timeout", VALUE_NUMBER, false, "seconds to wait, 180 at most"},
    TRANSPORT};
static const struct parameter result_parameters[] = {NAME, TRANSPORT};

const struct command update_commands[] = {
    {"update", "routing ip update|routes update", NULL,
     "Asks an interface's neighbour for its routes",
     "They become static routes of the interface (static-routes show), in place of those of the "
     "last\n"
     "update. RIP has to be on the interface (rip set).",
     parameters, COUNT_OF(parameters), run},
    {"update-result", NULL, NULL, "Tells how the last update ended", NULL, result_parameters,
     COUNT_OF(result_parameters), result},
};
const size_t update_command_count = COUNT_OF(update_commands);

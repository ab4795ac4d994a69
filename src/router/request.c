/* Completion of requests: one embedded outbox entry each, put exactly once. */
#include "router/request.h"

#include <assert.h>

#include "base/trace.h"
#include "router/state.h"

/* The request belongs to the host from here on; the entry, being inside of it, is not touched. */
static void act_complete(const struct router_host *host, struct outbox_entry *entry,
                         uintptr_t value)
{
    struct request *request = CONTAINER_OF(entry, struct request, out);

    (void)value;
    host->complete(host->context, request);
}

void request_complete(struct router *r, struct request *request, mpr_status status)
{
    if (!request) return;
    assert(!request->completed);
    if (request->completed) {
        TRACE(ERROR, "request completed twice: %s", status_name(status));
        return;
    }
    request->completed = true;
    request->status = status;
    request->out.act = act_complete;
    outbox_put(&r->outbox, &request->out);
}

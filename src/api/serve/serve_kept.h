/* Events that a client names again and again, for methods that signal one (serve_event.h): as long
 * as it says that no value has become another event's (struct carrier_request), the duplicate of
 * the last time is good, and nothing of it need be asked of the system. Inside serve only.
 */
#ifndef MPR_API_SERVE_KEPT_H
#define MPR_API_SERVE_KEPT_H

#include "api/serve/serve_call.h"
#include "api/serve/serve_event.h"

/* The event of the request, as serve_event_take has it, until serve_kept_release. */
struct serve_event serve_kept_take(const struct serve_call *c);
void serve_kept_release(const struct serve_call *c, struct serve_event *event);

/* The client has ended. */
void serve_kept_drop(struct serve_client *client);

#endif

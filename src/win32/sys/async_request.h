/* Requests that an event is signalled for, made of a caller's event handle. */
#ifndef MPR_WIN32_ASYNC_REQUEST_H
#define MPR_WIN32_ASYNC_REQUEST_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/handle.h"
#include "base/status.h"

struct request;

/* An asynchronous request: a zeroed struct request on the heap with a duplicate of event.
 * ST_INVALID_PARAMETER when event can't be duplicated or is no event; ST_NOT_ENOUGH_MEMORY. The
 * request belongs to the core once it was accepted (ST_PENDING) and is freed on completion;
 * otherwise async_request_free. event NULL gives a request that signals nothing. */
mpr_status async_request_new(HANDLE event, handle_t32 server, struct request **ret);
void async_request_free(struct request *request);
/* For the host's complete function: signals the event and frees the request. */
void async_request_complete(struct request *request);

/* The same for a caller who must call async_request_settle with it when he has left the engine,
 * accepted saying whether the core has the request. An event whose handle value was good a moment
 * ago is looked at only there, and the request does not signal before:
 * ST_INVALID_PARAMETER when the event is none any more; an accepted request then signals nothing,
 * one that was not accepted has been freed in either case. */
mpr_status async_request_new_held(HANDLE event, handle_t32 server, struct request **ret);
mpr_status async_request_settle(struct request *request, bool accepted);

#endif

/* What mprnetlink says, in the log. */
#ifndef MPR_WIN32_HOST_ROUTES_SAID_H
#define MPR_WIN32_HOST_ROUTES_SAID_H

#include "hostroutes/message.h"

/* body is a copy: its place does not count. */
void host_routes_said(const struct hr_header *header, const struct reader *body);

#endif

/* A port's connection from its attempt to its end, and what the host is asked about it. */
#ifndef MPR_ROUTER_CONNECTION_H
#define MPR_ROUTER_CONNECTION_H

#include "router/state.h"

/* connection.c. Of a port on which there is none, for its next attempt; admission: the host will be
 * asked. ST_NOT_ENOUGH_MEMORY. */
mpr_status connection_prepare(struct port *p, bool admission);
/* True: the host is being asked, and router_admission_answer will go on. */
bool connection_ask(struct port *p);
/* The host is to be asked once more about a connection that it has agreed to; it is, one question
 * after the other, when connection_ask_next finds none that is out. False: none was asked now. */
void connection_question(struct port *p, enum admission_kind kind);
bool connection_ask_next(struct port *p);
/* The link is up, and has been for so long. */
void connection_begin(struct port *p, msec age);
void connection_end(struct port *p);

#endif

/* Whether the kernel of this network namespace forwards packets between its links
 * (net.ipv4.ip_forward, net.ipv6.conf.all.forwarding). */
#ifndef MPR_HOSTROUTES_FORWARDING_H
#define MPR_HOSTROUTES_FORWARDING_H

#include "hostroutes/message.h"

/* As it is: the first two members. */
void forwarding_look(struct hr_forwarding *ret);
/* Switches on which of these (HR_FORWARD_*) are off, and adds them to *switched. */
void forwarding_switch_on(unsigned wanted, unsigned *switched);
void forwarding_switch_off(unsigned switched);

#endif

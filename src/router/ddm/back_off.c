/* KB Q193834: ten minutes after the first failure, ten more after each further one, at most six
 * hours; a connection begins anew. */
#include "router/ddm/back_off.h"

#define MOST ((msec)6 * 3600 * 1000)

msec ddm_back_off(struct interface *i)
{
    const msec step = i->back_off.step ? i->back_off.step : i->router->config.reachable_again;
    const msec most = i->back_off.most ? i->back_off.most : MOST;

    if (i->unreachable < most) i->unreachable += step;
    if (i->unreachable > most) i->unreachable = most;
    if (i->unreachable < step) i->unreachable = step;
    return i->unreachable;
}

void ddm_back_off_end(struct interface *i)
{
    i->unreachable = 0;
}

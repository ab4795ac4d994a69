/* iproute2 in the place of mprnetlink, where that can't be run or has no right: a shell script,
 * started as mprnetlink is, that answers with the same messages (READY, FAILED, OWNED; DONE for
 * each portion) and is told portions of routes as text for `ip -batch`. Like mprnetlink it takes
 * the routes away when its input ends, and touches no other's. What it can't do: tell of changes,
 * adopt the routes of an earlier router (they are removed first), and put back what goes without a
 * word.
 */
#ifndef MPR_WIN32_HOST_IP_H
#define MPR_WIN32_HOST_IP_H

#include <stdbool.h>
#include <stddef.h>

#include "hostroutes/message.h"

/* For sh -c; $1 and $2 are the FIFOs of its input and output, $3 is "keep" or "withdraw", $4 and $5
 * are what mprnetlink's options --forward and --forwarded say, as HR_FORWARD_* in digits. */
extern const char host_ip_script[];
/* Its exit codes beyond mprnetlink's: there is no ip; another script has the host's table. */
enum { HOST_IP_MISSING = 127, HOST_IP_OWNED = 75 };

/* Whether there is an ip that may change routes. Some milliseconds. */
bool host_ip_may(void);

/* A portion as text, in memory of that size, which has room for 100 changes. First begin, last end,
 * which gives its octets. */
struct host_ip_text {
    char *text;
    size_t size, used;
};
#define HOST_IP_CHANGES 100u
#define HOST_IP_SIZE    32768u
void host_ip_begin(struct host_ip_text *t, char text[HOST_IP_SIZE]);
void host_ip_add(struct host_ip_text *t, const struct hr_change *c);
size_t host_ip_end(struct host_ip_text *t);

#endif

/* Whether the configuration may have changed, at the price of one request to the system.
 *
 * Who keeps what he has read from below Services\RemoteAccess keeps the number of a look with it:
 *
 *     uint32_t now = registry_watch_look();
 *
 *     if (kept.as_of != now) {
 *         ... read anew ...
 *         kept.as_of = now;
 *     }
 *
 * What any process wrote before a look, by whatever means, is seen by it: the system's own
 * notification (RegNotifyChangeKeyValue) is asked, not a thread that would have to wait for it
 * first. Thread-safe; the lock is a leaf.
 */
#ifndef MPR_WIN32_REGISTRY_WATCH_H
#define MPR_WIN32_REGISTRY_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/* A number that is another one than before whenever something may have changed since the last
 * look, by this process too; never 0. Where the system does not tell, it is another one each time.
 */
uint32_t registry_watch_look(void);

/* Between the two, looks of this thread give the number that the first of them gave, and ask
 * nobody: for the start, which reads everything in a row, as of its beginning. False: another
 * thread does so already; nothing is to be released. */
bool registry_watch_hold(void);
void registry_watch_release(void);

/* Closes what is open; the next look opens it again. */
void registry_watch_stop(void);

#endif

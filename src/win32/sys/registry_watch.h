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

/* The same, for what this library itself does not know of: what is changed within a bracket of the
 * next two does not count. The bracket stands within the lock that all processes which use this
 * library write under (win32/journal/journal.h), so only a program that writes into the registry by
 * itself can be at it in the same moment. Its change is not lost: ten seconds after a bracket the
 * number is another one. */
uint32_t registry_watch_foreign(void);
/* Does nothing before the first look. */
void registry_watch_own_begin(void);
void registry_watch_own_end(void);
/* Within it: what is changed in it counts after all. */
void registry_watch_own_give_up(void);

/* Between the two, looks of this thread give the numbers that the first of them gave, and ask
 * nobody: for the start, which reads everything in a row, as of its beginning. False: another
 * thread does so already; nothing is to be released. */
bool registry_watch_hold(void);
void registry_watch_release(void);

/* Closes what is open; the next look opens it again. */
void registry_watch_stop(void);

#endif

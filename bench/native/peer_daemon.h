/* Routing daemons to compare with, each in namespaces of its own.
 *
 * What runs in a cage has a network, a process numbering and a /run that nobody else sees, and that
 * end with its first process; so does every daemon in it, also when the benchmark is killed.
 */
#ifndef BENCH_PEER_DAEMON_H
#define BENCH_PEER_DAEMON_H

#include <stddef.h>
#include <sys/types.h>

/* Runs job in a cage, in a process of its own, which may fill count numbers. Returns NULL, or why
 * there are none; then they are 0. job returns NULL, or why not; that has to be a constant. */
typedef const char *cage_job_fn(void *context, double *ret, size_t count);
const char *cage_run(cage_job_fn *job, void *context, double *ret, size_t count);

/* Within a cage: starts a program, silently; argv ends with NULL. */
pid_t daemon_start(const char *const argv[]);
/* Nanoseconds that a child of this process has had of a processor. */
double daemon_cpu(pid_t pid);
/* Waits until it ends: its nanoseconds, or 0 when it failed. */
double daemon_wait(pid_t pid);
void daemon_kill(pid_t pid);

/* A stream socket at a path, once somebody listens there; -1 when that takes 30 seconds.
 * Reading from it ends after as long. */
int daemon_connect(const char *path);
/* Sends size octets and reads the answer up to the one that ends with `end`, of end_size octets.
 * False when there is none. The answer ends with 0 here. */
int daemon_ask(int fd, const void *request, size_t size, char *ret_answer, size_t room,
               const char *end, size_t end_size);

/* Sleeps. */
void daemon_pause(long microseconds);

#endif

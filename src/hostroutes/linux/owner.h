/* One program a network namespace, protocol number and table, by an abstract Unix socket, whose
 * names belong to the namespace and go with whoever has them. */
#ifndef MPR_HOSTROUTES_OWNER_H
#define MPR_HOSTROUTES_OWNER_H

#include <stdint.h>

struct owner {
    int fd;           /* what to poll for POLLIN: the other one has ended, try again; -1: nothing */
    uint32_t process; /* of the other one, 0: unknown */
};

/* 0: the namespace is ours until this process ends. EADDRINUSE: another one has it, and *o tells
 * who and when to try again, which closes what *o held before. Any other errno: it can't be known.
 * First: fd is -1. */
int owner_claim(struct owner *o, uint8_t protocol, uint32_t table);

#endif

/* What an administrator says in the registry, below Services\RemoteAccess\Parameters: dialers of
 * interfaces, clients, and some values of the router. docs/DIALERS.md and README have them all.
 */
#ifndef MPRCTL_KEY_H
#define MPRCTL_KEY_H

#include "mprctl/program.h"

/* Calls with the words of each command that makes what is there anew, in an order that works. */
typedef void key_visitor(void *context, const char *words);

/* parameters set ..., dialers set ..., callers set ... */
DWORD key_commands(struct session *s, key_visitor *visit, void *context);

#endif

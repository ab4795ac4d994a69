/* The configuration as commands that make it anew. */
#ifndef MPRCTL_DUMP_H
#define MPRCTL_DUMP_H

#include "mprctl/config/block.h"

struct dump {
    struct session *session;
    bool secrets; /* passwords and keys as well */
    /* RIP, RIPng are installed: words about them on an interface don't install them. */
    bool rip, ripng;
    DWORD status; /* the first failure */
};

/* A command, or a line of what it reads, or a remark behind #. */
void dump_line(struct dump *d, const char *line);
void dump_remark(struct dump *d, const char *remark);
/* "name=value" as a word of a script. */
void dump_value(struct text *out, const char *name, const char *value);

/* All stored blocks of a place; name is the interface's, NULL: the router as a whole. */
void dump_blocks(struct dump *d, const struct place *place, const char *name);
/* All stored interfaces. */
void dump_interfaces(struct dump *d);

#endif

/* What can be seen of router, phone book, registry and files, as a text to compare. */
#ifndef TESTS_SWEEP_SNAPSHOT_H
#define TESTS_SWEEP_SNAPSHOT_H

#include <stddef.h>
#include <windows.h>

/* Freed with free(). */
char *snapshot_take(void);
/* Begins a line that differs each time that the same is done: a sealed secret. */
#define SNAPSHOT_SEALED '~'
/* The server handle that it looks through; without one the running router is left out. */
void snapshot_server(HANDLE server);
/* A folder whose files are looked at, too. */
void snapshot_folder(const WCHAR *path);

/* ---- between its parts ----------------------------------------------------------------------- */

struct text {
    char *data;
    size_t used, room;
};

void text_add(struct text *t, const char *format, ...);
void text_add_bytes(struct text *t, const char *name, const void *data, DWORD size);

/* The running router: interfaces, transports, ports, connections, routes. */
void snapshot_router(struct text *t, HANDLE server);
/* What outlives it: registry, phone book, files. */
void snapshot_stores(struct text *t, const WCHAR *folder);

#endif

/* Handles that are numbers, never pointers: kind (4 bits), generation (8 bits), index (20 bits).
 *
 * A NULL, INVALID_HANDLE_VALUE, stale, foreign or random value is told apart from a live one
 * without touching memory that it might point to. An index is used again only after at least
 * HANDLE_MIN_FREE others have been freed (unless all 2^20 are spoken for), so that a stale handle
 * stays recognisable for long.
 * MS-RRASM carries handles as DWORDs: the same values can travel.
 */
#ifndef MPR_BASE_HANDLE_H
#define MPR_BASE_HANDLE_H

#include <stddef.h>
#include <stdint.h>

typedef uint32_t handle_t32;

enum handle_kind {
    HANDLE_NONE = 0, /* never issued */
    HANDLE_SERVER = 1,
    HANDLE_MIB_SERVER,
    HANDLE_CONFIG,
    HANDLE_INTERFACE,
    HANDLE_CONNECTION,
    HANDLE_PORT,
    HANDLE_CONFIG_INTERFACE,
    HANDLE_CONFIG_TRANSPORT,
    HANDLE_CONFIG_IFTRANSPORT,
    HANDLE_TRANSPORT,
    HANDLE_REMOTE, /* a server handle to a router in another process */
    HANDLE_REMOTE_MIB,
    HANDLE_ROUTING,   /* an object of rtmv2, which knows what it is */
    HANDLE_KIND_COUNT /* at most 15 */
};

#define HANDLE_MIN_FREE 1024u

struct handle_slot;

struct handle_table {
    struct handle_slot *slots;
    uint32_t capacity, used, free_head, free_tail, free_count;
    uint8_t first_generation;
};

void handle_table_init(struct handle_table *t);
/* Handles made from now on begin with that generation: with another one each time a program starts,
 * handles of its former run are very likely none of this one. */
void handle_table_vary(struct handle_table *t, uint8_t generation);
/* Frees the table, not the objects. */
void handle_table_free(struct handle_table *t);

/* A new handle for object, never 0; 0 when out of memory or after 2^20 - 2 live handles. */
handle_t32 handle_new(struct handle_table *t, enum handle_kind kind, void *object);

/* The object, or NULL when handle is not a live one of that kind. */
void *handle_get(const struct handle_table *t, enum handle_kind kind, handle_t32 handle);

/* Ends a live handle and returns its object; NULL (and nothing done) when it is not one. */
void *handle_delete(struct handle_table *t, enum handle_kind kind, handle_t32 handle);

/* The kind that the bits name, whether live or not. */
enum handle_kind handle_kind_of(handle_t32 handle);

/* The next live handle of a kind after previous (0 to begin), in index order; 0 at the end. */
handle_t32 handle_next(const struct handle_table *t, enum handle_kind kind, handle_t32 previous);

#endif

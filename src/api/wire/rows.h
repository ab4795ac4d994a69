/* Tables that say how a structure of the API becomes one of dimsvc and back. A row is one member,
 * or several that lie one behind the other in both; offsets and sizes are the compiler's, so that
 * each architecture has its own. A table ends with a row that is all zero (WIRE_END).
 */
#ifndef MPR_API_WIRE_ROWS_H
#define MPR_API_WIRE_ROWS_H

#include "api/wire/wire.h"

enum wire_row_kind {
    ROW_END,
    ROW_SAME,     /* octets, numbers */
    ROW_TEXT,     /* WCHAR[] */
    ROW_HANDLE,   /* a HANDLE and 32 bits */
    ROW_ENUM,     /* an enumeration and 16 bits */
    ROW_WIDE,     /* 64 bits, and 32 of them twice: the low ones, and, at more, the high ones */
    ROW_CONSTANT, /* not in dimsvc's: size is what the API's DWORD says */
    ROW_OCTETS,   /* a pointer to elements of size octets, their DWORD count at more */
    ROW_LIST,     /* a pointer to a multi-string */
    ROW_POLICY,   /* a pointer to ROUTER_CUSTOM_IKEv2_POLICY0 */
    ROW_WHEN      /* the rows of sub, when the octet at both places is size */
};

struct wire_row {
    uint8_t kind;
    uint16_t api, dim; /* where it is in both */
    uint16_t size;
    uint16_t more; /* ROW_WIDE: in dimsvc's; ROW_OCTETS: in the API's */
    const struct wire_row *sub;
};

#define WIRE_SIZE(type, member) sizeof(((const type *)0)->member)
/* Octets from the beginning of one member to the end of another. */
#define WIRE_SPAN(type, first, last) \
    (offsetof(type, last) + WIRE_SIZE(type, last) - offsetof(type, first))
/* The first size, when both are the same; else no number at all. */
#define WIRE_EQUAL(a, b) ((a) + 0 * sizeof(char[(a) == (b) ? 1 : -1]))

#define WIRE_END                  \
    {                             \
        ROW_END, 0, 0, 0, 0, NULL \
    }
#define WIRE_ROW(kind, A, a, D, d)                                                             \
    {                                                                                          \
        kind, offsetof(A, a), offsetof(D, d), WIRE_EQUAL(WIRE_SIZE(A, a), WIRE_SIZE(D, d)), 0, \
            NULL                                                                               \
    }
#define WIRE_SAME(A, a, D, d) WIRE_ROW(ROW_SAME, A, a, D, d)
#define WIRE_TEXT(A, a, D, d) WIRE_ROW(ROW_TEXT, A, a, D, d)
/* Members from a to z, and from d to e. */
#define WIRE_RUN(A, a, z, D, d, e)                                      \
    {                                                                   \
        ROW_SAME, offsetof(A, a), offsetof(D, d),                       \
            WIRE_EQUAL(WIRE_SPAN(A, a, z), WIRE_SPAN(D, d, e)), 0, NULL \
    }
#define WIRE_HANDLE(A, a, D, d)                                \
    {                                                          \
        ROW_HANDLE, offsetof(A, a), offsetof(D, d), 0, 0, NULL \
    }
#define WIRE_ENUM(A, a, D, d)                                \
    {                                                        \
        ROW_ENUM, offsetof(A, a), offsetof(D, d), 0, 0, NULL \
    }
#define WIRE_WIDE(A, a, D, d, high)                                          \
    {                                                                        \
        ROW_WIDE, offsetof(A, a), offsetof(D, d), 0, offsetof(D, high), NULL \
    }
#define WIRE_CONSTANT(A, a, value)                      \
    {                                                   \
        ROW_CONSTANT, offsetof(A, a), 0, value, 0, NULL \
    }
#define WIRE_OCTETS(A, a, count, D, d)                                          \
    {                                                                           \
        ROW_OCTETS, offsetof(A, a), offsetof(D, d), sizeof(*((const A *)0)->a), \
            offsetof(A, count), NULL                                            \
    }
#define WIRE_LIST(A, a, D, d)                                \
    {                                                        \
        ROW_LIST, offsetof(A, a), offsetof(D, d), 0, 0, NULL \
    }
#define WIRE_POLICY(A, a, D, d)                                \
    {                                                          \
        ROW_POLICY, offsetof(A, a), offsetof(D, d), 0, 0, NULL \
    }
#define WIRE_WHEN(value, A, a, D, d, sub)                       \
    {                                                           \
        ROW_WHEN, offsetof(A, a), offsetof(D, d), value, 0, sub \
    }

/* ---- out ------------------------------------------------------------------------------------- */

/* Fills the members of dim; octets and lists are borrowed from the API's structure, policies are in
 * memory of n (which may be NULL when the table has none). After a text without end nothing is
 * looked at that a pointer points to. ST_INVALID_PARAMETER: a counted pointer is NULL, more octets
 * than any exported function takes, a list without end; ST_NOT_ENOUGH_MEMORY. */
mpr_status wire_rows_out(struct ndr *n, const struct wire_row *rows, const void *api, void *dim);

/* ---- in -------------------------------------------------------------------------------------- */

/* Whose memory what is pointed to gets, and what is done with texts. */
struct wire_memory {
    BYTE *next;    /* behind a structure; or, when that is NULL, */
    struct ndr *n; /* memory of n; or, when that is NULL, too, allocations for the API's caller */
    bool end_texts;
};

/* Zeroed, aligned for everything. */
void *wire_memory_get(struct wire_memory *m, size_t size);
/* A copy of octets; *ret is NULL when there are none. */
mpr_status wire_memory_copy(struct wire_memory *m, const struct dim_octets *octets, BYTE **ret);
/* What `next` has to have room for. */
size_t wire_rows_behind(const struct wire_row *rows, const void *dim);
/* Fills the members of api. ST_NOT_ENOUGH_MEMORY: those that there was no memory for are NULL. */
mpr_status wire_rows_in(struct wire_memory *m, const struct wire_row *rows, const void *dim,
                        void *api);

/* ---- the tables ------------------------------------------------------------------------------ */

#define WIRE_TABLES 3

/* What is between the API's structure of a level and its octets. */
union wire_dim {
    struct dim_server_level server;
    struct dim_port_level port;
    struct dim_device_level device;
    struct dim_octets credentials;
    struct dim_interface_level interface;
    struct dim_connection_level connection;
};

/* A level: its structure's size, the octets that it has at least, its tables. */
struct wire_level {
    uint16_t size, least;
    const struct wire_row *rows[WIRE_TABLES]; /* NULL: no more */
    bool nested; /* it has parts behind it: there are no arrays of it */
};

extern const struct wire_level wire_interface_levels[], wire_device_levels[]; /* rows_interface.c */
extern const struct wire_level wire_server_levels[], wire_port_levels[];      /* rows_server.c */
extern const struct wire_level wire_credentials_levels[];
extern const struct wire_level wire_connection_levels[]; /* rows_connection.c */
extern const struct wire_row wire_connection_ex_rows[];

#endif

/* The layouts of MPR_SERVER_EX and MPR_SERVER_SET_CONFIG_EX as the tests see them: a revision, the
 * sizes of both objects, and where the parts are. */
#ifndef TESTS_API_EX_H
#define TESTS_API_EX_H

#include "api/support/fixture.h"

#include <mprapi_ext.h>

#define SERVER_TYPE MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT
#define SET_TYPE    MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT

struct ex_layout {
    UCHAR revision;
    USHORT server_size, set_size;
    size_t pptp, l2tp, sstp, gre, ike_size, l2tp_size; /* gre 0: none */
};
extern const struct ex_layout ex_layouts[];
extern const size_t ex_layout_count;

/* An object of either type with a header, zeroed behind it; more room than any layout needs. */
union ex_object {
    MPRAPI_OBJECT_HEADER header;
    MPR_SERVER_EX1_WIN10 server;
    MPR_SERVER_SET_CONFIG_EX1_WIN10 set;
    MPR_SERVER_EX plain_server;
    MPR_SERVER_SET_CONFIG_EX plain_set;
    BYTE bytes[512];
};
void ex_begin(union ex_object *object, UCHAR type, UCHAR revision, USHORT size);

/* Puts the parts of the newest layout where this one has them, and takes them from there. */
void ex_put(union ex_object *set, const struct ex_layout *layout,
            const MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *params);
void ex_take(const union ex_object *server, const struct ex_layout *layout,
             MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *ret);

/* Valid values for every part; n varies them. Pointers are to static memory. */
void ex_fill(MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *params, DWORD n);
/* Compares what the layout has; frees embedded pointers of got with one of the free functions each,
 * which must succeed for every one that is not NULL. */
void ex_expect(const struct ex_layout *layout, const MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *expected,
               MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *got);
void ex_free(MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *got);

#define EX_ALL     0x0f /* every protocol but GRE */
#define EX_ALL_GRE 0x1f

#endif

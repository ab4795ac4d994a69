/* Objects with a revision that have every member set, and what has to arrive of them. */
#ifndef MPR_TESTS_WIRE_OBJECTS_H
#define MPR_TESTS_WIRE_OBJECTS_H

#include "win32/wire/wire_test.h"

#include "api/tunnel/server_ex.h"

#define SERVER_PARAMS offsetof(MPR_SERVER_EX0_WIN7, ConfigParams)
#define SET_PARAMS    offsetof(MPR_SERVER_SET_CONFIG_EX0_WIN7, ConfigParams)

struct object_layout {
    UCHAR revision, wire;
    USHORT server_size, set_size;
    USHORT other_server, other_set; /* the sizes on the other architecture */
    int version;                    /* of IKEv2's and L2TP's parts: 7, 8, 81, 100 */
    bool gre;
};
enum { OBJECT_LAYOUTS = 6 };
extern const struct object_layout object_layouts[OBJECT_LAYOUTS];
#define EACH_LAYOUT(l) \
    for (const struct object_layout *l = object_layouts; l < object_layouts + OBJECT_LAYOUTS; l++)

/* Values that a set may have, each another one. */
server_tunnels full_tunnels(void);
/* What a layout has of them is what they are, the rest is zero. */
void check_tunnels(const struct object_layout *l, const server_tunnels *got);

/* An MPR_SERVER_EX, an MPR_SERVER_SET_CONFIG_EX with the full settings, in memory of malloc. */
void *full_server(const struct object_layout *l);
void *full_set(const struct object_layout *l);
const struct server_layout *layout_of_server(const struct object_layout *l);
/* The settings of either, which begin so many octets behind it. */
server_tunnels tunnels_at(const struct object_layout *l, const void *object, size_t params);

#endif

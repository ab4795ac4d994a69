/* RIP's blocks: of the router as a whole, and of an interface.
 *
 * One row a setting: its parameter, its kind, its member, choices or flags. Lists of addresses
 * follow the structures in the blocks; they are parameters of their own.
 */
#ifndef MPRCTL_RIP_H
#define MPRCTL_RIP_H

#include "mprctl/config/block.h"
#include "mprctl/config/field.h"
#include "mprctl/config/rows.h"

#define LOGGING    "none|errors|warnings|information"
#define LIST_MODES "none|include|exclude"
#define VERSIONS   "none|rip1|rip1compat|rip2"
#define UPDATES    "periodic|demand"
#define AUTH       "0|none|password|md5"
#define PEER_MODES "disable|also|only"
#define FLAG_NAMES                                                                      \
    "accepthost,announcehost,acceptdefault,announcedefault,splithorizon,poisonreverse," \
    "cleanup,triggered,overwritestatic,nosummary"

/* ROW(name, what people may type, kind, member, choices, flags, help) */
#define GLOBAL_ROWS(ROW)                                                          \
    ROW(logging, NULL, CHOICE, logging, LOGGING, NULL, LOGGING)                   \
    ROW(interval, VALUE_NUMBER, NUMBER, trigger_interval, NULL, NULL,             \
        "seconds between triggered updates, at least")                            \
    ROW(peerfilter, NULL, CHOICE, peer_filter_mode, LIST_MODES, NULL, LIST_MODES) \
    ROW(receivequeue, VALUE_NUMBER, NUMBER, receive_queue, NULL, NULL, "octets")  \
    ROW(sendqueue, VALUE_NUMBER, NUMBER, send_queue, NULL, NULL, "octets")

#define INTERFACE_ROWS(ROW)                                                                     \
    ROW(metric, VALUE_NUMBER, NUMBER, metric, NULL, NULL, "what the link costs, 1 to 15")       \
    ROW(updatemode, NULL, CHOICE, update_mode, UPDATES, NULL, UPDATES)                          \
    ROW(announce, NULL, CHOICE, announce_mode, VERSIONS, NULL, VERSIONS)                        \
    ROW(accept, NULL, CHOICE, accept_mode, VERSIONS, NULL, VERSIONS)                            \
    ROW(unicast, NULL, CHOICE, neighbour_mode, PEER_MODES, NULL, PEER_MODES)                    \
    ROW(acceptfilter, NULL, CHOICE, accept_filter_mode, LIST_MODES, NULL, LIST_MODES)           \
    ROW(announcefilter, NULL, CHOICE, announce_filter_mode, LIST_MODES, NULL, LIST_MODES)       \
    ROW(authentication, NULL, CHOICE, authentication, AUTH, NULL,                               \
        "none|password|md5; see rip key")                                                       \
    ROW(tag, VALUE_NUMBER, WORD, tag, NULL, NULL, "route tag")                                  \
    ROW(flags, NULL, FLAGS, flags, NULL, rip_flags, FLAG_NAMES)                                 \
    ROW(update, VALUE_NUMBER, NUMBER, full_update, NULL, NULL, "seconds between full updates")  \
    ROW(expire, VALUE_NUMBER, NUMBER, expiration, NULL, NULL, "seconds until a route is stale") \
    ROW(remove, VALUE_NUMBER, NUMBER, removal, NULL, NULL, "seconds until it is gone")          \
    ROW(state, VALUE_NUMBER, NUMBER, state, NULL, NULL, "kept, without effect")

#define RIP_PARAMETER(name, values, kind, member, choices, flags, help) \
    {#name, values, false, help},
#define RIP_COLUMN(name, values, kind, member, choices, flags, help)                       \
    {#name, #name,                                                                         \
     FIELD_##kind == FIELD_NUMBER || FIELD_##kind == FIELD_WORD ? CELL_NUMBER : CELL_TEXT, \
     FIELD_##kind != FIELD_CHOICE &&                                                       \
         offsetof(struct rip_interface, member) != offsetof(struct rip_interface, metric)},

extern const struct field_flag rip_flags[];
extern const struct field rip_global_fields[], rip_interface_fields[];
#define RIP_GLOBAL_FIELDS    5
#define RIP_INTERFACE_FIELDS 14

/* A configuration with the DWORDs that follow it. */
struct rip_config {
    union {
        struct rip_global global;
        struct rip_interface on;
        BYTE octets[sizeof(struct rip_interface)];
    };
    size_t head;
    DWORD *list; /* free() */
    size_t count;
};

/* The lists by their parameters: peers; neighbors, acceptranges, announceranges. */
enum { RIP_LIST_PEERS, RIP_LIST_NEIGHBOURS, RIP_LIST_ACCEPT, RIP_LIST_ANNOUNCE };

struct rip_config rip_default_global(void);
/* What Windows gives an interface on which RIP is put; a demand-dial one is asked when wanted. */
struct rip_config rip_default_interface(bool dials);
/* head: the size of the structure. ERROR_INVALID_DATA: too short. */
DWORD rip_config_of(const struct block *block, size_t head, struct rip_config *ret);
struct block rip_block_of(const struct rip_config *c);
/* A list as its parameter has it; free(). */
char *rip_list_text(const struct rip_config *c, int list);
bool rip_has_key(const struct rip_interface *i);
/* Takes what the call has of fields and lists. */
bool rip_take(struct rip_config *c, const struct field *fields, size_t count,
              const struct call *call, struct text *error);

/* The words behind "rip global set" that make this block anew; false when none do. */
bool rip_global_words(const struct block *block, struct text *out);
/* The same behind "rip set name=X"; the key is not among them, *ret_key tells whether there is one.
 */
bool rip_interface_words(const struct block *block, struct text *out, bool *ret_key);
/* The key as text; free() after overwriting. */
char *rip_key_of(const struct block *block);

#endif

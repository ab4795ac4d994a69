/* RIP's and RIPng's blocks: of the router as a whole, and of an interface.
 *
 * One row a setting: its parameter, its kind, its member, choices or range, flags. Lists of
 * addresses follow the structures in the blocks; they are parameters of their own. RIPng's
 * structures are RIP's, but that addresses have 16 octets and that some members are fixed
 * (mprapi_ripng.h).
 */
#ifndef MPRCTL_RIP_H
#define MPRCTL_RIP_H

#include "mprctl/config/block.h"
#include "mprctl/config/field.h"
#include "mprctl/config/rows.h"

#define LOGGING    "none|errors|warnings|information"
#define LIST_MODES "none|include|exclude"
#define VERSIONS   "none|rip1|rip1compat|rip2"
#define ON_OR_OFF  "off|on"
#define UPDATES    "periodic|demand"
#define AUTH       "0|none|password|md5"
#define PEER_MODES "disable|also|only"
#define FLAG6_NAMES                                                                     \
    "accepthost,announcehost,acceptdefault,announcedefault,splithorizon,poisonreverse," \
    "cleanup,triggered"
#define FLAG_NAMES FLAG6_NAMES ",overwritestatic,nosummary"

/* ROW(name, what people may type, kind, member, choices, flags, help) */
#define GLOBAL_ROWS(ROW)                                                          \
    ROW(logging, NULL, CHOICE, logging, LOGGING, NULL, LOGGING)                   \
    ROW(interval, VALUE_NUMBER, NUMBER, trigger_interval, "1-86400", NULL,        \
        "seconds between triggered updates, at least")                            \
    ROW(peerfilter, NULL, CHOICE, peer_filter_mode, LIST_MODES, NULL, LIST_MODES) \
    ROW(receivequeue, VALUE_NUMBER, NUMBER, receive_queue, NULL, NULL, "octets")  \
    ROW(sendqueue, VALUE_NUMBER, NUMBER, send_queue, NULL, NULL, "octets")

#define METRIC_ROWS(ROW)                                                                    \
    ROW(metric, VALUE_NUMBER, NUMBER, metric, "1-15", NULL, "what the link costs, 1 to 15") \
    ROW(updatemode, NULL, CHOICE, update_mode, UPDATES, NULL, UPDATES)
#define FILTER_ROWS(ROW)                                                              \
    ROW(acceptfilter, NULL, CHOICE, accept_filter_mode, LIST_MODES, NULL, LIST_MODES) \
    ROW(announcefilter, NULL, CHOICE, announce_filter_mode, LIST_MODES, NULL, LIST_MODES)
#define TIMER_ROWS(ROW)                                                                       \
    ROW(update, VALUE_NUMBER, NUMBER, full_update, "15-86400", NULL,                          \
        "seconds between full updates")                                                       \
    ROW(expire, VALUE_NUMBER, NUMBER, expiration, "15-259200", NULL,                          \
        "seconds until a route is stale")                                                     \
    ROW(remove, VALUE_NUMBER, NUMBER, removal, "15-259200", NULL, "seconds until it is gone") \
    ROW(state, VALUE_NUMBER, NUMBER, state, NULL, NULL, "kept, without effect")

#define INTERFACE_ROWS(ROW)                                                  \
    METRIC_ROWS(ROW)                                                         \
    ROW(announce, NULL, CHOICE, announce_mode, VERSIONS, NULL, VERSIONS)     \
    ROW(accept, NULL, CHOICE, accept_mode, VERSIONS, NULL, VERSIONS)         \
    ROW(unicast, NULL, CHOICE, neighbour_mode, PEER_MODES, NULL, PEER_MODES) \
    FILTER_ROWS(ROW)                                                         \
    ROW(authentication, NULL, CHOICE, authentication, AUTH, NULL,            \
        "none|password|md5; see rip key")                                    \
    ROW(tag, VALUE_NUMBER, WORD, tag, NULL, NULL, "route tag")               \
    ROW(flags, NULL, FLAGS, flags, NULL, rip_flags, FLAG_NAMES)              \
    TIMER_ROWS(ROW)

#define INTERFACE6_ROWS(ROW)                                                                    \
    METRIC_ROWS(ROW)                                                                            \
    ROW(announce, ON_OR_OFF, CHOICE, announce_mode, ON_OR_OFF, NULL, "whether it tells routes") \
    ROW(accept, ON_OR_OFF, CHOICE, accept_mode, ON_OR_OFF, NULL, "whether it takes routes")     \
    FILTER_ROWS(ROW)                                                                            \
    ROW(tag, VALUE_NUMBER, WORD, tag, NULL, NULL, "route tag")                                  \
    ROW(flags, NULL, FLAGS, flags, NULL, ripng_flags, FLAG6_NAMES)                              \
    TIMER_ROWS(ROW)

#define RIP_PARAMETER(name, values, kind, member, choices, flags, help) \
    {#name, values, false, help},
#define RIP_COLUMN(name, values, kind, member, choices, flags, help)                       \
    {#name, #name,                                                                         \
     FIELD_##kind == FIELD_NUMBER || FIELD_##kind == FIELD_WORD ? CELL_NUMBER : CELL_TEXT, \
     FIELD_##kind != FIELD_CHOICE &&                                                       \
         offsetof(struct rip_interface, member) != offsetof(struct rip_interface, metric)},

extern const struct field_flag rip_flags[], ripng_flags[];

/* The lists by their parameters: peers; neighbors (RIP has them), acceptranges, announceranges. */
enum { RIP_LIST_PEERS, RIP_LIST_NEIGHBOURS, RIP_LIST_ACCEPT, RIP_LIST_ANNOUNCE };
extern const char *const rip_list_names[];

/* One of the two. */
struct rip_form {
    const char *name; /* "RIP" */
    DWORD transport;
    bool ipv6;
    size_t address_size;
    const struct field *interface_fields;
    size_t interface_count;
    int first_list; /* of an interface */
};
extern const struct rip_form rip_form, ripng_form;
/* The one whose command this is. */
const struct rip_form *rip_form_of(const struct call *call);

/* A configuration with the addresses that follow it. */
struct rip_config {
    const struct rip_form *form;
    union {
        struct rip_global global;
        struct rip_interface on;
        BYTE octets[sizeof(struct rip_interface)];
    };
    size_t head;
    const struct field *fields;
    size_t field_count;
    BYTE *list;   /* free() */
    size_t count; /* of addresses */
};

struct rip_config rip_default_global(const struct rip_form *form);
/* What Windows gives an interface on which RIP is put; a demand-dial one is asked when wanted. */
struct rip_config rip_default_interface(const struct rip_form *form, bool dials);
/* Takes a block into a default of its kind. ERROR_INVALID_DATA: too short; without a list then. */
DWORD rip_config_read(struct rip_config *c, const struct block *block);
struct block rip_block_of(const struct rip_config *c);
/* A list as its parameter has it; free(). */
char *rip_list_text(const struct rip_config *c, int list);
bool rip_has_key(const struct rip_interface *i);
/* Takes what the call has of fields and lists. */
bool rip_take(struct rip_config *c, const struct call *call, struct text *error);

/* The words behind "rip global set", "ripng global set" that make this block anew; false when none
 * do. */
bool rip_global_words(const struct rip_form *form, const struct block *block, struct text *out);
/* The same behind "rip set name=X"; the key is not among them, *ret_key tells whether there is one.
 */
bool rip_interface_words(const struct rip_form *form, const struct block *block, struct text *out,
                         bool *ret_key);
/* The key as text; free() after overwriting. */
char *rip_key_of(const struct block *block);

/* ---- the commands, of both (rip.c, rip_set.c); rip_commands.c has their table ---------------- */

int rip_show(struct call *call);
int rip_show_global(struct call *call);
int rip_set(struct call *call);
int rip_set_global(struct call *call);
int rip_install(struct call *call);
int rip_uninstall(struct call *call);
int rip_delete(struct call *call);
int rip_key(struct call *call);

#endif

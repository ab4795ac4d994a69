/* What the router and mprnetlink, its program on the Linux host, say to each other.
 *
 * A stream of messages in each direction, little-endian, without padding:
 *
 *     u32 size      of the whole message, header included; HR_HEADER_SIZE..HR_MESSAGE_MAX
 *     u16 type      enum hr_type
 *     u16 flags     HR_SNAPSHOT
 *     u32 sequence  of the request; an answer repeats it, anything else has 0
 *     u32 count     records that follow
 *
 * and then count records of the type's form. The order of messages is the order of what they tell.
 * A message that says anything else is malformed, and the end of the stream for who receives it.
 *
 * The program sends a snapshot of the host first, and from then on what changes. Then it says what
 * becomes of routes: OWNED until it is alone, FORWARDING and READY; or FAILED. After READY the
 * router sends ROUTES and SETTLE, and the program answers each by DONE. Without the right to change
 * routes it goes on telling what changes; any other FAILED is its last message. One that is started
 * for events only says nothing of routes, and takes none. A snapshot is SNAPSHOT_BEGIN, records
 * with the flag HR_SNAPSHOT, SNAPSHOT_END; what it does not name is not there.
 *
 * To HOLD it answers by HELD first: there is a device (HR_HOLD_NAME) whose packets nobody takes,
 * for routes of links that are not up yet. Each packet that goes there is lost, and some of them
 * are told as DEMAND: each is told once a second at most, and of many different ones a sample. It
 * goes with the program. Another HELD follows when it is made anew, since somebody has deleted it.
 *
 * Both ends use this one codec, which is portable.
 */
#ifndef MPR_HOSTROUTES_MESSAGE_H
#define MPR_HOSTROUTES_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define HR_HEADER_SIZE   16u
#define HR_MESSAGE_MAX   (1u << 20)
#define HR_BATCH_MAX     10000u /* records in a message */
#define HR_NAME_MAX      15u    /* octets of a link's name */
#define HR_LINK_ADDR_MAX 20u    /* octets of a link-layer address; longer ones are cut */

/* rtm_protocol of the router's routes (`ip route show proto 77`), unless another is given. Not in
 * iproute2's list; below 186, where FRR's begin. */
#define HR_PROTOCOL 77u
/* rtm_table, RT_TABLE_MAIN. */
#define HR_TABLE 254u
/* Name of the device that holds routes; the kernel puts the first free number behind it. */
#define HR_HOLD_NAME "mprdod"

enum hr_type {
    /* to the program */
    HR_ROUTES = 1, /* hr_change: put (add, or replace the router's own) or delete */
    HR_SETTLE = 2, /* none: these are all; what an earlier router left beside them goes */
    HR_HOLD = 3,   /* none: a device that holds routes is wanted */
    /* from the program */
    HR_READY = 0x81,          /* one hr_ready */
    HR_FAILED = 0x82,         /* one hr_failure: no route gets to the host by this program */
    HR_OWNED = 0x83,          /* one hr_owner: another router has this host; the program waits */
    HR_DONE = 0x84,           /* hr_error: those of the request's records that failed */
    HR_LINK = 0x85,           /* hr_link: one of which something of that has changed */
    HR_ADDRESS = 0x86,        /* hr_address */
    HR_NEIGHBOUR = 0x87,      /* hr_neighbour */
    HR_HOST_ROUTE = 0x88,     /* hr_change: routes that are not the router's */
    HR_SNAPSHOT_BEGIN = 0x89, /* one hr_snapshot */
    HR_SNAPSHOT_END = 0x8A,   /* none */
    HR_RESTORED = 0x8B,       /* one hr_restored: the host's table was compared with the router's */
    HR_FORWARDING = 0x8C,     /* one hr_forwarding */
    HR_HELD = 0x8D,           /* one hr_held */
    HR_DEMAND = 0x8E          /* hr_packet: packets that came to the device that holds routes */
};

/* flags: the record tells what is there, not a change. */
#define HR_SNAPSHOT 1u

struct hr_header {
    uint32_t size;
    uint16_t type;
    uint16_t flags;
    uint32_t sequence;
    uint32_t count;
};

enum hr_family { HR_IPV4 = 4, HR_IPV6 = 16 }; /* octets of an address */

/* Network order; octets past the family's are zero. */
struct hr_route {
    uint8_t family;
    uint8_t length;     /* bits of the prefix; those of destination past it are zero */
    uint8_t protocol;   /* rtm_protocol; of the router's own: 0 */
    uint8_t flags;      /* HR_ROUTE_ON_LINK */
    uint32_t interface; /* the host's index; 0 in a HR_HOST_ROUTE: none, or several */
    uint32_t metric;    /* RTA_PRIORITY: lower wins */
    uint8_t destination[16];
    uint8_t next_hop[16]; /* zero: destination is on the link */
};
/* The next hop is on that link, whatever the host's addresses say (RTNH_F_ONLINK). */
#define HR_ROUTE_ON_LINK 1u

enum hr_operation { HR_PUT = 1, HR_DELETE = 2 };
struct hr_change {
    uint8_t operation; /* enum hr_operation */
    struct hr_route route;
};

/* Of a request: index counts its records from 0; error is a Linux errno. EEXIST (17): another's
 * route has this prefix and metric, and stays. */
struct hr_error {
    uint32_t index;
    uint32_t error;
};

struct hr_ready {
    uint32_t protocol, table;
    uint32_t found; /* routes of the router's that were there */
};

/* All but NO_RIGHTS are the end of the program. */
enum hr_reason { HR_NO_RIGHTS = 1, HR_NO_NETLINK = 2, HR_BAD_INPUT = 3, HR_NO_MEMORY = 4 };
struct hr_failure {
    uint32_t reason; /* enum hr_reason */
    uint32_t error;  /* errno, 0: none */
};

struct hr_owner {
    uint32_t process; /* of the one that has the host; 0: unknown */
};

enum hr_cause { HR_START = 1, HR_OVERRUN = 2 };
struct hr_snapshot {
    uint32_t cause; /* enum hr_cause; OVERRUN: events were lost, so all is told again */
};

enum hr_forwarding_state { HR_FORWARDING_OFF, HR_FORWARDING_ON, HR_FORWARDING_UNKNOWN };
#define HR_FORWARD_IPV4 1u
#define HR_FORWARD_IPV6 2u
/* Whether the host forwards packets, when routes begin to get there. */
struct hr_forwarding {
    uint32_t ipv4, ipv6; /* enum hr_forwarding_state */
    uint32_t switched;   /* HR_FORWARD_*: it was off, and is switched off at the end */
};

/* Sent when something differed. */
struct hr_restored {
    uint32_t restored; /* routes that had gone and are back */
    uint32_t missing;  /* routes that are wanted and can't be there now */
    uint32_t error;    /* errno of the first of these, 0: none */
    uint32_t removed;  /* routes with the router's number that nobody wanted */
};

struct hr_held {
    uint32_t interface; /* the host's index of the device; 0: there is none */
    uint32_t error;     /* errno: why not */
};

/* What is known of a packet. */
struct hr_packet {
    uint8_t family;
    uint8_t protocol;                       /* of IP; of IPv6 what follows its extension headers */
    uint8_t flags;                          /* HR_PACKET_PORTS */
    uint16_t source_port, destination_port; /* TCP, UDP; ICMP: type and code */
    uint8_t source[16], destination[16];
};
/* It has ports, or type and code: not so a fragment that is not the first. */
#define HR_PACKET_PORTS 1u

/* operation HR_PUT: is there, or has changed; HR_DELETE: is gone. */
struct hr_link {
    uint8_t operation;
    uint8_t address_size;
    uint16_t hardware; /* ARPHRD_* */
    uint32_t index;
    uint32_t flags; /* IFF_*: UP 1, RUNNING 0x40, LOWER_UP 0x10000 */
    uint32_t mtu;
    uint8_t address[HR_LINK_ADDR_MAX];
    char name[HR_NAME_MAX + 1];
};

struct hr_address {
    uint8_t operation;
    uint8_t family;
    uint8_t length;
    uint8_t scope; /* RT_SCOPE_* */
    uint32_t index;
    uint32_t flags; /* IFA_F_* */
    uint8_t local[16];
    uint8_t peer[16]; /* of a point-to-point address, else the same as local */
};

struct hr_neighbour {
    uint8_t operation;
    uint8_t family;
    uint8_t address_size;
    uint16_t state; /* NUD_* */
    uint32_t index;
    uint8_t address[16];
    uint8_t link_address[HR_LINK_ADDR_MAX];
};

/* ---- frames --------------------------------------------------------------------------------- */

/* Whether the first octets of a stream begin a message. MORE: not all of it is there; with a whole
 * header *ret is it. BAD: malformed, whatever follows. */
enum hr_frame { HR_FRAME_MORE, HR_FRAME_WHOLE, HR_FRAME_BAD };
enum hr_frame hr_frame_read(const void *data, size_t size, struct hr_header *ret);

/* Begins a message in memory of at least HR_HEADER_SIZE octets; records are written behind it, and
 * hr_frame_end fills size and count in. False: it did not fit (or is above HR_MESSAGE_MAX). */
void hr_frame_begin(struct writer *w, void *base, size_t size, const struct hr_header *header);
bool hr_frame_end(struct writer *w, uint32_t count);

/* ---- records -------------------------------------------------------------------------------- */

/* Each read sets r->failed, and returns false, on a record that is cut short or says what none can:
 * a family, length, operation or flag that does not exist, bits of a destination past its length, a
 * name without end. Each write sets w->failed when there is no room. */
bool hr_change_read(struct reader *r, struct hr_change *ret);
void hr_change_write(struct writer *w, const struct hr_change *c);
bool hr_link_read(struct reader *r, struct hr_link *ret);
void hr_link_write(struct writer *w, const struct hr_link *l);
bool hr_address_read(struct reader *r, struct hr_address *ret);
void hr_address_write(struct writer *w, const struct hr_address *a);
bool hr_neighbour_read(struct reader *r, struct hr_neighbour *ret);
void hr_neighbour_write(struct writer *w, const struct hr_neighbour *n);
bool hr_packet_read(struct reader *r, struct hr_packet *ret);
void hr_packet_write(struct writer *w, const struct hr_packet *p);

/* The records that are 32-bit numbers only, in the struct's order. */
bool hr_error_read(struct reader *r, struct hr_error *ret);
void hr_error_write(struct writer *w, const struct hr_error *v);
bool hr_ready_read(struct reader *r, struct hr_ready *ret);
void hr_ready_write(struct writer *w, const struct hr_ready *v);
bool hr_failure_read(struct reader *r, struct hr_failure *ret);
void hr_failure_write(struct writer *w, const struct hr_failure *v);
bool hr_owner_read(struct reader *r, struct hr_owner *ret);
void hr_owner_write(struct writer *w, const struct hr_owner *v);
bool hr_snapshot_read(struct reader *r, struct hr_snapshot *ret);
void hr_snapshot_write(struct writer *w, const struct hr_snapshot *v);
bool hr_restored_read(struct reader *r, struct hr_restored *ret);
void hr_restored_write(struct writer *w, const struct hr_restored *v);
bool hr_forwarding_read(struct reader *r, struct hr_forwarding *ret);
void hr_forwarding_write(struct writer *w, const struct hr_forwarding *v);
bool hr_held_read(struct reader *r, struct hr_held *ret);
void hr_held_write(struct writer *w, const struct hr_held *v);

/* Whether family and length go together and nothing is set past either. */
bool hr_prefix_valid(uint8_t family, uint8_t length, const uint8_t octets[16]);

#endif

#include "win32/carrier/rpc_association.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"

/* ---- sending --------------------------------------------------------------------------------- */

/* What a fault says: the statuses of C706 Appendix E, else the Win32 code itself. */
static uint32_t fault_of(mpr_status status)
{
    static const struct {
        mpr_status status;
        uint32_t fault;
    } faults[] = {
        {ST_RPC_PROCNUM_OUT_OF_RANGE, 0x1C010002}, /* nca_s_op_rng_error */
        {ST_RPC_SERVER_TOO_BUSY, 0x1C010014},      /* nca_s_server_too_busy */
        {ST_NOT_ENOUGH_MEMORY, 0x1C00001B},        /* nca_s_fault_remote_no_memory */
        {ST_RPC_INVALID_BINDING, 0x1C00001A},      /* nca_s_fault_context_mismatch */
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (faults[i].status == status) return faults[i].fault;
    }
    return status; /* 1783: nca_s_fault_ndr; 5: access denied */
}

static bool send_packet(const struct rpc_association *a, const struct writer *w)
{
    return !w->failed && a->ends->send(a->context, w->base, w->used);
}

static bool send_fault(const struct rpc_association *a, uint8_t flags, uint32_t fault)
{
    uint8_t octets[32];
    struct writer w;

    writer_init(&w, octets, sizeof(octets));
    rpc_write_fault(&w, a->call, a->presentation, flags, fault);
    return send_packet(a, &w);
}

static bool refuse_bind(const struct rpc_association *a, uint32_t call, enum rpc_bind_nak reason)
{
    uint8_t octets[32];
    struct writer w;

    writer_init(&w, octets, sizeof(octets));
    rpc_write_bind_nak(&w, call, reason);
    send_packet(a, &w);
    return false;
}

static bool send_response(const struct rpc_association *a, const struct carrier_octets *response)
{
    uint8_t octets[PACKET_SIZE_MAX];
    const size_t most = (a->send_max - PACKET_RESPONSE_HEADER) & ~(size_t)7;
    size_t done = 0, piece;
    uint8_t flags = PACKET_FIRST;
    struct writer w;

    do {
        piece = response->size - done < most ? response->size - done : most;
        if (done + piece == response->size) flags |= PACKET_LAST;
        writer_init(&w, octets, sizeof(octets));
        rpc_write_response(&w, a->call, a->presentation, flags, response->data + done, piece,
                           response->size - done);
        if (!send_packet(a, &w)) break;
        done += piece;
        flags = 0;
    } while (done < response->size);
    mem_wipe(octets, sizeof(octets));
    return done == response->size && !w.failed;
}

/* ---- binding --------------------------------------------------------------------------------- */

static bool accepts(const struct rpc_association *a, uint16_t presentation)
{
    for (unsigned i = 0; i < a->accepted_count; i++) {
        if (a->accepted[i] == presentation) return true;
    }
    return false;
}

static void accept_context(struct rpc_association *a, struct rpc_context *c)
{
    if (c->result != CONTEXT_ACCEPTED || accepts(a, c->id)) return;
    if (a->accepted_count == RPC_CONTEXTS)
        c->result = CONTEXT_NO_SYNTAX;
    else
        a->accepted[a->accepted_count++] = c->id;
}

static bool answer_bind(struct rpc_association *a, enum rpc_packet_type type, uint32_t call,
                        struct rpc_bind *bind, struct rpc_context *contexts)
{
    uint8_t octets[64 + 24 * RPC_CONTEXTS];
    struct writer w;

    for (unsigned i = 0; i < bind->count; i++) accept_context(a, &contexts[i]);
    bind->send_max = a->send_max;
    bind->receive_max = PACKET_SIZE_MAX;
    bind->group = a->group;
    writer_init(&w, octets, sizeof(octets));
    rpc_write_bind_ack(&w, type, call, bind, type == PACKET_BIND_ACK ? a->address : "", contexts);
    return send_packet(a, &w);
}

static bool read_contexts(struct reader *r, unsigned count, struct rpc_context *contexts)
{
    if (count == 0 || count > RPC_CONTEXTS) return false;
    for (unsigned i = 0; i < count; i++) rpc_read_context(r, &contexts[i]);
    return !r->failed;
}

static bool take_bind(struct rpc_association *a, const struct rpc_header *h, struct reader *r)
{
    struct rpc_context contexts[RPC_CONTEXTS];
    struct rpc_bind bind;

    if (a->bound) return false;
    if (h->auth_size) return refuse_bind(a, h->call, NAK_AUTHENTICATION);
    rpc_read_bind(r, &bind);
    if (bind.receive_max < PACKET_SIZE_MIN || !read_contexts(r, bind.count, contexts))
        return refuse_bind(a, h->call, NAK_LIMIT);
    a->send_max = bind.receive_max < PACKET_SIZE_MAX ? bind.receive_max : PACKET_SIZE_MAX;
    a->bound = true;
    return answer_bind(a, PACKET_BIND_ACK, h->call, &bind, contexts);
}

static bool take_alter(struct rpc_association *a, const struct rpc_header *h, struct reader *r)
{
    struct rpc_context contexts[RPC_CONTEXTS];
    struct rpc_bind bind;

    if (!a->bound || a->receiving || h->auth_size) return false;
    rpc_read_bind(r, &bind);
    if (!read_contexts(r, bind.count, contexts)) return false;
    return answer_bind(a, PACKET_ALTER_RESPONSE, h->call, &bind, contexts);
}

/* ---- requests -------------------------------------------------------------------------------- */

static void drop_request(struct rpc_association *a)
{
    if (a->request) {
        mem_wipe(a->request, a->size);
        mem_free(a->request);
        a->ends->give_memory(a->context, a->room);
    }
    a->request = NULL;
    a->size = a->room = 0;
    a->receiving = false;
}

/* Room grows with what has come, whatever the client says that will. */
static bool make_room(struct rpc_association *a, size_t more)
{
    size_t room = a->room ? a->room * 2 : PACKET_SIZE_MAX;
    uint8_t *grown;

    if (a->room - a->size >= more) return true;
    if (room > RPC_REQUEST_MAX) room = RPC_REQUEST_MAX;
    if (room - a->size < more || !a->ends->take_memory(a->context, room)) return false;
    grown = mem_alloc(room);
    if (!grown) {
        a->ends->give_memory(a->context, room);
        return false;
    }
    if (a->request) {
        memcpy(grown, a->request, a->size);
        mem_wipe(a->request, a->size);
        mem_free(a->request);
        a->ends->give_memory(a->context, a->room);
    }
    a->request = grown;
    a->room = room;
    return true;
}

static bool add_octets(struct rpc_association *a, struct reader *r)
{
    const size_t size = reader_left(r);

    if (size == 0) return true;
    if (!make_room(a, size)) return false;
    rd_bytes(r, a->request + a->size, size);
    a->size += size;
    return true;
}

static bool run_request(struct rpc_association *a)
{
    struct carrier_octets response = {NULL, 0};
    mpr_status status = a->ends->call(a->context, a->method, a->request, a->size, &response);
    bool sent;

    drop_request(a);
    if (status != ST_OK) {
        TRACE(DEBUG, "rpc: method %u ends with a fault: %s", a->method, status_name(status));
        return send_fault(a, 0, fault_of(status));
    }
    sent = send_response(a, &response);
    mem_wipe(response.data, response.size);
    mem_free(response.data);
    return sent;
}

/* Its first packet says what it is; further ones have to say the same. */
static bool continue_request(struct rpc_association *a, const struct rpc_header *h,
                             uint16_t presentation, uint16_t method)
{
    if (h->flags & PACKET_FIRST) {
        if (a->receiving) return false;
        a->receiving = true;
        a->call = h->call;
        a->presentation = presentation;
        a->method = method;
    }
    return a->receiving && a->call == h->call && a->presentation == presentation &&
           a->method == method;
}

static bool take_request(struct rpc_association *a, const struct rpc_header *h, struct reader *r)
{
    enum { NCA_UNKNOWN_INTERFACE = 0x1C010003 };
    uint16_t presentation, method;

    if (!a->bound || h->auth_size) return false;
    rd_skip(r, 4); /* how many octets there will be, a hint */
    presentation = rd_le16(r);
    method = rd_le16(r);
    if (h->flags & PACKET_OBJECT) rd_skip(r, 16);
    if (r->failed || !continue_request(a, h, presentation, method)) return false;
    if (!accepts(a, presentation)) {
        send_fault(a, PACKET_DID_NOT_EXECUTE, NCA_UNKNOWN_INTERFACE);
        return false;
    }
    if (!add_octets(a, r)) {
        send_fault(a, PACKET_DID_NOT_EXECUTE, fault_of(ST_NOT_ENOUGH_MEMORY));
        return false;
    }
    return h->flags & PACKET_LAST ? run_request(a) : true;
}

/* ---- all ------------------------------------------------------------------------------------- */

bool rpc_association_take(struct rpc_association *a, const struct rpc_header *header,
                          const uint8_t *packet)
{
    struct reader r;

    reader_init(&r, packet + PACKET_HEADER, header->size - PACKET_HEADER);
    switch (header->type) {
    case PACKET_REQUEST:
        return take_request(a, header, &r);
    case PACKET_BIND:
        return take_bind(a, header, &r);
    case PACKET_ALTER:
        return take_alter(a, header, &r);
    case PACKET_CANCEL: /* a call that runs is not looked at from outside */
        return true;
    case PACKET_ORPHANED:
        if (a->receiving && a->call == header->call) drop_request(a);
        return true;
    default:
        return false;
    }
}

void rpc_association_refuse_version(struct rpc_association *a, const struct rpc_header *header)
{
    if (header->type == PACKET_BIND && !a->bound) refuse_bind(a, header->call, NAK_VERSION);
}

void rpc_association_end(struct rpc_association *a)
{
    drop_request(a);
}

/* Methods with the structures of a level. */
#include "api/remote/remote.h"

mpr_status remote_get(HANDLE server, enum dim_method method, struct dim_arguments *a,
                      enum wire_kind kind, BYTE **ret)
{
    struct remote_reply reply;
    mpr_status status = remote_call(server, method, a, &reply);

    if (status == ST_OK) status = wire_info_read(&a->info, kind, a->level, 1, ret);
    if (status == ST_OK && !*ret) status = ST_RPC_BAD_STUB_DATA;
    remote_free(&reply);
    return status;
}

mpr_status remote_set(HANDLE server, enum dim_method method, struct dim_arguments *a,
                      enum wire_kind kind, const BYTE *buffer)
{
    mpr_status status = ST_OK;
    struct ndr info;

    ndr_write(&info);
    info.secret = kind == WIRE_CREDENTIALS;
    if (buffer) status = wire_info_write(&info, kind, a->level, buffer, 1);
    if (status == ST_OK)
        a->info = (struct dim_octets){(uint32_t)info.position, info.written};
    else if (status == ST_INVALID_LEVEL || status == ST_INVALID_PARAMETER)
        status = ST_OK; /* nothing of it travels: the router refuses the level, or the lack */
    if (status == ST_OK) status = remote_tell(server, method, a);
    ndr_free(&info);
    return status;
}

/* ---- enumerations ---------------------------------------------------------------------------- */

static bool is_page(mpr_status status)
{
    return status == ST_OK || status == ST_MORE_DATA;
}

/* One call: the router gives a page as it is asked for. */
static mpr_status enum_at_once(HANDLE server, enum dim_method method, struct dim_arguments *a,
                               enum wire_kind kind, const struct enum_results *results)
{
    struct remote_reply reply;
    mpr_status status, read;

    a->resume.present = results->resume != NULL;
    if (results->resume) a->resume.value = *results->resume;
    status = remote_call(server, method, a, &reply);
    if (is_page(status)) {
        read = wire_info_read(&a->info, kind, a->level, a->entries_read, results->entries);
        if (read != ST_OK) status = read;
    }
    if (is_page(status)) {
        *results->read = a->entries_read;
        *results->total = a->total_entries;
        if (results->resume) *results->resume = a->resume.value;
    }
    remote_free(&reply);
    return status;
}

/* ---- long pages ------------------------------------------------------------------------------ */

/* A page that is longer comes from a router of this machine in pieces: what all of 100,000
 * interfaces are in its memory and on the way would be new memory for each end, several times,
 * which takes longer than to ask again. */
#define PIECE_OCTETS (64u << 10)

struct long_page {
    HANDLE server;
    enum dim_method method;
    enum wire_kind kind;
    const struct dim_arguments *asked;
    size_t entry_size;
    uint32_t wanted, read, total, resume;
    BYTE *entries;
    struct carrier_router router; /* that all pieces are from */
};

/* Pieces of two routers are no page. */
static mpr_status check_router(struct long_page *p)
{
    if (p->router.process) CloseHandle(p->router.process);
    p->router.process = NULL;
    if (p->router.known && p->router.id != p->router.known) return ST_RPC_CALL_FAILED;
    p->router.known = p->router.id;
    return ST_OK;
}

static mpr_status make_room(struct long_page *p, uint32_t total)
{
    if (p->entries) return ST_OK;
    p->total = total;
    if (total < p->wanted) p->wanted = total;
    if (!p->wanted) return ST_OK;
    p->entries = api_buffer_new_array(p->wanted, p->entry_size, 0);
    return p->entries ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status take_piece(struct long_page *p, const struct dim_arguments *a)
{
    mpr_status status = check_router(p);

    if (status == ST_OK) status = make_room(p, a->total_entries);
    if (status != ST_OK || !a->entries_read) return status;
    if (a->entries_read > p->wanted - p->read) return ST_RPC_BAD_STUB_DATA;
    status = wire_info_read_into(&a->info, p->kind, a->level, a->entries_read,
                                 p->entries + p->read * p->entry_size);
    if (status == ST_OK) p->read += a->entries_read;
    return status;
}

static mpr_status ask_for_piece(struct long_page *p)
{
    const uint32_t size = (uint32_t)wire_info_size(p->kind, p->asked->level);
    const uint32_t most = PIECE_OCTETS / size, rest = p->wanted - p->read;
    struct dim_arguments a = *p->asked;
    struct remote_reply reply;
    mpr_status taken, status;

    a.preferred = (rest < most ? rest : most) * size;
    a.resume = (struct dim_resume){.value = p->resume, .present = true};
    status = remote_call_router(p->server, p->method, &a, &reply, &p->router);
    if (is_page(status)) {
        taken = take_piece(p, &a);
        if (taken != ST_OK) status = taken;
    }
    p->resume = a.resume.value;
    remote_free(&reply);
    return status;
}

static mpr_status enum_in_pieces(struct long_page *p, const struct enum_results *results)
{
    mpr_status status;
    uint32_t before;

    do {
        before = p->read;
        status = ask_for_piece(p);
    } while (status == ST_MORE_DATA && p->read < p->wanted && p->read > before);
    if (!is_page(status) || !p->read) {
        api_buffer_free(p->entries);
        p->entries = NULL;
    }
    if (!is_page(status)) return status;
    *results->entries = p->entries;
    *results->read = p->read;
    *results->total = p->total;
    if (results->resume) *results->resume = p->resume;
    return status;
}

mpr_status remote_enum(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       enum wire_kind kind, size_t entry_size, DWORD preferred,
                       const struct enum_results *results)
{
    struct long_page p = {.server = server,
                          .method = method,
                          .kind = kind,
                          .asked = a,
                          .entry_size = entry_size,
                          .wanted = MAXDWORD,
                          .resume = results->resume ? *results->resume : 0};

    a->preferred = wire_preferred(preferred, entry_size, wire_info_size(kind, a->level));
    if (a->preferred <= PIECE_OCTETS || !wire_info_size(kind, a->level) ||
        remote_has_no_events(server))
        return enum_at_once(server, method, a, kind, results);
    if (preferred != MAXDWORD) p.wanted = preferred / (uint32_t)entry_size;
    return enum_in_pieces(&p, results);
}

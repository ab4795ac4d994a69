/* Carriers to other machines, one for each name. What a carrier has of rpcrt4, a line, is there
 * while there are sessions, and made anew when the router does not answer over it.
 *
 * A call on a connection that has died meanwhile could not be told from one that the router died
 * of, and must not be made again. So who calls after a silence asks first whether the router is
 * there. */
#include "win32/carrier/rpc.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf16.h"
#include "win32/carrier/rpc_binding.h"
#include "win32/carrier/rpc_runtime.h"

#define ANY_SESSION 1u
#define SILENCE_MS  1000u

struct rpc_line {
    RPC_BINDING_HANDLE binding;
    unsigned references;         /* the carrier's, and one for each call */
    volatile ULONGLONG answered; /* when the router last has; 0: it has failed since */
};

struct rpc_carrier {
    struct carrier carrier;
    char16_t *text;
    struct rpc_name name;
    struct rpc_settings settings;
    struct rpc_line *line; /* NULL: none */
    unsigned sessions;
    struct rpc_carrier *next;
};

static SRWLOCK rpc_lock = SRWLOCK_INIT; /* of all carriers; nothing is called with it held */
static struct rpc_carrier *rpc_carriers;

/* ---- lines ----------------------------------------------------------------------------------- */

static struct rpc_line *take_line(struct rpc_carrier *c)
{
    struct rpc_line *line;

    AcquireSRWLockExclusive(&rpc_lock);
    line = c->line;
    if (line) line->references++;
    ReleaseSRWLockExclusive(&rpc_lock);
    return line;
}

static void give_line(struct rpc_line *line)
{
    bool last;

    if (!line) return;
    AcquireSRWLockExclusive(&rpc_lock);
    last = --line->references == 0;
    ReleaseSRWLockExclusive(&rpc_lock);
    if (!last) return;
    rpc_binding_free(line->binding);
    mem_free(line);
}

static mpr_status new_line(const struct rpc_name *name, const struct rpc_settings *settings,
                           struct rpc_line **ret)
{
    struct rpc_line *line = mem_alloc(sizeof(*line));
    mpr_status status =
        line ? rpc_binding_reach(name, settings, &line->binding) : ST_NOT_ENOUGH_MEMORY;

    *ret = NULL;
    if (status != ST_OK) {
        mem_free(line);
        return status;
    }
    line->references = 1;
    *ret = line;
    return ST_OK;
}

/* The carrier has line from now on, whose reference it takes. */
static void set_line(struct rpc_carrier *c, struct rpc_line *line)
{
    struct rpc_line *former;

    AcquireSRWLockExclusive(&rpc_lock);
    former = c->line;
    c->line = line;
    ReleaseSRWLockExclusive(&rpc_lock);
    give_line(former);
}

/* ---- a carrier ------------------------------------------------------------------------------- */

/* The former line goes first: as long as it is there, rpcrt4 introduces new connections as
 * belonging to the same association as before, and a router that was started meanwhile refuses
 * that. */
static mpr_status renew_line(struct rpc_carrier *c)
{
    struct rpc_settings settings;
    struct rpc_line *line;
    mpr_status status;

    set_line(c, NULL);
    AcquireSRWLockShared(&rpc_lock);
    settings = c->settings;
    ReleaseSRWLockShared(&rpc_lock);
    status = new_line(&c->name, &settings, &line);
    if (status == ST_OK) set_line(c, line);
    return status;
}

static bool has_just_answered(const struct rpc_line *line)
{
    return GetTickCount64() - line->answered < SILENCE_MS;
}

/* Takes a line over which the router answers. */
static mpr_status take_live_line(struct rpc_carrier *c, struct rpc_line **ret)
{
    mpr_status status = ST_OK;

    *ret = take_line(c);
    if (*ret && (has_just_answered(*ret) || rpc_binding_probe((*ret)->binding) == ST_OK))
        return ST_OK;
    give_line(*ret);
    status = renew_line(c);
    *ret = status == ST_OK ? take_line(c) : NULL;
    return status == ST_OK && !*ret ? ST_RPC_SERVER_UNAVAILABLE : status;
}

static void count_session(struct rpc_carrier *c)
{
    AcquireSRWLockExclusive(&rpc_lock);
    c->sessions++;
    ReleaseSRWLockExclusive(&rpc_lock);
}

/* With the last one the line goes. */
static void uncount_session(struct rpc_carrier *c)
{
    struct rpc_line *line = NULL;

    AcquireSRWLockExclusive(&rpc_lock);
    if (--c->sessions == 0) {
        line = c->line;
        c->line = NULL;
    }
    ReleaseSRWLockExclusive(&rpc_lock);
    give_line(line);
}

static mpr_status rpc_carrier_open(struct carrier *carrier, enum handle_kind kind,
                                   uint32_t *ret_session)
{
    struct rpc_carrier *c = (struct rpc_carrier *)carrier;
    struct rpc_line *line;
    mpr_status status;

    (void)kind;
    count_session(c);
    status = take_live_line(c, &line);
    give_line(line);
    *ret_session = status == ST_OK ? ANY_SESSION : 0;
    if (status != ST_OK) uncount_session(c);
    return status;
}

static void rpc_carrier_close(struct carrier *carrier, uint32_t session)
{
    (void)session;
    uncount_session((struct rpc_carrier *)carrier);
}

static mpr_status call_once(struct rpc_carrier *c, uint32_t method, const uint8_t *request,
                            size_t size, struct carrier_octets *response)
{
    struct rpc_line *line;
    mpr_status status = take_live_line(c, &line);

    if (status != ST_OK) return status;
    status = rpc_binding_call(line->binding, method, request, size, response);
    line->answered = status == ST_OK ? GetTickCount64() : 0;
    give_line(line);
    return status;
}

/* A call that the router has not seen is made again. */
static mpr_status rpc_carrier_call(struct carrier *carrier, uint32_t session, uint32_t method,
                                   const uint8_t *request, size_t size,
                                   struct carrier_octets *response,
                                   struct carrier_router *ret_router)
{
    struct rpc_carrier *c = (struct rpc_carrier *)carrier;
    mpr_status status;

    (void)session;
    *response = (struct carrier_octets){NULL, 0};
    carrier_router_none(ret_router);
    status = call_once(c, method, request, size, response);
    if (status == ST_RPC_SERVER_UNAVAILABLE) status = call_once(c, method, request, size, response);
    return status;
}

static const struct carrier_table rpc_table = {rpc_carrier_open, rpc_carrier_close,
                                               rpc_carrier_call};

/* ---- all carriers ---------------------------------------------------------------------------- */

static struct rpc_carrier *find_carrier(const char16_t *text)
{
    struct rpc_carrier *c;

    LL_FOREACH (rpc_carriers, c) {
        if (u16_equal_nocase(c->text, text)) break;
    }
    return c;
}

static struct rpc_carrier *known_carrier(const char16_t *text, const struct rpc_settings *settings)
{
    struct rpc_carrier *c;

    AcquireSRWLockExclusive(&rpc_lock);
    c = find_carrier(text);
    if (c) c->settings = *settings;
    ReleaseSRWLockExclusive(&rpc_lock);
    return c;
}

static void free_carrier(struct rpc_carrier *c)
{
    give_line(c->line);
    mem_free(c->text);
    mem_free(c);
}

/* The carrier of that name, which another thread may have made meanwhile. */
static struct carrier *list_carrier(struct rpc_carrier *c)
{
    struct rpc_carrier *other;

    AcquireSRWLockExclusive(&rpc_lock);
    other = find_carrier(c->text);
    if (!other) LL_PREPEND(rpc_carriers, c);
    ReleaseSRWLockExclusive(&rpc_lock);
    if (!other) return &c->carrier;
    free_carrier(c);
    return &other->carrier;
}

/* Whether the router learns which process calls, whose events it then signals. */
static bool names_process(const struct rpc_name *name)
{
    if (name->protocol == RPC_LOCAL) return true;
    return name->protocol == RPC_PIPE && !name->host[0] && rpc_is_wines();
}

static mpr_status new_carrier(const char16_t *text, const struct rpc_settings *settings,
                              struct rpc_carrier *c)
{
    c->text = u16_dup(text);
    if (!c->text) return ST_NOT_ENOUGH_MEMORY;
    if (!rpc_name_read(text, &c->name)) return ST_RPC_SERVER_UNAVAILABLE;
    c->settings = *settings;
    c->carrier = (struct carrier){.table = &rpc_table, .elsewhere = !names_process(&c->name)};
    return new_line(&c->name, settings, &c->line);
}

mpr_status rpc_connect(const char16_t *name, const struct rpc_settings *settings,
                       struct carrier **ret)
{
    struct rpc_carrier *c = known_carrier(name, settings);
    mpr_status status;

    *ret = c ? &c->carrier : NULL;
    if (c) return ST_OK;
    c = mem_alloc(sizeof(*c));
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    status = new_carrier(name, settings, c);
    if (status != ST_OK) {
        free_carrier(c);
        return status;
    }
    *ret = list_carrier(c);
    return ST_OK;
}

/* A request becomes arguments, its method's function is called, arguments become the answer. */
#include "api/serve/serve_call.h"

#include "win32/carrier/carrier.h"

/* More octets than any answer of a method that changes something, but for an object that it
 * repeats: such a method must not succeed, and then lack memory for saying so. */
#define ANSWER_ROOM 256u

/* ---- what a request has ---------------------------------------------------------------------- */

/* Octets of a level without parts behind it; 0: no such level, or with parts. */
static size_t exact_size(enum wire_kind kind, DWORD level)
{
    static const size_t server[] = {16, 16, 24};

    if (kind == WIRE_SERVER) return level < sizeof(server) / sizeof(server[0]) ? server[level] : 0;
    return wire_info_size(kind, level);
}

static mpr_status make_structure(struct serve_call *c, enum wire_kind kind, BYTE **ret)
{
    const struct dim_octets *info = &c->in.info;
    const size_t exact = exact_size(kind, c->in.level);

    if (exact && info->size != exact) return ST_RPC_BAD_STUB_DATA;
    *ret = wire_info_make(&c->memory, info, kind, c->in.level, 1);
    return *ret ? ST_OK : c->memory.status;
}

mpr_status serve_take_info(struct serve_call *c, enum wire_kind kind, BYTE **ret)
{
    enum { LARGEST = 4096 }; /* than any structure */
    mpr_status status;

    *ret = NULL;
    if (!c->in.info.size) return ST_OK;
    status = make_structure(c, kind, ret);
    if (status == ST_INVALID_LEVEL) {
        *ret = ndr_alloc(&c->memory, LARGEST);
        return *ret ? ST_OK : ST_NOT_ENOUGH_MEMORY;
    }
    if (status != ST_RPC_BAD_STUB_DATA) return status;
    status = api_check(c->server);
    return status == ST_OK ? ST_INVALID_PARAMETER : status;
}

DWORD serve_preferred(const struct serve_call *c, enum wire_kind kind, size_t size)
{
    return wire_preferred(c->in.preferred, wire_info_size(kind, c->in.level), size);
}

/* ---- its results ----------------------------------------------------------------------------- */

void serve_own(struct serve_call *c, void *buffer)
{
    for (size_t i = 0; i < SERVE_RESULTS && buffer; i++) {
        if (c->results[i]) continue;
        c->results[i] = buffer;
        buffer = NULL;
    }
}

mpr_status serve_give_info(struct serve_call *c, enum wire_kind kind, void *buffer, DWORD count)
{
    mpr_status status;

    serve_own(c, buffer);
    if (!count) return ST_OK;
    status = wire_info_write(&c->info, kind, c->in.level, buffer, count);
    if (status == ST_INVALID_LEVEL) return ST_NOT_SUPPORTED;
    if (status == ST_OK)
        c->out.info = (struct dim_octets){(uint32_t)c->info.position, c->info.written};
    return status;
}

mpr_status serve_give_one(struct serve_call *c, mpr_status status, enum wire_kind kind,
                          void *buffer)
{
    return status == ST_OK ? serve_give_info(c, kind, buffer, 1) : status;
}

void serve_page_begin(const struct serve_call *c, struct serve_page *page)
{
    *page = (struct serve_page){.resume = c->in.resume.value};
    page->resume_at = c->in.resume.present ? &page->resume : NULL;
}

static bool has_page(mpr_status status)
{
    return status == ST_OK || status == ST_MORE_DATA;
}

void serve_page_counts(struct serve_call *c, mpr_status status, const struct serve_page *page)
{
    if (!has_page(status)) return;
    c->out.entries_read = page->read;
    c->out.total_entries = page->total;
    if (page->resume_at) c->out.resume.value = page->resume;
}

mpr_status serve_page_give(struct serve_call *c, mpr_status status, enum wire_kind kind,
                           const struct serve_page *page)
{
    mpr_status given =
        has_page(status) ? serve_give_info(c, kind, page->entries, page->read) : status;

    if (given != ST_OK) return given;
    serve_page_counts(c, status, page);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* What an answer has that the function sets nothing of: what goes both ways, as it came, and
 * objects that NDR can carry. */
static void begin_answer(struct serve_call *c)
{
    struct dim_arguments *out = &c->out;
    const struct dim_arguments *in = &c->in;

    out->resume = in->resume;
    out->blocks.want_interface = in->blocks.want_interface;
    out->blocks.want_global = in->blocks.want_global;
    out->mib.in = in->mib.in;
    out->server.revision = in->server.revision;
    out->server.header = in->server.header;
    out->custom.revision = in->custom.revision;
    out->custom.header = in->custom.header;
    wire_connection_none(&out->connection_ex);
}

/* A client that has found the router let run again since is not to get what was true before. */
static void look_again_if_disabled(void)
{
    if (instance_check_enabled() != ST_OK) instance_refresh_enabled();
}

static mpr_status call_method(struct serve_call *c, const struct serve_method *method,
                              struct ndr *answer, size_t request_size)
{
    ndr_reserve(answer, ANSWER_ROOM + request_size);
    if (answer->status != ST_OK) return answer->status;
    begin_answer(c);
    look_again_if_disabled();
    c->memory.secret = c->info.secret = method->secret;
    return method->call(c);
}

static void end_call(struct serve_call *c)
{
    for (size_t i = 0; i < SERVE_RESULTS; i++) api_buffer_free(c->results[i]);
    if (c->server_object) wire_server_free(c->server_object);
    if (c->custom_object) wire_custom_free(c->custom_object);
    ndr_free(&c->memory);
    ndr_free(&c->info);
}

static mpr_status answer_request(struct serve_call *c, uint32_t number, struct ndr *request,
                                 struct ndr *answer)
{
    const struct serve_method *method = number < DIM_METHODS ? &serve_methods[number] : NULL;
    mpr_status status;
    uint32_t result;

    request->secret = answer->secret = method && method->secret;
    status = dim_request(request, number, &c->in);
    if (status != ST_OK || !method) return status;
    result = call_method(c, method, answer, request->size);
    if (answer->status == ST_OK) dim_response(answer, number, &c->out, &result);
    return answer->status;
}

/* Takes what was written; answers to secret methods are overwritten by whoever frees them. */
static void take_octets(struct ndr *answer, struct carrier_octets *ret)
{
    *ret = (struct carrier_octets){answer->written, answer->position};
    answer->written = NULL;
}

mpr_status serve_run(void *client, const struct carrier_request *request,
                     struct carrier_octets *response)
{
    struct serve_call c = {.client = client, .request = request};
    struct ndr from, answer;
    mpr_status status;

    *response = (struct carrier_octets){NULL, 0};
    if (!serve_session_is(client, request->session)) return ST_RPC_INVALID_BINDING;
    c.server = serve_handle(request->session);
    ndr_read(&from, request->octets, request->size);
    ndr_write(&answer);
    status = answer_request(&c, request->method, &from, &answer);
    if (status == ST_OK) take_octets(&answer, response);
    end_call(&c);
    ndr_free(&answer);
    ndr_free(&from);
    return status;
}

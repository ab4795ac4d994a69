/* Random sequences of calls into the router: whatever comes, each accepted request is completed
 * exactly once, each event given to the router is closed by it, and no memory is left. */
#include "fuzz/sequences/sequences.h"

#include <string.h>

#include "base/mem.h"
#include "fuzz/fuzz.h"

static size_t live;

static void *count_alloc(void *context, size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    (void)context;
    live += memory != NULL;
    return memory;
}

static void count_release(void *context, void *memory)
{
    (void)context;
    live -= memory != NULL;
    free(memory);
}

static void answer_or_hold(struct sequence *s, struct protocol_call *call)
{
    s->protocol = call->protocol;
    if (!s->r || (s->hold && s->held_count < HELD)) {
        FUZZ_CHECK(s->held_count < HELD);
        s->held[s->held_count++] = call;
        return;
    }
    call->status = s->answer;
    if (call->kind == CALL_LOAD)
        call->functionality = PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES;
    router_protocol_answer(s->r, call);
}

static void on_action(struct fake_host *f, const struct fake_record *record)
{
    struct sequence *s = (struct sequence *)f;

    if (record->action == FAKE_PROTOCOL_CALL) answer_or_hold(s, record->call);
    if (record->action == FAKE_CLOSE_EVENT) s->open_events--;
    if (record->action == FAKE_COMPLETE) s->completed[record->request - s->requests]++;
}

/* Kept until the input says what comes of it; one too many is refused at once. */
static void host_admission(void *context, struct admission *a)
{
    struct sequence *s = context;

    if (a->kind == ADMISSION_END || !s->r) {
        mem_free(a);
    } else if (s->asked_count < ASKED) {
        s->asked[s->asked_count++] = a;
    } else {
        a->answer = ST_ACCESS_DENIED;
        router_admission_answer(s->r, a);
    }
}

static void start(struct sequence *s, const uint8_t *data, size_t size)
{
    static const struct port_setup ports[PORT_KINDS] = {
        [PORT_PPTP] = {2, PORT_FOR_RAS | PORT_FOR_ROUTING}, [PORT_IKEV2] = {3, PORT_FOR_RAS}};
    struct router_config config = {.router_type = ROUTER_LAN | ROUTER_WAN | ROUTER_RAS};

    memset(s, 0, sizeof(*s));
    reader_init(&s->in, data, size);
    fake_init(&s->f);
    s->f.on_action = on_action;
    s->f.record = false; /* on_action sees each action; nobody looks back */
    s->next_event = 1;
    s->auth.type = RIP_AUTH_NONE;
    if (rd_u8(&s->in) == 0xFF) config.router_type = ROUTER_LAN;
    s->f.host.admission = host_admission;
    s->f.host.send = sequence_sent;
    s->r = fake_start(&s->f, &config);
    FUZZ_CHECK(router_ports_create(s->r, ports) == ST_OK);
    router_catalogue_add(s->r, TRANSPORT_IP, 0x01370077u, u"testproto.dll");
}

static void finish(struct sequence *s)
{
    s->r = NULL; /* from here on calls are the host's */
    fake_close(&s->f);
    while (s->asked_count) mem_free(s->asked[--s->asked_count]);
    while (s->held_count) protocol_call_free(s->held[--s->held_count]);
    for (size_t n = 0; n < REQUESTS; n++) FUZZ_CHECK(s->completed[n] == (s->accepted[n] ? 1u : 0u));
    FUZZ_CHECK(s->open_events == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mem_hooks counting = {count_alloc, count_release, NULL};
    static struct sequence s;

    live = 0;
    mem_set_hooks(&counting);
    start(&s, data, size);
    while (reader_left(&s.in)) sequence_step(&s);
    finish(&s);
    mem_set_hooks(NULL);
    FUZZ_CHECK(live == 0);
    return 0;
}

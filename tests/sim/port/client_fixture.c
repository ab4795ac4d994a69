#include "sim/port/client_fixture.h"

/* Two of PPTP, one of L2TP that is not for clients, two of IKEv2. */
static const struct port_setup few[PORT_KINDS] = {{2, PORT_FOR_RAS},
                                                  {1, PORT_FOR_ROUTING},
                                                  {0, PORT_FOR_RAS},
                                                  {2, PORT_FOR_RAS | PORT_FOR_ROUTING},
                                                  {0, PORT_FOR_ROUTING}};

static void host_admission(void *context, struct admission *a)
{
    struct fixture *f = context;

    if (a->kind == ADMISSION_END) {
        f->ends++;
        f->ended = a->connection;
        mem_free(a);
        return;
    }
    if (a->kind == ADMISSION_ASK) f->asks++;
    if (a->kind == ADMISSION_ASK_AGAIN) f->again++;
    if (a->kind == ADMISSION_ASK_MOVED) f->moved++;
    f->asked[f->count++] = a;
}

struct fixture *open_router(uint32_t type)
{
    static struct fixture f;
    struct router_config config = {.router_type = type};

    memset(&f, 0, sizeof(f));
    fail_alloc_begin();
    fake_init(&f.host);
    f.host.host.admission = host_admission;
    f.r = fake_start(&f.host, &config);
    assert_int_equal(router_ports_create(f.r, few), ST_OK);
    return &f;
}

void close_router(struct fixture *f)
{
    fake_close(&f->host);
    while (f->count) mem_free(f->asked[--f->count]);
    fail_alloc_end();
}

int setup(void **state)
{
    *state = open_router(ALL);
    return 0;
}

int teardown(void **state)
{
    close_router(*state);
    return 0;
}

struct client_call call_of(const char16_t *user, const char16_t *domain)
{
    struct client_call call = {.port = PORT_IKEV2, .binding = {.remote = ADDRESS, .mtu = 1400}};

    u16_copy(call.user, LINK_USER_MAX + 1, user);
    u16_copy(call.domain, LINK_DOMAIN_MAX + 1, domain);
    return call;
}

struct client_call call_over(const char16_t *adapter, uint32_t host_index)
{
    struct client_call call = call_of(u"", u"");

    u16_copy(call.alias, INTERFACE_NAME_MAX + 1, adapter);
    u16_copy(call.adapter, INTERFACE_NAME_MAX + 1, adapter);
    call.binding.host_index = host_index;
    call.binding.count = 1;
    call.binding.local[0].address = 0x0A080001;
    call.binding.local[0].mask = UINT32_MAX;
    return call;
}

handle_t32 call_in(struct fixture *f, const struct client_call *call)
{
    handle_t32 client = 0;

    assert_int_equal(router_client_call(f->r, call, &client), ST_OK);
    fake_flush(&f->host);
    return client;
}

handle_t32 alice(struct fixture *f)
{
    struct client_call call = call_of(u"alice", u"OFFICE");

    return call_in(f, &call);
}

void answer(struct fixture *f, mpr_status status)
{
    struct admission *a = f->asked[0];

    assert_int_not_equal(f->count, 0);
    memmove(f->asked, f->asked + 1, --f->count * sizeof(*f->asked));
    a->answer = status;
    router_admission_answer(f->r, a);
    fake_flush(&f->host);
}

bool exists(struct fixture *f, handle_t32 client)
{
    struct interface_info info;

    return router_interface_info(f->r, client, &info) == ST_OK;
}

struct port_info port_of(struct fixture *f, enum port_kind kind)
{
    struct port_info all[8];
    uint32_t resume = 0, read, total;

    assert_int_equal(router_port_enum(f->r, 0, &resume, all, 8, &read, &total), ST_OK);
    for (uint32_t n = 0; n < read; n++) {
        if (all[n].kind == kind) return all[n];
    }
    fail();
    return all[0];
}

uint32_t used(struct fixture *f)
{
    uint32_t total, in_use;

    router_port_count(f->r, &total, &in_use);
    return in_use;
}

struct connection_info connection(struct fixture *f)
{
    struct connection_info all[2];
    uint32_t resume = 0, read, total;

    assert_int_equal(router_connection_enum(f->r, &resume, all, 2, &read, &total), ST_OK);
    assert_int_equal(read, 1);
    return all[0];
}

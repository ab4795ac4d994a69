/* Ports and connections over time: who occupies what, what is listed, memory that fails. */
#include "sim/support/cmocka_all.h"

#include <string.h>

#include "base/utf16.h"
#include "router/ddm/port.h"
#include "router/state.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

#define SECOND ((msec)1000)

/* Two of PPTP, one of L2TP, clients only for SSTP, two of IKEv2. */
static const struct port_setup setup_few[PORT_KINDS] = {{2, PORT_FOR_RAS | PORT_FOR_ROUTING},
                                                        {1, PORT_FOR_ROUTING},
                                                        {3, PORT_FOR_RAS},
                                                        {2, PORT_FOR_RAS | PORT_FOR_ROUTING},
                                                        {0, PORT_FOR_ROUTING}};

struct fixture {
    struct fake_host host;
    struct router *r;
    struct dial_entry entry;
    struct dial_plan plan;
};

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    fail_alloc_begin();
    f.r = fake_open(&f.host, ROUTER_RAS | ROUTER_LAN | ROUTER_WAN);
    assert_int_equal(router_ports_create(f.r, setup_few), ST_OK);
    fake_dial_defaults(DIALER_SCRIPTED, 0, &f.entry, &f.plan);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    fake_close(&f->host);
    fail_alloc_end();
    return 0;
}

static handle_t32 make(struct fixture *f, const char16_t *name, const char16_t *device,
                       uint32_t strategy)
{
    struct interface_spec spec = {.name = name,
                                  .type = IF_FULL_ROUTER,
                                  .enabled = true,
                                  .entry = &f->entry,
                                  .plan = &f->plan};
    handle_t32 handle = 0;

    u16_copy(f->entry.device_name, 129, device);
    f->entry.vpn_strategy = strategy;
    assert_int_equal(router_interface_create(f->r, &spec, &handle), ST_OK);
    return handle;
}

static void up(struct fixture *f, handle_t32 interface)
{
    assert_int_equal(router_interface_connect(f->r, interface, NULL), ST_PENDING);
    fake_advance(&f->host, f->plan.delay);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
}

static uint32_t used(struct fixture *f)
{
    uint32_t total, in_use;

    router_port_count(f->r, &total, &in_use);
    return in_use;
}

/* The connection of an interface, in all its fields. */
static struct connection_info connection_of(struct fixture *f, handle_t32 interface)
{
    struct connection_info all[8];
    uint32_t resume = 0, read = 0, total = 0;

    assert_int_equal(router_connection_enum(f->r, &resume, all, 8, &read, &total), ST_OK);
    for (uint32_t n = 0; n < read; n++) {
        if (all[n].interface == interface) return all[n];
    }
    fail_msg("no connection");
    return all[0];
}

static enum port_kind kind_of(struct fixture *f, handle_t32 interface)
{
    return connection_of(f, interface).kind;
}

static struct port_info port_at(struct fixture *f, uint32_t place)
{
    struct port_info all[16];
    uint32_t resume = 0, read = 0, total = 0;

    assert_int_equal(router_port_enum(f->r, 0, &resume, all, 16, &read, &total), ST_OK);
    assert_true(place < read);
    return all[place];
}

static void test_created(void **state)
{
    struct fixture *f = *state;
    struct port_info p;
    uint32_t total, in_use;

    router_port_count(f->r, &total, &in_use);
    assert_int_equal(total, 8);
    assert_int_equal(in_use, 0);
    p = port_at(f, 0);
    assert_true(u16_equal(p.name, u"VPN0-0"));
    assert_true(u16_equal(p.device.name, u"WAN Miniport (PPTP)"));
    assert_true(u16_equal(p.device.type, u"vpn"));
    assert_int_equal(p.condition, PORT_LISTENING);
    assert_int_equal(port_at(f, 2).condition, PORT_DISCONNECTED); /* not for clients */
    router_pause(f->r, true);
    assert_int_equal(port_at(f, 0).condition, PORT_DISCONNECTED);
}

/* By its handle a port is the same as in the list; no other handle is one. */
static void test_info(void **state)
{
    struct fixture *f = *state;
    handle_t32 i = make(f, u"A", u"wg0", 0);
    struct port_info one;

    up(f, i);
    for (uint32_t place = 0; place < 9; place++) {
        const struct port_info listed = port_at(f, place);

        memset(&one, 0, sizeof(one));
        assert_int_equal(router_port_info(f->r, listed.port, &one), ST_OK);
        assert_int_equal(one.port, listed.port);
        assert_int_equal(one.connection, listed.connection);
        assert_int_equal(one.condition, listed.condition);
        assert_true(u16_equal(one.name, listed.name));
        assert_int_equal(router_port_info(f->r, listed.port + 1000, &one), ST_INVALID_HANDLE);
    }
    assert_int_equal(router_port_info(f->r, 0, &one), ST_INVALID_HANDLE);
    assert_int_equal(router_port_info(f->r, i, &one), ST_INVALID_HANDLE);
}

static void test_strategies(void **state)
{
    static const struct {
        const char16_t *device;
        uint32_t strategy;
        enum port_kind kind;
    } rows[] = {{u"WAN Miniport (PPTP)", 0, PORT_PPTP},
                {u"WAN Miniport (L2TP)", 0, PORT_L2TP},
                {u"WAN Miniport (PPTP)", 3, PORT_L2TP},
                {u"WAN Miniport (L2TP)", 1, PORT_PPTP},
                {u"WAN Miniport (IKEv2)", 8, PORT_IKEV2},
                {u"wan miniport (pptp)", 7, PORT_IKEV2},
                {u"WAN Miniport (SSTP)", 6, PORT_PPTP}, /* SSTP is not enabled for routing */
                {u"wg0", 0, PORT_DEVICE},
                {u"wg0", 7, PORT_DEVICE}};
    struct fixture *f = *state;

    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        handle_t32 i = make(f, u"One", rows[n].device, rows[n].strategy);

        up(f, i);
        assert_int_equal(kind_of(f, i), rows[n].kind);
        assert_int_equal(used(f), 1);
        assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
        assert_int_equal(used(f), 0);
        assert_int_equal(router_interface_delete(f->r, i), ST_OK);
    }
}

static void test_none_free(void **state)
{
    struct fixture *f = *state;
    handle_t32 a = make(f, u"A", u"WAN Miniport (PPTP)", 0);
    handle_t32 b = make(f, u"B", u"WAN Miniport (PPTP)", 1);
    handle_t32 c = make(f, u"C", u"WAN Miniport (PPTP)", 0);
    handle_t32 d = make(f, u"D", u"WAN Miniport (PPTP)", 2);
    handle_t32 sstp = make(f, u"E", u"WAN Miniport (SSTP)", 5);

    up(f, a);
    up(f, b);
    up(f, c);
    assert_int_equal(kind_of(f, c), PORT_L2TP);
    assert_int_equal(router_interface_connect(f->r, d, NULL), ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(fake_info(&f->host, d).state, IF_UNREACHABLE);
    assert_int_equal(fake_info(&f->host, d).reasons, REASON_OUT_OF_RESOURCES);
    assert_int_equal(fake_info(&f->host, d).last_error, ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(router_interface_connect(f->r, sstp, NULL), ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(used(f), 3);
    assert_int_equal(router_interface_disconnect(f->r, b), ST_OK);
    assert_int_equal(fake_info(&f->host, d).reasons, 0);
    up(f, d);
    assert_int_equal(kind_of(f, d), PORT_PPTP);
}

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    handle_t32 i;
    struct port_info p;

    f->plan.delay = 2 * SECOND;
    f->plan.fail_first = 1;
    f->entry.redial_attempts = 1;
    f->entry.redial_seconds = 5;
    i = make(f, u"A", u"WAN Miniport (PPTP)", 0);
    assert_int_equal(router_interface_connect(f->r, i, NULL), ST_PENDING);
    assert_int_equal(port_at(f, 0).condition, PORT_INITIALIZING);
    fake_advance(&f->host, 2 * SECOND);
    assert_int_equal(port_at(f, 0).condition, PORT_CALLING_BACK);
    assert_int_equal(router_connection_count(f->r), 0);
    fake_advance(&f->host, 7 * SECOND);
    p = port_at(f, 0);
    assert_int_equal(p.condition, PORT_AUTHENTICATED);
    assert_int_equal(p.calls, 1);
    assert_int_equal(p.host_index, 1000);
    fake_advance(&f->host, 61 * SECOND);
    assert_int_equal(port_at(f, 0).seconds, 61);
    assert_int_equal(router_port_disconnect(f->r, p.port), ST_OK);
    assert_int_equal(port_at(f, 0).condition, PORT_LISTENING);
    assert_int_equal(port_at(f, 0).connection, 0);
    assert_int_equal(router_port_disconnect(f->r, p.port), ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(router_port_disconnect(f->r, i), ST_INVALID_HANDLE);
}

static void test_connection(void **state)
{
    struct fixture *f = *state;
    struct connection_info c;
    handle_t32 i, found;

    memset(f->entry.guid, 0x5A, sizeof(f->entry.guid));
    i = make(f, u"Branch", u"WAN Miniport (PPTP)", 0);
    up(f, i);
    fake_advance(&f->host, 5 * SECOND);
    c = connection_of(f, i);
    assert_int_equal(c.seconds, 5);
    assert_int_equal(c.type, IF_FULL_ROUTER);
    assert_int_equal(c.local, 0x0A090001);
    assert_int_equal(c.remote, 0x0A090002);
    assert_int_equal(c.guid[15], 0x5A);
    assert_true(u16_equal(c.interface_name, u"Branch"));
    assert_true(u16_equal(c.remote_endpoint, u"vpn.example.org"));
    assert_int_equal(router_connection_find(f->r, 0x0A090002, &found), ST_OK);
    assert_int_equal(found, c.connection);
    assert_int_equal(router_connection_find(f->r, 0x0A090009, &found), ST_INVALID_PARAMETER);
    assert_int_equal(router_connection_move(f->r, c.connection, u"", u"x"), ST_NOT_SUPPORTED);
    assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
    assert_int_equal(router_connection_info(f->r, c.connection, &c), ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(router_connection_info(f->r, i, &c), ST_INVALID_PARAMETER);
    assert_int_equal(router_connection_info(f->r, 0, &c), ST_INVALID_PARAMETER);
    up(f, i);
    assert_int_not_equal(connection_of(f, i).connection, c.connection);
    assert_int_equal(port_at(f, 0).calls, 2);
}

static void test_move(void **state)
{
    struct fixture *f = *state;
    handle_t32 i = make(f, u"A", u"WAN Miniport (IKEv2)", 7), connection;
    struct connection_info c;

    up(f, i);
    connection = connection_of(f, i).connection;
    assert_int_equal(router_connection_move(f->r, connection, u"10.0.0.1", u""), ST_OK);
    c = connection_of(f, i);
    assert_true(u16_equal(c.local_endpoint, u"10.0.0.1"));
    assert_true(u16_equal(c.remote_endpoint, u"vpn.example.org"));
    assert_int_equal(router_connection_move(f->r, connection, u"", u"10.0.0.9"), ST_OK);
    c = connection_of(f, i);
    assert_true(u16_equal(c.local_endpoint, u"10.0.0.1"));
    assert_true(u16_equal(c.remote_endpoint, u"10.0.0.9"));
    assert_int_equal(c.switch_overs, 2);
}

/* Of 64 units; a longer one is none. */
static void test_longest_endpoints(void **state)
{
    struct fixture *f = *state;
    char16_t longest[PORT_ENDPOINT_MAX + 1] = {0}, longer[PORT_ENDPOINT_MAX + 2] = {0};
    struct connection_info c;
    handle_t32 i;

    for (size_t n = 0; n <= PORT_ENDPOINT_MAX; n++) longer[n] = u'x';
    memcpy(longest, longer, PORT_ENDPOINT_MAX * sizeof(longest[0]));
    u16_copy(f->entry.phone_number, 129, longest);
    i = make(f, u"A", u"WAN Miniport (IKEv2)", 7);
    up(f, i);
    c = connection_of(f, i);
    assert_true(u16_equal(c.remote_endpoint, longest));
    assert_int_equal(router_connection_move(f->r, c.connection, longer, longer), ST_OK);
    c = connection_of(f, i);
    assert_true(u16_equal(c.local_endpoint, u"") && u16_equal(c.remote_endpoint, longest));
    assert_int_equal(router_connection_move(f->r, c.connection, longest, longest), ST_OK);
    c = connection_of(f, i);
    assert_true(u16_equal(c.local_endpoint, longest) && u16_equal(c.remote_endpoint, longest));
    assert_int_equal(c.switch_overs, 2);
    assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
    u16_copy(f->entry.phone_number, 129, longer);
    assert_int_equal(router_interface_set_dial(f->r, i, &f->entry, &f->plan), ST_OK);
    up(f, i);
    assert_true(u16_equal(connection_of(f, i).remote_endpoint, u""));
}

/* Connection and port go with the link, though it is to be dialled again; no handle is left. */
static void test_lost_link(void **state)
{
    struct fixture *f = *state;
    const struct handle_table *handles = &f->r->handles;
    uint32_t live = handles->used - handles->free_count;
    handle_t32 i;

    f->plan.kind = DIALER_HOST;
    f->entry.redial_on_link_failure = true;
    i = make(f, u"A", u"WAN Miniport (PPTP)", 0);
    assert_int_equal(router_interface_connect(f->r, i, NULL), ST_PENDING);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_OK, NULL);
    assert_int_equal(router_connection_count(f->r), 1);
    router_link_down(f->r, i, 1, ST_TIMEOUT);
    assert_int_equal(router_connection_count(f->r) + used(f), 0);
    assert_int_equal(port_at(f, 0).condition, PORT_LISTENING);
    assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
    assert_int_equal(router_interface_delete(f->r, i), ST_OK);
    assert_int_equal(handles->used - handles->free_count, live);
}

static void test_counters(void **state)
{
    const struct link_counters base = {.bytes_out = 100}, cleared = {.bytes_out = 150};
    struct fixture *f = *state;
    struct connection_info c;
    handle_t32 i;

    f->plan.kind = DIALER_HOST;
    i = make(f, u"A", u"WAN Miniport (PPTP)", 0);
    assert_int_equal(router_interface_connect(f->r, i, NULL), ST_PENDING);
    fake_flush(&f->host);
    router_link_base(f->r, i, 7, &cleared); /* another attempt */
    router_link_base(f->r, i, 1, &base);
    fake_answer_dial(&f->host, ST_OK, NULL);
    c = connection_of(f, i);
    assert_int_equal(c.base.bytes_out, 100);
    assert_int_equal(router_port_clear(f->r, c.port, c.connection + 1, &cleared), ST_OK);
    assert_int_equal(connection_of(f, i).base.bytes_out, 100);
    assert_int_equal(router_port_clear(f->r, c.port, c.connection, &cleared), ST_OK);
    assert_int_equal(port_at(f, 0).base.bytes_out, 150);
    assert_int_equal(router_port_clear(f->r, i, c.connection, &cleared), ST_INVALID_HANDLE);
}

/* As whom the host made the link: of this attempt only, and gone with the connection. */
static void test_identity(void **state)
{
    struct fixture *f = *state;
    char16_t endless[LINK_USER_MAX + 2];
    handle_t32 i;

    for (size_t n = 0; n < LINK_USER_MAX + 1; n++) endless[n] = u'x';
    endless[LINK_USER_MAX + 1] = 0;
    f->plan.kind = DIALER_HOST;
    i = make(f, u"A", u"WAN Miniport (PPTP)", 0);
    assert_int_equal(router_interface_connect(f->r, i, NULL), ST_PENDING);
    fake_flush(&f->host);
    router_link_identity(f->r, i, 1, endless, endless);
    router_link_identity(f->r, i, 1, u"ann", u"BRANCH");
    router_link_identity(f->r, i, 7, u"another", u"attempt");
    router_link_identity(f->r, i + 1, 1, u"another", u"interface");
    fake_answer_dial(&f->host, ST_OK, NULL);
    router_link_identity(f->r, i, 1, u"too", u"late");
    assert_true(connection_of(f, i).identified);
    assert_true(u16_equal(connection_of(f, i).user, u"ann"));
    assert_true(u16_equal(connection_of(f, i).domain, u"BRANCH"));
    assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
    assert_int_equal(router_interface_connect(f->r, i, NULL), ST_PENDING);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_OK, NULL);
    assert_false(connection_of(f, i).identified);
    assert_true(u16_equal(connection_of(f, i).user, u""));
    assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
    assert_int_equal(router_interface_connect(f->r, i, NULL), ST_PENDING);
    fake_flush(&f->host);
    fail_alloc_at(1);
    router_link_identity(f->r, i, 2, u"ann", u"");
    router_link_identity(f->r, i, 3, u"ann", u"");
    assert_true(fail_alloc_fired());
    fake_answer_dial(&f->host, ST_OK, NULL);
    assert_false(connection_of(f, i).identified);
}

/* The other end of a tunnel has a name when the entry says where it is. */
static void test_computer(void **state)
{
    static const struct {
        const char16_t *device, *type, *number, *computer, *endpoint;
    } rows[] = {
        {u"WAN Miniport (PPTP)", u"vpn", u"vpn.example.org", u"vpn", u"vpn.example.org"},
        {u"WAN Miniport (PPTP)", u"vpn", u"192.168.100.200", u"192.168.100.200",
         u"192.168.100.200"},
        {u"WAN Miniport (L2TP)", u"vpn", u"a-name-beyond-netbios", u"a-name-beyond-n",
         u"a-name-beyond-netbios"},
        {u"WAN Miniport (L2TP)", u"vpn", u"2001:db8:1:2:3:4:5:6", u"", u"2001:db8:1:2:3:4:5:6"},
        {u"WAN Miniport (PPTP)", u"vpn", u"", u"", u""},
        {u"wg0", u"VPN", u"hub", u"hub", u"hub"},
        {u"modem", u"modem", u"5551234", u"", u""}};
    struct fixture *f = *state;

    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        struct connection_info c;
        handle_t32 i;

        u16_copy(f->entry.device_type, 17, rows[n].type);
        u16_copy(f->entry.phone_number, 129, rows[n].number);
        i = make(f, u"A", rows[n].device, 0);
        up(f, i);
        c = connection_of(f, i);
        assert_true(u16_equal(c.computer, rows[n].computer));
        assert_true(u16_equal(c.remote_endpoint, rows[n].endpoint));
        assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
        assert_int_equal(router_interface_delete(f->r, i), ST_OK);
    }
}

/* Pages of one, while entries go and come between them. */
static void test_pages(void **state)
{
    struct fixture *f = *state;
    handle_t32 a = make(f, u"A", u"wg0", 0), b = make(f, u"B", u"wg1", 0);
    handle_t32 c = make(f, u"C", u"wg2", 0), d;
    struct connection_info one;
    struct port_info port;
    uint32_t resume = 0, read, total, ports = 0;

    up(f, a);
    up(f, b);
    up(f, c);
    router_connection_enum(f->r, &resume, &one, 1, &read, &total);
    assert_int_equal(one.interface, a);
    assert_int_equal(total, 3);
    assert_int_equal(router_interface_disconnect(f->r, a), ST_OK);
    assert_int_equal(router_interface_disconnect(f->r, b), ST_OK);
    d = make(f, u"D", u"wg3", 0);
    up(f, d);
    router_connection_enum(f->r, &resume, &one, 1, &read, &total);
    assert_int_equal(one.interface, c);
    assert_int_equal(total, 2);
    router_connection_enum(f->r, &resume, &one, 1, &read, &total);
    assert_int_equal(one.interface, d);
    assert_int_equal(resume, 0);
    resume = 0xFFFFFFF0u;
    router_connection_enum(f->r, &resume, &one, 1, &read, &total);
    assert_int_equal(read + total + resume, 0);
    do {
        assert_int_equal(router_port_enum(f->r, 0, &resume, &port, 1, &read, &total), ST_OK);
        assert_int_equal(read, 1);
        assert_int_equal(total, 12 - ports);
        ports++;
    } while (resume);
    assert_int_equal(ports, 12);
    assert_int_equal(router_port_enum(f->r, one.connection, &resume, &port, 1, &read, &total),
                     ST_OK);
    assert_int_equal(port.connection, one.connection);
    assert_int_equal(read + total + resume, 2);
    assert_int_equal(router_port_enum(f->r, a, &resume, &port, 1, &read, &total),
                     ST_INVALID_HANDLE);
}

static void test_devices(void **state)
{
    struct fixture *f = *state;
    struct port_device d[8];
    uint32_t read, total;
    handle_t32 i = make(f, u"A", u"wg0", 0);

    make(f, u"B", u"WG0", 0);
    router_devices(f->r, d, 8, &read, &total);
    assert_int_equal(read, 5);
    /* Every one counts, also the second of a name, which is shown once. */
    assert_int_equal(total, 6);
    router_devices(f->r, d, 2, &read, &total);
    assert_int_equal(read, 2);
    assert_int_equal(total, 6);
    router_devices(f->r, d, 8, &read, &total);
    assert_true(u16_equal(d[3].name, u"WAN Miniport (IKEv2)"));
    assert_true(u16_equal(d[4].name, u"wg0"));
    /* A new configuration without that device: its port is shown no more. */
    u16_copy(f->entry.device_name, 129, u"WAN Miniport (PPTP)");
    assert_int_equal(router_interface_set_dial(f->r, i, &f->entry, &f->plan), ST_OK);
    router_port_count(f->r, &total, &read);
    assert_int_equal(total, 9);
    u16_copy(f->entry.device_name, 129, u"wg7");
    assert_int_equal(router_interface_set_dial(f->r, i, &f->entry, &f->plan), ST_OK);
    router_port_count(f->r, &total, &read);
    assert_int_equal(total, 10);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Creation, connecting and moving with each allocation failing once: all or nothing. */
static void sweep_ports(struct fixture *f)
{
    for (size_t n = 1;; n++) {
        uint32_t total, in_use;
        mpr_status status;

        fail_alloc_at(n);
        status = router_ports_create(f->r, setup_few);
        if (!fail_alloc_fired()) {
            assert_int_equal(status, ST_OK);
            return;
        }
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        router_port_count(f->r, &total, &in_use);
        assert_int_equal(total, 0);
    }
}

static void sweep_connect(struct fixture *f, const char16_t *device)
{
    handle_t32 i = 0;

    u16_copy(f->entry.device_name, 129, device);
    for (size_t n = 1;; n++) {
        struct interface_spec spec = {.name = u"S",
                                      .type = IF_FULL_ROUTER,
                                      .enabled = true,
                                      .entry = &f->entry,
                                      .plan = &f->plan};
        mpr_status status = ST_OK;

        fail_alloc_at(n);
        if (!i) status = router_interface_create(f->r, &spec, &i);
        if (status == ST_OK) status = router_interface_connect(f->r, i, NULL);
        if (!fail_alloc_fired()) {
            assert_int_equal(status, ST_PENDING);
            break;
        }
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(used(f), 0);
        if (i) assert_int_equal(router_interface_delete(f->r, i), ST_OK);
        i = 0;
    }
    /* What comes after needs no memory. */
    fail_alloc_always();
    fake_advance(&f->host, 0);
    assert_int_equal(fake_state(&f->host, i), IF_CONNECTED);
    assert_int_equal(router_interface_disconnect(f->r, i), ST_OK);
    assert_int_equal(router_interface_delete(f->r, i), ST_OK);
    fail_alloc_at(0);
    assert_int_equal(used(f), 0);
}

static void test_sweep(void **state)
{
    struct fixture f = {.r = NULL};

    (void)state;
    fail_alloc_begin();
    f.r = fake_open(&f.host, ROUTER_LAN | ROUTER_WAN);
    fake_dial_defaults(DIALER_SCRIPTED, 0, &f.entry, &f.plan);
    sweep_ports(&f);
    sweep_connect(&f, u"WAN Miniport (PPTP)");
    sweep_connect(&f, u"WAN Miniport (IKEv2)");
    sweep_connect(&f, u"wg0");
    fake_close(&f.host);
    fail_alloc_end();
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_created),
        TEST(test_info),
        TEST(test_strategies),
        TEST(test_none_free),
        TEST(test_conditions),
        TEST(test_connection),
        TEST(test_longest_endpoints),
        TEST(test_lost_link),
        TEST(test_move),
        TEST(test_counters),
        TEST(test_identity),
        TEST(test_computer),
        TEST(test_pages),
        TEST(test_devices),
        cmocka_unit_test(test_sweep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

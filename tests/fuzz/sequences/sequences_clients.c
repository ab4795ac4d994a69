/* Clients, and ports and connections with whatever is on them. */
#include "fuzz/sequences/sequences.h"

#include "fuzz/fuzz.h"

#include "base/utf16.h"

static handle_t32 some_client(struct sequence *s)
{
    return s->clients[rd_u8(&s->in) % HANDLES];
}

static void call(struct sequence *s)
{
    uint8_t what = rd_u8(&s->in), slot = what % HANDLES;
    struct client_call c = {.port = what & 8 ? PORT_IKEV2 : PORT_PPTP,
                            .binding = {.remote = rd_u8(&s->in)},
                            .quarantined = what & 16,
                            .wants_ipv6 = what & 32,
                            .drop_after = what & 64 ? 1000 : 0};

    if (what & 128) {
        u16_copy(c.adapter, INTERFACE_NAME_MAX + 1, u"{eth0}");
        u16_copy(c.alias, INTERFACE_NAME_MAX + 1, u"eth0");
        c.binding.host_index = 2;
    } else {
        u16_copy(c.user, LINK_USER_MAX + 1, u"branch");
        c.after = rd_u8(&s->in);
    }
    router_client_call(s->r, &c, &s->clients[slot]);
}

static void answer(struct sequence *s)
{
    uint8_t what = rd_u8(&s->in);
    struct admission *a;
    size_t place;

    if (!s->asked_count) return;
    place = what % s->asked_count--;
    a = s->asked[place];
    s->asked[place] = s->asked[s->asked_count];
    a->answer = what & 128 ? ST_ACCESS_DENIED : ST_OK;
    a->address.ipv4 = what;
    router_admission_answer(s->r, a);
}

/* What is told of each port and each connection fits together. */
static void look(struct sequence *s)
{
    struct connection_info c;
    struct port_info ports[32];
    uint32_t resume = 0, read, total, used, linked = 0;

    router_port_enum(s->r, 0, &resume, ports, 32, &read, &total);
    for (uint32_t n = 0; n < read; n++) {
        if (!ports[n].connection) continue;
        linked++;
        FUZZ_CHECK(ports[n].condition == PORT_AUTHENTICATED);
        FUZZ_CHECK(router_connection_info(s->r, ports[n].connection, &c) == ST_OK);
        FUZZ_CHECK(c.port == ports[n].port);
    }
    if (total <= 32) FUZZ_CHECK(linked == router_connection_count(s->r));
    router_port_count(s->r, &total, &used);
    FUZZ_CHECK(used >= router_connection_count(s->r) && used <= total);
}

static handle_t32 some_port(struct sequence *s)
{
    struct port_info port;
    uint32_t resume = rd_u8(&s->in) % 8, read, total;

    router_port_enum(s->r, 0, &resume, &port, 1, &read, &total);
    return read ? port.port : rd_u8(&s->in);
}

static handle_t32 some_connection(struct sequence *s)
{
    struct connection_info c;
    uint32_t resume = rd_u8(&s->in) % 8, read, total;

    router_connection_enum(s->r, &resume, &c, 1, &read, &total);
    return read ? c.connection : rd_u8(&s->in);
}

void sequence_client(struct sequence *s, uint8_t what)
{
    handle_t32 connection;

    switch (what & 7) {
    case 0:
    case 1:
        call(s);
        break;
    case 2:
    case 3:
        answer(s);
        break;
    case 4:
        router_client_gone(s->r, some_client(s));
        break;
    case 5:
        router_connection_release(s->r, some_connection(s));
        break;
    case 6:
        if (what & 8)
            router_port_disconnect(s->r, some_port(s));
        else
            router_interface_disconnect(s->r, some_client(s));
        break;
    default:
        router_administrate(s->r, what & 8);
        router_connection_find(s->r, what, &connection);
        router_connection_move(s->r, some_connection(s), u"192.0.2.1", u"");
        look(s);
        break;
    }
}

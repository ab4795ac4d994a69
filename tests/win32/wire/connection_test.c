/* RAS_CONNECTION_EX and RAS_UPDATE_CONNECTION, through the octets of their methods. */
#include "win32/wire/wire_test.h"

#define END(array) ((array)[sizeof(array) / sizeof((array)[0]) - 1] = 0)

static RAS_CONNECTION_EX make_connection(UCHAR projection)
{
    RAS_CONNECTION_EX c;
    PPP_PROJECTION_INFO *ppp = &c.ProjectionInfo.PppProjectionInfo;
    IKEV2_PROJECTION_INFO *ikev2 = &c.ProjectionInfo.Ikev2ProjectionInfo;

    fill_octets(&c, sizeof(c));
    c.Header = (MPRAPI_OBJECT_HEADER){1, MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, sizeof(c)};
    c.dwInterfaceType = (ROUTER_INTERFACE_TYPE)0xFEDC; /* NDR has 16 bits of an enumeration */
    c.rasQuarState = (RAS_QUARANTINE_STATE)0xBA98;
    END(c.wszInterfaceName);
    END(c.wszUserName);
    END(c.wszLogonDomain);
    END(c.wszRemoteComputer);
    END(c.wszRemoteEndpointAddress);
    END(c.wszLocalEndpointAddress);
    c.ProjectionInfo.projectionInfoType = projection;
    if (projection == MPRAPI_PPP_PROJECTION_INFO_TYPE) {
        END(ppp->wszAddress);
        END(ppp->wszRemoteAddress);
    } else {
        memset(ikev2 + 1, 0, sizeof(*ppp) - sizeof(*ikev2));
        END(ikev2->wszAddress);
        END(ikev2->wszRemoteAddress);
    }
    c.hConnection = (HANDLE)(ULONG_PTR)0xA1A2A3A4;
    c.hInterface = (HANDLE)(ULONG_PTR)0xB1B2B3B4;
    return c;
}

static void answer_is_read(struct ndr *to, struct ndr *from, struct dim_arguments *a)
{
    uint32_t result = 0;

    ndr_write(to);
    assert_int_equal(dim_response(to, DIM_CONNECTION_GET_INFO_EX, a, &result), ST_OK);
    memset(a, 0, sizeof(*a));
    ndr_read(from, to->written, to->position);
    assert_int_equal(dim_response(from, DIM_CONNECTION_GET_INFO_EX, a, &result), ST_OK);
}

static void every_member_comes_back(void **state)
{
    /* octets that no member has: behind the names, the kind, the two addresses, at the end */
    static const struct {
        UCHAR projection;
        size_t filling;
    } rows[] = {{MPRAPI_PPP_PROJECTION_INFO_TYPE, 17}, {MPRAPI_IKEV2_PROJECTION_INFO_TYPE, 21}};

    (void)state;

    for (size_t i = 0; i < 2; i++) {
        const RAS_CONNECTION_EX in = make_connection(rows[i].projection);
        static struct dim_arguments a;
        RAS_CONNECTION_EX out;
        struct ndr to, from;

        assert_int_equal(wire_connection_out(&in, &a.connection_ex), ST_OK);
        answer_is_read(&to, &from, &a);
        wire_connection_in(&a.connection_ex, &out);
        assert_int_equal(octets_left_out(&in, &out, sizeof(in)), rows[i].filling);
        ndr_free(&from);
        ndr_free(&to);
    }
}

static void texts_end(void **state)
{
    static struct dim_connection c;
    RAS_CONNECTION_EX out;

    (void)state;

    fill_octets(&c, sizeof(c));
    c.projection = DIM_PROJECTION_PPP;
    wire_connection_in(&c, &out);
    assert_int_equal(out.wszInterfaceName[MAX_INTERFACE_NAME_LEN], 0);
    assert_int_equal(out.wszLocalEndpointAddress[MAXIPADRESSLEN], 0);
    assert_int_equal(out.ProjectionInfo.PppProjectionInfo.wszRemoteAddress[IPADDRESSLEN], 0);
    assert_int_equal(out.Header.size, sizeof(out));
}

static void an_answer_without_connection_can_be_sent(void **state)
{
    static struct dim_arguments a;
    RAS_CONNECTION_EX in;
    struct ndr to, from;

    (void)state;

    memset(&in, 0, sizeof(in));
    assert_int_equal(wire_connection_out(&in, &a.connection_ex), ST_INVALID_PARAMETER);
    wire_connection_none(&a.connection_ex);
    answer_is_read(&to, &from, &a);
    assert_int_equal(a.connection_ex.duration, 0);
    ndr_free(&from);
    ndr_free(&to);
}

/* A program of 32 bits asks a router of 64, and the other way round. */
static void either_size_is_the_routers(void **state)
{
    static const uint16_t sizes[] = {1664, 1672};
    struct dim_header h = {1, MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, 0};
    MPRAPI_OBJECT_HEADER header = {3, 4, 567};

    (void)state;

    for (size_t i = 0; i < 2; i++) {
        h.size = sizes[i];
        wire_connection_header(&h, &header);
        assert_int_equal(header.size, sizeof(RAS_CONNECTION_EX));
        assert_int_equal(header.revision, 1);
        assert_int_equal(header.type, MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT);
    }
    h = (struct dim_header){7, 8, 99};
    wire_connection_header(&h, &header);
    assert_int_equal(header.revision, 7);
    assert_int_equal(header.type, 8);
    assert_int_equal(header.size, 99);
    wire_header_out(&header, &h);
    assert_int_equal(h.revision, 7);
    assert_int_equal(h.type, 8);
    assert_int_equal(h.size, 99);
}

static RAS_UPDATE_CONNECTION make_update(void)
{
    RAS_UPDATE_CONNECTION u;

    fill_octets(&u, sizeof(u));
    u.Header = (MPRAPI_OBJECT_HEADER){1, MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT, sizeof(u)};
    return u;
}

static RAS_UPDATE_CONNECTION *through_octets(const RAS_UPDATE_CONNECTION *u, struct ndr *to,
                                             struct ndr *from)
{
    static struct dim_arguments a;
    RAS_UPDATE_CONNECTION *made;

    ndr_write(to);
    assert_int_equal(wire_update_out(u, &a.update), ST_OK);
    assert_int_equal(dim_request(to, DIM_UPDATE_CONNECTION, &a), ST_OK);
    ndr_read(from, to->written, to->position);
    assert_int_equal(dim_request(from, DIM_UPDATE_CONNECTION, &a), ST_OK);
    made = wire_update_make(from, &a.update);
    assert_non_null(made);
    return made;
}

/* Texts without end are refused by the router. */
static void an_update_arrives(void **state)
{
    RAS_UPDATE_CONNECTION u = make_update(), *made;
    struct ndr to, from;
    size_t with_local;

    (void)state;

    made = through_octets(&u, &to, &from);
    assert_memory_equal(made, &u, sizeof(u));
    with_local = to.position;
    ndr_free(&from);
    ndr_free(&to);

    memset(u.wszLocalEndpointAddress, 0, sizeof(u.wszLocalEndpointAddress));
    made = through_octets(&u, &to, &from);
    assert_memory_equal(made, &u, sizeof(u));
    assert_int_equal(to.written[4], 1); /* MS-RRASM's revision, behind the handle */
    assert_int_equal(to.position, with_local - sizeof(u.wszLocalEndpointAddress));
    ndr_free(&from);
    ndr_free(&to);
}

static void a_wrong_header_is_refused(void **state)
{
    RAS_UPDATE_CONNECTION u = make_update();
    struct dim_update ret;

    (void)state;

    assert_int_equal(wire_update_out(NULL, &ret), ST_INVALID_PARAMETER);
    u.Header.type++;
    assert_int_equal(wire_update_out(&u, &ret), ST_INVALID_PARAMETER);
    u = make_update();
    u.Header.revision++;
    assert_int_equal(wire_update_out(&u, &ret), ST_INVALID_PARAMETER);
    u = make_update();
    u.Header.size++;
    assert_int_equal(wire_update_out(&u, &ret), ST_INVALID_PARAMETER);
    u.Header.size = sizeof(u.Header); /* as in MS-RRASM's example */
    assert_int_equal(wire_update_out(&u, &ret), ST_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_comes_back),
        cmocka_unit_test(texts_end),
        cmocka_unit_test(an_answer_without_connection_can_be_sent),
        cmocka_unit_test(either_size_is_the_routers),
        cmocka_unit_test(an_update_arrives),
        cmocka_unit_test(a_wrong_header_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

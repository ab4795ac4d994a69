/* MPR_SERVER_EX and MPR_SERVER_SET_CONFIG_EX in every layout, through the octets of their methods.
 */
#include "win32/wire/objects.h"

#include "unit/base/fail_alloc.h"

static struct dim_arguments a;

static void send_request(struct ndr *to, struct ndr *from, enum dim_method method)
{
    ndr_write(to);
    assert_int_equal(dim_request(to, method, &a), ST_OK);
    ndr_read(from, to->written, to->position);
    assert_int_equal(dim_request(from, method, &a), ST_OK);
}

static void send_answer(struct ndr *to, struct ndr *from)
{
    uint32_t result = 0;

    ndr_write(to);
    assert_int_equal(dim_response(to, DIM_SERVER_GET_INFO_EX, &a, &result), ST_OK);
    memset(&a, 0, sizeof(a));
    ndr_read(from, to->written, to->position);
    assert_int_equal(dim_response(from, DIM_SERVER_GET_INFO_EX, &a, &result), ST_OK);
}

static void free_both(struct ndr *to, struct ndr *from)
{
    ndr_free(from);
    ndr_free(to);
}

/* What a program gives to a get: its header, and whatever was there. */
static void *garbage_server(const struct object_layout *l)
{
    MPRAPI_OBJECT_HEADER *object = malloc(l->server_size);

    assert_non_null(object);
    fill_octets(object, l->server_size);
    *object =
        (MPRAPI_OBJECT_HEADER){l->revision, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, l->server_size};
    return object;
}

static void a_get_asks_with_its_header(void **state)
{
    (void)state;

    EACH_LAYOUT(l)
    {
        void *object = garbage_server(l);
        MPR_SERVER_EX0_WIN7 *made;
        struct ndr to, from;

        assert_int_equal(wire_server_ask(object, &a.server), ST_OK);
        send_request(&to, &from, DIM_SERVER_GET_INFO_EX);
        assert_int_equal(a.server.revision, l->wire);
        assert_int_equal(a.server.header.revision, l->revision);
        assert_int_equal(a.server.header.size, l->server_size);
        assert_int_equal(a.server.lan_only, 0);
        a.server.header.size = l->other_server; /* as if of the other architecture */
        made = wire_server_make(&from, &a.server);
        assert_non_null(made);
        assert_memory_equal(made, object, sizeof(MPRAPI_OBJECT_HEADER));
        free_both(&to, &from);
        free(object);
    }
}

static void a_wrong_request_makes_a_wrong_object(void **state)
{
    struct dim_server server = {.revision = 3, .header = {3, 2, 168}};
    struct dim_server_set set = {.revision = 3, .header = {3, 3, 168}};
    struct ndr n;

    (void)state;

    ndr_write(&n);
    assert_non_null(server_layout_find(wire_server_make(&n, &server), 2));
    server.header.revision = 2;
    assert_null(server_layout_find(wire_server_make(&n, &server), 2));
    server.header = (struct dim_header){3, 1, 168};
    assert_null(server_layout_find(wire_server_make(&n, &server), 2));
    assert_non_null(server_layout_find(wire_server_set_make(&n, &set), 3));
    set.header.revision = 1;
    assert_null(server_layout_find(wire_server_set_make(&n, &set), 3));
    assert_int_equal(n.status, ST_OK);
    server.revision = 4;
    assert_null(wire_server_make(&n, &server));
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    ndr_free(&n);
}

static void check_head(const MPR_SERVER_EX0_WIN7 *got)
{
    assert_int_equal(got->fLanOnlyMode, 201);
    assert_int_equal(got->dwUpTime, 202);
    assert_int_equal(got->dwTotalPorts, 203);
    assert_int_equal(got->dwPortsInUse, 204);
    assert_int_equal(got->Reserved, 205);
}

static void answer_each_layout(void)
{
    EACH_LAYOUT(l)
    {
        void *router = full_server(l), *program = garbage_server(l);
        server_tunnels tunnels;
        struct ndr memory, to, from;

        ndr_write(&memory);
        assert_int_equal(wire_server_out(&memory, router, &a.server), ST_OK);
        send_answer(&to, &from);
        ndr_free(&memory);
        free(router);
        assert_int_equal(wire_server_in(&a.server, program), ST_OK);
        free_both(&to, &from);
        check_head(program);
        tunnels = tunnels_at(l, program, SERVER_PARAMS);
        check_tunnels(l, &tunnels);
        wire_server_free(program);
        tunnels = tunnels_at(l, program, SERVER_PARAMS);
        assert_null(tunnels.IkeConfigParams.TunnelConfigParams.certificateNames);
        free(program);
    }
}

static void an_answer_has_every_member(void **state)
{
    (void)state;
    gives_all_back(answer_each_layout);
}

static void an_answer_needs_memory(void **state)
{
    const struct object_layout *l = &object_layouts[OBJECT_LAYOUTS - 1];
    void *router = full_server(l), *program = garbage_server(l), *kept = garbage_server(l);
    struct ndr memory;
    size_t n = 1, before;
    bool failed = true;

    (void)state;

    ndr_write(&memory);
    assert_int_equal(wire_server_out(&memory, router, &a.server), ST_OK);
    before = live_blocks();
    for (; failed; n++) {
        mpr_status status;

        fail_buffer_begin(n);
        status = wire_server_in(&a.server, program);
        failed = fail_buffer_end();
        assert_int_equal(status, failed ? ST_NOT_ENOUGH_MEMORY : ST_OK);
        if (!failed) wire_server_free(program);
        if (failed) assert_memory_equal(program, kept, l->server_size);
        assert_int_equal(live_blocks(), before);
    }
    assert_int_equal(n - 2, 7); /* allocations, as the local function makes them */
    ndr_free(&memory);
    free(kept);
    free(program);
    free(router);
}

static void another_layout_is_no_answer(void **state)
{
    void *program = garbage_server(&object_layouts[3]);
    struct dim_server server = {.revision = 3, .header = {3, 2, 0}};

    (void)state;

    assert_int_equal(wire_server_in(&server, program), ST_RPC_BAD_STUB_DATA);
    server.revision = DIM_SERVER_MAIN_MODE;
    assert_int_equal(wire_server_in(&server, program), ST_OK);
    free(program);
}

static void a_set_has_every_member(void **state)
{
    (void)state;

    EACH_LAYOUT(l)
    {
        MPR_SERVER_SET_CONFIG_EX0_WIN7 *set = full_set(l), *made;
        server_tunnels tunnels;
        struct ndr memory, to, from;

        ndr_write(&memory);
        assert_int_equal(wire_server_set_out(&memory, set, &a.server_set), ST_OK);
        assert_int_equal(a.server_set.revision, l->wire);
        send_request(&to, &from, DIM_SERVER_SET_INFO_EX);
        a.server_set.header.size = l->other_set;
        made = wire_server_set_make(&from, &a.server_set);
        assert_non_null(made);
        assert_memory_equal(made, set, sizeof(MPRAPI_OBJECT_HEADER));
        assert_int_equal(made->setConfigForProtocols, l->gre ? 0x1F : 0x0F);
        tunnels = tunnels_at(l, made, SET_PARAMS);
        check_tunnels(l, &tunnels);
        ndr_free(&memory);
        free_both(&to, &from);
        free(set);
    }
}

/* Not a word of what a set doesn't select is read: it may be garbage. */
static void what_is_not_selected_stays(void **state)
{
    const struct object_layout *l = &object_layouts[OBJECT_LAYOUTS - 1];
    MPR_SERVER_SET_CONFIG_EX1_WIN10 *set = full_set(l);
    struct ndr n;

    (void)state;

    fill_octets(&set->ConfigParams, sizeof(set->ConfigParams));
    set->setConfigForProtocols = MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP;
    set->ConfigParams.PptpConfigParams = (PPTP_CONFIG_PARAMS){77, 1};
    ndr_write(&n);
    assert_int_equal(wire_server_set_out(&n, set, &a.server_set), ST_OK);
    assert_int_equal(a.server_set.tunnels.pptp_ports, 77);
    assert_int_equal(a.server_set.tunnels.gre_ports, 0);
    assert_int_equal(a.server_set.tunnels.sstp.ports, 0);
    assert_int_equal(a.server_set.tunnels.l2tp.ports, 0);
    assert_null(a.server_set.tunnels.ikev2.certificates);
    set->setConfigForProtocols = MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2;
    set->ConfigParams.IkeConfigParams.dwNumPorts = 78;
    set->ConfigParams.IkeConfigParams.dwPortFlags = 1;
    set->ConfigParams.IkeConfigParams.dwTunnelConfigParamFlags = 0;
    assert_int_equal(wire_server_set_out(&n, set, &a.server_set), ST_OK);
    assert_int_equal(a.server_set.tunnels.ikev2.ports, 78);
    assert_null(a.server_set.tunnels.ikev2.certificates);
    set->setConfigForProtocols = MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP;
    assert_int_equal(wire_server_set_out(&n, set, &a.server_set), ST_INVALID_PARAMETER);
    ndr_free(&n);
    free(set);
}

static void wrong_headers_are_refused(void **state)
{
    static const uint8_t more[] = {32, 32, 1}; /* no layout has both revision and size then */

    (void)state;

    assert_int_equal(wire_server_ask(NULL, &a.server), ST_INVALID_PARAMETER);
    assert_int_equal(wire_server_set_out(NULL, NULL, &a.server_set), ST_INVALID_PARAMETER);
    EACH_LAYOUT(l)
    {
        MPRAPI_OBJECT_HEADER *server = full_server(l), *set = full_set(l);
        uint8_t *const octets[] = {&server->revision, &server->type, (uint8_t *)&server->size,
                                   &set->revision,    &set->type,    (uint8_t *)&set->size};

        for (size_t i = 0; i < 6; i++) {
            *octets[i] ^= more[i % 3];
            assert_int_equal(wire_server_ask(server, &a.server),
                             i < 3 ? ST_INVALID_PARAMETER : ST_OK);
            if (i < 3)
                assert_int_equal(wire_server_in(&a.server, server), ST_INVALID_PARAMETER);
            else
                assert_int_equal(wire_server_set_out(NULL, set, &a.server_set),
                                 ST_INVALID_PARAMETER);
            *octets[i] ^= more[i % 3];
        }
        free(set);
        free(server);
    }
}

static mpr_status out_and_make(void *set, struct ndr *n, void **ret)
{
    mpr_status status = wire_server_set_out(n, set, &a.server_set);

    *ret = status == ST_OK ? wire_server_set_make(n, &a.server_set) : NULL;
    return status == ST_OK ? n->status : status;
}

static void sets_need_memory(void **state)
{
    void *set = full_set(&object_layouts[OBJECT_LAYOUTS - 1]), *made;
    struct ndr n;
    mpr_status status;
    bool failed = true;

    (void)state;

    for (size_t at = 1; failed; at++) {
        fail_alloc_begin(at);
        ndr_write(&n);
        status = out_and_make(set, &n, &made);
        ndr_free(&n);
        failed = fail_alloc_end();
        assert_int_equal(status, failed ? ST_NOT_ENOUGH_MEMORY : ST_OK);
        assert_true(failed == (made == NULL));
    }
    free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_get_asks_with_its_header),
        cmocka_unit_test(a_wrong_request_makes_a_wrong_object),
        cmocka_unit_test(an_answer_has_every_member),
        cmocka_unit_test(an_answer_needs_memory),
        cmocka_unit_test(another_layout_is_no_answer),
        cmocka_unit_test(a_set_has_every_member),
        cmocka_unit_test(what_is_not_selected_stays),
        cmocka_unit_test(wrong_headers_are_refused),
        cmocka_unit_test(sets_need_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The methods' octets, some worked out by hand from MS-RRASM 3.1.4; that all of them are right, an
 * independent engine says (impacket/check.py). */
#include "unit/base/fail_alloc.h"

#include "dimsvc/method.h"

#include <string.h>

static struct dim_octets octets_of(const void *data, uint32_t size)
{
    return (struct dim_octets){size, data};
}

static void written_is(const struct ndr *n, const void *expected, size_t size)
{
    assert_int_equal(n->status, ST_OK);
    assert_int_equal(n->position, size);
    assert_memory_equal(n->written, expected, size);
}

static void get_info_of_the_server(void **state)
{
    static const uint8_t request[] = {2, 0, 0, 0};
    static const uint8_t response[] = {3, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 7, 8, 9, 0, 5, 0, 0, 0};
    struct dim_arguments a = {.level = 2};
    uint32_t result = 5;
    struct ndr n;

    (void)state;

    ndr_write(&n);
    assert_int_equal(dim_request(&n, DIM_SERVER_GET_INFO, &a), ST_OK);
    written_is(&n, request, sizeof(request));
    ndr_free(&n);

    a.info = octets_of("\7\10\11", 3);
    ndr_write(&n);
    assert_int_equal(dim_response(&n, DIM_SERVER_GET_INFO, &a, &result), ST_OK);
    written_is(&n, response, sizeof(response));
    ndr_free(&n);

    result = 0;
    a.info = octets_of(NULL, 0);
    ndr_read(&n, response, sizeof(response));
    assert_int_equal(dim_response(&n, DIM_SERVER_GET_INFO, &a, &result), ST_OK);
    assert_int_equal(a.info.size, 3);
    assert_memory_equal(a.info.data, "\7\10\11", 3);
    assert_int_equal(result, 5);
    ndr_free(&n);
}

static void a_name_is_followed_by_numbers_at_their_place(void **state)
{
    static const uint8_t request[] = {2,   0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0,
                                      'A', 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0};
    struct dim_arguments a = {.text[0] = u"A", .interface = 9, .include_clients = 1};
    struct ndr n;

    (void)state;

    ndr_write(&n);
    assert_int_equal(dim_request(&n, DIM_INTERFACE_GET_HANDLE, &a), ST_OK);
    written_is(&n, request, sizeof(request));
    ndr_free(&n);

    ndr_read(&n, request, sizeof(request));
    assert_int_equal(dim_request(&n, DIM_INTERFACE_GET_HANDLE, &a), ST_OK);
    assert_memory_equal(a.text[0], u"A", 4);
    assert_int_equal(a.interface, 9);
    assert_int_equal(a.include_clients, 1);
    ndr_free(&n);
}

static void a_resume_handle_may_be_absent(void **state)
{
    static const uint8_t without[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t with[] = {0,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                   64, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0};
    struct dim_arguments a = {.preferred = 64};
    struct ndr n;

    (void)state;

    ndr_write(&n);
    assert_int_equal(dim_request(&n, DIM_INTERFACE_ENUM, &a), ST_OK);
    written_is(&n, without, sizeof(without));
    ndr_free(&n);

    a.resume = (struct dim_resume){.value = 3, .present = true};
    ndr_write(&n);
    assert_int_equal(dim_request(&n, DIM_INTERFACE_ENUM, &a), ST_OK);
    written_is(&n, with, sizeof(with));
    ndr_free(&n);

    ndr_read(&n, without, sizeof(without));
    assert_int_equal(dim_request(&n, DIM_INTERFACE_ENUM, &a), ST_OK);
    assert_false(a.resume.present);
    assert_int_equal(a.resume.value, 0);
    ndr_free(&n);
}

static void a_size_without_octets_is_none(void **state)
{
    static const uint8_t request[] = {0, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0};
    struct dim_arguments a;
    struct ndr n;

    (void)state;

    ndr_read(&n, request, sizeof(request));
    assert_int_equal(dim_request(&n, DIM_INTERFACE_SET_INFO, &a), ST_OK);
    assert_int_equal(a.info.size, 0);
    assert_null(a.info.data);
    assert_int_equal(a.interface, 1);
    ndr_free(&n);
}

static void a_filling_may_follow_and_nothing_more(void **state)
{
    static const uint8_t octets[16] = {1};
    struct dim_arguments a;
    struct ndr n;

    (void)state;

    for (size_t size = 4; size <= 12; size++) {
        ndr_read(&n, octets, size);
        assert_int_equal(dim_request(&n, DIM_INTERFACE_DELETE, &a),
                         size < 12 ? ST_OK : ST_RPC_BAD_STUB_DATA);
        ndr_free(&n);
    }
}

static void an_unknown_method_or_revision_is_refused(void **state)
{
    static const uint8_t unknown[][64] = {{0}, {4}, {DIM_OURS}, {DIM_OURS | 2}, {DIM_OURS | 6}};
    struct dim_arguments a;
    uint32_t result = 1;
    struct ndr n;

    (void)state;

    ndr_read(&n, "", 0);
    assert_int_equal(dim_request(&n, DIM_METHODS, &a), ST_RPC_PROCNUM_OUT_OF_RANGE);
    ndr_free(&n);
    ndr_read(&n, "", 0);
    assert_int_equal(dim_response(&n, DIM_METHODS, &a, &result), ST_RPC_PROCNUM_OUT_OF_RANGE);
    assert_int_equal(result, 0);
    ndr_free(&n);
    assert_null(dim_method_name(DIM_METHODS));
    assert_string_equal(dim_method_name(DIM_METHODS - 1), "RRouterInterfaceSetCustomInfoEx");

    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        ndr_read(&n, unknown[i], sizeof(unknown[i]));
        assert_int_equal(dim_request(&n, DIM_SERVER_GET_INFO_EX, &a), ST_RPC_BAD_STUB_DATA);
        ndr_free(&n);
    }
}

static void a_text_that_must_be_there_is_missed(void **state)
{
    struct dim_arguments a = {.text[0] = u"A"};
    struct ndr n;

    (void)state;

    ndr_write(&n);
    assert_int_equal(dim_request(&n, DIM_TRANSPORT_CREATE, &a), ST_RPC_NULL_REF_POINTER);
    ndr_free(&n);
}

/* A server object of which every pointer points somewhere. */
static struct dim_server full_server(void)
{
    static struct dim_octets certificates[] = {{3, (const uint8_t *)"abc"}, {0, NULL}};
    static struct dim_eku ekus[] = {{4, 1, u"1.2"}, {0, 0, NULL}};
    static struct dim_policy policy = {{1, 2, 3, 4, 5, 6}};
    struct dim_server s = {.revision = 3, .header = {3, 2, 168}, .up_time = 77};

    s.tunnels.ikev2.certificate_count = 2;
    s.tunnels.ikev2.certificates = certificates;
    s.tunnels.ikev2.machine_certificate = certificates[0];
    s.tunnels.ikev2.policy = &policy;
    s.tunnels.ikev2.eku_count = 2;
    s.tunnels.ikev2.ekus = ekus;
    s.tunnels.ikev2.machine_hash = certificates[0];
    s.tunnels.l2tp.policy = &policy;
    s.tunnels.sstp.certificate = certificates[0];
    return s;
}

static void check_full_server(const struct dim_server *s)
{
    assert_int_equal(s->up_time, 77);
    assert_int_equal(s->tunnels.ikev2.certificate_count, 2);
    assert_memory_equal(s->tunnels.ikev2.certificates[0].data, "abc", 3);
    assert_null(s->tunnels.ikev2.certificates[1].data);
    assert_int_equal(s->tunnels.ikev2.policy->method[5], 6);
    assert_memory_equal(s->tunnels.ikev2.ekus[0].text, u"1.2", 8);
    assert_null(s->tunnels.ikev2.ekus[1].text);
    assert_memory_equal(s->tunnels.ikev2.machine_hash.data, "abc", 3);
    assert_int_equal(s->tunnels.l2tp.policy->method[0], 1);
    assert_memory_equal(s->tunnels.sstp.certificate.data, "abc", 3);
}

static mpr_status there_and_back(const struct dim_server *server, struct ndr *to, struct ndr *from,
                                 struct dim_arguments *a)
{
    mpr_status status;

    a->server = *server;
    ndr_write(to);
    ndr_write(from);
    status = dim_request(to, DIM_SERVER_GET_INFO_EX, a);
    if (status != ST_OK) return status;
    ndr_read(from, to->written, to->position);
    return dim_request(from, DIM_SERVER_GET_INFO_EX, a);
}

static void an_object_comes_back_whole(void **state)
{
    const struct dim_server server = full_server();
    struct dim_arguments a;
    struct ndr to, from;

    (void)state;

    assert_int_equal(there_and_back(&server, &to, &from, &a), ST_OK);
    check_full_server(&a.server);
    ndr_free(&from);
    ndr_free(&to);
}

static void an_object_needs_memory(void **state)
{
    const struct dim_server server = full_server();
    struct dim_arguments a;
    struct ndr to, from;
    mpr_status status;
    bool failed;

    (void)state;

    for (size_t n = 1;; n++) {
        fail_alloc_begin(n);
        status = there_and_back(&server, &to, &from, &a);
        ndr_free(&from);
        ndr_free(&to);
        failed = fail_alloc_end();
        assert_int_equal(status, failed ? ST_NOT_ENOUGH_MEMORY : ST_OK);
        if (!failed) break;
    }
}

/* The same arguments serve request and response. */
static void nothing_of_a_higher_revision_is_left(void **state)
{
    const struct dim_server server = full_server();
    static const uint8_t revision_1[128] = {1};
    struct dim_arguments a = {.server = server};
    uint32_t result;
    struct ndr n;

    (void)state;

    a.server.revision = 1;
    a.server.tunnels.ikev2.certificates = NULL;
    a.server.tunnels.sstp.certificate.data = NULL;
    ndr_write(&n);
    assert_int_equal(dim_request(&n, DIM_SERVER_GET_INFO_EX, &a), ST_OK);
    assert_int_equal(n.position, 4 + 24 + 36 + 4 + 8 + 8 + 28);
    ndr_free(&n);

    ndr_read(&n, revision_1, 4 + 24 + 36 + 4 + 8 + 8 + 28 + 4);
    assert_int_equal(dim_response(&n, DIM_SERVER_GET_INFO_EX, &a, &result), ST_OK);
    assert_null(a.server.tunnels.ikev2.machine_hash.data);
    assert_null(a.server.tunnels.l2tp.policy);
    ndr_free(&n);
}

/* Writes and reads a request of a method; the octets are counted. */
static size_t echo(enum dim_method method, struct dim_arguments *a, struct ndr *to,
                   struct ndr *from)
{
    ndr_write(to);
    assert_int_equal(dim_request(to, method, a), ST_OK);
    ndr_read(from, to->written, to->position);
    assert_int_equal(dim_request(from, method, a), ST_OK);
    return to->position;
}

static void each_revision_of_ours_has_its_members(void **state)
{
    static const struct {
        uint8_t revision;
        uint32_t main_mode, gre; /* 1: the revision has it */
    } rows[] = {{3, 0, 0},
                {DIM_SERVER_MAIN_MODE, 1, 0},
                {DIM_SERVER_GRE, 0, 1},
                {DIM_SERVER_GRE_MAIN_MODE, 1, 1}};

    (void)state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct dim_arguments a = {.server = {.revision = rows[i].revision}};
        struct dim_tunnels *t = &a.server.tunnels;
        struct ndr to, from;

        *t = (struct dim_tunnels){.ikev2 = {.main_mode_life = 11},
                                  .l2tp = {.main_mode_life = 12},
                                  .gre_ports = 13,
                                  .gre_port_flags = 14};
        assert_int_equal(echo(DIM_SERVER_GET_INFO_EX, &a, &to, &from),
                         168 + 8 * (rows[i].main_mode + rows[i].gre));
        assert_int_equal(t->ikev2.main_mode_life, 11 * rows[i].main_mode);
        assert_int_equal(t->l2tp.main_mode_life, 12 * rows[i].main_mode);
        assert_int_equal(t->gre_ports, 13 * rows[i].gre);
        assert_int_equal(t->gre_port_flags, 14 * rows[i].gre);
        ndr_free(&from);
        ndr_free(&to);
    }
}

static void traffic_selectors_come_back(void **state)
{
    static struct dim_selector first[] = {
        {7, 6, 1, 2, 3, 2, 2, {10, 0, 0, 1}, {10, 0, 0, 9}},
        {8, 17, 4, 5, 6, 23, 23, {0xFE, [15] = 1}, {0xFE, [15] = 9}}};
    static struct dim_selector second = {8, 0, 0, 65535, 7, 23, 23, {1}, {2}};
    struct dim_arguments a = {.interface = 9,
                              .custom = {.revision = DIM_CUSTOM_SELECTORS,
                                         .flags = 1,
                                         .main_mode_life = 28800,
                                         .initiator = {2, first},
                                         .responder = {1, &second}}};
    struct ndr to, from;

    (void)state;

    echo(DIM_INTERFACE_SET_CUSTOM_INFO_EX, &a, &to, &from);
    assert_int_equal(a.custom.main_mode_life, 28800);
    assert_int_equal(a.custom.initiator.count, 2);
    assert_int_equal(a.custom.responder.count, 1);
    assert_ptr_not_equal(a.custom.initiator.rows, first);
    assert_memory_equal(a.custom.initiator.rows, first, sizeof(first));
    assert_memory_equal(a.custom.responder.rows, &second, sizeof(second));
    ndr_free(&from);
    for (size_t size = 0; size < to.position; size++) {
        ndr_read(&from, to.written, size);
        assert_int_equal(dim_request(&from, DIM_INTERFACE_SET_CUSTOM_INFO_EX, &a),
                         ST_RPC_BAD_STUB_DATA);
        ndr_free(&from);
    }
    ndr_free(&to);
}

static void an_update_may_have_a_local_endpoint(void **state)
{
    struct dim_arguments a = {.update = {.revision = DIM_UPDATE_LOCAL,
                                         .remote_endpoint = u"192.0.2.1",
                                         .local_endpoint = u"192.0.2.2"}};
    struct ndr to, from;
    size_t size;

    (void)state;

    size = echo(DIM_UPDATE_CONNECTION, &a, &to, &from);
    assert_memory_equal(a.update.local_endpoint, u"192.0.2.2", 20);
    ndr_free(&from);
    ndr_free(&to);
    a.update.revision = 1;
    assert_int_equal(echo(DIM_UPDATE_CONNECTION, &a, &to, &from), size - 130);
    assert_int_equal(a.update.local_endpoint[0], 0);
    ndr_free(&from);
    ndr_free(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_info_of_the_server),
        cmocka_unit_test(a_name_is_followed_by_numbers_at_their_place),
        cmocka_unit_test(a_resume_handle_may_be_absent),
        cmocka_unit_test(a_size_without_octets_is_none),
        cmocka_unit_test(a_filling_may_follow_and_nothing_more),
        cmocka_unit_test(an_unknown_method_or_revision_is_refused),
        cmocka_unit_test(a_text_that_must_be_there_is_missed),
        cmocka_unit_test(an_object_comes_back_whole),
        cmocka_unit_test(an_object_needs_memory),
        cmocka_unit_test(nothing_of_a_higher_revision_is_left),
        cmocka_unit_test(each_revision_of_ours_has_its_members),
        cmocka_unit_test(traffic_selectors_come_back),
        cmocka_unit_test(an_update_may_have_a_local_endpoint),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

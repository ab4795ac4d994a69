/* MPR_IF_CUSTOMINFOEX in its three layouts, through the octets of its methods. */
#include "win32/wire/wire_test.h"

#include "api/tunnel/custom_info.h"
#include "unit/base/fail_alloc.h"

static struct dim_arguments a;
static BYTE name[] = {1, 2, 3}, hash[] = {4, 5};
static ROUTER_CUSTOM_IKEv2_POLICY0 policy = {1, 2, 3, 4, 5, 1};
static MPR_VPN_TRAFFIC_SELECTOR selectors[3];

static const struct row {
    UCHAR revision, wire;
    USHORT size;
} rows[] = {
    {1, 1, sizeof(MPR_IF_CUSTOMINFOEX0)},
    {2, 2, sizeof(MPR_IF_CUSTOMINFOEX1)},
    {3, DIM_CUSTOM_SELECTORS, sizeof(MPR_IF_CUSTOMINFOEX2)},
};
#define EACH_ROW(r) for (const struct row *r = rows; r < rows + 3; r++)

/* Nothing behind IPv4 addresses, as what arrives. */
static void make_selectors(void)
{
    for (DWORD i = 0; i < 3; i++) {
        MPR_VPN_TRAFFIC_SELECTOR *s = &selectors[i];
        const bool v4 = i == 0;
        const size_t size = v4 ? sizeof(IN_ADDR) : sizeof(IN6_ADDR);

        s->type = v4 ? MPR_VPN_TS_IPv4_ADDR_RANGE : MPR_VPN_TS_IPv6_ADDR_RANGE;
        s->protocolId = (UINT8)(17 + i);
        s->portStart = (UINT16)(300 + i);
        s->portEnd = (UINT16)(400 + i);
        s->tsPayloadId = (UINT16)(500 + i);
        s->addrStart.Type = s->addrEnd.Type = v4 ? AF_INET : AF_INET6;
        fill_octets(&s->addrStart.v6, size);
        fill_octets(&s->addrEnd.v6, size);
        s->addrEnd.v4.s_addr |= 0xFF; /* an end behind the start */
    }
}

/* The newest layout is as long as any. */
static custom_info full(const struct row *r)
{
    return (custom_info){
        .Header = {r->revision, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, r->size},
        .dwFlags = MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2,
        .customIkev2Config = {1001,
                              1025,
                              {sizeof(name), name},
                              &policy,
                              {sizeof(hash), hash},
                              1002,
                              {1, 2, &selectors[0], &selectors[1]}}};
}

static void check_selectors(const MPR_VPN_TRAFFIC_SELECTORS *s, bool has)
{
    assert_int_equal(s->numTsi, has ? 1 : 0);
    assert_int_equal(s->numTsr, has ? 2 : 0);
    if (has) {
        assert_memory_equal(s->tsI, &selectors[0], sizeof(selectors[0]));
        assert_memory_equal(s->tsR, &selectors[1], 2 * sizeof(selectors[0]));
    } else {
        assert_null(s->tsI);
        assert_null(s->tsR);
    }
}

static void check_object(const struct row *r, const void *object)
{
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c;
    custom_info got;

    assert_int_equal(custom_info_size(object), r->size);
    custom_info_gather(object, r->size, &got);
    c = &got.customIkev2Config;
    assert_int_equal(got.dwFlags, MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2);
    assert_int_equal(c->dwSaLifeTime, 1001);
    assert_int_equal(c->dwSaDataSize, 1025);
    assert_int_equal(c->certificateName.cbData, sizeof(name));
    assert_memory_equal(c->certificateName.pbData, name, sizeof(name));
    assert_ptr_not_equal(c->customPolicy, &policy);
    assert_memory_equal(c->customPolicy, &policy, sizeof(policy));
    assert_int_equal(c->certificateHash.cbData, r->revision > 1 ? sizeof(hash) : 0);
    if (r->revision > 1) assert_memory_equal(c->certificateHash.pbData, hash, sizeof(hash));
    assert_int_equal(c->dwMmSaLifeTime, r->revision > 2 ? 1002 : 0);
    check_selectors(&c->vpnTrafficSelectors, r->revision > 2);
}

static void send_request(struct ndr *to, struct ndr *from)
{
    ndr_write(to);
    assert_int_equal(dim_request(to, DIM_INTERFACE_SET_CUSTOM_INFO_EX, &a), ST_OK);
    ndr_read(from, to->written, to->position);
    assert_int_equal(dim_request(from, DIM_INTERFACE_SET_CUSTOM_INFO_EX, &a), ST_OK);
}

static void a_set_has_every_member(void **state)
{
    (void)state;

    EACH_ROW(r)
    {
        custom_info object = full(r);
        struct ndr memory, to, from;
        void *made;

        ndr_write(&memory);
        assert_int_equal(wire_custom_set_out(&memory, &object, &a.custom), ST_OK);
        assert_int_equal(a.custom.revision, r->wire);
        send_request(&to, &from);
        a.custom.header.size = 1; /* the other architecture's */
        made = wire_custom_make(&from, &a.custom);
        assert_non_null(made);
        check_object(r, made);
        ndr_free(&memory);
        ndr_free(&from);
        ndr_free(&to);
    }
}

static void answer_each_row(void)
{
    EACH_ROW(r)
    {
        custom_info router = full(r), program;
        struct ndr memory, to, from;

        ndr_write(&memory);
        assert_int_equal(wire_custom_out(&memory, &router, &a.custom), ST_OK);
        send_request(&to, &from); /* its octets are those of the answer */
        ndr_free(&memory);
        fill_octets(&program, sizeof(program));
        program.Header = router.Header;
        assert_int_equal(wire_custom_in(&a.custom, &program), ST_OK);
        ndr_free(&from);
        ndr_free(&to);
        check_object(r, &program);
        wire_custom_free(&program);
        assert_null(program.customIkev2Config.customPolicy);
    }
}

static void an_answer_has_every_member(void **state)
{
    (void)state;
    gives_all_back(answer_each_row);
}

static void an_answer_needs_memory(void **state)
{
    custom_info router = full(&rows[2]), program, kept;
    size_t n = 1, before;
    bool failed = true;
    struct ndr memory;

    (void)state;

    fill_octets(&program, sizeof(program));
    program.Header = router.Header;
    memcpy(&kept, &program, sizeof(kept));
    ndr_write(&memory);
    assert_int_equal(wire_custom_out(&memory, &router, &a.custom), ST_OK);
    before = live_blocks();
    for (; failed; n++) {
        mpr_status status;

        fail_buffer_begin(n);
        status = wire_custom_in(&a.custom, &program);
        failed = fail_buffer_end();
        assert_int_equal(status, failed ? ST_NOT_ENOUGH_MEMORY : ST_OK);
        if (failed) assert_memory_equal(&program, &kept, sizeof(kept));
        if (!failed) wire_custom_free(&program);
        assert_int_equal(live_blocks(), before);
    }
    assert_int_equal(n - 2, 5);
    ndr_free(&memory);
}

static void sets_need_memory(void **state)
{
    custom_info object = full(&rows[2]);
    bool failed = true;

    (void)state;

    for (size_t at = 1; failed; at++) {
        struct ndr n;
        mpr_status status;

        fail_alloc_begin(at);
        ndr_write(&n);
        status = wire_custom_set_out(&n, &object, &a.custom);
        if (status == ST_OK && !wire_custom_make(&n, &a.custom)) status = n.status;
        ndr_free(&n);
        failed = fail_alloc_end();
        assert_int_equal(status, failed ? ST_NOT_ENOUGH_MEMORY : ST_OK);
    }
}

/* Without flags nothing else is looked at. */
static void a_deletion_may_have_garbage(void **state)
{
    custom_info object;
    struct ndr n;

    (void)state;

    fill_octets(&object, sizeof(object));
    object.Header = full(&rows[2]).Header;
    object.dwFlags = 0;
    ndr_write(&n);
    assert_int_equal(wire_custom_ask(&object, &a.custom), ST_OK);
    assert_int_equal(a.custom.flags, 0);
    assert_int_equal(wire_custom_set_out(&n, &object, &a.custom), ST_OK);
    assert_int_equal(a.custom.flags, 0);
    assert_null(a.custom.initiator.rows);
    object.dwFlags = 2;
    assert_int_equal(wire_custom_set_out(&n, &object, &a.custom), ST_INVALID_PARAMETER);
    ndr_free(&n);
}

static void what_is_behind_an_ipv4_address_stays(void **state)
{
    static const uint8_t zeros[12];
    MPR_VPN_TRAFFIC_SELECTOR s = selectors[0];
    custom_info object = full(&rows[2]);
    struct ndr n;

    (void)state;

    fill_octets((BYTE *)&s.addrStart.v6 + sizeof(IN_ADDR), 12);
    object.customIkev2Config.vpnTrafficSelectors.tsI = &s;
    ndr_write(&n);
    assert_int_equal(wire_custom_set_out(&n, &object, &a.custom), ST_OK);
    assert_memory_equal(a.custom.initiator.rows[0].first, &s.addrStart.v4, sizeof(IN_ADDR));
    assert_memory_equal(a.custom.initiator.rows[0].first + 4, zeros, sizeof(zeros));
    ndr_free(&n);
}

static void wrong_headers_are_refused(void **state)
{
    struct dim_custom other = {.revision = 2};
    custom_info object = full(&rows[2]);
    struct ndr n;

    (void)state;

    assert_int_equal(wire_custom_in(&other, &object), ST_RPC_BAD_STUB_DATA);
    assert_int_equal(wire_custom_ask(NULL, &a.custom), ST_INVALID_PARAMETER);
    ndr_write(&n);
    for (int i = 0; i < 3; i++) {
        object = full(&rows[2]);
        if (i == 0) object.Header.revision = 2;
        if (i == 1) object.Header.type++;
        if (i == 2) object.Header.size--;
        assert_int_equal(wire_custom_ask(&object, &a.custom), ST_INVALID_PARAMETER);
        assert_int_equal(wire_custom_set_out(&n, &object, &a.custom), ST_INVALID_PARAMETER);
        assert_int_equal(wire_custom_in(&other, &object), ST_INVALID_PARAMETER);
    }
    other.header = (struct dim_header){1, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, 56};
    assert_int_equal(custom_info_size(wire_custom_make(&n, &other)), 0);
    other.header.revision = 2;
    assert_int_equal(custom_info_size(wire_custom_make(&n, &other)), sizeof(MPR_IF_CUSTOMINFOEX1));
    other.revision = 3;
    assert_null(wire_custom_make(&n, &other));
    assert_int_equal(n.status, ST_RPC_BAD_STUB_DATA);
    ndr_free(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_has_every_member),
        cmocka_unit_test(an_answer_has_every_member),
        cmocka_unit_test(an_answer_needs_memory),
        cmocka_unit_test(sets_need_memory),
        cmocka_unit_test(a_deletion_may_have_garbage),
        cmocka_unit_test(what_is_behind_an_ipv4_address_stays),
        cmocka_unit_test(wrong_headers_are_refused),
    };

    make_selectors();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every level, there and back: all members are the same, whatever they point to as well; what is
 * cut off anywhere is refused, and nothing is left allocated. */
#include "win32/wire/info_samples.h"

/* count structures of a sample, each with other values. */
static BYTE *make_all(const struct sample *s, DWORD count)
{
    BYTE *all = calloc(count, s->size);

    assert_non_null(all);
    fill_octets(all, count * s->size);
    for (DWORD i = 0; i < count; i++) s->fix(all + i * s->size);
    return all;
}

static void write_all(struct ndr *n, const struct sample *s, const void *all, DWORD count)
{
    ndr_write(n);
    assert_int_equal(wire_info_write(n, s->kind, s->level, all, count), ST_OK);
}

static struct dim_octets octets_of(const struct ndr *n)
{
    return (struct dim_octets){(uint32_t)n->position, n->written};
}

static void check_all(const struct sample *s, const BYTE *in, BYTE *out, DWORD count)
{
    for (DWORD i = 0; i < count; i++) {
        s->check(out + i * s->size);
        if (octets_left_out(in + i * s->size, out + i * s->size, s->size) != s->filling)
            fail_msg("kind %d, level %lu: %u octets are left out", s->kind, s->level,
                     (unsigned)octets_left_out(in + i * s->size, out + i * s->size, s->size));
    }
}

static void every_member_comes_back(void **state)
{
    (void)state;

    EACH_SAMPLE(s)
    {
        const DWORD count = s->one ? 1 : 3;
        BYTE *all = make_all(s, count), *back;
        struct dim_octets info;
        struct ndr n;

        write_all(&n, s, all, count);
        info = octets_of(&n);
        assert_int_equal(wire_info_read(&info, s->kind, s->level, count, &back), ST_OK);
        check_all(s, all, back, count);
        assert_int_equal(api_buffer_free(back), ST_OK);
        ndr_free(&n);
        free(all);
    }
}

static void the_routers_end_has_every_member(void **state)
{
    (void)state;

    EACH_SAMPLE(s)
    {
        const DWORD count = s->one ? 1 : 3;
        BYTE *all = make_all(s, count), *made;
        struct dim_octets info;
        struct ndr n, memory;

        write_all(&n, s, all, count);
        info = octets_of(&n);
        ndr_read(&memory, "", 0);
        made = wire_info_make(&memory, &info, s->kind, s->level, count);
        assert_non_null(made);
        check_all(s, all, made, count);
        ndr_free(&memory);
        ndr_free(&n);
        free(all);
    }
}

/* What is cut off is a copy of its own, so that a read behind its end is seen by tools. */
static void read_cut(const struct sample *s, const struct ndr *n, size_t size, DWORD count)
{
    uint8_t *copy = malloc(size ? size : 1);
    struct dim_octets info = {(uint32_t)size, copy};
    bool may = size >= s->may_begin && size < s->may_end;
    BYTE *back = (BYTE *)1;
    mpr_status status;

    assert_non_null(copy);
    if (size) memcpy(copy, n->written, size);
    status = wire_info_read(&info, s->kind, s->level, count, &back);
    if (status == ST_OK && may) {
        assert_int_equal(api_buffer_free(back), ST_OK);
    } else {
        assert_int_equal(status, ST_RPC_BAD_STUB_DATA);
        assert_null(back);
    }
    free(copy);
}

static void cut_each_sample(void)
{
    EACH_SAMPLE(s)
    {
        const DWORD count = s->one || s->may_end ? 1 : 2;
        BYTE *all = make_all(s, count);
        struct ndr n;

        write_all(&n, s, all, count);
        for (size_t size = 0; size < n.position; size++) read_cut(s, &n, size, count);
        ndr_free(&n);
        free(all);
    }
}

static void what_is_cut_off_is_refused(void **state)
{
    (void)state;
    gives_all_back(cut_each_sample);
}

static void memory_may_run_out(void **state)
{
    (void)state;

    EACH_SAMPLE(s)
    {
        BYTE *all = make_all(s, 1), *back = (BYTE *)1;
        struct dim_octets info;
        struct ndr n;
        mpr_status status;

        write_all(&n, s, all, 1);
        info = octets_of(&n);
        fail_buffer_begin(1);
        status = wire_info_read(&info, s->kind, s->level, 1, &back);
        assert_true(fail_buffer_end());
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_null(back);
        ndr_free(&n);
        free(all);
    }
}

static void counts_are_not_believed(void **state)
{
    (void)state;

    EACH_SAMPLE(s)
    {
        BYTE *all = make_all(s, 1), *back = (BYTE *)1;
        struct dim_octets info;
        struct ndr n;

        write_all(&n, s, all, 1);
        info = octets_of(&n);
        assert_int_equal(wire_info_read(&info, s->kind, s->level, MAXDWORD, &back),
                         ST_RPC_BAD_STUB_DATA);
        assert_null(back);
        assert_int_equal(wire_info_read(&info, s->kind, s->level, 0, &back), ST_OK);
        assert_null(back);
        if (s->one) {
            ndr_free(&n);
            ndr_write(&n);
            assert_int_equal(wire_info_write(&n, s->kind, s->level, all, 2), ST_INVALID_PARAMETER);
        }
        ndr_free(&n);
        free(all);
    }
}

static void other_levels_are_refused(void **state)
{
    static const DWORD first[WIRE_KINDS] = {
        [WIRE_SERVER] = 3,    [WIRE_PORT] = 3,       [WIRE_DEVICE] = 2,
        [WIRE_INTERFACE] = 4, [WIRE_CONNECTION] = 5, [WIRE_CREDENTIALS] = 0};
    static const BYTE zeros[4096];
    const struct dim_octets info = {sizeof(zeros), zeros};
    BYTE *back = (BYTE *)1;
    struct ndr n;

    (void)state;

    for (int kind = 0; kind < WIRE_KINDS; kind++) {
        if (!first[kind]) continue;
        ndr_write(&n);
        assert_int_equal(wire_info_write(&n, (enum wire_kind)kind, first[kind], zeros, 1),
                         ST_INVALID_LEVEL);
        assert_int_equal(wire_info_read(&info, (enum wire_kind)kind, first[kind], 1, &back),
                         ST_INVALID_LEVEL);
        assert_null(back);
        assert_null(wire_info_make(&n, &info, (enum wire_kind)kind, first[kind], 1));
        assert_int_equal(n.status, ST_INVALID_LEVEL);
        ndr_free(&n);
    }
}

static void texts_end_for_the_caller_only(void **state)
{
    struct ndr n, memory;
    MPR_INTERFACE_2 in, *made;
    struct dim_octets info;
    BYTE *back;

    (void)state;

    fill_octets(&in, sizeof(in)); /* whose pointers are garbage, and may not be looked at */
    ndr_write(&n);
    assert_int_equal(wire_info_write(&n, WIRE_INTERFACE, 2, &in, 1), ST_OK);
    info = octets_of(&n);
    assert_int_equal(wire_info_read(&info, WIRE_INTERFACE, 2, 1, &back), ST_OK);
    made = (void *)back;
    assert_int_equal(made->wszInterfaceName[MAX_INTERFACE_NAME_LEN], 0);
    assert_int_equal(made->szX25UserData[MPR_MaxUserData], 0);
    assert_null(made->szAlternates);
    assert_null(made->lpbCustomAuthData);
    assert_int_equal(made->dwCustomAuthDataSize, 0);
    api_buffer_free(back);

    ndr_read(&memory, "", 0);
    made = wire_info_make(&memory, &info, WIRE_INTERFACE, 2, 1);
    assert_non_null(made);
    assert_memory_equal(made->wszInterfaceName, in.wszInterfaceName, sizeof(in.wszInterfaceName));
    assert_memory_equal(made->szX25UserData, in.szX25UserData, sizeof(in.szX25UserData));
    ndr_free(&memory);
    ndr_free(&n);
}

static mpr_status try_interface(const MPR_INTERFACE_3 *i)
{
    struct ndr n;
    mpr_status status;

    ndr_write(&n);
    status = wire_info_write(&n, WIRE_INTERFACE, 3, i, 1);
    assert_int_equal(n.status, status);
    ndr_free(&n);
    return status;
}

static void what_cannot_travel_is_refused(void **state)
{
    static WCHAR endless[65536];
    MPR_INTERFACE_3 i;

    (void)state;

    for (size_t k = 0; k < 65536; k++) endless[k] = L'x';
    memset(&i, 0, sizeof(i));
    assert_int_equal(try_interface(&i), ST_OK);
    i.szAlternates = endless;
    assert_int_equal(try_interface(&i), ST_INVALID_PARAMETER);
    i.szAlternates = NULL;
    i.dwCustomAuthDataSize = 1;
    assert_int_equal(try_interface(&i), ST_INVALID_PARAMETER);
    i.lpbCustomAuthData = sample_octets;
    assert_int_equal(try_interface(&i), ST_OK);
    i.dwCustomAuthDataSize = (1u << 20) + 1;
    assert_int_equal(try_interface(&i), ST_INVALID_PARAMETER);
    i.dwCustomAuthDataSize = 0;
    i.AddressCount = 1;
    assert_int_equal(try_interface(&i), ST_INVALID_PARAMETER);
    i.AddressCount = MAXDWORD;
    i.ipv6addr = sample_addresses;
    assert_int_equal(try_interface(&i), ST_INVALID_PARAMETER);
}

static void an_empty_list_is_no_absent_one(void **state)
{
    static WCHAR empty[] = L"";
    MPR_DEVICE_1 in = {.szAlternates = empty}, *back;
    struct dim_octets info;
    struct ndr n;

    (void)state;

    for (int absent = 0; absent < 2; absent++) {
        if (absent) in.szAlternates = NULL;
        ndr_write(&n);
        assert_int_equal(wire_info_write(&n, WIRE_DEVICE, 1, &in, 1), ST_OK);
        info = octets_of(&n);
        assert_int_equal(wire_info_read(&info, WIRE_DEVICE, 1, 1, (BYTE **)&back), ST_OK);
        if (absent) {
            assert_null(back->szAlternates);
        } else {
            assert_non_null(back->szAlternates);
            assert_int_equal(back->szAlternates[0], 0);
            assert_int_equal(back->szAlternates[1], 0);
        }
        api_buffer_free(back);
        ndr_free(&n);
    }
}

static void a_handle_above_32_bits_is_none(void **state)
{
    MPR_INTERFACE_0 in = {.hInterface = INVALID_HANDLE_VALUE}, *back;
    struct dim_octets info;
    struct ndr n;

    (void)state;

    ndr_write(&n);
    assert_int_equal(wire_info_write(&n, WIRE_INTERFACE, 0, &in, 1), ST_OK);
    info = octets_of(&n);
    assert_int_equal(wire_info_read(&info, WIRE_INTERFACE, 0, 1, (BYTE **)&back), ST_OK);
    assert_ptr_equal(back->hInterface, sizeof(HANDLE) == 8 ? NULL : INVALID_HANDLE_VALUE);
    api_buffer_free(back);
    ndr_free(&n);
}

/* Below 4 GB the octets are those of MS-RRASM and no more. */
static void high_counters_are_sent_when_there_are_any(void **state)
{
    RAS_CONNECTION_4 all[2] = {{.ullBytesXmited = MAXDWORD}, {.ullBytesRcved = MAXDWORD}};
    struct ndr n;

    (void)state;

    all[0].ProjectionInfo.projectionInfoType = MPRAPI_PPP_PROJECTION_INFO_TYPE;
    all[1].ProjectionInfo.projectionInfoType = MPRAPI_IKEV2_PROJECTION_INFO_TYPE;
    ndr_write(&n);
    assert_int_equal(wire_info_write(&n, WIRE_CONNECTION, 4, all, 2), ST_OK);
    assert_int_equal(n.position, 2 * 1680);
    ndr_free(&n);
    all[1].ullBytesRcved++;
    ndr_write(&n);
    assert_int_equal(wire_info_write(&n, WIRE_CONNECTION, 4, all, 2), ST_OK);
    assert_int_equal(n.position, 2 * (1680 + 8));
    ndr_free(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_comes_back),
        cmocka_unit_test(the_routers_end_has_every_member),
        cmocka_unit_test(what_is_cut_off_is_refused),
        cmocka_unit_test(memory_may_run_out),
        cmocka_unit_test(counts_are_not_believed),
        cmocka_unit_test(other_levels_are_refused),
        cmocka_unit_test(texts_end_for_the_caller_only),
        cmocka_unit_test(what_cannot_travel_is_refused),
        cmocka_unit_test(an_empty_list_is_no_absent_one),
        cmocka_unit_test(a_handle_above_32_bits_is_none),
        cmocka_unit_test(high_counters_are_sent_when_there_are_any),
    };

    fill_octets(sample_addresses, sizeof(sample_addresses));
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Random objects, always the same ones: headers that lie about type, revision and size, at the very
 * end of readable memory, and random values with pointers that are NULL or good. Whatever comes
 * back, nothing is read or written beyond what the header's layout has. */
#include "api/server_ex/ex.h"

#include <string.h>

static MPR_SERVER_HANDLE server;
static HANDLE config;
static BYTE *page_end; /* behind it nothing can be touched */

static unsigned long long seed = 0x9e3779b97f4a7c15ull;

static DWORD next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (DWORD)(seed >> 16);
}

static void make_page(void)
{
    BYTE *pages = VirtualAlloc(NULL, 8192, MEM_RESERVE, PAGE_NOACCESS);

    assert_non_null(VirtualAlloc(pages, 4096, MEM_COMMIT, PAGE_READWRITE));
    page_end = pages + 4096;
}

static BOOL known(UCHAR type, const MPRAPI_OBJECT_HEADER *h)
{
    for (size_t i = 0; i < ex_layout_count; i++) {
        const struct ex_layout *l = &ex_layouts[i];

        if (h->type == type && h->revision == l->revision &&
            h->size == (type == SERVER_TYPE ? l->server_size : l->set_size))
            return TRUE;
    }
    return FALSE;
}

/* As much memory as the header says, or just the header when that is none of ours. */
static void *place(const MPRAPI_OBJECT_HEADER *header, BOOL fits)
{
    size_t size = fits ? header->size : sizeof(*header);
    BYTE *at = page_end - size;

    for (BYTE *b = at; b < page_end; b++) *b = (BYTE)next_random();
    memcpy(at, header, sizeof(*header));
    return at;
}

static MPRAPI_OBJECT_HEADER random_header(UCHAR type)
{
    const struct ex_layout *l = &ex_layouts[next_random() % ex_layout_count];
    MPRAPI_OBJECT_HEADER h = {l->revision, type,
                              type == SERVER_TYPE ? l->server_size : l->set_size};

    switch (next_random() % 6) {
    case 0:
        h.size = (USHORT)(h.size + next_random() % 9 - 4);
        break;
    case 1:
        h.size = (USHORT)next_random();
        break;
    case 2:
        h.revision = (UCHAR)(next_random() % 8);
        break;
    case 3:
        h.type = (UCHAR)(next_random() % 8);
        break;
    default:
        break;
    }
    return h;
}

static void take_and_free(const void *object, const MPRAPI_OBJECT_HEADER *h)
{
    const struct ex_layout *l = ex_layouts;
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 got;
    union ex_object copy;

    while (l->revision != h->revision || l->server_size != h->size) l++;
    memcpy(&copy, object, h->size);
    ex_take(&copy, l, &got);
    ex_free(&got);
}

static void gets_with_lying_headers(void **state)
{
    (void)state;
    for (int n = 0; n < 2000; n++) {
        MPRAPI_OBJECT_HEADER h = random_header(SERVER_TYPE);
        BOOL fits = known(SERVER_TYPE, &h);
        void *object = place(&h, fits);
        DWORD code = n % 2 ? MprAdminServerGetInfoEx(server, object)
                           : MprConfigServerGetInfoEx(config, object);

        assert_int_equal(code, fits ? NO_ERROR : ERROR_INVALID_PARAMETER);
        if (fits) take_and_free(object, &h);
    }
}

static void pointer_or_null(void *pointer)
{
    static BYTE target[2048];
    void *value = next_random() % 2 ? target : NULL;

    memcpy(pointer, &value, sizeof(value));
}

/* Every field random, often at the borders; pointers good or NULL, and lengths no longer than what
 * they point to, or absurd. */
static DWORD random_number(void)
{
    static const DWORD borders[] = {0,     1,     2,        3,        32,       119,
                                    120,   299,   300,      1000,     1023,     1024,
                                    16385, 30001, 17279999, 17280000, 1u << 31, 0xffffffff};

    return borders[next_random() % (sizeof(borders) / sizeof(borders[0]))];
}

static DWORD random_length(void)
{
    return next_random() % 3 ? next_random() % 64 : 0xffffffff - next_random() % 3;
}

static void randomise(MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 *p)
{
    IKEV2_TUNNEL_CONFIG_PARAMS4 *t = &p->IkeConfigParams.TunnelConfigParams;
    L2TP_TUNNEL_CONFIG_PARAMS2 *l = &p->L2tpConfigParams.TunnelConfigParams;

    ex_fill(p, next_random() % 900);
    for (DWORD changes = 1 + next_random() % 3; changes; changes--) {
        DWORD *const numbers[] = {&p->IkeConfigParams.dwNumPorts,
                                  &p->IkeConfigParams.dwPortFlags,
                                  &t->dwIdleTimeout,
                                  &t->dwNetworkBlackoutTime,
                                  &t->dwSaLifeTime,
                                  &t->dwSaDataSizeForRenegotiation,
                                  &t->dwConfigOptions,
                                  &t->dwEncryptionType,
                                  &t->dwMmSaLifeTime,
                                  &l->dwIdleTimeout,
                                  &l->dwSaLifeTime,
                                  &p->PptpConfigParams.dwNumPorts,
                                  &p->SstpConfigParams.certAlgorithm};

        *numbers[next_random() % (sizeof(numbers) / sizeof(numbers[0]))] = random_number();
    }
    switch (next_random() % 5) {
    case 0:
        t->machineCertificateName.cbData = random_length();
        pointer_or_null(&t->machineCertificateName.pbData);
        break;
    case 1:
        t->machineCertificateHash.cbData = random_length();
        pointer_or_null(&t->machineCertificateHash.pbData);
        break;
    case 2:
        p->SstpConfigParams.sstpCertDetails.certBlob.cbData = random_length();
        pointer_or_null(&p->SstpConfigParams.sstpCertDetails.certBlob.pbData);
        break;
    case 3:
        t->dwTotalEkus = 0xffffffff - next_random() % 2;
        break;
    default:
        break;
    }
}

static void sets_with_random_values(void **state)
{
    DWORD done = 0, refused = 0;

    (void)state;
    for (int n = 0; n < 1500; n++) {
        const struct ex_layout *l = &ex_layouts[next_random() % ex_layout_count];
        MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 p;
        union ex_object o;
        DWORD code;

        randomise(&p);
        ex_begin(&o, SET_TYPE, l->revision, l->set_size);
        o.set.setConfigForProtocols = next_random() % 0x21;
        ex_put(&o, l, &p);
        memcpy(page_end - l->set_size, &o, l->set_size);
        code = n % 2 ? MprAdminServerSetInfoEx(server, (void *)(page_end - l->set_size))
                     : MprConfigServerSetInfoEx(config, (void *)(page_end - l->set_size));
        if (code == ERROR_INVALID_PARAMETER)
            refused++;
        else if (code == NO_ERROR || code == ERROR_SUCCESS_RESTART_REQUIRED ||
                 code == ERROR_SUCCESS_REBOOT_REQUIRED)
            done++;
        else
            fail_msg("code %lu", code);
    }
    assert_true(done > 100 && refused > 100);
}

static void sets_with_lying_headers(void **state)
{
    (void)state;
    for (int n = 0; n < 5000; n++) {
        MPRAPI_OBJECT_HEADER h = random_header(SET_TYPE);
        void *object;

        if (known(SET_TYPE, &h)) continue;
        object = place(&h, FALSE);
        assert_int_equal(n % 2 ? MprAdminServerSetInfoEx(server, object)
                               : MprConfigServerSetInfoEx(config, object),
                         ERROR_INVALID_PARAMETER);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gets_with_lying_headers),
        cmocka_unit_test(sets_with_lying_headers),
        cmocka_unit_test(sets_with_random_values),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    make_page();
    server = fixture_connect();
    if (MprConfigServerConnect(NULL, &config)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

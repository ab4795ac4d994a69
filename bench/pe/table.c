/* The interface table: creating at level 0, enumerating in pages of 100, GetInfo by handle, with
 * 10, 1,000, 10,000 and 100,000 interfaces. A ratio here is of the larger to the smaller table,
 * per interface or call, so that 1 is linear (creating, enumerating) or independent (GetInfo).
 *
 * One run gives one pair of each; run it several times. Interfaces are of type DEDICATED, which
 * need no phone-book entry; "dial" is the same with FULL_ROUTER interfaces, whose creation reads
 * phone book and registry, with 1,000 and 10,000.
 *
 * usage: bench_table [dial]
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "pe/setup.h"

#define MOST  100000u
#define PAGE  100u
#define CALLS 100000u

static MPR_SERVER_HANDLE server;
static HANDLE handles[MOST];
static unsigned existing;

/* Makes them count in all; per interface. */
static double create_up_to(unsigned count, ROUTER_INTERFACE_TYPE type)
{
    unsigned before = existing;
    double start = bench_now();
    WCHAR name[32];

    for (; existing < count; existing++) {
        _snwprintf(name, 32, L"Link%u", existing);
        handles[existing] = setup_create(server, name, type);
    }
    return (bench_now() - start) / (count - before);
}

/* Per interface. There are a few more: internal, loopback, the host's adapters. */
static double enumerate(void)
{
    double start = bench_now();
    DWORD seen = 0, read, total, resume = 0, status;

    do {
        BYTE *page = NULL;
        status = MprAdminInterfaceEnum(server, 0, &page, PAGE * (DWORD)sizeof(MPR_INTERFACE_0),
                                       &read, &total, &resume);
        if (status != NO_ERROR && status != ERROR_MORE_DATA) setup_check(status, "enumerating");
        seen += read;
        MprAdminBufferFree(page);
    } while (status == ERROR_MORE_DATA);
    if (seen < existing) bench_die("the pages had %lu of %u interfaces", seen, existing);
    return (bench_now() - start) / seen;
}

/* Per call, of interfaces in disorder. */
static double get_info(void)
{
    uint32_t state = 4711;
    double start = bench_now();

    for (unsigned i = 0; i < CALLS; i++) {
        HANDLE handle = handles[bench_random(&state) % existing];
        MPR_INTERFACE_0 *info = NULL;
        setup_check(MprAdminInterfaceGetInfo(server, handle, 0, (BYTE **)&info), "GetInfo");
        if (info->hInterface != handle) bench_die("information about another interface");
        MprAdminBufferFree(info);
    }
    return (bench_now() - start) / CALLS;
}

static void measure_dedicated(void)
{
    double create_10k, enum_10k, info_10;

    create_up_to(10, ROUTER_IF_TYPE_DEDICATED);
    get_info();
    info_10 = get_info();
    create_up_to(1000, ROUTER_IF_TYPE_DEDICATED);
    bench_pair("getinfo_1000", info_10, get_info());
    create_10k = create_up_to(10000, ROUTER_IF_TYPE_DEDICATED);
    enum_10k = enumerate();
    bench_pair("create", create_10k, create_up_to(MOST, ROUTER_IF_TYPE_DEDICATED));
    bench_pair("enum", enum_10k, enumerate());
    bench_pair("getinfo_100000", info_10, get_info());
}

static void measure_dial(void)
{
    double create_1k;

    setup_phonebook("Link", 10000);
    create_up_to(10, ROUTER_IF_TYPE_FULL_ROUTER); /* the phone book is read */
    create_1k = create_up_to(1000, ROUTER_IF_TYPE_FULL_ROUTER);
    bench_pair("create_dial", create_1k, create_up_to(10000, ROUTER_IF_TYPE_FULL_ROUTER));
}

int main(int argc, char **argv)
{
    setup_registry();
    server = setup_connect();
    if (argc > 1 && strcmp(argv[1], "dial") == 0)
        measure_dial();
    else
        measure_dedicated();
    return 0;
}

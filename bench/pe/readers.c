/* What a call notices of another one that reads the whole route table: GetInfo by handle while a
 * thread asks the MIB for all routes, again and again, against the same calls while that thread
 * only computes. On one processor both take half of it; a call that had to wait for the other's
 * answer would take that long.
 *
 * usage: bench_readers REPEATS ROUTES
 */
#include <stdlib.h>
#include <string.h>

#include <iprtrmib.h>

#include "pe/setup.h"

#define DEST_ROW              64u /* MIB_IPDESTROW, which mingw's header has as a union */
#define CALLS                 1000u
#define INTERFACE_STATUS_INFO 0xFFFF0004u /* IP_INTERFACE_STATUS_INFO */

static MPR_SERVER_HANDLE server;
static MIB_SERVER_HANDLE mib;
static HANDLE handle;
static DWORD index_of_interface;
static unsigned routes;

static volatile LONG stop;
static volatile LONG answers; /* the table, so often */

static DWORD ask(DWORD id, void **ret, DWORD *ret_size)
{
    DWORD in[3] = {id, 0, 0}; /* 0.0.0.0/0 */

    return MprAdminMIBEntryGet(mib, PID_IP, IPRTRMGR_PID, in, sizeof(in), ret, ret_size);
}

static DWORD WINAPI reads_all(void *unused)
{
    (void)unused;
    while (!stop) {
        DWORD size = 0;
        void *out = NULL;

        setup_check(ask(DEST_LONGER, &out, &size), "all routes");
        if (size < routes * DEST_ROW) bench_die("not all routes came");
        MprAdminMIBBufferFree(out);
        InterlockedIncrement(&answers);
    }
    return 0;
}

static DWORD WINAPI computes(void *unused)
{
    uint32_t random = 4711;

    (void)unused;
    while (!stop) bench_random(&random);
    return random;
}

/* Per call. */
static double get_info(void)
{
    double start = bench_now();

    for (unsigned i = 0; i < CALLS; i++) {
        MPR_INTERFACE_0 *info = NULL;
        setup_check(MprAdminInterfaceGetInfo(server, handle, 0, (BYTE **)&info), "GetInfo");
        MprAdminBufferFree(info);
    }
    return (bench_now() - start) / CALLS;
}

static double beside(LPTHREAD_START_ROUTINE other)
{
    HANDLE thread;
    double took;

    stop = 0;
    thread = CreateThread(NULL, 0, other, NULL, 0, NULL);
    if (!thread) bench_die("no thread");
    Sleep(50); /* it runs */
    took = get_info();
    stop = 1;
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return took;
}

static void add_route(unsigned number)
{
    struct {
        DWORD id, aligned;
        MIB_IPFORWARDROW row;
        DWORD preference, views; /* which make it a MIB_IPDESTROW */
    } in;

    memset(&in, 0, sizeof(in));
    in.id = ROUTE_MATCHING;
    in.row.dwForwardDest = htonl(0x20000000u + (number << 8));
    in.row.dwForwardMask = htonl(0xFFFFFF00u);
    in.row.dwForwardIfIndex = index_of_interface;
    in.row.dwForwardProto = PROTO_IP_NETMGMT;
    in.row.dwForwardMetric1 = 1;
    setup_check(MprAdminMIBEntryCreate(mib, PID_IP, IPRTRMGR_PID, &in, sizeof(in)), "a route");
}

/* The one interface that the transport is on and that is no adapter's is the last. */
static void find_index(void)
{
    DWORD in[2] = {IF_STATUS, 0}, size;
    MIB_OPAQUE_INFO *out = NULL;

    setup_check(MprAdminMIBEntryGetFirst(mib, PID_IP, IPRTRMGR_PID, in, 4, (void **)&out, &size),
                "the first interface");
    do {
        index_of_interface = in[1] = ((const MIB_IFSTATUS *)(const void *)out->rgbyData)->dwIfIndex;
        MprAdminMIBBufferFree(out);
    } while (MprAdminMIBEntryGetNext(mib, PID_IP, IPRTRMGR_PID, in, sizeof(in), (void **)&out,
                                     &size) == NO_ERROR);
}

static void set_up(void)
{
    DWORD up[] = {1};
    LPVOID block;

    setup_registry();
    setup_phonebook("Link", 1);
    server = setup_connect();
    setup_check(MprAdminMIBServerConnect(NULL, &mib), "MprAdminMIBServerConnect");
    block = setup_block(INTERFACE_STATUS_INFO, up, sizeof(up));
    handle = setup_interface(server, L"Link0", block);
    MprInfoDelete(block);
    find_index();
    for (unsigned n = 0; n < routes; n++) add_route(n);
}

int main(int argc, char **argv)
{
    if (argc != 3) bench_die("usage: bench_readers REPEATS ROUTES");
    routes = (unsigned)bench_number(argv[2]);
    set_up();
    get_info();
    for (int i = bench_number(argv[1]); i > 0; i--) {
        double alone = beside(computes);

        answers = 0;
        bench_pair("readers", alone, beside(reads_all));
    }
    bench_note("readers", "the last time the whole table was read %ld times meanwhile", answers);
    return 0;
}

/* MprConfigGetFriendlyName, which programs ask for each adapter of a list, against listing the
 * host's adapters, which is where the names come from.
 *
 * usage: bench_friendly REPEATS
 */
#include <stdlib.h>

#include "pe/setup.h"

#include <iphlpapi.h>

#define ROUNDS 100

static ULONGLONG room[16384];

static const IP_ADAPTER_ADDRESSES *list(void)
{
    ULONG size = sizeof(room);

    setup_check(GetAdaptersAddresses(AF_UNSPEC, 0, NULL, (void *)room, &size), "the adapters");
    return (void *)room;
}

static double bare_lists(void)
{
    double start = bench_now();

    for (int i = 0; i < ROUNDS; i++) list();
    return (bench_now() - start) / ROUNDS;
}

static double names(HANDLE config, WCHAR *guid)
{
    double start = bench_now();
    WCHAR name[256];

    for (int i = 0; i < ROUNDS; i++)
        setup_check(MprConfigGetFriendlyName(config, guid, name, sizeof(name)), "a name");
    return (bench_now() - start) / ROUNDS;
}

int main(int argc, char **argv)
{
    int repeats = argc > 1 ? bench_number(argv[1]) : 5;
    WCHAR guid[64];
    HANDLE config;

    MultiByteToWideChar(CP_ACP, 0, list()->AdapterName, -1, guid, 64);
    setup_check(MprConfigServerConnect(NULL, &config), "MprConfigServerConnect");
    names(config, guid);
    while (repeats-- > 0) {
        double bare = bare_lists();
        bench_pair("friendly_name", bare, names(config, guid));
    }
    MprConfigServerDisconnect(config);
    return 0;
}

/* The start of a router with many stored demand-dial interfaces: the first MprAdminServerConnect of
 * a process, against reading bare the same values of the registry, in the same order and number.
 * The phone book, which has an entry for each interface, is read by ours only.
 *
 * usage: bench_start REPEATS COUNT...      COUNTs growing; the pairs are start_COUNT, and
 *        start_COUNT_each: ours of an interface, against that of the first COUNT (linear: 1)
 *
 * A router starts once in a process, so each measurement is a program of its own: this one, with
 * the argument "one" and the number of interfaces, which answers with both times. The keys are
 * volatile: otherwise Wine's server writes all of them to its files every half minute, while it is
 * measured.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "pe/setup.h"

#define INTERFACES L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Interfaces"
#define INFO_SIZE  88 /* a block of RIP's, about */

/* ---- the registry, as MprConfigInterfaceCreate and MprConfigInterfaceTransportAdd leave it ----
 */

static HKEY new_key(HKEY parent, const WCHAR *name)
{
    HKEY key = NULL;

    setup_check((DWORD)RegCreateKeyExW(parent, name, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS,
                                       NULL, &key, NULL),
                "RegCreateKeyEx");
    return key;
}

static void set_value(HKEY key, const WCHAR *name, DWORD type, const void *data, size_t size)
{
    setup_check((DWORD)RegSetValueExW(key, name, 0, type, data, (DWORD)size), "RegSetValueEx");
}

static void set_number(HKEY key, const WCHAR *name, DWORD value)
{
    set_value(key, name, REG_DWORD, &value, sizeof(value));
}

static void make_transport(HKEY interface_key, LPVOID info)
{
    HKEY key = new_key(interface_key, L"Ip");

    set_number(key, L"ProtocolId", PID_IP);
    set_value(key, L"InterfaceInfo", REG_BINARY, info, MprInfoBlockQuerySize(info));
    RegCloseKey(key);
}

static void make_interface(HKEY parent, unsigned n, LPVOID info)
{
    WCHAR name[32];
    HKEY key;

    _snwprintf(name, 32, L"%u", n);
    key = new_key(parent, name);
    _snwprintf(name, 32, L"Stored %u", n);
    set_number(key, L"Enabled", 1);
    set_number(key, L"Type", ROUTER_IF_TYPE_FULL_ROUTER);
    set_value(key, L"InterfaceName", REG_SZ, name, (wcslen(name) + 1) * sizeof(WCHAR));
    make_transport(key, info);
    RegCloseKey(key);
}

static void make_up_to(unsigned count)
{
    static const BYTE data[INFO_SIZE];
    static unsigned existing;
    LPVOID info = setup_block(0xFFFF0010u, data, sizeof(data)); /* nobody's block: it is kept */
    HKEY parent = new_key(HKEY_LOCAL_MACHINE, INTERFACES);

    for (; existing < count; existing++) make_interface(parent, existing, info);
    setup_phonebook("Stored ", count);
    RegCloseKey(parent);
    MprInfoDelete(info);
}

/* ---- bare -------------------------------------------------------------------------------------
 */

static void read_value(HKEY key, const WCHAR *name)
{
    BYTE data[512];
    DWORD size = sizeof(data), type;

    RegQueryValueExW(key, name, NULL, &type, data, &size);
}

static bool read_transport(HKEY parent, DWORD n)
{
    WCHAR name[64];
    DWORD units = 64;
    HKEY key;

    if (RegEnumKeyExW(parent, n, name, &units, NULL, NULL, NULL, NULL)) return false;
    if (RegOpenKeyExW(parent, name, 0, KEY_READ, &key)) bench_die("no key");
    read_value(key, L"ProtocolId");
    read_value(key, L"InterfaceInfo");
    RegCloseKey(key);
    return true;
}

static void read_interface(HKEY parent, unsigned n)
{
    static const WCHAR *const values[] = {L"Type",
                                          L"InterfaceName",
                                          L"Enabled",
                                          L"MinUnreachabilityInterval",
                                          L"MaxUnreachabilityInterval",
                                          L"DialOutHours"};
    WCHAR name[16];
    HKEY key;

    _snwprintf(name, 16, L"%u", n);
    if (RegOpenKeyExW(parent, name, 0, KEY_READ, &key)) bench_die("no key");
    for (size_t v = 0; v < sizeof(values) / sizeof(*values); v++) read_value(key, values[v]);
    for (DWORD t = 0; read_transport(key, t); t++) continue;
    RegCloseKey(key);
}

static double read_bare(unsigned count)
{
    double start = bench_now();
    HKEY parent;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, INTERFACES, 0, KEY_READ, &parent)) bench_die("no key");
    for (unsigned n = 0; n < count; n++) read_interface(parent, n);
    RegCloseKey(parent);
    return bench_now() - start;
}

/* ---- ours -------------------------------------------------------------------------------------
 */

static double start_router(MPR_SERVER_HANDLE *ret)
{
    double start = bench_now();

    *ret = setup_connect();
    return bench_now() - start;
}

/* The last one, with its transport, so all of them. */
static void check(MPR_SERVER_HANDLE server, unsigned count)
{
    WCHAR name[32];
    DWORD size = 0;
    BYTE *info = NULL;
    HANDLE handle;

    _snwprintf(name, 32, L"Stored %u", count - 1);
    setup_check(MprAdminInterfaceGetHandle(server, name, &handle, FALSE), "the last interface");
    setup_check(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &info, &size),
                "its info");
    if (size < INFO_SIZE) bench_die("its information is not what is stored");
    MprAdminBufferFree(info);
}

static int one(unsigned count)
{
    MPR_SERVER_HANDLE server;
    double bare = read_bare(count), ours = start_router(&server);

    check(server, count);
    printf("%.0f %.0f\n", bare, ours);
    return 0;
}

/* ---- both -------------------------------------------------------------------------------------
 */

static HANDLE run_one(const char *program, unsigned count, HANDLE output)
{
    STARTUPINFOA startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdOutput = output,
                            .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    PROCESS_INFORMATION process;
    char command[MAX_PATH + 32];

    snprintf(command, sizeof(command), "\"%s\" one %u", program, count);
    if (!CreateProcessA(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        bench_die("%s can't be started", command);
    CloseHandle(process.hThread);
    return process.hProcess;
}

static void measure(const char *program, unsigned count, double *ret_bare, double *ret_ours)
{
    SECURITY_ATTRIBUTES inherited = {.nLength = sizeof(inherited), .bInheritHandle = TRUE};
    char text[128] = "";
    HANDLE from, to, process;
    DWORD size = 0;

    if (!CreatePipe(&from, &to, &inherited, 0)) bench_die("no pipe");
    process = run_one(program, count, to);
    CloseHandle(to);
    if (!ReadFile(from, text, sizeof(text) - 1, &size, NULL) ||
        sscanf(text, "%lf %lf", ret_bare, ret_ours) != 2)
        bench_die("the start with %u interfaces gave no result", count);
    WaitForSingleObject(process, INFINITE);
    CloseHandle(process);
    CloseHandle(from);
}

/* each: ours of an interface with the first count, in each repeat; filled when first. */
static void measure_all(const char *program, unsigned count, int repeats, double *each, bool first)
{
    double bare, ours, sum_bare = 0, sum_ours = 0;
    char id[40];

    for (int k = 0; k < repeats; k++) {
        measure(program, count, &bare, &ours);
        snprintf(id, sizeof(id), "start_%u", count);
        bench_pair(id, bare, ours);
        if (first) each[k] = ours / count;
        snprintf(id, sizeof(id), "start_%u_each", count);
        if (!first) bench_pair(id, each[k], ours / count);
        sum_bare += bare / count / repeats / 1000;
        sum_ours += ours / count / repeats / 1000;
    }
    snprintf(id, sizeof(id), "start_%u", count);
    bench_note(id, "an interface: %.1f us against %.1f us", sum_ours, sum_bare);
}

int main(int argc, char **argv)
{
    char program[MAX_PATH];
    double *each;
    int repeats;

    if (argc < 3) bench_die("usage: bench_start REPEATS COUNT...");
    if (strcmp(argv[1], "one") == 0) return one((unsigned)bench_number(argv[2]));
    repeats = bench_number(argv[1]);
    each = calloc((size_t)repeats, sizeof(*each));
    if (!each || !GetModuleFileNameA(NULL, program, sizeof(program))) bench_die("no memory");
    setup_registry();
    for (int k = 2; k < argc; k++) {
        make_up_to((unsigned)bench_number(argv[k]));
        measure_all(program, (unsigned)bench_number(argv[k]), repeats, each, k == 2);
    }
    setup_registry(); /* volatile keys would be in the way of others */
    free(each);
    return 0;
}

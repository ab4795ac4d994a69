/* Changes of many values happen as a whole: with the n-th allocation failing, for every n, the
 * registry and the phone book are as they were, and no journal is left. The library is linked
 * statically, so that its allocators can be replaced. */
#include <winsock2.h> /* before windows.h */

#include "api/server_ex/ex.h"
#include "api/support/fixture.h"
#include "sweep/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"
#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"

static MPR_SERVER_HANDLE server;
static HANDLE config, stored;

/* ---- the snapshot ---------------------------------------------------------------------------- */

struct text {
    char *data;
    size_t used, room;
};

static void add(struct text *t, const char *format, ...)
{
    va_list arguments;

    if (t->room - t->used < 4096) {
        t->room = t->room * 2 + 16384;
        t->data = realloc(t->data, t->room);
        assert_non_null(t->data);
    }
    va_start(arguments, format);
    t->used += (size_t)vsnprintf(t->data + t->used, t->room - t->used, format, arguments);
    va_end(arguments);
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_values(struct text *t, HKEY key, const char *path)
{
    static BYTE data[65536];

    for (DWORD i = 0;; i++) {
        DWORD units = 256, size = sizeof(data), type = 0, sum = 0;
        WCHAR name[256];

        if (RegEnumValueW(key, i, name, &units, NULL, &type, data, &size)) return;
        for (DWORD n = 0; n < size; n++) sum = sum * 31 + data[n];
        add(t, "%s %ls: type %lu, %lu bytes, sum %08lx\n", path, name, type, size, sum);
    }
}

static void add_key(struct text *t, HKEY parent, const WCHAR *name, const char *above)
{
    char path[400];
    HKEY key;

    snprintf(path, sizeof(path), "%s/%ls", above, name);
    if (RegOpenKeyExW(parent, name, 0, KEY_READ, &key)) return;
    add(t, "%s\n", path);
    add_values(t, key, path);
    for (DWORD i = 0;; i++) {
        DWORD units = 256;
        WCHAR below[256];

        if (RegEnumKeyExW(key, i, below, &units, NULL, NULL, NULL, NULL)) break;
        add_key(t, key, below, path);
    }
    RegCloseKey(key);
}

static void add_file(struct text *t, const WCHAR *path)
{
    add(t, "%ls: %s\n", path,
        GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES ? "absent" : "present");
}

/* Keys and values come in no order that matters. */
static char *sorted(struct text *t)
{
    size_t count = 0, used = 0;
    char **lines = calloc(t->used + 1, sizeof(*lines)), *ret = calloc(1, t->used + 2);

    assert_true(lines && ret);
    for (char *line = t->data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = 0;
        lines[count++] = line;
    }
    qsort(lines, count, sizeof(*lines), by_line);
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(ret + used, t->used + 2 - used, "%s\n", lines[i]);
    free(lines);
    free(t->data);
    return ret;
}

char *snapshot_take(void)
{
    struct text t = {NULL, 0, 0};
    WCHAR path[MAX_PATH];

    add_key(&t, HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess", "");
    add_key(&t, HKEY_LOCAL_MACHINE, SERVICES L"SstpSvc\\Parameters", "");
    add_key(&t, HKEY_LOCAL_MACHINE, CLASS_KEY, "");
    GetTempPathW(MAX_PATH, path);
    wcscat(path, L"mprapi-test.pbk");
    add_file(&t, path);
    GetSystemDirectoryW(path, MAX_PATH);
    wcscat(path, L"\\ras\\mprapi-restore");
    add_file(&t, path);
    return sorted(&t);
}

/* ---- what changes ---------------------------------------------------------------------------- */

static DWORD round_number;

static DWORD set_server(void)
{
    const struct ex_layout *layout = &ex_layouts[ex_layout_count - 1];
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;
    union ex_object set;

    ex_begin(&set, SET_TYPE, layout->revision, layout->set_size);
    ex_fill(&params, round_number);
    ex_put(&set, layout, &params);
    set.set.setConfigForProtocols = layout->gre ? EX_ALL_GRE : EX_ALL;
    return MprConfigServerSetInfoEx(config, &set.plain_set);
}

/* Nothing is there yet, or something else is. */
static void without_tunnels(void)
{
    round_number = 5;
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"SstpSvc\\Parameters");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess\\Parameters\\IKEV2");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess\\Parameters\\L2TP");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICES L"RemoteAccess\\Parameters\\GRE");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, CLASS_KEY);
}

static void with_tunnels(void)
{
    round_number = 3;
    assert_int_equal(set_server(), NO_ERROR);
    round_number = 8;
}

static DWORD set_ports(void)
{
    MPR_SERVER_2 info = {.dwNumPptpPorts = 7,
                         .dwPptpPortFlags = 2,
                         .dwNumL2tpPorts = 9,
                         .dwL2tpPortFlags = 1,
                         .dwNumSstpPorts = 11,
                         .dwSstpPortFlags = 1};

    return MprAdminServerSetInfo(server, 2, (BYTE *)&info);
}

static DWORD set_custom(void)
{
    static BYTE bytes[] = "CN=branch";
    ROUTER_CUSTOM_IKEv2_POLICY0 policy = {1, 3, 4, 1, 5, 6};
    MPR_IF_CUSTOMINFOEX2 info = {
        {3, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(info)},
        MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2,
        {300, 1024, {9, bytes}, &policy, {4, bytes}, 400, {0, 0, NULL, NULL}}};

    return MprConfigInterfaceSetCustomInfoEx(config, stored, (PMPR_IF_CUSTOMINFOEX)&info);
}

static void without_custom(void)
{
    MPR_IF_CUSTOMINFOEX2 info = {
        .Header = {3, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(info)}};

    assert_int_equal(MprConfigInterfaceSetCustomInfoEx(config, stored, (PMPR_IF_CUSTOMINFOEX)&info),
                     NO_ERROR);
}

static void with_installation(void)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    WCHAR name[] = L"Branch", user[] = L"ann";

    wcscpy(info.wszInterfaceName, name);
    fixture_entry("Branch");
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored), NO_ERROR);
    assert_int_equal(MprAdminInterfaceSetCredentials(NULL, name, user, NULL, NULL), NO_ERROR);
    fixture_set_dword(L"Users\\ann", L"Privilege", 9);
    fixture_set_dword(NULL, L"ConfigurationFlags", 0);
    fixture_set_dword(L"Parameters", L"LANOnlyMode", 1);
}

static DWORD install(void)
{
    return MprConfigServerInstall(0, NULL);
}

static void sweeps(void **state)
{
    static const struct scenario scenarios[] = {
        {"SetInfoEx, fresh", without_tunnels, set_server, NO_ERROR, NULL},
        {"SetInfoEx", with_tunnels, set_server, NO_ERROR, NULL},
        {"SetInfo, fresh", without_tunnels, set_ports, NO_ERROR, NULL},
        {"SetInfo", with_tunnels, set_ports, NO_ERROR, NULL},
        {"SetCustomInfoEx", without_custom, set_custom, NO_ERROR, NULL},
        {"Install", with_installation, install, NO_ERROR, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) sweep_run(&scenarios[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps)};
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    sweep_begin();
    server = fixture_connect();
    if (MprConfigServerConnect(NULL, &config)) return 1;
    wcscpy(info.wszInterfaceName, L"Custom");
    if (MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored)) return 2;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What can be seen of router, phone book and registry, as text. Handles are left out: a call that
 * failed may have used up numbers. */
#include "sweep/sweep.h"

#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOT L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

static HANDLE server;

void snapshot_server(HANDLE handle)
{
    server = handle;
}

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

static void add_bytes(struct text *t, const char *name, const BYTE *data, DWORD size)
{
    DWORD sum = 0;

    for (DWORD i = 0; i < size; i++) sum = sum * 31 + data[i];
    add(t, "  %s: %lu bytes, sum %08lx\n", name, size, sum);
}

static void add_settings(struct text *t, HANDLE handle)
{
    MPR_INTERFACE_2 *dial = NULL;
    DWORD status = MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&dial);

    add(t, "  settings: %lu\n", status);
    if (!dial) return;
    add(t, "  %ls %ls %ls %lx %lu %lu %lx %lu %lu\n", dial->szLocalPhoneNumber, dial->szDeviceType,
        dial->szDeviceName, dial->dwfOptions, dial->dwType, dial->dwEncryptionType,
        dial->dwfNetProtocols, dial->dwIdleDisconnectSeconds, dial->dwVpnStrategy);
    if (dial->lpbCustomAuthData)
        add_bytes(t, "EAP", dial->lpbCustomAuthData, dial->dwCustomAuthDataSize);
    MprAdminBufferFree(dial);
}

static void add_interfaces(struct text *t)
{
    MPR_INTERFACE_0 *all = NULL;
    DWORD read = 0, total = 0;

    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    for (DWORD i = 0; i < read; i++) {
        BYTE *info = NULL;
        DWORD size = 0;

        add(t, "%ls type %d enabled %d state %d reasons %lx error %lu\n", all[i].wszInterfaceName,
            all[i].dwIfType, all[i].fEnabled, all[i].dwConnectionState,
            all[i].fUnReachabilityReasons, all[i].dwLastError);
        if (all[i].dwIfType == ROUTER_IF_TYPE_FULL_ROUTER) add_settings(t, all[i].hInterface);
        MprAdminInterfaceTransportGetInfo(server, all[i].hInterface, PID_IP, &info, &size);
        if (info) add_bytes(t, "ip", info, size);
        MprAdminBufferFree(info);
    }
    MprAdminBufferFree(all);
}

static void add_transports(struct text *t)
{
    const DWORD ids[] = {PID_IP, PID_IPV6};

    for (int i = 0; i < 2; i++) {
        BYTE *global = NULL, *client = NULL;
        DWORD global_size = 0, client_size = 0;
        DWORD status =
            MprAdminTransportGetInfo(server, ids[i], &global, &global_size, &client, &client_size);

        add(t, "transport %lx: %lu\n", ids[i], status);
        if (global) add_bytes(t, "global", global, global_size);
        if (client) add_bytes(t, "client", client, client_size);
        MprAdminBufferFree(global);
        MprAdminBufferFree(client);
    }
}

static void add_key(struct text *t, HKEY key, int depth)
{
    WCHAR name[300];
    static BYTE data[65536];

    for (DWORD i = 0;; i++) {
        DWORD units = 300, size = sizeof(data);
        char label[600];

        if (RegEnumValueW(key, i, name, &units, NULL, NULL, data, &size)) break;
        snprintf(label, sizeof(label), "%*s%ls", depth, "", name);
        add_bytes(t, label, data, size);
    }
    for (DWORD i = 0;; i++) {
        DWORD units = 300;
        HKEY below;

        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL)) break;
        add(t, "%*s[%ls]\n", depth, "", name);
        assert_int_equal(RegOpenKeyExW(key, name, 0, KEY_READ, &below), ERROR_SUCCESS);
        add_key(t, below, depth + 1);
        RegCloseKey(below);
    }
}

static void add_registry(struct text *t)
{
    HKEY key;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_READ, &key), ERROR_SUCCESS);
    add_key(t, key, 0);
    RegCloseKey(key);
}

/* The entries by name. What they say comes from GetInfo: an entry that was put back may have gained
 * lines with the values that their absence had. */
static void add_phonebook(struct text *t)
{
    char path[MAX_PATH], line[1024];
    FILE *file;

    GetTempPathA(sizeof(path), path);
    strcat(path, "mprapi-test.pbk");
    file = fopen(path, "rb");
    while (file && fgets(line, sizeof(line), file)) {
        if (line[0] == '[') add(t, "entry %s", line);
    }
    if (file) fclose(file);
}

char *snapshot_take(void)
{
    struct text t = {NULL, 0, 0};

    add_interfaces(&t);
    add_transports(&t);
    add_registry(&t);
    add_phonebook(&t);
    return t.data;
}

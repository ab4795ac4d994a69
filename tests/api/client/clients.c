#include "api/client/clients.h"

#include <string.h>
#include <wchar.h>

#define CLIENTS L"Parameters\\Clients\\"
enum { ATTEMPTS = 1000, PAUSE_MS = 10, MOST = 64 };

/* ---- the registry ---------------------------------------------------------------------------- */

void caller_set_text(const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    WCHAR path[300] = CLIENTS;

    wcscat(path, key);
    fixture_set_text(path, name, text);
}

static void set_number(const WCHAR *key, const WCHAR *name, DWORD value)
{
    WCHAR path[300] = CLIENTS;

    wcscat(path, key);
    if (value) fixture_set_dword(path, name, value);
}

void caller_add(const WCHAR *key, const struct caller *c)
{
    const struct {
        const WCHAR *name, *text;
    } texts[] = {{L"Port", c->port},       {L"User", c->user},
                 {L"Domain", c->domain},   {L"Computer", c->computer},
                 {L"Address", c->address}, {L"InterfaceIdentifier", c->identifier}};

    OURS_ALONE("scripted clients");
    caller_set_text(key, L"Kind", L"scripted");
    for (size_t n = 0; n < sizeof(texts) / sizeof(*texts); n++) {
        if (texts[n].text) caller_set_text(key, texts[n].name, texts[n].text);
    }
    set_number(key, L"After", c->after);
    set_number(key, L"DropAfter", c->drop_after);
    set_number(key, L"Quarantined", c->quarantined);
}

void caller_over(const WCHAR *key, const WCHAR *adapter)
{
    OURS_ALONE("links of clients that the host has made");
    caller_set_text(key, L"Kind", L"existing");
    caller_set_text(key, L"Adapter", adapter);
}

/* ---- the router ------------------------------------------------------------------------------ */

static HANDLE find(MPR_SERVER_HANDLE server, const WCHAR *name)
{
    HANDLE client = UNTOUCHED_HANDLE;

    if (MprAdminInterfaceGetHandle(server, (WCHAR *)name, &client, TRUE) != NO_ERROR)
        assert_null(client);
    return client;
}

static BOOL is_connected(MPR_SERVER_HANDLE server, HANDLE client)
{
    MPR_INTERFACE_0 *info = NULL;
    BOOL connected;

    /* It may go at any moment. */
    if (MprAdminInterfaceGetInfo(server, client, 0, (BYTE **)&info) != NO_ERROR) return FALSE;
    connected = info->dwConnectionState == ROUTER_IF_STATE_CONNECTED;
    MprAdminBufferFree(info);
    return connected;
}

HANDLE caller_connected(MPR_SERVER_HANDLE server, const WCHAR *name)
{
    for (int n = 0; n < ATTEMPTS; n++, Sleep(PAUSE_MS)) {
        HANDLE client = find(server, name);

        if (client && is_connected(server, client)) return client;
    }
    fail_msg("no such client");
    return NULL;
}

BOOL caller_exists(MPR_SERVER_HANDLE server, const WCHAR *name)
{
    return find(server, name) != NULL;
}

void caller_gone(MPR_SERVER_HANDLE server, const WCHAR *name)
{
    for (int n = 0; n < ATTEMPTS && find(server, name); n++) Sleep(PAUSE_MS);
    assert_null(find(server, name));
}

static RAS_CONNECTION_0 *connections(MPR_SERVER_HANDLE server, DWORD *ret)
{
    RAS_CONNECTION_0 *all = NULL;
    DWORD total = 0;

    assert_int_equal(MprAdminConnectionEnum(server, 0, (BYTE **)&all, (DWORD)-1, ret, &total, NULL),
                     NO_ERROR);
    assert_int_equal(*ret, total);
    return all;
}

DWORD caller_connections(MPR_SERVER_HANDLE server)
{
    DWORD count = 0;
    RAS_CONNECTION_0 *all = connections(server, &count);

    if (all) MprAdminBufferFree(all);
    return count;
}

DWORD caller_ports_in_use(MPR_SERVER_HANDLE server)
{
    MPR_SERVER_0 *info = NULL;
    DWORD used;

    assert_int_equal(MprAdminServerGetInfo(server, 0, (BYTE **)&info), NO_ERROR);
    used = info->dwPortsInUse;
    MprAdminBufferFree(info);
    return used;
}

RAS_CONNECTION_0 caller_connection(MPR_SERVER_HANDLE server)
{
    DWORD count = 0;
    RAS_CONNECTION_0 *all = connections(server, &count), ret;

    assert_int_equal(count, 1);
    ret = *all;
    MprAdminBufferFree(all);
    return ret;
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void (*current)(void);

static void run_current(void **state)
{
    (void)state;
    current();
}

static void run_in_process(void **state)
{
    OURS_ALONE("scripted clients");
    assert_int_equal(fixture_run_self(*state), 0);
}

int caller_main(const struct caller_case *cases, size_t count, int argc, char **argv)
{
    const struct CMUnitTest one[] = {cmocka_unit_test(run_current)};
    struct CMUnitTest tests[MOST] = {{0}};

    for (size_t n = 0; n < count && argc > 1; n++) {
        if (strcmp(cases[n].name, argv[1]) == 0) current = cases[n].run;
    }
    if (argc > 1) return cmocka_run_group_tests(one, NULL, NULL);
    if (count > MOST) return 1;
    for (size_t n = 0; n < count; n++) {
        const struct CMUnitTest test = {cases[n].name, run_in_process, NULL, NULL,
                                        (void *)(ULONG_PTR)cases[n].name};

        tests[n] = test;
    }
    return _cmocka_run_group_tests("tests", tests, count, NULL, NULL);
}

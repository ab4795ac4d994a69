#include "service/kills/scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTION "kills scene"

struct scene *scene;
DWORD scene_moments;

DWORD scene_random(DWORD *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

void fact_begin(struct fact *fact, LONG next)
{
    InterlockedExchange(&fact->next, next);
    InterlockedExchange(&fact->under_way, 1);
}

void fact_end(struct fact *fact)
{
    InterlockedExchange(&fact->now, fact->next);
    InterlockedExchange(&fact->under_way, 0);
}

/* ---- names ----------------------------------------------------------------------------------- */

struct scene_names scene_names(unsigned slot)
{
    struct scene_names names;

    _snwprintf(names.link, 16, L"Link %u", slot);
    _snwprintf(names.extra, 16, L"Extra %u", slot);
    _snwprintf(names.program, 16, L"Program %u", slot);
    return names;
}

BOOL scene_has_program(unsigned slot)
{
    return slot % 3 == 0;
}

/* In the command line of each program that dials: nobody else's has it. */
void scene_dialer_mark(char *ret, size_t size)
{
    snprintf(ret, size, "1000000.%lu%lu", scene->seed, scene->parent);
}

/* ---- what is stored at the start ---------------------------------------------------------------
 */

static void write_entries(void)
{
    static char text[SCENE_SLOTS * 2 * 300];
    size_t used = 0;

    for (unsigned n = 0; n < 2 * SCENE_SLOTS; n++) {
        if (n >= SCENE_SLOTS && !scene_has_program(n - SCENE_SLOTS)) continue;
        used += (size_t)snprintf(text + used, sizeof(text) - used,
                                 "[%s %u]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\n"
                                 "VpnStrategy=0\r\nRedialAttempts=0\r\n"
                                 "IdleDisconnectSeconds=100001\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\n"
                                 "Device=Test link\r\nDEVICE=vpn\r\nPhoneNumber=1\r\n\r\n",
                                 n < SCENE_SLOTS ? "Link" : "Program", n % SCENE_SLOTS);
    }
    fixture_phonebook(text);
}

static HANDLE store_interface(HANDLE config, const WCHAR *name)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE stored = NULL;

    wcscpy(info.wszInterfaceName, name);
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored), NO_ERROR);
    return stored;
}

static void make_link(HANDLE config, LPVOID rip, unsigned slot)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1", .delay = slot % 4 * 15};
    struct scene_names names = scene_names(slot);
    HANDLE stored = store_interface(config, names.link), transport = NULL;

    assert_int_equal(MprConfigInterfaceTransportAdd(config, stored, PID_IP, NULL, rip,
                                                    MprInfoBlockQuerySize(rip), &transport),
                     NO_ERROR);
    fixture_dialer(names.link, &dialer);
    scene->slots[slot].facts[FACT_NUMBER].now = 1;
}

static void make_program(HANDLE config, unsigned slot)
{
    struct scene_names names = scene_names(slot);
    WCHAR path[64] = L"Parameters\\Dialers\\", command[100];
    char mark[40];

    scene_dialer_mark(mark, sizeof(mark));
    store_interface(config, names.program);
    wcscat(path, names.program);
    _snwprintf(command, 100, L"exec sleep %hs", mark);
    fixture_set_text(path, L"Kind", L"command");
    fixture_set_text(path, L"Command", command);
    fixture_set_text(path, L"Adapter", L"nowhere0");
}

static void store_all(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID rip = fixture_install_rip(server);
    HANDLE config = NULL;

    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    for (unsigned n = 0; n < SCENE_SLOTS; n++) {
        make_link(config, rip, n);
        if (scene_has_program(n)) make_program(config, n);
    }
    MprInfoDelete(rip);
    MprConfigServerDisconnect(config);
    MprAdminServerDisconnect(server);
}

/* ---- the scene ------------------------------------------------------------------------------- */

static DWORD number_of(const char *variable, DWORD otherwise)
{
    const char *text = getenv(variable);

    return text && *text ? strtoul(text, NULL, 10) : otherwise;
}

static void map(DWORD size)
{
    HANDLE section =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, size, SECTION);

    assert_non_null(section);
    scene = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, size);
    assert_non_null(scene);
}

void scene_make(BOOL routers_die, DWORD moments)
{
    OURS_ALONE("a router's process that programs start");
    map(sizeof(*scene));
    scene->parent = GetCurrentProcessId();
    scene->seed = number_of("KILL_SEED", GetTickCount() | 1) | 1;
    scene->routers_die = routers_die;
    scene_moments = number_of("KILL_MOMENTS", moments);
    print_message("KILL_SEED=%lu KILL_MOMENTS=%lu\n", scene->seed, scene_moments);
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"RouterIdle", 1);
    if (!routers_die) fixture_set_dword(L"Parameters", L"UpdateTimeout", 100);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45523);
    write_entries();
    store_all();
    while (scene_router_id()) { /* the next one finds what was stored */
        HANDLE router = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, scene_router_id());

        if (router) scene_kill(router);
    }
}

void scene_join(void)
{
    fixture_registry_keep();
    map(sizeof(*scene));
}

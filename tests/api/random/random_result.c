/* What a random call gave, and the handles that the threads share. */
#include "api/random/random.h"

#include <string.h>
#include <wchar.h>

#include "api/server_ex/ex.h"

/* ---- pools ----------------------------------------------------------------------------------- */

enum { POOL_SIZE = 6, INTERFACES = 6 };
static const char letters[] = "SMCIituKPE";
static HANDLE volatile pools[sizeof(letters) - 1][POOL_SIZE];

static HANDLE volatile *pool_of(char letter)
{
    const char *at = strchr(letters, letter);

    return at && *at ? pools[at - letters] : NULL;
}

HANDLE random_handle(struct actor *a, char letter)
{
    DWORD n = random_roll(a, 16);

    if (n == 0) return (HANDLE)fixture_garbage[random_roll(a, (DWORD)fixture_garbage_count)];
    if (n == 1) letter = letters[random_roll(a, sizeof(letters) - 1)];
    if (letter == 'E' && n < 8) return NULL;
    return pool_of(letter)[random_roll(a, POOL_SIZE)];
}

static void close_handle(char letter, HANDLE handle)
{
    if (letter == 'S') MprAdminServerDisconnect(handle);
    if (letter == 'M') MprAdminMIBServerDisconnect(handle);
    if (letter == 'C') MprConfigServerDisconnect(handle);
}

void random_keep(struct actor *a, char letter, HANDLE handle)
{
    HANDLE volatile *slot = &pool_of(letter)[random_roll(a, POOL_SIZE)];

    close_handle(letter, InterlockedExchangePointer((void *volatile *)slot, handle));
}

/* ---- results --------------------------------------------------------------------------------- */

/* Handles that an enumeration gave. */
static void harvest(struct actor *a, const struct random_row *row, const void *result)
{
    if (strstr(row->name, "AdminConnectionEnum") && !strstr(row->name, "Ex") && a->level == 0)
        random_keep(a, 'K', ((const RAS_CONNECTION_0 *)result)->hConnection);
    if (strstr(row->name, "AdminPortEnum") && a->level == 0)
        random_keep(a, 'P', ((const RAS_PORT_0 *)result)->hPort);
}

static void free_custom(MPR_IF_CUSTOMINFOEX2 *info)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;

    MprAdminBufferFree(c->certificateName.pbData);
    MprAdminBufferFree(c->customPolicy);
    if (info->Header.revision > 1) MprAdminBufferFree(c->certificateHash.pbData);
}

/* Structures that are the caller's, with pointers in them that are to be freed. */
static void free_embedded(struct actor *a, const struct random_row *row)
{
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;

    if (strstr(row->name, "ServerGetInfoEx")) {
        ex_take((const union ex_object *)a->room[0], &ex_layouts[a->layout], &params);
        ex_free(&params);
    }
    if (strstr(row->name, "GetCustomInfoEx")) free_custom((void *)a->room[0]);
}

static void complain(struct actor *a, const struct random_row *row, DWORD status, const char *what)
{
    a->good = FALSE;
    print_error("%s gave %lu: %s\n", row->name, status, what);
}

static void take_results(struct actor *a, const struct random_row *row, DWORD status)
{
    const BOOL good = status == NO_ERROR || status == ERROR_MORE_DATA;

    for (size_t n = 0; n < a->used_results; n++) {
        if (a->results[n] == UNTOUCHED_PTR) {
            complain(a, row, status, "a result was left as it was");
        } else if (a->results[n] && !good) {
            complain(a, row, status, "a result in spite of the error");
        } else if (a->results[n]) {
            harvest(a, row, a->results[n]);
            if (MprAdminBufferFree(a->results[n]) != NO_ERROR)
                complain(a, row, status, "a result that can't be freed");
        }
    }
}

void random_take(struct actor *a, const struct random_row *row, DWORD status)
{
    if (row->no_status) return;
    if (status == ERROR_NOT_ENOUGH_MEMORY) complain(a, row, status, "no memory");
    take_results(a, row, status);
    if (status == NO_ERROR) free_embedded(a, row);
    if (a->wants_handle && status == NO_ERROR && row->kept) random_keep(a, row->kept, a->handle);
    if (a->wants_handle && status != NO_ERROR && a->handle && a->handle != UNTOUCHED_HANDLE)
        complain(a, row, status, "a handle in spite of the error");
}

/* ---- the beginning and the end --------------------------------------------------------------- */

void random_pools_fill(void)
{
    const struct fixture_dialer dialer = {.delay = 3, .drop_after = 50, .address = L"127.77.0.1"};
    MPR_SERVER_HANDLE server = fixture_connect();

    fixture_phonebook("");
    for (DWORD n = 0; n < INTERFACES; n++) {
        char name[16] = "Shared 0";
        HANDLE config = NULL;

        name[7] = (char)('0' + n);
        pool_of('S')[n] = fixture_connect();
        assert_int_equal(MprAdminMIBServerConnect(NULL, (MIB_SERVER_HANDLE *)&pool_of('M')[n]),
                         NO_ERROR);
        assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
        pool_of('C')[n] = config;
        pool_of('I')[n] = fixture_dial_interface(server, name, &dialer);
        if (!pool_of('E')[n]) pool_of('E')[n] = CreateEventW(NULL, FALSE, FALSE, NULL);
    }
    MprAdminServerDisconnect(server);
}

/* Custom settings of interfaces that are gone go when others are set. */
static void forget_custom(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    MPR_IF_CUSTOMINFOEX0 none = {
        .Header = {1, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(none)}};

    assert_int_equal(MprAdminInterfaceSetCustomInfoEx(server, router_interface, (void *)&none),
                     NO_ERROR);
}

static void delete_interfaces(MPR_SERVER_HANDLE server)
{
    MPR_INTERFACE_0 *rows = NULL;
    DWORD count = 0, total = 0;

    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&rows, (DWORD)-1, &count, &total, NULL),
        NO_ERROR);
    for (DWORD n = 0; n < count; n++) {
        if (wcsncmp(rows[n].wszInterfaceName, L"Shared", 6) && rows[n].wszInterfaceName[0] != L'x')
            continue;
        MprAdminInterfaceDisconnect(server, rows[n].hInterface);
        assert_int_equal(MprAdminInterfaceDelete(server, rows[n].hInterface), NO_ERROR);
    }
    MprAdminBufferFree(rows);
}

void random_pools_empty(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID header = fixture_header();
    DWORD size = MprInfoBlockQuerySize(header);

    for (const char *letter = "SMC"; *letter; letter++) {
        for (DWORD n = 0; n < POOL_SIZE; n++) {
            close_handle(*letter, pool_of(*letter)[n]);
            pool_of(*letter)[n] = NULL;
        }
    }
    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    delete_interfaces(server);
    forget_custom(server, fixture_dial_interface(server, "Shared 9", NULL));
    delete_interfaces(server);
    assert_int_equal(MprAdminTransportSetInfo(server, PID_IP, header, size, header, size),
                     NO_ERROR);
    assert_int_equal(MprAdminTransportSetInfo(server, PID_IPV6, header, size, header, size),
                     NO_ERROR);
    MprInfoDelete(header);
    MprAdminServerDisconnect(server);
}

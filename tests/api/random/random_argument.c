/* Arguments by their letter, and what becomes of the results. */
#include "api/random/random.h"

#include <iprtrmib.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "api/server_ex/ex.h"

enum { HEADERS = 3 };

static LPVOID headers[HEADERS];
static DWORD header_sizes[HEADERS];
static WCHAR backup_folder[MAX_PATH];

void random_arguments_begin(void)
{
    /* IPRIP_GLOBAL_CONFIG, and what nobody knows. */
    static const DWORD rip[6] = {1, 1048576, 1048576, 5, 0, 0};

    headers[0] = fixture_header();
    headers[1] = fixture_header_with(RIP_BLOCK, rip, sizeof(rip));
    headers[2] = fixture_header_with(0x1234, "1234", 4);
    for (int n = 0; n < HEADERS; n++) header_sizes[n] = MprInfoBlockQuerySize(headers[n]);
    GetTempPathW(MAX_PATH, backup_folder);
    wcscat(backup_folder, L"random-backup");
}

DWORD random_roll(struct actor *a, DWORD sides)
{
    a->seed = a->seed * 1664525u + 1013904223u;
    return (a->seed >> 8) % sides;
}

/* Memory that a pointer can point to, filled with deadbeef. */
static void *room(struct actor *a)
{
    BYTE *bytes = a->room[a->used_room++ % 8];

    for (size_t n = 0; n < RANDOM_ROOM; n += 4) memcpy(bytes + n, &(DWORD){0xdeadbeef}, 4);
    return bytes;
}

static ULONG_PTR pointer(const void *p)
{
    return (ULONG_PTR)p;
}

static BOOL seldom(struct actor *a)
{
    return random_roll(a, 16) == 0;
}

/* ---- texts and numbers ----------------------------------------------------------------------- */

static ULONG_PTR name(struct actor *a)
{
    WCHAR *text = room(a);

    if (seldom(a)) return 0;
    if (seldom(a))
        wmemset(text, L'x', MAX_INTERFACE_NAME_LEN + 1)[MAX_INTERFACE_NAME_LEN + 1] = 0;
    else
        swprintf(text, 32, seldom(a) ? L"" : L"Shared %lu", random_roll(a, 6));
    return pointer(text);
}

static ULONG_PTR server_name(struct actor *a)
{
    WCHAR *text = room(a);

    if (random_roll(a, 4)) return 0;
    wcscpy(text, seldom(a) ? L"\\\\no-such-router" : L"localhost");
    return pointer(text);
}

static DWORD transport(struct actor *a)
{
    static const DWORD ids[] = {PID_IP, PID_IP, PID_IP, PID_IPV6, PID_IPX, 0x1234, 0, 8};

    return ids[random_roll(a, 8)];
}

static DWORD preferred_length(struct actor *a)
{
    static const DWORD lengths[] = {(DWORD)-1, (DWORD)-1, 0, 1, 1000};

    return lengths[random_roll(a, 5)];
}

static DWORD error_code(struct actor *a)
{
    return seldom(a) ? random_roll(a, 1u << 20) : 590 + random_roll(a, 400);
}

/* ---- structures ------------------------------------------------------------------------------ */

static ULONG_PTR interface_info(struct actor *a)
{
    static WCHAR hours[] = L"1 08:00-18:00\0";
    static const ROUTER_INTERFACE_TYPE types[] = {ROUTER_IF_TYPE_CLIENT, ROUTER_IF_TYPE_HOME_ROUTER,
                                                  ROUTER_IF_TYPE_TUNNEL1,
                                                  (ROUTER_INTERFACE_TYPE)77};
    MPR_INTERFACE_3 *info = room(a);

    memset(info, 0, sizeof(*info));
    swprintf(info->wszInterfaceName, 32, L"Shared %lu", random_roll(a, 6));
    info->fEnabled = !seldom(a);
    info->dwIfType = ROUTER_IF_TYPE_FULL_ROUTER;
    /* One that looks like the host's own would stay. */
    if (seldom(a)) info->dwIfType = types[random_roll(a, 4)];
    if (a->level == 1) {
        ((MPR_INTERFACE_1 *)info)->lpwsDialoutHoursRestriction = seldom(a) ? hours : NULL;
    } else {
        info->dwType = seldom(a) ? random_roll(a, 8) : MPRET_Vpn;
        info->dwfNetProtocols = MPRNP_Ip;
        wcscpy(info->szDeviceType, L"vpn");
        wcscpy(info->szDeviceName, L"Test link");
        wcscpy(info->szLocalPhoneNumber, L"192.0.2.1");
    }
    return seldom(a) ? 0 : pointer(info);
}

static ULONG_PTR device(struct actor *a)
{
    MPR_DEVICE_1 *d = room(a);

    memset(d, 0, sizeof(*d));
    wcscpy(d->szDeviceType, random_roll(a, 4) ? L"vpn" : L"modem");
    wcscpy(d->szDeviceName, L"Test link");
    wcscpy(d->szLocalPhoneNumber, L"192.0.2.1");
    return pointer(d);
}

static ULONG_PTR credentials(struct actor *a)
{
    MPR_CREDENTIALSEX_1 *c = room(a);

    c->dwSize = random_roll(a, 300);
    c->lpbCredentialsInfo = seldom(a) ? NULL : room(a);
    return seldom(a) ? 0 : pointer(c);
}

static ULONG_PTR ports(struct actor *a)
{
    DWORD *numbers = room(a);

    for (int n = 0; n < 6; n++) numbers[n] = n % 2 ? random_roll(a, 4) : 1 + random_roll(a, 200);
    return seldom(a) ? 0 : pointer(numbers);
}

/* A header that fits, but for its size now and then; the memory is large enough for any. */
static void spoil(struct actor *a, MPRAPI_OBJECT_HEADER *header)
{
    if (seldom(a)) header->size = (USHORT)random_roll(a, 300);
    if (seldom(a)) header->revision = (UCHAR)random_roll(a, 7);
}

static ULONG_PTR server_object(struct actor *a, BOOL set)
{
    const struct ex_layout *l;
    union ex_object *object = room(a);
    MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 params;

    a->layout = random_roll(a, (DWORD)ex_layout_count);
    l = &ex_layouts[a->layout];
    ex_begin(object, set ? SET_TYPE : SERVER_TYPE, l->revision, set ? l->set_size : l->server_size);
    if (set) {
        ex_fill(&params, random_roll(a, 100));
        object->set.setConfigForProtocols = random_roll(a, 40);
        ex_put(object, l, &params);
        spoil(a, &object->header);
    }
    return seldom(a) ? 0 : pointer(object);
}

static ULONG_PTR custom_object(struct actor *a)
{
    static const USHORT sizes[] = {sizeof(MPR_IF_CUSTOMINFOEX0), sizeof(MPR_IF_CUSTOMINFOEX1),
                                   sizeof(MPR_IF_CUSTOMINFOEX2)};
    static ROUTER_CUSTOM_IKEv2_POLICY0 policy = {1, 3, 4, 1, 5, 6};
    static BYTE bytes[] = "CN=branch";
    DWORD revision = random_roll(a, 3);
    MPR_IF_CUSTOMINFOEX2 *info = room(a);

    memset(info, 0, sizeof(*info));
    info->Header = (MPRAPI_OBJECT_HEADER){
        (UCHAR)(revision + 1), MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizes[revision]};
    info->dwFlags = random_roll(a, 4) ? MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2 : 0;
    info->customIkev2Config = (ROUTER_IKEv2_IF_CUSTOM_CONFIG2){
        300, 1024, {5, bytes}, seldom(a) ? NULL : &policy, {3, bytes}, 400, {0, 0, NULL, NULL}};
    spoil(a, &info->Header);
    return seldom(a) ? 0 : pointer(info);
}

static ULONG_PTR connection_object(struct actor *a)
{
    MPRAPI_OBJECT_HEADER *header = room(a);

    _Static_assert(sizeof(RAS_CONNECTION_EX) <= RANDOM_ROOM, "it fits");
    header->revision = 1;
    header->type = random_roll(a, 2) ? MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT
                                     : MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT;
    header->size = header->type == MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT
                       ? sizeof(RAS_CONNECTION_EX)
                       : sizeof(RAS_UPDATE_CONNECTION);
    spoil(a, header);
    return seldom(a) ? 0 : pointer(header);
}

/* ---- counted octets -------------------------------------------------------------------------- */

static ULONG_PTR blob(struct actor *a)
{
    DWORD n = random_roll(a, HEADERS);
    void *copy = room(a);

    memcpy(copy, headers[n], header_sizes[n]);
    a->blob_size = header_sizes[n];
    if (seldom(a)) a->blob_size = random_roll(a, header_sizes[n]);
    return seldom(a) ? 0 : pointer(copy);
}

static ULONG_PTR mib_entry(struct actor *a)
{
    static const DWORD ids[] = {IF_NUMBER,       IF_TABLE,    IF_ROW,        IP_STATS,
                                IP_ADDRTABLE,    IP_NETTABLE, IP_FORWARDROW, ROUTE_MATCHING,
                                TCP_TABLE,       UDP_STATS,   IF_STATUS,     DEST_MATCHING,
                                IP_FORWARDTABLE, ICMP_STATS,  4711};
    DWORD *entry = room(a);

    memset(entry, 0, RANDOM_ROOM);
    entry[0] = ids[random_roll(a, sizeof(ids) / sizeof(ids[0]))];
    for (int n = 1; n < 20; n++) entry[n] = random_roll(a, 4) ? random_roll(a, 8) : a->seed;
    a->blob_size = random_roll(a, 4) ? 4 * (1 + random_roll(a, 20)) : random_roll(a, 100);
    return seldom(a) ? 0 : pointer(entry);
}

/* ---- results --------------------------------------------------------------------------------- */

static ULONG_PTR result(struct actor *a)
{
    void **where = &a->results[a->used_results++];

    *where = UNTOUCHED_PTR;
    if (!seldom(a)) return pointer(where);
    *where = NULL;
    return 0;
}

/* What a free function gets: a block of ours, or none of ours. */
static ULONG_PTR to_free(struct actor *a)
{
    LPVOID block = NULL;

    switch (random_roll(a, 4)) {
    case 0:
        return pointer(room(a));
    case 1:
        return 0;
    case 2:
        return UNTOUCHED;
    default:
        break;
    }
    MprInfoCreate(RTR_INFO_BLOCK_VERSION, &block);
    return pointer(block);
}

static ULONG_PTR resume(struct actor *a)
{
    DWORD *number = room(a);

    *number = random_roll(a, 4) ? 0 : random_roll(a, 300);
    return random_roll(a, 4) ? pointer(number) : 0;
}

ULONG_PTR random_argument(struct actor *a, char letter)
{
    switch (letter) {
    case '0':
        return 0;
    case '#':
        return random_roll(a, 5); /* an index, a small count */
    case '=':
        return random_roll(a, RANDOM_ROOM / 2); /* the size of an 's' */
    case 'a':
        return seldom(a) ? 0 : pointer(room(a)); /* octets that are read */
    case 'B':
        return pointer(backup_folder); /* of one folder for all */
    case 'b':
        return blob(a); /* information header */
    case 'D':
        return seldom(a) ? 0 : pointer(room(a)); /* a number that is given */
    case 'd':
        return device(a); /* MPR_DEVICE_0 and _1 */
    case 'e':
        return error_code(a);
    case 'f':
        return random_roll(a, 2);
    case 'H':
        a->wants_handle = TRUE;
        return seldom(a) ? 0 : pointer(&a->handle);
    case 'j':
        return random_roll(a, 4) ? IPRTRMGR_PID : random_roll(a, 12);
    case 'L':
        return preferred_length(a);
    case 'l':
        return a->level = seldom(a) ? a->seed : random_roll(a, 5);
    case 'm':
        return mib_entry(a);
    case 'n':
        return server_name(a);
    case 'O':
        return server_object(a, FALSE);
    case 'p':
        return transport(a);
    case 'Q':
        return server_object(a, TRUE);
    case 'q':
        return credentials(a);
    case 'R':
        return result(a);
    case 'r':
        return resume(a);
    case 's':
        return pointer(room(a)); /* room for a text that is given */
    case 'V':
        return to_free(a);
    case 'W':
        return random_roll(a, 4) ? 0 : name(a);
    case 'w':
        return name(a);
    case 'X':
        return interface_info(a); /* MPR_INTERFACE_0 to _3, by 'l' */
    case 'x':
        return ports(a); /* MPR_SERVER_1 and _2 */
    case 'Y':
        return connection_object(a);
    case 'Z':
        return custom_object(a);
    case 'z':
        return a->blob_size; /* of 'b' or 'm' before it */
    default:
        return pointer(random_handle(a, letter));
    }
}

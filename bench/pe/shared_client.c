#include "pe/shared_client.h"

#include <wchar.h>

static MPR_SERVER_HANDLE server;
static HANDLE internal, updated, done;
static unsigned seen; /* interfaces, in the last enumeration */

/* ---- calls ----------------------------------------------------------------------------------- */

static double first_call(void)
{
    double start = bench_now();

    server = setup_connect();
    setup_check(MprAdminInterfaceGetHandle(server, (WCHAR[]){L"Internal"}, &internal, FALSE),
                "MprAdminInterfaceGetHandle");
    return bench_now() - start;
}

static double calls(unsigned count)
{
    double start = bench_now();

    for (unsigned i = 0; i < count; i++) {
        MPR_INTERFACE_0 *info = NULL;
        setup_check(MprAdminInterfaceGetInfo(server, internal, 0, (BYTE **)&info), "GetInfo");
        if (info->hInterface != internal) bench_die("information about another interface");
        MprAdminBufferFree(info);
    }
    return (bench_now() - start) / count;
}

/* ---- enumerating ----------------------------------------------------------------------------- */

static void create_many(void)
{
    WCHAR name[32];

    for (unsigned i = 0; i < CLIENT_MANY; i++) {
        _snwprintf(name, 32, L"Link%u", i);
        setup_create(server, name, ROUTER_IF_TYPE_DEDICATED);
    }
}

static double enumerate(DWORD preferred)
{
    double start = bench_now();
    DWORD read, total, resume = 0, status;

    seen = 0;
    do {
        BYTE *page = NULL;
        status = MprAdminInterfaceEnum(server, 0, &page, preferred, &read, &total, &resume);
        if (status != NO_ERROR && status != ERROR_MORE_DATA) setup_check(status, "enumerating");
        seen += read;
        MprAdminBufferFree(page);
    } while (status == ERROR_MORE_DATA);
    start = bench_now() - start;
    if (seen < CLIENT_MANY) bench_die("there were %u interfaces", seen);
    return start;
}

/* ---- updates --------------------------------------------------------------------------------- */

static void set_up_update(void)
{
    updated = setup_testproto_interface(server);
    done = setup_event();
}

/* ---- tasks ----------------------------------------------------------------------------------- */

double client_task(struct worker_slot *slot)
{
    switch ((enum client_task)slot->task) {
    case CLIENT_FIRST_CALL:
        return first_call();
    case CLIENT_CALLS:
        return calls(CLIENT_ROUNDS);
    case CLIENT_CALLS_ALL:
        return calls(CLIENT_ROUNDS_ALL);
    case CLIENT_BARE:
        return worker_round_trips(slot, CLIENT_ROUNDS);
    case CLIENT_BARE_ALL:
        return worker_round_trips(slot, CLIENT_ROUNDS_ALL);
    case CLIENT_CREATE:
        create_many();
        return 0;
    case CLIENT_PAGES:
        return enumerate(CLIENT_PAGE * (DWORD)sizeof(MPR_INTERFACE_0));
    case CLIENT_AT_ONCE:
        return enumerate(MAXDWORD);
    case CLIENT_CARRY_PAGES:
        return worker_carry(slot, (size_t)seen * CLIENT_OCTETS,
                            (size_t)CLIENT_PAGE * CLIENT_OCTETS);
    case CLIENT_CARRY:
        return worker_carry(slot, (size_t)seen * CLIENT_OCTETS, (size_t)seen * CLIENT_OCTETS);
    case CLIENT_SET_UP_UPDATE:
        set_up_update();
        return 0;
    case CLIENT_UPDATES:
        return setup_updates(server, updated, done, CLIENT_ROUNDS);
    }
    bench_die("no task %u", slot->task);
}

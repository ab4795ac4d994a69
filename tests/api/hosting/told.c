#include "api/hosting/told.h"

#include <string.h>

enum { ATTEMPTS = 1000, PAUSE_MS = 10 };

/* ---- blocks ---------------------------------------------------------------------------------- */

static LPVOID header_with(DWORD id, const void *data, DWORD size)
{
    LPVOID header = fixture_header(), with = NULL;

    assert_int_equal(
        MprInfoBlockAdd(header, id, size, size ? 1 : 0, (BYTE *)(ULONG_PTR)data, &with), NO_ERROR);
    MprInfoDelete(header);
    return with;
}

DWORD told_set_global(MPR_SERVER_HANDLE server, DWORD transport, DWORD id, const void *data,
                      DWORD size)
{
    LPVOID header = header_with(id, data, size);
    DWORD status =
        MprAdminTransportSetInfo(server, transport, header, MprInfoBlockQuerySize(header), NULL, 0);

    MprInfoDelete(header);
    return status;
}

DWORD told_set_interface(MPR_SERVER_HANDLE server, HANDLE interface_handle, DWORD transport,
                         DWORD id, const void *data, DWORD size)
{
    LPVOID header = header_with(id, data, size);
    DWORD status = MprAdminInterfaceTransportSetInfo(server, interface_handle, transport, header,
                                                     MprInfoBlockQuerySize(header));

    MprInfoDelete(header);
    return status;
}

/* ---- questions ------------------------------------------------------------------------------- */

MIB_SERVER_HANDLE told_mib(void)
{
    static MIB_SERVER_HANDLE server;

    if (!server) assert_int_equal(MprAdminMIBServerConnect(NULL, &server), NO_ERROR);
    return server;
}

DWORD told_ask(DWORD transport, const void *in, DWORD size, DWORD *ret_what)
{
    struct testproto_mib answer, *out = NULL;
    DWORD out_size = 0;

    assert_int_equal(MprAdminMIBEntryGet(told_mib(), transport, TESTPROTO_ID, (void *)(ULONG_PTR)in,
                                         size, (void **)&out, &out_size),
                     NO_ERROR);
    assert_int_equal(out_size, sizeof(answer));
    answer = *out;
    MprAdminMIBBufferFree(out);
    if (ret_what) *ret_what = answer.what;
    return answer.value;
}

DWORD told_change(DWORD transport, DWORD what, DWORD value)
{
    struct testproto_mib in = {what, value};

    return MprAdminMIBEntrySet(told_mib(), transport, TESTPROTO_ID, &in, sizeof(in));
}

/* ---- records --------------------------------------------------------------------------------- */

BOOL told_record(DWORD transport, DWORD number, struct testproto_told *ret)
{
    struct testproto_mib in = {TESTPROTO_MIB_TOLD, number};
    struct testproto_told *out = NULL;
    DWORD size = 0, status;

    status = MprAdminMIBEntryGet(told_mib(), transport, TESTPROTO_ID, &in, sizeof(in),
                                 (void **)&out, &size);
    if (status == ERROR_NO_MORE_ITEMS) return FALSE;
    assert_int_equal(status, NO_ERROR);
    assert_int_equal(size, sizeof(*ret));
    *ret = *out;
    MprAdminMIBBufferFree(out);
    return TRUE;
}

DWORD told_count(DWORD transport)
{
    struct testproto_told record;
    DWORD count = 0;

    while (told_record(transport, count, &record)) count++;
    return count;
}

static BOOL fits(const struct testproto_told *t, DWORD protocol, DWORD entry, DWORD index)
{
    return t->protocol == protocol && t->entry == entry && (!index || t->index == index);
}

struct testproto_told told_wait(DWORD transport, DWORD *from, DWORD protocol, DWORD entry,
                                DWORD index)
{
    struct testproto_told record = {0};
    DWORD number = from ? *from : 0;

    for (int n = 0; n < ATTEMPTS; n++, Sleep(PAUSE_MS)) {
        while (told_record(transport, number, &record)) {
            if (from) *from = number;
            if (fits(&record, protocol, entry, index)) return record;
            number++;
        }
    }
    fail_msg("protocol %#lx was not told %lu of interface %lu", (unsigned long)protocol,
             (unsigned long)entry, (unsigned long)index);
    return record;
}

DWORD told_times(DWORD transport, DWORD from, DWORD protocol, DWORD entry, DWORD index)
{
    struct testproto_told record;
    DWORD times = 0;

    while (told_record(transport, from++, &record)) {
        if (fits(&record, protocol, entry, index)) times++;
    }
    return times;
}

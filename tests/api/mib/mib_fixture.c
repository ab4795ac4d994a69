#include "api/mib/mib_fixture.h"

#include <string.h>

MIB_SERVER_HANDLE mib_server(void)
{
    static MIB_SERVER_HANDLE server;

    if (!server) assert_int_equal(MprAdminMIBServerConnect(NULL, &server), NO_ERROR);
    return server;
}

DWORD mib_read(enum op op, DWORD transport, DWORD routing_pid, const void *in, DWORD in_size,
               void **ret, DWORD *ret_size)
{
    void *entry = (void *)(ULONG_PTR)in, *out = UNTOUCHED_PTR;
    DWORD size = 0xdeadbeef, status;

    if (op == GET)
        status =
            MprAdminMIBEntryGet(mib_server(), transport, routing_pid, entry, in_size, &out, &size);
    else if (op == GET_FIRST)
        status = MprAdminMIBEntryGetFirst(mib_server(), transport, routing_pid, entry, in_size,
                                          &out, &size);
    else
        status = MprAdminMIBEntryGetNext(mib_server(), transport, routing_pid, entry, in_size, &out,
                                         &size);
    assert_ptr_not_equal(out, UNTOUCHED_PTR);
    assert_int_not_equal(size, 0xdeadbeef);
    assert_int_equal(out != NULL, size != 0);
    if (status != NO_ERROR) assert_null(out);
    *ret = out;
    *ret_size = size;
    return status;
}

DWORD mib_write(enum change op, DWORD transport, DWORD routing_pid, const void *in, DWORD in_size)
{
    void *entry = (void *)(ULONG_PTR)in;

    if (op == CREATE)
        return MprAdminMIBEntryCreate(mib_server(), transport, routing_pid, entry, in_size);
    if (op == SET) return MprAdminMIBEntrySet(mib_server(), transport, routing_pid, entry, in_size);
    return MprAdminMIBEntryDelete(mib_server(), transport, routing_pid, entry, in_size);
}

DWORD mib_query(enum op op, DWORD id, const DWORD *index, DWORD count, MIB_OPAQUE_INFO **ret,
                DWORD *ret_size)
{
    DWORD in[8] = {id}, size, status;
    void *out;

    if (count) memcpy(in + 1, index, count * sizeof(DWORD));
    status =
        mib_read(op, PID_IP, IPRTRMGR_PID, in, (1 + count) * (DWORD)sizeof(DWORD), &out, &size);
    *ret = out;
    *ret_size = 0;
    if (status != NO_ERROR) return status;
    assert_true(size >= MAX_MIB_OFFSET);
    assert_int_equal((*ret)->dwId, id);
    *ret_size = size - MAX_MIB_OFFSET;
    return status;
}

void *mib_table(DWORD id, DWORD size)
{
    MIB_OPAQUE_INFO *info;
    DWORD got;

    assert_int_equal(mib_query(GET, id, NULL, 0, &info, &got), NO_ERROR);
    assert_true(got >= size);
    return info->rgbyData;
}

void mib_free(void *data)
{
    assert_int_equal(MprAdminMIBBufferFree((BYTE *)data - MAX_MIB_OFFSET), NO_ERROR);
}

DWORD mib_interface(const char *name)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE handle = fixture_dial_interface(server, name, &dialer);
    LPVOID header = fixture_header();
    MIB_IFTABLE *table;
    DWORD index;

    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, header,
                                                   MprInfoBlockQuerySize(header)),
                     NO_ERROR);
    MprInfoDelete(header);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    MprAdminServerDisconnect(server);
    table = mib_table(IF_TABLE, sizeof(*table));
    index = table->table[table->dwNumEntries - 1].dwIndex; /* the newest has the last one */
    mib_free(table);
    return index;
}

void *mib_at_the_edge(const void *data, size_t size)
{
    static BYTE *page;
    DWORD old;

    if (!page) {
        page = VirtualAlloc(NULL, 8192, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
        assert_non_null(page);
        assert_true(VirtualProtect(page + 4096, 4096, PAGE_NOACCESS, &old));
    }
    assert_true(size <= 4096);
    if (size) memcpy(page + 4096 - size, data, size);
    return page + 4096 - size;
}

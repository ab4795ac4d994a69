/* The record of what the router told. */
#include <string.h>

#include "internal.h"

#define RECORDS_MAX 1024u

static SRWLOCK lock = SRWLOCK_INIT;
static struct testproto_told records[RECORDS_MAX];
static DWORD count;

void told(struct testproto_told record, const void *data, DWORD size)
{
    record.size = size;
    if (data) memcpy(record.data, data, size < sizeof(record.data) ? size : sizeof(record.data));
    AcquireSRWLockExclusive(&lock);
    if (count < RECORDS_MAX) records[count++] = record;
    ReleaseSRWLockExclusive(&lock);
}

BOOL told_at(DWORD number, struct testproto_told *ret)
{
    BOOL found;

    AcquireSRWLockShared(&lock);
    found = number < count;
    if (found) *ret = records[number];
    ReleaseSRWLockShared(&lock);
    return found;
}

/* SIZEOF_IP_BINDING and SIZEOF_IPV6_BINDING: a header, and 8 or 20 octets for each address. */
DWORD status_info_size(BOOL ipv6, DWORD type, const void *info)
{
    ULONG addresses;

    if (type != RIS_INTERFACE_ADDRESS_CHANGE || !info) return 0;
    memcpy(&addresses, info, sizeof(addresses)); /* AddressCount is the first member of both */
    return ipv6 ? 32 + 20 * addresses : (DWORD)sizeof(IP_ADAPTER_BINDING_INFO) + 8 * addresses;
}

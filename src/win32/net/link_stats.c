/* GetIfEntry2 has 64-bit counters; where it fails, the 32-bit ones of GetIfEntry serve. */
#include "win32/net/link_stats.h"

#include "win32/sys/windows_api.h"

#include <iphlpapi.h>
#include <string.h>

#include "win32/sys/exit_hold.h"
#include "win32/sys/no_interface_macro.h"

static bool read_row2(uint32_t host_index, struct link_counters *ret)
{
    MIB_IF_ROW2 row;

    memset(&row, 0, sizeof(row));
    row.InterfaceIndex = host_index;
    if (GetIfEntry2(&row) != NO_ERROR) return false;
    ret->bytes_out = row.OutOctets;
    ret->bytes_in = row.InOctets;
    ret->frames_out = row.OutUcastPkts + row.OutNUcastPkts;
    ret->frames_in = row.InUcastPkts + row.InNUcastPkts;
    ret->errors_in = row.InErrors;
    ret->errors_out = row.OutErrors;
    ret->discards_in = row.InDiscards;
    return true;
}

static void read_row(uint32_t host_index, struct link_counters *ret)
{
    MIB_IFROW row;

    memset(&row, 0, sizeof(row));
    row.dwIndex = host_index;
    if (GetIfEntry(&row) != NO_ERROR) return;
    ret->bytes_out = row.dwOutOctets;
    ret->bytes_in = row.dwInOctets;
    ret->frames_out = (uint64_t)row.dwOutUcastPkts + row.dwOutNUcastPkts;
    ret->frames_in = (uint64_t)row.dwInUcastPkts + row.dwInNUcastPkts;
    ret->errors_in = row.dwInErrors;
    ret->errors_out = row.dwOutErrors;
    ret->discards_in = row.dwInDiscards;
}

void link_stats_read(uint32_t host_index, struct link_counters *ret)
{
    uintptr_t hold;

    memset(ret, 0, sizeof(*ret));
    if (!host_index) return;
    hold = exit_hold();
    if (!read_row2(host_index, ret)) read_row(host_index, ret);
    exit_release(hold);
}

msec link_stats_age(uint32_t host_index)
{
    MIB_IFROW row;
    uintptr_t hold;
    DWORD rc;

    memset(&row, 0, sizeof(row));
    row.dwIndex = host_index;
    hold = exit_hold();
    rc = host_index ? GetIfEntry(&row) : ERROR_NOT_FOUND;
    exit_release(hold);
    return rc == NO_ERROR ? link_stats_age_of(row.dwLastChange, GetTickCount64()) : 0;
}

msec link_stats_age_of(uint32_t last_change, uint64_t up_ms)
{
    const uint64_t changed = (uint64_t)last_change * 10;

    return last_change && changed < up_ms ? up_ms - changed : 0;
}

static uint64_t since(uint64_t now, uint64_t base)
{
    return now >= base ? now - base : now;
}

void link_stats_since(uint32_t host_index, const struct link_counters *base,
                      struct link_counters *ret)
{
    link_stats_read(host_index, ret);
    ret->bytes_out = since(ret->bytes_out, base->bytes_out);
    ret->bytes_in = since(ret->bytes_in, base->bytes_in);
    ret->frames_out = since(ret->frames_out, base->frames_out);
    ret->frames_in = since(ret->frames_in, base->frames_in);
    ret->errors_in = since(ret->errors_in, base->errors_in);
    ret->errors_out = since(ret->errors_out, base->errors_out);
    ret->discards_in = since(ret->discards_in, base->discards_in);
}

#include "win32/net/adapter_media.h"

#include <iphlpapi.h>

#include "win32/sys/exit_hold.h"
#include "win32/sys/no_interface_macro.h"

static void media_lost(struct adapter_list *list, uint32_t index)
{
    for (size_t n = 0; n < list->count; n++) {
        if (list->adapters[n].binding.host_index == index) list->adapters[n].up = false;
    }
}

void adapter_media_apply(struct adapter_list *list)
{
    MIB_IF_TABLE2 *table = NULL;
    uintptr_t hold = exit_hold();
    DWORD rc = GetIfTable2(&table);

    for (ULONG n = 0; rc == NO_ERROR && n < table->NumEntries; n++) {
        if (table->Table[n].MediaConnectState == MediaConnectStateDisconnected)
            media_lost(list, table->Table[n].InterfaceIndex);
    }
    if (rc == NO_ERROR) FreeMibTable(table);
    exit_release(hold);
}

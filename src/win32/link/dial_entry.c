#include "win32/link/dial_entry.h"

#include <string.h>

#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/dial_select.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/windows_api.h"

mpr_status dial_entry_read(const char16_t *name, struct dial_entry *entry, struct dial_plan *plan)
{
    struct phonebook_settings s;
    mpr_status status = phonebook_store_read(name, &s);

    memset(entry, 0, sizeof(*entry));
    memset(plan, 0, sizeof(*plan));
    if (status != ST_OK) return status;
    entry->redial_attempts = s.redial_attempts;
    entry->redial_seconds = s.redial_seconds;
    entry->redial_on_link_failure = s.redial_on_link_failure != 0;
    entry->idle_disconnect_seconds = s.idle_disconnect_seconds;
    entry->vpn_strategy = s.vpn_strategy;
    memcpy(entry->guid, s.guid, sizeof(entry->guid));
    u16_copy(entry->device_type, ARRAYSIZE(entry->device_type), s.device_type);
    u16_copy(entry->device_name, ARRAYSIZE(entry->device_name), s.device_name);
    u16_copy(entry->phone_number, ARRAYSIZE(entry->phone_number), s.phone_number);
    if (s.device_count) status = dial_select(name, &s, plan);
    entry->device_count = plan->kind == DIALER_NONE ? 0 : s.device_count;
    if (!status && !entry->device_count)
        TRACE(WARNING, "phone book: entry \"%s\" has no usable device (\"%s\")",
              trace_u16(name).text, trace_u16(s.device_name).text);
    phonebook_settings_free(&s);
    return status;
}

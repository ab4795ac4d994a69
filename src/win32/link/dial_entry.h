/* How a demand-dial interface is dialled: its phone-book entry, and the dialer that it gets. */
#ifndef MPR_WIN32_DIAL_ENTRY_H
#define MPR_WIN32_DIAL_ENTRY_H

#include "router/ddm/dial.h"

/* Both as the core wants them: the entry from the phone book, the plan chosen by device and
 * registry (dial_select.h). Errors as phonebook_store_read; no usable device: ST_OK with
 * device_count 0. Takes the phone-book lock, so never with the engine's held. */
mpr_status dial_entry_read(const char16_t *name, struct dial_entry *entry, struct dial_plan *plan);

#endif

/* Demand-dial interfaces and their phone-book entries: what is done to both together.
 *
 * Their callers have been let in (api_check). These functions take one lock of their own from
 * reading the phone book until the router knows, so that of two changes to one entry the router
 * ends with the one that the file ends with.
 */
#ifndef MPR_API_INTERFACE_DIAL_H
#define MPR_API_INTERFACE_DIAL_H

#include "api/admin/interface_levels.h"

/* HOME_ROUTER or FULL_ROUTER. */
bool interface_type_dials(enum interface_type type);
/* Whether the stored configuration has a key for an interface of this name, so that what the
 * router learns for it is written there. */
mpr_status interface_is_stored(const WCHAR *name, bool *ret);

/* Makes a demand-dial interface. With settings (levels 2 and 3) its entry is written first, and
 * put back when the router refuses; without, the entry must be there:
 * ST_CANNOT_FIND_PHONEBOOK_ENTRY. */
mpr_status interface_dial_create(HANDLE server, const struct interface_input *input,
                                 handle_t32 *ret);
/* Deletes an interface, and the entry of a demand-dial one (MS-RRASM 3.1.4.16). */
mpr_status interface_dial_delete(HANDLE server, handle_t32 interface);
/* Levels 2 and 3 of SetInfo. */
mpr_status interface_dial_set(HANDLE server, handle_t32 interface,
                              const struct interface_input *input);
/* UpdatePhonebookInfo. */
mpr_status interface_dial_reload(HANDLE server, handle_t32 interface);
/* Reads or changes the entry of a demand-dial interface in another way; with change, the router is
 * then told. ST_INVALID_PARAMETER: the interface does not dial. */
typedef mpr_status interface_dial_fn(const WCHAR *name, void *context);
mpr_status interface_dial_edit(HANDLE server, handle_t32 interface, bool change,
                               interface_dial_fn *edit, void *context);

#endif

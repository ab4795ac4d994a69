/* MPR_INTERFACE_0 to _3, to and from what the core and the phone book have. */
#ifndef MPR_API_INTERFACE_LEVELS_H
#define MPR_API_INTERFACE_LEVELS_H

#include "api/api.h"
#include "phonebook/phonebook_settings.h"

#define INTERFACE_LEVELS 4u

/* What a caller's structure says. It points into that structure. */
struct interface_input {
    DWORD level;
    const WCHAR *name;
    enum interface_type type;
    bool enabled;
    const WCHAR *hours;           /* level 1; NULL: none */
    const MPR_INTERFACE_2 *dial;  /* levels 2 and 3, else NULL */
    const MPR_INTERFACE_3 *dial6; /* level 3, else NULL */
};

/* Bytes of one structure of a level. */
size_t interface_level_size(DWORD level);

/* ST_NOT_SUPPORTED: no such level; ST_INVALID_PARAMETER: buffer NULL, a text without end, a
 * counted pointer that is NULL. */
mpr_status interface_input_read(const BYTE *buffer, DWORD level, struct interface_input *ret);

/* Lays the settings of level 2 or 3 over s, with the authentication methods that MS-RRASM 3.1.4.13
 * (create) and 3.1.4.15 (change; not when nothing else changes) add when none is chosen: with a
 * warning where the entry asked for something else. ST_NOT_ENOUGH_MEMORY: s is unchanged. */
mpr_status interface_input_apply(const struct interface_input *input, bool create,
                                 struct phonebook_settings *s);

/* The structure of a level for the caller, nested parts behind it. hours is for level 1, settings
 * for 2 and 3. ST_NOT_ENOUGH_MEMORY. */
mpr_status interface_output(DWORD level, const struct interface_info *info, const WCHAR *hours,
                            const struct phonebook_settings *settings, BYTE **ret);

/* MPR_INTERFACE_0 in place, for enumerations. */
void interface_output_0(const struct interface_info *info, MPR_INTERFACE_0 *ret);

#endif

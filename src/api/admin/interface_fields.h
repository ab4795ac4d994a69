/* What MPR_INTERFACE_2 has beyond MPR_INTERFACE_0 and nested parts, to and from the phone book's
 * settings. */
#ifndef MPR_API_INTERFACE_FIELDS_H
#define MPR_API_INTERFACE_FIELDS_H

#include "api/api.h"
#include "phonebook/phonebook_settings.h"

/* Whether a caller's array of so many bytes has a terminator. */
bool interface_text_ends(const void *text, size_t bytes);
/* The same of all texts in the structure. */
bool interface_fields_end(const MPR_INTERFACE_2 *api);

void interface_fields_in(const MPR_INTERFACE_2 *api, struct phonebook_settings *ret);
void interface_fields_out(const struct phonebook_settings *settings, MPR_INTERFACE_2 *ret);

#endif

/* Where the router's phone book is. */
#ifndef MPR_WIN32_PHONEBOOK_PATH_H
#define MPR_WIN32_PHONEBOOK_PATH_H

#include <stdbool.h>
#include <uchar.h>

#include "base/status.h"

#define PHONEBOOK_PATH_UNITS 1024u
/* Where the file is, or would be. ST_CANNOT_OPEN_PHONEBOOK: the path is too long;
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_store_path(char16_t path[PHONEBOOK_PATH_UNITS]);
/* The folder that Windows has it in, whatever PhonebookPath says. False: the path is too long. */
bool phonebook_store_folder(char16_t path[PHONEBOOK_PATH_UNITS]);

#endif

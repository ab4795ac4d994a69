/* Who may touch a kernel object whose name everybody can take. */
#ifndef MPR_WIN32_OBJECT_SECURITY_H
#define MPR_WIN32_OBJECT_SECURITY_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

/* Whether an object that somebody may have made before lets in administrators and the system, and
 * nobody else. */
bool security_is_administrators_only(HANDLE object);

#endif

/* Calls as somebody who is no administrator. */
#ifndef TESTS_API_RIGHTS_H
#define TESTS_API_RIGHTS_H

#include "api/support/fixture.h"

/* The calling thread loses Administrators until rights_restore. FALSE where the host can't do that;
 * the test is then to be skipped. */
BOOL rights_drop(void);
void rights_restore(void);
/* The token of this process with Administrators for deny only, for a process of its own; the
 * caller's. NULL where the host can't make one, which is said. */
HANDLE rights_weak_primary(void);

#endif

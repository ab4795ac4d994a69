/* Calls as somebody who is no administrator. */
#ifndef TESTS_API_RIGHTS_H
#define TESTS_API_RIGHTS_H

#include "api/support/fixture.h"

/* The calling thread loses Administrators until rights_restore. FALSE where the host can't do that;
 * the test is then to be skipped. */
BOOL rights_drop(void);
void rights_restore(void);

#endif

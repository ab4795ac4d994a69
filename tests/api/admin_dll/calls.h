/* What the example administration DLLs (examples/testadmin) were called for. */
#ifndef TESTS_API_ADMIN_DLL_CALLS_H
#define TESTS_API_ADMIN_DLL_CALLS_H

#include "testadmin.h"

/* The section that they write to, made here; for the life of the process. */
struct testadmin_calls *testadmin_calls_open(void);

#endif

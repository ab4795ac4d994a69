/* The link of the demand-dial interface "interop" is an adapter of the host that is there already
 * (docs/DIALERS.md). */
#ifndef INTEROP_EXISTING_DIALER_H
#define INTEROP_EXISTING_DIALER_H

#include <windows.h>

#define INTEROP_INTERFACE L"interop"

BOOL existing_dialer_set(const char *adapter);

#endif

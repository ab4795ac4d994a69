/* The Windows headers, in the order that works, without the macro `interface` (= struct), which
 * the core uses as a name. Include this instead of <windows.h>; a file that needs more of the SDK
 * includes it after this one and then win32/sys/no_interface_macro.h. */
#ifndef MPR_WIN32_WINDOWS_API_H
#define MPR_WIN32_WINDOWS_API_H

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <winsock2.h>
#include <ws2ipdef.h>
#include <windows.h>

#include "win32/sys/no_interface_macro.h"

#endif

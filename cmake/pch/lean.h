/* Precompiled for src/win32: what win32/windows_api.h includes of Windows. */
#include <winsock2.h>
#include <ws2ipdef.h>
#include <windows.h>

#undef interface

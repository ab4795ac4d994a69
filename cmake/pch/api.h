/* Precompiled for src/api: what api/api.h includes of Windows. */
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <ws2ipdef.h>
#include <windows.h>

#include <mprapi.h>

#undef interface

/* Asserts the rows of mprapi_ext.h against Wine's headers, and the little that Wine's mprapi.h has
 * itself against the same numbers. */
#include <stddef.h>

#include <windows.h>
#include <mprapi_ext.h>

#ifndef __WINE_MPRAPI_H
#error "these are not Wine's headers"
#endif

#include "layout_counts.h"
#include "layout_asserts.h"

_Static_assert(MAX_INTERFACE_NAME_LEN == 256 && MAX_TRANSPORT_NAME_LEN == 40, "names");
_Static_assert(MAX_MEDIA_NAME == 16 && MAX_PORT_NAME == 16 && MAX_DEVICE_NAME == 128, "ports");
_Static_assert(MAX_PHONE_NUMBER_LEN == 128 && MAX_DEVICETYPE_NAME == 16, "devices");

/* The one function that it declares must have the type that the DLL's users call it with. */
BOOL(WINAPI *const wine_is_service_running)(LPWSTR) = MprAdminIsServiceRunning;

const struct layout_counts layout_wine = {LAYOUT_SIZES, LAYOUT_OFFSETS, LAYOUT_CONSTANTS};

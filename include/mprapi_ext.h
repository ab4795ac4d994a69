/* mprapi_ext.h - what the published Windows SDK declares for mprapi.dll and mingw-w64's <mprapi.h>
 * does not: newer structures, constants and functions. Include it instead of, or after, <mprapi.h>:
 *
 *     #include <windows.h>
 *     #include <mprapi_ext.h>
 *
 * Names, values and layouts are those of Windows. Where a structure has a layout for each Windows
 * version, every layout has a name of its own with the suffix _WIN7, _WIN8, _BLUE (8.1) or _WIN10,
 * and the plain name follows NTDDI_VERSION. Nothing that <mprapi.h> declares is declared again:
 * MPR_SERVER_EX and MPR_SERVER_SET_CONFIG_EX stay those of Windows 7 there.
 *
 * Sizes and offsets of everything here are asserted in tests/abi for both architectures. "Page"
 * names the page of Microsoft's documentation that has the details; what this library does
 * differently is in docs/COMPATIBILITY.md.
 *
 * The parts, each with a header of its own:
 *   mprapi_ext_base.h    what the rest needs of <mprapi.h>, for headers that lack even that
 *   mprapi_ext_const.h   constants
 *   mprapi_ext_ras.h     connections, ports, the table of RAS administration callbacks
 *   mprapi_ext_ikev2.h   IKEv2 policies, certificates and custom settings of interfaces
 *   mprapi_ext_server.h  tunnel settings of servers, with the layouts of all versions
 *   mprapi_ext_func.h    functions
 */
#ifndef MPRAPI_EXT_H
#define MPRAPI_EXT_H

#include <windows.h>
#include <inaddr.h>
#include <mprapi.h>

#if !defined(_WIN32_WINNT) || _WIN32_WINNT < 0x0601
#error "mprapi_ext.h builds upon the Windows 7 structures: define _WIN32_WINNT as 0x0601 or more"
#endif

/* Later parts use earlier ones. */
/* clang-format off */
#include "mprapi_ext_base.h"
#include "mprapi_ext_const.h"
#include "mprapi_ext_ras.h"
#include "mprapi_ext_ikev2.h"
#include "mprapi_ext_server.h"
#include "mprapi_ext_func.h"
/* clang-format on */

#endif

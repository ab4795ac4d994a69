/* mprapi_ext_func.h - functions that mprapi.dll exports, that have a public prototype, and that
 * mingw-w64's <mprapi.h> lacks. Part of mprapi_ext.h. Which of them this library performs, and
 * which it only answers, is in docs/COMPATIBILITY.md.
 *
 * All take administrators only (else ERROR_ACCESS_DENIED) and return NO_ERROR or a code.
 */
#ifndef MPRAPI_EXT_FUNC_H
#define MPRAPI_EXT_FUNC_H

#ifdef __cplusplus
extern "C" {
#endif

/* MPR_IF_CUSTOMINFOEX is the layout of the version that the program is compiled for. The functions
 * take all three, told apart by Header: cast where another one is wanted. */
#if defined(NTDDI_VERSION) && NTDDI_VERSION >= 0x0A000000
typedef MPR_IF_CUSTOMINFOEX2 MPR_IF_CUSTOMINFOEX, *PMPR_IF_CUSTOMINFOEX;
#elif defined(NTDDI_VERSION) && NTDDI_VERSION >= 0x06030000
typedef MPR_IF_CUSTOMINFOEX1 MPR_IF_CUSTOMINFOEX, *PMPR_IF_CUSTOMINFOEX;
#else
typedef MPR_IF_CUSTOMINFOEX0 MPR_IF_CUSTOMINFOEX, *PMPR_IF_CUSTOMINFOEX;
#endif

/* Reads the custom IKEv2 settings of a demand-dial interface of the running router. The caller
 * fills in custom_info->Header; embedded pointers are freed with MprAdminBufferFree. An interface
 * that is no demand-dial one gives ERROR_INVALID_PARAMETER. Page: MprAdminInterfaceGetCustomInfoEx
 * (Server 2012 and later). */
DWORD APIENTRY MprAdminInterfaceGetCustomInfoEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                PMPR_IF_CUSTOMINFOEX custom_info);

/* Replaces those settings; dwFlags 0 deletes them. Page: MprAdminInterfaceSetCustomInfoEx. */
DWORD APIENTRY MprAdminInterfaceSetCustomInfoEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                PMPR_IF_CUSTOMINFOEX custom_info);

/* The same for the stored configuration, with handles of MprConfigServerConnect and
 * MprConfigInterfaceGetHandle; embedded pointers are freed with MprConfigBufferFree. Pages:
 * MprConfigInterfaceGetCustomInfoEx, MprConfigInterfaceSetCustomInfoEx. */
DWORD APIENTRY MprConfigInterfaceGetCustomInfoEx(HANDLE config, HANDLE router_interface,
                                                 PMPR_IF_CUSTOMINFOEX custom_info);
DWORD APIENTRY MprConfigInterfaceSetCustomInfoEx(HANDLE config, HANDLE router_interface,
                                                 PMPR_IF_CUSTOMINFOEX custom_info);

/* Gives an active connection new tunnel endpoints, as when an IKEv2 client moved. The function has
 * a prototype but no page; the structure has one: RAS_UPDATE_CONNECTION (Windows 7 and later). */
DWORD APIENTRY MprAdminUpdateConnection(RAS_SERVER_HANDLE server, HANDLE connection,
                                        PRAS_UPDATE_CONNECTION update);

#ifdef __cplusplus
}
#endif

#endif

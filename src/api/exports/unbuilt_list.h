/* The exported functions that this library does not build yet, one row each.
 *
 * To build a function: write it in src/api and remove its row. Nothing else knows the list; the
 * export checker then wants its row of docs/COMPATIBILITY.md to say "built".
 *
 * The includer defines the two row macros and the OUT_ macros before, and undefines them after:
 *
 *   UNBUILT(name, bytes, code, outs)   bytes: stack bytes of the arguments on x86, as in
 *                                      cmake/exports/x86-args.tsv; every argument is one slot
 *   UNBUILT_X64(name, code)            no public source gives the argument size, so the name is
 *                                      exported by the 64-bit DLL only (docs/COMPATIBILITY.md)
 *
 * code is what the function's page gives for "not supported": ERROR_NOT_SUPPORTED where it is
 * listed for an unsupported level, ERROR_PROC_NOT_FOUND where it is listed for a router that lacks
 * the procedure; otherwise ERROR_CALL_NOT_IMPLEMENTED. Functions that return nothing have NO_ERROR.
 *
 * outs names, by index from 0, the arguments that a public signature gives as results, which are
 * cleared so that a caller who looks at them without looking at the code finds nothing:
 * OUT_PTR a pointer or handle (NULL), OUT_DWORD a number or BOOL (0), OUT_TEXT a caller's text
 * buffer (""), NO_OUT none. Structures that the caller owns are left alone.
 */
/* clang-format off: one row is one function */

/* With a public prototype. */
UNBUILT(MprSetupIpInIpInterfaceFriendlyNameCreate, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprSetupIpInIpInterfaceFriendlyNameDelete, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprSetupIpInIpInterfaceFriendlyNameEnum, 12, ERROR_CALL_NOT_IMPLEMENTED,
        OUT_PTR(1) OUT_DWORD(2))
UNBUILT(MprSetupIpInIpInterfaceFriendlyNameFree, 4, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)

/* Without one: the size comes from the decorated names of 32-bit import libraries. The RasAdmin
 * names that had a documented twin have the results of the twin. */
UNBUILT(CompressPhoneNumber, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUpgradeUsers, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserClose, 4, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserOpen, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserRead, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserReadProfFlags, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserServerConnect, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserServerDisconnect, 4, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserWrite, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprAdminUserWriteProfFlags, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprDomainQueryAccess, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprDomainQueryRasServer, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprDomainRegisterRasServer, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprDomainSetAccess, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprGetUsrParams, 12, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(MprPortSetUsage, 4, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)
UNBUILT(RasPrivilegeAndCallBackNumber, 8, ERROR_CALL_NOT_IMPLEMENTED, NO_OUT)

/* Without prototype and size. RasAdminIsServiceRunning gives a BOOL: FALSE, since any error code
 * would read as TRUE. */
UNBUILT_X64(MprAdminAddRoutingDomain, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminDeleteRoutingDomain, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminFreeRoutingDomainConfigEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminGetProtocolStatistics, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminGetRoutingDomainId, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceAddIkev2Policy, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceClearStatisticsEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceCreateEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceEnumEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceGetInfoEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceGetStatisticsEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminInterfaceSetInfoEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminIsModernStackEnabled, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminIsMultiTenancyEnabled, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminMarkServerOffline, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminProtocolAction, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminRoutingDomainConnectionEnumEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminRoutingDomainGetConfigEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminRoutingDomainSetConfigEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprAdminRoutingDomainsEnumEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigAddRoutingDomain, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigDeleteRoutingDomain, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigFreeRoutingDomainConfigEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigGetRoutingDomainId, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigInterfaceCreateEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigInterfaceEnumEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigInterfaceGetInfoEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigInterfaceSetInfoEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigIsMultiTenancyEnabled, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigRoutingDomainEnumEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigRoutingDomainGetConfigEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprConfigRoutingDomainSetConfigEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprFreeInterfaceInfoEx, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(MprUpgradeRouterConfigHelper, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(RasAdminBufferFree, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(RasAdminGetPDCServer, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(RasAdminIsServiceRunning, FALSE)
UNBUILT_X64(RasAdminServerConnect, ERROR_CALL_NOT_IMPLEMENTED)
UNBUILT_X64(RasAdminServerDisconnect, ERROR_CALL_NOT_IMPLEMENTED)
/* clang-format on */

#include "api/random/random.h"

/* In no header of today's SDK. */
__typeof__(MprAdminConnectionEnum) RasAdminConnectionEnum;
__typeof__(MprAdminConnectionGetInfo) RasAdminConnectionGetInfo;
__typeof__(MprAdminConnectionClearStats) RasAdminConnectionClearStats;
__typeof__(MprAdminPortEnum) RasAdminPortEnum;
__typeof__(MprAdminPortGetInfo) RasAdminPortGetInfo;
__typeof__(MprAdminPortClearStats) RasAdminPortClearStats;
__typeof__(MprAdminPortReset) RasAdminPortReset;
__typeof__(MprAdminPortDisconnect) RasAdminPortDisconnect;
DWORD WINAPI RasAdminGetErrorString(UINT code, WCHAR *text, DWORD units);
DWORD WINAPI RasAdminUserGetInfo(const WCHAR *server, const WCHAR *user, RAS_USER_0 *info);
DWORD WINAPI RasAdminUserSetInfo(const WCHAR *server, const WCHAR *user, const RAS_USER_0 *info);

#define ROW(function, arguments)                            \
    {                                                       \
#function, (void *)function, arguments, 0, 1, FALSE \
    }
#define KEEP(function, arguments, pool)                        \
    {                                                          \
#function, (void *)function, arguments, pool, 1, FALSE \
    }
#define RARE(function, arguments, rare)                        \
    {                                                          \
#function, (void *)function, arguments, 0, rare, FALSE \
    }
#define NO_STATUS(function, arguments, rare)                  \
    {                                                         \
#function, (void *)function, arguments, 0, rare, TRUE \
    }

const struct random_row random_rows[] = {
    ROW(MprAdminBufferFree, "V"),
    ROW(MprAdminConnectionClearStats, "SK"),
    ROW(MprAdminConnectionEnum, "SlRLDDr"),
    ROW(MprAdminConnectionEnumEx, "SYLDDRr"),
    ROW(MprAdminConnectionGetInfo, "SlKR"),
    ROW(MprAdminConnectionGetInfoEx, "SKY"),
    ROW(MprAdminConnectionRemoveQuarantine, "SKf"),
    ROW(MprAdminDeregisterConnectionNotification, "SE"),
    ROW(MprAdminDeviceEnum, "SlRD"),
    ROW(MprAdminEstablishDomainRasServer, "nwf"),
    ROW(MprAdminGetErrorString, "eR"),
    ROW(MprAdminGetPDCServer, "nns"),
    ROW(MprAdminInterfaceConnect, "SIEf"),
    KEEP(MprAdminInterfaceCreate, "SlXH", 'I'),
    RARE(MprAdminInterfaceDelete, "SI", 2),
    ROW(MprAdminInterfaceDeviceGetInfo, "SI#lR"),
    ROW(MprAdminInterfaceDeviceSetInfo, "SI#ld"),
    ROW(MprAdminInterfaceDisconnect, "SI"),
    ROW(MprAdminInterfaceEnum, "SlRLDDr"),
    ROW(MprAdminInterfaceGetCredentials, "nwsss"),
    ROW(MprAdminInterfaceGetCredentialsEx, "SIlR"),
    ROW(MprAdminInterfaceGetCustomInfoEx, "SIZ"),
    KEEP(MprAdminInterfaceGetHandle, "SwHf", 'I'),
    ROW(MprAdminInterfaceGetInfo, "SIlR"),
    ROW(MprAdminInterfaceQueryUpdateResult, "SIpD"),
    ROW(MprAdminInterfaceSetCredentials, "nwwww"),
    ROW(MprAdminInterfaceSetCredentialsEx, "SIlq"),
    ROW(MprAdminInterfaceSetCustomInfoEx, "SIZ"),
    ROW(MprAdminInterfaceSetInfo, "SIlX"),
    ROW(MprAdminInterfaceTransportAdd, "SIpbz"),
    ROW(MprAdminInterfaceTransportGetInfo, "SIpRD"),
    ROW(MprAdminInterfaceTransportRemove, "SIp"),
    ROW(MprAdminInterfaceTransportSetInfo, "SIpbz"),
    ROW(MprAdminInterfaceUpdatePhonebookInfo, "SI"),
    ROW(MprAdminInterfaceUpdateRoutes, "SIpE"),
    ROW(MprAdminIsDomainRasServer, "nwD"),
    ROW(MprAdminIsServiceInitialized, "nD"),
    NO_STATUS(MprAdminIsServiceRunning, "n", 1),
    ROW(MprAdminMIBBufferFree, "V"),
    ROW(MprAdminMIBEntryCreate, "Mpjmz"),
    ROW(MprAdminMIBEntryDelete, "Mpjmz"),
    ROW(MprAdminMIBEntryGet, "MpjmzRD"),
    ROW(MprAdminMIBEntryGetFirst, "MpjmzRD"),
    ROW(MprAdminMIBEntryGetNext, "MpjmzRD"),
    ROW(MprAdminMIBEntrySet, "Mpjmz"),
    KEEP(MprAdminMIBServerConnect, "nH", 'M'),
    NO_STATUS(MprAdminMIBServerDisconnect, "M", 4),
    ROW(MprAdminPortClearStats, "SP"),
    ROW(MprAdminPortDisconnect, "SP"),
    ROW(MprAdminPortEnum, "SlKRLDDr"),
    ROW(MprAdminPortGetInfo, "SlPR"),
    ROW(MprAdminPortReset, "SP"),
    ROW(MprAdminRegisterConnectionNotification, "SE"),
    ROW(MprAdminSendUserMessage, "SKw"),
    KEEP(MprAdminServerConnect, "nH", 'S'),
    NO_STATUS(MprAdminServerDisconnect, "S", 4),
    ROW(MprAdminServerGetCredentials, "SlR"),
    ROW(MprAdminServerGetInfo, "SlR"),
    ROW(MprAdminServerGetInfoEx, "SO"),
    ROW(MprAdminServerSetCredentials, "Slq"),
    ROW(MprAdminServerSetInfo, "Slx"),
    RARE(MprAdminServerSetInfoEx, "SQ", 4),
    ROW(MprAdminTransportCreate, "SpWbzbzW"),
    ROW(MprAdminTransportGetInfo, "SpRDRD"),
    ROW(MprAdminTransportSetInfo, "Spbzbz"),
    ROW(MprAdminUpdateConnection, "SKY"),
    ROW(MprAdminUserGetInfo, "nwls"),
    ROW(MprAdminUserSetInfo, "nwla"),
    ROW(MprConfigBufferFree, "V"),
    ROW(MprConfigFilterGetInfo, "Clps"),
    ROW(MprConfigFilterSetInfo, "Clpa"),
    ROW(MprConfigGetFriendlyName, "Cws="),
    ROW(MprConfigGetGuidName, "Cws="),
    KEEP(MprConfigInterfaceCreate, "ClXH", 'i'),
    ROW(MprConfigInterfaceDelete, "Ci"),
    ROW(MprConfigInterfaceEnum, "ClRLDDr"),
    ROW(MprConfigInterfaceGetCustomInfoEx, "CiZ"),
    KEEP(MprConfigInterfaceGetHandle, "CwH", 'i'),
    ROW(MprConfigInterfaceGetInfo, "CilRD"),
    ROW(MprConfigInterfaceSetCustomInfoEx, "CiZ"),
    ROW(MprConfigInterfaceSetInfo, "CilX"),
    KEEP(MprConfigInterfaceTransportAdd, "CipWbzH", 'u'),
    ROW(MprConfigInterfaceTransportEnum, "CilRLDDr"),
    KEEP(MprConfigInterfaceTransportGetHandle, "CipH", 'u'),
    ROW(MprConfigInterfaceTransportGetInfo, "CiuRD"),
    ROW(MprConfigInterfaceTransportRemove, "Ciu"),
    ROW(MprConfigInterfaceTransportSetInfo, "Ciubz"),
    RARE(MprConfigServerBackup, "CB", 8),
    KEEP(MprConfigServerConnect, "nH", 'C'),
    NO_STATUS(MprConfigServerDisconnect, "C", 4),
    ROW(MprConfigServerGetInfo, "ClR"),
    ROW(MprConfigServerGetInfoEx, "CO"),
    RARE(MprConfigServerInstall, "00", 32),
    ROW(MprConfigServerRefresh, "C"),
    RARE(MprConfigServerRestore, "CB", 8),
    ROW(MprConfigServerSetInfo, "Clx"),
    RARE(MprConfigServerSetInfoEx, "CQ", 4),
    KEEP(MprConfigTransportCreate, "CpWbzbzWH", 't'),
    ROW(MprConfigTransportDelete, "Ct"),
    ROW(MprConfigTransportEnum, "ClRLDDr"),
    KEEP(MprConfigTransportGetHandle, "CpH", 't'),
    ROW(MprConfigTransportGetInfo, "CtRDRDR"),
    ROW(MprConfigTransportSetInfo, "CtbzbzW"),
    ROW(MprInfoBlockAdd, "bp##aR"),
    ROW(MprInfoBlockFind, "bpDDs"),
    NO_STATUS(MprInfoBlockQuerySize, "b", 1),
    ROW(MprInfoBlockRemove, "bpR"),
    ROW(MprInfoBlockSet, "bp##aR"),
    ROW(MprInfoCreate, "lR"),
    ROW(MprInfoDelete, "V"),
    ROW(MprInfoDuplicate, "bR"),
    ROW(MprInfoRemoveAll, "bR"),
    ROW(RasAdminConnectionClearStats, "SK"),
    ROW(RasAdminConnectionEnum, "SlRLDDr"),
    ROW(RasAdminConnectionGetInfo, "SlKR"),
    ROW(RasAdminGetErrorString, "es="),
    ROW(RasAdminPortClearStats, "SP"),
    ROW(RasAdminPortDisconnect, "SP"),
    ROW(RasAdminPortEnum, "SlKRLDDr"),
    ROW(RasAdminPortGetInfo, "SlPR"),
    ROW(RasAdminPortReset, "SP"),
    ROW(RasAdminUserGetInfo, "nws"),
    ROW(RasAdminUserSetInfo, "nwa"),
};
const size_t random_row_count = sizeof(random_rows) / sizeof(random_rows[0]);

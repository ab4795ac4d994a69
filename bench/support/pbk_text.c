#include "support/pbk_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/pairs.h"

/* Lines end with LF here and with CR LF in the file. Three numbers of the entry are printed in. */
static const char entry_lines[] =
    "Encoding=1\nPBVersion=6\nType=2\nAutoLogon=0\nUseRasCredentials=1\nLowDateTime=-1298438576\n"
    "HighDateTime=30861234\nDialParamsUID=%u\nGuid=7D75193D3A16444A824AE77D%08X\nVpnStrategy=7\n"
    "ExcludedProtocols=8\nLcpExtensions=1\nDataEncryption=256\nSwCompression=0\n"
    "NegotiateMultilinkAlways=0\nSkipDoubleDialDialog=0\nDialMode=0\nOverridePref=15\n"
    "RedialAttempts=3\nRedialSeconds=60\nIdleDisconnectSeconds=0\nRedialOnLinkFailure=1\n"
    "CallbackMode=0\nCustomDialDll=\nCustomDialFunc=\nCustomRasDialDll=\n"
    "ForceSecureCompartment=0\nDisableIKENameEkuCheck=0\nAuthenticateServer=0\n"
    "ShareMsFilePrint=1\nBindMsNetClient=1\nSharedPhoneNumbers=0\nGlobalDeviceSettings=0\n"
    "PrerequisiteEntry=\nPrerequisitePbk=\nPreferredPort=VPN2-0\n"
    "PreferredDevice=WAN Miniport (IKEv2)\nPreferredBps=0\nPreferredHwFlow=1\n"
    "PreferredProtocol=1\nPreferredCompression=1\nPreferredSpeaker=1\nPreferredMdmProtocol=0\n"
    "PreviewUserPw=1\nPreviewDomain=1\nPreviewPhoneNumber=0\nShowDialingProgress=1\n"
    "ShowMonitorIconInTaskBar=1\nCustomAuthKey=0\nAuthRestrictions=512\nIpPrioritizeRemote=1\n"
    "IpInterfaceMetric=0\nIpHeaderCompression=0\nIpAddress=0.0.0.0\nIpDnsAddress=10.20.30.40\n"
    "IpDns2Address=10.20.30.41\nIpWinsAddress=0.0.0.0\nIpWins2Address=0.0.0.0\nIpAssign=1\n"
    "IpNameAssign=2\nIpDnsFlags=0\nIpNBTFlags=1\nTcpWindowSize=0\nUseFlags=2\nIpSecFlags=0\n"
    "IpDnsSuffix=branches.corp.example.com\nIpv6Assign=1\nIpv6Address=::\nIpv6PrefixLength=0\n"
    "Ipv6PrioritizeRemote=1\nIpv6InterfaceMetric=0\nIpv6NameAssign=1\nIpv6DnsAddress=::\n"
    "Ipv6Dns2Address=::\nIpv6Prefix=0000000000000000\nIpv6InterfaceId=0000000000000000\n"
    "DisableClassBasedDefaultRoute=0\nDisableMobility=0\nNetworkOutageTime=1800\nIDI=\nIDR=\n"
    "ImsConfig=0\nIdiType=0\nIdrType=0\nProvisionType=0\nPreSharedKey=\nCacheCredentials=1\n"
    "NumCustomPolicy=0\nNumEku=0\nUseMachineRootCert=0\nDisable_IKEv2_Fragmentation=0\n"
    "PlumbIKEv2TSAsRoutes=0\nNumServers=0\nRouteVersion=1\nNumRoutes=0\nNumNrptRules=0\n"
    "AutoTiggerCapable=0\nNumAppIds=0\nNumClassicAppIds=0\n"
    "SecurityDescriptor=O:SYG:SYD:(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;BU)\nApnInfoProviderId=\n"
    "ApnInfoUsername=\nApnInfoPassword=\nApnInfoAccessPoint=\nApnInfoAuthentication=1\n"
    "ApnInfoCompression=0\nDeviceComplianceEnabled=0\nDeviceComplianceSsoEnabled=0\n"
    "DeviceComplianceSsoEku=\nDeviceComplianceSsoIssuer=\nWebAuthEnabled=0\nWebAuthClientId=\n"
    "FlagsSet=0\nOptions=0\nDisableDefaultDnsSuffixes=0\nNumTrustedNetworks=0\n"
    "NumDnsSearchSuffixes=0\nPowershellCreatedProfile=0\nProxyFlags=0\nProxySettingsModified=0\n"
    "ProvisioningAuthority=\nAuthTypeOTP=0\nGREKeyDefined=0\nNumPerAppTrafficFilters=0\n"
    "AlwaysOnCapable=0\nDeviceTunnel=0\nPrivateNetwork=0\nManagementApp=\n"
    "\n"
    "NETCOMPONENTS=\nms_msclient=1\nms_server=1\n"
    "\n"
    "MEDIA=rastapi\nPort=VPN2-0\nDevice=WAN Miniport (IKEv2)\n"
    "\n"
    "DEVICE=vpn\nPhoneNumber=branch-%05u.vpn.example.com\nAreaCode=\nCountryCode=0\nCountryID=0\n"
    "UseDialingRules=0\nComment=\nFriendlyName=\nLastSelectedPhone=0\nPromoteAlternates=0\n"
    "TryNextAlternateOnFail=1\n"
    "\n";

#define ENTRY_MAX 8192u

static size_t print_entry(char *target, unsigned entry)
{
    char text[ENTRY_MAX], name[64];
    size_t used = 0;

    pbk_text_name(name, sizeof(name), entry);
    used += (size_t)snprintf(target, ENTRY_MAX, "[%s]\r\n", name);
    snprintf(text, sizeof(text), entry_lines, entry, entry, entry);
    for (const char *c = text; *c; c++) {
        if (*c == '\n') target[used++] = '\r';
        target[used++] = *c;
    }
    return used;
}

char *pbk_text(unsigned entries, size_t *ret_size)
{
    char *text = malloc((size_t)entries * ENTRY_MAX);
    size_t used = 0;

    if (!text) bench_die("out of memory");
    for (unsigned i = 0; i < entries; i++) used += print_entry(text + used, i);
    text[used] = 0;
    *ret_size = used;
    return text;
}

void pbk_text_name(char *target, size_t size, unsigned entry)
{
    snprintf(target, size, "Branch office %05u", entry);
}

void pbk_text_key(char *target, size_t size, unsigned key)
{
    const char *at = entry_lines;

    for (unsigned k = 0;; k++) {
        at += strspn(at, "\n");
        if (k == key) break;
        at += strcspn(at, "\n");
    }
    snprintf(target, size, "%.*s", (int)strcspn(at, "="), at);
}

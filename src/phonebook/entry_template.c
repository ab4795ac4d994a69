/* The keys of a full entry, in the order in which Windows 10 writes them.
 *
 * One table serves both purposes: a new entry is made of the keys with a value, and a key that an
 * entry lacks is put behind its predecessor here. Keys without a value appear only when set, or in
 * files of older versions. The date is 0 because the core has no clock; nothing reads it.
 */
#include "phonebook/entry_text.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
const struct known_key known_keys[] = {
    {PART_HEAD, "Encoding", "1"},
    {PART_HEAD, "PBVersion", "8"},
    {PART_HEAD, "Type", "2"},
    {PART_HEAD, "AutoLogon", "0"},
    {PART_HEAD, "UseRasCredentials", "1"},
    {PART_HEAD, "LowDateTime", "0"},
    {PART_HEAD, "HighDateTime", "0"},
    {PART_HEAD, "DialParamsUID", "0"},
    {PART_HEAD, "Guid", "00000000000000000000000000000000"},
    {PART_HEAD, "BaseProtocol", NULL},
    {PART_HEAD, "VpnStrategy", "0"},
    {PART_HEAD, "ExcludedProtocols", "0"},
    {PART_HEAD, "LcpExtensions", "1"},
    {PART_HEAD, "DataEncryption", "8"},
    {PART_HEAD, "SwCompression", "0"},
    {PART_HEAD, "NegotiateMultilinkAlways", "0"},
    {PART_HEAD, "SkipNwcWarning", NULL},
    {PART_HEAD, "SkipDownLevelDialog", NULL},
    {PART_HEAD, "SkipDoubleDialDialog", "0"},
    {PART_HEAD, "DialMode", "1"},
    {PART_HEAD, "DialPercent", NULL},
    {PART_HEAD, "DialSeconds", NULL},
    {PART_HEAD, "HangUpPercent", NULL},
    {PART_HEAD, "HangUpSeconds", NULL},
    {PART_HEAD, "OverridePref", "15"},
    {PART_HEAD, "RedialAttempts", "3"},
    {PART_HEAD, "RedialSeconds", "60"},
    {PART_HEAD, "IdleDisconnectSeconds", "0"},
    {PART_HEAD, "RedialOnLinkFailure", "0"},
    {PART_HEAD, "CallbackMode", "0"},
    {PART_HEAD, "CustomDialDll", ""},
    {PART_HEAD, "CustomDialFunc", ""},
    {PART_HEAD, "CustomRasDialDll", ""},
    {PART_HEAD, "ForceSecureCompartment", "0"},
    {PART_HEAD, "DisableIKENameEkuCheck", "0"},
    {PART_HEAD, "AuthenticateServer", "0"},
    {PART_HEAD, "ShareMsFilePrint", "1"},
    {PART_HEAD, "BindMsNetClient", "1"},
    {PART_HEAD, "SharedPhoneNumbers", "0"},
    {PART_HEAD, "GlobalDeviceSettings", "0"},
    {PART_HEAD, "PrerequisiteEntry", ""},
    {PART_HEAD, "PrerequisitePbk", ""},
    {PART_HEAD, "PreferredPort", ""},
    {PART_HEAD, "PreferredDevice", ""},
    {PART_HEAD, "PreferredBps", "0"},
    {PART_HEAD, "PreferredHwFlow", "1"},
    {PART_HEAD, "PreferredProtocol", "1"},
    {PART_HEAD, "PreferredCompression", "1"},
    {PART_HEAD, "PreferredSpeaker", "1"},
    {PART_HEAD, "PreferredMdmProtocol", "0"},
    {PART_HEAD, "PreviewUserPw", "1"},
    {PART_HEAD, "PreviewDomain", "1"},
    {PART_HEAD, "PreviewPhoneNumber", "0"},
    {PART_HEAD, "ShowDialingProgress", "1"},
    {PART_HEAD, "ShowMonitorIconInTaskBar", "1"},
    {PART_HEAD, "CustomAuthKey", "0"},
    {PART_HEAD, "CustomAuthData", NULL},
    {PART_HEAD, "AuthRestrictions", "0"},
    {PART_HEAD, "TypicalAuth", NULL},
    {PART_HEAD, "IpPrioritizeRemote", "1"},
    {PART_HEAD, "IpInterfaceMetric", "0"},
    {PART_HEAD, "IpHeaderCompression", "0"},
    {PART_HEAD, "IpAddress", "0.0.0.0"},
    {PART_HEAD, "IpDnsAddress", "0.0.0.0"},
    {PART_HEAD, "IpDns2Address", "0.0.0.0"},
    {PART_HEAD, "IpWinsAddress", "0.0.0.0"},
    {PART_HEAD, "IpWins2Address", "0.0.0.0"},
    {PART_HEAD, "IpAssign", "1"},
    {PART_HEAD, "IpNameAssign", "1"},
    {PART_HEAD, "IpFrameSize", NULL},
    {PART_HEAD, "IpDnsFlags", "0"},
    {PART_HEAD, "IpNBTFlags", "1"},
    {PART_HEAD, "TcpWindowSize", "0"},
    {PART_HEAD, "UseFlags", "2"},
    {PART_HEAD, "IpSecFlags", "0"},
    {PART_HEAD, "IpDnsSuffix", ""},
    {PART_HEAD, "Ipv6Assign", "1"},
    {PART_HEAD, "Ipv6Address", "::"},
    {PART_HEAD, "Ipv6PrefixLength", "0"},
    {PART_HEAD, "Ipv6PrioritizeRemote", "1"},
    {PART_HEAD, "Ipv6InterfaceMetric", "0"},
    {PART_HEAD, "Ipv6NameAssign", "1"},
    {PART_HEAD, "Ipv6DnsAddress", "::"},
    {PART_HEAD, "Ipv6Dns2Address", "::"},
    {PART_HEAD, "Ipv6Prefix", "0000000000000000"},
    {PART_HEAD, "Ipv6InterfaceId", "0000000000000000"},
    {PART_HEAD, "DisableClassBasedDefaultRoute", "0"},
    {PART_HEAD, "DisableMobility", "0"},
    {PART_HEAD, "NetworkOutageTime", "0"},
    {PART_HEAD, "IDI", ""},
    {PART_HEAD, "IDR", ""},
    {PART_HEAD, "ImsConfig", "0"},
    {PART_HEAD, "IdiType", "0"},
    {PART_HEAD, "IdrType", "0"},
    {PART_HEAD, "ProvisionType", "0"},
    {PART_HEAD, "PreSharedKey", ""},
    {PART_HEAD, "CacheCredentials", "1"},
    {PART_HEAD, "NumCustomPolicy", "0"},
    {PART_HEAD, "NumEku", "0"},
    {PART_HEAD, "UseMachineRootCert", "0"},
    {PART_HEAD, "Disable_IKEv2_Fragmentation", "0"},
    {PART_HEAD, "PlumbIKEv2TSAsRoutes", "0"},
    {PART_HEAD, "NumServers", "0"},
    {PART_HEAD, "RouteVersion", "1"},
    {PART_HEAD, "NumRoutes", "0"},
    {PART_HEAD, "NumNrptRules", "0"},
    {PART_HEAD, "AutoTiggerCapable", "0"},
    {PART_HEAD, "NumAppIds", "0"},
    {PART_HEAD, "NumClassicAppIds", "0"},
    {PART_HEAD, "SecurityDescriptor", ""},
    {PART_HEAD, "ApnInfoProviderId", ""},
    {PART_HEAD, "ApnInfoUsername", ""},
    {PART_HEAD, "ApnInfoPassword", ""},
    {PART_HEAD, "ApnInfoAccessPoint", ""},
    {PART_HEAD, "ApnInfoAuthentication", "1"},
    {PART_HEAD, "ApnInfoCompression", "0"},
    {PART_HEAD, "DeviceComplianceEnabled", "0"},
    {PART_HEAD, "DeviceComplianceSsoEnabled", "0"},
    {PART_HEAD, "DeviceComplianceSsoEku", ""},
    {PART_HEAD, "DeviceComplianceSsoIssuer", ""},
    {PART_HEAD, "FlagsSet", "0"},
    {PART_HEAD, "Options", "0"},
    {PART_HEAD, "DisableDefaultDnsSuffixes", "0"},
    {PART_HEAD, "NumTrustedNetworks", "0"},
    {PART_HEAD, "NumDnsSearchSuffixes", "0"},
    {PART_HEAD, "PowershellCreatedProfile", "0"},
    {PART_HEAD, "ProxyFlags", "0"},
    {PART_HEAD, "ProxySettingsModified", "0"},
    {PART_HEAD, "ProvisioningAuthority", ""},
    {PART_HEAD, "AuthTypeOTP", "0"},
    {PART_HEAD, "GREKeyDefined", "0"},
    {PART_HEAD, "NumPerAppTrafficFilters", "0"},
    {PART_HEAD, "AlwaysOnCapable", "0"},
    {PART_HEAD, "DeviceTunnel", "0"},
    {PART_HEAD, "PrivateNetwork", "0"},
    {PART_HEAD, "ManagementApp", ""},
    {PART_HEAD, "RouterOptions", NULL},
    {PART_NET, "NETCOMPONENTS", ""},
    {PART_NET, "ms_msclient", "1"},
    {PART_NET, "ms_server", "1"},
    {PART_MEDIA, "MEDIA", "rastapi"},
    {PART_MEDIA, "Port", ""},
    {PART_MEDIA, "Device", ""},
    {PART_MEDIA, "ConnectBPS", NULL},
    {PART_DEVICE, "DEVICE", "vpn"},
    {PART_DEVICE, "Terminal", NULL},
    {PART_DEVICE, "Name", NULL},
    {PART_DEVICE, "Script", NULL},
    {PART_DEVICE, "X25Pad", NULL},
    {PART_DEVICE, "X25Address", NULL},
    {PART_DEVICE, "UserData", NULL},
    {PART_DEVICE, "Facilities", NULL},
    {PART_DEVICE, "PhoneNumber", ""},
    {PART_DEVICE, "AreaCode", ""},
    {PART_DEVICE, "CountryCode", "0"},
    {PART_DEVICE, "CountryID", "0"},
    {PART_DEVICE, "UseDialingRules", "0"},
    {PART_DEVICE, "Comment", ""},
    {PART_DEVICE, "FriendlyName", ""},
    {PART_DEVICE, "LastSelectedPhone", "0"},
    {PART_DEVICE, "PromoteAlternates", "0"},
    {PART_DEVICE, "TryNextAlternateOnFail", "1"},
    {PART_DEVICE, "HwFlowControl", NULL},
    {PART_DEVICE, "Protocol", NULL},
    {PART_DEVICE, "Compression", NULL},
    {PART_DEVICE, "Speaker", NULL},
    {PART_DEVICE, "MdmProtocol", NULL},
    {PART_DEVICE, "LineType", NULL},
    {PART_DEVICE, "Fallback", NULL},
    {PART_DEVICE, "EnableCompression", NULL},
    {PART_DEVICE, "ChannelAggregation", NULL},
    {PART_DEVICE, "Proprietary", NULL},
};
/* clang-format on */
const size_t known_key_count = sizeof(known_keys) / sizeof(known_keys[0]);

/* Writes the text, or only counts (w without memory): returns its size. */
static size_t write_template(struct writer *w, const char *name, const char *uid, const char *eol)
{
    enum part part = PART_HEAD;
    const char *header[] = {"[", name, "]", eol};
    size_t size = 0;

    for (size_t i = 0; i < 4; i++) {
        wr_bytes(w, header[i], strlen(header[i]));
        size += strlen(header[i]);
    }
    for (size_t i = 0; i < known_key_count; i++) {
        const struct known_key *k = &known_keys[i];
        const char *value = strcmp(k->key, "DialParamsUID") ? k->value : uid;
        const char *pieces[] = {k->part == part ? "" : eol, k->key, "=", value, eol};

        if (!value) continue;
        part = k->part;
        for (size_t j = 0; j < 5; j++) {
            wr_bytes(w, pieces[j], strlen(pieces[j]));
            size += strlen(pieces[j]);
        }
    }
    wr_bytes(w, eol, strlen(eol));
    return size + strlen(eol);
}

mpr_status entry_text_template(const char *name, uint32_t uid, const char *eol, struct blob *ret)
{
    char uid_text[11];
    struct writer w;

    snprintf(uid_text, sizeof(uid_text), "%lu", (unsigned long)uid);
    writer_init(&w, NULL, 0);
    *ret = (struct blob){NULL, write_template(&w, name, uid_text, eol)};
    ret->data = mem_alloc(ret->size);
    if (!ret->data) {
        ret->size = 0;
        return ST_NOT_ENOUGH_MEMORY;
    }
    writer_init(&w, ret->data, ret->size);
    write_template(&w, name, uid_text, eol);
    return ST_OK;
}

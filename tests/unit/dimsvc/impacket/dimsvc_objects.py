"""The objects with a revision of dimsvc's newer methods (MS-RRASM 2.2.1.2.267 and the following,
Appendix A), encapsulated unions all of them."""
from dimsvc_types import BOOL, CERT_BLOB_1, DWORD, ENUM, MPRAPI_OBJECT_HEADER_IDL, \
    PROUTER_CUSTOM_IKEv2_POLICY_0, TUNNELS, UCHAR, ULONG, ULONG64, UNION, USHORT, NDRPOINTER, \
    NDRSTRUCT, NDRUniConformantArray, octets, units

HEADER = (('Header', MPRAPI_OBJECT_HEADER_IDL),)


def members(kind, *names):
    return tuple((name, kind) for name in names)


# --- server ---

def server(revision):
    return type('MPR_SERVER_EX_%d' % revision, (NDRSTRUCT,), {
        'structure': HEADER + (('fLanOnlyMode', BOOL),)
        + members(DWORD, 'dwUpTime', 'dwTotalPorts', 'dwPortsInUse', 'Reserved')
        + (('ConfigParams', TUNNELS[revision]),)})


class MPR_SERVER_EX_IDL(UNION):
    union = {r: ('ServerConfig%d' % r, server(r)) for r in (1, 2, 3)}


def server_set(revision):
    return type('MPR_SERVER_SET_CONFIG_EX_%d' % revision, (NDRSTRUCT,), {
        'structure': HEADER + (('setConfigForProtocols', DWORD),
                               ('ConfigParams', TUNNELS[revision]))})


class MPR_SERVER_SET_CONFIG_EX_IDL(UNION):
    union = {r: ('ServerSetConfig%d' % r, server_set(r)) for r in (1, 2, 3)}


# --- interface ---

class ROUTER_IKEv2_IF_CUSTOM_CONFIG_0(NDRSTRUCT):
    structure = members(DWORD, 'dwSaLifeTime', 'dwSaDataSize') + (
        ('certificateName', CERT_BLOB_1), ('customPolicy', PROUTER_CUSTOM_IKEv2_POLICY_0))


class ROUTER_IKEv2_IF_CUSTOM_CONFIG_1(NDRSTRUCT):
    structure = ROUTER_IKEv2_IF_CUSTOM_CONFIG_0.structure + (('certificateHash', CERT_BLOB_1),)


class MPR_IF_CUSTOMINFOEX_0(NDRSTRUCT):
    structure = HEADER + (('dwFlags', DWORD),
                          ('customIkev2Config', ROUTER_IKEv2_IF_CUSTOM_CONFIG_0))


class MPR_IF_CUSTOMINFOEX_1(NDRSTRUCT):
    structure = HEADER + (('dwFlags', DWORD),
                          ('customIkev2Config', ROUTER_IKEv2_IF_CUSTOM_CONFIG_1))


class MPR_IF_CUSTOMINFOEX_IDL(UNION):
    union = {1: ('IfConfigObj1', MPR_IF_CUSTOMINFOEX_0), 2: ('IfConfigObj2', MPR_IF_CUSTOMINFOEX_1)}


# --- connections ---

class GUID(NDRSTRUCT):
    structure = (('Data1', DWORD), ('Data2', USHORT), ('Data3', USHORT), ('Data4', octets(8)))


class FILETIME(NDRSTRUCT):
    structure = members(DWORD, 'dwLowDateTime', 'dwHighDateTime')


ADDRESSES = (('wszAddress', units(16)), ('wszRemoteAddress', units(16)))
IPV6 = (('dwIPv6NegotiationError', DWORD), ('bInterfaceIdentifier', octets(8)),
        ('bRemoteInterfaceIdentifier', octets(8)), ('bPrefix', octets(8)),
        ('dwPrefixLength', DWORD), ('IPv6SubInterfaceIndex', ULONG64))


class PPP_PROJECTION_INFO_1(NDRSTRUCT):
    structure = (('dwIPv4NegotiationError', DWORD),) + ADDRESSES \
        + members(DWORD, 'dwIPv4Options', 'dwIPv4RemoteOptions') \
        + (('IPv4SubInterfaceIndex', ULONG64),) + IPV6 \
        + members(DWORD, 'dwLcpError', 'dwAuthenticationProtocol', 'dwAuthenticationData',
                  'dwRemoteAuthenticationProtocol', 'dwRemoteAuthenticationData',
                  'dwLcpTerminateReason', 'dwLcpRemoteTerminateReason', 'dwLcpOptions',
                  'dwLcpRemoteOptions', 'dwEapTypeId', 'dwRemoteEapTypeId', 'dwCcpError',
                  'dwCompressionAlgorithm', 'dwCcpOptions', 'dwRemoteCompressionAlgorithm',
                  'dwCcpRemoteOptions')


class IKEV2_PROJECTION_INFO_1(NDRSTRUCT):
    structure = (('dwIPv4NegotiationError', DWORD),) + ADDRESSES \
        + (('IPv4SubInterfaceIndex', ULONG64),) + IPV6 \
        + members(DWORD, 'dwOptions', 'dwAuthenticationProtocol', 'dwEapTypeId',
                  'dwCompressionAlgorithm', 'dwEncryptionMethod')


class PROJECTION_INFO_IDL_1(UNION):
    union = {1: ('PppProjectionInfo', PPP_PROJECTION_INFO_1),
             2: ('Ikev2ProjectionInfo', IKEV2_PROJECTION_INFO_1)}


class RAS_CONNECTION_EX_1_IDL(NDRSTRUCT):
    structure = HEADER + (
        ('dwConnectDuration', DWORD), ('dwInterfaceType', ENUM), ('dwConnectionFlags', DWORD),
        ('wszInterfaceName', units(257)), ('wszUserName', units(257)),
        ('wszLogonDomain', units(16)), ('wszRemoteComputer', units(17)),
        ('guid', GUID), ('rasQuarState', ENUM), ('probationTime', FILETIME)) \
        + members(DWORD, 'dwBytesXmited', 'dwBytesRcved', 'dwFramesXmited', 'dwFramesRcved',
                  'dwCrcErr', 'dwTimeoutErr', 'dwAlignmentErr', 'dwHardwareOverrunErr',
                  'dwFramingErr', 'dwBufferOverrunErr', 'dwCompressionRatioIn',
                  'dwCompressionRatioOut', 'dwNumSwitchOvers') \
        + (('wszRemoteEndpointAddress', units(65)), ('wszLocalEndpointAddress', units(65)),
           ('ProjectionInfo', PROJECTION_INFO_IDL_1), ('hConnection', ULONG),
           ('hInterface', ULONG))

    def getAlignment(self):
        """Of the largest member (C706 14.3.2), a ULONG64 of the arms.

        impacket: it takes a union's discriminant only into account."""
        return 8


class RAS_CONNECTION_EX_IDL(UNION):
    union = {1: ('RasConnection1', RAS_CONNECTION_EX_1_IDL)}


class RAS_CONNECTION_EX_IDL_ARRAY(NDRUniConformantArray):
    item = RAS_CONNECTION_EX_IDL


class PRAS_CONNECTION_EX_IDL_ARRAY(NDRPOINTER):
    referent = (('Data', RAS_CONNECTION_EX_IDL_ARRAY),)


class RAS_UPDATE_CONNECTION_1_IDL(NDRSTRUCT):
    structure = HEADER + (('dwIfIndex', DWORD), ('wszRemoteEndpointAddress', units(65)))


class RAS_UPDATE_CONNECTION_IDL(UNION):
    union = {1: ('UpdateConnection1', RAS_UPDATE_CONNECTION_1_IDL)}

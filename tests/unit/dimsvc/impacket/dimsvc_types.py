"""The types of dimsvc's parameters as impacket's NDR classes, written from MS-RRASM 2.2.1.2.1 to 3,
2.2.1.2.267 and the following, and Appendix A. Names are those of the specification; the discriminant
of a union is impacket's 'tag'.

A structure says in `counts` which of its members has the number of elements of which pointer
(size_is); who fills a structure sets both.

Where impacket 0.10 does not do what C706 chapter 14 says, the class here says so ("impacket:").
"""
from struct import calcsize

from impacket.dcerpc.v5.dtypes import BOOL, DWORD, LPDWORD, NULL, UCHAR, ULONG, USHORT, WSTR
from impacket.dcerpc.v5.ndr import NDR, NDRPOINTER, NDRSTRUCT, NDRUHYPER, NDRUNION, \
    NDRUniConformantArray

ULONG64 = NDRUHYPER
ULONG_PTR = DWORD  # __int3264: 4 octets in NDR 2.0 (MS-RPCE 2.2.4.1.1)
ENUM = USHORT      # an enumeration without v1_enum has 16 bits (C706 14.2.5.1)


class FIXED(NDR):
    """An array of a fixed number of octets, without a count (C706 14.3.3.1).

    impacket: the format '16s' would be aligned to 16, as if it were a number (14.2.2)."""
    size = 0
    align = 1
    structure = (('Data', ':'),)

    def getData(self, soFar=0):
        pad = -soFar % self.align
        return b'\xbf' * pad + self.fields['Data'].ljust(self.size, b'\0')

    def fromString(self, data, offset=0):
        start = offset + -offset % self.align
        self.fields['Data'] = bytes(data[start:start + self.size])
        if len(self.fields['Data']) != self.size:
            raise ValueError('%d octets are missing' % (self.size - len(self.fields['Data'])))
        return start + self.size - offset


def octets(size):
    """UCHAR[size]"""
    return type('UCHAR_%d' % size, (FIXED,), {'size': size})


def units(count):
    """WCHAR[count]; 'Data' is its octets."""
    return type('WCHAR_%d' % count, (FIXED,), {'size': 2 * count, 'align': 2})


class TEXT(WSTR):
    """[string] wchar_t: 'Data' is a str without the terminator, which is sent (C706 14.3.4.2).

    impacket: WSTR leaves the terminator to the caller, refuses unpaired surrogates, and takes a text
    that ends too early."""

    def __init__(self, data=None, isNDR64=False):
        WSTR.__init__(self, None, isNDR64)
        self['Data'] = ''
        if data is not None:
            self.fromString(data)

    def fromString(self, data, offset=0):
        size = WSTR.fromString(self, data, offset)
        text = self.fields['Data']
        if self['Offset'] != 0 or len(text) != 2 * self['ActualCount'] or text[-2:] != b'\0\0' \
                or self['MaximumCount'] < self['ActualCount']:
            raise ValueError('a [string] is not whole')
        return size

    def __setitem__(self, key, value):
        if key != 'Data':
            return WSTR.__setitem__(self, key, value)
        self.fields['Data'] = (value + '\0').encode('utf-16le', 'surrogatepass')
        self.fields['MaximumCount'] = None
        self.fields['ActualCount'] = None

    def __getitem__(self, key):
        if key != 'Data':
            return WSTR.__getitem__(self, key)
        return self.fields['Data'].decode('utf-16le', 'surrogatepass')[:-1]


class PTEXT(NDRPOINTER):
    """[string] LPWSTR where it may be NULL"""
    referent = (('Data', TEXT),)


class PLAIN_ARRAY(NDRUniConformantArray):
    """[size_is] numbers; 'Data' is their octets.

    impacket: an array that ends too early is read without complaint, one element at a time."""

    def pack(self, fieldName, fieldTypeOrClass, soFar=0):
        self.setArraySize(len(self.fields['Data']) // calcsize(self.item))
        return bytes(self.fields['Data'])

    def unpack(self, fieldName, fieldTypeOrClass, data, offset=0):
        size = self.getArraySize() * calcsize(self.item)
        self.fields['Data'] = bytes(data[offset:offset + size])
        if len(self.fields['Data']) != size:
            raise ValueError('%d octets are missing' % (size - len(self.fields['Data'])))
        return size


class BYTES(PLAIN_ARRAY):
    item = 'B'


class UNITS(PLAIN_ARRAY):
    item = '<H'


class PBYTES(NDRPOINTER):
    referent = (('Data', BYTES),)


class PUNITS(NDRPOINTER):
    referent = (('Data', UNITS),)


class UNION(NDRUNION):
    """An encapsulated union with a UCHAR discriminant (C706 14.3.8): the arm follows at its own
    alignment, which all arms of a union here have in common.

    impacket: it moves to a multiple of 4 behind the discriminant unless there is a notAlign.

    The discriminant itself comes without a gap. By the letter of C706 14.3.2 (rule 4) the union as a
    whole would be aligned as its largest arm, but implementations do that in NDR64 only (MS-RPCE
    2.2.5.3.4.4), and so does impacket."""
    commonHdr = (('tag', UCHAR),)
    notAlign = True


# --- containers, MS-RRASM 2.2.1.2.1 to 3 ---

class DIM_INFORMATION_CONTAINER(NDRSTRUCT):
    counts = {'pBuffer': 'dwBufferSize'}
    structure = (('dwBufferSize', DWORD), ('pBuffer', PBYTES))


class DIM_INTERFACE_CONTAINER(NDRSTRUCT):
    counts = {'pInterfaceInfo': 'dwInterfaceInfoSize', 'pGlobalInfo': 'dwGlobalInfoSize'}
    structure = (('fGetInterfaceInfo', DWORD), ('dwInterfaceInfoSize', DWORD),
                 ('pInterfaceInfo', PBYTES), ('fGetGlobalInfo', DWORD),
                 ('dwGlobalInfoSize', DWORD), ('pGlobalInfo', PBYTES))


class DIM_MIB_ENTRY_CONTAINER(NDRSTRUCT):
    counts = {'pMibInEntry': 'dwMibInEntrySize', 'pMibOutEntry': 'dwMibOutEntrySize'}
    structure = (('dwMibInEntrySize', DWORD), ('pMibInEntry', PBYTES),
                 ('dwMibOutEntrySize', DWORD), ('pMibOutEntry', PBYTES))


class MPRAPI_OBJECT_HEADER_IDL(NDRSTRUCT):
    structure = (('revision', UCHAR), ('type', UCHAR), ('size', USHORT))


# --- parts of the server's and the interface's configuration ---

class CERT_BLOB_1(NDRSTRUCT):
    counts = {'pbData': 'cbData'}
    structure = (('cbData', DWORD), ('pbData', PBYTES))


class CERT_BLOB_1_ARRAY(NDRUniConformantArray):
    item = CERT_BLOB_1


class PCERT_BLOB_1_ARRAY(NDRPOINTER):
    referent = (('Data', CERT_BLOB_1_ARRAY),)


class CERT_EKU_1(NDRSTRUCT):
    counts = {'pwszEKU': 'dwSize'}  # units
    structure = (('dwSize', DWORD), ('IsEKUOID', BOOL), ('pwszEKU', PUNITS))


class CERT_EKU_1_ARRAY(NDRUniConformantArray):
    item = CERT_EKU_1


class PCERT_EKU_1_ARRAY(NDRPOINTER):
    referent = (('Data', CERT_EKU_1_ARRAY),)


class ROUTER_CUSTOM_IKEv2_POLICY_0(NDRSTRUCT):
    structure = (('dwIntegrityMethod', DWORD), ('dwEncryptionMethod', DWORD),
                 ('dwCipherTransformConstant', DWORD), ('dwAuthTransformConstant', DWORD),
                 ('dwPfsGroup', DWORD), ('dwDhGroup', DWORD))


class PROUTER_CUSTOM_IKEv2_POLICY_0(NDRPOINTER):
    referent = (('Data', ROUTER_CUSTOM_IKEv2_POLICY_0),)


# The one for L2TP has the same members.
PROUTER_CUSTOM_L2TP_POLICY_0 = PROUTER_CUSTOM_IKEv2_POLICY_0


class IKEV2_TUNNEL_CONFIG_PARAMS_1(NDRSTRUCT):
    counts = {'certificateNames': 'dwTotalCertificates'}
    structure = (('dwIdleTimeout', DWORD), ('dwNetworkBlackoutTime', DWORD),
                 ('dwSaLifeTime', DWORD), ('dwSaDataSizeForRenegotiation', DWORD),
                 ('dwConfigOptions', DWORD), ('dwTotalCertificates', DWORD),
                 ('certificateNames', PCERT_BLOB_1_ARRAY))


class IKEV2_TUNNEL_CONFIG_PARAMS_2(NDRSTRUCT):
    counts = IKEV2_TUNNEL_CONFIG_PARAMS_1.counts
    structure = IKEV2_TUNNEL_CONFIG_PARAMS_1.structure + (
        ('machineCertificateName', CERT_BLOB_1), ('dwEncryptionType', DWORD),
        ('customPolicy', PROUTER_CUSTOM_IKEv2_POLICY_0))


class IKEV2_TUNNEL_CONFIG_PARAMS_3(NDRSTRUCT):
    counts = {'certificateNames': 'dwTotalCertificates', 'certificateEKUs': 'dwTotalEkus'}
    structure = IKEV2_TUNNEL_CONFIG_PARAMS_2.structure + (
        ('dwTotalEkus', DWORD), ('certificateEKUs', PCERT_EKU_1_ARRAY),
        ('machineCertificateHash', CERT_BLOB_1))


class L2TP_TUNNEL_CONFIG_PARAMS_1(NDRSTRUCT):
    structure = (('dwIdleTimeout', DWORD), ('dwEncryptionType', DWORD), ('dwSaLifeTime', DWORD),
                 ('dwSaDataSizeForRenegotiation', DWORD),
                 ('customPolicy', PROUTER_CUSTOM_L2TP_POLICY_0))


PORTS = (('dwNumPorts', DWORD), ('dwPortFlags', DWORD))


def ports_and(name, *members):
    """A structure that begins with the number of ports and their flags."""
    return type(name, (NDRSTRUCT,), {'structure': PORTS + members})


FLAGS = ('dwTunnelConfigParamFlags', DWORD)
IKEV2_CONFIG_PARAMS_1 = ports_and('IKEV2_CONFIG_PARAMS_1', FLAGS,
                                  ('TunnelConfigParams', IKEV2_TUNNEL_CONFIG_PARAMS_1))
IKEV2_CONFIG_PARAMS_2 = ports_and('IKEV2_CONFIG_PARAMS_2', FLAGS,
                                  ('TunnelConfigParams', IKEV2_TUNNEL_CONFIG_PARAMS_2))
IKEV2_CONFIG_PARAMS_3 = ports_and('IKEV2_CONFIG_PARAMS_3', FLAGS,
                                  ('TunnelConfigParams', IKEV2_TUNNEL_CONFIG_PARAMS_3))
PPTP_CONFIG_PARAMS_1 = ports_and('PPTP_CONFIG_PARAMS_1')
L2TP_CONFIG_PARAMS_1 = ports_and('L2TP_CONFIG_PARAMS_1')
L2TP_CONFIG_PARAMS_2 = ports_and('L2TP_CONFIG_PARAMS_2', FLAGS,
                                 ('TunnelConfigParams', L2TP_TUNNEL_CONFIG_PARAMS_1))


class SSTP_CERT_INFO_1(NDRSTRUCT):
    structure = (('isDefault', BOOL), ('certBlob', CERT_BLOB_1))


SSTP_CONFIG_PARAMS_1 = ports_and('SSTP_CONFIG_PARAMS_1', ('isUseHttps', BOOL),
                                 ('certAlgorithm', DWORD), ('sstpCertDetails', SSTP_CERT_INFO_1))


def tunnels(revision, ikev2, l2tp):
    """MPRAPI_TUNNEL_CONFIG_PARAMS_1 to _3"""
    return type('MPRAPI_TUNNEL_CONFIG_PARAMS_%d' % revision, (NDRSTRUCT,), {
        'structure': (('IkeConfigParams', ikev2), ('PptpConfigParams', PPTP_CONFIG_PARAMS_1),
                      ('L2tpConfigParams', l2tp), ('SstpConfigParams', SSTP_CONFIG_PARAMS_1))})


TUNNELS = {1: tunnels(1, IKEV2_CONFIG_PARAMS_1, L2TP_CONFIG_PARAMS_1),
           2: tunnels(2, IKEV2_CONFIG_PARAMS_2, L2TP_CONFIG_PARAMS_1),
           3: tunnels(3, IKEV2_CONFIG_PARAMS_3, L2TP_CONFIG_PARAMS_2)}

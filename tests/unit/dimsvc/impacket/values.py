"""Values for the calls of dimsvc_ndr.py, and what echo.c has to say about them."""
import random
from struct import calcsize

from dimsvc_types import BOOL, FIXED, NULL, PLAIN_ARRAY, TEXT, UCHAR, ULONG64, UNION, USHORT, \
    NDRPOINTER, NDRUniConformantArray
from impacket.dcerpc.v5.ndr import NDRCONSTRUCTEDTYPE, NDRPOINTERNULL

BITS = {UCHAR: 8, USHORT: 16, BOOL: 32, ULONG64: 64}
LENGTHS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 255, 256, 299, 300]
LONG = [4093, 70001]
MOST_ELEMENTS = {'RAS_CONNECTION_EX_IDL_ARRAY': 3}

# Parameters for which src/dimsvc has one member of struct dim_arguments
SAME = {'hRasConnection': 'hDimConnection', 'phInterface': 'hInterface', 'dwPid': 'dwTransportId',
        'dwCallersProcessId': 'dwClientProcessId', 'hEventNotification': 'hEvent',
        'dwPreferedMaxLen': 'dwPreferedMaximumLength', 'lpdNumTotalElements': 'lpdwTotalEntries',
        'pInfoStuct': 'pInfoStruct', 'lpwsInterfaceName': 'text0', 'lpwszMessage': 'text0',
        'lpwsTransportName': 'text0', 'lpwsDLLPath': 'text1', 'lpwsUserName': 'text1',
        'lpwsDomainName': 'text2', 'lpwsPassword': 'text3'}


def is_null(item):
    return isinstance(item, NDRPOINTERNULL) or item.fields['ReferentID'] == 0


def target(pointer):
    return pointer.fields['Data']


class Filler:
    """Fills calls; the same seed gives the same values."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seen = set()

    def filled(self, cls):
        ret = cls()
        self.fill(ret)
        return ret

    def fill(self, item):
        if isinstance(item, UNION):
            self.union(item)
        elif isinstance(item, TEXT):
            self.text(item)
        elif isinstance(item, FIXED):
            item.fields['Data'] = self.fixed(item)
        elif isinstance(item, PLAIN_ARRAY):
            self.plain_array(item)
        elif isinstance(item, NDRUniConformantArray):
            self.array(item)
        elif isinstance(item, NDRCONSTRUCTEDTYPE):
            self.members(item)
        else:
            item['Data'] = self.number(BITS[type(item)])

    def number(self, bits):
        edges = [0, 1, 2 ** bits - 1, 2 ** (bits - 1)]
        return self.random.choice(edges + [self.random.getrandbits(bits) for _ in range(8)])

    def union(self, item):
        tag = self.random.choice(sorted(item.union))
        self.seen.add((type(item).__name__, tag))
        item['tag'] = tag
        self.fill(item.fields[item.structure[0][0]])

    def text(self, item):
        length = self.random.choice(LENGTHS)
        octets = b''.join(self.random.randint(1, 0xffff).to_bytes(2, 'little')
                          for _ in range(length))
        self.seen.add(('text', length))
        item['Data'] = octets.decode('utf-16le', 'surrogatepass')

    def fixed(self, item):
        used = self.random.choice([0, item.size, self.random.randint(0, item.size)])
        return self.random.randbytes(used).ljust(item.size, b'\0')

    def plain_array(self, item):
        length = self.random.choice(LONG if self.random.random() < 0.02 else LENGTHS)
        self.seen.add((type(item).__name__, length))
        item['Data'] = self.random.randbytes(length * calcsize(item.item))

    def array(self, item):
        name = type(item).__name__
        count = self.random.randint(0, MOST_ELEMENTS.get(name, 5))
        self.seen.add((name, count))
        item['Data'] = [item.item() for _ in range(count)]
        for element in item.fields['Data']:
            self.fill(element)

    def members(self, item):
        for name, _ in item.structure:
            member = item.fields[name]
            if isinstance(member, NDRPOINTER):
                self.pointer(item, name)
            else:
                self.fill(member)
        for name, count in getattr(item, 'counts', {}).items():
            item[count] = self.count(item.fields[name])

    def pointer(self, item, name):
        null = self.random.random() < 0.3
        self.seen.add((type(item.fields[name]).__name__, 'NULL' if null else 'not NULL'))
        if null:
            item[name] = NULL
            return
        item.fields[name].fields['ReferentID'] = self.random.randint(1, 0xffffffff)
        self.fill(target(item.fields[name]))

    def count(self, pointer):
        """A count beside a pointer that is NULL may be anything."""
        if is_null(pointer):
            return self.random.choice([0, 0, 5])
        return elements(target(pointer))


def elements(array):
    width = calcsize(array.item) if isinstance(array, PLAIN_ARRAY) else 1
    return len(array.fields['Data']) // width


def wanted():
    """What has to be among the values for a run to say something."""
    kinds = {(name, tag) for name in ('MPR_SERVER_EX_IDL', 'MPR_SERVER_SET_CONFIG_EX_IDL')
             for tag in (1, 2, 3)}
    kinds |= {(name, tag) for name in ('MPR_IF_CUSTOMINFOEX_IDL', 'PROJECTION_INFO_IDL_1')
              for tag in (1, 2)}
    kinds |= {(name, count) for name in ('CERT_BLOB_1_ARRAY', 'CERT_EKU_1_ARRAY')
              for count in range(6)}
    kinds |= {('RAS_CONNECTION_EX_IDL_ARRAY', count) for count in range(4)}
    kinds |= {('text', 0), ('text', 300), ('BYTES', 0), ('BYTES', 300), ('BYTES', 70001)}
    return kinds | {(name, null) for null in ('NULL', 'not NULL')
                    for name in ('PBYTES', 'PUNITS', 'PTEXT', 'LPDWORD', 'PCERT_BLOB_1_ARRAY',
                                 'PCERT_EKU_1_ARRAY', 'PROUTER_CUSTOM_IKEv2_POLICY_0',
                                 'PRAS_CONNECTION_EX_IDL_ARRAY')}


def described(call):
    """The call's values by name, as echo.c writes them."""
    ret = {}
    describe_members(call, '', ret)
    return ret


def describe(item, name, ret):
    if isinstance(item, UNION):
        ret[name + '.tag'] = str(item['tag'])
        describe_members(item.fields[item.structure[0][0]], name + '.', ret)
    elif isinstance(item, TEXT):
        ret[name] = item.fields['Data'][:-2].hex()
    elif isinstance(item, (FIXED, PLAIN_ARRAY)):
        ret[name] = bytes(item.fields['Data']).hex()
    elif isinstance(item, NDRUniConformantArray):
        ret[name] = str(len(item.fields['Data']))
        for i, element in enumerate(item.fields['Data']):
            describe(element, '%s.%d' % (name, i), ret)
    elif isinstance(item, NDRCONSTRUCTEDTYPE):
        describe_members(item, name + '.', ret)
    else:
        ret[name] = str(item['Data'])


def describe_members(item, above, ret):
    for name, _ in item.structure:
        describe_member(item.fields[name], above + (SAME.get(name, name) if not above else name),
                        ret)
    # src/dimsvc reads a count within a structure as 0 when its pointer is NULL (ndr.h); one that is a
    # parameter itself stays what it was (arguments.h).
    for name, count in getattr(item, 'counts', {}).items():
        if above and is_null(item.fields[name]):
            ret[above + count] = '0'


def describe_member(member, name, ret):
    if isinstance(member, (NDRPOINTER, NDRPOINTERNULL)):
        if is_null(member):
            ret[name] = '-'
        else:
            describe(target(member), name, ret)
    else:
        describe(member, name, ret)

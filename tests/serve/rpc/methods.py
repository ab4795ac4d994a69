#!/usr/bin/python3
"""methods.py IMPACKET_FOLDER WRAPPER ARCHITECTURE PROGRAM: all 53 methods of dimsvc by an
independent client, impacket over TCP, of a router that runs under Wine; what they answer is what the
API says in the router's process (local.json), and so is what another process gets that uses the API
by RPC (tcp.json, local-rpc.json, pipe-rpc.json).

\\PIPE\\ROUTER is not called from here: a client outside of Wine needs SMB for that, which Wine does
not serve. tests/win32/carrier calls it within Wine.
"""
import struct
import sys

try:
    from impacket.dcerpc.v5 import rpcrt, transport
except ImportError:
    print('SKIP: python3-impacket is not installed')
    sys.exit(77)

sys.path.insert(0, sys.argv[1])
import dimsvc_ndr as dimsvc  # noqa: E402
from dimsvc_types import NULL, PBYTES  # noqa: E402
from wine_router import Router  # noqa: E402

PID_IP = 0x21
IP_ADDRTABLE = 4
ALL = 0xffffffff
called = set()


def fail(what):
    sys.exit('FAILED: ' + what)


def same(what, got, expected):
    if got != expected:
        fail('%s: %r, and not %r' % (what, got, expected))


def zeroed(call):
    """NULL pointers, numbers 0, empty texts, containers without octets, objects of revision 1."""
    for name, kind in call.structure:
        if kind in (dimsvc.INFORMATION, dimsvc.INTERFACE, dimsvc.MIB):
            for member, _ in kind.structure:
                call[name][member] = NULL if member.startswith('p') else 0
        elif kind is dimsvc.LPDWORD:
            call[name] = 0
        elif kind is dimsvc.TEXT:
            call[name] = ''
    return call


class Client:
    def __init__(self, port):
        binding = 'ncacn_ip_tcp:127.0.0.1[%d]' % port
        self.dce = transport.DCERPCTransportFactory(binding).get_dce_rpc()
        self.dce.connect()
        self.dce.bind(dimsvc.MSRPC_UUID_DIMSVC)

    def call(self, opnum, prepare=None, **members):
        """The response; prepare(request) does what members can't."""
        request = zeroed(dimsvc.CALLS[opnum][0]())
        for name, value in members.items():
            request[name] = value
        if prepare:
            prepare(request)
        called.add(opnum)
        return self.dce.request(request, checkError=False)

    def result(self, opnum, expected, prepare=None, **members):
        answer = self.call(opnum, prepare, **members)
        same(dimsvc.CALLS[opnum][0].__name__, answer['ErrorCode'], expected)
        return answer


def put(octets, name='pInfoStruct', size='dwBufferSize', pointer='pBuffer'):
    """A request's container holds these octets."""
    def prepare(request):
        request[name][size] = len(octets)
        request[name].fields[pointer] = PBYTES()  # impacket: one that was NULL stays so
        request[name][pointer] = list(octets)
    return prepare


def got(answer, name='pInfoStruct', pointer='pBuffer'):
    octets = answer[name][pointer]
    return bytes(octets) if not isinstance(octets, bytes) and octets else octets or b''


def text_of(octets):
    return octets.decode('utf-16le').split('\0')[0]


def numbers(octets, offset, count):
    return struct.unpack_from('<%dI' % count, octets, offset)


# --- what is read ---

def read_server(client, api):
    octets = got(client.result(0, api['ServerGetInfo'], dwLevel=0))
    same('MPR_SERVER_0', len(octets), 16)
    lan, _, ports, used = numbers(octets, 0, 4)
    same('MPR_SERVER_0', (lan, ports, used),
         (api['fLanOnlyMode'], api['dwTotalPorts'], api['dwPortsInUse']))
    octets = got(client.result(0, api['ServerGetInfo2'], dwLevel=2))
    same('MPR_SERVER_2', numbers(octets, 0, 6)[::2],
         (api['dwNumPptpPorts'], api['dwNumL2tpPorts'], api['dwNumSstpPorts']))
    client.result(0, 50, dwLevel=9)

    def revision(request):
        server = request['pServerConfig']
        server['tag'] = 3
        server['ServerConfig3']['Header']['revision'] = 3
        server['ServerConfig3']['Header']['type'] = 3
        server['ServerConfig3']['Header']['size'] = 0
    answer = client.call(44, revision)
    if answer['ErrorCode'] == 0:
        same('MPR_SERVER_EX', answer['pServerConfig']['ServerConfig3']['dwTotalPorts'],
             api['dwTotalPorts'])


def read_interface(client, api):
    answer = client.result(11, 0, lpwsInterfaceName='Swept')
    same('phInterface', answer['phInterface'], api['hInterface'])
    client.result(11, api['InterfaceGetHandleNone'], lpwsInterfaceName='None')
    octets = got(client.result(13, 0, dwLevel=0, hInterface=api['hInterface']))
    same('name', text_of(octets[:514]), api['wszInterfaceName'])
    same('MPRI_INTERFACE_0', numbers(octets, 516, 4),
         (api['hInterface'], api['fEnabled'], api['dwIfType'], api['dwConnectionState']))
    answer = client.result(20, 0, dwLevel=0, dwPreferedMaximumLength=ALL)
    octets = got(answer)
    same('interfaces', answer['lpdwEntriesRead'], api['interfaces'])
    for i in range(api['interfaces']):
        same('interface', text_of(octets[540 * i:540 * i + 514]), api['interface %d' % i])
    client.result(36, 0, dwLevel=0)
    client.call(38, dwLevel=0, dwIndex=1, hInterface=api['hInterface'])
    client.call(41, dwLevel=0, hInterface=api['hInterface'])


def read_connections(client, api):
    answer = client.result(1, 0, dwLevel=0, dwPreferedMaximumLength=ALL)
    same('connections', answer['lpdwEntriesRead'], api['connections'])
    connection, interface = numbers(got(answer), 0, 2)
    same('connection', (connection, interface),
         (api['hConnection'], api["connection's interface"]))
    octets = got(client.result(2, 0, dwLevel=0, hDimConnection=connection))
    same('its name', text_of(octets[20:534]), api['connection'])
    answer = client.result(4, 0, dwLevel=0, hRasConnection=connection,
                           dwPreferedMaximumLength=ALL)
    same('ports', answer['lpdwEntriesRead'], api['ports'])
    port = numbers(got(answer), 0, 1)[0]
    same('port', port, api['hPort'])
    same('its name', text_of(got(answer)[20:54]), api['wszPortName'])
    answer = client.result(4, 0, dwLevel=0, hRasConnection=ALL, dwPreferedMaximumLength=ALL)
    same('all ports', answer['lpdwEntriesRead'], api['all ports'])
    same('octets of all ports, in many packets', len(got(answer)) % api['all ports'], 0)
    client.result(5, 0, dwLevel=0, hPort=port)
    return connection, port


def read_extended(client, api, connection):
    def header(request):
        request['objectHeader']['revision'] = 1
        request['objectHeader']['type'] = 1
        request['objectHeader']['size'] = 0
    for opnum, members in ((45, {'dwPreferedMaxLen': ALL}), (46, {'hDimConnection': connection})):
        answer = client.call(opnum, header, **members)
        if answer['ErrorCode'] == 0 and opnum == 45:
            same('connections', answer['lpdwEntriesRead'], api['connections'])


def read_blocks(client, api):
    def want(request):
        request['pInfoStruct']['fGetInterfaceInfo'] = 1
        request['pInfoStruct']['fGetGlobalInfo'] = 1
    answer = client.result(10, api['TransportGetInfo'], want, dwTransportId=PID_IP)
    same('global', got(answer, pointer='pGlobalInfo').hex(), api['global'])
    same('client', got(answer, pointer='pInterfaceInfo').hex(), api['client'])
    answer = client.result(18, api['InterfaceTransportGetInfo'], want, dwTransportId=PID_IP,
                           hInterface=api['hInterface'])
    same('interface', got(answer, pointer='pInterfaceInfo').hex(), api['interface'])
    mib = put(struct.pack('<I', IP_ADDRTABLE), 'pInfoStuct', 'dwMibInEntrySize', 'pMibInEntry')
    answer = client.result(29, api['MIBEntryGet'], mib, dwPid=PID_IP, dwRoutingPid=10000)
    same('MIB', got(answer, 'pInfoStuct', 'pMibOutEntry').hex(), api['MIB entry'])


# --- what changes something: read again, or a result that is known ---

INVALID_PARAMETER, NOT_SUPPORTED, NOT_IMPLEMENTED = 87, 50, 120


def interface_0(name, handle=0, enabled=1, kind=2):
    return name.encode('utf-16le').ljust(514, b'\0').ljust(516, b'\0') + struct.pack(
        '<6I', handle, enabled, kind, 0, 0, 0)


def change_interface(client, api):
    handle = api['hInterface']
    client.result(14, 0, put(interface_0('Swept', handle, 0)), dwLevel=0, hInterface=handle)
    octets = got(client.result(13, 0, dwLevel=0, hInterface=handle))
    same('fEnabled', numbers(octets, 520, 1), (0,))
    client.result(14, 0, put(interface_0('Swept', handle, 1)), dwLevel=0, hInterface=handle)
    client.result(14, INVALID_PARAMETER, put(b'1234'), dwLevel=0, hInterface=handle)
    # no phone-book entry of that name
    answer = client.call(12, put(interface_0('Nobody')), dwLevel=0)
    same('an interface without entry', (answer['ErrorCode'], answer['phInterface']), (623, 0))
    client.result(15, 6, hInterface=77)
    client.result(25, 0, hInterface=handle)


def change_connection(client, api):
    handle = api['hInterface']
    client.call(22, hInterface=handle)
    same('disconnected', numbers(got(client.result(13, 0, hInterface=handle)), 528, 1), (1,))
    client.result(21, 0, hInterface=handle, fBlocking=1)
    same('connected', numbers(got(client.result(13, 0, hInterface=handle)), 528, 1), (3,))
    # events of another machine are none
    for opnum, members in ((21, {'hInterface': handle}), (23, {'hInterface': handle,
                                                               'dwTransportId': PID_IP})):
        client.result(opnum, INVALID_PARAMETER, hEvent=0x44, **members)
    client.result(34, INVALID_PARAMETER, fRegister=1, dwClientProcessId=0, hEventNotification=0x44)
    client.call(23, hInterface=handle, dwTransportId=99)
    client.call(24, hInterface=handle, dwTransportId=PID_IP)


def change_ports(client):
    answer = client.result(1, 0, dwLevel=0, dwPreferedMaximumLength=ALL)
    connection = numbers(got(answer), 0, 1)[0]
    answer = client.result(4, 0, dwLevel=0, hRasConnection=connection,
                           dwPreferedMaximumLength=ALL)
    port = numbers(got(answer), 0, 1)[0]
    client.result(3, 0, hDimConnection=connection)
    client.result(6, 0, hPort=port)
    client.result(7, INVALID_PARAMETER, hPort=0)
    client.call(8, hPort=0)
    client.call(35, hDimConnection=0, lpwszMessage='')
    client.call(42, hRasConnection=0, fIsIpAddress=0)

    def update(request):
        request['pServerConfig']['tag'] = 1
    client.call(48, update, hDimConnection=0)


def change_transports(client, api):
    block = bytes.fromhex(api['interface'])

    blocks = put(block, size='dwInterfaceInfoSize', pointer='pInterfaceInfo')
    handle = api['hInterface']
    client.result(19, 0, blocks, hInterface=handle, dwTransportId=PID_IP)
    client.result(22, 0, hInterface=handle)
    client.result(16, 0, hInterface=handle, dwTransportId=PID_IP)
    client.result(17, 0, blocks, hInterface=handle, dwTransportId=PID_IP)
    client.call(9, dwTransportId=99)
    client.call(37, dwTransportId=99, lpwsTransportName='', lpwsDLLPath='')


def change_rest(client, api):
    handle = api['hInterface']
    for opnum in (26, 27, 28, 30, 31):
        client.call(opnum, dwPid=99, dwRoutingPid=10000)
    for opnum in (32, 33):
        client.result(opnum, NOT_IMPLEMENTED, dwPid=PID_IP, dwRoutingPid=10000)
    client.call(39, put(b''), dwLevel=0, dwIndex=1, hInterface=handle)
    client.call(40, put(b''), dwLevel=0, hInterface=handle)
    client.result(43, NOT_SUPPORTED, dwLevel=9)

    def revision(name):
        def prepare(request):
            request[name]['tag'] = 1
        return prepare
    client.call(47, revision('pServerConfig'))
    client.result(49, 0, lpwsInterfaceName='Swept', lpwsUserName='someone', lpwsDomainName='there',
                  lpwsPassword='secret')
    answer = client.result(50, 0, lpwsInterfaceName='Swept')
    same('credentials', (answer['lpwsUserName'], answer['lpwsDomainName']), ('someone', 'there'))
    client.call(51, revision('pIfCustomConfig'), hInterface=handle)
    client.call(52, revision('pIfCustomConfig'), hInterface=handle)


def faults(client, port):
    """A method that there is not, and octets that are no request; the connection serves on."""
    for opnum, stub, code in ((53, b'', 0x1c010002), (0x7fff, b'1234', 0x1c010002),
                              (0, b'12', 0x6f7), (13, b'\xff' * 40, 0x6f7), (11, b'', 0x6f7)):
        try:
            client.dce.call(opnum, stub)
            client.dce.recv()
            fail('opnum %d with %d octets is answered' % (opnum, len(stub)))
        except rpcrt.DCERPCException as fault:
            same('the fault of opnum %d' % opnum, fault.error_code or code, code)
            if fault.error_code is None and rpcrt.rpc_status_codes.get(code, '?') not in str(fault):
                fail('opnum %d: %s' % (opnum, fault))
        client.result(0, 0, dwLevel=0)
    Client(port).result(0, 0, dwLevel=0)


def main():
    with Router(*sys.argv[2:]) as router:
        api = router.answers('local.json')
        for name in ('tcp.json', 'local-rpc.json', 'pipe-rpc.json'):
            by_rpc = router.answers(name)
            for key in set(api) | set(by_rpc):
                same('%s: %s' % (name, key), by_rpc.get(key), api.get(key))
        client = Client(router.port)
        read_server(client, api)
        read_interface(client, api)
        connection, _ = read_connections(client, api)
        read_extended(client, api, connection)
        read_blocks(client, api)
        change_interface(client, api)
        change_connection(client, api)
        change_ports(client)
        change_transports(client, api)
        change_rest(client, api)
        faults(client, router.port)
    same('methods that were not called', set(range(53)) - called, set())
    print('53 methods called by impacket, %d answers of the API compared' % len(api))


if __name__ == '__main__':
    main()

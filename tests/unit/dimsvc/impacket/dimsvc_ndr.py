"""dimsvc, the interface by which a router is managed, for impacket: a class for the request of each
of the 53 methods and one for its response, NAME and NAMEResponse, as DCERPC.request wants them.
Written from MS-RRASM 3.1.4; dimsvc_types.py and dimsvc_objects.py have the parameters' types.

    dce.bind(MSRPC_UUID_DIMSVC)
    call = RMprAdminServerGetInfo()
    call['dwLevel'] = 0
    answer = dce.request(call, checkError=False)

A pointer is made NULL by assigning NULL. What a response ends with is its ErrorCode. DIM_HANDLE is a
primitive handle, which is not sent (C706 14.2.9). Pointers of the parameters themselves are [ref],
which are not sent either, but for [unique] resume handles and what [out] pointers to pointers point
to: so a structure or text stands for itself.
"""
import sys

from impacket.dcerpc.v5.ndr import NDRCALL
from impacket.dcerpc.v5.rpcrt import DCERPCException
from impacket.uuid import uuidtup_to_bin

import dimsvc_objects as objects
from dimsvc_types import BOOL, DIM_INFORMATION_CONTAINER as INFORMATION, \
    DIM_INTERFACE_CONTAINER as INTERFACE, DIM_MIB_ENTRY_CONTAINER as MIB, DWORD, LPDWORD, \
    MPRAPI_OBJECT_HEADER_IDL, NULL, PTEXT, TEXT, ULONG_PTR

MSRPC_UUID_DIMSVC = uuidtup_to_bin(('8f09f000-b7ed-11ce-bbd2-00001a181cad', '0.0'))


class DCERPCSessionError(DCERPCException):
    """A method's result that is not 0."""

    def __str__(self):
        return 'dimsvc: the result is %d' % self.error_code


# (request, response) in the order of their opnums
CALLS = []


def inp(name, kind=DWORD):
    return (name, kind, True, False)


def out(name, kind=DWORD):
    return (name, kind, False, True)


def both(name, kind=DWORD):
    return (name, kind, True, True)


def method(name, *parameters, counts=None):
    """Makes the two classes of the next opnum."""
    module = sys.modules[__name__]
    members = {'__module__': __name__, 'opnum': len(CALLS), 'structure':
               tuple((p[0], p[1]) for p in parameters if p[2])}
    request = type(name, (NDRCALL,), members)
    members = {'__module__': __name__, 'counts': counts or {}, 'structure':
               tuple((p[0], p[1]) for p in parameters if p[3]) + (('ErrorCode', DWORD),)}
    response = type(name + 'Response', (NDRCALL,), members)
    setattr(module, request.__name__, request)
    setattr(module, response.__name__, response)
    CALLS.append((request, response))


LEVEL = inp('dwLevel')
INTERFACE_HANDLE = inp('hInterface')
TRANSPORT = inp('dwTransportId')
MIB_OF = (inp('dwPid'), inp('dwRoutingPid'))
ENUMERATION = (inp('dwPreferedMaximumLength'), out('lpdwEntriesRead'), out('lpdwTotalEntries'),
               both('lpdwResumeHandle', LPDWORD))

# 0 to 8
method('RMprAdminServerGetInfo', LEVEL, out('pInfoStruct', INFORMATION))
method('RRasAdminConnectionEnum', LEVEL, both('pInfoStruct', INFORMATION), *ENUMERATION)
method('RRasAdminConnectionGetInfo', LEVEL, inp('hDimConnection'), out('pInfoStruct', INFORMATION))
method('RRasAdminConnectionClearStats', inp('hDimConnection'))
method('RRasAdminPortEnum', LEVEL, inp('hRasConnection'), both('pInfoStruct', INFORMATION),
       *ENUMERATION)
method('RRasAdminPortGetInfo', LEVEL, inp('hPort'), out('pInfoStruct', INFORMATION))
method('RRasAdminPortClearStats', inp('hPort'))
method('RRasAdminPortReset', inp('hPort'))
method('RRasAdminPortDisconnect', inp('hPort'))
# 9 to 15
method('RRouterInterfaceTransportSetGlobalInfo', TRANSPORT, inp('pInfoStruct', INTERFACE))
method('RRouterInterfaceTransportGetGlobalInfo', TRANSPORT, both('pInfoStruct', INTERFACE))
method('RRouterInterfaceGetHandle', inp('lpwsInterfaceName', TEXT), both('phInterface'),
       inp('fIncludeClientInterfaces'))
method('RRouterInterfaceCreate', LEVEL, inp('pInfoStruct', INFORMATION), both('phInterface'))
method('RRouterInterfaceGetInfo', LEVEL, both('pInfoStruct', INFORMATION), INTERFACE_HANDLE)
method('RRouterInterfaceSetInfo', LEVEL, inp('pInfoStruct', INFORMATION), INTERFACE_HANDLE)
method('RRouterInterfaceDelete', INTERFACE_HANDLE)
# 16 to 20
method('RRouterInterfaceTransportRemove', INTERFACE_HANDLE, TRANSPORT)
method('RRouterInterfaceTransportAdd', INTERFACE_HANDLE, TRANSPORT, inp('pInfoStruct', INTERFACE))
method('RRouterInterfaceTransportGetInfo', INTERFACE_HANDLE, TRANSPORT,
       both('pInfoStruct', INTERFACE))
method('RRouterInterfaceTransportSetInfo', INTERFACE_HANDLE, TRANSPORT,
       inp('pInfoStruct', INTERFACE))
method('RRouterInterfaceEnum', LEVEL, both('pInfoStruct', INFORMATION), *ENUMERATION)
# 21 to 25
method('RRouterInterfaceConnect', INTERFACE_HANDLE, inp('hEvent', ULONG_PTR), inp('fBlocking'),
       inp('dwCallersProcessId'))
method('RRouterInterfaceDisconnect', INTERFACE_HANDLE)
method('RRouterInterfaceUpdateRoutes', INTERFACE_HANDLE, TRANSPORT, inp('hEvent', ULONG_PTR),
       inp('dwClientProcessId'))
method('RRouterInterfaceQueryUpdateResult', INTERFACE_HANDLE, TRANSPORT, out('pUpdateResult'))
method('RRouterInterfaceUpdatePhonebookInfo', INTERFACE_HANDLE)
# 26 to 33; pInfoStuct is how the specification has it
method('RMIBEntryCreate', *MIB_OF, inp('pInfoStuct', MIB))
method('RMIBEntryDelete', *MIB_OF, inp('pInfoStuct', MIB))
method('RMIBEntrySet', *MIB_OF, inp('pInfoStuct', MIB))
method('RMIBEntryGet', *MIB_OF, both('pInfoStuct', MIB))
method('RMIBEntryGetFirst', *MIB_OF, both('pInfoStuct', MIB))
method('RMIBEntryGetNext', *MIB_OF, both('pInfoStuct', MIB))
method('RMIBGetTrapInfo', *MIB_OF, both('pInfoStruct', MIB))
method('RMIBSetTrapInfo', *MIB_OF, inp('hEvent', ULONG_PTR), inp('dwClientProcessId'),
       both('pInfoStruct', MIB))
# 34 to 37
method('RRasAdminConnectionNotification', inp('fRegister'), inp('dwClientProcessId'),
       inp('hEventNotification', ULONG_PTR))
method('RRasAdminSendUserMessage', inp('hDimConnection'), inp('lpwszMessage', TEXT))
method('RRouterDeviceEnum', LEVEL, both('pInfoStruct', INFORMATION), both('lpdwTotalEntries'))
method('RRouterInterfaceTransportCreate', TRANSPORT, inp('lpwsTransportName', TEXT),
       inp('pInfoStruct', INTERFACE), inp('lpwsDLLPath', TEXT))
# 38 to 43
method('RRouterInterfaceDeviceGetInfo', LEVEL, both('pInfoStruct', INFORMATION), inp('dwIndex'),
       INTERFACE_HANDLE)
method('RRouterInterfaceDeviceSetInfo', LEVEL, inp('pInfoStruct', INFORMATION), inp('dwIndex'),
       INTERFACE_HANDLE)
method('RRouterInterfaceSetCredentialsEx', LEVEL, inp('pInfoStruct', INFORMATION),
       INTERFACE_HANDLE)
method('RRouterInterfaceGetCredentialsEx', LEVEL, both('pInfoStruct', INFORMATION),
       INTERFACE_HANDLE)
method('RRasAdminConnectionRemoveQuarantine', inp('hRasConnection'), inp('fIsIpAddress', BOOL))
method('RMprAdminServerSetInfo', LEVEL, inp('pInfoStruct', INFORMATION))
# 44 to 48
method('RMprAdminServerGetInfoEx', both('pServerConfig', objects.MPR_SERVER_EX_IDL))
method('RRasAdminConnectionEnumEx', inp('objectHeader', MPRAPI_OBJECT_HEADER_IDL),
       inp('dwPreferedMaxLen'), out('lpdwEntriesRead'), out('lpdNumTotalElements'),
       out('pRasConections', objects.PRAS_CONNECTION_EX_IDL_ARRAY),
       both('lpdwResumeHandle', LPDWORD), counts={'pRasConections': 'lpdwEntriesRead'})
method('RRasAdminConnectionGetInfoEx', inp('hDimConnection'),
       inp('objectHeader', MPRAPI_OBJECT_HEADER_IDL),
       out('pRasConnection', objects.RAS_CONNECTION_EX_IDL))
method('RMprAdminServerSetInfoEx', inp('pServerConfig', objects.MPR_SERVER_SET_CONFIG_EX_IDL))
method('RRasAdminUpdateConnection', inp('hDimConnection'),
       inp('pServerConfig', objects.RAS_UPDATE_CONNECTION_IDL))
# 49 to 52
method('RRouterInterfaceSetCredentialsLocal', inp('lpwsInterfaceName', TEXT),
       inp('lpwsUserName', TEXT), inp('lpwsDomainName', TEXT), inp('lpwsPassword', TEXT))
method('RRouterInterfaceGetCredentialsLocal', inp('lpwsInterfaceName', TEXT),
       out('lpwsUserName', PTEXT), out('lpwsDomainName', PTEXT), out('lpwsPassword', PTEXT))
method('RRouterInterfaceGetCustomInfoEx', INTERFACE_HANDLE,
       both('pIfCustomConfig', objects.MPR_IF_CUSTOMINFOEX_IDL))
method('RRouterInterfaceSetCustomInfoEx', INTERFACE_HANDLE,
       both('pIfCustomConfig', objects.MPR_IF_CUSTOMINFOEX_IDL))

assert len(CALLS) == 53

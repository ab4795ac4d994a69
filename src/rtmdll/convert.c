/* Addresses of IPv6 between RTM_NET_ADDRESS and what IPv6 programs have (pages of
 * RtmConvertIpv6AddressAndLengthToNetAddress and RtmConvertNetAddressToIpv6AddressAndLength):
 * helpers without a registration. */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <rtmv2.h>
#include <string.h>

#define IPV6_BITS 128u

DWORD WINAPI RtmConvertIpv6AddressAndLengthToNetAddress(RTM_NET_ADDRESS *net, IN6_ADDR address,
                                                        DWORD length, DWORD size);
DWORD WINAPI RtmConvertNetAddressToIpv6AddressAndLength(RTM_NET_ADDRESS *net, IN6_ADDR *address,
                                                        DWORD *length, DWORD size);

DWORD WINAPI RtmConvertIpv6AddressAndLengthToNetAddress(RTM_NET_ADDRESS *net, IN6_ADDR address,
                                                        DWORD length, DWORD size)
{
    if (!net || size != sizeof(address) || length > IPV6_BITS) return ERROR_INVALID_PARAMETER;
    net->AddressFamily = AF_INET6;
    net->NumBits = (USHORT)length;
    memcpy(net->AddrBits, &address, sizeof(address));
    return NO_ERROR;
}

DWORD WINAPI RtmConvertNetAddressToIpv6AddressAndLength(RTM_NET_ADDRESS *net, IN6_ADDR *address,
                                                        DWORD *length, DWORD size)
{
    if (!net || !address || !length || size != sizeof(*address)) return ERROR_INVALID_PARAMETER;
    if (net->AddressFamily != AF_INET6 || net->NumBits > IPV6_BITS) return ERROR_INVALID_PARAMETER;
    memcpy(address, net->AddrBits, sizeof(*address));
    *length = net->NumBits;
    return NO_ERROR;
}

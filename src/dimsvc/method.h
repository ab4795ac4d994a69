/* The methods of dimsvc, the interface by which a router is managed, as octets: 53 of them,
 * numbered and with the parameters of MS-RRASM 3.1.4.
 *
 * A call is two runs of octets, request and response, each what NDR has between the headers of an
 * RPC packet; a response ends with the method's result. Who carries them is not known here.
 */
#ifndef MPR_DIMSVC_METHOD_H
#define MPR_DIMSVC_METHOD_H

#include "dimsvc/arguments.h"

enum dim_method {
    DIM_SERVER_GET_INFO = 0,
    DIM_CONNECTION_ENUM = 1,
    DIM_CONNECTION_GET_INFO = 2,
    DIM_CONNECTION_CLEAR_STATS = 3,
    DIM_PORT_ENUM = 4,
    DIM_PORT_GET_INFO = 5,
    DIM_PORT_CLEAR_STATS = 6,
    DIM_PORT_RESET = 7,
    DIM_PORT_DISCONNECT = 8,
    DIM_TRANSPORT_SET_GLOBAL_INFO = 9,
    DIM_TRANSPORT_GET_GLOBAL_INFO = 10,
    DIM_INTERFACE_GET_HANDLE = 11,
    DIM_INTERFACE_CREATE = 12,
    DIM_INTERFACE_GET_INFO = 13,
    DIM_INTERFACE_SET_INFO = 14,
    DIM_INTERFACE_DELETE = 15,
    DIM_INTERFACE_TRANSPORT_REMOVE = 16,
    DIM_INTERFACE_TRANSPORT_ADD = 17,
    DIM_INTERFACE_TRANSPORT_GET_INFO = 18,
    DIM_INTERFACE_TRANSPORT_SET_INFO = 19,
    DIM_INTERFACE_ENUM = 20,
    DIM_INTERFACE_CONNECT = 21,
    DIM_INTERFACE_DISCONNECT = 22,
    DIM_INTERFACE_UPDATE_ROUTES = 23,
    DIM_INTERFACE_QUERY_UPDATE_RESULT = 24,
    DIM_INTERFACE_UPDATE_PHONEBOOK_INFO = 25,
    DIM_MIB_ENTRY_CREATE = 26,
    DIM_MIB_ENTRY_DELETE = 27,
    DIM_MIB_ENTRY_SET = 28,
    DIM_MIB_ENTRY_GET = 29,
    DIM_MIB_ENTRY_GET_FIRST = 30,
    DIM_MIB_ENTRY_GET_NEXT = 31,
    DIM_MIB_GET_TRAP_INFO = 32,
    DIM_MIB_SET_TRAP_INFO = 33,
    DIM_CONNECTION_NOTIFICATION = 34,
    DIM_SEND_USER_MESSAGE = 35,
    DIM_DEVICE_ENUM = 36,
    DIM_TRANSPORT_CREATE = 37,
    DIM_INTERFACE_DEVICE_GET_INFO = 38,
    DIM_INTERFACE_DEVICE_SET_INFO = 39,
    DIM_INTERFACE_SET_CREDENTIALS_EX = 40,
    DIM_INTERFACE_GET_CREDENTIALS_EX = 41,
    DIM_CONNECTION_REMOVE_QUARANTINE = 42,
    DIM_SERVER_SET_INFO = 43,
    DIM_SERVER_GET_INFO_EX = 44,
    DIM_CONNECTION_ENUM_EX = 45,
    DIM_CONNECTION_GET_INFO_EX = 46,
    DIM_SERVER_SET_INFO_EX = 47,
    DIM_UPDATE_CONNECTION = 48,
    DIM_INTERFACE_SET_CREDENTIALS = 49,
    DIM_INTERFACE_GET_CREDENTIALS = 50,
    DIM_INTERFACE_GET_CUSTOM_INFO_EX = 51,
    DIM_INTERFACE_SET_CUSTOM_INFO_EX = 52,
    DIM_METHODS = 53
};

/* The name in MS-RRASM, for logs; NULL when there is no such method. */
const char *dim_method_name(uint32_t method);

/* What a client sends and a server is asked. Writing takes from arguments, reading fills the [in]
 * ones and zeroes all others. Returns n->status: ST_RPC_BAD_STUB_DATA (not such a request, or more
 * than a filling of 7 octets behind it), ST_RPC_PROCNUM_OUT_OF_RANGE (no such method),
 * ST_RPC_NULL_REF_POINTER (a text that can't be left out is NULL), ST_NOT_ENOUGH_MEMORY. */
mpr_status dim_request(struct ndr *n, uint32_t method, struct dim_arguments *arguments);

/* What a server answers: the [out] arguments, then *result. Reading leaves the [in] ones alone. The
 * same errors; *result is 0 then. After an error, too, an object has to have a revision (and a
 * connection a kind of projection), since NDR can't say that there is none. */
mpr_status dim_response(struct ndr *n, uint32_t method, struct dim_arguments *arguments,
                        uint32_t *result);

#endif

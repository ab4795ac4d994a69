/* What each method's parameters are (MS-RRASM 3.1.4), as rows that codec.c goes through. */
#ifndef MPR_DIMSVC_METHOD_TABLE_H
#define MPR_DIMSVC_METHOD_TABLE_H

#include "dimsvc/method.h"

enum parameter_kind {
    PARAMETER_END = 0,
    PARAMETER_NUMBER, /* DWORD, BOOL, a handle, ULONG_PTR (4 octets in NDR 2.0) */
    PARAMETER_RESUME, /* unique pointer to a DWORD */
    PARAMETER_INFO,   /* DIM_INFORMATION_CONTAINER */
    PARAMETER_BLOCKS, /* DIM_INTERFACE_CONTAINER */
    PARAMETER_MIB,    /* DIM_MIB_ENTRY_CONTAINER */
    PARAMETER_TEXT,   /* [string] LPWSTR */
    PARAMETER_TEXT_POINTER /* [string] LPWSTR * */,
    PARAMETER_HEADER,
    PARAMETER_SERVER,
    PARAMETER_SERVER_SET,
    PARAMETER_CUSTOM,
    PARAMETER_CONNECTION,
    PARAMETER_CONNECTIONS, /* pointer to entries_read of them */
    PARAMETER_UPDATE
};

enum { WAY_IN = 1, WAY_OUT = 2 };

struct parameter {
    uint8_t kind;    /* PARAMETER_ */
    uint8_t ways;    /* WAY_ bits */
    uint16_t offset; /* of the member of struct dim_arguments */
};

#define PARAMETERS_MAX 8

struct method {
    const char *name;
    struct parameter parameters[PARAMETERS_MAX];
};

extern const struct method dim_methods[DIM_METHODS];

#endif

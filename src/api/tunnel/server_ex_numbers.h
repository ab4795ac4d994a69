/* Numbers of IKEv2 and L2TP tunnels, for reading and writing: value by value the same for both. */
#ifndef MPR_API_SERVER_EX_NUMBERS_H
#define MPR_API_SERVER_EX_NUMBERS_H

#include "api/tunnel/server_ex.h"

struct tunnel_number {
    const WCHAR *name; /* of the value; NULL ends a table */
    DWORD otherwise;   /* without such a value */
    size_t offset;     /* in the newest TunnelConfigParams */
};

extern const struct tunnel_number ike_numbers[], l2tp_numbers[];

/* key NULL: nothing is stored. */
void tunnel_numbers_read(const struct tunnel_number *rows, HKEY key, void *params);
/* Members at size and behind it, which the caller's layout lacks, are left as they are stored. */
mpr_status tunnel_numbers_write(const struct tunnel_number *rows, HKEY key, const void *params,
                                size_t size);

#endif

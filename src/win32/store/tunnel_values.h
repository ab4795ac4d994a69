/* Values that settings of tunnels are made of: numbers, bytes, policies and lists of blobs, each
 * below an open key. Status values that a function does not name are the registry's.
 */
#ifndef MPR_WIN32_TUNNEL_VALUES_H
#define MPR_WIN32_TUNNEL_VALUES_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"

DWORD stored_dword(HKEY key, const WCHAR *name, DWORD otherwise);
/* ret stays empty when there is no such value, or one of another type. ST_NOT_ENOUGH_MEMORY. */
mpr_status stored_bytes(HKEY key, const WCHAR *name, struct blob *ret);
/* Stores bytes, or deletes the value when size is 0. */
mpr_status store_bytes(HKEY key, const WCHAR *name, const void *data, size_t size);

/* A custom policy of IKEv2 or L2TP: the algorithms to propose. */
#define POLICY_FIELDS 6 /* in the order of ROUTER_CUSTOM_IKEv2_POLICY0 */
struct tunnel_policy {
    bool given; /* false: there is none */
    DWORD fields[POLICY_FIELDS];
};

/* The subkey name of key; without it none is given. A missing field has Windows' default (MS-RRASM
 * 2.2.3). */
void policy_read(HKEY key, const WCHAR *name, struct tunnel_policy *ret);
/* One that is not given deletes the subkey. */
mpr_status policy_write(HKEY key, const WCHAR *name, const struct tunnel_policy *policy);
/* Whether each of the POLICY_FIELDS is a number of its enumeration. */
bool policy_valid(const DWORD *fields);

/* Lists of blobs: subkeys 0000, 0001, ... of list, each with one REG_BINARY value. A list that is
 * missing is empty. */
struct blob_list {
    struct blob *blobs; /* count of them; NULL for none */
    DWORD count;
};

/* ret is freed with blob_list_free. ST_NOT_ENOUGH_MEMORY leaves it empty. */
mpr_status blob_list_read(HKEY key, const WCHAR *list, const WCHAR *value, struct blob_list *ret);
/* The array and what it points to. */
void blob_list_free(struct blob_list *list);
/* Replaces the list; an empty one deletes it. */
mpr_status blob_list_write(HKEY key, const WCHAR *list, const WCHAR *value,
                           const struct blob_list *blobs);

#endif

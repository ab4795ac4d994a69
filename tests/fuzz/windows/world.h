/* What the targets of this folder share: the registry as the input wants it, and stand-ins for what
 * the fuzzed files call of their neighbours. The same in native builds, over registry_shim.c, and
 * under Wine, over the real registry of a fresh prefix. */
#ifndef TESTS_FUZZ_WINDOWS_WORLD_H
#define TESTS_FUZZ_WINDOWS_WORLD_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/bytes.h"

/* Removes every key that the fuzzed files look at. */
void world_reset(void);
void world_set(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, size_t size);
/* A sum over names, types and data below Services\RemoteAccess and of the tunnel settings that lie
 * elsewhere; 0 when there is nothing. */
uint64_t world_sum(void);
uint64_t world_hash(uint64_t hash, const void *data, size_t size);

#endif

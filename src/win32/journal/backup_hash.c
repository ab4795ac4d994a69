/* SHA-256 from CryptoAPI. */
#include "win32/journal/backup_parts.h"

#include <stdio.h>
#include <wincrypt.h>

#define HASH_BYTES (BACKUP_HASH_CHARS / 2)

static bool hash_data(HCRYPTPROV provider, const void *data, size_t size, BYTE *digest)
{
    DWORD length = HASH_BYTES;
    HCRYPTHASH hash;
    bool done;

    if (!CryptCreateHash(provider, CALG_SHA_256, 0, 0, &hash)) return false;
    done = CryptHashData(hash, data, (DWORD)size, 0) &&
           CryptGetHashParam(hash, HP_HASHVAL, digest, &length, 0) && length == HASH_BYTES;
    CryptDestroyHash(hash);
    return done;
}

mpr_status backup_hash(const void *data, size_t size, char ret[BACKUP_HASH_CHARS + 1])
{
    BYTE digest[HASH_BYTES];
    HCRYPTPROV provider;
    bool done;

    if (!CryptAcquireContextW(&provider, NULL, NULL, PROV_RSA_AES,
                              CRYPT_VERIFYCONTEXT | CRYPT_SILENT))
        return ST_NOT_SUPPORTED;
    done = hash_data(provider, size ? data : "", size, digest);
    CryptReleaseContext(provider, 0);
    if (!done) return ST_NOT_SUPPORTED;
    for (size_t i = 0; i < HASH_BYTES; i++) snprintf(ret + 2 * i, 3, "%02x", digest[i]);
    return ST_OK;
}

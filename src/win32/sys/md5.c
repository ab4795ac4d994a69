/* MD5 by the system's own functions, looked up once. */
#include "win32/sys/md5.h"

#include "win32/sys/windows_api.h"

#include <string.h>

/* The digest functions that every ntdll has, Wine's too; the context ends with the digest. */
struct md5_context {
    ULONG bits[2], state[4];
    UCHAR input[64], digest[16];
};
typedef void WINAPI md5_context_fn(struct md5_context *context);
typedef void WINAPI md5_update_fn(struct md5_context *context, const void *data, unsigned size);
static struct {
    INIT_ONCE once;
    md5_context_fn *init, *final;
    md5_update_fn *update;
} md5 = {.once = INIT_ONCE_STATIC_INIT};

static BOOL CALLBACK find_md5(INIT_ONCE *once, void *parameter, void **context)
{
    static const char *const modules[] = {"ntdll.dll", "advapi32.dll"};

    (void)once, (void)parameter, (void)context;
    for (size_t i = 0; i < ARRAYSIZE(modules); i++) {
        HMODULE m = GetModuleHandleA(modules[i]);
        if (!m || !GetProcAddress(m, "MD5Init")) continue;
        md5.update = (md5_update_fn *)(void *)GetProcAddress(m, "MD5Update");
        md5.final = (md5_context_fn *)(void *)GetProcAddress(m, "MD5Final");
        md5.init = (md5_context_fn *)(void *)GetProcAddress(m, "MD5Init");
        return TRUE;
    }
    return TRUE;
}

void md5_digest(const void *data, size_t size, uint8_t digest[16])
{
    struct md5_context context;

    InitOnceExecuteOnce(&md5.once, find_md5, NULL, NULL);
    memset(&context, 0, sizeof(context));
    if (md5.init && md5.update && md5.final) {
        md5.init(&context);
        md5.update(&context, data, (unsigned)size);
        md5.final(&context);
    }
    memcpy(digest, context.digest, 16);
}

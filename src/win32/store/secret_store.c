/* Secrets at rest, over CryptProtectData.
 *
 * crypt32 is loaded when the first secret is: most programs never have one, and the library shall
 * load where crypt32 is missing.
 */
#include "win32/store/secret_store.h"

#include <string.h>
#include <wincrypt.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/sys/registry.h"

#define OWNER_MAX 260u

typedef BOOL WINAPI protect_fn(DATA_BLOB *, LPCWSTR, DATA_BLOB *, PVOID,
                               CRYPTPROTECT_PROMPTSTRUCT *, DWORD, DATA_BLOB *);
typedef BOOL WINAPI unprotect_fn(DATA_BLOB *, LPWSTR *, DATA_BLOB *, PVOID,
                                 CRYPTPROTECT_PROMPTSTRUCT *, DWORD, DATA_BLOB *);

static struct {
    INIT_ONCE once;
    protect_fn *protect;
    unprotect_fn *unprotect;
} crypt = {.once = INIT_ONCE_STATIC_INIT};

static const WCHAR *const kind_paths[SECRET_KINDS] = {L"Secrets\\Dial", L"Secrets\\Eap",
                                                      L"Secrets\\PreSharedKey", L"Secrets\\Server"};

/* Before what is handed out; no key that people choose begins so. */
static const uint8_t seal_mark[16] = {0xA7, 0x1E, 0x5D, 0x90, 0x0C, 0xF3, 0x42, 0xBB,
                                      0x86, 0x2F, 0xE8, 0x17, 0xD4, 0x69, 0x3A, 0xC1};

/* Loaded for good: freeing it at unload is not worth a DLL call under the loader's lock. */
static BOOL CALLBACK load_crypt32(INIT_ONCE *once, void *parameter, void **context)
{
    HMODULE module = LoadLibraryExW(L"crypt32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);

    (void)once;
    (void)parameter;
    (void)context;
    if (!module) return TRUE;
    crypt.protect = (protect_fn *)(void *)GetProcAddress(module, "CryptProtectData");
    crypt.unprotect = (unprotect_fn *)(void *)GetProcAddress(module, "CryptUnprotectData");
    return TRUE;
}

static bool crypt_ready(void)
{
    InitOnceExecuteOnce(&crypt.once, load_crypt32, NULL, NULL);
    return crypt.protect && crypt.unprotect;
}

void secret_wipe(void *data, size_t size)
{
    if (data) SecureZeroMemory(data, size);
}

void secret_free(struct blob *secret)
{
    secret_wipe(secret->data, secret->size);
    blob_free(secret);
}

/* What the protection is bound to. */
struct binding {
    WCHAR text[OWNER_MAX + 32];
    DATA_BLOB blob;
};

/* The kind's path and the owner's name without case. */
static mpr_status bind_to(struct binding *b, const WCHAR *kind, const WCHAR *owner)
{
    const size_t room = sizeof(b->text) / sizeof(b->text[0]);
    size_t at = u16_length(kind, room);

    if (u16_length(owner, OWNER_MAX + 1) > OWNER_MAX) return ST_INVALID_PARAMETER;
    u16_copy(b->text, room, kind);
    b->text[at++] = L'\n';
    at += u16_fold_copy(b->text + at, room - at, owner);
    b->blob = (DATA_BLOB){(DWORD)(at * sizeof(WCHAR)), (BYTE *)b->text};
    return ST_OK;
}

/* Takes over what crypt32 allocated, whose copy is wiped. ahead: zeroed bytes before it. */
static mpr_status take(DATA_BLOB *from, size_t ahead, struct blob *ret)
{
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    ret->data = mem_alloc(ahead + from->cbData);
    if (ret->data) {
        ret->size = ahead + from->cbData;
        memcpy(ret->data + ahead, from->pbData, from->cbData);
        status = ST_OK;
    }
    secret_wipe(from->pbData, from->cbData);
    LocalFree(from->pbData);
    return status;
}

static mpr_status protect(struct binding *binding, const void *data, size_t size, size_t ahead,
                          struct blob *ret)
{
    DATA_BLOB in = {(DWORD)size, (BYTE *)(ULONG_PTR)data}, out = {0, NULL};

    *ret = (struct blob){NULL, 0};
    if (size > SECRET_MAX_BYTES) return ST_INVALID_PARAMETER;
    if (!crypt_ready()) return ST_NOT_SUPPORTED;
    if (!crypt.protect(&in, L"", &binding->blob, NULL, NULL,
                       CRYPTPROTECT_UI_FORBIDDEN | CRYPTPROTECT_LOCAL_MACHINE, &out))
        return GetLastError() == ERROR_OUTOFMEMORY ? ST_NOT_ENOUGH_MEMORY : ST_NOT_SUPPORTED;
    return take(&out, ahead, ret);
}

static mpr_status unprotect(struct binding *binding, const void *data, size_t size,
                            struct blob *ret)
{
    DATA_BLOB in = {(DWORD)size, (BYTE *)(ULONG_PTR)data}, out = {0, NULL};

    *ret = (struct blob){NULL, 0};
    if (!crypt_ready()) return ST_NOT_SUPPORTED;
    if (!crypt.unprotect(&in, NULL, &binding->blob, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &out))
        return ST_INVALID_DATA;
    return take(&out, 0, ret);
}

/* ---- the registry --------------------------------------------------------------------------- */

mpr_status secret_store_set(enum secret_kind kind, const WCHAR *owner, const void *data,
                            size_t size)
{
    struct binding binding;
    struct blob sealed = {NULL, 0};
    HKEY key;
    mpr_status status;

    if (!size) return secret_store_remove(kind, owner);
    status = bind_to(&binding, kind_paths[kind], owner);
    if (status == ST_OK) status = protect(&binding, data, size, 0, &sealed);
    if (status != ST_OK) return status;
    status = registry_open_protected(kind_paths[kind], &key);
    if (status == ST_OK) {
        status = registry_set_blob(key, owner, sealed.data, sealed.size);
        RegCloseKey(key);
    }
    blob_free(&sealed);
    return status;
}

mpr_status secret_store_get(enum secret_kind kind, const WCHAR *owner, struct blob *ret)
{
    struct binding binding;
    struct blob sealed = {NULL, 0};
    HKEY key;
    mpr_status status = bind_to(&binding, kind_paths[kind], owner);

    *ret = (struct blob){NULL, 0};
    if (status != ST_OK) return status;
    status = registry_open(kind_paths[kind], KEY_QUERY_VALUE, false, &key);
    if (status == ST_OK) {
        status = registry_get_blob(key, owner, &sealed);
        RegCloseKey(key);
    }
    if ((DWORD)status == ERROR_FILE_NOT_FOUND) return ST_NOT_FOUND;
    if (status == ST_OK) status = unprotect(&binding, sealed.data, sealed.size, ret);
    blob_free(&sealed);
    return status;
}

mpr_status secret_store_remove(enum secret_kind kind, const WCHAR *owner)
{
    HKEY key;
    mpr_status status = registry_open(kind_paths[kind], KEY_SET_VALUE, false, &key);

    if (status == ST_OK) {
        status = (mpr_status)RegDeleteValueW(key, owner);
        RegCloseKey(key);
    }
    return (DWORD)status == ERROR_FILE_NOT_FOUND ? ST_OK : status;
}

void secret_store_forget(const WCHAR *owner)
{
    static const enum secret_kind of_interfaces[] = {SECRET_DIAL, SECRET_EAP, SECRET_KEY};

    for (size_t i = 0; i < sizeof(of_interfaces) / sizeof(of_interfaces[0]); i++) {
        mpr_status status = secret_store_remove(of_interfaces[i], owner);

        if (status != ST_OK)
            TRACE(ERROR, "credentials of \"%s\" could not be removed: %s", trace_u16(owner).text,
                  status_name(status));
    }
}

/* ---- handed out ----------------------------------------------------------------------------- */

mpr_status secret_seal(const void *data, size_t size, struct blob *ret)
{
    struct binding binding;
    mpr_status status = bind_to(&binding, L"sealed", L"");

    if (status == ST_OK) status = protect(&binding, data, size, sizeof(seal_mark), ret);
    if (status == ST_OK) memcpy(ret->data, seal_mark, sizeof(seal_mark));
    return status;
}

bool secret_is_sealed(const void *data, size_t size)
{
    return size > sizeof(seal_mark) && !memcmp(data, seal_mark, sizeof(seal_mark));
}

mpr_status secret_open(const void *data, size_t size, struct blob *ret)
{
    struct binding binding;
    mpr_status status = bind_to(&binding, L"sealed", L"");

    *ret = (struct blob){NULL, 0};
    if (!secret_is_sealed(data, size)) return ST_INVALID_DATA;
    if (status != ST_OK) return status;
    return unprotect(&binding, (const uint8_t *)data + sizeof(seal_mark), size - sizeof(seal_mark),
                     ret);
}

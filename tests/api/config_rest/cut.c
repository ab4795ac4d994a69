#include "api/config_rest/cut.h"

#include <stddef.h>
#include <string.h>

#define DENIED ((LONG)0xC0000022) /* STATUS_ACCESS_DENIED */

typedef LONG NTAPI create_key_fn(HANDLE *, ACCESS_MASK, void *, ULONG, void *, ULONG, ULONG *);
typedef LONG NTAPI set_value_fn(HANDLE, void *, ULONG, ULONG, const void *, ULONG);
typedef LONG NTAPI delete_value_fn(HANDLE, void *);
typedef LONG NTAPI delete_key_fn(HANDLE);

static create_key_fn *create_key;
static set_value_fn *set_value;
static delete_value_fn *delete_value;
static delete_key_fn *delete_key;

static struct {
    DWORD thread; /* 0: nothing is cut */
    unsigned at, seen;
    enum cut_how how;
} cut;

/* FALSE: it is not to be made. */
static BOOL count_one(void)
{
    if (cut.thread != GetCurrentThreadId() || ++cut.seen != cut.at) return TRUE;
    if (cut.how == CUT_ENDS) TerminateProcess(GetCurrentProcess(), CUT_CODE);
    return FALSE;
}

static LONG NTAPI cut_create_key(HANDLE *key, ACCESS_MASK access, void *attributes, ULONG index,
                                 void *class_name, ULONG options, ULONG *disposition)
{
    return count_one()
               ? create_key(key, access, attributes, index, class_name, options, disposition)
               : DENIED;
}

static LONG NTAPI cut_set_value(HANDLE key, void *name, ULONG index, ULONG type, const void *data,
                                ULONG size)
{
    return count_one() ? set_value(key, name, index, type, data, size) : DENIED;
}

static LONG NTAPI cut_delete_value(HANDLE key, void *name)
{
    return count_one() ? delete_value(key, name) : DENIED;
}

static LONG NTAPI cut_delete_key(HANDLE key)
{
    return count_one() ? delete_key(key) : DENIED;
}

/* ---- the import table ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    ULONG_PTR ours;
    ULONG_PTR *former;
} exchanged[] = {
    {"NtCreateKey", (ULONG_PTR)cut_create_key, (ULONG_PTR *)&create_key},
    {"NtSetValueKey", (ULONG_PTR)cut_set_value, (ULONG_PTR *)&set_value},
    {"NtDeleteValueKey", (ULONG_PTR)cut_delete_value, (ULONG_PTR *)&delete_value},
    {"NtDeleteKey", (ULONG_PTR)cut_delete_key, (ULONG_PTR *)&delete_key},
};

static unsigned exchange(const char *name, ULONG_PTR *place)
{
    DWORD protection;

    for (size_t i = 0; i < ARRAYSIZE(exchanged); i++) {
        if (strcmp(name, exchanged[i].name) != 0) continue;
        if (!VirtualProtect(place, sizeof(*place), PAGE_READWRITE, &protection)) return 0;
        *exchanged[i].former = *place;
        *place = exchanged[i].ours;
        VirtualProtect(place, sizeof(*place), protection, &protection);
        return 1;
    }
    return 0;
}

static unsigned exchange_of(BYTE *base, const IMAGE_IMPORT_DESCRIPTOR *from)
{
    const IMAGE_THUNK_DATA *names = (const void *)(base + from->OriginalFirstThunk);
    ULONG_PTR *places = (void *)(base + from->FirstThunk);
    unsigned count = 0;

    if (!from->OriginalFirstThunk) return 0;
    for (size_t i = 0; names[i].u1.AddressOfData; i++) {
        if (IMAGE_SNAP_BY_ORDINAL(names[i].u1.Ordinal)) continue;
        count += exchange((const char *)base + names[i].u1.AddressOfData +
                              offsetof(IMAGE_IMPORT_BY_NAME, Name),
                          &places[i]);
    }
    return count;
}

BOOL cut_install(void)
{
    BYTE *base = (BYTE *)GetModuleHandleW(L"kernelbase.dll");
    const IMAGE_NT_HEADERS *headers;
    const IMAGE_IMPORT_DESCRIPTOR *from;
    unsigned count = 0;

    if (!base) return FALSE;
    headers = (const void *)(base + ((IMAGE_DOS_HEADER *)base)->e_lfanew);
    from = (const void *)(base + headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT]
                                     .VirtualAddress);
    for (; from->Name; from++) count += exchange_of(base, from);
    return count == ARRAYSIZE(exchanged);
}

void cut_at(unsigned n, enum cut_how how)
{
    cut.at = n;
    cut.how = how;
    cut.seen = 0;
    cut.thread = GetCurrentThreadId();
}

unsigned cut_stop(void)
{
    cut.thread = 0;
    return cut.seen;
}

#include "win32/carrier/rpc_runtime.h"

#include <string.h>

#include "base/trace.h"

static struct rpc_runtime functions;

static const struct {
    const char *name;
    size_t offset;
} rpc_names[] = {
#define RPC_NAME(name) {#name, offsetof(struct rpc_runtime, name)},
    RPC_FUNCTIONS(RPC_NAME)
#undef RPC_NAME
};

static BOOL CALLBACK load_runtime(INIT_ONCE *once, void *parameter, void **context)
{
    HMODULE library = LoadLibraryExW(L"rpcrt4.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    const char *missing = library ? NULL : "rpcrt4.dll";

    (void)once, (void)parameter;
    for (size_t i = 0; library && i < sizeof(rpc_names) / sizeof(rpc_names[0]); i++) {
        FARPROC found = GetProcAddress(library, rpc_names[i].name);

        memcpy((char *)&functions + rpc_names[i].offset, &found, sizeof(found));
        if (!found) missing = rpc_names[i].name;
    }
    if (missing) TRACE(ERROR, "rpc: %s is not there (error %lu)", missing, GetLastError());
    *context = missing ? NULL : &functions;
    return TRUE;
}

const struct rpc_runtime *rpc_runtime(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    void *found = NULL;

    InitOnceExecuteOnce(&once, load_runtime, NULL, &found);
    return found;
}

bool rpc_is_wines(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

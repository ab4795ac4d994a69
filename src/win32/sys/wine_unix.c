#include "win32/sys/wine_unix.h"

#include <string.h>

#include "base/mem.h"

typedef LONG WINAPI spawn_fn(char *const *arguments, int wait);
typedef char *CDECL unix_name_fn(const WCHAR *name);

static FARPROC find(const WCHAR *dll, const char *name)
{
    HMODULE module = GetModuleHandleW(dll);

    return module ? GetProcAddress(module, name) : NULL;
}

static spawn_fn *find_spawn(void)
{
    return (spawn_fn *)(void *)find(L"ntdll.dll", "__wine_unix_spawnvp");
}

bool wine_unix_here(void)
{
    return find_spawn() != NULL;
}

LONG wine_unix_run(char *const *arguments)
{
    spawn_fn *spawn = find_spawn();

    return spawn ? spawn(arguments, 1) : -1;
}

char *wine_unix_path(const WCHAR *name)
{
    unix_name_fn *convert =
        (unix_name_fn *)(void *)find(L"kernel32.dll", "wine_get_unix_file_name");
    char *name_of_wine = convert ? convert(name) : NULL, *copy;

    if (!name_of_wine) return NULL;
    copy = mem_dup(name_of_wine, strlen(name_of_wine) + 1);
    HeapFree(GetProcessHeap(), 0, name_of_wine);
    return copy;
}

#include "win32/sys/library.h"

#include <stdbool.h>
#include <wchar.h>

#include "base/utf16.h"

#define PATH_UNITS 1024u

static bool is_whole(const WCHAR *path)
{
    return (path[0] && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/')) ||
           (path[0] == L'\\' && path[1] == L'\\');
}

static HMODULE load_path(const WCHAR *path)
{
    return LoadLibraryExW(path, NULL,
                          LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
}

/* The folder that this code was loaded from, with the backslash at its end; its units, 0: too long.
 */
static UINT own_folder(WCHAR path[PATH_UNITS])
{
    HMODULE own = NULL;
    WCHAR *end;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                           GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (const WCHAR *)(void *)&own_folder, &own);
    path[0] = 0;
    if (GetModuleFileNameW(own, path, PATH_UNITS) >= PATH_UNITS) return 0;
    end = wcsrchr(path, L'\\');
    return end ? (UINT)(end - path) + 1 : 0;
}

static UINT system_folder(WCHAR path[PATH_UNITS])
{
    UINT units = GetSystemDirectoryW(path, PATH_UNITS - 1);

    if (!units || units >= PATH_UNITS - 1) return 0;
    path[units] = L'\\';
    return units + 1;
}

static HMODULE load_from(WCHAR path[PATH_UNITS], UINT units, const WCHAR *name)
{
    SetLastError(ERROR_MOD_NOT_FOUND);
    if (!units || !u16_copy(path + units, PATH_UNITS - units, name)) return NULL;
    return load_path(path);
}

HMODULE library_load(const WCHAR *name)
{
    WCHAR path[PATH_UNITS];
    HMODULE module;

    if (is_whole(name)) return load_path(name);
    if (wcspbrk(name, L"\\/:")) {
        SetLastError(ERROR_BAD_PATHNAME);
        return NULL;
    }
    module = load_from(path, system_folder(path), name);
    return module ? module : load_from(path, own_folder(path), name);
}

HMODULE library_load_beside(const WCHAR *name)
{
    WCHAR path[PATH_UNITS];

    return load_from(path, own_folder(path), name);
}

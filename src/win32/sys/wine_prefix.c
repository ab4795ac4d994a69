/* Wine gives each process the folder as a path of the object manager in WINECONFIGDIR, and shows
 * the mode bits for others as what Everyone may do. */
#include "win32/sys/wine_prefix.h"

#include <string.h>
#include <wchar.h>

#include "base/utf16.h"

bool wine_prefix_path(const WCHAR *file, WCHAR ret[WINE_PREFIX_UNITS])
{
    static const WCHAR native[] = L"\\??\\";
    DWORD units = GetEnvironmentVariableW(L"WINECONFIGDIR", ret, WINE_PREFIX_UNITS);

    if (!units || units >= WINE_PREFIX_UNITS || wcsncmp(ret, native, 4) != 0) return false;
    ret[1] = L'\\'; /* as the Win32 functions have it */
    if (!*file) return true;
    ret[units++] = L'\\';
    return u16_copy(ret + units, WINE_PREFIX_UNITS - units, file);
}

static bool grants(PACL acl, DWORD right)
{
    for (WORD i = 0; acl && i < acl->AceCount; i++) {
        ACCESS_ALLOWED_ACE *ace;

        if (GetAce(acl, i, (void **)&ace) && ace->Header.AceType == ACCESS_ALLOWED_ACE_TYPE &&
            IsWellKnownSid(&ace->SidStart, WinWorldSid) && (ace->Mask & right))
            return true;
    }
    return false;
}

/* False also when that can't be told. */
static bool everyone_may(const WCHAR *path, DWORD right)
{
    union {
        SECURITY_DESCRIPTOR descriptor;
        BYTE room[512];
    } found;
    BOOL present = FALSE, defaulted = FALSE;
    DWORD needed = 0;
    PACL acl = NULL;

    return GetFileSecurityW(path, DACL_SECURITY_INFORMATION, &found, sizeof(found), &needed) &&
           GetSecurityDescriptorDacl(&found, &present, &acl, &defaulted) && present &&
           grants(acl, right);
}

bool wine_prefix_is_public(void)
{
    WCHAR path[WINE_PREFIX_UNITS];
    WCHAR *end;

    if (!wine_prefix_path(L"system.reg", path) || !everyone_may(path, FILE_READ_DATA)) return false;
    for (end = wcsrchr(path, L'\\'); end && end > path + 6; end = wcsrchr(path, L'\\')) {
        *end = 0;
        if (!everyone_may(path, FILE_TRAVERSE)) return false;
    }
    return true;
}

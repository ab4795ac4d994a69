/* The one security descriptor that everything of ours gets: a protected DACL with full access for
 * administrators and the system. A descriptor is built at each use; keys and files are made
 * rarely. */
#include "win32/sys/security.h"

#include <sddl.h>

mpr_status security_administrators_only(SECURITY_ATTRIBUTES *ret)
{
    ret->nLength = sizeof(*ret);
    ret->bInheritHandle = FALSE;
    ret->lpSecurityDescriptor = NULL;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(
            L"D:P(A;OICI;GA;;;BA)(A;OICI;GA;;;SY)", SDDL_REVISION_1, &ret->lpSecurityDescriptor,
            NULL))
        return ST_NOT_ENOUGH_MEMORY;
    return ST_OK;
}

void security_free(SECURITY_ATTRIBUTES *attributes)
{
    LocalFree(attributes->lpSecurityDescriptor);
    attributes->lpSecurityDescriptor = NULL;
}

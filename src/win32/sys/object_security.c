/* The descriptor of security.h, recognised. */
#include "win32/sys/object_security.h"

static bool is_trusted(PSID sid)
{
    return IsWellKnownSid(sid, WinBuiltinAdministratorsSid) ||
           IsWellKnownSid(sid, WinLocalSystemSid);
}

/* Who else may do anything, is denied or audited, does not occur in a descriptor of ours. */
static bool acl_is_ours(PACL acl)
{
    for (WORD i = 0; i < acl->AceCount; i++) {
        ACCESS_ALLOWED_ACE *ace;

        if (!GetAce(acl, i, (void **)&ace) || ace->Header.AceType != ACCESS_ALLOWED_ACE_TYPE ||
            !is_trusted(&ace->SidStart))
            return false;
    }
    return true;
}

bool security_is_administrators_only(HANDLE object)
{
    union {
        SECURITY_DESCRIPTOR descriptor;
        BYTE room[512];
    } found;
    DWORD needed = 0;
    BOOL present = FALSE, defaulted = FALSE;
    PACL acl = NULL;

    if (!GetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION, &found, sizeof(found),
                                 &needed) ||
        !GetSecurityDescriptorDacl(&found, &present, &acl, &defaulted))
        return false;
    return present && acl && acl_is_ours(acl);
}

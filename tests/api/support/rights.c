#include "api/support/rights.h"

HANDLE rights_weak_primary(void)
{
    SID_IDENTIFIER_AUTHORITY authority = {SECURITY_NT_AUTHORITY};
    SID_AND_ATTRIBUTES administrators = {NULL, 0};
    HANDLE token = NULL, weak = NULL;

    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &token));
    assert_true(AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                         DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                         &administrators.Sid));
    if (!CreateRestrictedToken(token, 0, 1, &administrators, 0, NULL, 0, NULL, &weak)) {
        print_message("SKIP: no restricted token here (error %lu)\n", GetLastError());
        weak = NULL;
    }
    FreeSid(administrators.Sid);
    CloseHandle(token);
    return weak;
}

static HANDLE weak_token(void)
{
    HANDLE weak = rights_weak_primary(), impersonation = NULL;

    if (!weak) return NULL;
    DuplicateTokenEx(weak, TOKEN_ALL_ACCESS, NULL, SecurityImpersonation, TokenImpersonation,
                     &impersonation);
    CloseHandle(weak);
    return impersonation;
}

BOOL rights_drop(void)
{
    HANDLE token = weak_token();
    BOOL done = token && SetThreadToken(NULL, token);

    if (token && !done) print_message("SKIP: it can't be acted as (error %lu)\n", GetLastError());
    if (token) CloseHandle(token);
    return done;
}

void rights_restore(void)
{
    RevertToSelf();
}

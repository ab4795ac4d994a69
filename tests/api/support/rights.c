#include "api/support/rights.h"

/* This process' token with Administrators for deny only. NULL where Wine can't. */
static HANDLE weak_token(void)
{
    SID_IDENTIFIER_AUTHORITY authority = {SECURITY_NT_AUTHORITY};
    SID_AND_ATTRIBUTES administrators = {NULL, 0};
    HANDLE token = NULL, weak = NULL, impersonation = NULL;

    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &token));
    assert_true(AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                         DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                         &administrators.Sid));
    if (CreateRestrictedToken(token, 0, 1, &administrators, 0, NULL, 0, NULL, &weak))
        DuplicateTokenEx(weak, TOKEN_ALL_ACCESS, NULL, SecurityImpersonation, TokenImpersonation,
                         &impersonation);
    FreeSid(administrators.Sid);
    CloseHandle(weak);
    CloseHandle(token);
    return impersonation;
}

BOOL rights_drop(void)
{
    HANDLE token = weak_token();
    BOOL done = token && SetThreadToken(NULL, token);

    if (!done) print_message("SKIP: no restricted token here (error %lu)\n", GetLastError());
    CloseHandle(token);
    return done;
}

void rights_restore(void)
{
    RevertToSelf();
}

/* Acting as a client with the process' token is the costly case: each check of rights has to ask
 * the system for the token's groups. Nearly every client of a prefix has a token like the router's
 * own, so the two are compared once for each client. */
#include "win32/carrier/local_identity.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/sys/access.h"

#define TOKEN_RIGHTS (TOKEN_QUERY | TOKEN_IMPERSONATE | TOKEN_DUPLICATE)

/* ---- comparing ------------------------------------------------------------------------------- */

/* To be freed; NULL: none. */
static void *token_information(HANDLE token, TOKEN_INFORMATION_CLASS what, DWORD *ret_size)
{
    void *found;

    *ret_size = 0;
    GetTokenInformation(token, what, NULL, 0, ret_size);
    found = *ret_size ? mem_alloc(*ret_size) : NULL;
    if (found && GetTokenInformation(token, what, found, *ret_size, ret_size)) return found;
    mem_free(found);
    return NULL;
}

static bool same_user(const void *a, const void *b, DWORD size)
{
    (void)size;
    return EqualSid(((const TOKEN_USER *)a)->User.Sid, ((const TOKEN_USER *)b)->User.Sid);
}

static bool same_groups(const void *a, const void *b, DWORD size)
{
    const TOKEN_GROUPS *left = a, *right = b;

    (void)size;
    if (left->GroupCount != right->GroupCount) return false;
    for (DWORD i = 0; i < left->GroupCount; i++) {
        if (left->Groups[i].Attributes != right->Groups[i].Attributes ||
            !EqualSid(left->Groups[i].Sid, right->Groups[i].Sid))
            return false;
    }
    return true;
}

static bool same_octets(const void *a, const void *b, DWORD size)
{
    return memcmp(a, b, size) == 0;
}

static bool same_information(HANDLE a, HANDLE b, TOKEN_INFORMATION_CLASS what,
                             bool (*same)(const void *, const void *, DWORD))
{
    DWORD left_size, right_size;
    void *left = token_information(a, what, &left_size);
    void *right = token_information(b, what, &right_size);
    bool answer = left && right && left_size == right_size && same(left, right, left_size);

    mem_free(left);
    mem_free(right);
    return answer;
}

/* Groups have the integrity level, too. Restricting identifiers are none in a token that is not
 * restricted. */
static bool says_the_same(HANDLE a, HANDLE b)
{
    return !IsTokenRestricted(a) && !IsTokenRestricted(b) &&
           same_information(a, b, TokenUser, same_user) &&
           same_information(a, b, TokenGroups, same_groups) &&
           same_information(a, b, TokenPrivileges, same_octets);
}

static bool is_like_ours(HANDLE token)
{
    HANDLE own;
    bool answer;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own)) return false;
    answer = says_the_same(token, own);
    CloseHandle(own);
    return answer;
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static HANDLE token_of_process(HANDLE process)
{
    HANDLE token, copy = NULL;

    if (!OpenProcessToken(process, TOKEN_QUERY | TOKEN_DUPLICATE, &token)) return NULL;
    if (!DuplicateTokenEx(token, TOKEN_RIGHTS, NULL, SecurityImpersonation, TokenImpersonation,
                          &copy))
        copy = NULL;
    CloseHandle(token);
    return copy;
}

mpr_status identity_of_process(HANDLE process, HANDLE *ret_token)
{
    *ret_token = token_of_process(process);
    if (!*ret_token) {
        TRACE(WARNING, "carrier: the token of a client can't be had (error %lu)", GetLastError());
        return ST_ACCESS_DENIED;
    }
    if (is_like_ours(*ret_token)) {
        CloseHandle(*ret_token);
        *ret_token = NULL;
    }
    return ST_OK;
}

mpr_status identity_act(HANDLE token)
{
    return SetThreadToken(NULL, token) ? ST_OK : ST_ACCESS_DENIED;
}

/* Who was given a token to look at only must not act with it here either. */
static mpr_status act_as_thread(HANDLE thread)
{
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    mpr_status status = ST_ACCESS_DENIED;
    DWORD size;
    HANDLE token;

    if (!OpenThreadToken(thread, TOKEN_RIGHTS, TRUE, &token)) return ST_ACCESS_DENIED;
    if (GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size) &&
        level >= SecurityImpersonation)
        status = identity_act(token);
    CloseHandle(token);
    return status;
}

mpr_status identity_act_as_thread(DWORD process, DWORD thread)
{
    HANDLE opened =
        OpenThread(THREAD_QUERY_INFORMATION | THREAD_QUERY_LIMITED_INFORMATION, FALSE, thread);
    mpr_status status = ST_ACCESS_DENIED;

    if (opened && GetProcessIdOfThread(opened) == process) status = act_as_thread(opened);
    if (opened) CloseHandle(opened);
    if (status != ST_OK)
        TRACE(WARNING, "carrier: thread %lu of client %lu has no token to act with", thread,
              process);
    return status;
}

bool identity_is_administrator(HANDLE process)
{
    HANDLE token = token_of_process(process);
    bool answer = token && identity_act(token) == ST_OK && access_check() == ST_OK;

    if (!token) return false;
    RevertToSelf();
    CloseHandle(token);
    return answer;
}

DWORD identity_impersonating(void)
{
    HANDLE token = NULL;

    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
        return GetLastError() == ERROR_NO_TOKEN ? 0 : GetCurrentThreadId();
    CloseHandle(token);
    return GetCurrentThreadId();
}

/* Who may call: members of Administrators, as the calling thread's effective token says.
 *
 * A thread that does not impersonate (nearly all) costs one system call, which tells that it has
 * no token of its own, unless it has said so; the process token's answer is looked up once, since
 * groups of a running process don't change. An impersonation token is looked at anew each time.
 * CheckTokenMembership counts a group only when it is enabled and not for deny only, which is what
 * a restricted token relies on; Wine does the same.
 */
#include "win32/sys/access.h"

#include "base/trace.h"

enum { ANSWER_UNKNOWN = 0, ANSWER_YES, ANSWER_NO };
static volatile LONG process_answer;

/* token NULL: the process'. */
static bool is_administrator(HANDLE token)
{
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID administrators = NULL;
    BOOL member = FALSE;

    if (!AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                  DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0, &administrators))
        return false;
    if (!CheckTokenMembership(token, administrators, &member)) member = FALSE;
    FreeSid(administrators);
    return member;
}

static mpr_status check_process(void)
{
    if (process_answer == ANSWER_UNKNOWN)
        InterlockedExchange(&process_answer, is_administrator(NULL) ? ANSWER_YES : ANSWER_NO);
    return process_answer == ANSWER_YES ? ST_OK : ST_ACCESS_DENIED;
}

/* ---- threads that say what they are ---------------------------------------------------------- */

static DWORD word = TLS_OUT_OF_INDEXES; /* not NULL in a thread without token */

static BOOL CALLBACK have_word(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    word = TlsAlloc();
    return TRUE;
}

/* For the life of the process. Where there is no slot, the system is asked as ever. */
void access_thread_has_no_token(bool none)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

    InitOnceExecuteOnce(&once, have_word, NULL, NULL);
    if (word != TLS_OUT_OF_INDEXES) TlsSetValue(word, none ? &word : NULL);
}

static bool has_said_so(void)
{
    return word != TLS_OUT_OF_INDEXES && TlsGetValue(word);
}

/* ---- tokens ---------------------------------------------------------------------------------- */

HANDLE access_as_process(void)
{
    HANDLE token = NULL;

    if (has_said_so()) return NULL;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY | TOKEN_IMPERSONATE, TRUE, &token))
        return NULL;
    RevertToSelf();
    return token;
}

void access_as_caller(HANDLE token)
{
    if (!token) return;
    SetThreadToken(NULL, token);
    CloseHandle(token);
}

mpr_status access_check(void)
{
    HANDLE token;
    mpr_status status;

    if (has_said_so()) return check_process();
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) {
        if (GetLastError() == ERROR_NO_TOKEN) return check_process();
        /* It impersonates, but what is not to be seen: an anonymous token, for example. */
        TRACE(WARNING, "access: the thread's token can't be read (error %lu)", GetLastError());
        return ST_ACCESS_DENIED;
    }
    status = is_administrator(token) ? ST_OK : ST_ACCESS_DENIED;
    CloseHandle(token);
    return status;
}

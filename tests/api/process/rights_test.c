/* Every exported function with a server handle, of somebody who is no administrator: a thread that
 * acts as one, and a process that is one. The rows are those of the random calls, so none is left
 * out; the other arguments are good enough to be looked at when the caller may call. */
#include "api/random/random.h"
#include "api/support/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef ULONG_PTR P;
enum { MOST_ARGUMENTS = 9, ROOM = 2048, ROWS = 256 };

/* ---- arguments ------------------------------------------------------------------------------- */

struct given {
    P arguments[MOST_ARGUMENTS];
    BYTE rooms[MOST_ARGUMENTS][ROOM], before[MOST_ARGUMENTS][ROOM];
};

static MPR_SERVER_HANDLE server;
static MIB_SERVER_HANDLE mib;
static HANDLE event;
static LPVOID header;

/* Results, and objects that the caller has: they are to tell nothing. */
static BOOL is_result(char letter)
{
    return strchr("RDHYOZ", letter) != NULL;
}

static P text(BYTE *room)
{
    wcscpy((WCHAR *)(void *)room, L"Anyone");
    return (P)room;
}

static P pointed(char letter, BYTE *room)
{
    if (strchr("RDH", letter)) memset(room, 0xee, ROOM);
    if (letter == 'b') memcpy(room, header, MprInfoBlockQuerySize(header));
    return (P)room;
}

static P argument(char letter, BYTE *room)
{
    switch (letter) {
    case 'S':
        return (P)server;
    case 'M':
        return (P)mib;
    case 'E':
        return (P)event;
    case 'I':
    case 'K':
    case 'P':
    case '#':
        return 1;
    case 'L':
        return MAXDWORD;
    case 'l':
    case 'f':
    case 'W':
        return 0;
    case 'p':
        return PID_IP;
    case 'j':
        return 10000; /* IPRTRMGR_PID */
    case 'z':
        return MprInfoBlockQuerySize(header);
    case 'w':
        return text(room);
    default:
        return pointed(letter, room);
    }
}

static void give(const char *letters, struct given *g)
{
    memset(g, 0, sizeof(*g));
    for (size_t i = 0; letters[i]; i++) g->arguments[i] = argument(letters[i], g->rooms[i]);
    memcpy(g->before, g->rooms, sizeof(g->rooms));
}

static BOOL is_cleared(const BYTE *room)
{
    DWORD first;

    memcpy(&first, room, sizeof(first));
    return first == 0;
}

/* Cleared, or as it was. */
static BOOL tells_nothing(const char *letters, const struct given *g)
{
    for (size_t i = 0; letters[i]; i++) {
        const BYTE *now = g->rooms[i], *before = g->before[i];
        size_t skipped = sizeof(DWORD);

        if (!is_result(letters[i])) continue;
        if (strchr("RH", letters[i])) skipped = sizeof(void *);
        if (strchr("YOZ", letters[i])) skipped = 0;
        if (memcmp(now + skipped, before + skipped, ROOM - skipped) != 0) return FALSE;
        if (skipped && memcmp(now, before, skipped) != 0 && !is_cleared(now)) return FALSE;
        if (letters[i] == 'R' || letters[i] == 'H') {
            void *result;

            memcpy(&result, now, sizeof(result));
            if (result != NULL) return FALSE;
        }
    }
    return TRUE;
}

/* ---- calls ----------------------------------------------------------------------------------- */

static DWORD call(void *function, const char *letters, const P *a)
{
#define AS(...) ((DWORD(WINAPI *)(__VA_ARGS__))function)
    switch (strlen(letters)) {
    case 1:
        return AS(P)(a[0]);
    case 2:
        return AS(P, P)(a[0], a[1]);
    case 3:
        return AS(P, P, P)(a[0], a[1], a[2]);
    case 4:
        return AS(P, P, P, P)(a[0], a[1], a[2], a[3]);
    case 5:
        return AS(P, P, P, P, P)(a[0], a[1], a[2], a[3], a[4]);
    case 6:
        return AS(P, P, P, P, P, P)(a[0], a[1], a[2], a[3], a[4], a[5]);
    case 7:
        return AS(P, P, P, P, P, P, P)(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    case 8:
        return AS(P, P, P, P, P, P, P, P)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
    default:
        return (DWORD)UNTOUCHED;
    }
#undef AS
}

struct outcome {
    DWORD status;
    BOOL told;
};

static BOOL is_method(const struct random_row *row)
{
    return strchr("SM", row->arguments[0]) && !row->no_status;
}

static void call_all(struct outcome *outcomes)
{
    static struct given g;

    for (size_t i = 0; i < random_row_count; i++) {
        const struct random_row *row = &random_rows[i];

        if (!is_method(row)) continue;
        give(row->arguments, &g);
        outcomes[i].status = call(row->function, row->arguments, g.arguments);
        outcomes[i].told = !tells_nothing(row->arguments, &g);
    }
}

/* How many gave something else than ERROR_ACCESS_DENIED, or told something. */
static int count_wrong(const struct outcome *outcomes)
{
    int wrong = 0;

    for (size_t i = 0; i < random_row_count; i++) {
        const struct outcome *o = &outcomes[i];

        if (!is_method(&random_rows[i])) continue;
        if (o->status == ERROR_ACCESS_DENIED && !o->told) continue;
        printf("%s: %lu%s\n", random_rows[i].name, o->status, o->told ? ", and a result" : "");
        wrong++;
    }
    return wrong;
}

static BOOL connects_to_nothing(void)
{
    MPR_SERVER_HANDLE no_server = UNTOUCHED_HANDLE;
    MIB_SERVER_HANDLE no_mib = UNTOUCHED_HANDLE;
    BOOL initialized = (BOOL)UNTOUCHED;

    return MprAdminServerConnect(NULL, &no_server) == ERROR_ACCESS_DENIED && !no_server &&
           MprAdminMIBServerConnect(NULL, &no_mib) == ERROR_ACCESS_DENIED && !no_mib &&
           MprAdminIsServiceInitialized(NULL, &initialized) == ERROR_ACCESS_DENIED &&
           !initialized && !MprAdminIsServiceRunning(NULL);
}

static BOOL connect_both(void)
{
    return MprAdminServerConnect(NULL, &server) == NO_ERROR &&
           MprAdminMIBServerConnect(NULL, &mib) == NO_ERROR;
}

static void disconnect_both(void)
{
    MprAdminServerDisconnect(server);
    MprAdminMIBServerDisconnect(mib);
}

static void begin(void)
{
    event = CreateEventW(NULL, TRUE, FALSE, NULL);
    header = fixture_header();
}

/* ---- the process ----------------------------------------------------------------------------- */

enum { WEAK_CONNECTS = 1001, STRONG_DOES_NOT, STAYS_STRONG };

/* It is no administrator. To have handles it acts as one for a moment, by a token that it was
 * given. */
static int weak_process(const char *token)
{
    static struct outcome outcomes[ROWS];

    fixture_registry_keep();
    begin();
    if (!connects_to_nothing()) return WEAK_CONNECTS;
    if (strcmp(token, "0") == 0) return 0;
    if (!SetThreadToken(NULL, (HANDLE)(ULONG_PTR)strtoull(token, NULL, 16)) || !connect_both())
        return STRONG_DOES_NOT;
    if (!RevertToSelf()) return STAYS_STRONG;
    call_all(outcomes);
    return count_wrong(outcomes);
}

static HANDLE inherited_token(void)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    HANDLE own = NULL, copy = NULL;

    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own));
    assert_true(DuplicateTokenEx(own, TOKEN_ALL_ACCESS, &inherited, SecurityImpersonation,
                                 TokenImpersonation, &copy));
    CloseHandle(own);
    return copy;
}

static DWORD run_weak(HANDLE weak, HANDLE strong)
{
    char path[MAX_PATH], command[MAX_PATH + 40];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    DWORD code = 0;

    GetModuleFileNameA(NULL, path, MAX_PATH);
    snprintf(command, sizeof(command), "\"%s\" %llx", path, (unsigned long long)(ULONG_PTR)strong);
    assert_true(CreateProcessAsUserA(weak, NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                                     &process));
    CloseHandle(process.hThread);
    assert_int_equal(WaitForSingleObject(process.hProcess, 60000), WAIT_OBJECT_0);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hProcess);
    return code;
}

static void test_process(void **state)
{
    HANDLE weak = rights_weak_primary(), strong;

    (void)state;
    WINDOWS_DIFFERS("starting a process with another token takes a privilege");
    if (!weak) skip();
    strong = inherited_token();
    assert_int_equal(run_weak(weak, NULL), 0); /* nor does it start a router */
    if (fixture_router_is_apart()) assert_true(connect_both());
    assert_int_equal(run_weak(weak, strong), 0);
    if (!fixture_router_is_apart()) assert_true(connect_both());
    assert_int_equal(run_weak(weak, NULL), 0); /* now it can't read the configuration either */
    disconnect_both();
    CloseHandle(strong);
    CloseHandle(weak);
}

/* ---- the thread ------------------------------------------------------------------------------ */

static void test_thread(void **state)
{
    static struct outcome weak[ROWS], strong[ROWS];
    BOOL refused;
    int methods = 0;

    (void)state;
    assert_true(random_row_count <= ROWS);
    assert_true(connect_both());
    if (!rights_drop()) skip();
    refused = connects_to_nothing();
    call_all(weak);
    rights_restore();
    assert_true(refused);
    assert_int_equal(count_wrong(weak), 0);
    /* Who may call gets other answers to the same. */
    call_all(strong);
    for (size_t i = 0; i < random_row_count; i++) {
        if (!is_method(&random_rows[i])) continue;
        methods++;
        if (strong[i].status == ERROR_ACCESS_DENIED) print_error("%s\n", random_rows[i].name);
        assert_int_not_equal(strong[i].status, ERROR_ACCESS_DENIED);
    }
    disconnect_both();
    print_message("%d functions\n", methods);
    assert_true(methods >= 53);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_process),
        cmocka_unit_test(test_thread),
    };

    if (count > 1) return weak_process(arguments[1]);
    fixture_registry(ROUTER_RAS_LAN_WAN);
    begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

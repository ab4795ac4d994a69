/* MprAdminInterfaceSetCredentials and MprAdminInterfaceGetCredentials. */
#include "api/support/rights.h"

#include <lmcons.h>
#include <string.h>
#include <wchar.h>

static WCHAR branch[] = L"Branch", user[] = L"router7", domain[] = L"BRANCHES",
             password[] = L"p\x00e4ss word", none[] = L"";

struct got {
    WCHAR user[UNLEN + 1], password[PWLEN + 1], domain[DNLEN + 1];
};

static struct got get(WCHAR *name)
{
    struct got got;

    memset(&got, 0xef, sizeof(got));
    assert_int_equal(
        MprAdminInterfaceGetCredentials(NULL, name, got.user, got.password, got.domain), NO_ERROR);
    return got;
}

static void assert_credentials(WCHAR *name, const WCHAR *u, const WCHAR *d, const WCHAR *p)
{
    struct got got = get(name);

    assert_int_equal(wcscmp(got.user, u), 0);
    assert_int_equal(wcscmp(got.domain, d), 0);
    assert_int_equal(wcscmp(got.password, p), 0);
}

static DWORD set(WCHAR *name, WCHAR *u, WCHAR *d, WCHAR *p)
{
    return MprAdminInterfaceSetCredentials(NULL, name, u, d, p);
}

/* Set has user, domain, password; Get has user, password, domain. */
static void the_two_orders(void **state)
{
    WCHAR lower[] = L"bRANCH";

    (void)state;
    fixture_phonebook("");
    fixture_entry("Branch");
    assert_credentials(branch, L"", L"", L"");
    assert_int_equal(set(branch, user, domain, password), NO_ERROR);
    assert_credentials(branch, user, domain, password);
    assert_credentials(lower, user, domain, password);
}

static void null_leaves_and_empty_clears(void **state)
{
    WCHAR other[] = L"other";

    (void)state;
    assert_int_equal(set(branch, user, domain, password), NO_ERROR);
    assert_int_equal(set(branch, other, NULL, NULL), NO_ERROR);
    assert_credentials(branch, other, domain, password);
    assert_int_equal(set(branch, NULL, none, NULL), NO_ERROR);
    assert_credentials(branch, other, L"", password);
    assert_int_equal(set(branch, NULL, NULL, other), NO_ERROR);
    assert_credentials(branch, other, L"", other);
    /* All three NULL: none are left, and removing none is no error. */
    assert_int_equal(set(branch, NULL, NULL, NULL), NO_ERROR);
    assert_credentials(branch, L"", L"", L"");
    assert_int_equal(set(branch, NULL, NULL, NULL), NO_ERROR);
}

static void what_is_wanted(void **state)
{
    WCHAR buffer[PWLEN + 1];

    (void)state;
    assert_int_equal(set(branch, user, domain, password), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, branch, NULL, NULL, NULL), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, branch, buffer, NULL, NULL), NO_ERROR);
    assert_int_equal(wcscmp(buffer, user), 0);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, branch, NULL, buffer, NULL), NO_ERROR);
    assert_int_equal(wcscmp(buffer, password), 0);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, branch, NULL, NULL, buffer), NO_ERROR);
    assert_int_equal(wcscmp(buffer, domain), 0);
}

static WCHAR *repeat(WCHAR *text, size_t units)
{
    wmemset(text, L'x', units);
    text[units] = 0;
    return text;
}

static void limits(void **state)
{
    WCHAR u[UNLEN + 2], d[DNLEN + 2], p[PWLEN + 2], name[MAX_INTERFACE_NAME_LEN + 2];

    (void)state;
    assert_int_equal(set(branch, repeat(u, UNLEN), repeat(d, DNLEN), repeat(p, PWLEN)), NO_ERROR);
    assert_credentials(branch, u, d, p);
    assert_int_equal(set(branch, repeat(u, UNLEN + 1), NULL, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(branch, NULL, repeat(d, DNLEN + 1), NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(branch, NULL, NULL, repeat(p, PWLEN + 1)), ERROR_INVALID_PARAMETER);
    assert_credentials(branch, repeat(u, UNLEN), repeat(d, DNLEN), repeat(p, PWLEN));
    assert_int_equal(set(NULL, user, domain, password), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(none, user, domain, password), ERROR_INVALID_PARAMETER);
    repeat(name, MAX_INTERFACE_NAME_LEN + 1);
    assert_int_equal(set(name, user, domain, password), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, NULL, u, p, d), ERROR_INVALID_PARAMETER);
    assert_int_equal(u[0] | p[0] | d[0], 0);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, NULL, NULL, NULL, NULL),
                     ERROR_INVALID_PARAMETER);
    /* The longest name that an interface can have. */
    repeat(name, MAX_INTERFACE_NAME_LEN);
    assert_int_equal(set(name, user, domain, password), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
}

static void no_such_entry(void **state)
{
    WCHAR missing[] = L"Missing", lan[] = L"{00000000-0000-0000-0000-000000000001}";
    WCHAR u[UNLEN + 1] = L"old";

    (void)state;
    assert_int_equal(set(missing, user, NULL, NULL), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, lan, u, NULL, NULL),
                     ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_int_equal(u[0], 0);
    fixture_phonebook(NULL);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, branch, u, NULL, NULL),
                     ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    fixture_phonebook("\xFF\xFE[");
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, branch, u, NULL, NULL),
                     ERROR_CANNOT_LOAD_PHONEBOOK);
    fixture_phonebook("");
    fixture_entry("Branch");
}

static void servers_and_rights(void **state)
{
    WCHAR local[] = L"\\\\localhost", far_away[] = L"\\\\no-such-router", u[UNLEN + 1];
    DWORD denied_set, denied_get;

    (void)state;
    assert_int_equal(MprAdminInterfaceSetCredentials(local, branch, user, domain, password),
                     NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetCredentials(none, branch, u, NULL, NULL), NO_ERROR);
    assert_int_equal(wcscmp(u, user), 0);
    assert_int_equal(MprAdminInterfaceGetCredentials(far_away, branch, u, NULL, NULL),
                     RPC_SERVER_UNAVAILABLE);
    if (!rights_drop()) skip();
    denied_set = set(branch, user, domain, password);
    denied_get = MprAdminInterfaceGetCredentials(NULL, branch, u, NULL, NULL);
    rights_restore();
    assert_int_equal(denied_set, ERROR_ACCESS_DENIED);
    assert_int_equal(denied_get, ERROR_ACCESS_DENIED);
    assert_int_equal(u[0], 0);
}

static void another_process(void **state)
{
    (void)state;
    assert_int_equal(set(branch, user, domain, password), NO_ERROR);
    assert_int_equal(fixture_run_self("look"), 0);
    assert_credentials(branch, L"changed", domain, password);
}

static int child(void)
{
    WCHAR changed[] = L"changed";

    assert_credentials(branch, user, domain, password);
    return (int)set(branch, changed, NULL, NULL);
}

/* Deleting an interface takes them with it: one of the same name begins without. */
static void gone_with_the_interface(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    WCHAR name[] = L"Short-lived";
    HANDLE handle = fixture_dial_interface(server, "Short-lived", NULL);

    (void)state;
    assert_int_equal(set(name, user, domain, password), NO_ERROR);
    assert_credentials(name, user, domain, password);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    assert_int_equal(set(name, user, NULL, NULL), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    handle = fixture_dial_interface(server, "Short-lived", NULL);
    assert_credentials(name, L"", L"", L"");
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    MprAdminServerDisconnect(server);
}

/* Neither needs the router. */
static void with_the_router_stopped(void **state)
{
    (void)state;
    fixture_set_dword(NULL, L"Start", SERVICE_DISABLED);
    assert_int_equal(set(branch, user, domain, password), NO_ERROR);
    assert_credentials(branch, user, domain, password);
    fixture_delete_value(NULL, L"Start");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_two_orders),          cmocka_unit_test(null_leaves_and_empty_clears),
        cmocka_unit_test(what_is_wanted),          cmocka_unit_test(limits),
        cmocka_unit_test(no_such_entry),           cmocka_unit_test(servers_and_rights),
        cmocka_unit_test(another_process),         cmocka_unit_test(gone_with_the_interface),
        cmocka_unit_test(with_the_router_stopped),
    };

    if (argc > 1 && !strcmp(argv[1], "look")) return child();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

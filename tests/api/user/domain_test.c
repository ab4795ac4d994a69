/* MprAdminGetPDCServer, MprAdminIsDomainRasServer, MprAdminEstablishDomainRasServer on a machine
 * that is in no domain. */
#include "api/support/rights.h"

#include <lmcons.h>
#include <lmerr.h>
#include <string.h>
#include <wchar.h>

static void the_own_name(void **state)
{
    static const WCHAR *const local[] = {L"", L"\\\\localhost", L"localhost", NULL};
    WCHAR own[UNCLEN + 1] = L"\\\\", server[UNCLEN + 1];
    DWORD units = CNLEN + 1;

    (void)state;
    assert_true(GetComputerNameW(own + 2, &units));
    for (size_t i = 0; i < 4; i++) {
        memset(server, 0xef, sizeof(server));
        assert_int_equal(MprAdminGetPDCServer(NULL, local[i] ? local[i] : own, server), NO_ERROR);
        assert_int_equal(wcscmp(server, own), 0);
    }
    assert_int_equal(MprAdminGetPDCServer(own + 2, NULL, server), NO_ERROR);
    assert_int_equal(wcscmp(server, own), 0);
}

static void no_such_names(void **state)
{
    WCHAR server[UNCLEN + 1] = L"old";

    (void)state;
    assert_int_equal(MprAdminGetPDCServer(L"NO-SUCH-DOMAIN", NULL, server), ERROR_NO_SUCH_DOMAIN);
    assert_int_equal(server[0], 0);
    assert_int_equal(MprAdminGetPDCServer(L"NO-SUCH-DOMAIN", L"\\\\localhost", server),
                     ERROR_NO_SUCH_DOMAIN);
    server[0] = L'x';
    assert_int_equal(MprAdminGetPDCServer(NULL, L"\\\\no-such-server", server),
                     NERR_InvalidComputer);
    assert_int_equal(server[0], 0);
    assert_int_equal(MprAdminGetPDCServer(NULL, NULL, server), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminGetPDCServer(NULL, L"", NULL), ERROR_INVALID_PARAMETER);
}

static void in_no_domain(void **state)
{
    WCHAR domain[] = L"EXAMPLE", machine[] = L"ROUTER";
    BOOL registered = (BOOL)UNTOUCHED;

    (void)state;
    assert_int_equal(MprAdminIsDomainRasServer(domain, machine, &registered), ERROR_NO_SUCH_DOMAIN);
    assert_int_equal(registered, FALSE);
    registered = (BOOL)UNTOUCHED;
    assert_int_equal(MprAdminIsDomainRasServer(NULL, NULL, &registered), ERROR_NO_SUCH_DOMAIN);
    assert_int_equal(registered, FALSE);
    assert_int_equal(MprAdminIsDomainRasServer(domain, machine, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminEstablishDomainRasServer(domain, machine, TRUE), ERROR_NO_SUCH_DOMAIN);
    assert_int_equal(MprAdminEstablishDomainRasServer(domain, machine, FALSE),
                     ERROR_NO_SUCH_DOMAIN);
    assert_int_equal(MprAdminEstablishDomainRasServer(NULL, NULL, TRUE), ERROR_NO_SUCH_DOMAIN);
}

static void rights(void **state)
{
    WCHAR domain[] = L"EXAMPLE", machine[] = L"ROUTER";
    DWORD denied;

    (void)state;
    if (!rights_drop()) skip();
    denied = MprAdminEstablishDomainRasServer(domain, machine, TRUE);
    rights_restore();
    assert_int_equal(denied, ERROR_ACCESS_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_own_name),
        cmocka_unit_test(no_such_names),
        cmocka_unit_test(in_no_domain),
        cmocka_unit_test(rights),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

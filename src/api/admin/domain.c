/* MprAdminGetPDCServer, MprAdminIsDomainRasServer, MprAdminEstablishDomainRasServer: who holds the
 * accounts, and whether the domain's directory knows this router.
 *
 * A machine that is no member of a domain, which a Wine prefix is, has its accounts itself and can
 * be registered nowhere: ERROR_NO_SUCH_DOMAIN, as the pages say. On a member, a domain that nobody
 * answers for is ERROR_DS_SERVER_DOWN; the directory itself is not written: ERROR_NOT_SUPPORTED.
 */
#include "api/api.h"

#include <lmcons.h>
#include <lmerr.h>

#include "win32/store/user_store.h"
#include "win32/sys/access.h"

enum { DOMAIN_UNITS = 256 };

static bool is_given(const WCHAR *text)
{
    return text && *text;
}

static mpr_status own_name(WCHAR ret[UNCLEN + 1])
{
    DWORD size = UNCLEN - 1;

    ret[0] = ret[1] = L'\\';
    return GetComputerNameW(ret + 2, &size) ? ST_OK : (mpr_status)GetLastError();
}

static mpr_status server_of_domain(const WCHAR *domain, WCHAR ret[UNCLEN + 1])
{
    mpr_status status = own_name(ret);

    /* The machine is the domain of its own accounts. */
    if (status == ST_OK && u16_equal_nocase(ret + 2, domain)) return ST_OK;
    return user_store_controller(domain, ret, UNCLEN + 1);
}

static mpr_status find_server(const WCHAR *domain, const WCHAR *server, WCHAR ret[UNCLEN + 1])
{
    WCHAR member_of[DOMAIN_UNITS];

    if (!is_given(domain) && !server) return ST_INVALID_PARAMETER;
    if (is_given(domain)) return server_of_domain(domain, ret);
    if (api_check_server_name(server) != ST_OK) return NERR_InvalidComputer;
    if (user_store_domain(member_of, DOMAIN_UNITS) == ST_OK)
        return server_of_domain(member_of, ret);
    return own_name(ret);
}

DWORD WINAPI MprAdminGetPDCServer(const WCHAR *domain, const WCHAR *server, LPWSTR ret)
{
    WCHAR name[UNCLEN + 1] = L"";
    mpr_status status = ret ? find_server(domain, server, name) : ST_INVALID_PARAMETER;

    if (ret) u16_copy(ret, UNCLEN + 1, status == ST_OK ? name : L"");
    return API_TRACE(status, "MprAdminGetPDCServer(domain=%w, server=%w, result=%p)", domain,
                     server, ret);
}

static mpr_status check_membership(const WCHAR *domain, const WCHAR *machine)
{
    WCHAR member_of[DOMAIN_UNITS], controller[DOMAIN_UNITS];
    mpr_status status = access_check();

    if (status == ST_OK) status = user_store_domain(member_of, DOMAIN_UNITS);
    if (status != ST_OK) return status;
    if (!is_given(domain) || user_store_controller(domain, controller, DOMAIN_UNITS) != ST_OK)
        return ERROR_DS_SERVER_DOWN;
    if (!is_given(machine)) return ST_NOT_FOUND;
    return ST_NOT_SUPPORTED;
}

DWORD WINAPI MprAdminIsDomainRasServer(LPWSTR domain, LPWSTR machine, BOOL *ret)
{
    mpr_status status = ret ? check_membership(domain, machine) : ST_INVALID_PARAMETER;

    if (ret) *ret = FALSE;
    return API_TRACE(status, "MprAdminIsDomainRasServer(domain=%w, machine=%w, result=%p)", domain,
                     machine, ret);
}

DWORD WINAPI MprAdminEstablishDomainRasServer(LPWSTR domain, LPWSTR machine, BOOL enable)
{
    return API_TRACE(check_membership(domain, machine),
                     "MprAdminEstablishDomainRasServer(domain=%w, machine=%w, enable=%b)", domain,
                     machine, enable);
}

/* Accounts through netapi32, dial-in rights in the registry.
 *
 * Of netapi32 only what Wine has is called: its NetUserSetInfo, for one, is a name that raises an
 * exception. Level 0 of NetUserGetInfo is what it knows of every account.
 */
#include "win32/store/user_store.h"

#include <lmaccess.h>
#include <lmapibuf.h>
#include <lmcons.h>
#include <lmerr.h>
#include <lmjoin.h>
#include <dsgetdc.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/journal/config_change.h"
#include "win32/sys/registry.h"

typedef NET_API_STATUS WINAPI user_info_fn(LPCWSTR, LPCWSTR, DWORD, LPBYTE *);
typedef NET_API_STATUS WINAPI join_fn(LPCWSTR, LPWSTR *, PNETSETUP_JOIN_STATUS);
typedef DWORD WINAPI controller_fn(LPCWSTR, LPCWSTR, GUID *, LPCWSTR, ULONG,
                                   PDOMAIN_CONTROLLER_INFOW *);
typedef NET_API_STATUS WINAPI free_fn(LPVOID);

static struct {
    INIT_ONCE once;
    user_info_fn *user_info;
    join_fn *join;
    controller_fn *controller;
    free_fn *release;
} net = {.once = INIT_ONCE_STATIC_INIT};

static SRWLOCK lock = SRWLOCK_INIT;

static BOOL CALLBACK load_netapi32(INIT_ONCE *once, void *parameter, void **context)
{
    HMODULE module = LoadLibraryExW(L"netapi32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);

    (void)once;
    (void)parameter;
    (void)context;
    if (!module) return TRUE;
    net.user_info = (user_info_fn *)(void *)GetProcAddress(module, "NetUserGetInfo");
    net.join = (join_fn *)(void *)GetProcAddress(module, "NetGetJoinInformation");
    net.controller = (controller_fn *)(void *)GetProcAddress(module, "DsGetDcNameW");
    net.release = (free_fn *)(void *)GetProcAddress(module, "NetApiBufferFree");
    return TRUE;
}

static bool net_ready(void)
{
    InitOnceExecuteOnce(&net.once, load_netapi32, NULL, NULL);
    return net.user_info && net.join && net.controller && net.release;
}

/* ---- accounts ------------------------------------------------------------------------------- */

/* Takes the machine's own name off; NULL when the name before it is another one's. */
static const WCHAR *account_name(const WCHAR *user)
{
    WCHAR own[MAX_COMPUTERNAME_LENGTH + 1], before[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD size = MAX_COMPUTERNAME_LENGTH + 1;
    const WCHAR *slash = user;
    size_t units;

    while (*slash && *slash != L'\\') slash++;
    if (!*slash) return user;
    units = (size_t)(slash - user);
    if (units > MAX_COMPUTERNAME_LENGTH || !GetComputerNameW(own, &size)) return NULL;
    for (size_t i = 0; i < units; i++) before[i] = user[i];
    before[units] = 0;
    if (!u16_equal(before, u".") && !u16_equal_nocase(before, own)) return NULL;
    return slash + 1;
}

/* ret is the account's key in the store. */
static mpr_status find_account(const WCHAR *user, WCHAR path[UNLEN + 16])
{
    const WCHAR *name = account_name(user);
    BYTE *info = NULL;
    NET_API_STATUS rc;

    if (!name || !*name || u16_length(name, UNLEN + 1) > UNLEN) return ERROR_NO_SUCH_USER;
    if (!net_ready()) return ST_PROC_NOT_FOUND;
    rc = net.user_info(NULL, name, 0, &info);
    if (info) net.release(info);
    if (rc == NERR_UserNotFound) return ERROR_NO_SUCH_USER;
    if (rc != NO_ERROR) return (mpr_status)rc;
    u16_copy(path, UNLEN + 16, u"Users\\");
    u16_copy(path + 6, UNLEN + 10, name);
    /* No account of Windows has one; a key would be a path of two. */
    for (const WCHAR *at = name; *at; at++) {
        if (*at == L'\\') return ERROR_NO_SUCH_USER;
    }
    return ST_OK;
}

/* ---- rights --------------------------------------------------------------------------------- */

/* What is missing, or of another type, stays as ret has it. ST_NOT_ENOUGH_MEMORY: not known. */
static mpr_status read_values(HKEY key, struct user_rights *ret)
{
    WCHAR *number = NULL;
    mpr_status status = registry_get_text(key, L"CallbackNumber", &number);

    registry_get_dword(key, L"Privilege", &ret->privilege);
    registry_get_dword(key, L"Privilege2", &ret->privilege2);
    if (status == ST_OK) u16_copy(ret->number, USER_NUMBER_MAX + 1, number);
    mem_free(number);
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

mpr_status user_store_read(const WCHAR *user, struct user_rights *ret)
{
    WCHAR path[UNLEN + 16];
    mpr_status status = find_account(user, path);
    HKEY key;

    *ret = (struct user_rights){.privilege = 1, .privilege2 = 1};
    if (status != ST_OK) return status;
    AcquireSRWLockShared(&lock);
    status = registry_open(path, KEY_QUERY_VALUE, false, &key);
    if (status == ST_OK) {
        status = read_values(key, ret);
        RegCloseKey(key);
    }
    ReleaseSRWLockShared(&lock);
    return status == ERROR_FILE_NOT_FOUND ? ST_OK : status;
}

struct rights_change {
    const WCHAR *path;
    const struct user_rights *rights;
};

static mpr_status write_values(void *context)
{
    const struct rights_change *change = context;
    const struct user_rights *rights = change->rights;
    HKEY key;
    mpr_status status = registry_open(change->path, KEY_SET_VALUE, true, &key);

    if (status != ST_OK) return status;
    status = registry_set_text(key, L"CallbackNumber", REG_SZ, rights->number);
    if (status == ST_OK) status = registry_set_dword(key, L"Privilege2", rights->privilege2);
    if (status == ST_OK) status = registry_set_dword(key, L"Privilege", rights->privilege);
    RegCloseKey(key);
    return status;
}

mpr_status user_store_write(const WCHAR *user, const struct user_rights *rights)
{
    static const WCHAR *const names[] = {L"CallbackNumber", L"Privilege2", L"Privilege"};
    WCHAR path[UNLEN + 16];
    struct rights_change change = {path, rights};
    mpr_status status = find_account(user, path);

    if (status != ST_OK) return status;
    AcquireSRWLockExclusive(&lock);
    status = config_change_run(path, names, ARRAYSIZE(names), write_values, &change);
    ReleaseSRWLockExclusive(&lock);
    return status;
}

mpr_status user_store_may_dial_in(const WCHAR *domain, const WCHAR *user)
{
    const DWORD dial_in = 0x08, policy = 0x01; /* RASPRIV_DialinPrivilege, RASPRIV2_DialinPolicy */
    WCHAR account[UNLEN + DNLEN + 2];
    struct user_rights rights;
    mpr_status status;

    if (!*user) return ST_OK;
    _snwprintf(account, ARRAYSIZE(account), L"%ls%ls%ls", domain, *domain ? L"\\" : L"", user);
    account[ARRAYSIZE(account) - 1] = 0;
    status = user_store_read(account, &rights);
    if (status == ERROR_NO_SUCH_USER || status == ST_PROC_NOT_FOUND) return ST_OK;
    if (status != ST_OK) return status;
    return (rights.privilege & dial_in) || (rights.privilege2 & policy) ? ST_OK
                                                                        : ST_NO_DIALIN_PERMISSION;
}

/* ---- domains -------------------------------------------------------------------------------- */

mpr_status user_store_domain(WCHAR *domain, size_t capacity)
{
    NETSETUP_JOIN_STATUS join = NetSetupUnknownStatus;
    LPWSTR name = NULL;
    bool member = false;

    if (!net_ready()) return ERROR_NO_SUCH_DOMAIN;
    if (net.join(NULL, &name, &join) == NERR_Success && name)
        member = join == NetSetupDomainName && u16_copy(domain, capacity, name);
    if (name) net.release(name);
    return member ? ST_OK : ERROR_NO_SUCH_DOMAIN;
}

mpr_status user_store_controller(const WCHAR *domain, WCHAR *ret, size_t capacity)
{
    PDOMAIN_CONTROLLER_INFOW info = NULL;
    bool done = false;

    if (!net_ready()) return ERROR_NO_SUCH_DOMAIN;
    if (net.controller(NULL, domain, NULL, NULL, DS_RETURN_FLAT_NAME, &info) == ERROR_SUCCESS &&
        info && info->DomainControllerName)
        done = u16_copy(ret, capacity, info->DomainControllerName);
    if (info) net.release(info);
    return done ? ST_OK : ERROR_NO_SUCH_DOMAIN;
}

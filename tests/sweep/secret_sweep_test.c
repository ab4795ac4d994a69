/* Credentials, dial-in rights and domains with failing allocations. */
#include "sweep/scene.h"

#include "api/support/ras_admin_names.h"

#include <lmcons.h>
#include <lmerr.h>
#include <string.h>
#include <wchar.h>

static WCHAR name[] = L"Swept", user[] = L"router7", domain[] = L"BRANCHES", password[] = L"old",
             other[] = L"other", me[UNLEN + 1];
static BYTE eap[40] = "EAP data", key[] = "a pre-shared key";

/* ---- what scenarios begin with --------------------------------------------------------------- */

static DWORD set_ex(DWORD level, BYTE *data, DWORD size)
{
    MPR_CREDENTIALSEX_1 info = {size, data};

    return MprAdminInterfaceSetCredentialsEx(scene_server, scene_interface, level, (BYTE *)&info);
}

static DWORD set_server(BYTE *data, DWORD size)
{
    MPR_CREDENTIALSEX_1 info = {size, data};

    return MprAdminServerSetCredentials(scene_server, 0, (BYTE *)&info);
}

static void with_secrets(void)
{
    scene_with_interface();
    assert_int_equal(MprAdminInterfaceSetCredentials(NULL, name, user, domain, password), NO_ERROR);
    assert_int_equal(set_ex(0, eap, sizeof(eap)), NO_ERROR);
    assert_int_equal(set_ex(1, key, sizeof(key)), NO_ERROR);
    assert_int_equal(set_server(key, sizeof(key)), NO_ERROR);
}

static void without_secrets(void)
{
    scene_with_interface();
    assert_int_equal(MprAdminInterfaceSetCredentials(NULL, name, NULL, NULL, NULL), NO_ERROR);
    assert_int_equal(set_ex(0, NULL, 0), NO_ERROR);
    assert_int_equal(set_ex(1, NULL, 0), NO_ERROR);
    assert_int_equal(set_server(NULL, 0), NO_ERROR);
}

/* A key in the form that a Get gave. */
static BYTE sealed[1024];
static DWORD sealed_size;

static void with_a_sealed_key(void)
{
    MPR_CREDENTIALSEX_1 *info = NULL;

    with_secrets();
    assert_int_equal(
        MprAdminInterfaceGetCredentialsEx(scene_server, scene_interface, 1, (BYTE **)&info),
        NO_ERROR);
    assert_true(info->dwSize <= sizeof(sealed));
    sealed_size = info->dwSize;
    memcpy(sealed, info->lpbCredentialsInfo, sealed_size);
    MprAdminBufferFree(info);
}

static void with_rights(void)
{
    RAS_USER_1 info = {.bfPrivilege = RASPRIV_AdminSetCallback, .wszPhoneNumber = L"4711"};

    assert_int_equal(MprAdminUserSetInfo(NULL, me, 1, (BYTE *)&info), NO_ERROR);
}

/* ---- the calls ------------------------------------------------------------------------------- */

static DWORD get_credentials(void)
{
    WCHAR u[UNLEN + 1], p[PWLEN + 1], d[DNLEN + 1];
    DWORD status = MprAdminInterfaceGetCredentials(NULL, name, u, p, d);

    sweep_sample = sweep_sum(sweep_sum(0, u, sizeof(user)), p, sizeof(password));
    sweep_sample = sweep_sum(sweep_sample, d, sizeof(domain));
    return status;
}

/* What is sealed differs each time. */
static DWORD get_key(void)
{
    DWORD status = MprAdminInterfaceGetCredentialsEx(scene_server, scene_interface, 1, RESULT);

    if (status == NO_ERROR) {
        MPR_CREDENTIALSEX_1 *info = sweep_result;

        memset(info->lpbCredentialsInfo, 0, info->dwSize);
    }
    return status;
}

static DWORD get_user(void)
{
    RAS_USER_1 info;
    DWORD status;

    memset(&info, 0, sizeof(info));
    status = MprAdminUserGetInfo(NULL, me, 1, (BYTE *)&info);
    sweep_sample = sweep_sum(0, &info, sizeof(info));
    return status;
}

static DWORD old_get_user(void)
{
    RAS_USER_0 info;
    DWORD status;

    memset(&info, 0, sizeof(info));
    status = RasAdminUserGetInfo(NULL, me, &info);
    sweep_sample = sweep_sum(0, &info, sizeof(info));
    return status;
}

static DWORD set_user(void)
{
    RAS_USER_1 info = {.bfPrivilege = RASPRIV_CallerSetCallback, .wszPhoneNumber = L"0815"};

    return MprAdminUserSetInfo(NULL, me, 1, (BYTE *)&info);
}

static DWORD old_set_user(void)
{
    RAS_USER_0 info = {.bfPrivilege = RASPRIV_CallerSetCallback, .wszPhoneNumber = L"0815"};

    return RasAdminUserSetInfo(NULL, me, &info);
}

static DWORD old_error_string(void)
{
    WCHAR text[200];
    DWORD status = RasAdminGetErrorString(ERROR_PORT_NOT_FOUND, text, 200);

    if (status == NO_ERROR) sweep_sample = sweep_sum(0, text, wcslen(text));
    return status;
}

static DWORD controller(void)
{
    WCHAR text[UNCLEN + 1];

    return MprAdminGetPDCServer(NULL, L"", text);
}

static DWORD is_ras_server(void)
{
    BOOL yes;

    return MprAdminIsDomainRasServer(domain, me, &yes);
}

CALL(set_credentials, MprAdminInterfaceSetCredentials(NULL, name, other, NULL, other))
CALL(remove_credentials, MprAdminInterfaceSetCredentials(NULL, name, NULL, NULL, NULL))
CALL(get_eap, MprAdminInterfaceGetCredentialsEx(scene_server, scene_interface, 0, RESULT))
CALL(set_eap, set_ex(0, key, sizeof(key)))
CALL(set_key, set_ex(1, eap, sizeof(eap)))
CALL(set_sealed, set_ex(1, sealed, sealed_size))
CALL(remove_key, set_ex(1, NULL, 0))
CALL(get_server_key, MprAdminServerGetCredentials(scene_server, 0, RESULT))
CALL(set_server_key, set_server(eap, sizeof(eap)))
CALL(set_server_sealed, set_server(sealed, sealed_size))
CALL(establish, MprAdminEstablishDomainRasServer(domain, me, TRUE))

#define REMOVES "a registry value is deleted"
#define SYSTEM  "the system's answer goes into the caller's memory"

static const struct scenario scenarios[] = {
    SWEEP("MprAdminInterfaceGetCredentials", with_secrets, get_credentials, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCredentials", with_secrets, set_credentials, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCredentials, the first", without_secrets, set_credentials, NO_ERROR,
          NULL),
    SWEEP("MprAdminInterfaceSetCredentials, none", with_secrets, remove_credentials, NO_ERROR,
          NULL),
    SWEEP("MprAdminInterfaceGetCredentialsEx, EAP", with_secrets, get_eap, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetCredentialsEx, key", with_secrets, get_key, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCredentialsEx, EAP", with_secrets, set_eap, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCredentialsEx, key", without_secrets, set_key, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetCredentialsEx, sealed", with_a_sealed_key, set_sealed, NO_ERROR,
          NULL),
    NO_ALLOCATION("MprAdminInterfaceSetCredentialsEx, none", with_secrets, remove_key, NO_ERROR,
                  REMOVES),
    SWEEP("MprAdminServerGetCredentials", with_secrets, get_server_key, NO_ERROR, NULL),
    SWEEP("MprAdminServerSetCredentials", with_secrets, set_server_key, NO_ERROR, NULL),
    SWEEP("MprAdminServerSetCredentials, the first", without_secrets, set_server_key, NO_ERROR,
          NULL),
    SWEEP("MprAdminServerSetCredentials, sealed", with_a_sealed_key, set_server_sealed, NO_ERROR,
          NULL),
    SWEEP("MprAdminUserGetInfo", with_rights, get_user, NO_ERROR, NULL),
    SWEEP("MprAdminUserSetInfo", with_rights, set_user, NO_ERROR, NULL),
    SWEEP("RasAdminUserGetInfo", with_rights, old_get_user, NO_ERROR, NULL),
    SWEEP("RasAdminUserSetInfo", with_rights, old_set_user, NO_ERROR, NULL),
    SWEEP("RasAdminGetErrorString", NULL, old_error_string, NO_ERROR, NULL),
    NO_ALLOCATION("MprAdminGetPDCServer", NULL, controller, NO_ERROR, SYSTEM),
    NO_ALLOCATION("MprAdminIsDomainRasServer", NULL, is_ras_server, ERROR_NO_SUCH_DOMAIN, SYSTEM),
    NO_ALLOCATION("MprAdminEstablishDomainRasServer", NULL, establish, ERROR_NO_SUCH_DOMAIN,
                  SYSTEM),
};

int main(void)
{
    DWORD units = UNLEN + 1;

    if (!GetUserNameW(me, &units)) return 1;
    scene_begin(45528);
    return SWEEP_MAIN(scenarios);
}

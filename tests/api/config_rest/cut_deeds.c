#include "api/config_rest/cut_deeds.h"

#include <stdio.h>
#include <string.h>

HANDLE cut_config;
BYTE cut_info[CUT_INFO_SIZE] = "some information";
static BYTE client[40] = "of clients";
static WCHAR hours[] = L"1 08:00-12:00\0";
WCHAR cut_branch[] = L"Branch";

/* ---- what is asked --------------------------------------------------------------------------- */

HANDLE cut_find(WCHAR *name)
{
    HANDLE handle = NULL;
    DWORD status = MprConfigInterfaceGetHandle(cut_config, name, &handle);

    assert_true(status == (handle ? NO_ERROR : ERROR_NO_SUCH_INTERFACE));
    return handle;
}

HANDLE cut_find_transport(HANDLE owner, DWORD id)
{
    HANDLE handle = NULL;

    MprConfigInterfaceTransportGetHandle(cut_config, owner, id, &handle);
    return handle;
}

DWORD cut_keys_of(const WCHAR *path)
{
    DWORD keys = 0;
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key)) return 0;
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return keys;
}

/* ---- the calls ------------------------------------------------------------------------------- */

DWORD cut_create(WCHAR *name)
{
    MPR_INTERFACE_1 one = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE handle = NULL;

    wcscpy(one.wszInterfaceName, name);
    one.lpwsDialoutHoursRestriction = hours;
    return MprConfigInterfaceCreate(cut_config, 1, (BYTE *)&one, &handle);
}

DWORD cut_add(HANDLE owner, DWORD id, WCHAR *name)
{
    HANDLE handle = NULL;

    return MprConfigInterfaceTransportAdd(cut_config, owner, id, name, cut_info, CUT_INFO_SIZE,
                                          &handle);
}

static DWORD create_branch(void)
{
    return cut_create(cut_branch);
}

static DWORD add_ip(void)
{
    return cut_add(cut_find(cut_branch), PID_IP, NULL);
}

/* Each time under another name, which so many names could be left of. */
static DWORD add_named(void)
{
    WCHAR name[20];

    _snwprintf(name, 20, L"No %lu", GetTickCount());
    return cut_add(cut_find(cut_branch), PID_IP, name);
}

static DWORD remove_ip(void)
{
    HANDLE owner = cut_find(cut_branch);

    return MprConfigInterfaceTransportRemove(cut_config, owner, cut_find_transport(owner, PID_IP));
}

static DWORD delete_branch(void)
{
    return MprConfigInterfaceDelete(cut_config, cut_find(cut_branch));
}

static DWORD create_manager(void)
{
    HANDLE handle = NULL;

    return MprConfigTransportCreate(cut_config, PID_IP, NULL, cut_info, CUT_INFO_SIZE, client,
                                    sizeof(client), (WCHAR *)L"x.dll", &handle);
}

static DWORD delete_manager(void)
{
    HANDLE handle = NULL;

    assert_int_equal(MprConfigTransportGetHandle(cut_config, PID_IP, &handle), NO_ERROR);
    return MprConfigTransportDelete(cut_config, handle);
}

/* ---- before, and whether it is whole --------------------------------------------------------- */

void cut_expect_done(DWORD status)
{
    assert_int_equal(status, NO_ERROR);
}

static void have_branch(void)
{
    if (!cut_find(cut_branch)) cut_expect_done(create_branch());
}

static void have_ip(void)
{
    have_branch();
    if (!cut_find_transport(cut_find(cut_branch), PID_IP)) cut_expect_done(add_ip());
}

static void have_both(void)
{
    have_ip();
    if (!cut_find_transport(cut_find(cut_branch), PID_IPV6))
        cut_expect_done(cut_add(cut_find(cut_branch), PID_IPV6, NULL));
}

static void have_manager(void)
{
    HANDLE handle = NULL;

    if (MprConfigTransportGetHandle(cut_config, PID_IP, &handle)) cut_expect_done(create_manager());
}

/* With a key below it that is not ours. */
static void have_manager_with_more(void)
{
    have_manager();
    fixture_set_dword(L"RouterManagers\\Ip\\More", L"Number", 1);
}

static BOOL is_block(const BYTE *data, DWORD size, const BYTE *expected, DWORD expected_size)
{
    return data && size == expected_size && !memcmp(data, expected, size);
}

/* TRUE: it is there, whole; FALSE: it is not. */
static BOOL has_transport(HANDLE owner, DWORD id)
{
    HANDLE handle = cut_find_transport(owner, id);
    BYTE *data = NULL;
    DWORD size = 0;

    if (!handle) return FALSE;
    cut_expect_done(MprConfigInterfaceTransportGetInfo(cut_config, owner, handle, &data, &size));
    assert_true(is_block(data, size, cut_info, CUT_INFO_SIZE));
    MprConfigBufferFree(data);
    return TRUE;
}

BOOL cut_has_ip(void)
{
    return has_transport(cut_find(cut_branch), PID_IP);
}

BOOL cut_has_branch(void)
{
    HANDLE handle = cut_find(cut_branch);
    MPR_INTERFACE_1 *one = NULL;
    DWORD size = 0;

    if (!handle) return FALSE;
    cut_expect_done(MprConfigInterfaceGetInfo(cut_config, handle, 1, (BYTE **)&one, &size));
    assert_int_equal(one->dwIfType, ROUTER_IF_TYPE_FULL_ROUTER);
    assert_true(one->fEnabled);
    assert_non_null(one->lpwsDialoutHoursRestriction);
    assert_int_equal(wcscmp(one->lpwsDialoutHoursRestriction, hours), 0);
    MprConfigBufferFree(one);
    return TRUE;
}

static BOOL has_branch_with_both(void)
{
    if (!cut_has_branch()) return FALSE;
    assert_true(has_transport(cut_find(cut_branch), PID_IP));
    assert_true(has_transport(cut_find(cut_branch), PID_IPV6));
    return TRUE;
}

BOOL cut_has_manager(void)
{
    DWORD sizes[2] = {0};
    BYTE *blocks[2] = {NULL};
    HANDLE handle = NULL;
    WCHAR *dll = NULL;

    if (MprConfigTransportGetHandle(cut_config, PID_IP, &handle)) return FALSE;
    cut_expect_done(MprConfigTransportGetInfo(cut_config, handle, &blocks[0], &sizes[0], &blocks[1],
                                              &sizes[1], &dll));
    assert_true(is_block(blocks[0], sizes[0], cut_info, CUT_INFO_SIZE));
    assert_true(is_block(blocks[1], sizes[1], client, sizeof(client)));
    assert_non_null(dll);
    for (int i = 0; i < 2; i++) MprConfigBufferFree(blocks[i]);
    MprConfigBufferFree(dll);
    return TRUE;
}

static BOOL has_more(void)
{
    if (!cut_has_manager()) return FALSE;
    assert_int_equal(cut_keys_of(MANAGERS L"\\Ip"), 1);
    return TRUE;
}

/* ---- the cases ------------------------------------------------------------------------------- */

/* ---- the table ------------------------------------------------------------------------------- */

const struct cut_deed cut_deeds[CUT_DEEDS] = {
    {"create", NULL, create_branch, cut_has_branch, TRUE},
    {"add", have_branch, add_ip, cut_has_ip, TRUE},
    {"add-named", have_branch, add_named, cut_has_ip, TRUE},
    {"remove", have_ip, remove_ip, cut_has_ip, FALSE},
    {"delete", have_both, delete_branch, has_branch_with_both, FALSE},
    {"create-manager", NULL, create_manager, cut_has_manager, TRUE},
    {"delete-manager", have_manager, delete_manager, cut_has_manager, FALSE},
    {"delete-more", have_manager_with_more, delete_manager, has_more, FALSE},
};

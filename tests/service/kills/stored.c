#include "service/kills/stored.h"

#include <lmcons.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STORED_BLOCK 0x7A77
#define IDLE_BASE    100000
#define KEYS         L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Interfaces"

enum { BOOK_MAX = 1 << 18, OPEN_TRIES = 500 };

BOOL stored_is(enum fact_kind kind)
{
    return kind != FACT_EAP && kind != FACT_LINK;
}

/* ---- numbers --------------------------------------------------------------------------------- */

void stored_fill_number(MPR_INTERFACE_2 *info, LONG number)
{
    _snwprintf(info->szLocalPhoneNumber, MPR_MaxPhoneNumber, L"%ld", number);
    info->dwIdleDisconnectSeconds = (DWORD)(IDLE_BASE + number);
}

LONG stored_number(const MPR_INTERFACE_2 *info)
{
    LONG number = wcstol(info->szLocalPhoneNumber, NULL, 10);

    return info->dwIdleDisconnectSeconds == (DWORD)(IDLE_BASE + number) ? number : STORED_HALF;
}

LPVOID stored_make_block(LONG number)
{
    const LONG twice[2] = {number, ~number};

    return fixture_header_with(STORED_BLOCK, twice, sizeof(twice));
}

static LONG number_of_block(LPVOID header)
{
    LONG *twice = NULL;
    DWORD size = 0, count = 0;

    if (MprInfoBlockFind(header, STORED_BLOCK, &size, &count, (BYTE **)&twice) != NO_ERROR)
        return 0;
    return size == 8 && count == 1 && twice[1] == ~twice[0] ? twice[0] : STORED_HALF;
}

/* ---- the phone book -------------------------------------------------------------------------- */

static HANDLE open_book(void)
{
    HANDLE file = INVALID_HANDLE_VALUE;
    WCHAR path[MAX_PATH];

    GetTempPathW(MAX_PATH, path);
    wcscat(path, L"mprapi-test.pbk");
    /* Somebody is exchanging it. */
    for (int i = 0; i < OPEN_TRIES && file == INVALID_HANDLE_VALUE; i++) {
        if (i) Sleep(10);
        file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                           OPEN_EXISTING, 0, NULL);
    }
    return file;
}

/* NULL: it can't be read. */
static char *read_book(void)
{
    HANDLE file = open_book();
    char *text = malloc(BOOK_MAX);
    DWORD size = 0;
    BOOL read = FALSE;

    if (file != INVALID_HANDLE_VALUE) {
        read = ReadFile(file, text, BOOK_MAX - 1, &size, NULL);
        CloseHandle(file);
    }
    if (read) {
        text[size] = 0;
        return text;
    }
    free(text);
    return NULL;
}

static LONG value_of(const char *entry, const char *end, const char *key)
{
    const char *at = strstr(entry, key);

    return at && at < end ? strtol(at + strlen(key), NULL, 10) : 0;
}

/* An entry begins a line, and ends where the next one begins. */
static LONG number_in(const char *text, const char *name)
{
    char head[40];
    const char *entry, *end;
    LONG number;

    snprintf(head, sizeof(head), "[%s]\r\n", name);
    entry = strstr(text, head);
    if (!entry) return 0;
    if (strstr(entry + 1, head)) return STORED_HALF; /* doubled */
    end = strstr(entry, "\r\n[");
    if (!end) end = entry + strlen(entry);
    number = value_of(entry, end, "\nPhoneNumber=");
    return number > 0 && value_of(entry, end, "\nIdleDisconnectSeconds=") == IDLE_BASE + number
               ? number
               : STORED_HALF;
}

static LONG read_entry(const char *kind, unsigned slot)
{
    char *text = read_book(), name[20];
    LONG number = STORED_HALF;

    snprintf(name, sizeof(name), "%s %u", kind, slot);
    if (text) number = number_in(text, name);
    free(text);
    return number;
}

/* ---- credentials ----------------------------------------------------------------------------- */

static LONG read_user(WCHAR *name)
{
    WCHAR user[UNLEN + 1], password[PWLEN + 1], domain[DNLEN + 1];

    if (MprAdminInterfaceGetCredentials(NULL, name, user, password, domain) != NO_ERROR)
        return STORED_HALF;
    if (!user[0] && !password[0] && !domain[0]) return 0;
    return !wcscmp(user, password) && !wcscmp(user, domain) ? wcstol(user, NULL, 10) : STORED_HALF;
}

/* ---- the stored configuration ---------------------------------------------------------------- */

/* Of a transport of an interface that has a key; 0: there is none. */
static LONG read_block(HANDLE config, HANDLE stored, DWORD transport)
{
    HANDLE handle = NULL;
    BYTE *info = NULL;
    DWORD size = 0;
    LONG number;

    if (MprConfigInterfaceTransportGetHandle(config, stored, transport, &handle) != NO_ERROR)
        return 0;
    if (MprConfigInterfaceTransportGetInfo(config, stored, handle, &info, &size) != NO_ERROR ||
        !info)
        return STORED_HALF;
    number = number_of_block(info);
    MprConfigBufferFree(info);
    return number;
}

static LONG read_link_block(HANDLE config, WCHAR *name, DWORD transport)
{
    HANDLE stored = NULL;

    if (MprConfigInterfaceGetHandle(config, name, &stored) != NO_ERROR) return STORED_HALF;
    return read_block(config, stored, transport);
}

/* Its transport has the block of number 1 or is not there. */
static LONG read_key(HANDLE config, WCHAR *name)
{
    HANDLE stored = NULL;
    LONG block;

    if (MprConfigInterfaceGetHandle(config, name, &stored) != NO_ERROR) return 0;
    block = read_block(config, stored, PID_IP);
    return block == 0 || block == 1 ? 1 + block : STORED_HALF;
}

LONG stored_read(enum fact_kind kind, unsigned slot, HANDLE config)
{
    struct scene_names names = scene_names(slot);

    switch (kind) {
    case FACT_NUMBER:
        return read_entry("Link", slot);
    case FACT_USER:
        return read_user(names.link);
    case FACT_BLOCK:
        return read_link_block(config, names.link, PID_IP);
    case FACT_OWN_BLOCK:
        return read_link_block(config, names.link, PID_IPV6);
    case FACT_EXTRA_ENTRY:
        return read_entry("Extra", slot);
    case FACT_EXTRA_KEY:
        return read_key(config, names.extra);
    default:
        return STORED_HALF;
    }
}

/* ---- the end --------------------------------------------------------------------------------- */

static unsigned expected_interfaces(void)
{
    unsigned count = SCENE_SLOTS;

    for (unsigned n = 0; n < SCENE_SLOTS; n++) count += scene_has_program(n) != 0;
    return count;
}

static void expect_book(void)
{
    char *text = read_book(), name[20];
    unsigned entries = 0;

    assert_non_null(text);
    for (const char *at = text; at; at = strstr(at + 1, "\r\n["))
        entries += strchr(at, '[') != NULL;
    assert_int_equal(entries, expected_interfaces());
    for (unsigned n = 0; n < SCENE_SLOTS; n++) {
        snprintf(name, sizeof(name), "Link %u", n);
        assert_int_equal(number_in(text, name), scene->slots[n].facts[FACT_NUMBER].now);
        snprintf(name, sizeof(name), "Program %u", n);
        if (scene_has_program(n)) assert_int_equal(number_in(text, name), 1);
    }
    free(text);
}

static unsigned count_keys(void)
{
    DWORD count = 0;
    HKEY keys;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, KEYS, 0, KEY_READ, &keys), ERROR_SUCCESS);
    RegQueryInfoKeyW(keys, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    RegCloseKey(keys);
    return count;
}

/* What the last ones that were killed have left is there until the next interface is made. */
static void make_another(HANDLE config)
{
    MPR_INTERFACE_0 info = {
        .wszInterfaceName = L"Another", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE stored = NULL;

    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored), NO_ERROR);
    assert_int_equal(MprConfigInterfaceDelete(config, stored), NO_ERROR);
}

static void expect_keys(void)
{
    HANDLE config = NULL, stored;

    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    make_another(config);
    assert_int_equal(count_keys(), expected_interfaces());
    for (unsigned n = 0; n < SCENE_SLOTS; n++) {
        struct scene_names names = scene_names(n);

        assert_int_equal(MprConfigInterfaceGetHandle(config, names.link, &stored), NO_ERROR);
        if (scene_has_program(n))
            assert_int_equal(MprConfigInterfaceGetHandle(config, names.program, &stored), NO_ERROR);
    }
    MprConfigServerDisconnect(config);
}

static void expect_no_files(const WCHAR *pattern)
{
    WIN32_FIND_DATAW found;
    WCHAR path[MAX_PATH];
    HANDLE search;

    GetTempPathW(MAX_PATH, path);
    wcscat(path, pattern);
    search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE) return;
    FindClose(search);
    fail_msg("left: %ls", found.cFileName);
}

void stored_expect_tidy(void)
{
    expect_book();
    expect_keys();
    expect_no_files(L"*.new");
    expect_no_files(L"mprapi-*.leash");
}

#include "fuzz/windows/stores.h"

#include "fuzz/fuzz.h"
#include "fuzz/windows/world.h"

#include "api/tunnel/custom_info.h"
#include "api/tunnel/server_ex.h"
#include "base/mem.h"
#include "base/utf16.h"
#include "win32/journal/config_change.h"
#include "win32/link/dial_credentials.h"
#include "win32/store/config_store.h"
#include "win32/store/secret_store.h"
#include "win32/store/user_store.h"
#include "win32/sys/registry.h"

static void change_interfaces(void)
{
    struct config_interface row = {.name = L"New", .type = 2, .enabled = true}, found;
    WCHAR *hours = NULL;

    if (config_interface_find(row.name, &found) == ST_OK) return;
    if (config_interface_create(&row, L"0 00:00-24:00\0") != ST_OK) return;
    FUZZ_CHECK(config_interface_find(L"NEW", &found) == ST_OK && found.number == row.number);
    row.enabled = false;
    FUZZ_CHECK(config_interface_write(&row, true, NULL) == ST_OK);
    FUZZ_CHECK(config_interface_hours(row.number, &hours) == ST_OK && hours);
    mem_free(hours);
    FUZZ_CHECK(config_interface_write(&row, false, NULL) == ST_OK);
    FUZZ_CHECK(config_interface_delete(&row) == ST_OK);
    FUZZ_CHECK(config_interface_find(row.name, &found) == ST_NO_SUCH_INTERFACE);
}

static void change_transport(const struct config_transport *row)
{
    static const struct config_transport_value value = {.name = L"DLLPath",
                                                        .text = L"%SystemRoot%\\x.dll"};
    WCHAR *dll = NULL;

    FUZZ_CHECK(config_transport_change(CONFIG_ROUTER_MANAGERS, row, &value, 1) == ST_OK);
    FUZZ_CHECK(config_transport_get_dll(row, &dll) == ST_OK && dll);
    mem_free(dll);
    FUZZ_CHECK(config_transport_delete(CONFIG_ROUTER_MANAGERS, row) == ST_OK);
}

static void change_transports(void)
{
    struct config_transport *rows = NULL, row;
    DWORD count = 0;

    if (config_transport_store(CONFIG_ROUTER_MANAGERS, 0x2B, NULL, NULL, 0) == ST_OK)
        FUZZ_CHECK(config_transport_find(CONFIG_ROUTER_MANAGERS, 0x2B, &row) == ST_OK);
    FUZZ_CHECK(config_transport_list(CONFIG_ROUTER_MANAGERS, &rows, &count) == ST_OK);
    for (DWORD i = 0; i < count; i++) change_transport(&rows[i]);
    mem_free(rows);
}

static void change_secrets(void)
{
    struct dial_credentials c = {L"ann", L"OFFICE", L"secret"}, again;
    struct blob sealed, opened;

    FUZZ_CHECK(dial_credentials_save(L"A", &c) == ST_OK);
    FUZZ_CHECK(dial_credentials_load(L"a", &again) == ST_OK);
    FUZZ_CHECK(u16_equal(again.user, c.user) && u16_equal(again.password, c.password));
    FUZZ_CHECK(dial_credentials_text(&again, &opened) == ST_OK);
    secret_free(&opened);
    dial_credentials_wipe(&again);
    FUZZ_CHECK(secret_store_set(SECRET_KEY, L"A", "key", 3) == ST_OK);
    secret_store_forget(L"A");
    FUZZ_CHECK(secret_store_get(SECRET_KEY, L"A", &opened) == ST_NOT_FOUND);
    FUZZ_CHECK(secret_seal("key", 3, &sealed) == ST_OK);
    FUZZ_CHECK(secret_is_sealed(sealed.data, sealed.size));
    FUZZ_CHECK(secret_open(sealed.data, sealed.size, &opened) == ST_OK && opened.size == 3);
    secret_free(&opened);
    blob_free(&sealed);
}

static void change_people(void)
{
    struct user_rights rights, again;

    change_secrets();
    if (user_store_read(L"ann", &rights) != ST_OK) return;
    FUZZ_CHECK(user_store_write(L"ann", &rights) == ST_OK);
    FUZZ_CHECK(user_store_read(L"ann", &again) == ST_OK);
    FUZZ_CHECK(again.privilege == rights.privilege && u16_equal(again.number, rights.number));
    user_store_may_dial_in(L"", L"ann");
}

/* What was read and is allowed is stored, and read again. */
static void change_custom_info(void)
{
    static const struct config_interface row = {.type = ROUTER_IF_TYPE_FULL_ROUTER};
    const size_t size = sizeof(MPR_IF_CUSTOMINFOEX2);
    custom_info info, copy;

    if (custom_info_read(&row, size, &info) != ST_OK) return;
    if (custom_info_check(&info) == ST_OK) {
        FUZZ_CHECK(custom_info_clone(&info, size, &copy) == ST_OK);
        FUZZ_CHECK(custom_info_store(&row, size, &copy) == ST_OK);
        custom_info_free(&copy);
        FUZZ_CHECK(custom_info_read(&row, size, &copy) == ST_OK);
        FUZZ_CHECK(copy.dwFlags == info.dwFlags);
        custom_info_free(&copy);
    }
    custom_info_free(&info);
}

static void change_tunnels(void)
{
    static const MPRAPI_OBJECT_HEADER header = {5, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT,
                                                sizeof(MPR_SERVER_EX1_WIN10)};
    const struct server_layout *layout =
        server_layout_find(&header, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT);
    const DWORD all = MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP | MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP |
                      MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP | MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2;
    server_tunnels tunnels;

    FUZZ_CHECK(server_tunnels_read(layout, &tunnels) == ST_OK);
    if (server_tunnels_check(layout, all, &tunnels) == ST_OK)
        server_tunnels_write(layout, all, &tunnels);
    server_tunnels_free(&tunnels);
}

void stores_change(unsigned which)
{
    static void (*const changes[])(void) = {change_interfaces, change_transports, change_people,
                                            change_custom_info, change_tunnels};

    for (size_t i = 0; i < ARRAYSIZE(changes); i++) {
        if (which >> i & 1) changes[i]();
    }
}

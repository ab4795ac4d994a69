/* What the stored configuration says of an interface. */
#include "win32/win32_test.h"

#include "base/mem.h"
#include "router/router.h"
#include "win32/store/config_store.h"
#include "win32/store/transport_rows.h"
#include "win32/sys/registry.h"

static HKEY make(DWORD type)
{
    struct config_interface row = {.name = L"Branch", .type = type, .enabled = true};
    WCHAR path[CONFIG_PATH_MAX];
    HKEY key = NULL;

    assert_int_equal(config_interface_create(&row, NULL), ST_OK);
    config_interface_path(path, row.number);
    assert_int_equal(registry_open(path, KEY_ALL_ACCESS, false, &key), ST_OK);
    return key;
}

static struct config_interface read_and_delete(HKEY key)
{
    struct config_interface row;

    RegCloseKey(key);
    assert_int_equal(config_interface_find(L"branch", &row), ST_OK);
    assert_int_equal(config_interface_read(row.number, &row), ST_OK);
    assert_int_equal(config_interface_delete(&row), ST_OK);
    return row;
}

static void unreachability(void **state)
{
    struct config_interface row;
    HKEY key = make(IF_FULL_ROUTER);

    (void)state;
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 0);
    assert_int_equal(row.unreachable_max, 0);
    key = make(IF_HOME_ROUTER);
    registry_set_dword(key, L"MinUnreachabilityInterval", 90);
    registry_set_dword(key, L"MaxUnreachabilityInterval", 3600);
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 90);
    assert_int_equal(row.unreachable_max, 3600);
    key = make(IF_FULL_ROUTER); /* of another type: as if it were not there */
    registry_set_text(key, L"MinUnreachabilityInterval", REG_SZ, L"90");
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 0);
    key = make(IF_DEDICATED); /* never dialled */
    registry_set_dword(key, L"MinUnreachabilityInterval", 90);
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 0);
}

/* ---- transports ------------------------------------------------------------------------------ */

static const WCHAR *const transport_keys[] = {L"Aa", L"Bb", L"Ip", L"Xx", L"Zz"};

/* The n-th has the number n + 1. */
static HKEY make_transports(void)
{
    HKEY container, key;

    assert_int_equal(registry_open(L"Interfaces\\7", KEY_ALL_ACCESS, true, &container), ST_OK);
    for (DWORD n = 0; n < ARRAYSIZE(transport_keys); n++) {
        assert_int_equal(
            registry_open_below(container, transport_keys[n], KEY_ALL_ACCESS, true, &key), ST_OK);
        assert_int_equal(registry_set_dword(key, L"ProtocolId", n + 1), ST_OK);
        RegCloseKey(key);
    }
    return container;
}

struct others {
    HKEY container;
    DWORD seen; /* bits */
    DWORD visits;
};

/* As another process may at any moment: what is listed behind moves up. */
static mpr_status visit_while_others_delete(void *context, HKEY key,
                                            const struct config_transport *row)
{
    struct others *o = context;
    HKEY made;

    (void)key;
    o->seen |= 1u << row->id;
    if (o->visits++ == 1) {
        assert_int_equal(RegDeleteKeyW(o->container, L"Aa"), ERROR_SUCCESS);
        assert_int_equal(registry_open_below(o->container, L"Zzz", KEY_READ, true, &made), ST_OK);
        RegCloseKey(made);
    }
    return ST_OK;
}

static void every_transport_is_visited(void **state)
{
    struct others o = {.container = make_transports()};

    (void)state;
    assert_int_equal(config_transport_each(o.container, visit_while_others_delete, &o), ST_OK);
    assert_int_equal(o.seen | 1u << 1, 0x3E); /* the deleted one or not */
    RegCloseKey(o.container);
}

static void transports_are_listed_and_found(void **state)
{
    struct config_transport *rows, row;
    DWORD count;
    HKEY container = make_transports();

    (void)state;
    assert_int_equal(config_transport_list(L"Interfaces\\7", &rows, &count), ST_OK);
    assert_int_equal(count, ARRAYSIZE(transport_keys));
    for (DWORD n = 0; n < count; n++) {
        assert_int_equal(rows[n].id, n + 1);
        assert_int_equal(wcscmp(rows[n].name, transport_keys[n]), 0);
        assert_int_equal(config_transport_find(L"Interfaces\\7", n + 1, &row), ST_OK);
        assert_int_equal(wcscmp(row.name, transport_keys[n]), 0);
    }
    mem_free(rows);
    assert_int_equal(config_transport_find(L"Interfaces\\7", 9, &row), ST_NOT_FOUND);
    RegCloseKey(container);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(unreachability),
                                       cmocka_unit_test(every_transport_is_visited),
                                       cmocka_unit_test(transports_are_listed_and_found)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

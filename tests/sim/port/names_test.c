/* What ports are called: kind and number, as Windows names them, however long the number. */
#include "sim/support/cmocka_all.h"

#include "base/utf16.h"
#include "router/ddm/port.h"
#include "router/router.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

static const struct port_setup many[PORT_KINDS] = {
    [PORT_PPTP] = {12, PORT_FOR_ROUTING},
    [PORT_IKEV2] = {1, PORT_FOR_ROUTING},
    [PORT_PPPOE] = {1001, PORT_FOR_ROUTING},
};

/* By its place among all ports. */
static const struct {
    uint32_t place;
    const char16_t *name, *type;
} rows[] = {
    {0, u"VPN0-0", u"vpn"},           {9, u"VPN0-9", u"vpn"},        {10, u"VPN0-10", u"vpn"},
    {11, u"VPN0-11", u"vpn"},         {12, u"VPN3-0", u"vpn"},       {13, u"PPPoE4-0", u"PPPoE"},
    {23, u"PPPoE4-10", u"PPPoE"},     {112, u"PPPoE4-99", u"PPPoE"}, {113, u"PPPoE4-100", u"PPPoE"},
    {1013, u"PPPoE4-1000", u"PPPoE"},
};

static void of_miniports(void **state)
{
    static struct port_info all[1014];
    struct fake_host f;
    struct router *r;
    uint32_t resume = 0, read = 0, total = 0;

    (void)state;
    fail_alloc_begin();
    r = fake_open(&f, ROUTER_LAN | ROUTER_WAN);
    assert_int_equal(router_ports_create(r, many), ST_OK);
    assert_int_equal(router_port_enum(r, 0, &resume, all, 1014, &read, &total), ST_OK);
    assert_int_equal(read, 1014);
    assert_int_equal(total, 1014);
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        assert_true(u16_equal(all[rows[n].place].name, rows[n].name));
        assert_true(u16_equal(all[rows[n].place].device.type, rows[n].type));
        assert_true(u16_equal(all[rows[n].place].media, u"rastapi"));
    }
    fake_close(&f);
    fail_alloc_end();
}

/* The port of a device has the device's name, as much of it as a port's may be long. */
static void of_a_device(void **state)
{
    static const char16_t *const devices[][2] = {
        {u"wg0", u"wg0"},
        {u"sixteen letters.", u"sixteen letters."},
        {u"seventeen letters", u"seventeen letter"},
    };
    struct fake_host f;
    struct router *r;

    (void)state;
    fail_alloc_begin();
    r = fake_open(&f, ROUTER_LAN | ROUTER_WAN);
    for (size_t n = 0; n < sizeof(devices) / sizeof(devices[0]); n++) {
        struct dial_entry entry;
        struct dial_plan plan;
        struct interface_spec spec = {
            .name = u"A", .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
        struct port_info port;
        uint32_t resume = 0, read = 0, total = 0;
        handle_t32 i;

        fake_dial_defaults(DIALER_SCRIPTED, 0, &entry, &plan);
        u16_copy(entry.device_name, 129, devices[n][0]);
        assert_int_equal(router_interface_create(r, &spec, &i), ST_OK);
        assert_int_equal(router_port_enum(r, 0, &resume, &port, 1, &read, &total), ST_OK);
        assert_int_equal(total, 1);
        assert_true(u16_equal(port.name, devices[n][1]));
        assert_true(u16_equal(port.device.name, devices[n][0]));
        assert_int_equal(router_interface_delete(r, i), ST_OK);
    }
    fake_close(&f);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_miniports),
        cmocka_unit_test(of_a_device),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

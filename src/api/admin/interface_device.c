/* MprAdminInterfaceDeviceGetInfo and ...DeviceSetInfo: the devices of a demand-dial interface,
 * which are MEDIA blocks of its phone-book entry.
 *
 * Device 1 is the interface's own (MPR_INTERFACE_2). Others are the links of a multilink one; when
 * device 1 is no device that links can be bundled of (VPN, PPPoE, ...), they are ignored, with
 * success, as Windows does (MS-RRASM 3.1.4.39).
 */
#include "api/api.h"

#include <string.h>

#include "api/admin/interface_dial.h"
#include "api/remote/remote.h"
#include "phonebook/phonebook_devices.h"
#include "win32/phonebook/phonebook_store.h"

_Static_assert(offsetof(MPR_DEVICE_1, szDeviceName) == offsetof(MPR_DEVICE_0, szDeviceName),
               "MPR_DEVICE_1 begins as MPR_DEVICE_0");

enum { DEVICE_LEVELS = 2, ALTERNATES_LIMIT = 65536 };

struct device_call {
    DWORD index;
    bool numbers; /* level 1 */
    struct phonebook_device device;
};

static mpr_status check_device_call(HANDLE server, DWORD index, DWORD level, const void *buffer)
{
    mpr_status status = api_check(server);

    if (status != ST_OK) return status;
    if (level >= DEVICE_LEVELS) return ST_NOT_SUPPORTED;
    return buffer && index ? ST_OK : ST_INVALID_PARAMETER;
}

/* ---- get ------------------------------------------------------------------------------------ */

static mpr_status look_at_entry(const struct phonebook_entry *entry, void *context)
{
    struct device_call *c = context;

    return phonebook_device_read(entry, c->index, &c->device);
}

static mpr_status read_device(const WCHAR *name, void *context)
{
    mpr_status status = phonebook_store_look(name, look_at_entry, context);

    return status == ST_NOT_FOUND ? ST_INVALID_PARAMETER : status; /* no such index */
}

/* The alternates behind the structure in the same block (docs/COMPATIBILITY.md, "Everywhere",
 * memory). */
static mpr_status output_device(const struct device_call *c, BYTE **ret)
{
    const struct phonebook_device *d = &c->device;
    const size_t size = c->numbers ? sizeof(MPR_DEVICE_1) : sizeof(MPR_DEVICE_0);
    const size_t tail = c->numbers && d->alternates
                            ? u16_multi_units(d->alternates, ALTERNATES_LIMIT) * sizeof(WCHAR)
                            : 0;
    MPR_DEVICE_1 *device = api_buffer_new(size + tail);

    if (!device) return ST_NOT_ENOUGH_MEMORY;
    u16_copy(device->szDeviceType, MPR_MaxDeviceType + 1, d->type);
    u16_copy(device->szDeviceName, MPR_MaxDeviceName + 1, d->name);
    if (c->numbers) {
        u16_copy(device->szLocalPhoneNumber, MPR_MaxPhoneNumber + 1, d->phone_number);
        if (tail) device->szAlternates = memcpy(device + 1, d->alternates, tail);
    }
    *ret = (BYTE *)device;
    return ST_OK;
}

static mpr_status local_get_device(HANDLE server, HANDLE router_interface, DWORD index, DWORD level,
                                   BYTE **ret)
{
    struct device_call c = {.index = index, .numbers = level == 1};
    mpr_status status = check_device_call(server, index, level, ret);

    if (ret) *ret = NULL;
    if (status == ST_OK)
        status = interface_dial_edit(server, api_handle(router_interface), false, read_device, &c);
    if (status == ST_OK) status = output_device(&c, ret);
    phonebook_device_free(&c.device);
    return status;
}

DWORD WINAPI MprAdminInterfaceDeviceGetInfo(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                            DWORD index, DWORD level, LPBYTE *ret)
{
    mpr_status status =
        remote_is(server) ? remote_interface_get_device(server, router_interface, index, level, ret)
                          : local_get_device(server, router_interface, index, level, ret);

    return API_TRACE(status,
                     "MprAdminInterfaceDeviceGetInfo(server=%h, interface=%h, index=%u, level=%u, "
                     "buffer=%p)",
                     server, router_interface, index, level, ret);
}

/* ---- set ------------------------------------------------------------------------------------ */

static bool text_ends(const WCHAR *text, size_t units)
{
    return u16_length(text, units) < units;
}

static mpr_status input(const void *buffer, struct device_call *c)
{
    const MPR_DEVICE_1 *from = buffer;

    if (!text_ends(from->szDeviceType, MPR_MaxDeviceType + 1) ||
        !text_ends(from->szDeviceName, MPR_MaxDeviceName + 1))
        return ST_INVALID_PARAMETER;
    u16_copy(c->device.type, MPR_MaxDeviceType + 1, from->szDeviceType);
    u16_copy(c->device.name, MPR_MaxDeviceName + 1, from->szDeviceName);
    if (!c->numbers) return ST_OK;
    if (!text_ends(from->szLocalPhoneNumber, MPR_MaxPhoneNumber + 1)) return ST_INVALID_PARAMETER;
    u16_copy(c->device.phone_number, MPR_MaxPhoneNumber + 1, from->szLocalPhoneNumber);
    if (from->szAlternates && from->szAlternates[0]) {
        const size_t units = u16_multi_units(from->szAlternates, ALTERNATES_LIMIT);

        if (units >= ALTERNATES_LIMIT) return ST_INVALID_PARAMETER;
        c->device.alternates = mem_dup(from->szAlternates, units * sizeof(WCHAR));
        if (!c->device.alternates) return ST_NOT_ENOUGH_MEMORY;
    }
    return ST_OK;
}

/* Links of a bundle are telephone lines; tunnels and PPPoE are not bundled. */
static bool is_multilink(const WCHAR *type)
{
    static const WCHAR *const types[] = {L"modem", L"isdn", L"serial", L"generic", L"x25"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (u16_equal_nocase(type, types[i])) return true;
    }
    return false;
}

static mpr_status change_first(struct phonebook *pb, const WCHAR *name,
                               const struct phonebook_settings *old, const struct device_call *c)
{
    struct phonebook_settings s = *old; /* a copy that owns nothing */

    u16_copy(s.device_type, MPR_MaxDeviceType + 1, c->device.type);
    u16_copy(s.device_name, MPR_MaxDeviceName + 1, c->device.name);
    if (c->numbers) {
        u16_copy(s.phone_number, MPR_MaxPhoneNumber + 1, c->device.phone_number);
        s.alternates = c->device.alternates;
    }
    return phonebook_replace(pb, name, &s);
}

static mpr_status change_entry(struct phonebook *pb, const WCHAR *name, void *context)
{
    const struct phonebook_entry *entry = phonebook_find(pb, name);
    struct device_call *c = context;
    struct phonebook_settings s;
    mpr_status status;

    if (!entry) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    status = phonebook_entry_settings(entry, &s);
    if (status != ST_OK) return status;
    if (c->index == 1)
        status = change_first(pb, name, &s, c);
    else if (is_multilink(s.device_type))
        status = phonebook_device_write(pb, name, c->index, &c->device, c->numbers);
    phonebook_settings_free(&s);
    return status;
}

static mpr_status write_device(const WCHAR *name, void *context)
{
    return phonebook_store_change(name, change_entry, context);
}

static mpr_status local_set_device(HANDLE server, HANDLE router_interface, DWORD index, DWORD level,
                                   const BYTE *buffer)
{
    struct device_call c = {.index = index, .numbers = level == 1};
    mpr_status status = check_device_call(server, index, level, buffer);

    if (status == ST_OK) status = input(buffer, &c);
    if (status == ST_OK)
        status = interface_dial_edit(server, api_handle(router_interface), true, write_device, &c);
    phonebook_device_free(&c.device);
    return status;
}

DWORD WINAPI MprAdminInterfaceDeviceSetInfo(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                            DWORD index, DWORD level, LPBYTE buffer)
{
    mpr_status status =
        remote_is(server)
            ? remote_interface_set_device(server, router_interface, index, level, buffer)
            : local_set_device(server, router_interface, index, level, buffer);

    return API_TRACE(status,
                     "MprAdminInterfaceDeviceSetInfo(server=%h, interface=%h, index=%u, level=%u, "
                     "buffer=%p)",
                     server, router_interface, index, level, buffer);
}

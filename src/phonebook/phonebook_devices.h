/* The devices of a multilink entry: its MEDIA blocks, each with the DEVICE block that dials.
 *
 *     MEDIA=serial          one block for each link
 *     Port=COM1
 *     Device=Some modem
 *
 *     DEVICE=modem          its type
 *     PhoneNumber=123       the first number; further PhoneNumber lines are the alternates
 *     AreaCode= ...
 *
 * Indexes are those of the API, from 1 (MprAdminInterfaceDeviceGetInfo). Device 1 is what struct
 * phonebook_settings tells of, and is changed by phonebook_replace; here are the links behind it.
 * Threads: as phonebook.h.
 */
#ifndef MPR_PHONEBOOK_PHONEBOOK_DEVICES_H
#define MPR_PHONEBOOK_PHONEBOOK_DEVICES_H

#include "phonebook/phonebook.h"

/* A text longer than its field reads as "". */
struct phonebook_device {
    char16_t type[17];
    char16_t name[129];
    char16_t phone_number[129];
    char16_t *alternates; /* multi-string on the heap, NULL for none */
};

void phonebook_device_free(struct phonebook_device *device);

/* Reads a device; index may be 1. On success *ret is released with phonebook_device_free, on
 * failure it is empty. ST_NOT_FOUND: no such MEDIA block. ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_device_read(const struct phonebook_entry *entry, uint32_t index,
                                 struct phonebook_device *ret);

/* Changes device index (2 or more), or makes it when it is the next one. With numbers, the phone
 * number and the alternates become those of device; without, they are kept ("" for a new one).
 * All other lines stay. ST_INVALID_PARAMETER: a gap before index, a text with a line end or one
 * that is too long; ST_CANNOT_FIND_PHONEBOOK_ENTRY, ST_NOT_ENOUGH_MEMORY: nothing is changed. */
mpr_status phonebook_device_write(struct phonebook *pb, const char16_t *name, uint32_t index,
                                  const struct phonebook_device *device, bool numbers);

#endif

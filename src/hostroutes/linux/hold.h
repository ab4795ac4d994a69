/* A device for routes of links that are not up yet: whatever is sent there can be read here, and
 * goes nowhere. */
#ifndef MPR_HOSTROUTES_HOLD_H
#define MPR_HOSTROUTES_HOLD_H

#include <stddef.h>
#include <stdint.h>

struct hold {
    int fd;         /* -1: there is none; never blocks */
    uint32_t index; /* of the device */
};

/* Makes a tun device (Documentation/networking/tuntap.rst of the kernel) that is up, without
 * addresses, and goes when fd is closed. 0, or an errno: ENOENT, ENODEV: the host has no tun;
 * EPERM, EACCES: no right. */
int hold_open(struct hold *h);
void hold_close(struct hold *h);
/* The first octets of the next packet. 0, or an errno: EAGAIN: there is none; any other: the device
 * is gone. */
int hold_read(const struct hold *h, void *data, size_t size, size_t *ret_size);

#endif

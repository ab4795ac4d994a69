#include "hostroutes/linux/hold.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hostroutes/linux/netlink.h"
#include "hostroutes/message.h"

#define TUN_FILE "/dev/net/tun"

/* In linux/if_link.h by other names in some versions. */
enum { ADDR_GEN_MODE = 8, ADDR_GEN_NONE = 1 };

static int make_device(struct hold *h, struct ifreq *request)
{
    const int fd = open(TUN_FILE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    int error;

    if (fd < 0) return errno;
    memset(request, 0, sizeof(*request));
    memcpy(request->ifr_name, HR_HOLD_NAME "%d", sizeof(HR_HOLD_NAME "%d"));
    request->ifr_flags = IFF_TUN | IFF_NO_PI;
    if (!ioctl(fd, TUNSETIFF, request)) {
        h->fd = fd;
        return 0;
    }
    error = errno;
    close(fd);
    return error;
}

/* Else the kernel gives it a link-local address, and looks for routers there. */
static void leave_without_addresses(uint32_t index)
{
    const struct ifinfomsg body = {.ifi_index = (int)index};
    const uint8_t none = ADDR_GEN_NONE;
    uint8_t data[128], inner[16], outer[32];
    struct netlink_writer w = {.data = data}, mode = {.data = inner}, family = {.data = outer};
    struct netlink n;

    if (netlink_open(&n)) return;
    netlink_put(&mode, ADDR_GEN_MODE, &none, sizeof(none));
    netlink_put(&family, AF_INET6, inner, mode.used);
    netlink_begin(&w, RTM_NEWLINK, NLM_F_REQUEST, 1, &body, sizeof(body));
    netlink_put(&w, IFLA_AF_SPEC, outer, family.used);
    netlink_end(&w);
    (void)!send(n.fd, data, w.used, 0); /* a kernel without IPv6 refuses */
    netlink_close(&n);
}

static int set_up(struct hold *h, struct ifreq *request)
{
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int error = 0;

    if (fd < 0) return errno;
    if (ioctl(fd, SIOCGIFINDEX, request)) error = errno;
    if (!error) {
        h->index = (uint32_t)request->ifr_ifindex;
        leave_without_addresses(h->index);
        if (ioctl(fd, SIOCGIFFLAGS, request)) error = errno;
    }
    request->ifr_flags = (short)((request->ifr_flags & ~IFF_MULTICAST) | IFF_UP);
    if (!error && ioctl(fd, SIOCSIFFLAGS, request)) error = errno;
    close(fd);
    return error;
}

int hold_open(struct hold *h)
{
    struct ifreq request;
    int error = make_device(h, &request);

    if (error) return error;
    error = set_up(h, &request);
    if (error) hold_close(h);
    return error;
}

void hold_close(struct hold *h)
{
    if (h->fd >= 0) close(h->fd);
    h->fd = -1;
    h->index = 0;
}

int hold_read(const struct hold *h, void *data, size_t size, size_t *ret_size)
{
    ssize_t got;

    do {
        got = read(h->fd, data, size);
    } while (got < 0 && errno == EINTR);
    *ret_size = got > 0 ? (size_t)got : 0;
    return got < 0 ? errno : 0;
}

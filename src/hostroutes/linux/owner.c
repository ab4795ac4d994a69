/* Who has the name listens and never accepts; who wants it connects and sees the connection end
 * with the other's process. */
#define _GNU_SOURCE /* struct ucred */
#include "hostroutes/linux/owner.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WAITING_AT_ONCE 64

static socklen_t make_name(struct sockaddr_un *a, uint8_t protocol, uint32_t table)
{
    int length;

    a->sun_family = AF_UNIX;
    a->sun_path[0] = 0; /* abstract */
    length = snprintf(a->sun_path + 1, sizeof(a->sun_path) - 1, "mprnetlink-%u-%u",
                      (unsigned)protocol, (unsigned)table);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (unsigned)length);
}

static int open_socket(int *ret)
{
    *ret = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return *ret < 0 ? errno : 0;
}

static int take_name(const struct sockaddr_un *name, socklen_t size)
{
    int fd, error = open_socket(&fd);

    if (error) return error;
    if (!bind(fd, (const struct sockaddr *)name, size) && !listen(fd, WAITING_AT_ONCE))
        return 0; /* kept until the process ends */
    error = errno;
    close(fd);
    return error;
}

/* Without a connection (the other one has just gone, or too many wait) the caller tries again
 * later. */
static void watch_owner(struct owner *o, const struct sockaddr_un *name, socklen_t size)
{
    struct ucred peer;
    socklen_t peer_size = sizeof(peer);

    o->process = 0;
    if (open_socket(&o->fd)) return;
    if (connect(o->fd, (const struct sockaddr *)name, size)) {
        close(o->fd);
        o->fd = -1;
    } else if (!getsockopt(o->fd, SOL_SOCKET, SO_PEERCRED, &peer, &peer_size)) {
        o->process = (uint32_t)peer.pid;
    }
}

int owner_claim(struct owner *o, uint8_t protocol, uint32_t table)
{
    struct sockaddr_un name;
    socklen_t size = make_name(&name, protocol, table);
    int error;

    if (o->fd >= 0) close(o->fd);
    o->fd = -1;
    error = take_name(&name, size);
    if (error == EADDRINUSE) watch_owner(o, &name, size);
    return error;
}

#include "hostroutes/linux/forwarding.h"

#include <fcntl.h>
#include <unistd.h>

static const struct {
    unsigned bit;
    const char *file;
} families[] = {{HR_FORWARD_IPV4, "/proc/sys/net/ipv4/ip_forward"},
                {HR_FORWARD_IPV6, "/proc/sys/net/ipv6/conf/all/forwarding"}};

#define FAMILIES (sizeof(families) / sizeof(*families))

static uint32_t read_switch(const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    char digit = '?';
    ssize_t size;

    if (fd < 0) return HR_FORWARDING_UNKNOWN;
    size = read(fd, &digit, 1);
    close(fd);
    if (size != 1 || digit < '0' || digit > '9') return HR_FORWARDING_UNKNOWN;
    return digit == '0' ? HR_FORWARDING_OFF : HR_FORWARDING_ON;
}

static bool write_switch(const char *file, char digit)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    bool done;

    if (fd < 0) return false;
    done = write(fd, &digit, 1) == 1;
    close(fd);
    return done;
}

void forwarding_look(struct hr_forwarding *ret)
{
    ret->ipv4 = read_switch(families[0].file);
    ret->ipv6 = read_switch(families[1].file);
}

void forwarding_switch_on(unsigned wanted, unsigned *switched)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (wanted & families[i].bit && read_switch(families[i].file) == HR_FORWARDING_OFF &&
            write_switch(families[i].file, '1'))
            *switched |= families[i].bit;
    }
}

void forwarding_switch_off(unsigned switched)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (switched & families[i].bit) (void)write_switch(families[i].file, '0');
    }
}

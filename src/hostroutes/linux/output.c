#include "hostroutes/linux/output.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#define RECORD_MAX 128u /* octets; the longest is a link's */

void output_init(struct output *o, int fd)
{
    o->fd = fd;
    o->open = false;
    o->broken = false;
}

/* False: nobody reads any more, or a signal came that ends this program. */
static bool write_some(int fd, const uint8_t **data, size_t *size)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    ssize_t written = write(fd, *data, *size);

    if (written >= 0) {
        *data += written;
        *size -= (size_t)written;
        return true;
    }
    return errno == EAGAIN && poll(&p, 1, -1) > 0;
}

void output_flush(struct output *o)
{
    const uint8_t *data = o->data;
    size_t size;

    if (!o->open) return;
    o->open = false;
    if (!hr_frame_end(&o->writer, o->header.count)) o->broken = true; /* can't be */
    size = o->writer.used;
    while (!o->broken && size) o->broken = !write_some(o->fd, &data, &size);
}

void output_begin(struct output *o, uint16_t type, uint16_t flags, uint32_t sequence)
{
    output_flush(o);
    o->header = (struct hr_header){.type = type, .flags = flags, .sequence = sequence};
    hr_frame_begin(&o->writer, o->data, sizeof(o->data), &o->header);
    o->open = true;
}

struct writer *output_more(struct output *o)
{
    o->header.count++;
    return &o->writer;
}

struct writer *output_record(struct output *o, uint16_t type, uint16_t flags)
{
    if (!o->open || o->header.type != type || o->header.flags != flags || o->header.sequence ||
        sizeof(o->data) - o->writer.used < RECORD_MAX || o->header.count == HR_BATCH_MAX)
        output_begin(o, type, flags, 0);
    return output_more(o);
}

#include "hostroutes/linux/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void input_init(struct input *in, int fd)
{
    in->fd = fd;
    in->ended = false;
    in->used = in->taken = 0;
}

/* A message always fits: what was taken makes room first. */
void input_fill(struct input *in)
{
    ssize_t size;

    in->used -= in->taken;
    memmove(in->data, in->data + in->taken, in->used);
    in->taken = 0;
    size = read(in->fd, in->data + in->used, sizeof(in->data) - in->used);
    if (size > 0) in->used += (size_t)size;
    if (!size || (size < 0 && errno != EINTR && errno != EAGAIN)) in->ended = true;
}

enum hr_frame input_next(struct input *in, struct hr_header *ret, struct reader *ret_body)
{
    const uint8_t *data = in->data + in->taken;
    enum hr_frame frame = hr_frame_read(data, in->used - in->taken, ret);

    if (frame != HR_FRAME_WHOLE) return frame;
    in->taken += ret->size;
    reader_init(ret_body, data + HR_HEADER_SIZE, ret->size - HR_HEADER_SIZE);
    return frame;
}

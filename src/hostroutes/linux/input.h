/* Messages from the router, one at a time. */
#ifndef MPR_HOSTROUTES_INPUT_H
#define MPR_HOSTROUTES_INPUT_H

#include "hostroutes/message.h"

struct input {
    int fd;
    bool ended;
    size_t used, taken;
    uint8_t data[HR_MESSAGE_MAX];
};

void input_init(struct input *in, int fd);
/* Reads once what is there; for when there is something. */
void input_fill(struct input *in);
/* The next message that is there as a whole, valid until the next input_fill. MORE: there is none.
 */
enum hr_frame input_next(struct input *in, struct hr_header *ret, struct reader *ret_body);

#endif

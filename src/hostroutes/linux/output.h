/* Messages to the router: records of one kind that follow each other go in one message. */
#ifndef MPR_HOSTROUTES_OUTPUT_H
#define MPR_HOSTROUTES_OUTPUT_H

#include "hostroutes/message.h"

struct output {
    int fd;
    bool open;   /* a message has been begun */
    bool broken; /* nobody reads any more; what is written goes nowhere */
    struct hr_header header;
    struct writer writer;
    uint8_t data[128 << 10];
};

void output_init(struct output *o, int fd);
/* Begins a message after the one before, and sends that. */
void output_begin(struct output *o, uint16_t type, uint16_t flags, uint32_t sequence);
/* Where the next record of a message of that kind goes. */
struct writer *output_record(struct output *o, uint16_t type, uint16_t flags);
/* The same, in the message that was begun; for one of at most HR_BATCH_MAX small records. */
struct writer *output_more(struct output *o);
/* Sends what is there; waits while the reader has not made room. */
void output_flush(struct output *o);

#endif

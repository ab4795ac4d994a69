/* Packets to links that are not up: they are lost, and the router hears of some. */
#include "hostroutes/packet.h"

#include <errno.h>

#include "hostroutes/linux/program.h"

#define READS_AT_ONCE 64

static void tell_held(struct program *p, int error)
{
    const struct hr_held held = {p->hold.index, (uint32_t)error};

    output_begin(p->output, HR_HELD, 0, 0);
    hr_held_write(output_more(p->output), &held);
    output_flush(p->output);
}

void demand_hold(struct program *p)
{
    int error = 0;

    if (p->hold.fd < 0) error = hold_open(&p->hold);
    tell_held(p, error);
}

static void tell_packet(struct program *p, const void *data, size_t size)
{
    struct hr_packet packet;

    if (!packet_look(data, size, &packet) ||
        !packet_sample_take(&p->sample, &packet, program_now()))
        return;
    hr_packet_write(output_record(p->output, HR_DEMAND, 0), &packet);
}

void demand_read(struct program *p)
{
    uint8_t data[PACKET_LOOK_MAX];
    size_t size;
    int error = 0;

    for (int n = 0; n < READS_AT_ONCE && !error; n++) {
        error = hold_read(&p->hold, data, sizeof(data), &size);
        if (!error) tell_packet(p, data, size);
    }
    if (!error || error == EAGAIN) return;
    hold_close(&p->hold);
    demand_hold(p);
}

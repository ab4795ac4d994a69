/* Any octets as a packet that came to the device that holds routes. What is seen of it can be told,
 * says nothing of what is not there, and is seen in the whole packet as in what is looked at.
 */
#include "fuzz/fuzz.h"

#include <string.h>

#include "hostroutes/packet.h"
#include "hostroutes/packet_sample.h"

static void check_told(const struct hr_packet *p)
{
    static const uint8_t none[16];
    uint8_t record[64];
    struct hr_packet again;
    struct writer w;
    struct reader r;

    writer_init(&w, record, sizeof(record));
    hr_packet_write(&w, p);
    FUZZ_CHECK(!w.failed);
    reader_init(&r, record, w.used);
    FUZZ_CHECK(hr_packet_read(&r, &again) && !reader_left(&r));
    FUZZ_CHECK(!memcmp(p->source, again.source, 16));
    FUZZ_CHECK(!memcmp(p->destination, again.destination, 16));
    FUZZ_CHECK(p->flags || (!p->source_port && !p->destination_port));
    FUZZ_CHECK(p->family == HR_IPV6 || !memcmp(p->source + 4, none, 12));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct packet_sample sample;
    struct hr_packet p;

    if (!packet_look(data, size, &p)) return 0;
    check_told(&p);
    memset(&sample, 0, sizeof(sample));
    FUZZ_CHECK(packet_sample_take(&sample, &p, 10000));
    FUZZ_CHECK(!packet_sample_take(&sample, &p, 10001));
    return 0;
}

/* The records that consist of 32-bit numbers, in the order of their struct. */
#include <string.h>

#include "hostroutes/message.h"

static bool read_numbers(struct reader *r, void *ret, size_t size)
{
    for (size_t at = 0; at < size; at += sizeof(uint32_t)) {
        const uint32_t number = rd_le32(r);

        memcpy((uint8_t *)ret + at, &number, sizeof(number));
    }
    return !r->failed;
}

static void write_numbers(struct writer *w, const void *record, size_t size)
{
    for (size_t at = 0; at < size; at += sizeof(uint32_t)) {
        uint32_t number;

        memcpy(&number, (const uint8_t *)record + at, sizeof(number));
        wr_le32(w, number);
    }
}

#define NUMBERS(name)                                                   \
    bool hr_##name##_read(struct reader *r, struct hr_##name *ret)      \
    {                                                                   \
        return read_numbers(r, ret, sizeof(*ret));                      \
    }                                                                   \
                                                                        \
    void hr_##name##_write(struct writer *w, const struct hr_##name *v) \
    {                                                                   \
        write_numbers(w, v, sizeof(*v));                                \
    }

NUMBERS(error)
NUMBERS(ready)
NUMBERS(failure)
NUMBERS(owner)
NUMBERS(snapshot)
NUMBERS(restored)
NUMBERS(forwarding)
NUMBERS(held)

/* One row for each level (two where a connection may be of two kinds). */
#ifndef MPR_TESTS_WIRE_INFO_SAMPLES_H
#define MPR_TESTS_WIRE_INFO_SAMPLES_H

#include "win32/wire/wire_test.h"

/* What pointers of samples point to. */
extern BYTE sample_octets[5];
extern IN6_ADDR sample_addresses[2];

struct sample {
    enum wire_kind kind;
    DWORD level;
    size_t size;
    void (*fix)(void *structure);
    void (*check)(void *structure); /* of what came back; puts the first pointers into it */
    size_t filling;                 /* octets of the structure that aren't members */
    size_t may_begin, may_end; /* cut off there, it may be one of 32 bits, or lack what is ours */
    bool one;                  /* there are no arrays of it */
};
enum { SAMPLES = 19 };
extern const struct sample samples[SAMPLES];
#define EACH_SAMPLE(s) for (const struct sample *s = samples; s < samples + SAMPLES; s++)

#endif

#include "win32/wire/wire_test.h"

static size_t asked, fail_at;

void fill_octets(void *target, size_t size)
{
    uint8_t *octets = target;

    for (size_t i = 0; i < size; i++) octets[i] = (uint8_t)(1 + (i * 37 + i / 255 * 101) % 255);
}

size_t live_blocks(void)
{
    PROCESS_HEAP_ENTRY entry = {.lpData = NULL};
    size_t count = 0;

    while (HeapWalk(GetProcessHeap(), &entry)) {
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) count++;
    }
    return count;
}

void gives_all_back(void (*pass)(void))
{
    bool all = false;

    for (int i = 0; i < 6 && !all; i++) {
        size_t before = live_blocks();

        pass();
        all = live_blocks() == before;
    }
    assert_true(all);
}

static bool gate(void *context)
{
    (void)context;
    return ++asked != fail_at;
}

void fail_buffer_begin(size_t n)
{
    asked = 0;
    fail_at = n;
    api_buffer_set_gate(gate, NULL);
}

bool fail_buffer_end(void)
{
    api_buffer_set_gate(NULL, NULL);
    return fail_at && asked >= fail_at;
}

size_t octets_left_out(const void *in, const void *out, size_t size)
{
    const uint8_t *a = in, *b = out;
    size_t count = 0;

    for (size_t i = 0; i < size; i++) {
        if (a[i] == b[i]) continue;
        if (b[i]) fail_msg("octet %u: %02x went in, %02x came out", (unsigned)i, a[i], b[i]);
        count++;
    }
    return count;
}

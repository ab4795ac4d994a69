/* Counts the blocks of the statically linked library. */
#include "win32/sys/windows_api.h"

#include <stdlib.h>

#include "base/mem.h"
#include "win32/sys/event.h"
#include "win32/net/mib_host.h"

long random_blocks(void);
void random_blocks_begin(void);

static volatile LONG blocks;

static void *counted_alloc(void *context, size_t size)
{
    void *memory = calloc(1, size);

    (void)context;
    if (memory) InterlockedIncrement(&blocks);
    return memory;
}

static void counted_release(void *context, void *memory)
{
    (void)context;
    if (memory) InterlockedDecrement(&blocks);
    free(memory);
}

void random_blocks_begin(void)
{
    static const struct mem_hooks hooks = {counted_alloc, counted_release, NULL};

    mem_set_hooks(&hooks);
}

/* Without what is kept for its own sake: tables of the system, unused events. */
long random_blocks(void)
{
    event_trim(true);
    mib_host_forget();
    return blocks;
}

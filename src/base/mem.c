/* Allocation with replaceable hooks.
 *
 * The hooks are plain globals: they are set before the first allocation (a test's set-up) and
 * only read afterwards, so reading needs no lock.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *default_alloc(void *context, size_t size)
{
    (void)context;
    return calloc(1, size);
}

static void default_release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

static const struct mem_hooks default_hooks = {default_alloc, default_release, NULL};
static struct mem_hooks hooks = {default_alloc, default_release, NULL};

void mem_set_hooks(const struct mem_hooks *new_hooks)
{
    hooks = new_hooks ? *new_hooks : default_hooks;
}

void *mem_alloc(size_t size)
{
    return hooks.alloc(hooks.context, size ? size : 1);
}

void *mem_alloc_unset(size_t size)
{
    return hooks.alloc == default_alloc ? malloc(size ? size : 1) : mem_alloc(size);
}

void *mem_alloc_array(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) return NULL;
    return mem_alloc(count * size);
}

void *mem_dup(const void *source, size_t size)
{
    void *copy = mem_alloc_unset(size);

    if (copy && size) memcpy(copy, source, size);
    return copy;
}

void *mem_grow(void *array, size_t old_count, size_t new_count, size_t size)
{
    size_t kept = old_count < new_count ? old_count : new_count;
    void *bigger = mem_alloc_array(new_count, size);

    if (!bigger) return NULL;
    if (kept && size) memcpy(bigger, array, kept * size);
    mem_free(array);
    return bigger;
}

void mem_free(void *memory)
{
    if (memory) hooks.release(hooks.context, memory);
}

void mem_wipe(void *memory, size_t size)
{
    /* Which function is called is not known when this is compiled, so it has to be. */
    static void *(*volatile const overwrite)(void *, int, size_t) = memset;

    if (memory) overwrite(memory, 0, size);
}

/* All memory of the core comes from here, so that a test can make the n-th allocation fail.
 *
 * Ownership: what a mem_ function returns is released with mem_free by whoever owns it.
 * Threads: allocation itself is thread-safe; mem_set_hooks is for start-up and tests only.
 */
#ifndef MPR_BASE_MEM_H
#define MPR_BASE_MEM_H

#include <stddef.h>

struct mem_hooks {
    void *(*alloc)(void *context, size_t size); /* zeroed memory, or NULL */
    void (*release)(void *context, void *memory);
    void *context;
};

/* Replaces malloc and free; NULL restores them. Call only while nothing is allocated. */
void mem_set_hooks(const struct mem_hooks *hooks);

/* Zeroed memory of size bytes (size 0 gives a valid, distinct pointer); NULL when out of memory. */
void *mem_alloc(size_t size);

/* As mem_alloc for what is overwritten as a whole: what is in it may be anything. */
void *mem_alloc_unset(size_t size);

/* As mem_alloc for count elements; NULL also when count * size overflows. */
void *mem_alloc_array(size_t count, size_t size);

/* A copy of size bytes at source (source may be NULL only when size is 0). */
void *mem_dup(const void *source, size_t size);

/* Moves an array of old_count elements to one of new_count; the rest is zeroed. On failure NULL
 * is returned and the old array is untouched. */
void *mem_grow(void *array, size_t old_count, size_t new_count, size_t size);

/* NULL is allowed. */
void mem_free(void *memory);

/* Overwrites what was secret, which the compiler may not leave out; NULL is allowed. */
void mem_wipe(void *memory, size_t size);

#endif

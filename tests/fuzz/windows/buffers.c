/* src/api/buffer.c over malloc, so that the sanitizers know the size of each result. */
#include "api/api.h"

#include <stdlib.h>
#include <string.h>

void *api_buffer_new(size_t size)
{
    return calloc(1, size ? size : 1);
}

void *api_buffer_new_array(size_t count, size_t size, size_t tail)
{
    return api_buffer_new(count * size + tail);
}

mpr_status api_buffer_free(void *buffer)
{
    free(buffer);
    return ST_OK;
}

mpr_status api_buffer_copy(const void *data, size_t size, BYTE **ret, DWORD *ret_size)
{
    *ret = size ? api_buffer_new(size) : NULL;
    if (size && !*ret) return ST_NOT_ENOUGH_MEMORY;
    if (size) memcpy(*ret, data, size);
    if (ret_size) *ret_size = (DWORD)size;
    return ST_OK;
}

/* The library's memory can't be seen through the DLL. */
#include "api/random/random.h"

void random_blocks_begin(void)
{
}

long random_blocks(void)
{
    return 0;
}

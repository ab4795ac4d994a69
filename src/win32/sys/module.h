/* This module in memory. */
#ifndef MPR_WIN32_MODULE_H
#define MPR_WIN32_MODULE_H

#include <stdbool.h>

/* From now on FreeLibrary unmaps nothing, since threads or callbacks of ours run in it that can't
 * be waited for in DllMain. Any number of times; false: out of memory. */
bool module_pin(void);

#endif

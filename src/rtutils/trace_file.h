/* Trace files. */
#ifndef MPR_RTUTILS_TRACE_FILE_H
#define MPR_RTUTILS_TRACE_FILE_H

#include <stddef.h>

#include "rtutils/trace_settings.h"

/* Adds to <name>.LOG in the directory of s, which is made when it is missing; a file that has
 * s->max_file_size octets already becomes <name>.OLD first, in place of a former one. The file is
 * opened for each piece, so that it may be moved or deleted meanwhile, and pieces of several
 * threads and processes that trace to one file are kept apart by a mutex. False: nothing was
 * written. */
bool trace_file_append(const struct trace_settings *s, const WCHAR *name, const void *data,
                       size_t size);

#endif

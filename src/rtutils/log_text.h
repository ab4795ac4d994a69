/* The words for a code: the router's own (base/error_text.h), else the system's. */
#ifndef MPR_RTUTILS_LOG_TEXT_H
#define MPR_RTUTILS_LOG_TEXT_H

#include <windows.h>

#define LOG_TEXT_UNITS 1024u

/* Without a line end; "" when nobody knows the code. */
void log_text_of(DWORD error, WCHAR target[LOG_TEXT_UNITS]);

#endif

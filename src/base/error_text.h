/* Texts of the router's and RAS' codes (mprerror.h, raserror.h), which no system message table has.
 */
#ifndef MPR_BASE_ERROR_TEXT_H
#define MPR_BASE_ERROR_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <uchar.h>

/* The text, which is constant; NULL: none of these, or nobody has named it. */
const char16_t *error_text(uint32_t code);

/* Whether a code is of their ranges, where a system message of the same number means something
 * else. */
bool error_text_is_router(uint32_t code);

#endif

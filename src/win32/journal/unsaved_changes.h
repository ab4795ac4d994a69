/* The octets of the file ras\mprapi-unsaved (unsaved.h has the format), without the file. */
#ifndef MPR_WIN32_UNSAVED_CHANGES_H
#define MPR_WIN32_UNSAVED_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

#define UNSAVED_HEADER_BYTES 16u
#define UNSAVED_HEAD_BYTES   12u /* of a change, before its items */
#define UNSAVED_TAIL_BYTES   4u  /* and behind them */

void unsaved_put_header(uint8_t header[UNSAVED_HEADER_BYTES], uint64_t session);
void unsaved_put_change(uint8_t head[UNSAVED_HEAD_BYTES], uint8_t tail[UNSAVED_TAIL_BYTES],
                        uint64_t number, const struct blob *items);

bool unsaved_is_of(const struct blob *file, uint64_t session);
/* Writes the changes behind that number into the registry, and counts them; *number is then that of
 * the last one. It ends where the file does not go on as it should; none of a change is written
 * whose items are malformed. ST_NOT_ENOUGH_MEMORY; the registry's status, then the last one counted
 * may be half written. */
mpr_status unsaved_write_again(const struct blob *file, uint64_t *number, unsigned *count);

#endif

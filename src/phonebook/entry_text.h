/* One entry taken apart into lines, for reading keys and for changing some of them. Internal to
 * src/phonebook.
 *
 * An entry has parts: the head, the NETCOMPONENTS block, and MEDIA blocks, each with DEVICE blocks
 * of its own (MS-RRASM 2.2.2). Keys are looked for in the head, in the first MEDIA block, and in
 * "the device" of that: its first DEVICE block that is not a switch or a pad. The DEVICE blocks of
 * an entry without a MEDIA block count as those of the first one.
 */
#ifndef MPR_PHONEBOOK_ENTRY_TEXT_H
#define MPR_PHONEBOOK_ENTRY_TEXT_H

#include "base/bytes.h"
#include "base/status.h"
#include "phonebook/scan.h"

enum part {
    PART_HEAD,
    PART_NET,
    PART_MEDIA,
    PART_DEVICE,
    PART_ANY_DEVICE /* only for looking: every DEVICE block of the first MEDIA block */
};

struct entry_line {
    struct slice raw;        /* with its line end */
    struct slice key, value; /* key is empty for the header and for blank lines */
    enum part part;
    uint32_t media, device; /* number of the block, from 0, and of the DEVICE block in it */
    bool begins;            /* the line that begins the block */
    bool owned;             /* raw was allocated by an edit */
};

struct entry_text {
    struct entry_line *lines; /* lines[0] is the section header */
    size_t count, capacity;
    const char *eol;
    uint32_t device; /* number of "the device" */
};

#define LINE_NONE SIZE_MAX

/* Borrows text, which must be one entry of a checked phone book. ST_NOT_ENOUGH_MEMORY. */
mpr_status entry_text_open(struct entry_text *t, struct slice text);
void entry_text_close(struct entry_text *t);

/* Occurrence index (from 0) of a key in a part; LINE_NONE. */
size_t entry_line_find(const struct entry_text *t, enum part part, const char *key, size_t index);

/* The value's line is changed, or added where the order of real files has it; missing blocks are
 * begun. value is UTF-8 without line ends. */
mpr_status entry_line_set(struct entry_text *t, enum part part, const char *key, const char *value);
/* One line further: right behind line at. */
mpr_status entry_line_insert(struct entry_text *t, size_t at, const char *key, const char *value);
/* The same key again. */
mpr_status entry_line_replace(struct entry_text *t, size_t at, const char *value);
void entry_line_remove(struct entry_text *t, size_t at);

/* The whole text; data is the caller's (mem_free). */
mpr_status entry_text_render(const struct entry_text *t, struct blob *ret);

/* The keys of a full entry in their order. value NULL: a key that is only there when it is set. */
struct known_key {
    enum part part;
    const char *key, *value;
};
extern const struct known_key known_keys[];
extern const size_t known_key_count;

/* Text of a full entry with default values, name (UTF-8) in its header. uid is its DialParamsUID,
 * which should differ from those of other entries. */
mpr_status entry_text_template(const char *name, uint32_t uid, const char *eol, struct blob *ret);

#endif

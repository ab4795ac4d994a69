/* The keys that struct phonebook_settings knows: one row a key, read and written by the same row.
 * Internal to src/phonebook. */
#ifndef MPR_PHONEBOOK_SETTINGS_ROWS_H
#define MPR_PHONEBOOK_SETTINGS_ROWS_H

#include "phonebook/entry_text.h"
#include "phonebook/phonebook_settings.h"

#include <stdint.h>

/* The longest value: 200 UTF-16 units as UTF-8. */
#define ROW_TEXT_SIZE 640

enum row_kind {
    ROW_NUMBER,     /* uint32_t at offset; a = least, b = greatest */
    ROW_OPTION,     /* bit a of options is set by number b, cleared by c (what is written) */
    ROW_TEXT,       /* char16_t[a] at offset */
    ROW_MIRROR,     /* like TEXT, but only written: a repetition of another key */
    ROW_IPV4,       /* uint32_t, host order */
    ROW_IPV6,       /* uint8_t[16] */
    ROW_GUID,       /* uint8_t[16] */
    ROW_EXCLUDED,   /* ExcludedProtocols */
    ROW_ENCRYPTION, /* DataEncryption */
    ROW_AUTH,       /* AuthRestrictions */
    ROW_IPSEC,      /* IpSecFlags */
    ROW_OTHERS      /* RouterOptions */
};

struct row {
    const char *key;
    enum part part;
    enum row_kind kind;
    size_t offset;
    uint32_t a, b, c;
};

extern const struct row settings_rows[];
extern const size_t settings_row_count;

/* Takes the value over into s, if it is valid. */
void row_read(const struct row *row, struct slice value, struct phonebook_settings *s);

/* The value that s stands for, in UTF-8. */
void row_write(const struct row *row, const struct phonebook_settings *s, char text[ROW_TEXT_SIZE]);

/* settings_read.c: what an entry says. */
mpr_status settings_read(const struct entry_text *t, struct phonebook_settings *ret);

/* settings_apply.c: makes the entry say s. ST_INVALID_PARAMETER, ST_NOT_ENOUGH_MEMORY; t is then
 * half changed and to be dropped. */
mpr_status settings_apply(struct entry_text *t, const struct phonebook_settings *s);

/* Pairs of hex digits to bytes; false when that is not what text is. ret has text.size / 2. */
bool hex_decode(struct slice text, uint8_t *ret);
/* Upper case; text has 2 * size + 1. */
void hex_encode(const uint8_t *data, size_t size, char *text);

#endif

/* UTF-16 strings. The core keeps text as the API does: NUL-terminated char16_t, which is WCHAR on
 * Windows. Lengths are in char16_t units without the terminator. */
#ifndef MPR_BASE_UTF16_H
#define MPR_BASE_UTF16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* Length of s, at most limit (limit when no terminator is found within it). */
size_t u16_length(const char16_t *s, size_t limit);

/* Copies source into target of capacity units and terminates it. False, and an empty target, when
 * it does not fit. */
bool u16_copy(char16_t *target, size_t capacity, const char16_t *source);
/* As much of source as fits, terminated. capacity is at least 1. */
void u16_copy_cut(char16_t *target, size_t capacity, const char16_t *source);

bool u16_equal(const char16_t *a, const char16_t *b);

/* Comparison as for interface names and registry keys: case-insensitive, simple one-to-one folding
 * of ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic letters. */
bool u16_equal_nocase(const char16_t *a, const char16_t *b);
char16_t u16_fold(char16_t unit);

/* Folded copy for use as a hash key, cut to capacity - 1 units and terminated; returns the units
 * written. */
size_t u16_fold_copy(char16_t *target, size_t capacity, const char16_t *source);

/* A mem_dup of s with its terminator; NULL when out of memory. */
char16_t *u16_dup(const char16_t *s);

/* Multi-string (list of strings ended by an empty one): units in all, both terminators included.
 * An empty list is one NUL pair: 2. At most limit. */
size_t u16_multi_units(const char16_t *multi, size_t limit);

/* UTF-8 to UTF-16. Returns the units written without the terminator, or SIZE_MAX when the bytes
 * are no valid UTF-8 or capacity (units, terminator included) is too small. */
size_t u16_from_utf8(char16_t *target, size_t capacity, const char *bytes, size_t size);

/* UTF-16 to UTF-8; lone surrogates become U+FFFD. Returns bytes written without the terminator,
 * or SIZE_MAX when capacity is too small. */
size_t u16_to_utf8(char *target, size_t capacity, const char16_t *s, size_t units);

#endif

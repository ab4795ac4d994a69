/* The text of a phone book as Windows writes it: entries of 145 keys in groups, CR LF. Made here
 * and not by src/phonebook, so that what is measured does not decide what it is measured with. */
#ifndef BENCH_PBK_TEXT_H
#define BENCH_PBK_TEXT_H

#include <stddef.h>

/* Keys of one entry, for those who look them all up. */
#define PBK_TEXT_KEYS 145u

/* entries entries named "Branch office 00000" and so on; malloc'ed, *ret_size without the NUL. */
char *pbk_text(unsigned entries, size_t *ret_size);

/* Name of the n-th entry, and of its k-th key. */
void pbk_text_name(char *target, size_t size, unsigned entry);
void pbk_text_key(char *target, size_t size, unsigned key);

#endif

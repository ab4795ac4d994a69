/* Parameter lists of so many machine words. */
#ifndef MPR_RTMDLL_WORDS_H
#define MPR_RTMDLL_WORDS_H

#include <windows.h>

typedef ULONG_PTR word;

#define WORDS_1 word a
#define WORDS_2 WORDS_1, word b
#define WORDS_3 WORDS_2, word c
#define WORDS_4 WORDS_3, word d
#define WORDS_5 WORDS_4, word e
#define WORDS_6 WORDS_5, word f
#define WORDS_7 WORDS_6, word g
#define WORDS_8 WORDS_7, word h
#define WORDS_9 WORDS_8, word i
#define NAMES_1 a
#define NAMES_2 NAMES_1, b
#define NAMES_3 NAMES_2, c
#define NAMES_4 NAMES_3, d
#define NAMES_5 NAMES_4, e
#define NAMES_6 NAMES_5, f
#define NAMES_7 NAMES_6, g
#define NAMES_8 NAMES_7, h
#define NAMES_9 NAMES_8, i

#define IGNORE_1 (void)a
#define IGNORE_2 IGNORE_1, (void)b
#define IGNORE_3 IGNORE_2, (void)c
#define IGNORE_4 IGNORE_3, (void)d
#define IGNORE_5 IGNORE_4, (void)e
#define IGNORE_6 IGNORE_5, (void)f
#define IGNORE_7 IGNORE_6, (void)g
#define IGNORE_8 IGNORE_7, (void)h

#endif

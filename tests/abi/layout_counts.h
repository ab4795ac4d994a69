/* How many facts each program part asserted while it was compiled. */
#ifndef ABI_LAYOUT_COUNTS_H
#define ABI_LAYOUT_COUNTS_H

struct layout_counts {
    int sizes, offsets, constants;
};

/* Against mingw-w64's headers and ours. */
extern const struct layout_counts layout_mingw;

#ifdef ABI_WINE_HEADERS
/* Our header against Wine's. */
extern const struct layout_counts layout_wine;
#endif

#endif

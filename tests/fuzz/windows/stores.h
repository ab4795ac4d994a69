/* What the target `registry` changes among whatever is there (stores.c): each store takes what
 * it is given, hands it back, and removes it again. */
#ifndef TESTS_FUZZ_WINDOWS_STORES_H
#define TESTS_FUZZ_WINDOWS_STORES_H

/* which: a bit for interfaces, transports, people, custom settings, tunnels. */
void stores_change(unsigned which);

#endif

/* The 30 MB phone book against inih, both from the file.
 *
 *   pbk_inih       what a router does on the way to one interface: read the file, check every line
 *                  of it, index the entries by name
 *   pbk_all_inih   the same, and then every entry's settings decoded, which inih leaves to its user
 *
 *   pbk_10000      reading, indexing and finding each of 10,000 short entries, an entry, against
 * the pbk_100000     same of 1,000; and of 100,000: 1 when it is linear
 *
 * inih splits every line and calls a handler, which here does nothing.
 * usage: bench_phonebook FILE REPEATS        FILE is made, and removed at the end
 */
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phonebook/phonebook.h"
#include "support/pairs.h"
#include "support/pbk_text.h"

#define ENTRIES     10000u
#define SHORT_ENTRY 160u

static int count_key(void *user, const char *section, const char *name, const char *value)
{
    (void)section, (void)name, (void)value;
    ++*(unsigned *)user;
    return 1;
}

static double time_inih(const char *path)
{
    unsigned keys = 0;
    double start = bench_now();

    if (ini_parse(path, count_key, &keys) != 0) bench_die("inih refused the file");
    if (keys != ENTRIES * PBK_TEXT_KEYS) bench_die("inih found %u keys", keys);
    return bench_now() - start;
}

static void *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    void *data;
    long size;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0) bench_die("%s", path);
    rewind(file);
    data = malloc((size_t)size);
    if (!data || fread(data, 1, (size_t)size, file) != (size_t)size) bench_die("%s", path);
    fclose(file);
    *ret_size = (size_t)size;
    return data;
}

static void decode_all(const struct phonebook *pb)
{
    const struct phonebook_entry *e = NULL;
    struct phonebook_settings settings;

    while ((e = phonebook_next(pb, e)) != NULL) {
        if (phonebook_entry_settings(e, &settings) != ST_OK) bench_die("an entry has no settings");
        phonebook_settings_free(&settings);
    }
}

static void time_ours(const char *path, double *ret_parse, double *ret_all)
{
    double start = bench_now();
    struct phonebook *pb;
    size_t size;
    void *data = read_file(path, &size);

    if (phonebook_parse(&pb, data, size, NULL) != ST_OK) bench_die("our parser refused the file");
    free(data);
    if (phonebook_count(pb) != ENTRIES) bench_die("we found %zu entries", phonebook_count(pb));
    *ret_parse = bench_now() - start;
    decode_all(pb);
    *ret_all = bench_now() - start;
    phonebook_free(pb);
}

static void make_file(const char *path)
{
    size_t size;
    char *text = pbk_text(ENTRIES, &size);
    FILE *file = fopen(path, "wb");

    if (!file || fwrite(text, 1, size, file) != size || fclose(file)) bench_die("%s", path);
    free(text);
    bench_note("pbk_inih", "%.1f MB, %u entries of %u keys", (double)size / 1e6, ENTRIES,
               PBK_TEXT_KEYS);
}

/* Finds every entry, as a start with that many interfaces does. */
static void find_all(const struct phonebook *pb, unsigned entries)
{
    char text[64];
    char16_t name[64];

    for (unsigned i = 0; i < entries; i++) {
        pbk_text_name(text, sizeof(text), i);
        for (size_t k = 0; k == 0 || text[k - 1]; k++) name[k] = (unsigned char)text[k];
        if (!phonebook_find(pb, name)) bench_die("entry %u was not found", i);
    }
}

/* Of an entry; times times, so that few entries can be measured, too. */
static double time_short(unsigned entries, unsigned times)
{
    char *text = malloc((size_t)entries * SHORT_ENTRY), name[64];
    size_t size = 0;
    double start;

    if (!text) bench_die("out of memory");
    for (unsigned i = 0; i < entries; i++) {
        pbk_text_name(name, sizeof(name), i);
        size += (size_t)snprintf(text + size, SHORT_ENTRY,
                                 "[%s]\r\nType=2\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\nDEVICE=vpn\r\n"
                                 "PhoneNumber=192.0.2.%u\r\n",
                                 name, i % 256);
    }
    start = bench_now();
    for (unsigned i = 0; i < times; i++) {
        struct phonebook *pb;

        if (phonebook_parse(&pb, text, size, NULL) != ST_OK) bench_die("our parser refused it");
        find_all(pb, entries);
        phonebook_free(pb);
    }
    start = bench_now() - start;
    free(text);
    return start / entries / times;
}

int main(int argc, char **argv)
{
    double parse, all;

    if (argc != 3) bench_die("usage: bench_phonebook FILE REPEATS");
    make_file(argv[1]);
    time_ours(argv[1], &parse, &all); /* the file is in the cache from here on */
    for (int i = bench_number(argv[2]); i > 0; i--) {
        double inih = time_inih(argv[1]);
        time_ours(argv[1], &parse, &all);
        bench_pair("pbk_inih", inih, parse);
        bench_pair("pbk_all_inih", inih, all);
    }
    for (int i = bench_number(argv[2]); i > 0; i--) {
        double few = time_short(1000, 100);
        bench_pair("pbk_10000", few, time_short(10000, 10));
        bench_pair("pbk_100000", few, time_short(100000, 1));
    }
    return remove(argv[1]);
}

/* The 30 MB phone book in a Windows program: every entry's settings by src/phonebook, against
 * every key by GetPrivateProfileString. The latter takes minutes for 1.45 million keys, so it is
 * measured on keys all over the file and extrapolated; that it keeps the parsed file between calls
 * is to its favour.
 *
 * usage: bench_pbk FILE REPEATS       FILE as Windows sees it; it is made, and removed at the end
 */
#include <stdio.h>
#include <stdlib.h>

#include <windows.h>

#include "phonebook/phonebook.h"
#include "support/pairs.h"
#include "support/pbk_text.h"

#define ENTRIES 10000u
#define SAMPLES 2000u

static double time_profile(const char *path)
{
    uint32_t state = 99;
    char name[64], key[64], value[512];
    double start;

    /* Its first call reads the file, which is not to be multiplied. */
    GetPrivateProfileStringA("", "", "", value, sizeof(value), path);
    start = bench_now();
    for (unsigned i = 0; i < SAMPLES; i++) {
        pbk_text_name(name, sizeof(name), bench_random(&state) % ENTRIES);
        pbk_text_key(key, sizeof(key), bench_random(&state) % PBK_TEXT_KEYS);
        GetPrivateProfileStringA(name, key, "?", value, sizeof(value), path);
        if (value[0] == '?') bench_die("[%s] %s was not found", name, key);
    }
    return (bench_now() - start) / SAMPLES * ENTRIES * PBK_TEXT_KEYS;
}

static void *read_file(const char *path, DWORD *ret_size)
{
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size = GetFileSize(file, NULL);
    void *data = malloc(size);

    if (!data || !ReadFile(file, data, size, ret_size, NULL)) bench_die("%s can't be read", path);
    CloseHandle(file);
    return data;
}

static double time_ours(const char *path)
{
    double start = bench_now();
    const struct phonebook_entry *e = NULL;
    struct phonebook_settings settings;
    struct phonebook *pb;
    unsigned count = 0;
    DWORD size;
    void *data = read_file(path, &size);

    if (phonebook_parse(&pb, data, size, NULL) != ST_OK) bench_die("our parser refused the file");
    free(data);
    for (; (e = phonebook_next(pb, e)) != NULL; count++) {
        if (phonebook_entry_settings(e, &settings) != ST_OK) bench_die("an entry has no settings");
        phonebook_settings_free(&settings);
    }
    if (count != ENTRIES) bench_die("we found %u entries", count);
    start = bench_now() - start;
    phonebook_free(pb);
    return start;
}

int main(int argc, char **argv)
{
    size_t size;
    char *text;
    FILE *file;

    if (argc != 3) bench_die("usage: bench_pbk FILE REPEATS");
    text = pbk_text(ENTRIES, &size);
    file = fopen(argv[1], "wb");
    if (!file || fwrite(text, 1, size, file) != size || fclose(file)) bench_die("%s", argv[1]);
    free(text);
    time_ours(argv[1]);
    for (int i = bench_number(argv[2]); i > 0; i--) {
        double profile = time_profile(argv[1]);
        bench_pair("pbk_profile", profile, time_ours(argv[1]));
    }
    return remove(argv[1]);
}

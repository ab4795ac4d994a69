/* Any bytes as a phone book. It is refused only for a NUL byte or a mark of UTF-16. Else
 * - it is written back byte for byte;
 * - applying the settings of an entry to itself changes nothing, also with the flags that follow
 *   from others when MPR_INTERFACE_2 is filled (MS-RRASM 3.1.4.14);
 * - what is set is what is read back, after writing and parsing, and all other lines, odd ones,
 *   too, are the same.
 */
#include "fuzz/fuzz.h"

#include "base/mem.h"
#include "base/utf16.h"
#include "phonebook/phonebook.h"
#include "phonebook/scan.h"

#include <string.h>

static void check_written(const struct phonebook *pb, const uint8_t *data, size_t size)
{
    struct blob out = {NULL, 0};

    FUZZ_CHECK(phonebook_write(pb, &out) == ST_OK);
    FUZZ_CHECK(out.size == size && (!size || !memcmp(out.data, data, size)));
    FUZZ_CHECK(phonebook_is(pb, data, size));
    FUZZ_CHECK(!phonebook_is(pb, data, size - 1) || !size);
    blob_free(&out);
}

static void check_refusal(const struct phonebook_error *error, const uint8_t *data, size_t size)
{
    FUZZ_CHECK(error->reason && error->line > 0 && !error->odd_lines);
    FUZZ_CHECK(memchr(data, 0, size) || !memcmp(data, "\xFF\xFE", 2) ||
               !memcmp(data, "\xFE\xFF", 2));
}

/* Odd lines as they are written: the text without the lines that have a key. */
static uint32_t hash_of_odd_lines(const struct phonebook *pb)
{
    struct blob out = {NULL, 0};
    struct slice rest;
    struct line line;
    uint32_t hash = 0;

    FUZZ_CHECK(phonebook_write(pb, &out) == ST_OK);
    rest = (struct slice){(const char *)out.data, out.size};
    while (line_next(&rest, &line)) {
        size_t size = line.raw.size;

        if (line.kind != LINE_FAULTY) continue;
        /* One that was the last of the file gets a line end when something follows it. */
        while (size && (line.raw.at[size - 1] == '\n' || line.raw.at[size - 1] == '\r')) size--;
        for (size_t i = 0; i < size; i++) hash = hash * 31 + (unsigned char)line.raw.at[i];
    }
    blob_free(&out);
    return hash;
}

static struct phonebook *reparse(const struct phonebook *pb)
{
    struct phonebook *again;
    struct blob out = {NULL, 0};

    FUZZ_CHECK(phonebook_write(pb, &out) == ST_OK);
    FUZZ_CHECK(phonebook_parse(&again, out.data, out.size, NULL) == ST_OK);
    blob_free(&out);
    return again;
}

static void change(struct phonebook_settings *s, uint32_t seed)
{
    static const uint8_t data[100] = {0xEE};
    static const char16_t numbers[] = u"1\0002\0";

    s->redial_attempts = seed % 100;
    s->ip = seed;
    s->encryption = PBK_ET_REQUIRE;
    s->options ^= PBK_OPTION_SW_COMPRESSION | PBK_OPTION_NETWORK_LOGON;
    u16_copy(s->device_name, 129, u"Fuzz \u00e4");
    u16_copy(s->device_type, 17, u"modem");
    u16_copy(s->phone_number, 129, u"555");
    FUZZ_CHECK(blob_set(&s->custom_auth_data, data, seed % 100));
    mem_free(s->alternates);
    s->alternates = seed & 1 ? mem_dup(numbers, sizeof(numbers)) : NULL;
}

static void check_changed(const struct phonebook *pb, const char16_t *name,
                          const struct phonebook_settings *s)
{
    const struct phonebook_entry *e = phonebook_find(pb, name);
    struct phonebook_settings back;

    FUZZ_CHECK(e);
    FUZZ_CHECK(phonebook_entry_settings(e, &back) == ST_OK);
    FUZZ_CHECK(back.redial_attempts == s->redial_attempts && back.ip == s->ip);
    FUZZ_CHECK(back.encryption == PBK_ET_REQUIRE);
    FUZZ_CHECK((back.options | PBK_OPTION_REQUIRE_DATA_ENCRYPTION) ==
               (s->options | PBK_OPTION_REQUIRE_DATA_ENCRYPTION));
    FUZZ_CHECK(u16_equal(back.device_name, s->device_name));
    FUZZ_CHECK(u16_equal(back.device_type, s->device_type));
    FUZZ_CHECK(u16_equal(back.phone_number, s->phone_number));
    FUZZ_CHECK(back.custom_auth_data.size == s->custom_auth_data.size);
    FUZZ_CHECK(!back.alternates == !s->alternates);
    FUZZ_CHECK(back.device_count > 0);
    phonebook_settings_free(&back);
}

static void edit_first(struct phonebook *pb, uint32_t seed)
{
    const struct phonebook_entry *e = phonebook_next(pb, NULL);
    const uint32_t odd = hash_of_odd_lines(pb);
    struct phonebook_settings s;
    struct phonebook *again;

    if (!e) return;
    FUZZ_CHECK(phonebook_entry_settings(e, &s) == ST_OK);
    change(&s, seed);
    /* Control characters of other fields may come from the file; then nothing changes. */
    if (phonebook_replace(pb, phonebook_entry_name(e), &s) == ST_OK) {
        again = reparse(pb);
        FUZZ_CHECK(phonebook_count(again) == phonebook_count(pb));
        FUZZ_CHECK(phonebook_duplicates(again, NULL) == phonebook_duplicates(pb, NULL));
        check_changed(again, phonebook_entry_name(e), &s);
        FUZZ_CHECK(hash_of_odd_lines(again) == odd);
        phonebook_free(again);
    }
    phonebook_settings_free(&s);
}

static void add_and_remove(struct phonebook *pb)
{
    size_t count = phonebook_count(pb), duplicates = phonebook_duplicates(pb, NULL);
    struct phonebook_settings s;
    struct phonebook *again;

    phonebook_settings_init(&s);
    if (phonebook_add(pb, u"added by the fuzzer", &s) != ST_OK) return;
    again = reparse(pb);
    FUZZ_CHECK(phonebook_count(again) == count + 1);
    FUZZ_CHECK(phonebook_duplicates(again, NULL) == duplicates);
    FUZZ_CHECK(phonebook_remove(again, u"ADDED by the fuzzer") == ST_OK);
    FUZZ_CHECK(phonebook_count(again) == count);
    phonebook_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct phonebook_entry *e = NULL;
    struct phonebook_error error;
    struct phonebook *pb;

    if (phonebook_parse(&pb, data, size, &error) != ST_OK) {
        FUZZ_CHECK(!pb);
        check_refusal(&error, data, size);
        return 0;
    }
    FUZZ_CHECK(!error.reason == !error.odd_lines);
    check_written(pb, data, size);
    while ((e = phonebook_next(pb, e)) != NULL) {
        struct phonebook_settings s;

        FUZZ_CHECK(phonebook_find(pb, phonebook_entry_name(e)) == e);
        FUZZ_CHECK(phonebook_entry_settings(e, &s) == ST_OK);
        s.options |= PBK_OPTION_REQUIRE_ENCRYPTED_PW | PBK_OPTION_REQUIRE_MS_ENCRYPTED_PW;
        FUZZ_CHECK(phonebook_replace(pb, phonebook_entry_name(e), &s) == ST_OK);
        phonebook_settings_free(&s);
    }
    check_written(pb, data, size);
    edit_first(pb, (uint32_t)size * 2654435761u);
    add_and_remove(pb);
    phonebook_free(pb);
    return 0;
}

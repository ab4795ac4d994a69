#include "unit/base/fail_alloc.h"

#include "base/utf16.h"
#include "phonebook/phonebook.h"

#include <stdio.h>
#include <string.h>

static struct phonebook *parse(const char *text)
{
    struct phonebook_error error;
    struct phonebook *pb;

    assert_int_equal(phonebook_parse(&pb, text, strlen(text), &error), ST_OK);
    assert_null(error.reason);
    return pb;
}

static void assert_writes(const struct phonebook *pb, const char *text, size_t size)
{
    struct blob out = {NULL, 0};

    assert_int_equal(phonebook_write(pb, &out), ST_OK);
    assert_int_equal(out.size, size);
    if (size) assert_memory_equal(out.data, text, size);
    blob_free(&out);
}

static void assert_value(const struct phonebook *pb, const char16_t *name, const char *key,
                         size_t index, const char16_t *expected)
{
    char16_t value[100];
    const struct phonebook_entry *e = phonebook_find(pb, name);

    assert_non_null(e);
    assert_int_equal(phonebook_entry_value(e, key, index, value, 100), ST_OK);
    assert_true(u16_equal(value, expected));
}

static void round_trip_of(const char *file_name, size_t entries)
{
    static char data[200000];
    char path[1000];
    struct phonebook *pb;
    size_t size;
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", PBK_DATA_DIR, file_name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(data, 1, sizeof(data), file);
    fclose(file);
    assert_int_equal(phonebook_parse(&pb, data, size, NULL), ST_OK);
    assert_int_equal(phonebook_count(pb), entries);
    assert_writes(pb, data, size);
    phonebook_free(pb);
}

static void test_real_files_come_back_byte_for_byte(void **state)
{
    (void)state;
    round_trip_of("thin-pptp-90.pbk", 90);
    round_trip_of("minimal-ikev2-9.pbk", 9);
}

static void test_odd_but_good_files(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        " \t\r\n\r\n",
        "[a]",
        "[a]\n",
        "\r\n[a] \r\nk=v \r\n\r\n\r\n[b]\nx=\n",
        "[a]\nk=v\r\n\nk=w\rx",
        "[x]]\na=[b]\n",
        "[a]\n a = b = c \n",
    };

    (void)state;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct phonebook_error error;
        struct phonebook *pb = NULL;

        assert_int_equal(phonebook_parse(&pb, texts[i], strlen(texts[i]), &error), ST_OK);
        assert_writes(pb, texts[i], strlen(texts[i]));
        phonebook_free(pb);
    }
}

/* Odd lines stay where they are and mean nothing; the entries around them can be used. */
static void test_odd_lines_are_kept_and_skipped(void **state)
{
    static const struct {
        const char *text;
        size_t line;
        const char *reason;
        size_t odd, entries;
    } files[] = {
        {"a=b\n[x]\n", 1, "key before the first entry", 1, 1},
        {"\r\n\r\na=b\n[x]\n", 3, "key before the first entry", 1, 1},
        {"nothing\n", 1, "line without =", 1, 0},
        {"[x]\na=b\n\nnothing\n", 4, "line without =", 1, 1},
        {"[x]\n;comment\n[y]\n#another\n", 2, "line without =", 2, 2},
        {"[x]\na=b\n\x1A", 3, "line without =", 1, 1},
        {"[x\na=b\n[y]\n", 1, "section header without ]", 1, 1},
        {"[x]\na=b\n[", 3, "section header without ]", 1, 1},
        {"[x] y\n", 1, "section header without ]", 1, 0},
        {"[]\n[]\n[a]\n", 1, "empty entry name", 2, 1},
        {"[a]\n[ \t]\n", 2, "empty entry name", 1, 1},
        {"[a]\n\n =b\n", 3, "no key before =", 1, 1},
    };

    (void)state;

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const char *text = files[i].text;
        struct phonebook_error error;
        struct phonebook *pb;

        assert_int_equal(phonebook_parse(&pb, text, strlen(text), &error), ST_OK);
        assert_int_equal(error.line, files[i].line);
        assert_string_equal(error.reason, files[i].reason);
        assert_int_equal(error.odd_lines, files[i].odd);
        assert_int_equal(phonebook_count(pb), files[i].entries);
        assert_int_equal(phonebook_duplicates(pb, NULL), 0);
        assert_writes(pb, text, strlen(text));
        phonebook_free(pb);
    }
}

/* What stands below an odd header is of no entry: not of the one before it either. */
static void test_odd_header_hides_its_lines(void **state)
{
    static const char text[] = "[a]\nk=1\n[b\nk=2\nl=2\n[c]\nk=3\n";
    struct phonebook_error error;
    struct phonebook *pb;
    char16_t value[10];

    (void)state;

    assert_int_equal(phonebook_parse(&pb, text, strlen(text), &error), ST_OK);
    assert_value(pb, u"a", "k", 0, u"1");
    assert_value(pb, u"c", "k", 0, u"3");
    assert_int_equal(phonebook_entry_value(phonebook_find(pb, u"a"), "l", 0, value, 10),
                     ST_NOT_FOUND);
    assert_null(phonebook_find(pb, u""));
    assert_true(phonebook_next(pb, phonebook_find(pb, u"a")) == phonebook_find(pb, u"c"));
    assert_int_equal(phonebook_remove(pb, u"a"), ST_OK);
    assert_writes(pb, "[b\nk=2\nl=2\n[c]\nk=3\n", 19);
    phonebook_free(pb);
}

static void test_refused_is_what_is_no_text(void **state)
{
    static const struct {
        const char *text;
        size_t size, line;
        const char *reason;
    } files[] = {
        {"[a]\nb=\0\n", 8, 2, "NUL byte"},
        {"\xFF\xFE[\0a\0]\0", 8, 1, "UTF-16 text"},
        {"\xFE\xFF\0[\0a\0]", 8, 1, "UTF-16 text"},
        {"[\0a\0]\0", 6, 1, "NUL byte"},
    };
    struct phonebook_error error;
    struct phonebook *pb;

    (void)state;

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        assert_int_equal(phonebook_parse(&pb, files[i].text, files[i].size, &error),
                         ST_CANNOT_LOAD_PHONEBOOK);
        assert_null(pb);
        assert_int_equal(error.line, files[i].line);
        assert_string_equal(error.reason, files[i].reason);
        assert_int_equal(error.odd_lines, 0);
        assert_int_equal(phonebook_parse(&pb, files[i].text, files[i].size, NULL),
                         ST_CANNOT_LOAD_PHONEBOOK);
    }
}

static void test_is_compares_every_byte(void **state)
{
    static const char text[] = "\xEF\xBB\xBF;c\n[a]\nk=1\n[b]\nk=2";
    const size_t size = sizeof(text) - 1;
    struct phonebook_error error;
    struct phonebook *pb;

    (void)state;

    assert_int_equal(phonebook_parse(&pb, text, size, &error), ST_OK);
    assert_true(phonebook_is(pb, text, size));
    for (size_t i = 0; i < size; i++) {
        char other[sizeof(text)];

        memcpy(other, text, sizeof(text));
        other[i] ^= 1;
        assert_false(phonebook_is(pb, other, size));
        assert_false(phonebook_is(pb, text, i));
    }
    assert_false(phonebook_is(pb, text, size + 1));
    assert_int_equal(phonebook_remove(pb, u"a"), ST_OK);
    assert_false(phonebook_is(pb, text, size));
    phonebook_free(pb);
    assert_int_equal(phonebook_parse(&pb, "", 0, NULL), ST_OK);
    assert_true(phonebook_is(pb, NULL, 0));
    phonebook_free(pb);
}

static void test_limits_of_names_and_lines(void **state)
{
    static char text[70000];
    struct phonebook_error error;
    struct phonebook *pb;

    (void)state;

    for (int extra = 0; extra < 2; extra++) { /* 256 units of 3 bytes; one more */
        size_t size = 0;

        text[size++] = '[';
        for (int i = 0; i < 256 + extra; i++) {
            for (size_t k = 0; k < 3; k++) text[size++] = "\xE2\x82\xAC"[k];
        }
        text[size++] = ']';
        assert_int_equal(phonebook_parse(&pb, text, size, &error), ST_OK);
        assert_int_equal(phonebook_count(pb), !extra);
        if (extra) assert_string_equal(error.reason, "entry name too long");
        phonebook_free(pb);
    }
    memset(text, 'x', sizeof(text));
    text[0] = '[';
    text[1600] = ']';
    assert_int_equal(phonebook_parse(&pb, text, 1601, &error), ST_OK);
    assert_string_equal(error.reason, "entry name too long");
    assert_writes(pb, text, 1601);
    phonebook_free(pb);

    for (size_t k = 0; k < 6; k++) text[k] = "[a]\nk="[k];
    assert_int_equal(phonebook_parse(&pb, text, 4 + 65535, &error), ST_OK);
    assert_null(error.reason);
    phonebook_free(pb);
    assert_int_equal(phonebook_parse(&pb, text, 4 + 65536, &error), ST_OK);
    assert_string_equal(error.reason, "line too long");
    assert_int_equal(error.line, 2);
    assert_writes(pb, text, 4 + 65536);
    phonebook_free(pb);
}

static void test_lookup_and_order(void **state)
{
    struct phonebook *pb = parse("[\xC3\x84"
                                 "b]\n[c]\n[b]\n");
    const struct phonebook_entry *e;

    (void)state;

    assert_non_null(phonebook_find(pb, u"\u00e4B"));
    assert_null(phonebook_find(pb, u"d"));
    e = phonebook_next(pb, NULL);
    assert_true(u16_equal(phonebook_entry_name(e), u"\u00c4b"));
    e = phonebook_next(pb, phonebook_next(pb, e));
    assert_true(u16_equal(phonebook_entry_name(e), u"b"));
    assert_null(phonebook_next(pb, e));
    phonebook_free(pb);
}

static void test_first_duplicate_wins(void **state)
{
    const char *text = "[a]\nk=1\n[b]\n\n[A]\nk=2\n";
    struct phonebook *pb = parse(text);
    size_t line;

    (void)state;

    assert_int_equal(phonebook_count(pb), 2);
    assert_int_equal(phonebook_duplicates(pb, &line), 1);
    assert_int_equal(line, 5);
    assert_value(pb, u"a", "k", 0, u"1");
    assert_writes(pb, text, strlen(text));
    assert_int_equal(phonebook_remove(pb, u"A"), ST_OK); /* both */
    assert_writes(pb, "[b]\n\n", 5);
    assert_int_equal(phonebook_duplicates(pb, &line), 0);
    assert_int_equal(line, 0);
    phonebook_free(pb);
}

static void test_keys_and_block_headers(void **state)
{
    struct phonebook *pb =
        parse("[a]\nmedia=no\nMEDIA=rastapi\nDevice=d1\nDEVICE=vpn\ndevice=d2\n");

    (void)state;

    assert_value(pb, u"a", "MEDIA", 0, u"rastapi");
    assert_value(pb, u"a", "DEVICE", 0, u"vpn");
    assert_value(pb, u"a", "Device", 0, u"d1");
    assert_value(pb, u"a", "Device", 1, u"d2");
    assert_int_equal(phonebook_entry_value(phonebook_find(pb, u"a"), "nix", 0, NULL, 0),
                     ST_NOT_FOUND);
    phonebook_free(pb);
}

static void test_encodings_value_by_value(void **state)
{
    struct phonebook *pb = parse("\xEF\xBB\xBF[a]\nk=\x80 \xE4\nk=\xC3\xA4\nk=\x81\n");
    char16_t small[2] = {9, 9};

    (void)state;

    assert_value(pb, u"a", "k", 0, u"\u20ac \u00e4");
    assert_value(pb, u"a", "k", 1, u"\u00e4");
    assert_value(pb, u"a", "k", 2, u"\x81");
    assert_int_equal(phonebook_entry_value(phonebook_find(pb, u"a"), "K", 0, small, 2),
                     ST_INSUFFICIENT_BUFFER);
    assert_int_equal(small[0], 0);
    assert_writes(pb, "\xEF\xBB\xBF[a]\nk=\x80 \xE4\nk=\xC3\xA4\nk=\x81\n", 22);
    phonebook_free(pb);
}

/* The mark is the file's, not the first entry's; one at the start of another line does not count.
 */
static void test_mark_stays(void **state)
{
    struct phonebook *pb = parse("\xEF\xBB\xBF[a]\nk=1\n\xEF\xBB\xBF[b]\nk=2\n");
    struct phonebook_settings s;
    struct blob out = {NULL, 0};

    (void)state;

    assert_value(pb, u"a", "k", 0, u"1");
    assert_value(pb, u"b", "k", 0, u"2");
    assert_int_equal(phonebook_remove(pb, u"a"), ST_OK);
    assert_writes(pb, "\xEF\xBB\xBF\xEF\xBB\xBF[b]\nk=2\n", 14);
    phonebook_free(pb);
    pb = parse("\xEF\xBB\xBF");
    phonebook_settings_init(&s);
    assert_int_equal(phonebook_add(pb, u"x", &s), ST_OK);
    assert_int_equal(phonebook_write(pb, &out), ST_OK);
    assert_memory_equal(out.data, "\xEF\xBB\xBF[x]\r\n", 8);
    blob_free(&out);
    phonebook_free(pb);
}

static void test_ten_thousand_entries(void **state)
{
    const size_t count = 10000;
    char *text = malloc(count * 64);
    struct phonebook *pb;
    size_t size = 0;

    (void)state;

    for (size_t i = 0; i < count; i++) {
        size +=
            (size_t)snprintf(text + size, 64, "[Branch %u]\r\nMEDIA=rastapi\r\nPort=VPN%u-0\r\n",
                             (unsigned)i, (unsigned)i);
    }
    assert_int_equal(phonebook_parse(&pb, text, size, NULL), ST_OK);
    assert_int_equal(phonebook_count(pb), count);
    for (unsigned i = 0; i < count; i++) {
        char name[32], port[32];
        char16_t wide_name[32], wide_port[32];

        snprintf(name, sizeof(name), "BRANCH %u", i);
        snprintf(port, sizeof(port), "VPN%u-0", i);
        u16_from_utf8(wide_name, 32, name, strlen(name));
        u16_from_utf8(wide_port, 32, port, strlen(port));
        assert_value(pb, wide_name, "port", 0, wide_port);
    }
    assert_writes(pb, text, size);
    phonebook_free(pb);
    free(text);
}

static void test_parsing_without_memory(void **state)
{
    static char text[3000];
    size_t size = 0;

    (void)state;

    for (int i = 0; i < 60; i++)
        size += (size_t)snprintf(text + size, sizeof(text) - size, "[entry %d]\nk=v\n", i);
    for (size_t n = 1;; n++) {
        struct phonebook_error error;
        struct phonebook *pb;
        struct blob out = {NULL, 0};
        mpr_status status;

        fail_alloc_begin(n);
        status = phonebook_parse(&pb, text, size, &error);
        if (status == ST_OK) {
            assert_int_equal(phonebook_count(pb), 60);
            status = phonebook_write(pb, &out);
            if (status != ST_OK) assert_null(out.data);
            blob_free(&out);
            phonebook_free(pb);
        } else {
            assert_null(pb);
            assert_int_equal(error.line, 0);
            assert_string_equal(error.reason, "out of memory");
        }
        assert_true(status == ST_OK || status == ST_NOT_ENOUGH_MEMORY);
        if (!fail_alloc_end()) break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_real_files_come_back_byte_for_byte),
        cmocka_unit_test(test_odd_but_good_files),
        cmocka_unit_test(test_odd_lines_are_kept_and_skipped),
        cmocka_unit_test(test_odd_header_hides_its_lines),
        cmocka_unit_test(test_refused_is_what_is_no_text),
        cmocka_unit_test(test_is_compares_every_byte),
        cmocka_unit_test(test_limits_of_names_and_lines),
        cmocka_unit_test(test_lookup_and_order),
        cmocka_unit_test(test_first_duplicate_wins),
        cmocka_unit_test(test_keys_and_block_headers),
        cmocka_unit_test(test_encodings_value_by_value),
        cmocka_unit_test(test_mark_stays),
        cmocka_unit_test(test_ten_thousand_entries),
        cmocka_unit_test(test_parsing_without_memory),
    };

    return cmocka_run_group_tests_name("phonebook_parse", tests, NULL, NULL);
}

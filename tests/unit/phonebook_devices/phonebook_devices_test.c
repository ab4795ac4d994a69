/* Links of multilink entries: what they say, and that a change of one leaves every other byte. */
#include "unit/base/fail_alloc.h"

#include "base/utf16.h"
#include "phonebook/phonebook_devices.h"

#include <stdio.h>
#include <string.h>

#define HEAD "[Two links]\nType=1\nOdd Key = kept \n\n"
#define FIRST                                                                                  \
    "MEDIA=serial\nPort=COM1\nDevice=A\n\nDEVICE=switch\nName=x\n\nDEVICE=modem\nPhoneNumber=" \
    "1\n\n"
#define SECOND \
    "MEDIA=isdn\nPort=ISDN1\nDevice=B\nLineType=0\n\nDEVICE=isdn\nPhoneNumber=2\nAreaCode=9\n"
#define MORE "PhoneNumber=3\nAreaCode=\n"
#define LAST "Unknown=1\n\n"
#define NEXT "[Next]\nType=1\n"

static struct phonebook *parse(const char *text)
{
    struct phonebook *pb;

    assert_int_equal(phonebook_parse(&pb, text, strlen(text), NULL), ST_OK);
    return pb;
}

static void assert_writes(const struct phonebook *pb, const char *text)
{
    struct blob out = {NULL, 0};

    assert_int_equal(phonebook_write(pb, &out), ST_OK);
    if (out.size != strlen(text)) print_error("%.*s\n", (int)out.size, (char *)out.data);
    assert_int_equal(out.size, strlen(text));
    assert_memory_equal(out.data, text, out.size);
    blob_free(&out);
}

static struct phonebook_device make(const char16_t *type, const char16_t *name,
                                    const char16_t *number)
{
    struct phonebook_device d = {.alternates = NULL};

    u16_copy(d.type, 17, type);
    u16_copy(d.name, 129, name);
    u16_copy(d.phone_number, 129, number);
    return d;
}

static void assert_device(const struct phonebook *pb, uint32_t index, const char16_t *type,
                          const char16_t *name, const char16_t *number)
{
    struct phonebook_device d;

    assert_int_equal(phonebook_device_read(phonebook_next(pb, NULL), index, &d), ST_OK);
    assert_true(u16_equal(d.type, type));
    assert_true(u16_equal(d.name, name));
    assert_true(u16_equal(d.phone_number, number));
    phonebook_device_free(&d);
}

static void reads_each_link(void **state)
{
    struct phonebook *pb = parse(HEAD FIRST SECOND MORE LAST NEXT);
    struct phonebook_device d;

    (void)state;
    assert_device(pb, 1, u"modem", u"A", u"1");
    assert_device(pb, 2, u"isdn", u"B", u"2");
    assert_int_equal(phonebook_device_read(phonebook_next(pb, NULL), 2, &d), ST_OK);
    assert_memory_equal(d.alternates, u"3\0", 3 * sizeof(char16_t));
    phonebook_device_free(&d);
    assert_int_equal(phonebook_device_read(phonebook_next(pb, NULL), 3, &d), ST_NOT_FOUND);
    assert_int_equal(phonebook_device_read(phonebook_next(pb, NULL), 0, &d), ST_NOT_FOUND);
    assert_null(d.alternates);
    phonebook_free(pb);
}

static void changes_one_link_only(void **state)
{
    struct phonebook *pb = parse(HEAD FIRST SECOND MORE LAST NEXT);
    struct phonebook_device d = make(u"isdn", u"B", u"22");

    (void)state;
    assert_int_equal(phonebook_device_write(pb, u"two links", 2, &d, false), ST_OK);
    assert_writes(pb, HEAD FIRST SECOND MORE LAST NEXT);
    assert_int_equal(phonebook_device_write(pb, u"two links", 2, &d, true), ST_OK);
    assert_writes(pb, HEAD FIRST "MEDIA=isdn\nPort=ISDN1\nDevice=B\nLineType=0\n\nDEVICE=isdn\n"
                                 "PhoneNumber=22\nAreaCode=9\n" LAST NEXT);
    phonebook_free(pb);
}

/* 128 units each. */
static void the_longest_texts_fit(void **state)
{
    struct phonebook *pb = parse(HEAD FIRST SECOND LAST NEXT);
    char16_t name[129] = {0}, number[129] = {0};
    struct phonebook_device d;

    (void)state;
    for (size_t i = 0; i < 128; i++) {
        name[i] = u'n';
        number[i] = u'8';
    }
    d = make(u"isdn", name, number);
    assert_int_equal(phonebook_device_write(pb, u"two links", 2, &d, true), ST_OK);
    assert_device(pb, 2, u"isdn", name, number);
    phonebook_free(pb);
}

static const char new_link[] =
    "MEDIA=serial\nPort=\nDevice=C\n\nDEVICE=modem\nPhoneNumber=4\nAreaCode=\nCountryCode=0\n"
    "CountryID=0\nUseDialingRules=0\nComment=\nFriendlyName=\nLastSelectedPhone=0\n"
    "PromoteAlternates=0\nTryNextAlternateOnFail=1\n\n";

static void adds_a_link(void **state)
{
    static const char entry[] = HEAD FIRST "MEDIA=isdn\nDEVICE=isdn";
    static const char *const endings[] = {"", "\n", "\n\n"};
    struct phonebook_device d = make(u"modem", u"C", u"4");
    char before[600], after[1200];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct phonebook *pb;

        snprintf(before, sizeof(before), "%s%s", entry, endings[i]);
        snprintf(after, sizeof(after), "%s\n\n%s", entry, new_link);
        pb = parse(before);
        assert_int_equal(phonebook_device_write(pb, u"Two links", 3, &d, true), ST_OK);
        assert_writes(pb, after);
        assert_device(pb, 3, u"modem", u"C", u"4");
        phonebook_free(pb);
    }
}

static void refuses(void **state)
{
    struct phonebook *pb = parse(HEAD FIRST SECOND MORE LAST NEXT);
    struct phonebook_device d = make(u"modem", u"C", u"4");

    (void)state;
    assert_int_equal(phonebook_device_write(pb, u"Two links", 0, &d, true), ST_INVALID_PARAMETER);
    assert_int_equal(phonebook_device_write(pb, u"Two links", 1, &d, true), ST_INVALID_PARAMETER);
    assert_int_equal(phonebook_device_write(pb, u"Two links", 4, &d, true), ST_INVALID_PARAMETER);
    assert_int_equal(phonebook_device_write(pb, u"None", 2, &d, true),
                     ST_CANNOT_FIND_PHONEBOOK_ENTRY);
    d = make(u"modem", u"C\nMEDIA=x", u"4");
    assert_int_equal(phonebook_device_write(pb, u"Two links", 3, &d, true), ST_INVALID_PARAMETER);
    assert_writes(pb, HEAD FIRST SECOND MORE LAST NEXT);
    phonebook_free(pb);
}

static void says_its_encoding(void **state)
{
    struct phonebook *pb = parse("[E]\nType=1\n\nMEDIA=serial\nDevice=A\n\nDEVICE=modem\n\n");
    struct phonebook_device d = make(u"modem", u"\u4e16", u"4");
    char16_t text[8];

    (void)state;
    assert_int_equal(phonebook_device_write(pb, u"E", 2, &d, true), ST_OK);
    assert_int_equal(phonebook_entry_value(phonebook_find(pb, u"E"), "Encoding", 0, text, 8),
                     ST_OK);
    assert_true(u16_equal(text, u"1"));
    assert_device(pb, 2, u"modem", u"\u4e16", u"4");
    phonebook_free(pb);
}

static void without_memory_nothing_changes(void **state)
{
    struct phonebook_device d = make(u"modem", u"\u4e16", u"4"), got;

    (void)state;
    for (size_t n = 1;; n++) {
        struct phonebook *pb = NULL;
        mpr_status status;

        fail_alloc_begin(n);
        status = phonebook_parse(&pb, HEAD FIRST SECOND, strlen(HEAD FIRST SECOND), NULL);
        if (status == ST_OK) status = phonebook_device_write(pb, u"Two links", 3, &d, true);
        if (status == ST_OK) {
            status = phonebook_device_read(phonebook_next(pb, NULL), 3, &got);
            if (status == ST_OK) phonebook_device_free(&got);
        } else if (pb) {
            assert_true(phonebook_device_read(phonebook_next(pb, NULL), 3, &got) != ST_OK);
        }
        phonebook_free(pb);
        if (!fail_alloc_end()) {
            assert_int_equal(status, ST_OK);
            return;
        }
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_link),
        cmocka_unit_test(changes_one_link_only),
        cmocka_unit_test(the_longest_texts_fit),
        cmocka_unit_test(adds_a_link),
        cmocka_unit_test(refuses),
        cmocka_unit_test(says_its_encoding),
        cmocka_unit_test(without_memory_nothing_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

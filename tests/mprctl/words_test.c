/* Words to commands: what is understood, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/help.h"
#include "mprctl/cli/suggest.h"
#include "mprctl/cli/words.h"

static int nothing(struct call *call)
{
    (void)call;
    return 0;
}

static const struct parameter route_parameters[] = {
    {"dest", VALUE_PREFIX, true, "where to"},
    {"name", NULL, true, "the interface"},
    {"metric", VALUE_NUMBER, false, "how far"},
    {"mask", VALUE_ADDRESS, false, "its mask"},
    {"proto", "static|nondod|" VALUE_NUMBER, false, "from whom"},
    {"wait", VALUE_YES_NO, false, "until it is there"},
    {"data", VALUE_HEX, false, "octets"}};
static const struct command routes[] = {
    {"routes show", "routing ip show rtmroutes|show ip route", NULL, "Shows routes", NULL, NULL, 0,
     nothing},
    {"routes add", "routing ip add rtmroute", "New-NetRoute", "Adds a route", "It stays.",
     route_parameters, 7, nothing},
    {"routes addict", NULL, NULL, "Nothing", NULL, NULL, 0, nothing},
};
static const struct command others[] = {
    {"interfaces connect", NULL, NULL, "Dials", NULL, route_parameters + 1, 1, nothing},
    {"interfaces create", NULL, NULL, "Makes", NULL, route_parameters + 1, 1, nothing},
    {"update", NULL, NULL, "Updates", NULL, route_parameters + 1, 1, nothing},
};
static const struct command_group groups[] = {{routes, 3}, {others, 3}};
static const struct command_table table = {groups, 2};

static struct options options;
static struct call call;
static struct text context, error;
static char *words[32];
static size_t count;

static void forget(void)
{
    for (size_t i = 0; i < count; i++) free(words[i]);
    text_free(&context);
    text_free(&error);
    count = 0;
}

/* Words with blanks between; '_' stands for a blank in one. */
static enum words_result parse(const char *line)
{
    char *copy = text_dup(line), *at = copy, *word;

    forget();
    options.help = false;
    call = (struct call){.options = &options};
    while (*at) {
        word = at;
        at += strcspn(at, " ");
        if (*at) *at++ = 0;
        words[count] = text_dup(word);
        for (char *c = words[count]; *c; c++) *c = (char)(*c == '_' ? ' ' : *c);
        count++;
    }
    free(copy);
    return words_parse(&table, words, count, &call, &context, &error);
}

#define UNDERSTOOD(line, expected)                \
    assert_int_equal(parse(line), WORDS_COMMAND); \
    assert_string_equal(call.command->words, expected)
#define WRONG(line, expected)                   \
    assert_int_equal(parse(line), WORDS_WRONG); \
    assert_string_equal(text_of(&error), expected)

static void commands(void **state)
{
    (void)state;
    UNDERSTOOD("routes show", "routes show");
    UNDERSTOOD("ROUTES Show", "routes show");
    UNDERSTOOD("route sh", "routes show");
    UNDERSTOOD("show routes", "routes show");
    UNDERSTOOD("routing ip show rtmroutes", "routes show");
    UNDERSTOOD("show ip route", "routes show");
    UNDERSTOOD("interface con Branch", "interfaces connect");
    UNDERSTOOD("update Branch", "update");
    /* A whole word counts more than the beginning of a longer one. */
    UNDERSTOOD("routes add 10.0.0.0/8 x", "routes add");
}

static void unknown_commands(void **state)
{
    (void)state;
    WRONG("routes shwo", "unknown word \"shwo\" behind \"routes\"; did you mean \"show\"?");
    WRONG("ruotes show", "unknown word \"ruotes\"; did you mean \"routes\"?");
    WRONG("interfaces xyzzy", "unknown word \"xyzzy\" behind \"interfaces\"");
    WRONG("interfaces c Branch",
          "\"interfaces c\" may mean \"interfaces connect\" or \"interfaces create\"");
    WRONG("interfaces", "\"interfaces\" is not finished; with --help it lists what may follow");
    WRONG("xyzzy", "unknown word \"xyzzy\"");
    assert_int_equal(parse(""), WORDS_HELP);
}

static void parameters(void **state)
{
    (void)state;
    UNDERSTOOD("routes add 10.0.0.0/8 Head_office 5", "routes add");
    assert_string_equal(call_value(&call, "dest"), "10.0.0.0/8");
    assert_string_equal(call_value(&call, "name"), "Head office");
    assert_int_equal(call_number(&call, "metric", 9), 5);
    assert_false(call_given(&call, "proto"));
    UNDERSTOOD("routes add metric=0x10 name=a=b dest=2001:db8::/32", "routes add");
    assert_string_equal(call_value(&call, "name"), "a=b");
    assert_int_equal(call_number(&call, "metric", 9), 16);
    UNDERSTOOD("routes add name=x 10.0.0.0/8 MET=3", "routes add");
    assert_string_equal(call_value(&call, "dest"), "10.0.0.0/8");
    assert_int_equal(call_number(&call, "metric", 9), 3);
    UNDERSTOOD("routes add 10.0.0.0/8 x --wait --metric 7 --proto=nondod", "routes add");
    assert_true(call_yes(&call, "wait", false));
    assert_int_equal(call_number(&call, "metric", 9), 7);
    assert_string_equal(call_value(&call, "proto"), "nondod");
    UNDERSTOOD("routes add 10.0.0.0/8 x wait=no proto=77 data=00ff", "routes add");
    assert_false(call_yes(&call, "wait", true));
    UNDERSTOOD("routes add 10.0.0.0/8 x metric=", "routes add");
    assert_string_equal(call_value(&call, "metric"), "");
    assert_int_equal(call_number(&call, "metric", 9), 9);
}

static void wrong_parameters(void **state)
{
    (void)state;
    WRONG("routes add", "\"routes add\" wants dest=");
    WRONG("routes add 10.0.0.0/8", "\"routes add\" wants name=");
    WRONG("routes add dest= name=x", "dest= is no prefix");
    WRONG("routes add 10.0.0/8 x", "dest=10.0.0/8 is no prefix");
    WRONG("routes add 10.0.0.0/8 x metrik=1",
          "\"routes add\" has no parameter \"metrik\"; did you mean \"metric\"?");
    WRONG("routes add 10.0.0.0/8 x m=1", "\"routes add\" has no parameter \"m\"");
    WRONG("routes add 10.0.0.0/8 x metric=1 metric=2", "metric is given twice");
    WRONG("routes add 10.0.0.0/8 x metric=-1", "metric=-1 is no number");
    WRONG("routes add 10.0.0.0/8 x metric=4294967296", "metric=4294967296 is no number");
    WRONG("routes add 10.0.0.0/8 x mask=256.0.0.0", "mask=256.0.0.0 is no address");
    WRONG("routes add 10.0.0.0/8 x data=0", "data=0 is no hex");
    WRONG("routes add 10.0.0.0/8 x proto=statik",
          "proto=statik is none of static|nondod|<number>; did you mean \"static\"?");
    WRONG("routes add 10.0.0.0/8 x wait=maybe", "wait=maybe is none of yes|no");
    WRONG("routes add 10.0.0.0/8 x --metric", "--metric wants a value");
    WRONG("routes add 10.0.0.0/8 x --waiting", "\"routes add\" has no parameter \"waiting\"");
    WRONG("update a b", "\"b\" is one word too many for \"update\"");
    WRONG("routes show x", "\"x\" is one word too many for \"routes show\"");
}

static bool take_options(const char *line)
{
    struct text wrong = {0};
    bool ok;

    parse(line);
    free(options.server);
    options = (struct options){0};
    text_free(&error);
    {
        char *kept[32];
        size_t left = count;

        memcpy(kept, words, sizeof(kept));
        ok = words_options(kept, &left, &options, &wrong);
        text_add(&error, text_of(&wrong));
        text_addf(&context, " left %u", (unsigned)left);
    }
    text_free(&wrong);
    return ok;
}

static void global_options(void **state)
{
    (void)state;
    assert_true(take_options("--server there routes --json show --width=40"));
    assert_string_equal(options.server, "there");
    assert_true(options.json);
    assert_int_equal(options.width, 40);
    assert_non_null(strstr(text_of(&context), "left 2"));
    assert_true(take_options("-r there --help"));
    assert_true(options.help);
    assert_false(take_options("routes show --server"));
    assert_string_equal(text_of(&error), "--server wants a value");
    assert_false(take_options("--width wide"));
    free(options.server);
    options = (struct options){0};
}

static void help(void **state)
{
    struct text out = {0};

    (void)state;
    assert_int_equal(parse("help routes add"), WORDS_HELP);
    assert_ptr_equal(call.command, &routes[1]);
    help_command(call.command, &out);
    assert_non_null(strstr(text_of(&out),
                           "mprctl routes add [dest=]<prefix> [name=]<text> [[metric=]<number>]"));
    assert_non_null(strstr(text_of(&out), "PowerShell: New-NetRoute"));
    assert_non_null(strstr(text_of(&out), "Also: routing ip add rtmroute"));
    text_free(&out);
    assert_int_equal(parse("help interfaces"), WORDS_HELP);
    assert_null(call.command);
    help_list(&table, text_of(&context), &out);
    assert_string_equal(text_of(&out),
                        "  interfaces connect  Dials\n  interfaces create   Makes\n");
    text_free(&out);
    assert_int_equal(parse("help intrefaces"), WORDS_WRONG);
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(suggest_distance("show", "show"), 0);
    assert_int_equal(suggest_distance("shwo", "show"), 1);
    assert_int_equal(suggest_distance("SHOW", "shows"), 1);
    assert_int_equal(suggest_distance("", "abc"), 3);
    assert_int_equal(suggest_distance("kitten", "sitting"), 3);
    assert_int_equal(suggest_distance("abcd", "acbd"), 1);
}

static int tear_down(void **state)
{
    (void)state;
    forget();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands),       cmocka_unit_test(unknown_commands),
        cmocka_unit_test(parameters),     cmocka_unit_test(wrong_parameters),
        cmocka_unit_test(global_options), cmocka_unit_test(help),
        cmocka_unit_test(distances),
    };

    return cmocka_run_group_tests(tests, NULL, tear_down);
}

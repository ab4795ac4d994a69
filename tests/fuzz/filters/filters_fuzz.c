/* Any bytes as packet filters of either family. What is accepted becomes lines of which each is one
 * command about our table, with nothing in it that nft could take for another one.
 */
#include "fuzz/fuzz.h"

#include "base/mem.h"
#include "infoblock/filters.h"
#include "infoblock/types.h"
#include "router/rm/filter_rules.h"

#include <string.h>

static const struct filter_place place = {
    .table = "t", .transport = 33, .host_index = 7, .address = 0x0A000001, .mask = 0xFF000000};

static uint32_t check_lines(const struct filter_text *t)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_.:&= ";
    uint32_t lines = 0;

    for (const char *line = t->data, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        FUZZ_CHECK(end != NULL);
        FUZZ_CHECK(!strncmp(line, "add rule inet t ", 16) ||
                   !strncmp(line, "add chain inet t ", 17));
        for (const char *c = line; c < end; c++) FUZZ_CHECK(strchr(letters, *c) != NULL);
        lines++;
    }
    return lines;
}

static void check_list(const struct info_block *block, enum filter_family family,
                       enum filter_direction direction)
{
    static const struct packet_facts nothing;
    struct filter_text text = {.data = NULL};
    struct filter_list list;
    uint32_t lines;

    if (filter_list_read(block, family, &list) != ST_OK) return;
    FUZZ_CHECK(filter_list_judge(&list, &nothing) <= FILTER_DROP);
    filter_rules_list(&text, &place, direction, &list);
    FUZZ_CHECK(!text.failed && text.used == strlen(text.data));
    lines = check_lines(&text);
    FUZZ_CHECK(lines >= 3 && lines <= list.count + 3);
    filter_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct info_block block = {INFO_IP_IN_FILTER_INFO, (uint32_t)size, 1, size ? data : NULL};

    if (size > UINT16_MAX) return 0;
    check_list(&block, FILTER_IPV4, FILTER_IN);
    check_list(&block, FILTER_IPV6, FILTER_OUT);
    return 0;
}

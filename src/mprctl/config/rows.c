#include "mprctl/config/rows.h"

#include <stdio.h>

#include "mprctl/cli/address.h"

static const struct {
    DWORD number;
    const char *name;
} protocols[] = {
    {1, "other"},
    {2, "local"},
    {3, "netmgmt"},
    {4, "icmp"},
    {5, "egp"},
    {6, "ggp"},
    {7, "hello"},
    {8, "rip"},
    {9, "isis"},
    {10, "esis"},
    {11, "cisco"},
    {12, "bbn"},
    {13, "ospf"},
    {14, "bgp"},
    {PROTO_AUTOSTATIC, "autostatic"},
    {PROTO_STATIC, "static"},
    {PROTO_NON_DOD, "nondod"},
};

const char *protocol_name(DWORD protocol, char *buffer)
{
    for (size_t i = 0; i < COUNT_OF(protocols); i++) {
        if (protocols[i].number == protocol) return protocols[i].name;
    }
    snprintf(buffer, PROTOCOL_TEXT, "%lu", protocol);
    return buffer;
}

DWORD protocol_number(const char *text)
{
    uint32_t number = 0;

    for (size_t i = 0; i < COUNT_OF(protocols); i++) {
        if (text_same(protocols[i].name, text)) return protocols[i].number;
    }
    number_parse(text, &number);
    return number;
}

DWORD swap_order(DWORD address)
{
    return address >> 24 | (address >> 8 & 0xFF00u) | (address << 8 & 0xFF0000u) | address << 24;
}

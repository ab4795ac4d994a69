#include "win32/net/host_ip.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/address_text.h"
#include "win32/sys/wine_unix.h"

#define SIZE_LINE 9u /* "%8u\n" */

/* The number and the table of message.h. */
#define OWN_ROUTES "table main proto 77"
_Static_assert(HR_PROTOCOL == 77 && HR_TABLE == 254, "as the script has it");

/* A route that nobody has: the kernel looks at the rights first. Exit codes: 77, no right. */
#define CHECK                                                                          \
    "export LC_ALL=C PATH=\"$PATH:/usr/sbin:/sbin\"\n"                                 \
    "command -v ip >/dev/null || exit 127\n"                                           \
    "may() {\n"                                                                        \
    "    case $(ip -4 route del 0.0.0.0/0 metric 4294967295 " OWN_ROUTES " 2>&1) in\n" \
    "    *'not permitted'*) return 1 ;;\n"                                             \
    "    esac\n"                                                                       \
    "}\n"

static const char check_script[] = CHECK "may || exit 77\n";

/* Opening a FIFO for both directions first keeps the second open from waiting for the other end,
 * should it have gone already. The lock is the network namespace itself, so that a second script
 * there, or one beside an mprnetlink (owner.c), leaves alone what the first one has put. Messages
 * are octets, as message.h has them: the header's size, type and flags, sequence (none is needed:
 * one portion is under way at a time), count; then the record. */
const char host_ip_script[] =
    "exec 4<>\"$1\" 3<\"$1\" 4>&- || exit 126\n"
    "exec 4<>\"$2\" 5>\"$2\" 4>&- || exit 126\n"
    "rm -f \"$1\" \"$2\"\n"
    "keep=$3 forward=$4 forwarded=$5\n"
    "exec >/dev/null 2>&1\n"
    "trap '' PIPE\n"
    "trap 'exit 143' HUP INT TERM\n" CHECK
    /* ---- messages ---- */
    "zeros='\\000\\000\\000'\n"
    "header() { printf \"\\\\$1\\\\$2\\000\\000\\\\$3$zeros$zeros\\000\\\\$4$zeros\"; }\n"
    "number() { printf \"\\\\$1$zeros\"; }\n"
    "octal() { printf '%03o' $(($1 & 255)); }\n"
    "ready() {\n"
    "    header 034 000 214 001; number 00$(look 4) ; number 00$(look 6); number 00$forwarded\n"
    "    header 034 000 201 001; number 115; number 376; number 000\n"
    "}\n"
    "done_with() {\n"
    "    i=0 size=$((16 + 8 * $1))\n"
    "    header $(octal $size) $(octal $((size / 256))) 204 $(octal $1)\n"
    "    while [ $i -lt $1 ]; do number $(octal $i); number $2; i=$((i + 1)); done\n"
    "}\n"
    /* ---- forwarding ---- */
    "switch_4=/proc/sys/net/ipv4/ip_forward\n"
    "switch_6=/proc/sys/net/ipv6/conf/all/forwarding\n"
    "look() {\n"
    "    eval \"look=\\$(cat \\$switch_$1)\"\n"
    "    case $look in 0) echo 0 ;; [1-9]) echo 1 ;; *) echo 2 ;; esac\n"
    "}\n"
    "forward() {\n"
    "    [ $((forward & $1)) != 0 ] && [ $(look $2) = 0 ] || return 0\n"
    "    eval \"echo 1 >\\$switch_$2\" && forwarded=$((forwarded | $1))\n"
    "}\n"
    /* ---- begin and end ---- */
    "flush() {\n"
    "    ip -4 route flush " OWN_ROUTES "\n"
    "    ip -6 route flush " OWN_ROUTES "\n"
    "}\n"
    "end() {\n"
    "    [ $((forwarded & 1)) = 0 ] || echo 0 >$switch_4\n"
    "    [ $((forwarded & 2)) = 0 ] || echo 0 >$switch_6\n"
    "    flush\n"
    "}\n"
    "free() {\n"
    "    ! grep -q '@mprnetlink-77-254$' /proc/net/unix || return 1\n"
    "    ! command -v flock || { exec 9</proc/self/ns/net && flock -n 9; }\n"
    "}\n"
    "if ! may; then\n"
    "    { header 030 000 202 001; number 001; number 001; } >&5\n"
    "    exit 77\n"
    "fi\n"
    "if ! free; then\n"
    "    { header 024 000 203 001; number 000; } >&5\n"
    "    exit 75\n"
    "fi\n"
    "flush\n"
    "[ \"$keep\" = keep ] || trap end EXIT\n"
    "forward 1 4\n"
    "forward 2 6\n"
    "ready >&5\n"
    "while read -r size <&3; do\n"
    "    errors=$(head -c \"$size\" <&3 | ip -force -batch - 2>&1 >/dev/null |\n"
    "        grep -E '^(RTNETLINK|Error)' | grep -v 'No such process')\n"
    "    code=005\n" /* EIO */
    "    case $errors in *'File exists'*) code=021 ;; esac\n"
    "    done_with $(printf '%s\\n' \"$errors\" | grep -c .) $code >&5\n"
    "done\n";

bool host_ip_may(void)
{
    char *arguments[] = {(char[]){"sh"}, (char[]){"-c"}, (char *)check_script, NULL};

    return wine_unix_run(arguments) == 0;
}

/* ---- text ------------------------------------------------------------------------------------ */

static void add_text(struct host_ip_text *t, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(t->text + t->used, t->size - t->used, format, arguments);
    va_end(arguments);
    if (length > 0) t->used += (size_t)length;
}

static void add_address(struct host_ip_text *t, const uint8_t *octets, uint8_t family)
{
    add_text(t, "%s", address_text(octets, family).text);
}

static void add_prefix(struct host_ip_text *t, const char *verb, const struct hr_route *route)
{
    add_text(t, "route %s ", verb);
    add_address(t, route->destination, route->family);
    add_text(t, "/%u " OWN_ROUTES, route->length);
}

/* Always deleted first, by number: "replace" and "change" may hit another's. */
void host_ip_add(struct host_ip_text *t, const struct hr_change *c)
{
    static const uint8_t none[16];
    const struct hr_route *route = &c->route;

    add_prefix(t, "del", route);
    add_text(t, "\n");
    if (c->operation != HR_PUT) return;
    add_prefix(t, "add", route);
    if (memcmp(route->next_hop, none, sizeof(none)) != 0) {
        add_text(t, " via ");
        add_address(t, route->next_hop, route->family);
    }
    add_text(t, " dev if%u metric %u%s\n", route->interface, route->metric,
             route->flags & HR_ROUTE_ON_LINK ? " onlink" : "");
}

void host_ip_begin(struct host_ip_text *t, char text[HOST_IP_SIZE])
{
    *t = (struct host_ip_text){text, HOST_IP_SIZE, SIZE_LINE};
}

size_t host_ip_end(struct host_ip_text *t)
{
    char line[SIZE_LINE + 1];

    snprintf(line, sizeof(line), "%8u\n", (unsigned)(t->used - SIZE_LINE));
    memcpy(t->text, line, SIZE_LINE);
    return t->used;
}

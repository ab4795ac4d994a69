/* TraceDump: octets as hexadecimal numbers of 1, 2 or 4 of them (little endian), 16 a line, with
 * what is printable behind them. Each line begins with the caller's prefix, if there is one, and
 * with the address in the caller's memory, if that is asked for. Returns the octets dumped. */
#include <mprapi_rtutils.h>

#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "rtutils/trace_output.h"
#include "rtutils/trace_text.h"

#define A_LINE     16u
#define LINE_UNITS 128u /* of what is not the prefix */

struct dump {
    const struct trace_output *output;
    const WCHAR *prefix;
    const BYTE *octets;
    DWORD group;
    BOOL address;
    WCHAR *line; /* room for the prefix and LINE_UNITS */
};

static WCHAR *print_address(WCHAR *at, const BYTE *address)
{
    return at +
           _snwprintf(at, LINE_UNITS, L"%0*Ix: ", (int)(2 * sizeof(void *)), (ULONG_PTR)address);
}

/* What is missing at the end of the last line, or of its last group, is blank. */
static WCHAR *print_group(WCHAR *at, const BYTE *octets, DWORD there, DWORD group)
{
    for (DWORD n = group; n-- > 0;) {
        if (n < there)
            at += _snwprintf(at, 3, L"%02x", octets[n]);
        else
            at += _snwprintf(at, 3, L"  ");
    }
    *at++ = L' ';
    return at;
}

static size_t print_dump_line(const struct dump *d, DWORD offset, DWORD count)
{
    const BYTE *octets = d->octets + offset;
    const size_t prefix = wcslen(d->prefix);
    WCHAR *at = d->line + prefix;

    memcpy(d->line, d->prefix, prefix * sizeof(WCHAR));
    if (d->address) at = print_address(at, octets);
    for (DWORD n = 0; n < A_LINE; n += d->group)
        at = print_group(at, octets + n, n < count ? count - n : 0, d->group);
    *at++ = L' ';
    for (DWORD n = 0; n < count; n++)
        *at++ = octets[n] >= L' ' && octets[n] < 0x7F ? (WCHAR)octets[n] : L'.';
    return (size_t)(at - d->line);
}

static DWORD dump_lines(struct dump *d, DWORD count)
{
    for (DWORD offset = 0; offset < count; offset += A_LINE) {
        const DWORD rest = count - offset;
        const size_t units = print_dump_line(d, offset, rest < A_LINE ? rest : A_LINE);

        if (!trace_output_line(d->output, d->line, units)) return offset;
        if (rest <= A_LINE) break;
    }
    return count;
}

DWORD WINAPI TraceDumpExW(DWORD id, DWORD flags, LPBYTE octets, DWORD count, DWORD group,
                          WINBOOL address, LPCWSTR prefix)
{
    struct trace_output o;
    struct dump d = {&o, prefix ? prefix : L"", octets, group, address, NULL};
    DWORD dumped = 0;

    if (!octets || (group != 1 && group != 2 && group != 4)) return 0;
    if (!trace_output_begin(&o, id, flags)) return 0;
    d.line = mem_alloc_array(wcslen(d.prefix) + LINE_UNITS, sizeof(*d.line));
    if (d.line) dumped = dump_lines(&d, count);
    mem_free(d.line);
    trace_output_end(&o);
    return dumped;
}

DWORD WINAPI TraceDumpExA(DWORD id, DWORD flags, LPBYTE octets, DWORD count, DWORD group,
                          WINBOOL address, LPCSTR prefix)
{
    size_t units = 0;
    WCHAR *wide = prefix ? trace_text_widen(prefix, strlen(prefix), &units) : NULL;
    DWORD dumped = 0;

    if (!prefix || wide) dumped = TraceDumpExW(id, flags, octets, count, group, address, wide);
    mem_free(wide);
    return dumped;
}

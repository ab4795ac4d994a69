/* How long an entry of an enumeration is on the wire, and what that makes of a page. */
#include "api/wire/wire.h"

enum { LEVELS = 5 };

/* RASI_PORT_0, MPR_DEVICE_0, MPRI_INTERFACE_0, RASI_CONNECTION_0 to _3, RAS_CONNECTION_4_IDL. */
static const uint16_t sizes[WIRE_KINDS][LEVELS] = {
    [WIRE_PORT] = {380},
    [WIRE_DEVICE] = {292},
    [WIRE_INTERFACE] = {540},
    [WIRE_CONNECTION] = {1116, 272, 828, 788, 1680},
};

size_t wire_info_size(enum wire_kind kind, DWORD level)
{
    return level < LEVELS ? sizes[kind][level] : 0;
}

DWORD wire_preferred(DWORD preferred, size_t from, size_t to)
{
    uint64_t entries, octets;

    if (preferred == MAXDWORD || !from || !to) return preferred;
    entries = preferred / from;
    octets = (entries ? entries : 1) * to;
    return octets < MAXDWORD ? (DWORD)octets : MAXDWORD;
}

/* MPRI_INTERFACE_0 to _3 (MS-RRASM 2.2.1.2.82 to 85), MPR_DEVICE_0, _1 (2.2.1.2.90, 91) and
 * MPR_CREDENTIALSEX_1 (2.2.1.2.89). */
#include "dimsvc/level_parts.h"
#include "dimsvc/object_parts.h"

static const struct level_layout layout_1 = {544, 552, {540, 0}};
static const struct level_layout layout_2 = {2468, 2488, {804, 2444}};
static const struct level_layout layout_3 = {2508, 2528, {804, 2444}};
static const struct level_layout layout_device = {556, 560, {552, 0}};

static void common(struct ndr *n, struct dim_interface_level *i)
{
    NDR_UNITS(n, i->name);
    DIM_NUMBERS(n, &i->interface, &i->enabled, &i->type, &i->state, &i->reasons, &i->last_error);
}

static void interface_1(struct ndr *n, struct dim_interface_level *i)
{
    struct level_tail tail = level_tail(n, &layout_1);
    uint32_t hours;

    common(n, i);
    hours = level_offset(n, &tail, &i->hours);
    level_multi_text(n, &tail, hours, &i->hours);
}

static void addresses(struct ndr *n, struct dim_interface_level *i)
{
    DIM_NUMBERS(n, &i->address, &i->dns, &i->dns_alternate, &i->wins, &i->wins_alternate,
                &i->protocols);
}

static void devices(struct ndr *n, struct dim_interface_level *i)
{
    NDR_UNITS(n, i->device_type);
    NDR_UNITS(n, i->device_name);
    NDR_UNITS(n, i->x25_pad);
    NDR_UNITS(n, i->x25_address);
    NDR_UNITS(n, i->x25_facilities);
    NDR_UNITS(n, i->x25_user_data);
}

static void dialling(struct ndr *n, struct dim_interface_level *i)
{
    DIM_NUMBERS(n, &i->channels, &i->sub_entries, &i->dial_mode, &i->dial_percent, &i->dial_seconds,
                &i->hang_up_percent, &i->hang_up_seconds, &i->idle_seconds, &i->phone_book_type,
                &i->encryption, &i->auth_key, &i->auth_data.size);
}

static uint32_t interface_ipv6(struct ndr *n, struct level_tail *tail,
                               struct dim_interface_level *i)
{
    ndr_u32(n, &i->address_count);
    ndr_octets(n, i->dns6, sizeof(i->dns6));
    ndr_octets(n, i->dns6_alternate, sizeof(i->dns6_alternate));
    return level_optional_offset(n, tail, &i->addresses);
}

/* What is behind the structure: octets of authentication, alternate numbers, addresses. */
static void level_2_and_3(struct ndr *n, uint32_t level, struct dim_interface_level *i)
{
    struct level_tail tail = level_tail(n, level == 2 ? &layout_2 : &layout_3);
    struct level_tail behind = tail;
    uint32_t alternates, auth_data, ipv6 = 0;

    behind.next += n->reading ? 0 : i->auth_data.size;
    common(n, i);
    ndr_u32(n, &i->options);
    NDR_UNITS(n, i->phone_number);
    alternates = level_offset(n, &behind, &i->alternates);
    addresses(n, i);
    devices(n, i);
    dialling(n, i);
    auth_data = level_offset(n, &tail, &i->auth_data);
    dim_guid(n, &i->guid);
    ndr_u32(n, &i->vpn_strategy);
    if (level == 3) ipv6 = interface_ipv6(n, &behind, i);
    ndr_align(n, tail.width);
    level_octets(n, &tail, auth_data, &i->auth_data);
    level_multi_text(n, &tail, alternates, &i->alternates);
    if (level == 3) level_optional(n, &tail, ipv6, i->address_count * 16ull, &i->addresses);
}

void dim_interface_level(struct ndr *n, uint32_t level, struct dim_interface_level *i)
{
    switch (level) {
    case 0:
        common(n, i);
        break;
    case 1:
        interface_1(n, i);
        break;
    case 2:
    case 3:
        level_2_and_3(n, level, i);
        break;
    default:
        ndr_fail(n, ST_INVALID_LEVEL);
        break;
    }
}

static void device_1(struct ndr *n, struct dim_device_level *d)
{
    struct level_tail tail = level_tail(n, &layout_device);
    uint32_t alternates;

    NDR_UNITS(n, d->type);
    NDR_UNITS(n, d->name);
    NDR_UNITS(n, d->phone_number);
    alternates = level_offset(n, &tail, &d->alternates);
    level_multi_text(n, &tail, alternates, &d->alternates);
}

void dim_device_level(struct ndr *n, uint32_t level, struct dim_device_level *d)
{
    if (level > 1) {
        ndr_fail(n, ST_INVALID_LEVEL);
    } else if (level == 1) {
        device_1(n, d);
    } else {
        NDR_UNITS(n, d->type);
        NDR_UNITS(n, d->name);
    }
}

/* The structure is 12 octets long, of which bData and its filling are the last four; data may begin
 * at bData. */
void dim_credentials_level(struct ndr *n, struct dim_octets *data)
{
    struct level_tail tail = {.start = n->position, .width = 4, .next = 8};
    uint32_t offset;

    ndr_u32(n, &data->size);
    offset = level_offset(n, &tail, data);
    tail.next = 8;
    level_octets(n, &tail, offset, data);
    if (!n->reading) ndr_fill(n, tail.start + 12);
}

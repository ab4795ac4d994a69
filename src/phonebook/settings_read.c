/* From an entry's lines to settings: the rows, and what spans several lines. */
#include "phonebook/settings_rows.h"

#include "base/mem.h"
#include "base/utf16.h"

#include <string.h>

void phonebook_settings_init(struct phonebook_settings *s)
{
    *s = (struct phonebook_settings){
        .options = PBK_OPTION_REMOTE_DEFAULT_GATEWAY,
        .type = PBK_TYPE_PHONE,
        .encryption = PBK_ET_OPTIONAL,
        .net_protocols = PBK_NET_IPX | PBK_NET_IP | PBK_NET_IPV6,
        .redial_attempts = 3,
        .redial_seconds = 60,
        .dial_mode = 1,
        .dial_percent = 75,
        .dial_seconds = 120,
        .hang_up_percent = 10,
        .hang_up_seconds = 120,
        .ipv6_assign = 1,
        .ipv6_name_assign = 1,
        .try_next_alternate = 1,
    };
}

void phonebook_settings_free(struct phonebook_settings *s)
{
    blob_free(&s->custom_auth_data);
    mem_free(s->alternates);
    s->alternates = NULL;
}

static size_t auth_line(const struct entry_text *t, size_t index)
{
    return entry_line_find(t, PART_HEAD, "CustomAuthData", index);
}

/* Joins the repeated lines of a blob; one that is not hex makes all of it invalid: empty. */
static mpr_status read_auth_data(const struct entry_text *t, struct blob *ret)
{
    size_t digits = 0, used = 0, at;

    for (size_t i = 0; (at = auth_line(t, i)) != LINE_NONE; i++) {
        digits += t->lines[at].value.size;
    }
    if (!digits) return ST_OK;
    ret->data = mem_alloc(digits / 2 + 1);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; (at = auth_line(t, i)) != LINE_NONE; i++) {
        if (!hex_decode(t->lines[at].value, ret->data + used)) {
            blob_free(ret);
            return ST_OK;
        }
        used += t->lines[at].value.size / 2;
    }
    ret->size = used;
    return ST_OK;
}

/* The second and further PhoneNumber lines; empty and over-long ones are left out. */
static mpr_status read_alternates(const struct entry_text *t, struct phonebook_settings *s)
{
    char16_t number[129];
    size_t units = 0, at;

    for (int pass = 0; pass < 2; pass++) {
        units = 0;
        for (size_t i = 1; (at = entry_line_find(t, PART_DEVICE, "PhoneNumber", i)) != LINE_NONE;
             i++) {
            size_t n = slice_decode(t->lines[at].value, number, 129);

            if (n == SIZE_MAX || !n) continue;
            if (pass) memcpy(s->alternates + units, number, (n + 1) * sizeof(number[0]));
            units += n + 1;
        }
        if (!units) return ST_OK;
        if (pass) break;
        s->alternates = mem_alloc_array(units + 1, sizeof(number[0]));
        if (!s->alternates) return ST_NOT_ENOUGH_MEMORY;
    }
    return ST_OK;
}

/* MS-RRASM: MEDIA needs a Port, or since 2008 R2 a Device, and a DEVICE block. */
static void count_devices(const struct entry_text *t, struct phonebook_settings *s)
{
    bool named = false, counted = false, in_media = false;

    for (size_t i = 0; i < t->count; i++) {
        const struct entry_line *line = &t->lines[i];

        if (line->begins && line->part == PART_MEDIA) {
            s->sub_entries++;
            in_media = true;
            named = counted = false;
        } else if (line->part == PART_MEDIA && line->value.size &&
                   (slice_equal_nocase(line->key, slice_of("Port")) ||
                    slice_equal_nocase(line->key, slice_of("Device")))) {
            named = true;
        } else if (line->begins && line->part == PART_DEVICE && in_media && named && !counted) {
            s->device_count++;
            counted = true;
        }
    }
}

static uint32_t type_of_device(const struct entry_text *t)
{
    size_t at = entry_line_find(t, PART_DEVICE, "DEVICE", 0);

    if (at == LINE_NONE) return PBK_TYPE_PHONE;
    if (slice_equal_nocase(t->lines[at].value, slice_of("vpn"))) return PBK_TYPE_VPN;
    if (slice_equal_nocase(t->lines[at].value, slice_of("pppoe"))) return PBK_TYPE_BROADBAND;
    return PBK_TYPE_PHONE;
}

mpr_status settings_read(const struct entry_text *t, struct phonebook_settings *ret)
{
    mpr_status status;

    phonebook_settings_init(ret);
    ret->type = type_of_device(t);
    for (size_t i = 0; i < settings_row_count; i++) {
        const struct row *row = &settings_rows[i];
        size_t at = entry_line_find(t, row->part, row->key, 0);

        if (at != LINE_NONE) row_read(row, t->lines[at].value, ret);
    }
    count_devices(t, ret);
    status = read_auth_data(t, &ret->custom_auth_data);
    if (status == ST_OK) status = read_alternates(t, ret);
    if (status != ST_OK) phonebook_settings_free(ret);
    return status;
}

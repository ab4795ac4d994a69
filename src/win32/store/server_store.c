#include "win32/store/server_store.h"

static mpr_status change_all(const struct server_settings *s, struct config_change *change)
{
    mpr_status status = ST_OK;
    DWORD fresh = 0;

    for (int kind = 0; kind < MINIPORT_KINDS && !status; kind++) {
        if (s->has_ports[kind]) status = miniport_change((enum miniport_kind)kind, change, &fresh);
    }
    if (!status && s->l2tp) status = tunnel_settings_change(TUNNEL_L2TP, change);
    if (!status && s->sstp) status = sstp_settings_change(change);
    if (!status && s->ikev2) status = tunnel_settings_change(TUNNEL_IKEV2, change);
    return status;
}

/* In the order of change_all. */
static mpr_status write_ports(const struct server_settings *s, mpr_status *ret_later)
{
    mpr_status status = ST_OK;

    for (int kind = 0; kind < MINIPORT_KINDS && !status; kind++) {
        if (!s->has_ports[kind]) continue;
        status = miniport_write((enum miniport_kind)kind, &s->ports[kind]);
        if (status != SERVER_REBOOT_REQUIRED) continue;
        *ret_later = status;
        status = ST_OK;
    }
    return status;
}

static mpr_status write_all(const struct server_settings *s, mpr_status *ret_later)
{
    mpr_status status = write_ports(s, ret_later);

    if (!status && s->l2tp) status = tunnel_settings_write(TUNNEL_L2TP, s->l2tp_parts, s->l2tp);
    if (!status && s->sstp) status = sstp_settings_write(s->sstp);
    if (!status && s->ikev2) status = tunnel_settings_write(TUNNEL_IKEV2, s->ikev2_parts, s->ikev2);
    return status;
}

mpr_status server_settings_write(const struct server_settings *settings)
{
    mpr_status later = ST_OK, status;
    struct config_change *change;

    status = config_change_open(&change);
    if (status != ST_OK) return status;
    status = change_all(settings, change);
    if (status == ST_OK) status = config_change_begin(change);
    if (status == ST_OK) status = write_all(settings, &later);
    status = config_change_close(change, status);
    return status ? status : later;
}

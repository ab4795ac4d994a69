#include "show.h"

static void show_blob(const char *name, const struct dim_octets *octets)
{
    size_t above = show_enter(name);

    show_octets("cbData", "pbData", octets);
    show_leave(above);
}

static void show_certificates(const char *name, const struct dim_octets *certificates, size_t count)
{
    size_t above, i;

    if (!certificates) {
        show_null(name);
        return;
    }
    show_number(name, count);
    above = show_enter(name);
    for (i = 0; i < count; i++) {
        size_t array = show_enter_element(i);

        show_octets("cbData", "pbData", &certificates[i]);
        show_leave(array);
    }
    show_leave(above);
}

static void show_eku(size_t index, const struct dim_eku *eku)
{
    size_t above = show_enter_element(index);

    show_number("dwSize", eku->units);
    show_number("IsEKUOID", eku->is_oid);
    if (eku->text)
        show_units("pwszEKU", eku->text, eku->units);
    else
        show_null("pwszEKU");
    show_leave(above);
}

static void show_ekus(const char *name, const struct dim_eku *ekus, size_t count)
{
    size_t above, i;

    if (!ekus) {
        show_null(name);
        return;
    }
    show_number(name, count);
    above = show_enter(name);
    for (i = 0; i < count; i++) show_eku(i, &ekus[i]);
    show_leave(above);
}

static void show_ports(uint32_t ports, uint32_t flags)
{
    show_number("dwNumPorts", ports);
    show_number("dwPortFlags", flags);
}

static void show_ikev2_tunnel(const struct dim_ikev2 *ikev2)
{
    size_t above = show_enter("TunnelConfigParams");

    show_number("dwIdleTimeout", ikev2->idle_timeout);
    show_number("dwNetworkBlackoutTime", ikev2->blackout_time);
    show_number("dwSaLifeTime", ikev2->sa_life_time);
    show_number("dwSaDataSizeForRenegotiation", ikev2->sa_data_size);
    show_number("dwConfigOptions", ikev2->config_options);
    show_number("dwTotalCertificates", ikev2->certificate_count);
    show_certificates("certificateNames", ikev2->certificates, ikev2->certificate_count);
    show_blob("machineCertificateName", &ikev2->machine_certificate);
    show_number("dwEncryptionType", ikev2->encryption);
    show_policy("customPolicy", ikev2->policy);
    show_number("dwTotalEkus", ikev2->eku_count);
    show_ekus("certificateEKUs", ikev2->ekus, ikev2->eku_count);
    show_blob("machineCertificateHash", &ikev2->machine_hash);
    show_leave(above);
}

static void show_ikev2(const struct dim_ikev2 *ikev2)
{
    size_t above = show_enter("IkeConfigParams");

    show_ports(ikev2->ports, ikev2->port_flags);
    show_number("dwTunnelConfigParamFlags", ikev2->config_flags);
    show_ikev2_tunnel(ikev2);
    show_leave(above);
}

static void show_l2tp(const struct dim_l2tp *l2tp)
{
    size_t above = show_enter("L2tpConfigParams");
    size_t tunnel;

    show_ports(l2tp->ports, l2tp->port_flags);
    show_number("dwTunnelConfigParamFlags", l2tp->config_flags);
    tunnel = show_enter("TunnelConfigParams");
    show_number("dwIdleTimeout", l2tp->idle_timeout);
    show_number("dwEncryptionType", l2tp->encryption);
    show_number("dwSaLifeTime", l2tp->sa_life_time);
    show_number("dwSaDataSizeForRenegotiation", l2tp->sa_data_size);
    show_policy("customPolicy", l2tp->policy);
    show_leave(tunnel);
    show_leave(above);
}

static void show_sstp(const struct dim_sstp *sstp)
{
    size_t above = show_enter("SstpConfigParams");
    size_t details;

    show_ports(sstp->ports, sstp->port_flags);
    show_number("isUseHttps", sstp->use_https);
    show_number("certAlgorithm", sstp->algorithm);
    details = show_enter("sstpCertDetails");
    show_number("isDefault", sstp->is_default);
    show_blob("certBlob", &sstp->certificate);
    show_leave(details);
    show_leave(above);
}

static void show_tunnels(const struct dim_tunnels *tunnels)
{
    size_t above = show_enter("ConfigParams");
    size_t pptp;

    show_ikev2(&tunnels->ikev2);
    pptp = show_enter("PptpConfigParams");
    show_ports(tunnels->pptp_ports, tunnels->pptp_port_flags);
    show_leave(pptp);
    show_l2tp(&tunnels->l2tp);
    show_sstp(&tunnels->sstp);
    show_leave(above);
}

void show_server(const struct dim_server *server)
{
    show_number("tag", server->revision);
    show_header("Header", &server->header);
    show_number("fLanOnlyMode", server->lan_only);
    show_number("dwUpTime", server->up_time);
    show_number("dwTotalPorts", server->total_ports);
    show_number("dwPortsInUse", server->ports_in_use);
    show_number("Reserved", server->reserved);
    show_tunnels(&server->tunnels);
}

void show_server_set(const struct dim_server_set *server)
{
    show_number("tag", server->revision);
    show_header("Header", &server->header);
    show_number("setConfigForProtocols", server->protocols);
    show_tunnels(&server->tunnels);
}

void show_custom(const char *name, const struct dim_custom *custom)
{
    size_t above = show_enter(name);
    size_t ikev2;

    show_number("tag", custom->revision);
    show_header("Header", &custom->header);
    show_number("dwFlags", custom->flags);
    ikev2 = show_enter("customIkev2Config");
    show_number("dwSaLifeTime", custom->sa_life_time);
    show_number("dwSaDataSize", custom->sa_data_size);
    show_blob("certificateName", &custom->certificate);
    show_policy("customPolicy", custom->policy);
    show_blob("certificateHash", &custom->certificate_hash);
    show_leave(ikev2);
    show_leave(above);
}

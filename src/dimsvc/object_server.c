/* MPR_SERVER_EX_IDL and MPR_SERVER_SET_CONFIG_EX_IDL (MS-RRASM 2.2.1.2.242 and the following). */
#include "dimsvc/object_parts.h"

static struct dim_octets awaited_certificates;
static struct dim_eku awaited_ekus;
static const char16_t awaited_text[1];

static const uint8_t known_servers[] = {
    1, 2, 3, DIM_SERVER_MAIN_MODE, DIM_SERVER_GRE, DIM_SERVER_GRE_MAIN_MODE, 0};

static bool has_main_mode(uint8_t revision)
{
    return revision == DIM_SERVER_MAIN_MODE || revision == DIM_SERVER_GRE_MAIN_MODE;
}

static bool has_gre(uint8_t revision)
{
    return revision == DIM_SERVER_GRE || revision == DIM_SERVER_GRE_MAIN_MODE;
}

static void eku(struct ndr *n, struct dim_eku *eku)
{
    bool set;

    DIM_NUMBERS(n, &eku->units, &eku->is_oid);
    set = ndr_pointer(n, eku->text != NULL);
    if (!n->reading) return;
    eku->text = set ? awaited_text : NULL;
    if (!set) eku->units = 0;
}

static void certificates(struct ndr *n, struct dim_ikev2 *p)
{
    bool set;

    ndr_u32(n, &p->certificate_count);
    set = ndr_pointer(n, p->certificates != NULL);
    if (!n->reading) return;
    p->certificates = set ? &awaited_certificates : NULL;
    if (!set) p->certificate_count = 0;
}

static void ekus(struct ndr *n, struct dim_ikev2 *p)
{
    bool set;

    ndr_u32(n, &p->eku_count);
    set = ndr_pointer(n, p->ekus != NULL);
    if (!n->reading) return;
    p->ekus = set ? &awaited_ekus : NULL;
    if (!set) p->eku_count = 0;
}

static void ikev2(struct ndr *n, struct dim_ikev2 *p, uint8_t revision)
{
    DIM_NUMBERS(n, &p->ports, &p->port_flags, &p->config_flags, &p->idle_timeout, &p->blackout_time,
                &p->sa_life_time, &p->sa_data_size, &p->config_options);
    certificates(n, p);
    if (revision < 2) return;
    dim_octets(n, &p->machine_certificate);
    ndr_u32(n, &p->encryption);
    dim_policy(n, &p->policy);
    if (revision < 3) return;
    ekus(n, p);
    dim_octets(n, &p->machine_hash);
    if (has_main_mode(revision)) ndr_u32(n, &p->main_mode_life);
}

static void certificates_targets(struct ndr *n, struct dim_ikev2 *p)
{
    void *all = p->certificates;

    if (!all) return;
    ndr_elements(n, &all, p->certificate_count, sizeof(*p->certificates), 8);
    p->certificates = all;
    for (uint32_t i = 0; all && i < p->certificate_count; i++) dim_octets(n, &p->certificates[i]);
    for (uint32_t i = 0; all && i < p->certificate_count; i++)
        dim_octets_targets(n, &p->certificates[i]);
}

static void ekus_targets(struct ndr *n, struct dim_ikev2 *p)
{
    void *all = p->ekus;

    if (!all) return;
    ndr_elements(n, &all, p->eku_count, sizeof(*p->ekus), 12);
    p->ekus = all;
    for (uint32_t i = 0; all && i < p->eku_count; i++) eku(n, &p->ekus[i]);
    for (uint32_t i = 0; all && i < p->eku_count; i++) {
        if (p->ekus[i].text) ndr_counted_text(n, &p->ekus[i].text, p->ekus[i].units);
    }
}

static void l2tp(struct ndr *n, struct dim_l2tp *p, uint8_t revision)
{
    DIM_NUMBERS(n, &p->ports, &p->port_flags);
    if (revision < 3) return;
    DIM_NUMBERS(n, &p->config_flags, &p->idle_timeout, &p->encryption, &p->sa_life_time,
                &p->sa_data_size);
    dim_policy(n, &p->policy);
    if (has_main_mode(revision)) ndr_u32(n, &p->main_mode_life);
}

static void sstp(struct ndr *n, struct dim_sstp *p)
{
    DIM_NUMBERS(n, &p->ports, &p->port_flags, &p->use_https, &p->algorithm, &p->is_default);
    dim_octets(n, &p->certificate);
}

static void tunnels(struct ndr *n, struct dim_tunnels *t, uint8_t revision)
{
    ikev2(n, &t->ikev2, revision);
    DIM_NUMBERS(n, &t->pptp_ports, &t->pptp_port_flags);
    l2tp(n, &t->l2tp, revision);
    sstp(n, &t->sstp);
    if (has_gre(revision)) DIM_NUMBERS(n, &t->gre_ports, &t->gre_port_flags);
}

static void tunnels_targets(struct ndr *n, struct dim_tunnels *t, uint8_t revision)
{
    certificates_targets(n, &t->ikev2);
    if (revision > 1) {
        dim_octets_targets(n, &t->ikev2.machine_certificate);
        dim_policy_targets(n, &t->ikev2.policy);
    }
    if (revision > 2) {
        ekus_targets(n, &t->ikev2);
        dim_octets_targets(n, &t->ikev2.machine_hash);
        dim_policy_targets(n, &t->l2tp.policy);
    }
    dim_octets_targets(n, &t->sstp.certificate);
}

void dim_server(struct ndr *n, struct dim_server *s)
{
    if (n->reading) *s = (struct dim_server){0};
    dim_revision(n, &s->revision, known_servers, 4, &s->header);
    DIM_NUMBERS(n, &s->lan_only, &s->up_time, &s->total_ports, &s->ports_in_use, &s->reserved);
    tunnels(n, &s->tunnels, s->revision);
    tunnels_targets(n, &s->tunnels, s->revision);
}

void dim_server_set(struct ndr *n, struct dim_server_set *s)
{
    if (n->reading) *s = (struct dim_server_set){0};
    dim_revision(n, &s->revision, known_servers, 4, &s->header);
    ndr_u32(n, &s->protocols);
    tunnels(n, &s->tunnels, s->revision);
    tunnels_targets(n, &s->tunnels, s->revision);
}

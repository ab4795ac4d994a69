#include "mprctl/config/tunnel.h"

#include <stdlib.h>
#include <string.h>

#define POLICY_FIELD(name, values, member, choices, help)                        \
    {#name,         FIELD_CHOICE, offsetof(ROUTER_CUSTOM_IKEv2_POLICY0, member), \
     sizeof(DWORD), choices,      NULL},
static const struct field policy_fields[] = {POLICY_ROWS(POLICY_FIELD)};

C_ASSERT(COUNT_OF(policy_fields) == POLICY_FIELDS);

/* ---- from words ------------------------------------------------------------------------------ */

static bool take_fields(const struct field *fields, size_t count, void *base,
                        const struct call *call, struct text *error)
{
    for (size_t i = 0; i < count; i++) {
        const char *value = call_value(call, fields[i].name);

        if (value && !field_set(&fields[i], base, value, error)) return false;
    }
    return true;
}

static size_t given_algorithms(const struct call *call)
{
    size_t given = 0;

    for (size_t i = 0; i < POLICY_FIELDS; i++) given += call_given(call, policy_fields[i].name);
    return given;
}

/* A policy is whole: Windows has none with an algorithm left open. */
static bool explain_policy(const struct call *call, struct text *error)
{
    text_add(error, "there is no custom policy yet, and a new one needs");
    for (size_t i = 0; i < POLICY_FIELDS; i++) {
        if (!call_given(call, policy_fields[i].name))
            text_addf(error, " %s", policy_fields[i].name);
    }
    text_add(error, " as well");
    return false;
}

static bool take_policy(struct tunnel *t, const struct call *call, struct text *error)
{
    const size_t given = given_algorithms(call);

    if (call_given(call, "policy")) {
        *t->policy = NULL;
        if (given) text_add(error, "policy=none stands alone, without algorithms");
        return !given;
    }
    if (!given) return true;
    if (!*t->policy && given < POLICY_FIELDS) return explain_policy(call, error);
    if (*t->policy) t->own_policy = **t->policy;
    *t->policy = &t->own_policy;
    return take_fields(policy_fields, POLICY_FIELDS, &t->own_policy, call, error);
}

static void take_octets(const struct call *call, const char *name, CRYPT_DATA_BLOB *to, BYTE **own)
{
    const char *value = call_value(call, name);
    size_t size = 0;

    if (!value) return;
    *own = hex_octets(value, &size);
    *to = (CRYPT_DATA_BLOB){(DWORD)size, *own};
}

bool tunnel_take(struct tunnel *t, const struct call *call, struct text *error)
{
    if (!take_fields(t->fields, t->field_count, t->base, call, error)) return false;
    if (!take_policy(t, call, error)) return false;
    if (t->certificate) take_octets(call, "certificate", t->certificate, &t->own_certificate);
    if (t->hash) take_octets(call, "certificatehash", t->hash, &t->own_hash);
    return true;
}

void tunnel_free(struct tunnel *t)
{
    free(t->own_certificate);
    free(t->own_hash);
    t->own_certificate = t->own_hash = NULL;
}

/* ---- to words -------------------------------------------------------------------------------- */

static void add_fields(const struct field *fields, size_t count, const void *base, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        char *value = field_text(&fields[i], base);

        text_addf(out, " %s=%s", fields[i].name, value);
        free(value);
    }
}

static void add_octets(const char *name, const CRYPT_DATA_BLOB *octets, bool whole,
                       struct text *out)
{
    char *value = hex_of(octets->pbData, octets->cbData);

    if (*value || whole) text_addf(out, " %s=%s", name, value);
    free(value);
}

void tunnel_words(const struct tunnel *t, bool whole, struct text *out)
{
    add_fields(t->fields, t->field_count, t->base, out);
    if (*t->policy)
        add_fields(policy_fields, POLICY_FIELDS, *t->policy, out);
    else if (whole)
        text_add(out, " policy=none");
    if (t->certificate) add_octets("certificate", t->certificate, whole, out);
    if (t->hash) add_octets("certificatehash", t->hash, whole, out);
}

static void report_octets(struct report *r, const CRYPT_DATA_BLOB *octets)
{
    char *value = hex_of(octets->pbData, octets->cbData);

    report_text(r, *value ? value : NULL);
    free(value);
}

void tunnel_report(struct session *s, const struct tunnel *t)
{
    for (size_t i = 0; i < t->field_count; i++) field_report(s, &t->fields[i], t->base);
    for (size_t i = 0; i < POLICY_FIELDS; i++) {
        if (*t->policy)
            field_report(s, &policy_fields[i], *t->policy);
        else
            report_text(&s->report, NULL);
    }
    if (t->certificate) report_octets(&s->report, t->certificate);
    if (t->hash) report_octets(&s->report, t->hash);
}

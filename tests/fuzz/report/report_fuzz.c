/* Any line of a dialer's program: a first octet n, a secret of n octets, and the line.
 * - what is understood is within its bounds;
 * - the log shows nothing that is no text, and not the secret.
 */
#include "fuzz/fuzz.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/ddm/dial_report.h"

static void check_report(const char *line, size_t size)
{
    struct dial_report r;
    const char *wrong = dial_report_parse(line, size, &r);

    FUZZ_CHECK(u16_length(r.adapter, DIAL_TEXT_MAX) < DIAL_TEXT_MAX);
    FUZZ_CHECK(r.dns_count <= DIAL_REPORT_DNS_MAX);
    if (r.kind == DIAL_REPORT_NONE) FUZZ_CHECK(!wrong);
    if (r.kind == DIAL_REPORT_FAILED) FUZZ_CHECK(r.error != ST_OK && r.error != ST_PENDING);
    if (!wrong && r.has_address) FUZZ_CHECK(r.address && r.mask);
}

/* One of letters and figures can't come about by the cleaning itself. */
static bool is_word(const char *text, size_t size)
{
    for (size_t n = 0; n < size; n++) {
        if (text[n] <= ' ' || text[n] == '*' || text[n] == 0x7F) return false;
    }
    return size != 0;
}

static void check_clean(const char *line, size_t size, const char *secret, size_t secret_size)
{
    char *text = size ? mem_dup(line, size) : NULL;
    size_t left;

    if (!text) return;
    left = dial_report_clean(text, size, secret, secret_size);
    FUZZ_CHECK(left <= size);
    for (size_t n = 0; n < left; n++) {
        FUZZ_CHECK((unsigned char)text[n] >= 0x20 && text[n] != 0x7F);
        if (is_word(secret, secret_size) && left - n >= secret_size)
            FUZZ_CHECK(memcmp(text + n, secret, secret_size) != 0);
    }
    mem_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t secret_size;
    const char *text;

    if (size < 2) return 0;
    secret_size = data[0] < size - 1 ? data[0] : size - 1;
    text = (const char *)data + 1;
    check_report(text + secret_size, size - 1 - secret_size);
    check_clean(text + secret_size, size - 1 - secret_size, text, secret_size);
    return 0;
}

/* What a program that keeps a link says of it: lines on the descriptor that it is given, or its
 * exit status. docs/DIALERS.md is the contract.
 *
 *     ready [adapter=NAME] [address=A.B.C.D[/LENGTH]] [peer=A.B.C.D] [dns=A.B.C.D[,A.B.C.D...]]
 *     failed CODE [text]
 *
 * Words are separated by blanks; a carriage return at the end is taken off. What a later version
 * may add is let through: other first words, and other names before an equals sign.
 */
#ifndef MPR_ROUTER_DIAL_REPORT_H
#define MPR_ROUTER_DIAL_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "base/status.h"
#include "router/ddm/dial.h"

#define DIAL_REPORT_DNS_MAX 4

struct dial_report {
    enum dial_report_kind {
        DIAL_REPORT_NONE, /* an empty line, or a first word that nobody knows */
        DIAL_REPORT_READY,
        DIAL_REPORT_FAILED
    } kind;
    char16_t adapter[DIAL_TEXT_MAX]; /* "": not said */
    bool has_address;
    uint32_t address, mask; /* host order; mask 255.255.255.255 unless said */
    uint32_t peer;          /* 0: not said */
    uint32_t dns[DIAL_REPORT_DNS_MAX];
    uint32_t dns_count;
    mpr_status error; /* FAILED: never ST_OK or ST_PENDING */
};

/* NULL, or what is wrong with the line; ret->kind says even then which sort of line it is, and of
 * a malformed `failed` the error is ST_CAN_NOT_COMPLETE. line need not be terminated. */
const char *dial_report_parse(const char *line, size_t size, struct dial_report *ret);

/* The result of an attempt whose program ended with that status before the link was up. */
mpr_status dial_report_exit(uint32_t exit_code);
/* What the status means, for the log. */
const char *dial_report_exit_text(uint32_t exit_code);

/* Makes a line fit for the log, in place: each secret becomes "***", what is no printable character
 * or part of one a blank. Returns the new size, which is not greater. secret_size 0: none. */
size_t dial_report_clean(char *text, size_t size, const char *secret, size_t secret_size);

#endif

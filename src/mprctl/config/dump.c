/* dump: parameters, dialers, ports, router managers; interfaces are in dump_interface.c. */
#include "mprctl/config/dump.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/config/key.h"
#include "mprctl/config/tunnel.h"
#include "mprctl/server.h"

static const struct column columns[] = {{"command", "Command", CELL_TEXT, false}};

/* As text at once; as JSON a row. */
void dump_line(struct dump *d, const char *line)
{
    if (d->session->options->json) {
        report_text(&d->session->report, line);
    } else {
        console_print(line);
        console_print("\n");
    }
}

void dump_remark(struct dump *d, const char *remark)
{
    char *line = text_format("# %s", remark);

    if (!d->session->options->json) dump_line(d, line);
    free(line);
}

void dump_value(struct text *out, const char *name, const char *value)
{
    text_addf(out, " %s=", name);
    if (*value) script_quote(out, value);
}

static void dump_key(void *context, const char *words)
{
    dump_line(context, words);
}

static void dump_server(struct dump *d)
{
    MPR_SERVER_2 ports;
    struct text line = {0};
    DWORD status = server_ports(d->session, &ports);

    if (status == NO_ERROR) {
        text_add(&line, "server set");
        server_words(&ports, &line);
        dump_line(d, text_of(&line));
        text_free(&line);
    } else {
        d->status = status;
    }
}

/* Blocks that every new router manager has: said when they are not there. */
static void dump_absent(struct dump *d, LPVOID header, DWORD type, const char *name,
                        const struct place *place)
{
    char *line;

    if (header && MprInfoBlockExists(header, type)) return;
    line =
        text_format("blocks delete type=%s transport=%s", name, transport_name(place->transport));
    dump_line(d, line);
    free(line);
}

static void dump_manager(struct dump *d, DWORD transport)
{
    const struct place place = {NULL, transport};
    LPVOID header = NULL;
    DWORD status = block_information_stored(d->session, &place, &header);
    char *line = text_format("transports %s transport=%s", status == NO_ERROR ? "add" : "delete",
                             transport_name(transport));

    dump_line(d, line);
    free(line);
    if (status == NO_ERROR) {
        if (transport == PID_IP)
            dump_absent(d, header, BLOCK_GLOBAL, "global", &place);
        else
            dump_absent(d, header, BLOCK_GLOBAL6, "ipv6-global", &place);
        dump_absent(d, header, BLOCK_PRIORITY, "preferences", &place);
        *(transport == PID_IP ? &d->rip : &d->ripng) =
            header && MprInfoBlockExists(header, BLOCK_RIP);
        dump_blocks(d, &place, NULL);
    }
    if (header) MprInfoDelete(header);
}

static int run(struct call *call)
{
    struct session *s = session_of(call);
    struct dump d = {.session = s, .secrets = call_yes(call, "secrets", false)};
    DWORD status = session_stored(s);

    if (status != NO_ERROR) return failed(call, status, "the stored configuration");
    report_table(&s->report, "commands", "Commands", columns, COUNT_OF(columns));
    dump_remark(&d, "The router's stored configuration; mprctl exec makes it anew.");
    status = key_commands(s, dump_key, &d);
    if (status == NO_ERROR) {
        dump_server(&d);
        tunnel_dump_server(&d);
        dump_manager(&d, PID_IP);
        dump_manager(&d, PID_IPV6);
        dump_interfaces(&d);
        status = d.status;
    }
    if (!s->options->json) report_free(&s->report);
    return status == NO_ERROR ? EXIT_DONE : failed(call, status, "not all can be read");
}

static const struct parameter parameters[] = {
    {"secrets", VALUE_YES_NO, false, "passwords and keys of RIP as well, as they are (--secrets)"}};

const struct command dump_commands[] = {
    {"dump", "routing dump|ras dump|show running-config", "Export-Clixml",
     "Prints the stored configuration as commands",
     "mprctl dump >FILE, and on another machine mprctl exec FILE. Without --secrets a remark "
     "stands\n"
     "where a password is; pre-shared keys and EAP data never come out of the router in clear.",
     parameters, COUNT_OF(parameters), run},
};
const size_t dump_command_count = COUNT_OF(dump_commands);

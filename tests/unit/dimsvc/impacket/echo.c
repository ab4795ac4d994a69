/* Says what src/dimsvc reads, for check.py, which has the same calls from another NDR engine.
 *
 * Each line of the input is METHOD REQUEST RESPONSE REVISION, the second and third in hex or "-".
 * The answer is a line: the status, NAME=VALUE for what was read, and octets=HEX, what is written
 * when the same arguments are written again: the response, or the request when there is no
 * response. When REVISION is not 0, the objects are written as ones of that revision. Names are
 * those of MS-RRASM, below the name of the parameter; numbers are decimal, octets and the UTF-16LE
 * units of texts hex, NULL is "-", an array has the number of its elements and then its elements.
 * Of the numbers all are said; of the objects those that have not been left zero, be they the
 * method's or not.
 */
#define _POSIX_C_SOURCE 200809L /* getline, strtok_r */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dimsvc/method.h"
#include "show.h"

static void show_texts(const struct dim_arguments *a)
{
    static const char *const names[DIM_TEXTS] = {"text0", "text1", "text2", "text3"};
    size_t i;

    for (i = 0; i < DIM_TEXTS; i++) show_text(names[i], a->text[i]);
}

static void show_numbers(const struct dim_arguments *a)
{
    const struct {
        const char *name;
        uint32_t value;
    } numbers[] = {{"dwLevel", a->level},
                   {"dwIndex", a->index},
                   {"hInterface", a->interface},
                   {"hDimConnection", a->connection},
                   {"hPort", a->port},
                   {"dwTransportId", a->transport},
                   {"dwRoutingPid", a->routing_pid},
                   {"fIncludeClientInterfaces", a->include_clients},
                   {"fBlocking", a->blocking},
                   {"fRegister", a->registers},
                   {"fIsIpAddress", a->is_address},
                   {"hEvent", a->event},
                   {"dwClientProcessId", a->process},
                   {"dwPreferedMaximumLength", a->preferred},
                   {"lpdwEntriesRead", a->entries_read},
                   {"lpdwTotalEntries", a->total_entries},
                   {"pUpdateResult", a->result}};
    size_t i;

    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        show_number(numbers[i].name, numbers[i].value);
}

static void show_resume(const struct dim_resume *resume)
{
    if (resume->present)
        show_number("lpdwResumeHandle", resume->value);
    else
        show_null("lpdwResumeHandle");
}

static void show_blocks(const struct dim_blocks *blocks)
{
    show_number("fGetInterfaceInfo", blocks->want_interface);
    show_octets("dwInterfaceInfoSize", "pInterfaceInfo", &blocks->interface);
    show_number("fGetGlobalInfo", blocks->want_global);
    show_octets("dwGlobalInfoSize", "pGlobalInfo", &blocks->global);
}

static void show_containers(const struct dim_arguments *a)
{
    size_t above = show_enter("pInfoStruct");

    if (show_worth(&a->info, sizeof(a->info))) show_octets("dwBufferSize", "pBuffer", &a->info);
    if (show_worth(&a->blocks, sizeof(a->blocks))) show_blocks(&a->blocks);
    if (show_worth(&a->mib, sizeof(a->mib))) {
        show_octets("dwMibInEntrySize", "pMibInEntry", &a->mib.in);
        show_octets("dwMibOutEntrySize", "pMibOutEntry", &a->mib.out);
    }
    show_leave(above);
}

static void show_objects(const struct dim_arguments *a)
{
    size_t above = show_enter("pServerConfig");

    if (show_worth(&a->server, sizeof(a->server))) show_server(&a->server);
    if (show_worth(&a->server_set, sizeof(a->server_set))) show_server_set(&a->server_set);
    if (show_worth(&a->update, sizeof(a->update))) show_update(&a->update);
    show_leave(above);
    if (show_worth(&a->header, sizeof(a->header))) show_header("objectHeader", &a->header);
    if (show_worth(&a->custom, sizeof(a->custom))) show_custom("pIfCustomConfig", &a->custom);
    if (show_worth(&a->connection_ex, sizeof(a->connection_ex)))
        show_connection("pRasConnection", &a->connection_ex);
    show_connections("pRasConections", a->connections, a->entries_read);
}

static void show_arguments(const struct dim_arguments *a)
{
    show_numbers(a);
    show_resume(&a->resume);
    show_texts(a);
    show_containers(a);
    show_objects(a);
}

static mpr_status go(struct ndr *n, uint32_t method, bool response, struct dim_arguments *a,
                     uint32_t *result)
{
    return response ? dim_response(n, method, a, result) : dim_request(n, method, a);
}

static void write_again(uint32_t method, bool response, struct dim_arguments *a, uint32_t result)
{
    struct ndr n;

    ndr_write(&n);
    if (go(&n, method, response, a, &result) != ST_OK)
        show_number("written", n.status);
    else
        show_hex("octets", n.written, n.position);
    ndr_free(&n);
}

/* A copy of exactly the size, so that a read behind its end is noticed. */
struct input {
    uint8_t *octets;
    size_t size;
};

static mpr_status read_one(struct ndr *n, const struct input *input, uint32_t method, bool response,
                           struct dim_arguments *a, uint32_t *result)
{
    ndr_read(n, input->octets, input->size);
    return go(n, method, response, a, result);
}

/* What is of another revision than the objects are now is to be left out when they are written. */
static void set_revision(struct dim_arguments *a, uint8_t revision)
{
    if (a->server.revision) a->server.revision = revision;
    if (a->server_set.revision) a->server_set.revision = revision;
    if (a->custom.revision) a->custom.revision = revision;
}

/* Request and response are read into the same arguments, as far as there are both. */
static void answer(uint32_t method, const struct input *request, const struct input *response,
                   unsigned revision)
{
    struct dim_arguments a;
    struct ndr in = {0}, out = {0};
    mpr_status status = ST_OK;
    uint32_t result = 0;

    memset(&a, 0, sizeof(a));
    if (request->octets) status = read_one(&in, request, method, false, &a, &result);
    if (response->octets && status == ST_OK)
        status = read_one(&out, response, method, true, &a, &result);
    printf("%u", (unsigned)status);
    if (status == ST_OK) {
        show_arguments(&a);
        if (response->octets) show_number("ErrorCode", result);
        if (revision) set_revision(&a, (uint8_t)revision);
        write_again(method, response->octets != NULL, &a, result);
    }
    putchar('\n');
    ndr_free(&in);
    ndr_free(&out);
}

static unsigned digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

static struct input from_hex(const char *hex)
{
    struct input ret = {NULL, 0};
    size_t i;

    if (strcmp(hex, "-") == 0) return ret;
    ret.size = strlen(hex) / 2;
    ret.octets = malloc(ret.size ? ret.size : 1);
    if (!ret.octets) abort();
    for (i = 0; i < ret.size; i++)
        ret.octets[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    return ret;
}

static void one_line(char *line)
{
    const char *word[4] = {"", "-", "-", "0"};
    struct input request, response;
    char *rest = NULL;
    size_t i;

    for (i = 0; i < 4; i++) {
        char *next = strtok_r(i ? NULL : line, " \n", &rest);

        if (next) word[i] = next;
    }
    request = from_hex(word[1]);
    response = from_hex(word[2]);
    answer((uint32_t)strtoul(word[0], NULL, 10), &request, &response,
           (unsigned)strtoul(word[3], NULL, 10));
    free(request.octets);
    free(response.octets);
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;

    while (getline(&line, &room, stdin) > 0) one_line(line);
    free(line);
    return 0;
}

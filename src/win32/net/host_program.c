/* Two threads: one runs the program, which also reaps it, the other reads what it says.
 *
 * A FIFO that this process has open for both directions has no end of file. So, when the program
 * has ended, a last message of our own is written behind everything else, of a type that nobody
 * sends; what the reader has then ends with it, even if the program was killed in the middle of a
 * message.
 */
#include "win32/net/host_program.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/sys/wine_fifo.h"
#include "win32/sys/wine_unix.h"

#define PROGRAM_NAME L"mprnetlink"
#define LAST_TYPE    0xFFFFu

enum { TO_PROGRAM, FROM_PROGRAM, FIFOS };

struct host_program {
    struct wine_fifo fifos[FIFOS];
    struct host_program_sink sink;
    char *path; /* or the script */
    bool is_script, keep, events_only;
    unsigned forward, forwarded; /* HR_FORWARD_* */
    HANDLE runner, reader;
    volatile LONG finishing;
    LONG code;
    size_t used;
    uint8_t data[HR_MESSAGE_MAX];
};

static const char inside_program; /* an address of this module */

char *host_program_path(void)
{
    WCHAR name[MAX_PATH + 16] = {0}, *slash;
    HMODULE module;

    if (!wine_unix_here()) return NULL;
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT |
                                GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                            (const WCHAR *)(const void *)&inside_program, &module))
        return NULL;
    if (GetModuleFileNameW(module, name, MAX_PATH) >= MAX_PATH) return NULL;
    slash = wcsrchr(name, '\\');
    if (!slash) return NULL;
    memcpy(slash + 1, PROGRAM_NAME, sizeof(PROGRAM_NAME));
    if (GetFileAttributesW(name) == INVALID_FILE_ATTRIBUTES) return NULL;
    return wine_unix_path(name);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void write_last(struct host_program *p)
{
    const struct hr_header last = {.type = LAST_TYPE};
    uint8_t data[HR_HEADER_SIZE];
    DWORD written;
    struct writer w;

    hr_frame_begin(&w, data, sizeof(data), &last);
    (void)hr_frame_end(&w, 0);
    InterlockedExchange(&p->finishing, 1);
    WriteFile(p->fifos[FROM_PROGRAM].end, data, sizeof(data), &written, NULL);
}

static bool is_last(const struct host_program *p)
{
    struct hr_header header;

    return p->finishing && p->used >= HR_HEADER_SIZE &&
           hr_frame_read(p->data + p->used - HR_HEADER_SIZE, HR_HEADER_SIZE, &header) ==
               HR_FRAME_WHOLE &&
           header.type == LAST_TYPE;
}

/* Malformed: nothing behind it can be understood, and the program is told to end. */
static void give_up(struct host_program *p)
{
    TRACE(ERROR, "host routes: mprnetlink said what it can't");
    if (p->fifos[TO_PROGRAM].end) CloseHandle(p->fifos[TO_PROGRAM].end);
    p->fifos[TO_PROGRAM].end = NULL;
    p->used = 0;
}

static void take_messages(struct host_program *p)
{
    enum hr_frame frame;
    struct hr_header header;
    size_t at = 0;

    while ((frame = hr_frame_read(p->data + at, p->used - at, &header)) == HR_FRAME_WHOLE) {
        struct reader body;

        reader_init(&body, p->data + at + HR_HEADER_SIZE, header.size - HR_HEADER_SIZE);
        if (header.type != LAST_TYPE) p->sink.message(&header, &body);
        at += header.size;
    }
    if (frame == HR_FRAME_BAD) {
        give_up(p);
        return;
    }
    p->used -= at;
    memmove(p->data, p->data + at, p->used);
}

static DWORD WINAPI program_reader(void *parameter)
{
    struct host_program *p = parameter;
    DWORD size;
    bool last = false;

    while (!last &&
           ReadFile(p->fifos[FROM_PROGRAM].end, p->data + p->used,
                    (DWORD)(sizeof(p->data) - p->used), &size, NULL) &&
           size) {
        p->used += size;
        last = is_last(p);
        take_messages(p);
    }
    p->sink.ended(p->code);
    return 0;
}

/* ---- running -------------------------------------------------------------------------------- */

#define FORWARD_BITS (HR_FORWARD_IPV4 | HR_FORWARD_IPV6)

static LONG run_helper(struct host_program *p, char *at_end)
{
    char *const families[] = {(char[]){""}, (char[]){"ipv4"}, (char[]){"ipv6"},
                              (char[]){"ipv4,ipv6"}};
    char events_only[] = "--events-only";
    char *arguments[] = {p->path,
                         (char[]){"--at-end"},
                         at_end,
                         (char[]){"--input"},
                         p->fifos[TO_PROGRAM].unix_name,
                         (char[]){"--output"},
                         p->fifos[FROM_PROGRAM].unix_name,
                         (char[]){"--forward"},
                         families[p->forward],
                         (char[]){"--forwarded"},
                         families[p->forwarded],
                         p->events_only ? events_only : NULL,
                         NULL};

    return wine_unix_run(arguments);
}

static LONG run_script(struct host_program *p, char *at_end)
{
    char forward[] = {(char)('0' + p->forward), 0}, forwarded[] = {(char)('0' + p->forwarded), 0};
    char *arguments[] = {(char[]){"sh"},
                         (char[]){"-c"},
                         p->path,
                         (char[]){"mprapi-routes"},
                         p->fifos[TO_PROGRAM].unix_name,
                         p->fifos[FROM_PROGRAM].unix_name,
                         at_end,
                         forward,
                         forwarded,
                         NULL};

    return wine_unix_run(arguments);
}

static DWORD WINAPI program_runner(void *parameter)
{
    struct host_program *p = parameter;
    char keep[] = "keep", withdraw[] = "withdraw";
    char *at_end = p->keep ? keep : withdraw;

    p->code = p->is_script ? run_script(p, at_end) : run_helper(p, at_end);
    write_last(p);
    return 0;
}

static HANDLE start_program_thread(LPTHREAD_START_ROUTINE routine, struct host_program *p)
{
    return CreateThread(NULL, 64 << 10, routine, p, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
}

static void free_program(struct host_program *p)
{
    for (int n = 0; n < FIFOS; n++) {
        if (p->fifos[n].end) CloseHandle(p->fifos[n].end);
        wine_fifo_free(&p->fifos[n]);
    }
    if (p->runner) CloseHandle(p->runner);
    if (p->reader) CloseHandle(p->reader);
    mem_free(p->path);
    mem_free(p);
}

static mpr_status prepare_program(struct host_program *p, const char *path)
{
    static const WCHAR *const endings[FIFOS] = {L"input", L"output"};

    p->path = mem_dup(path, strlen(path) + 1);
    return p->path ? wine_fifos_make(p->fifos, endings, FIFOS) : ST_NOT_ENOUGH_MEMORY;
}

mpr_status host_program_start(struct host_program **ret, const struct host_program_plan *plan,
                              const struct host_program_sink *sink)
{
    struct host_program *p = mem_alloc(sizeof(*p));
    mpr_status status =
        p ? prepare_program(p, plan->script ? plan->script : plan->path) : ST_NOT_ENOUGH_MEMORY;

    *ret = NULL;
    if (status == ST_OK) {
        p->sink = *sink;
        p->is_script = plan->script != NULL;
        p->keep = plan->keep;
        p->events_only = plan->events_only;
        p->forward = plan->forward & FORWARD_BITS;
        p->forwarded = plan->forwarded & FORWARD_BITS;
        p->runner = start_program_thread(program_runner, p);
        /* Without a reader the end of the input ends the program, as it would later. */
        if (p->runner) p->reader = start_program_thread(program_reader, p);
        if (!p->reader) status = ST_NOT_ENOUGH_MEMORY;
    }
    if (status == ST_OK)
        *ret = p;
    else if (p)
        host_program_stop(p);
    return status;
}

bool host_program_write(struct host_program *p, const void *data, size_t size)
{
    DWORD written = 0;

    return p->fifos[TO_PROGRAM].end &&
           WriteFile(p->fifos[TO_PROGRAM].end, data, (DWORD)size, &written, NULL) &&
           written == size;
}

void host_program_stop(struct host_program *p)
{
    if (p->fifos[TO_PROGRAM].end) CloseHandle(p->fifos[TO_PROGRAM].end);
    p->fifos[TO_PROGRAM].end = NULL;
    if (p->runner) WaitForSingleObject(p->runner, INFINITE);
    if (p->reader) WaitForSingleObject(p->reader, INFINITE);
    free_program(p);
}

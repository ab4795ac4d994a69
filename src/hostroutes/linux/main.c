/* mprnetlink: the router's hand in the Linux kernel. Start, wait, end. */
#define _GNU_SOURCE /* ppoll */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "hostroutes/linux/forwarding.h"
#include "hostroutes/linux/input.h"
#include "hostroutes/linux/owner.h"
#include "hostroutes/linux/program.h"

/* Exit codes, as in sysexits.h. */
enum { EX_OK = 0, EX_DATAERR = 65, EX_UNAVAILABLE = 69, EX_OSERR = 71 };

#define CLAIM_AGAIN_MS 500

volatile sig_atomic_t program_told_to_end;

static struct input input;
static struct output output;
static sigset_t unblocked; /* while it waits, and only then, a signal comes through */

static void told_to_end(int number)
{
    (void)number;
    program_told_to_end = 1;
}

/* A reader that is gone is an error of write. */
static void set_up_signals(void)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    struct sigaction action = {.sa_handler = told_to_end};
    sigset_t blocked;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        sigaction(numbers[i], &action, NULL);
        sigaddset(&blocked, numbers[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &unblocked);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        sigdelset(&unblocked, numbers[i]);
}

static void tell_failure(uint32_t reason, int error)
{
    const struct hr_failure failure = {.reason = reason, .error = (uint32_t)error};

    output_begin(&output, HR_FAILED, 0, 0);
    hr_failure_write(output_more(&output), &failure);
    output_flush(&output);
}

enum { WAIT_OWNER = 1, WAIT_EVENTS = 2, WAIT_INPUT = 4, WAIT_PACKETS = 8, WAITS = 4 };

/* Waits for any of them (owner -1: none), and reads what has come in. Bits of what there is. */
static unsigned wait_for(const struct program *p, int owner, bool want_input, int timeout_ms)
{
    struct timespec limit = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    struct pollfd fds[] = {{.fd = owner, .events = POLLIN},
                           {.fd = p->monitor.events.fd, .events = POLLIN},
                           {.fd = want_input ? input.fd : -1, .events = POLLIN},
                           {.fd = p->hold.fd, .events = POLLIN}};
    unsigned got = 0;

    if (ppoll(fds, WAITS, timeout_ms < 0 ? NULL : &limit, &unblocked) <= 0) return 0;
    for (unsigned n = 0; n < WAITS; n++) got |= fds[n].revents ? 1u << n : 0;
    if (got & WAIT_INPUT) input_fill(&input);
    return got;
}

static bool is_over(void)
{
    return input.ended || output.broken || program_told_to_end;
}

static void read_events(struct program *p)
{
    int error = monitor_read(&p->monitor, look_at_object, p);

    if (error == ENOBUFS) {
        do {
            error = monitor_read(&p->monitor, look_at_object, p); /* what is left is true as well */
        } while (error == ENOBUFS);
        (void)look_snapshot(p, HR_OVERRUN);
    }
    output_flush(&output);
}

/* ---- start ---------------------------------------------------------------------------------- */

static void tell_owner(const struct owner *o)
{
    const struct hr_owner other = {.process = o->process};

    output_begin(&output, HR_OWNED, 0, 0);
    hr_owner_write(output_more(&output), &other);
    output_flush(&output);
}

/* Until there is something to try again for. What the router says already waits, as far as there is
 * room. */
static void wait_for_owner(struct program *p, const struct owner *o)
{
    unsigned got;

    do {
        got = wait_for(p, o->fd, input.used < sizeof(input.data), o->fd < 0 ? CLAIM_AGAIN_MS : -1);
        if (got & WAIT_EVENTS) read_events(p);
    } while (!is_over() && got && !(got & WAIT_OWNER) && o->fd >= 0);
}

/* Waits until no other one has the host. False: the end came first, or *ret_error. Tried once also
 * for a router that has gone already: what an earlier one left is nobody's then. */
static bool claim(struct program *p, int *ret_error)
{
    struct owner o = {.fd = -1};
    bool told = false;
    uint32_t known = 0;

    do {
        *ret_error = owner_claim(&o, p->options->protocol, p->options->table);
        if (*ret_error != EADDRINUSE) return !*ret_error;
        if (!told || (o.process && o.process != known)) tell_owner(&o);
        told = true;
        known = o.process;
        if (!is_over()) wait_for_owner(p, &o);
    } while (!is_over());
    *ret_error = 0;
    return false;
}

static int open_kernel(struct program *p)
{
    const struct sender_config config = {p->options->protocol, p->options->table, request_failed,
                                         p};
    int error = sender_open(&p->sender, &config);

    if (!error && plan_create(&p->plan, sender_emit, p->sender) != ST_OK) error = ENOMEM;
    if (!error)
        error = monitor_open(&p->monitor, p->options->what, p->options->protocol,
                             sender_port(p->sender));
    return error;
}

static void close_kernel(struct program *p)
{
    monitor_close(&p->monitor);
    hold_close(&p->hold);
    plan_destroy(p->plan);
    sender_close(p->sender);
    look_free(p);
}

/* From here on packets may follow what is put there. */
static void take_forwarding(struct program *p)
{
    struct hr_forwarding state;

    p->switched = p->options->switched;
    forwarding_switch_on(p->options->forward, &p->switched);
    forwarding_look(&state);
    state.switched = p->switched;
    output_begin(&output, HR_FORWARDING, 0, 0);
    hr_forwarding_write(output_more(&output), &state);
}

static void tell_ready(const struct program *p)
{
    const struct hr_ready ready = {p->options->protocol, p->options->table, p->found};

    output_begin(&output, HR_READY, 0, 0);
    hr_ready_write(output_more(&output), &ready);
    output_flush(&output);
}

/* Without the right, only events are told. */
static int take_table(struct program *p)
{
    int error = netlink_may_change(&p->monitor.dumps);

    if (error == EPERM) {
        tell_failure(HR_NO_RIGHTS, error);
        return 0;
    }
    if (error || !claim(p, &error)) return error;
    error = monitor_own_routes(&p->monitor);
    if (!error) error = look_at_routes(p);
    if (error) return error;
    p->has_table = true;
    take_forwarding(p);
    tell_ready(p);
    return 0;
}

/* ---- work ----------------------------------------------------------------------------------- */

/* One message, so that events never wait for more than that. False: it is malformed,
 * or more than was offered. */
static bool read_request(struct program *p, bool *ret_more)
{
    struct hr_header header;
    struct reader body;
    enum hr_frame frame = input_next(&input, &header, &body);

    *ret_more = frame == HR_FRAME_WHOLE;
    if (frame == HR_FRAME_WHOLE) return p->has_table && request_handle(p, &header, &body);
    return frame == HR_FRAME_MORE;
}

static int work(struct program *p)
{
    bool more = p->has_table;

    while (more || !is_over()) {
        int due = look_if_due(p);
        unsigned got;

        output_flush(&output);
        got = wait_for(p, -1, !more && !input.ended, more ? 0 : due);
        if (got & WAIT_EVENTS) read_events(p);
        if (got & WAIT_PACKETS) demand_read(p);
        if (!read_request(p, &more)) {
            tell_failure(HR_BAD_INPUT, 0);
            return EX_DATAERR;
        }
        if (output.broken || program_told_to_end) break;
    }
    return EX_OK;
}

/* Whatever happened before: what is there with the number goes, or stays. */
static void end(struct program *p)
{
    if (p->options->keep || !p->has_table) return;
    forwarding_switch_off(p->switched);
    plan_withdraw(p->plan);
    sender_flush(p->sender);
    if (!sender_in_doubt(p->sender)) return;
    plan_settle(p->plan);
    (void)look_at_routes(p);
}

static int run(struct program *p)
{
    int code, error = open_kernel(p);

    if (!error) error = look_snapshot(p, HR_START);
    if (!error && !p->options->events_only) error = take_table(p);
    if (error) {
        tell_failure(error == ENOMEM ? HR_NO_MEMORY : HR_NO_NETLINK, error);
        return EX_OSERR;
    }
    code = work(p);
    end(p);
    return code;
}

int main(int argc, char **argv)
{
    static struct program program;
    struct options options;
    int in, out, code;

    if (!options_read(&options, argc, argv, &code)) return code;
    if (!options_open(&options, &in, &out)) return EX_UNAVAILABLE;
    set_up_signals();
    input_init(&input, in);
    output_init(&output, out);
    program.options = &options;
    program.output = &output;
    program.monitor.events.fd = program.monitor.dumps.fd = program.hold.fd = -1;
    code = run(&program);
    close_kernel(&program);
    return code;
}

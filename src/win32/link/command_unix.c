/* Unix programs from a Windows process, under Wine.
 *
 * Wine's CreateProcess starts Unix programs but gives no process handle, so neither their end nor
 * their exit code is seen. __wine_unix_spawnvp, an export of Wine's ntdll, waits for the program
 * and gives the code. What it can't do is end the program, or tell the program that we are gone:
 * for this there is the leash, a FIFO that this process holds open. A small shell script watches
 * its other end; it sees the end of file when the handle is closed, by us or, when this process
 * ends in whatever way, by wineserver, and then ends the program's session. The FIFO is unlinked
 * as soon as the script has opened it.
 *
 * Input goes the same way: another FIFO, filled before the script runs, since a pipe keeps what is
 * in it as long as one end is open. head copies the lines that are known to come and ends, so the
 * program sees the end of its input although this process still holds the other end. So do output
 * and status, which this process reads (command_reader.h).
 */
#include "win32/link/command_run.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/sys/wine_unix.h"

#define LINES "4"
_Static_assert(COMMAND_INPUT_LINES == 4, "as the script has it");

/* $1: the leash, $2: the command line, $3: output, $4: status, $5: the input or "". Opening a FIFO
 * for both directions first keeps the second open from waiting for us, should we have let go
 * already. setsid makes the program leader of a session and group of its own, whose number is that
 * of the background job. The shell that runs the command line is told to end, too, and has a trap
 * for it: so it ends behind the program, which may have to clean up, and not at once; and what the
 * program runs for that is not told to end a second time. The script holds the reading ends of
 * output and status, too: what the program says while it cleans up must not end it where nobody
 * reads. */
static const char script[] =
    "exec >/dev/null 2>&1 4<>\"$1\" 3<\"$1\" 4>&- || exit 126\n"
    "exec 4<>\"$3\" 7>\"$3\" 9<\"$3\" 4>&- || exit 126\n"
    "exec 4<>\"$4\" 8>\"$4\" 4<\"$4\" || exit 126\n"
    "rm -f \"$1\" \"$3\" \"$4\"\n"
    "export MPRAPI_STATUS_FD=3\n"
    "run() {\n"
    "    exec setsid sh -c \"trap 'exit 143' TERM; $1\" >&7 2>&1 3>&8 4<&- 7>&- 8>&- 9<&-\n"
    "}\n"
    "if [ -n \"$5\" ]; then\n"
    "    exec 6<>\"$5\" 5<\"$5\" 6>&- || exit 126\n"
    "    rm -f \"$5\"\n"
    "    head -n " LINES " <&5 3<&- 4<&- 7>&- 8>&- 9<&- | run \"$2\" 5<&- &\n"
    "else\n"
    "    run \"$2\" </dev/null &\n"
    "fi\n"
    "program=$!\n"
    "exec 5<&- 7>&- 8>&-\n"
    "rest() {\n"
    "    i=0\n"
    "    while [ $i -lt 30 ] && kill -0 -$program; do sleep 0.1; i=$((i+1)); done\n"
    "    kill -KILL -$program\n"
    "}\n"
    "(\n"
    "    read -r _ <&3\n"
    "    kill -TERM -$program || kill -TERM $program\n"
    "    rest\n"
    ") </dev/null &\n"
    "watcher=$!\n"
    "exec 3<&-\n"
    "wait $program\n"
    "code=$?\n"
    "kill -TERM -$program && rest\n"
    "kill $watcher\n"
    "exit $code\n";

static char *utf8_of(const char16_t *line)
{
    size_t units = u16_length(line, SIZE_MAX / 8), size = units * 3 + 1;
    char *text = mem_alloc(size);

    if (text) u16_to_utf8(text, size, line, units);
    return text;
}

static mpr_status fill(const struct wine_fifo *f, const struct blob *input)
{
    DWORD written = 0;

    if (input->size > COMMAND_INPUT_MAX) return ST_CAN_NOT_COMPLETE;
    if (WriteFile(f->end, input->data, (DWORD)input->size, &written, NULL) &&
        written == input->size)
        return ST_OK;
    TRACE(ERROR, "dialer: the program's input can't be written (error %lu)", GetLastError());
    return ST_CAN_NOT_COMPLETE;
}

/* From here on the ends are whose they are. */
static void hand_over(struct command_run *run)
{
    run->leash = run->fifos[FIFO_LINK].end;
    run->readers[COMMAND_OUTPUT].end = run->fifos[FIFO_OUTPUT].end;
    run->readers[COMMAND_STATUS].end = run->fifos[FIFO_STATUS].end;
    for (int n = 0; n < COMMAND_STREAMS; n++) run->readers[n].both_ways = true;
}

mpr_status command_unix_prepare(const char16_t *line, const struct blob *input,
                                struct command_run *run)
{
    static const WCHAR *const endings[FIFO_COUNT] = {L"link", L"output", L"status", L"input"};
    const bool has_input = input && input->size;
    mpr_status status;

    run->unix_line = utf8_of(line);
    if (!run->unix_line) return ST_NOT_ENOUGH_MEMORY;
    status = wine_fifos_make(run->fifos, endings, has_input ? FIFO_COUNT : FIFO_INPUT);
    hand_over(run);
    return status == ST_OK && has_input ? fill(&run->fifos[FIFO_INPUT], input) : status;
}

/* The script has removed the names, if it ran. */
void command_unix_free(struct command_run *run)
{
    if (run->fifos[FIFO_INPUT].end) CloseHandle(run->fifos[FIFO_INPUT].end);
    for (size_t n = 0; n < FIFO_COUNT; n++) wine_fifo_free(&run->fifos[n]);
    mem_free(run->unix_line);
}

uint32_t command_unix_run(struct command_run *run)
{
    char *input = run->fifos[FIFO_INPUT].unix_name;
    char *arguments[] = {(char[]){"sh"},
                         (char[]){"-c"},
                         (char *)(uintptr_t)script,
                         (char[]){"mprapi-link"},
                         run->fifos[FIFO_LINK].unix_name,
                         run->unix_line,
                         run->fifos[FIFO_OUTPUT].unix_name,
                         run->fifos[FIFO_STATUS].unix_name,
                         input ? input : (char[]){""},
                         NULL};

    return (uint32_t)wine_unix_run(arguments);
}

#include "win32/carrier/control.h"

#include "base/trace.h"
#include "win32/sys/object_security.h"
#include "win32/sys/security.h"

#define BOARD_NAME L"Global\\mprapi router control"
#define WAKE_NAME  L"Global\\mprapi router command"

struct control_board {
    volatile LONG process; /* 0: none yet */
    volatile LONG state, wanted;
    volatile LONG kept;
};

static struct control_board private_board;
static struct {
    HANDLE mapping, wake;
    struct control_board *board;
} control = {.board = &private_board};

/* ---- the router's end ------------------------------------------------------------------------ */

static bool make_shared(void)
{
    SECURITY_ATTRIBUTES attributes;
    struct control_board *board = NULL;

    if (security_administrators_only(&attributes) != ST_OK) return false;
    control.mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0,
                                         sizeof(*board), BOARD_NAME);
    control.wake = CreateEventW(&attributes, FALSE, FALSE, WAKE_NAME);
    security_free(&attributes);
    if (!control.mapping || !control.wake || !security_is_administrators_only(control.mapping) ||
        !security_is_administrators_only(control.wake))
        return false;
    board = MapViewOfFile(control.mapping, FILE_MAP_WRITE, 0, 0, sizeof(*board));
    if (board) control.board = board;
    return board != NULL;
}

static void close_shared(void)
{
    if (control.board != &private_board) UnmapViewOfFile(control.board);
    if (control.mapping) CloseHandle(control.mapping);
    if (control.wake) CloseHandle(control.wake);
    control.board = &private_board;
    control.mapping = control.wake = NULL;
}

/* The memory may be an earlier router's, held by who still watches that one. */
void control_start(void)
{
    if (!make_shared()) {
        TRACE(ERROR, "router: others can't command it: what that takes can't be made, or somebody "
                     "who is no administrator has made it");
        close_shared();
        control.wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    }
    InterlockedExchange(&control.board->state, CONTROL_RUNS);
    InterlockedExchange(&control.board->wanted, CONTROL_RUNS);
    InterlockedExchange(&control.board->kept, 0);
    InterlockedExchange(&control.board->process, (LONG)GetCurrentProcessId());
}

enum control_state control_wait(DWORD milliseconds)
{
    if (control.board->wanted != CONTROL_ENDS) {
        if (control.wake)
            WaitForSingleObject(control.wake, milliseconds);
        else
            Sleep(milliseconds);
    }
    return (enum control_state)control.board->wanted;
}

bool control_kept(void)
{
    return control.board->kept != 0;
}

void control_tell(enum control_state state)
{
    InterlockedExchange(&control.board->state, state);
}

static void want(struct control_board *board, HANDLE wake, enum control_state wanted)
{
    LONG before = board->wanted, seen;

    while (before != CONTROL_ENDS &&
           (seen = InterlockedCompareExchange(&board->wanted, wanted, before)) != before)
        before = seen;
    if (wake) SetEvent(wake);
}

void control_end_self(void)
{
    want(control.board, control.wake, CONTROL_ENDS);
}

void control_stop(void)
{
    control_tell(CONTROL_ENDS);
    close_shared();
}

/* ---- the others' end ------------------------------------------------------------------------- */

static mpr_status open_failure(void)
{
    DWORD error = GetLastError();

    return error == ERROR_FILE_NOT_FOUND ? ST_RPC_SERVER_UNAVAILABLE : (mpr_status)error;
}

static mpr_status open_objects(struct control_view *v)
{
    v->mapping = OpenFileMappingW(FILE_MAP_WRITE | READ_CONTROL, FALSE, BOARD_NAME);
    if (!v->mapping) return open_failure();
    v->wake = OpenEventW(EVENT_MODIFY_STATE | READ_CONTROL, FALSE, WAKE_NAME);
    if (!v->wake) return open_failure();
    if (!security_is_administrators_only(v->mapping) || !security_is_administrators_only(v->wake))
        return ST_ACCESS_DENIED;
    v->board = MapViewOfFile(v->mapping, FILE_MAP_WRITE, 0, 0, sizeof(*v->board));
    return v->board ? ST_OK : open_failure();
}

static mpr_status open_router(struct control_view *v)
{
    const DWORD id = (DWORD)v->board->process;

    if (!id) return ST_RPC_SERVER_UNAVAILABLE;
    v->process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
    if (!v->process)
        return GetLastError() == ERROR_ACCESS_DENIED ? ST_ACCESS_DENIED : ST_RPC_SERVER_UNAVAILABLE;
    return WaitForSingleObject(v->process, 0) == WAIT_OBJECT_0 ? ST_RPC_SERVER_UNAVAILABLE : ST_OK;
}

mpr_status control_open(struct control_view *ret)
{
    mpr_status status;

    *ret = (struct control_view){NULL, NULL, NULL, NULL};
    status = open_objects(ret);
    if (status == ST_OK) status = open_router(ret);
    if (status != ST_OK) control_close(ret);
    return status;
}

void control_close(struct control_view *v)
{
    if (v->board) UnmapViewOfFile(v->board);
    if (v->mapping) CloseHandle(v->mapping);
    if (v->wake) CloseHandle(v->wake);
    if (v->process) CloseHandle(v->process);
    *v = (struct control_view){NULL, NULL, NULL, NULL};
}

enum control_state control_state_of(const struct control_view *v)
{
    return (enum control_state)v->board->state;
}

void control_command(const struct control_view *v, enum control_state wanted)
{
    want(v->board, v->wake, wanted);
}

void control_keep(const struct control_view *v)
{
    InterlockedExchange(&v->board->kept, 1);
}

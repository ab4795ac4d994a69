/* Stand-ins for win32/journal/config_change.c: the targets that write do not fail while they do. */
#include "win32/journal/config_change.h"
#include "win32/journal/journal.h"

struct config_change {
    char none;
};
static struct config_change only;

mpr_status config_change_open(struct config_change **ret)
{
    *ret = &only;
    return ST_OK;
}

mpr_status config_change_values(struct config_change *c, const WCHAR *path,
                                const WCHAR *const *names, size_t count)
{
    (void)c, (void)path, (void)names, (void)count;
    return ST_OK;
}

mpr_status config_change_key(struct config_change *c, const WCHAR *path)
{
    (void)c, (void)path;
    return ST_OK;
}

mpr_status config_change_begin(struct config_change *c)
{
    (void)c;
    return ST_OK;
}

mpr_status config_change_close(struct config_change *c, mpr_status status)
{
    (void)c;
    return status;
}

mpr_status config_change_run(const WCHAR *path, const WCHAR *const *names, size_t count,
                             config_change_write_fn *write, void *context)
{
    (void)path, (void)names, (void)count;
    return write(context);
}

mpr_status journal_enter(void)
{
    return ST_OK;
}

void journal_leave(void)
{
}

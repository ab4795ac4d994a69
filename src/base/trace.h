/* Log lines of the core. Nothing is formatted unless someone listens at that level. */
#ifndef MPR_BASE_TRACE_H
#define MPR_BASE_TRACE_H

#include <stdbool.h>

enum trace_level {
    TRACE_NONE = 0,
    TRACE_ERROR = 1,   /* something was refused or lost */
    TRACE_WARNING = 2, /* odd input, ignored */
    TRACE_INFO = 3,    /* state changes: connected, route update done */
    TRACE_CALL = 4,    /* each exported call with arguments and result */
    TRACE_DEBUG = 5    /* packets, timers */
};

/* line has no newline; it is valid during the call only. May be called from any thread. */
typedef void trace_sink_fn(void *context, enum trace_level level, const char *line);

/* NULL sink or TRACE_NONE turns logging off. For start-up and tests: not while others trace. */
void trace_set_sink(trace_sink_fn *sink, void *context, enum trace_level level);

extern enum trace_level trace_current_level;
static inline bool trace_enabled(enum trace_level level)
{
    return level <= trace_current_level;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void trace_write(enum trace_level level, const char *format, ...);

/* TRACE(INFO, "…", …): arguments are evaluated only when the level is on. UTF-16 text is given
 * through trace_u16. Addresses as %u.%u.%u.%u. */
#define TRACE(level, ...)                                                          \
    do {                                                                           \
        if (trace_enabled(TRACE_##level)) trace_write(TRACE_##level, __VA_ARGS__); \
    } while (0)

#include <uchar.h>
struct trace_text {
    char text[400];
};
/* UTF-8 of s for a %s; "(null)" for NULL; cut with "..." when long. Lives until the end of the
 * enclosing expression: TRACE(INFO, "%s", trace_u16(name).text). */
struct trace_text trace_u16(const char16_t *s);

#endif

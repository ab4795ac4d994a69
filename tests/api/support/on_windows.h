/* Marks for a run of the API tests on Windows itself, where a program finds Windows' mprapi.dll.
 *
 * The programs build for it as they are: they see SDK headers only. A case ends at a mark there, as
 * skipped, and says why; under Wine a mark does nothing. MPRAPI_TESTS_ON_WINDOWS=yes makes a run
 * under Wine stop at them, too, which shows what is left for Windows.
 */
#ifndef TESTS_API_ON_WINDOWS_H
#define TESTS_API_ON_WINDOWS_H

/* From here on the case is about something that this library adds and Windows does not have. */
#define OURS_ALONE(what) on_windows_stop("not on Windows", what, __FILE__, __LINE__)
/* From here on Windows is known to do otherwise: `how`, with the document that says so. */
#define WINDOWS_DIFFERS(how) on_windows_stop("Windows differs", how, __FILE__, __LINE__)

/* Does not return on Windows. */
void on_windows_stop(const char *kind, const char *reason, const char *file, int line);

/* For main: all cases of the program are about something that only this library has. Ends it on
 * Windows. */
void on_windows_end(const char *what);

/* Ends the program on Windows unless MPRAPI_TESTS_ON_WINDOWS is "yes": the tests replace the
 * machine's router configuration. */
void on_windows_ask_leave(void);

#endif

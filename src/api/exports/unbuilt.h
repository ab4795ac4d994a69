/* What the functions that are not built yet need from the rest of src/api. */
#ifndef MPR_API_UNBUILT_H
#define MPR_API_UNBUILT_H

/* Says in the log that a program called a function that this library only answers, but does not
 * perform. Called at most once per name and process, from the calling thread, outside every lock;
 * name is a static string. Must not change the thread's last error. Implemented by trace.c. */
void api_note_unbuilt(const char *name);

#endif

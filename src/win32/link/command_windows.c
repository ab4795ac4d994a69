/* A program on Windows: a process in a job that dies with the job's last handle. */
#include "win32/link/command_run.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* What the program inherits, and nothing else. */
enum { END_INPUT, END_OUTPUT, END_STATUS, END_COUNT };

static SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};

/* The end to read from. */
static mpr_status make_input(const struct blob *input, HANDLE *ret)
{
    DWORD written = 0;
    HANDLE end;

    if (!input || !input->size) {
        *ret = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                           OPEN_EXISTING, 0, NULL);
        if (*ret == INVALID_HANDLE_VALUE) *ret = NULL;
        return *ret ? ST_OK : ST_CAN_NOT_COMPLETE;
    }
    if (input->size > COMMAND_INPUT_MAX || !CreatePipe(ret, &end, &inherited, COMMAND_INPUT_MAX))
        return ST_CAN_NOT_COMPLETE;
    SetHandleInformation(end, HANDLE_FLAG_INHERIT, 0);
    WriteFile(end, input->data, (DWORD)input->size, &written, NULL);
    CloseHandle(end);
    return written == input->size ? ST_OK : ST_CAN_NOT_COMPLETE;
}

/* The end to write to; the other one is the reader's. */
static mpr_status make_output(struct command_reader *reader, HANDLE *ret)
{
    if (!CreatePipe(&reader->end, ret, &inherited, 0)) return ST_CAN_NOT_COMPLETE;
    SetHandleInformation(reader->end, HANDLE_FLAG_INHERIT, 0);
    return ST_OK;
}

/* Our environment and one variable more; NULL: out of memory. */
static WCHAR *make_environment(HANDLE status)
{
    WCHAR variable[64], *all = GetEnvironmentStringsW(), *ret = NULL;
    size_t units = 0, more;

    if (!all) return NULL;
    while (all[units]) units += wcslen(all + units) + 1;
    more = (size_t)_snwprintf(variable, ARRAYSIZE(variable), L"MPRAPI_STATUS_HANDLE=%lu",
                              (unsigned long)(ULONG_PTR)status) +
           1;
    ret = mem_alloc((units + more + 1) * sizeof(*ret));
    if (ret) {
        memcpy(ret, all, units * sizeof(*ret));
        memcpy(ret + units, variable, more * sizeof(*ret));
    }
    FreeEnvironmentStringsW(all);
    return ret;
}

static bool create(WCHAR *line, HANDLE *ends, LPPROC_THREAD_ATTRIBUTE_LIST list,
                   PROCESS_INFORMATION *ret)
{
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};
    DWORD flags = CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT |
                  CREATE_UNICODE_ENVIRONMENT;
    WCHAR *environment;
    BOOL created;

    if (!UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, ends,
                                   END_COUNT * sizeof(*ends), NULL, NULL))
        return false;
    environment = make_environment(ends[END_STATUS]);
    if (!environment) return false;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = ends[END_INPUT];
    startup.StartupInfo.hStdOutput = startup.StartupInfo.hStdError = ends[END_OUTPUT];
    created = CreateProcessW(NULL, line, NULL, NULL, TRUE, flags, environment, NULL,
                             &startup.StartupInfo, ret);
    mem_free(environment);
    return created;
}

static mpr_status create_with_list(WCHAR *line, HANDLE *ends, PROCESS_INFORMATION *ret)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list;
    SIZE_T size = 0;
    bool created = false;

    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    list = mem_alloc(size);
    if (!list) return ST_NOT_ENOUGH_MEMORY;
    if (InitializeProcThreadAttributeList(list, 1, 0, &size)) {
        created = create(line, ends, list, ret);
        DeleteProcThreadAttributeList(list);
    }
    mem_free(list);
    return created ? ST_OK : ST_CAN_NOT_COMPLETE;
}

static mpr_status start_in_job(WCHAR *line, HANDLE *ends, struct command_run *run)
{
    PROCESS_INFORMATION process;
    mpr_status status = create_with_list(line, ends, &process);

    if (status != ST_OK) return status;
    AssignProcessToJobObject(run->leash, process.hProcess);
    ResumeThread(process.hThread);
    CloseHandle(process.hThread);
    run->process = process.hProcess;
    return ST_OK;
}

mpr_status command_windows_start(char16_t *line, const struct blob *input, struct command_run *run)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE ends[END_COUNT] = {NULL};
    mpr_status status;

    run->leash = CreateJobObjectW(NULL, NULL);
    if (!run->leash) return ST_CAN_NOT_COMPLETE;
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(run->leash, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
    status = make_input(input, &ends[END_INPUT]);
    if (status == ST_OK) status = make_output(&run->readers[COMMAND_OUTPUT], &ends[END_OUTPUT]);
    if (status == ST_OK) status = make_output(&run->readers[COMMAND_STATUS], &ends[END_STATUS]);
    if (status == ST_OK) status = start_in_job((WCHAR *)line, ends, run);
    for (int n = 0; n < END_COUNT; n++) {
        if (ends[n]) CloseHandle(ends[n]);
    }
    return status;
}

uint32_t command_windows_run(struct command_run *run)
{
    DWORD code = 255;

    WaitForSingleObject(run->process, INFINITE);
    GetExitCodeProcess(run->process, &code);
    return code;
}

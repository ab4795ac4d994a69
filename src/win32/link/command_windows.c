/* A program on Windows: a process in a job that dies with the job's last handle. */
#include "win32/link/command_run.h"

#include "base/mem.h"

/* The end to read from, which the program inherits. */
static mpr_status make_input(const struct blob *input, HANDLE *ret)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    DWORD written = 0;
    HANDLE end;

    if (input->size > COMMAND_INPUT_MAX || !CreatePipe(ret, &end, &inherited, COMMAND_INPUT_MAX))
        return ST_CAN_NOT_COMPLETE;
    SetHandleInformation(end, HANDLE_FLAG_INHERIT, 0);
    WriteFile(end, input->data, (DWORD)input->size, &written, NULL);
    CloseHandle(end);
    if (written == input->size) return ST_OK;
    CloseHandle(*ret);
    *ret = NULL;
    return ST_CAN_NOT_COMPLETE;
}

/* With an input: that handle is inherited, and no other one. */
static bool create(WCHAR *line, HANDLE input, LPPROC_THREAD_ATTRIBUTE_LIST list,
                   PROCESS_INFORMATION *ret)
{
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};
    DWORD flags = CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT;

    if (input && !UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &input,
                                            sizeof(input), NULL, NULL))
        return false;
    if (input) startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = input;
    return CreateProcessW(NULL, line, NULL, NULL, input != NULL, flags, NULL, NULL,
                          &startup.StartupInfo, ret);
}

static mpr_status create_with_list(WCHAR *line, HANDLE input, PROCESS_INFORMATION *ret)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list;
    SIZE_T size = 0;
    bool created = false;

    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    list = mem_alloc(size);
    if (!list) return ST_NOT_ENOUGH_MEMORY;
    if (InitializeProcThreadAttributeList(list, 1, 0, &size)) {
        created = create(line, input, list, ret);
        DeleteProcThreadAttributeList(list);
    }
    mem_free(list);
    return created ? ST_OK : ST_CAN_NOT_COMPLETE;
}

static mpr_status start_in_job(WCHAR *line, HANDLE input, struct command_run *run)
{
    PROCESS_INFORMATION process;
    mpr_status status = create_with_list(line, input, &process);

    if (status) return status;
    AssignProcessToJobObject(run->leash, process.hProcess);
    ResumeThread(process.hThread);
    CloseHandle(process.hThread);
    run->process = process.hProcess;
    return ST_OK;
}

mpr_status command_windows_start(char16_t *line, const struct blob *input, struct command_run *run)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE end = NULL;
    mpr_status status = ST_OK;

    run->leash = CreateJobObjectW(NULL, NULL);
    if (!run->leash) return ST_CAN_NOT_COMPLETE;
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(run->leash, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
    if (input && input->size) status = make_input(input, &end);
    if (!status) status = start_in_job((WCHAR *)line, end, run);
    if (end) CloseHandle(end);
    return status;
}

uint32_t command_windows_run(struct command_run *run)
{
    DWORD code = 255;

    WaitForSingleObject(run->process, INFINITE);
    GetExitCodeProcess(run->process, &code);
    return code;
}

/* Where words go and secrets come from: a console, or a file or pipe in UTF-8. */
#include "mprctl/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_console(HANDLE handle)
{
    DWORD mode;

    return handle && GetConsoleMode(handle, &mode);
}

void console_start(void)
{
    /* A program that is started without them has none. */
    SetErrorMode(SEM_FAILCRITICALERRORS);
}

static void write_octets(HANDLE handle, const char *text)
{
    size_t left = strlen(text);
    DWORD written = 0;

    while (left && WriteFile(handle, text, (DWORD)left, &written, NULL) && written) {
        text += written;
        left -= written;
    }
}

/* Consoles of old Windows take no more than some 30,000 characters at once. */
static void write_wide(HANDLE handle, const char *text)
{
    WCHAR *wide = wide_of(text), *at = wide;
    size_t left = wcslen(wide);
    DWORD written = 0;

    while (left && WriteConsoleW(handle, at, left > 8192 ? 8192 : (DWORD)left, &written, NULL) &&
           written) {
        at += written;
        left -= written;
    }
    free(wide);
}

static void print_to(DWORD which, const char *text)
{
    HANDLE handle = GetStdHandle(which);

    if (is_console(handle))
        write_wide(handle, text);
    else if (handle)
        write_octets(handle, text);
}

void console_print(const char *text)
{
    print_to(STD_OUTPUT_HANDLE, text);
}

void console_complain(const char *text)
{
    print_to(STD_ERROR_HANDLE, text);
}

size_t console_width(void)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    HANDLE handle = GetStdHandle(STD_OUTPUT_HANDLE);

    if (!handle || !GetConsoleScreenBufferInfo(handle, &info)) return 0;
    return info.srWindow.Right >= info.srWindow.Left
               ? (size_t)(info.srWindow.Right - info.srWindow.Left) + 1
               : 0;
}

bool console_clear(void)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    HANDLE handle = GetStdHandle(STD_OUTPUT_HANDLE);
    const COORD home = {0, 0};
    DWORD cells, written;

    if (!handle || !GetConsoleScreenBufferInfo(handle, &info)) return false;
    cells = (DWORD)info.dwSize.X * (DWORD)info.dwSize.Y;
    FillConsoleOutputCharacterW(handle, L' ', cells, home, &written);
    SetConsoleCursorPosition(handle, home);
    return true;
}

/* ---- input ----------------------------------------------------------------------------------- */

/* A line of a console, whose echo is off meanwhile. */
static char *read_console(HANDLE handle, const char *prompt)
{
    WCHAR line[600] = {0};
    DWORD mode = 0, length = 0;
    char *text;

    GetConsoleMode(handle, &mode);
    console_complain(prompt);
    SetConsoleMode(handle,
                   (mode & ~(DWORD)ENABLE_ECHO_INPUT) | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT);
    if (!ReadConsoleW(handle, line, COUNT_OF(line) - 1, &length, NULL)) length = 0;
    SetConsoleMode(handle, mode);
    console_complain("\n");
    if (!length) return NULL;
    while (length && (line[length - 1] == L'\n' || line[length - 1] == L'\r')) length--;
    line[length] = 0;
    text = utf8_of(line);
    SecureZeroMemory(line, sizeof(line));
    return text;
}

/* Octet by octet, so that what follows is left to the next reader. */
static char *read_line(HANDLE handle)
{
    char line[1200] = {0}, *text;
    size_t length = 0;
    DWORD got = 0;
    bool any = false;

    while (length + 1 < sizeof(line) && ReadFile(handle, line + length, 1, &got, NULL) && got) {
        any = true;
        if (line[length] == '\n') break;
        length++;
    }
    if (length && line[length - 1] == '\r') length--;
    text = any ? text_dup_part(line, length) : NULL;
    SecureZeroMemory(line, sizeof(line));
    return text;
}

char *console_secret(const struct session *s, const char *prompt)
{
    HANDLE handle = GetStdHandle(STD_INPUT_HANDLE);

    if (s->script) return script_line(s->script);
    return is_console(handle) ? read_console(handle, prompt) : read_line(handle);
}

static HANDLE open_input(const char *name)
{
    WCHAR *path = wide_of(name);
    HANDLE handle = !strcmp(name, "-") ? GetStdHandle(STD_INPUT_HANDLE)
                                       : CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL,
                                                     OPEN_EXISTING, 0, NULL);

    free(path);
    return handle ? handle : INVALID_HANDLE_VALUE;
}

char *console_read_file(const char *name, DWORD *code)
{
    HANDLE handle = open_input(name);
    struct text all = {0};
    char part[4096];
    DWORD got = 0;

    *code = handle == INVALID_HANDLE_VALUE ? GetLastError() : NO_ERROR;
    if (*code != NO_ERROR) return NULL;
    text_add(&all, "");
    while (ReadFile(handle, part, sizeof(part), &got, NULL) && got) text_add_part(&all, part, got);
    if (strcmp(name, "-") != 0) CloseHandle(handle);
    return all.data;
}

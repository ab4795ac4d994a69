#include "mprctl/cli/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *have(void *memory)
{
    if (!memory) {
        fputs("mprctl: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

void *text_alloc(size_t size)
{
    return have(calloc(1, size ? size : 1));
}

void *text_grow(void *array, size_t count, size_t size)
{
    if (count & (count - 1)) return array;
    if (count > SIZE_MAX / 2 / size) have(NULL);
    return have(realloc(array, (count ? count * 2 : 1) * size));
}

char *text_dup_part(const char *text, size_t length)
{
    char *copy = text_alloc(length + 1);

    memcpy(copy, text, length);
    return copy;
}

char *text_dup(const char *text)
{
    return text_dup_part(text, strlen(text));
}

void text_wipe(char *text)
{
    volatile char *at = text;

    while (at && *at) *at++ = 0;
    free(text);
}

char text_lower(char c)
{
    if (c < 'A' || c > 'Z') return c;
    return (char)(c | 0x20);
}

bool text_same(const char *a, const char *b)
{
    while (*a && text_lower(*a) == text_lower(*b)) a++, b++;
    return text_lower(*a) == text_lower(*b);
}

bool text_begins(const char *text, const char *beginning)
{
    while (*beginning && text_lower(*text) == text_lower(*beginning)) text++, beginning++;
    return !*beginning;
}

static void make_room(struct text *t, size_t more)
{
    size_t room = t->room ? t->room : 64;

    if (more > SIZE_MAX / 2 - 1 - t->length) have(NULL);
    while (room < t->length + more + 1) room *= 2;
    if (room == t->room) return;
    t->data = have(realloc(t->data, room));
    t->room = room;
}

void text_add_part(struct text *t, const char *more, size_t length)
{
    make_room(t, length);
    memcpy(t->data + t->length, more, length);
    t->length += length;
    t->data[t->length] = 0;
}

void text_add(struct text *t, const char *more)
{
    text_add_part(t, more, strlen(more));
}

void text_fill(struct text *t, char octet, size_t count)
{
    make_room(t, count);
    memset(t->data + t->length, octet, count);
    t->length += count;
    t->data[t->length] = 0;
}

TEXT_FORMAT(2, 0)
static void add_list(struct text *t, const char *format, va_list list)
{
    va_list again;
    int length;

    va_copy(again, list);
    length = vsnprintf(NULL, 0, format, list);
    if (length > 0) {
        make_room(t, (size_t)length);
        vsnprintf(t->data + t->length, (size_t)length + 1, format, again);
        t->length += (size_t)length;
    }
    va_end(again);
}

void text_addf(struct text *t, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    add_list(t, format, list);
    va_end(list);
}

char *text_format(const char *format, ...)
{
    struct text t = {0};
    va_list list;

    va_start(list, format);
    add_list(&t, format, list);
    va_end(list);
    return t.data ? t.data : text_alloc(1);
}

const char *text_of(const struct text *t)
{
    return t->data ? t->data : "";
}

void text_free(struct text *t)
{
    free(t->data);
    *t = (struct text){0};
}

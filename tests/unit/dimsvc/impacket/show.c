#include "show.h"

#include <stdio.h>
#include <string.h>

static struct {
    char text[200];
    size_t length;
} path;

size_t show_enter(const char *name)
{
    size_t above = path.length;
    size_t length = strlen(name);

    memcpy(path.text + path.length, name, length);
    path.length += length;
    path.text[path.length++] = '.';
    return above;
}

size_t show_enter_element(size_t index)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%zu", index);
    return show_enter(digits);
}

void show_leave(size_t above)
{
    path.length = above;
}

static void name_of(const char *name)
{
    printf(" %.*s%s=", (int)path.length, path.text, name);
}

void show_number(const char *name, uint64_t value)
{
    name_of(name);
    printf("%llu", (unsigned long long)value);
}

void show_null(const char *name)
{
    name_of(name);
    putchar('-');
}

void show_hex(const char *name, const void *octets, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *octet = octets;
    size_t i;

    name_of(name);
    for (i = 0; i < size; i++) {
        putchar(digits[octet[i] >> 4]);
        putchar(digits[octet[i] & 15]);
    }
}

void show_units(const char *name, const char16_t *units, size_t count)
{
    size_t i;

    name_of(name);
    for (i = 0; i < count; i++) printf("%02x%02x", units[i] & 0xffu, units[i] >> 8);
}

void show_text(const char *name, const char16_t *text)
{
    size_t units = 0;

    if (!text) {
        show_null(name);
        return;
    }
    while (text[units]) units++;
    show_units(name, text, units);
}

void show_octets(const char *size_name, const char *name, const struct dim_octets *octets)
{
    show_number(size_name, octets->size);
    if (octets->data)
        show_hex(name, octets->data, octets->size);
    else
        show_null(name);
}

bool show_worth(const void *object, size_t size)
{
    const uint8_t *octet = object;
    size_t i;

    for (i = 0; i < size && octet[i] == 0; i++) {
    }
    return i < size;
}

void show_header(const char *name, const struct dim_header *header)
{
    size_t above = show_enter(name);

    show_number("revision", header->revision);
    show_number("type", header->type);
    show_number("size", header->size);
    show_leave(above);
}

void show_policy(const char *name, const struct dim_policy *policy)
{
    static const char *const names[] = {
        "dwIntegrityMethod",       "dwEncryptionMethod", "dwCipherTransformConstant",
        "dwAuthTransformConstant", "dwPfsGroup",         "dwDhGroup"};
    size_t above, i;

    if (!policy) {
        show_null(name);
        return;
    }
    above = show_enter(name);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) show_number(names[i], policy->method[i]);
    show_leave(above);
}

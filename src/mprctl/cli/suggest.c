#include "mprctl/cli/suggest.h"

#include <string.h>

#include "mprctl/cli/text.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t length_of(const char *word)
{
    return least(strlen(word), SUGGEST_LONGEST);
}

size_t suggest_distance(const char *a, const char *b)
{
    size_t rows[3][SUGGEST_LONGEST + 1] = {{0}}, width = length_of(b), height = length_of(a);

    for (size_t j = 0; j <= width; j++) rows[0][j] = j;
    for (size_t i = 1; i <= height; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            char x = text_lower(a[i - 1]), y = text_lower(b[j - 1]);

            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == text_lower(b[j - 2]) && text_lower(a[i - 2]) == y)
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[height % 3][width];
}

void suggest_offer(struct suggestion *s, const char *word)
{
    size_t distance = suggest_distance(s->word, word), letters = length_of(word);

    if (distance > (letters < 3 ? 1 : letters / 3)) return;
    if (*s->best && distance >= s->distance) return;
    memset(s->best, 0, sizeof(s->best));
    memcpy(s->best, word, letters);
    s->distance = distance;
}

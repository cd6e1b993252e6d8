/* SPDX-License-Identifier: MIT */
/* embed - puts the files named on its command line into a C header on stdout.
 *
 *   embed [--as NAME] FILE...     struct NAME_file NAME_files[] (sql)
 *
 * Runs while building. Texts become arrays of characters, not string literals:
 * those may not be longer than 4095 bytes in standard C.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int embed(const char *as, const char *path, int number)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "embed: cannot open '%s': %s\n", path, strerror(errno));
        return 1;
    }
    printf("static const char %s_text_%d[] = {", as, number);
    int c;
    for (size_t i = 0; (c = getc(file)) != EOF; i++) {
        const char *before = i % 16 ? " " : "\n    ";
        /* As a character constant it fits whether or not char has a sign. */
        if (c < 0x80)
            printf("%s%d,", before, c);
        else
            printf("%s'\\x%02x',", before, (unsigned)c);
    }
    printf("\n    0\n};\n\n");
    int failed = ferror(file);
    if (failed)
        fprintf(stderr, "embed: cannot read '%s': %s\n", path, strerror(errno));
    fclose(file);
    return failed;
}

int main(int argc, char **argv)
{
    int named = argc > 2 && strcmp(argv[1], "--as") == 0;
    const char *as = named ? argv[2] : "sql";
    int first = named ? 3 : 1;
    printf("/* Made by store/tool/embed.c; changes are lost. */\n\n");
    for (int i = first; i < argc; i++)
        if (embed(as, argv[i], i))
            return 1;
    printf("struct %s_file {\n    const char *path;\n    const char *text;\n};\n\n", as);
    printf("static const struct %s_file %s_files[] = {\n", as, as);
    for (int i = first; i < argc; i++)
        printf("    { \"%s\", %s_text_%d },\n", argv[i], as, i);
    printf("};\n");
    if (fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "embed: cannot write: %s\n", strerror(errno));
        return 1;
    }
    return 0;
}

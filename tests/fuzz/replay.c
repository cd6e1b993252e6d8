/* SPDX-License-Identifier: MIT */
/* replay - gives a fuzzer each file of the folders named, once. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        return 1;
    }
    long size = ftell(file);
    rewind(file);
    /* Exactly as long as the input, so that the sanitizer sees reading beyond it. */
    uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1);
    size_t len = bytes && size > 0 ? fread(bytes, 1, (size_t)size, file) : 0;
    fclose(file);
    if (!bytes || len != (size_t)size) {
        perror(path);
        free(bytes);
        return 1;
    }
    LLVMFuzzerTestOneInput(bytes, len);
    free(bytes);
    return 0;
}

int main(int argc, char **argv)
{
    int files = 0, failed = 0;
    for (int i = 1; i < argc; i++) {
        struct dirent **entries;
        int count = scandir(argv[i], &entries, NULL, alphasort);
        for (int j = 0; j < count; j++) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", argv[i], entries[j]->d_name);
            if (entries[j]->d_name[0] != '.') {
                failed += replay_file(path);
                files++;
            }
            free(entries[j]);
        }
        if (count >= 0)
            free(entries);
    }
    printf("%d files\n", files);
    return failed || !files;
}

/* SPDX-License-Identifier: MIT */
#include "kit.h"

#include "engine/run/settings.h"

#include <sys/stat.h>

struct place {
    char folder[64], path[128];
};

static struct place place_with(const char *text)
{
    struct place place;
    strcpy(place.folder, "/tmp/reeve-settings-XXXXXX");
    assert_non_null(mkdtemp(place.folder));
    snprintf(place.path, sizeof place.path, "%s/reeve.yaml", place.folder);
    FILE *file = fopen(place.path, "wb");
    fputs(text, file);
    fclose(file);
    return place;
}

static void place_drop(const struct place *place)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
}

static void good(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct settings settings;
    struct place secret = place_with("s3cret\n");
    struct place place = place_with(arena_printf(arena,
        "database: /var/lib/reeve/reeve.db\nbase_url: https://reeve.example.org//\nmail:\n"
        "  server: smtps://relay.example.org:465\n  from: Torbay Council SEND <send@example.org>\n"
        "  user: reeve\n  password_file: %s\n", secret.path));
    ok(settings_read(place.path, arena, &settings, diags_new(arena), &err));
    assert_string_equal(settings.database, "/var/lib/reeve/reeve.db");
    assert_string_equal(settings.base_url, "https://reeve.example.org");
    assert_string_equal(settings.mail_server, "smtps://relay.example.org:465");
    assert_string_equal(settings.mail_from, "Torbay Council SEND <send@example.org>");
    assert_string_equal(settings.mail_user, "reeve");
    assert_string_equal(settings.mail_password, "s3cret");
    place_drop(&place);
    place = place_with("\xef\xbb\xbf" "database: x\nmail: {from: send@a.org}\n");
    ok(settings_read(place.path, arena, &settings, diags_new(arena), &err));
    assert_string_equal(settings.mail_from, "send@a.org");
    place_drop(&place);
    place = place_with("# nothing said\n");
    ok(settings_read(place.path, arena, &settings, diags_new(arena), &err));
    assert_null(settings.mail_server);
    assert_null(settings.database);
    place_drop(&place);
    place_drop(&secret);
    arena_free(arena);
}

static void bad(void **state)
{
    (void)state;
    static const struct {
        const char *text, *finding;
        int line;
    } table[] = {
        { "datbase: x\n", "unknown key 'datbase'", 1 },
        { "mail:\n  sever: smtp://x\n", "unknown key 'sever'", 2 },
        { "database: x\nmail: smtp://x\n", "'mail' holds server, from, user, password_file", 2 },
        { "database: [x]\n", "'database' is one line of text", 1 },
        { "mail: {server: http://x}\n", "a mail server is written smtp://HOST:PORT", 1 },
        { "mail: {server: relay.example.org}\n", "a mail server is written smtp://HOST:PORT", 1 },
        { "mail:\n  server: smtp://\n", "a mail server is written smtp://HOST:PORT", 2 },
        { "mail:\n  from: nobody\n", "mail comes from an address", 2 },
        { "mail: {from: 'Us <send@>'}\n", "mail comes from an address", 1 },
        { "mail: {from: 'Us <send@a.org'}\n", "mail comes from an address", 1 },
        { "mail: {from: 'send@a.org, more@a.org'}\n", "mail comes from an address", 1 },
        { "database: x\ndatabase: y\n", "", 2 },
        { "a: [\n", "", 0 },
        { "- x\n", "", 1 },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct arena *arena = arena_new();
        struct place place = place_with(table[i].text);
        struct diags *diags = diags_new(arena);
        struct settings settings = { .database = "as it was" };
        fails(ERR_PACK, "error", settings_read(place.path, arena, &settings, diags, &err));
        assert_string_equal(settings.database, "as it was");
        assert_true(diags->count >= 1);
        if (!strstr(diags->at[0].text, table[i].finding))
            fail_msg("%s: %s", table[i].text, diags->at[0].text);
        if (table[i].line)
            assert_int_equal(diags->at[0].span.line, table[i].line);
        place_drop(&place);
        arena_free(arena);
    }
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct settings settings;
    struct place place =
        place_with("mail: {password_file: /no/such/file, server: 'smtp://x:25'}\n");
    fails(ERR_SYSTEM, "mail.password_file: cannot open '/no/such/file'",
          settings_read(place.path, arena, &settings, diags_new(arena), &err));
    fails(ERR_UNKNOWN, "cannot open",
          settings_read("/no/such/reeve.yaml", arena, &settings, diags_new(arena), &err));
    place_drop(&place);
    place = place_with("mail: {password_file: /tmp}\n");
    fails(ERR_SYSTEM, "mail.password_file: cannot read '/tmp'",
          settings_read(place.path, arena, &settings, diags_new(arena), &err));
    place_drop(&place);
    char *large = arena_alloc(arena, SETTINGS_BYTES_MAX + 10);
    memset(large, '#', SETTINGS_BYTES_MAX + 5);
    place = place_with(large);
    fails(ERR_LIMIT, "larger than",
          settings_read(place.path, arena, &settings, diags_new(arena), &err));
    place_drop(&place);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good),
        cmocka_unit_test(bad),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

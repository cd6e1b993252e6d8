/* SPDX-License-Identifier: MIT */
/* The table of commands. Dispatch, help, did-you-mean and completion read it. */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"

#include <string.h>

#define FLAG(id, name, value, doc) static const struct flag flag_##id = { name, value, doc }
FLAG(db, "db", "FILE", "the database; else $REEVE_DB, else reeve.db here");
FLAG(json, "json", NULL, "for programs: one JSON object, refusals too");
FLAG(as, "as", "WHO", "who does it: an e-mail address or a role");
FLAG(on, "on", "DATE", "the day it happened (today); not in the future");
FLAG(key, "key", "KEY", "the same key with the same content is answered, not done, again");
FLAG(why, "why", "TEXT", "the reason, which goes on record");
FLAG(file, "file", "FILE", "proof: kept with the case; up to 10 MB, or as the pack says");
FLAG(out, "out", "FILE", "where it is written, a new file; -o for short");
FLAG(urn, "school", "URN", "the school's number; without it the case is the authority's");
FLAG(format, "format", "FORM", "text, json, sarif or github");
FLAG(coverage, "coverage", NULL, "what the scenarios reach of the pack's own rules, and what not");
FLAG(min, "min", "PERCENT", "with 1 if less is reached: for a hook; means --coverage too");
FLAG(check, "check", NULL, "changes nothing: names the files that are not tidy, and exits with 1");
FLAG(diff, "diff", NULL, "changes nothing: shows what would change");
FLAG(extends, "extends", "PACK", "the pack it stands on; only what differs is written");
FLAG(svg_out, "out", "FILE", "where the picture is written; -o for short; else to stdout");
FLAG(drawing, "format", "FORM", "svg, or dot for Graphviz");
FLAG(resolved, "resolved", NULL, "each line with the file it came from");
FLAG(pack, "pack", "PACK", "the pack whose calendars count; with /PROCESS its settings too");
FLAG(calendar, "calendar", "NAME", "another of its calendars, such as tribunal");
FLAG(roll, "roll", "RULE", "what becomes of a date that does not count: 'next working day'");
FLAG(of_school, "school", "URN", "by this school's own calendar, if the pack has one");
FLAG(since, "on", "DATE", "says also how many days it is from then");
FLAG(picture, "picture", NULL, "draws the days that count and those that do not");
FLAG(into, "into", "FILE", "the calendar that takes them (calendar.yaml)");
FLAG(division, "division", "NAME",
     "whose bank holidays (england-and-wales): also scotland, northern-ireland");
FLAG(prune, "prune", NULL, "takes bank holidays out that the file imported no longer has");
FLAG(dry_run, "dry-run", NULL, "only says what would change");
FLAG(from, "from", "DATE", "new cases get it from this day on (today)");
FLAG(by_who, "by", "WHO", "with `add`: the role whose item it is");
FLAG(by, "by", "NAME", "who answered");
FLAG(how, "how", "WAY", "paper, link or telephone");
FLAG(unsent, "unsent", NULL, "only those that were not sent yet");
FLAG(where, "where", "WHICH", "only such: 'process=annual-review school=900001 role=caseworker'");
FLAG(named, "named", "NAME", "what somebody is called whose address is new here");
FLAG(to, "to", "DATE", "the new last day");
FLAG(as_of, "as-of", "DATE", "as it was at the end of that day");
FLAG(state, "state", "STATE", "only cases in this state");
FLAG(process, "process", "PROCESS", "only of this process");
FLAG(school, "school", "URN", "only of this school");
FLAG(overdue, "overdue", NULL, "only cases with something past its do-by date");
FLAG(all, "all", NULL, "closed cases too");
FLAG(limit, "limit", "N", "at most so many (1000)");
FLAG(after, "after", "NUMBER", "cases with a higher number: the next page");
FLAG(who, "who", "WHO", "whose: an e-mail address or a role");
FLAG(until, "until", "DATE", "to be done by this day at the latest");
FLAG(opens_until, "until", "DATE", "all days up to this one; without it the next of each");
FLAG(config, "config", "FILE", "the settings; else reeve.yaml beside the database");
FLAG(now, "now", "INSTANT", "a made-up clock for rehearsals: 2026-12-16T08:00");
FLAG(force, "force", NULL, "in place of a database that is there");

#define FLAGS(...) ((const struct flag *const[]){ __VA_ARGS__, NULL })
#define EXAMPLES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const char rules[] = "Rules (no database needed)";
static const char setup[] = "Setting up";
static const char acts[] = "What happened";
static const char looks[] = "Looking";
static const char keeps[] = "The service, and keeping the database";
static const char more[] = "Help";

static const struct command commands[] = {
    { "new", "DIR [--extends PACK]", "Starts a pack that checks and passes its own story.", rules,
      EXAMPLES("new moorland", "new examples/moorland --extends examples/england"),
      FLAGS(&flag_extends, &flag_json), 1, 1, "the name will not do, or is taken", new_run },
    { "fmt", "PACK|FILE... [--check] [--diff]",
      "Tidies YAML: remarks, order and meaning stay.", rules,
      EXAMPLES("fmt examples/torbay", "fmt examples/torbay --diff",
               "fmt examples/torbay/pack.yaml examples/torbay/calendar.yaml --check"),
      FLAGS(&flag_check, &flag_diff, &flag_json), 1, ARGS_MAX,
      "a file is not tidy, or cannot be read", fmt_run },
    { "check", "PACK [--format text|json|sarif|github]",
      "Reads a pack, reports everything, changes nothing.", rules,
      EXAMPLES("check examples/torbay", "check examples/torbay --format github",
               "check examples/torbay --format sarif > torbay.sarif"),
      FLAGS(&flag_format, &flag_json), 1, 1, "errors were found", check_run },
    { "test", "PACK [NAME...] [--coverage] [--min PERCENT]",
      "Plays a pack's scenarios under a made-up clock.", rules,
      EXAMPLES("test examples/torbay", "test examples/torbay christmas",
               "test examples/torbay --coverage --min 90"),
      FLAGS(&flag_coverage, &flag_min, &flag_json), 1, ARGS_MAX,
      "a scenario failed, or less than --min is reached", test_run },
    { "show", "PACK[/PROCESS] [--resolved]", "Shows a process as text, or lists a pack's.", rules,
      EXAMPLES("show examples/torbay", "show examples/torbay/annual-review --resolved"),
      FLAGS(&flag_resolved, &flag_json), 1, 1, "no such process", show_run },
    { "draw", "PACK/PROCESS [-o FILE.svg] [--format svg|dot]",
      "Draws a process as a picture that a meeting can read on paper.", rules,
      EXAMPLES("draw examples/torbay/annual-review -o annual-review.svg",
               "draw examples/torbay/annual-review --format dot"),
      FLAGS(&flag_svg_out, &flag_drawing), 1, 1, "no such process", draw_run },
    { "when", "\"MOMENT\"... NAME=DATE... --pack PACK[/PROCESS]",
      "Works dates out and explains them.", rules,
      EXAMPLES("when '10 working days after meeting' meeting=2026-12-14 --pack examples/torbay",
               "when 'earlier of (8 weeks after notice and 12 weeks after meeting)' "
               "meeting=2026-12-14 'notice=?' --pack examples/england",
               "when 'before 15 February in year' year=2027 --pack examples/england",
               "when 'report_within after hold' hold=2026-12-14 "
               "--pack examples/torbay/annual-review",
               "when '2 weeks after held' '10 working days after held' held=2026-12-14 --picture "
               "--on 2026-12-16 --pack examples/torbay"),
      FLAGS(&flag_pack, &flag_calendar, &flag_of_school, &flag_roll, &flag_since, &flag_picture,
            &flag_json), 1, ARGS_MAX,
      "not a moment, or not a date", when_run },
    { "schema", "", "Prints what every key means, as a JSON Schema for editors.", rules,
      EXAMPLES("schema > reeve.schema.json"), FLAGS(NULL), 0, 0, "never", schema_run },
    { "stubs", "[PACK]", "Prints what Lua may use, for editors; and what the pack's cases hold.",
      rules, EXAMPLES("stubs > lua/reeve.lua", "stubs examples/torbay"), FLAGS(NULL), 0, 1,
      "errors were found", stubs_run },

    { "calendar", "import FILE [--into CALENDAR.yaml]",
      "Brings bank holidays or school terms into a calendar; says what changes.", rules,
      EXAMPLES("calendar import bank-holidays.json --into examples/england/calendar.yaml",
               "calendar import terms.csv --into examples/torbay/calendar.yaml --dry-run",
               "calendar import terms.ics --into examples/torbay/calendar.yaml --dry-run"),
      FLAGS(&flag_into, &flag_division, &flag_prune, &flag_dry_run, &flag_json), 2, 2,
      "it is not understood, or does not fit: nothing was changed", calendar_run },

    { "publish", "PACK [--from DATE]",
      "Checks, tests and stores a pack: new cases get it from then on.", setup,
      EXAMPLES("publish examples/torbay", "publish examples/torbay --from 2027-01-01"),
      FLAGS(&flag_from, &flag_as, &flag_db, &flag_json), 1, 1,
      "errors, or a scenario failed: nothing was published", publish_run },
    { "versions", "[PACK]", "Lists what was published, when, by whom.", setup,
      EXAMPLES("versions", "versions torbay --json"), FLAGS(&flag_db, &flag_json), 0, 1,
      "no such pack", versions_run },
    { "schools", "import FILE.csv", "Brings schools in: urn,name,phase.", setup,
      EXAMPLES("schools import examples/caseload/schools.csv"), FLAGS(&flag_db, &flag_json), 2, 2,
      "bad rows: nothing was imported", schools_run },
    { "people", "import FILE.csv  or  set WHO PREFERENCE...  or  show WHO",
      "Says who works where, and on which days each wants to hear.", setup,
      EXAMPLES("people import examples/caseload/people.csv",
               "people set d.okafor@council.example.org reminders=weekly on=Monday days=Mon-Wed",
               "people show d.okafor@council.example.org"),
      FLAGS(&flag_db, &flag_json), 2, ARGS_MAX, "bad rows, or nobody of that address: nothing was "
      "changed", people_run },
    { "schedules", "[--until DATE]",
      "Lists what will be opened by itself, and when.", setup,
      EXAMPLES("schedules", "schedules --until 2027-07-31 --json"),
      FLAGS(&flag_opens_until, &flag_db, &flag_json), 0, 0, NULL, schedules_run },

    { "open", "PROCESS FIELD=VALUE...", "Opens a case and prints its number.", acts,
      EXAMPLES("open annual-review child=C-0512 birth=2014-05-02 plan_issued=2021-03-01 "
               "last_review=2026-03-19 --school 900001 --as officer",
               "open torbay/ehc-assessment child=C-0540 birth=2017-09-09 --school 900002 "
               "--as senco --key form-88"),
      FLAGS(&flag_on, &flag_urn, &flag_as, &flag_key, &flag_db, &flag_json), 1, ARGS_MAX, NULL,
      open_run },
    { "do", "CASE EVENT FIELD=VALUE...",
      "Records what happened; says what is due next, or why it was refused.", acts,
      EXAMPLES("do AR-26-0062 arrange meeting=2027-02-09 transfer=stays --as senco",
               "do AR-26-0026 report recommendation=maintain --on 2026-12-15 --key post-771"),
      FLAGS(&flag_on, &flag_as, &flag_key, &flag_why, &flag_file, &flag_db, &flag_json), 2,
      ARGS_MAX, NULL, do_run },
    { "what-if", "CASE EVENT FIELD=VALUE...", "The same as `do`, without doing it.", acts,
      EXAMPLES("what-if AR-26-0062 arrange meeting=2027-02-23 transfer=stays"),
      FLAGS(&flag_on, &flag_as, &flag_db, &flag_json), 2, ARGS_MAX, NULL, what_if_run },
    { "item", "CASE LIST.ITEM asked|done|undone|na  or  CASE LIST add TITLE",
      "Records an item of a checklist, or adds one.", acts,
      EXAMPLES("item AR-26-0033 papers.family_views done --on 2026-12-11",
               "item AR-26-0033 invited.invite_care na --why 'Social care knows of no child'",
               "item EHC-26-0009 advice add 'Speech and language therapist' --by health",
               "item EHC-26-0009 advice add 'Sleep clinic' due=2027-01-15 --by health"),
      FLAGS(&flag_on, &flag_why, &flag_file, &flag_by_who, &flag_as, &flag_key, &flag_db,
            &flag_json), 3, ARGS_MAX, NULL, item_run },
    { "consent", "CASE NAME given|refused|withdrawn|discuss --by NAME --how WAY",
      "Records what somebody answered who had to be asked.", acts,
      EXAMPLES("consent RT-26-0067 parent_agreement given --by 'A. Parent' --how paper"),
      FLAGS(&flag_by, &flag_how, &flag_on, &flag_as, &flag_file, &flag_key, &flag_db, &flag_json),
      3, 3, NULL, consent_run },
    { "excuse", "CASE DEADLINE GROUND --why TEXT",
      "Takes a time limit away on a ground that the pack lists.", acts,
      EXAMPLES("excuse EHC-26-0009 final_plan personal --why 'A death in the family' "
               "--file examples/caseload/papers/letter.txt"),
      FLAGS(&flag_why, &flag_file, &flag_on, &flag_as, &flag_key, &flag_db, &flag_json), 3, 3,
      NULL, excuse_run },
    { "extend", "CASE DEADLINE GROUND --to DATE --why TEXT",
      "Moves a date of the pack's own, as far as its rule allows.", acts,
      EXAMPLES("extend R-26-0069 answer_it complex --to 2026-12-30 --why 'Much to read' "
               "--file list.txt --as manager"),
      FLAGS(&flag_to, &flag_why, &flag_file, &flag_on, &flag_as, &flag_key, &flag_db, &flag_json),
      3, 3, NULL, extend_run },
    { "late", "CASE DEADLINE GROUND --why TEXT",
      "Puts on record what a deadline was missed for; it stays missed.", acts,
      EXAMPLES("late R-26-0069 answer_it staff --why 'Two posts were vacant' --as manager"),
      FLAGS(&flag_why, &flag_file, &flag_on, &flag_as, &flag_key, &flag_db, &flag_json), 3, 3,
      NULL, late_run },
    { "name", "CASE ROLE PERSON [--named NAME]", "Says who holds a role in this case.", acts,
      EXAMPLES("name AR-26-0026 caseworker y.trevail@council.example.org",
               "name AR-26-0026 family p.verity@example.org --named 'Pat Verity'"),
      FLAGS(&flag_named, &flag_on, &flag_as, &flag_key, &flag_db, &flag_json), 3, 3, NULL,
      name_run },
    { "reassign", "FROM TO [--where 'KEY=VALUE...'] [--dry-run]",
      "Hands the open cases that name somebody over to somebody else.", acts,
      EXAMPLES("reassign y.trevail@council.example.org l.achebemoss@council.example.org --dry-run",
               "reassign y.trevail@council.example.org l.achebemoss@council.example.org "
               "--where school=900001"),
      FLAGS(&flag_where, &flag_dry_run, &flag_why, &flag_on, &flag_as, &flag_db, &flag_json), 2, 2,
      "a case refused it, or nobody of that address", reassign_run },
    { "letters", "[--unsent]  or  print DIR  or  posted CASE LETTER [--on DATE]",
      "Lists the letters that were written, prints what is to be posted, says what was.", acts,
      EXAMPLES("letters --unsent", "letters print outbox",
               "letters posted EHC-26-0006 letter-no-plan --on 2026-11-30"),
      FLAGS(&flag_unsent, &flag_on, &flag_why, &flag_as, &flag_key, &flag_db, &flag_json), 0, 3,
      NULL, letters_run },

    { "file", "CASE [NAME|DIGEST -o FILE]",
      "Lists what was handed in as proof, or writes one of it out.", looks,
      EXAMPLES("file EHC-26-0009", "file EHC-26-0009 cycle.txt -o cycle-again.txt"),
      FLAGS(&flag_out, &flag_db, &flag_json), 1, 2, NULL, file_run },
    { "due", "[--who WHO] [--until DATE]", "Lists what is due, soonest first.", looks,
      EXAMPLES("due", "due --who senco --school 900001", "due --until 2026-12-18 --json"),
      FLAGS(&flag_who, &flag_until, &flag_school, &flag_process, &flag_limit, &flag_db,
            &flag_json), 0, 0, "no such person", due_run },
    { "cases", "[--state STATE] [--process PROCESS] [--school URN]", "Lists cases.", looks,
      EXAMPLES("cases", "cases --overdue --school 900001", "cases --process annual-review --all"),
      FLAGS(&flag_process, &flag_state, &flag_school, &flag_overdue, &flag_all, &flag_limit,
            &flag_after, &flag_db, &flag_json), 0, 0, "refused", cases_run },
    { "case", "CASE [--as-of DATE]",
      "Shows a case: where it stands, what is due, what happened.", looks,
      EXAMPLES("case AR-26-0026", "case 26 --as-of 2026-11-30 --json"),
      FLAGS(&flag_as_of, &flag_db, &flag_json), 1, 1, "no such case", case_run },
    { "explain", "CASE [DEADLINE]  or  CODE",
      "Says why this date: where it started, what was counted, which rule.", looks,
      EXAMPLES("explain AR-26-0026 send_report", "explain AR-26-0026", "explain R014"),
      FLAGS(&flag_db, &flag_json), 1, 2, "no such case or deadline", explain_run },

    { "run", "[--config FILE]", "The service: reminders and mail, until it is told to stop.", keeps,
      EXAMPLES("run", "run --config reeve.yaml --db reeve.db"), FLAGS(&flag_config, &flag_db), 0, 0,
      NULL, run_run },
    { "tick", "[--now INSTANT]", "Does once what the service would have done by now.", keeps,
      EXAMPLES("tick", "tick --now 2026-12-17T08:00"),
      FLAGS(&flag_now, &flag_config, &flag_db, &flag_json), 0, 0, NULL, tick_run },
    { "verify", "", "Proves every case by its chain of events and by deciding again.", keeps,
      EXAMPLES("verify", "verify --json"), FLAGS(&flag_db, &flag_json), 0, 0, "differences",
      verify_run },
    { "backup", "FILE", "Makes a sealed, consistent copy, also while the service runs.", keeps,
      EXAMPLES("backup reeve-2026-12-16.db"), FLAGS(&flag_db, &flag_json), 1, 1,
      "the file is there already", backup_run },
    { "restore", "FILE [--force]", "Puts a backup in place of the database.", keeps,
      EXAMPLES("restore reeve-2026-12-16.db --force"),
      FLAGS(&flag_force, &flag_db, &flag_json), 1, 1,
      "not a sound backup, or a database is there already", restore_run },

    { "help", "[COMMAND]", "Lists the commands, or explains one.", more,
      EXAMPLES("help", "help do"), FLAGS(&flag_json), 0, 1, NULL, help_run },
    { "version", "", "Says which version this is.", more, EXAMPLES("version", "version --json"),
      FLAGS(&flag_json), 0, 0, NULL, version_run },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

const struct command *commands_all(size_t *count)
{
    *count = COMMANDS;
    return commands;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

const char *command_nearest(struct arena *arena, const char *name)
{
    const char **names = ARENA_ARRAY(arena, const char *, COMMANDS);
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    return text_nearest(name, names, COMMANDS);
}

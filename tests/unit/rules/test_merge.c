/* SPDX-License-Identifier: MIT */
#include "rules/layer.h"
#include "tests/unit/rules/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* A tree on one line, as flow YAML. */
static void flow(struct buf *out, const struct node *node)
{
    if (node->kind == NODE_TEXT) {
        buf_add(out, node->text);
        return;
    }
    buf_char(out, node->kind == NODE_MAP ? '{' : '[');
    for (const struct node *n = node->first; n; n = n->next) {
        if (n->key)
            buf_printf(out, "%s: ", n->key);
        flow(out, n);
        buf_add(out, n->next ? ", " : "");
    }
    buf_char(out, node->kind == NODE_MAP ? '}' : ']');
}

static struct node *read_tree(struct arena *arena, const char *text, struct diags *diags)
{
    struct source *source = ARENA_NEW(arena, struct source);

    *source = (struct source){ "x/processes/p.yaml", text, strlen(text) };
    return yaml_read(arena, source, diags);
}

struct row {
    int line;
    const char *name, *base, *over, *whole;
    const char *found; /* Codes and places of findings, "" for none. */
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static const struct row rows[] = {
    ROW("maps merge by key", "fields: {a: {type: text, label: A}}",
        "fields: {a: {label: B}, b: {type: date}}",
        "{fields: {a: {type: text, label: B}, b: {type: date}}}", ""),
    ROW("a single value is replaced", "title: A", "title: B", "{title: B}", ""),
    ROW("a list is replaced", "uses: [a, b]", "uses: [c]", "{uses: [c]}", ""),
    ROW("an empty list takes all away", "uses: [a, b]", "uses: []", "{uses: []}", ""),
    ROW("`...` keeps what was there", "uses: [a, b]", "uses: [..., c]", "{uses: [a, b, c]}", ""),
    ROW("`...` keeps a single value too", "uses: a", "uses: [..., c]", "{uses: [a, c]}", ""),
    ROW("`...` in quotes is a word", "uses: [a]", "uses: [\"...\", c]", "{uses: [..., c]}", ""),
    ROW("`...` without a base is said", "title: A", "uses: [..., c]", "{title: A, uses: [c]}",
        "R015 1:8;"),
    ROW("removed takes a thing away", "fields: {a: {type: text}, b: {type: date}}",
        "fields: {a: removed}", "{fields: {b: {type: date}}}", ""),
    ROW("removed in quotes is a word", "title: A", "title: \"removed\"", "{title: removed}", ""),
    ROW("nothing to remove is said", "fields: {a: {type: text}}", "fields: {c: removed}",
        "{fields: {a: {type: text}}}", "R015 1:10;"),
    ROW("each goes under all",
        "deadlines: {each: {owner: head}, a: {title: A}, b: {title: B, owner: senco}}", "title: T",
        "{deadlines: {a: {title: A, owner: head}, b: {title: B, owner: senco}}, title: T}", ""),
    ROW("each reaches what is added above", "deadlines: {each: {owner: head}, a: {title: A}}",
        "deadlines: {b: {title: B}}",
        "{deadlines: {a: {title: A, owner: head}, b: {title: B, owner: head}}}", ""),
    ROW("each is changed above", "deadlines: {each: {owner: head}, a: {title: A}}",
        "deadlines: {each: {owner: senco}}", "{deadlines: {a: {title: A, owner: senco}}}", ""),
    ROW("removed takes away what each says",
        "deadlines: {each: {law: L, owner: head}, a: {title: A}}", "deadlines: {a: {law: removed}}",
        "{deadlines: {a: {title: A, owner: head}}}", ""),
    ROW("removed takes away its own and each's",
        "deadlines: {each: {law: L}, a: {title: A, law: M}}", "deadlines: {a: {law: removed}}",
        "{deadlines: {a: {title: A}}}", ""),
    ROW("`...` adds to what each says", "deadlines: {each: {excused_by: [x]}, a: {title: A}}",
        "deadlines: {a: {excused_by: [..., y]}}",
        "{deadlines: {a: {title: A, excused_by: [x, y]}}}", ""),
    ROW("a right stands in place of each's owner",
        "deadlines: {each: {owner: head}, a: {right_of: family}}", "title: T",
        "{deadlines: {a: {right_of: family}}, title: T}", ""),
    ROW("each itself can be removed", "deadlines: {each: {owner: head}, a: {title: A}}",
        "deadlines: {each: removed}", "{deadlines: {a: {title: A}}}", ""),
    ROW("a checklist's each goes under its items",
        "checklists: {l: {each: {by: head}, items: {a: {title: A}}}}",
        "checklists: {l: {items: {b: {title: B, by: ep}}}}",
        "{checklists: {l: {items: {a: {title: A, by: head}, b: {title: B, by: ep}}}}}", ""),
    ROW("a state is placed after another", "states: {a: {title: A}, b: {title: B}}",
        "states: {c: {title: C, after: a}}",
        "{states: {a: {title: A}, c: {title: C}, b: {title: B}}}", ""),
    ROW("a state that is there can be moved",
        "states: {a: {title: A}, b: {title: B}, c: {title: C}}", "states: {a: {after: c}}",
        "{states: {b: {title: B}, c: {title: C}, a: {title: A}}}", ""),
    ROW("after an unknown state is said", "states: {a: {title: A}}",
        "states: {b: {title: B, after: z}}", "{states: {a: {title: A}, b: {title: B}}}",
        "R005 1:31;"),
    ROW("{lua: } is one value", "checklists: {l: {enough: {at_least: 2}}}",
        "checklists: {l: {enough: {lua: f.g}}}", "{checklists: {l: {enough: {lua: f.g}}}}", ""),
    ROW("targets merge by state", "events: {e: {to: {a: x == 1, b: otherwise}}}",
        "events: {e: {to: {a: x == 2, b: removed}}}", "{events: {e: {to: {a: x == 2}}}}", ""),
    ROW("a state in place of targets", "events: {e: {to: {a: x == 1, b: otherwise}}}",
        "events: {e: {to: c}}", "{events: {e: {to: c}}}", ""),
};

static void one_rule_for_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct arena *arena = arena_new();
        struct diags *diags = diags_new(arena);
        struct buf whole = buf_in(arena), found = buf_in(arena);
        struct node *tree =
            merge(arena, read_tree(arena, r->base, diags), read_tree(arena, r->over, diags));

        settle(arena, tree, OWNER_PROCESS, diags);
        flow(&whole, tree);
        for (size_t j = 0; j < diags->count; j++)
            buf_printf(&found, "%s %d:%d;", diags->at[j].code, diags->at[j].span.line,
                       diags->at[j].span.col);
        if (strcmp(buf_text(&whole), r->whole) != 0 || strcmp(buf_text(&found), r->found) != 0)
            fail_msg("line %d: %s\n got %s (%s)\nwant %s (%s)", r->line, r->name, buf_text(&whole),
                     buf_text(&found), r->whole, r->found);
        arena_free(arena);
    }
}

/* Three files on top of each other: what one removes, the next can bring back or miss. */
static void layers_are_merged_in_turn(void **state)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct buf out = buf_in(arena);
    struct node *tree = read_tree(arena, "fields: {a: {type: text}, b: {type: date}}", diags);

    (void)state;
    tree = merge(arena, tree, read_tree(arena, "fields: {a: removed, b: removed}", diags));
    tree = merge(arena, tree, read_tree(arena, "fields: {a: {type: time}, b: removed}", diags));
    settle(arena, tree, OWNER_PROCESS, diags);
    flow(&out, tree);
    assert_string_equal(buf_text(&out), "{fields: {a: {type: time}}}");
    assert_int_equal(diags->errors, 1); /* `b` was gone by then. */
    assert_string_equal(diags->at[0].code, "R015");
    arena_free(arena);
}

static void every_node_keeps_its_place(void **state)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct node *tree =
        merge(arena, read_tree(arena, "fields:\n  a: {type: text, label: A}\n", diags),
              read_tree(arena, "title: T\nfields:\n\n  a: {label: B}\n", diags));
    struct node *a = node_get(node_get(tree, "fields"), "a");

    (void)state;
    settle(arena, tree, OWNER_PROCESS, diags);
    a = node_get(node_get(tree, "fields"), "a");
    assert_int_equal(node_get(a, "type")->span.line, 2);
    assert_int_equal(node_get(a, "type")->span.col, 13);
    assert_int_equal(node_get(a, "label")->span.line, 4);
    assert_int_equal(node_get(a, "label")->span.end_col, 15);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_rule_for_all),
        cmocka_unit_test(layers_are_merged_in_turn),
        cmocka_unit_test(every_node_keeps_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

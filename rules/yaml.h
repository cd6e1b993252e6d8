/* SPDX-License-Identifier: MIT */
/* yaml - a YAML file as a small tree in which every node knows its place.
 *
 * Less than YAML on purpose: text, lists and maps. No types (`yes`, `12:00` and
 * `012345` stay what was typed), no tags, anchors or aliases, no key twice, no
 * empty values, one document. Size, depth and nodes are limited; nothing here
 * recurses.
 */
#ifndef RULES_YAML_H
#define RULES_YAML_H

#include "rules/node.h"

enum { YAML_KEYS_MAX = 2000 }; /* In one map. */

/* Reads a file whose root is a map. The tree lives in `arena`, `source` is borrowed and must live
 * as long. NULL: it could not be read, and a finding says why (Y001, Y003 for an alias, Y004,
 * Y005, R002). A key that stands twice (Y002) and an empty value (Y006) are left out of the tree, a
 * tag or an anchor (Y003) is passed over, with a finding each, so that the rest can still be
 * checked. */
struct node *yaml_read(struct arena *arena, const struct source *source, struct diags *diags);

#endif

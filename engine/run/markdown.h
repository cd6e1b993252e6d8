/* SPDX-License-Identifier: MIT */
/* markdown - a message's Markdown as HTML: CommonMark, and tables of pipes as GitHub has them. Raw
 * HTML in it is left out. */
#ifndef ENGINE_RUN_MARKDOWN_H
#define ENGINE_RUN_MARKDOWN_H

struct arena;

/* In `arena`. */
const char *markdown_html(struct arena *arena, const char *text);

#endif

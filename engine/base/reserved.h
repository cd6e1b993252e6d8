/* SPDX-License-Identifier: MIT */
/* reserved - the words that nothing in a process can be called, since conditions and moments are
 * made of them: one table, read by the loader and by `reeve explain R004`. */
#ifndef ENGINE_BASE_RESERVED_H
#define ENGINE_BASE_RESERVED_H

/* Lua's keywords, the words of moments, and what conditions and we say ourselves. */
#define RESERVED_TABLE(X)                                                                         \
    X("and") X("break") X("do") X("else") X("elseif") X("end") X("false") X("for")                \
    X("function") X("goto") X("if") X("in") X("local") X("nil") X("not") X("or") X("repeat")      \
    X("return") X("then") X("true") X("until") X("while")                                         \
    X("after") X("before") X("of") X("on") X("starting") X("with") X("at") X("least")             \
    X("earlier") X("later") X("all") X("first") X("latest") X("last") X("next") X("start")        \
    X("day") X("days") X("week") X("weeks") X("month") X("months") X("year") X("years")           \
    X("working") X("school") X("term") X("half") X("birthday") X("anniversary") X("due")          \
    X("opened") X("occasion") X("asked")                                                          \
    X("case") X("calendar") X("known") X("times") X("age") X("school_year") X("date") X("has")    \
    X("count") X("total") X("today") X("otherwise") X("removed") X("each") X("clock") X("link")   \
    X("none") X("more")

#endif

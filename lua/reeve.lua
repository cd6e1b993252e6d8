-- SPDX-License-Identifier: MIT
---@meta
-- What a pack's Lua may use, for editors: written from the table in lua/library.c, so change that.
-- A file of lua/ ends with `return` and its table of functions, each `function(case, calendar)`.
-- A condition returns true or false, and the reason in words that the person will read.

---@class date
---@field year integer
---@field month integer
---@field day integer
---@operator add(length): date
---@operator sub(length): date
---@operator sub(date): integer

---@class length A length of time: weeks(2), or a setting such as "10 working days".

---@class list Choices, or rows with a value by each column's name. #list is how many.

---@class happened
---@field first date?
---@field latest date?
---@field count integer

---@class item
---@field asked date?
---@field done date?
---@field na boolean

---@class consent
---@field asked date?
---@field given date?
---@field refused date?
---@field withdrawn date?

---@class case Every field by its name; an empty one is nil. Nothing can be changed.
---@field events table<string, happened>
---@field items table<string, table<string, item>> by checklist, then by item
---@field consents table<string, consent>
---@field settings table<string, any>
---@field due table<string, date?>
---@field deadline string? whose reminders are asked for
---@field state string
---@field opened date
---@field on date the day of the event that is being decided
---@field [string] any

---@class calendar
local calendar = {}

--- A date. Dates have .year, .month and .day, are compared with each other, and move by lengths.
--- `date("2026-11-10") + weeks(2) == date("2026-11-24")`
---@param text string
---@return date
function date(text) end

--- days(7) is a length of time; days(a, b) is how many days b lies after a.
--- `days(date("2026-11-10"), date("2026-11-12")) == 2`
---@param a integer|date
---@param b? date
---@return length|integer
function days(a, b) end

--- A length of time in weeks.
--- `date("2026-11-10") - weeks(1) == date("2026-11-03")`
---@param n integer
---@return length
function weeks(n) end

--- A length of time in months. They land on the same day number, else on the month's last day.
--- `date("2026-01-31") + months(1) == date("2026-02-28")`
---@param n integer
---@return length
function months(n) end

--- Whether a field of several choices holds one.
--- `has(case.needs, "speech") and not has(case.needs, "sight")`
---@param choices list
---@param choice string
---@return boolean
function has(choices, choice) end

--- How many rows or choices a field holds.
--- `count(case.sessions) == 3`
---@param list list
---@return integer
function count(list) end

--- The hours of rows that have two times, or the sum of a column of numbers.
--- `total(case.sessions) == 9.5`
---@param rows list
---@param column? string
---@return number
function total(rows, column) end

--- Whether a day is a working day, and if not why. A year the calendar does not know is an error.
--- `not calendar:working_day(date("2026-12-25"))`
---@param on date
---@return boolean
---@return string?
function calendar:working_day(on) end

--- Whether a day is a school day, and if not why.
--- `calendar:school_day(date("2026-11-10"))`
---@param on date
---@return boolean
---@return string?
function calendar:school_day(on) end

--- The n-th working day after a date; before it, when n is below 0.
--- `calendar:add_working_days(date("2026-12-24"), 1) == date("2026-12-29")`
---@param from date
---@param n integer
---@return date
function calendar:add_working_days(from, n) end

--- The stretch without school days that holds a date, or the next one, of at least so many days: its first and last day. nil when there is none in 14 months; nil and the reason in words when the calendar does not know its terms so far.
--- `calendar:closure_around(date("2026-07-20"), weeks(4)).from == date("2026-07-24")`
---@param on date
---@param days integer|length
---@return {from: date, to: date}?
---@return string?
function calendar:closure_around(on, days) end

--- The term a date lies in, with its first and last school day; nil in the holidays. A date beyond the known terms is an error.
--- `calendar:term(date("2026-11-10")).name == "autumn 2026"`
---@param on date
---@return {name: string, from: date, to: date}?
function calendar:term(on) end

--- Raises an error unless the value is true.
--- `assert(1 == 1)`
---@param value any
---@param message? any
---@return any
function assert(value, message) end

--- Raises an error; it refuses the event, with the function's file and line.
--- `select("#", pcall(error, "no")) == 2`
---@param message any
---@param level? integer
function error(message, level) end

--- The metatable a script has set.
--- `getmetatable({}) == nil`
---@param value any
---@return any
function getmetatable(value) end

--- Walks 1, 2, 3 ... until there is nothing.
--- `(function() local n = 0 for i in ipairs(case.sessions) do n = i end return n == 3 end)()`
---@param list any
---@return function
function ipairs(list) end

--- The key that follows, in the order of the keys.
--- `next({b = 1, a = 2}) == "a"`
---@param t table
---@param key? any
---@return any
---@return any
function next(t, key) end

--- Walks a table in the order of its keys: numbers, then texts, then dates. Also lists, and the items of a checklist.
--- `(function() local s = "" for k in pairs({b = 1, a = 1}) do s = s .. k end return s == "ab" end)()`
---@param t any
---@return function
function pairs(t) end

--- Calls a function and catches its error, except that of a spent budget.
--- `not pcall(error, "no")`
---@param f function
---@param ... any
---@return boolean
---@return any
function pcall(f, ...) end

--- The values from the n-th on, or their number for '#'.
--- `select(2, "a", "b") == "b"`
---@param n any
---@param ... any
---@return any
function select(n, ...) end

--- Sets a metatable, once; it is copied then. A table behind __index has no metatable itself.
--- `setmetatable({}, {__index = {a = 1}}).a == 1`
---@param t table
---@param metatable table
---@return table
function setmetatable(t, metatable) end

--- A text as a number; nil when it is none.
--- `tonumber("23.5") == 23.5`
---@param text any
---@return number?
function tonumber(text) end

--- Any value as a text: a date as people read it, a table as 'table'.
--- `tostring(date("2026-11-10")) == "Tue 10 Nov 2026"`
---@param value any
---@return string
function tostring(value) end

--- The kind of a value; dates, lengths and lists are 'userdata'.
--- `type(1) == "number"`
---@param value any
---@return string
function type(value) end

--- As pcall, with a function that is given the error.
--- `not xpcall(error, function(e) return e end, "no")`
---@param f function
---@param handler function
---@param ... any
---@return boolean
---@return any
function xpcall(f, handler, ...) end

--- The number without its sign.
--- `math.abs(-2) == 2`
---@param x number
---@return number
function math.abs(x) end

--- Rounds up.
--- `math.ceil(2.1) == 3`
---@param x number
---@return integer
function math.ceil(x) end

--- Rounds down.
--- `math.floor(2.9) == 2`
---@param x number
---@return integer
function math.floor(x) end

--- The largest.
--- `math.max(1, 3, 2) == 3`
---@param x number
---@param ... number
---@return number
function math.max(x, ...) end

--- The smallest.
--- `math.min(3, 1, 2) == 1`
---@param x number
---@param ... number
---@return number
function math.min(x, ...) end

--- Rounds to 0 to 4 places; half goes away from nothing.
--- `math.round(2.345, 1) == 2.3`
---@param x number
---@param places? integer
---@return number
function math.round(x, places) end

--- A whole number as an integer; nil when it is none.
--- `math.tointeger(3.0) == 3`
---@param x any
---@return integer?
function math.tointeger(x) end

--- The numbers of its bytes.
--- `string.byte("A") == 65`
---@param s string
---@param i? integer
---@param j? integer
---@return integer
function string.byte(s, i, j) end

--- A text of these bytes.
--- `string.char(65, 66) == "AB"`
---@param ... integer
---@return string
function string.char(...) end

--- Where a pattern is found. Texts to search have at most 4,096 bytes.
--- `string.find("year 9", "%d") == 6`
---@param s string
---@param pattern string
---@param init? integer
---@param plain? boolean
---@return integer?
---@return integer?
---@return any
function string.find(s, pattern, init, plain) end

--- Puts values into a text: %s %d %i %f %e %g %x %X %%, with widths and places of two digits.
--- `string.format("%02d:%s", 7, "x") == "07:x"`
---@param form string
---@param ... any
---@return string
function string.format(form, ...) end

--- Walks every match of a pattern.
--- `(function() local n = 0 for w in string.gmatch("a b c", "%a") do n = n + 1 end return n == 3 end)()`
---@param s string
---@param pattern string
---@return function
function string.gmatch(s, pattern) end

--- Replaces every match by a text, by what a table has for it or by what a function gives.
--- `string.gsub("a-b", "%-", " ") == "a b"`
---@param s string
---@param pattern string
---@param by any
---@param most? integer
---@return string
---@return integer
function string.gsub(s, pattern, by, most) end

--- How many bytes it has.
--- `string.len("abc") == 3`
---@param s string
---@return integer
function string.len(s) end

--- In small letters.
--- `string.lower("AB") == "ab"`
---@param s string
---@return string
function string.lower(s) end

--- What a pattern captures, or all of its match.
--- `string.match("year 9", "%d+") == "9"`
---@param s string
---@param pattern string
---@param init? integer
---@return any
function string.match(s, pattern, init) end

--- Repeats a text; the result has at most 32,768 bytes.
--- `string.rep("ab", 2) == "abab"`
---@param s string
---@param n integer
---@param between? string
---@return string
function string.rep(s, n, between) end

--- Backwards, by bytes.
--- `string.reverse("ab") == "ba"`
---@param s string
---@return string
function string.reverse(s) end

--- A part of a text, by bytes.
--- `string.sub("abc", 1, 2) == "ab"`
---@param s string
---@param i integer
---@param j? integer
---@return string
function string.sub(s, i, j) end

--- In capitals.
--- `string.upper("ab") == "AB"`
---@param s string
---@return string
function string.upper(s) end

--- Joins texts, numbers and dates; the result has at most 32,768 bytes.
--- `table.concat({"a", 1}, ", ") == "a, 1"`
---@param t table
---@param between? string
---@param from? integer
---@param to? integer
---@return string
function table.concat(t, between, from, to) end

--- Puts a value at the end, or at a place.
--- `(function() local t = {} table.insert(t, 5) return t[1] == 5 end)()`
---@param t table
---@param place_or_value any
---@param value? any
function table.insert(t, place_or_value, value) end

--- The values as a table, with their number as `n`.
--- `table.pack(1, nil).n == 2`
---@param ... any
---@return table
function table.pack(...) end

--- Takes the last value out, or that at a place.
--- `table.remove({1, 2}) == 2`
---@param t table
---@param place? integer
---@return any
function table.remove(t, place) end

--- Sorts in place. What is equal keeps its order.
--- `(function() local t = {3, 1, 2} table.sort(t) return t[1] == 1 end)()`
---@param t table
---@param before? function
function table.sort(t, before) end

--- The values of a table, at most 250.
--- `select("#", table.unpack({1, 2})) == 2`
---@param t table
---@param from? integer
---@param to? integer
---@return any
function table.unpack(t, from, to) end

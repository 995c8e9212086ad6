/**
 * How much of a program is searched for data, in characters. Nobody writes more by hand, and patterns run out of stack at some
 * megabytes: a reply of that size must not keep a run from being recorded.
 */
export const maxReadLength = 1_000_000

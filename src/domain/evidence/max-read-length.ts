/**
 * How much of a program is searched for data, in characters. Nobody writes more by hand, and the patterns overflow the stack at some
 * megabytes: a reply of that size must not prevent a run from being recorded.
 */
export const maxReadLength = 1_000_000

/** Fewer people or answers than this are no group that is reported: its figures would tell of single people. */
export const smallestGroup = 5

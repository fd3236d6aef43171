const shortestMs = 1_000
const longestMs = 3_600_000

/** In how many milliseconds something is tried again that has failed so often: in a second, then twice as long each time, at most an hour. */
export const backOffMs = (failures: number): number => Math.min(shortestMs * 2 ** (failures - 1), longestMs)

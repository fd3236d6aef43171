/** How much of the files of an import has been read, in bytes of the files as they are, packed or not. */
export const createReading = (onRead: () => void) => {
  let read = 0
  let whole: number | undefined = 0
  return {
    /** Counts a file in, which is read so many times. Returns what is to be told of each piece that has been read. */
    add: (size: number, times: number): ((bytes: number) => void) => {
      // A pipe has no size that is known before its end.
      whole = whole === undefined || size === 0 ? undefined : whole + size * times
      return (bytes) => {
        read += bytes
        onRead()
      }
    },
    /** From 0 to 1; undefined where the length of a file is not known. */
    share: (): number | undefined => (whole ? Math.min(1, read / whole) : undefined),
  }
}

export type Reading = ReturnType<typeof createReading>

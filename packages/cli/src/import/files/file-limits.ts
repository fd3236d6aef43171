/** What an imported file may hold at most. A row beyond them is refused alone; a file beyond them is refused whole. */
export const fileLimits = {
  /** Characters of one cell. The API takes less in a request, so nothing that could be imported is refused here. */
  cell: 128 * 1024,
  /** Characters of one row, with its delimiters, quotes and line breaks. */
  row: 1024 * 1024,
  /** Bytes of a whole file, unpacked. */
  bytes: 4 * 1024 ** 3,
  /** How many times its own size a gzip file may unpack to. Tables of real data come to 5 to 50 times. */
  ratio: 200,
  /** Bytes that a gzip file may unpack to whatever its size. */
  smallBytes: 8 * 1024 ** 2,
  /** Rows of one purchase. */
  purchaseRows: 10_000,
  /** Unreadable rows one behind the other that are told one by one; what follows of them is told as one. */
  unreadableRun: 1_000,
}

export type FileLimits = typeof fileLimits

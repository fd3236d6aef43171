/** What has become of an import so far. Items are customers or purchases; rows are those of the files. */
export interface Counts {
  rows: number
  created: number
  updated: number
  unchanged: number
  /** Items that were not accepted, and rows that belong to none. */
  rejected: number
  /** Lines of the accepted purchases. */
  lines: number
  /** Values that were accepted with a remark, such as a telephone number that cannot be read. */
  warnings: number
}

export const newCounts = (): Counts => ({
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  lines: 0,
  warnings: 0,
})

/** What has become of the rows, in words. */
export const resultsText = ({ created, updated, unchanged, rejected }: Counts) =>
  `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`

import type { LockedTable, PlannedMigration } from '@clientele/kit'

const large = { bytes: 100 * 2 ** 20, rows: 100_000 }
const isLarge = ({ bytes, rows }: LockedTable) => bytes >= large.bytes || rows >= large.rows

/** Whether clients would notice: a table of some size is gone through or held while somebody waits for it, or nobody can say. */
export const isRisky = ({ tables, programs }: PlannedMigration) =>
  programs > 0 || tables.some((table) => table.waits !== 'nobody' && isLarge(table))

/** What the migrations of one service would do, for people. */
export const planText = (service: string, planned: readonly PlannedMigration[]): string => {
  if (!planned.length) return `${service}: nothing to do`
  const lines = planned.flatMap((each) => [
    `  ${each.migration}  ${isRisky(each) ? 'RISK' : 'ok'}${each.isOutside ? ', statement by statement' : ''}`,
    ...each.tables.map((table) => `    ${tableText(table)}`),
    ...(each.programs ? [`    ${each.programs} of its statements are programs: read what they do`] : []),
  ])
  return [`${service}: ${planned.length} to run`, ...lines].join('\n')
}

const tableText = (lock: LockedTable) => {
  const { table, waits, readsAllRows, bytes, rows } = lock
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB, about ${Math.round(rows)} rows`
  const work = readsAllRows ? ', all rows are gone through' : ''
  return `${table}: ${waits === 'nobody' ? 'nobody waits' : `${waits} wait`}${work} (${size})`
}

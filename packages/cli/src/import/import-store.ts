import { hash } from 'node:crypto'
import { normalizeLine } from '@clientele/contracts'
import type { Row } from './files/table.js'
import { openTemporaryDatabase } from './temporary-database.js'

export type ImportStore = ReturnType<typeof openImportStore>

/** Where the item of a key came first. */
export interface FirstItem {
  line: number
  /** Whether it had the same values. */
  isEqual: boolean
}

/** The keys and waiting rows of one import. Keys are compared in the form in which ids are stored. */
export const openImportStore = () => {
  const db = openTemporaryDatabase(`
    create table item (key text primary key, line integer, digest text) without rowid;
    create table head (key text primary key) without rowid;
    create table purchase (key text primary key, total integer, missing integer) without rowid;
    create table waiting (key text, line integer, row text, primary key (key, line)) without rowid;`)
  const addItem = db.prepare('insert into item values (?, ?, ?) on conflict do nothing')
  const findItem = db.prepare('select line, digest from item where key = ?')
  const addHead = db.prepare('insert into head values (?) on conflict do nothing')
  const hasHead = db.prepare('select 1 from head where key = ?')
  const count = db.prepare(
    'insert into purchase values (?1, ?2, ?2) on conflict do update set total = total + ?2, missing = missing + ?2',
  )
  const arrive = db.prepare('update purchase set missing = missing - ?2 where key = ?1 returning total, missing')
  const keep = db.prepare('insert into waiting values (?, ?, ?)')
  const countWaiting = db.prepare('select count(*) as rows from waiting where key = ?')
  const readWaiting = db.prepare('select row from waiting where key = ? order by line')
  const forget = db.prepare('delete from waiting where key = ?')
  const readRest = db.prepare('select row from waiting order by line')

  return {
    /** Notes an item; tells of the one before it with the same key. */
    addItem: (key: string, value: object, line: number): FirstItem | undefined => {
      const [id, digest] = [keyOf(key), digestOf(JSON.stringify(value))]
      if (addItem.run(id, line, digest).changes) return undefined
      const first = findItem.get(id) as { line: number; digest: string }
      return { line: first.line, isEqual: digest === first.digest }
    },
    /** Notes the head of a purchase; tells whether it is the first of its key. */
    addHead: (key: string): boolean => addHead.run(keyOf(key)).changes === 1,
    hasHead: (key: string): boolean => hasHead.get(keyOf(key)) !== undefined,
    /** Counts rows of a purchase, in the first reading. */
    countRows: (key: string, rows: number) => void count.run(keyOf(key), rows),
    /** Takes rows off, in the second; tells how many there are in all and are still missing. */
    arrive: (key: string, rows: number) => arrive.get(keyOf(key), rows) as { total: number; missing: number },
    keep: (key: string, rows: readonly Row[]) => {
      for (const row of rows) keep.run(keyOf(key), row.line, JSON.stringify(row))
    },
    waitingRows: (key: string): number => (countWaiting.get(keyOf(key)) as { rows: number }).rows,
    /** The waiting rows of a key in the order of their lines; they wait no longer. */
    take: (key: string): Row[] => {
      const rows = readWaiting.all(keyOf(key)).map(rowOf)
      if (rows.length) forget.run(keyOf(key))
      return rows
    },
    /** All rows that still wait, in the order of their lines. */
    *rest(): Generator<Row> {
      for (const found of readRest.iterate()) yield rowOf(found)
    },
    close: () => db.close(),
  }
}

// Texts, since a buffer for each row is memory that nobody gives back in time.
const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22)
const keyOf = (key: string): string => digestOf(normalizeLine(key))
const rowOf = (found: unknown): Row => JSON.parse((found as { row: string }).row)

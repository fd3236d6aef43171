import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { escapeCell, openErrorFile, unescapeCell } from './error-file.js'
import { openTable, type Row } from './table.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-errors-'))
afterAll(() => rm(dir, { recursive: true }))
const format = { delimiter: 'auto', encoding: 'auto', nulls: [] } as const

const tableOf = async (name: string, text: string) => {
  await writeFile(join(dir, name), text)
  const table = await openTable(join(dir, name), format)
  const rows: Row[] = []
  for await (const row of table.rows()) rows.push(row)
  return { table, rows }
}

test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', ' =1', "'=1", '\u00a0=1'])(
  '%j cannot be run by a spreadsheet',
  (cell) => {
    expect(escapeCell(cell)).toBe(`'${cell}`)
  },
)

test('whatever is escaped is read back as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('=', "'", '-', ' ', '\t', 'a', '名') })
  fc.assert(fc.property(cell, (text) => unescapeCell(escapeCell(text)) === text))
})

test('refused rows can be corrected and read again as they were', async () => {
  const { table, rows } = await tableOf('a.csv', 'id;text\n1;=SUM(A1)\n2;"two\nlines, and ""quotes"""\n3;\n')
  const errors = await openErrorFile(join(dir, 'a.errors.csv'), table, [])
  for (const row of rows) await errors.write(row, [{ column: 'text', reason: 'cell.x', message: 'is, well, wrong' }])
  await errors.close()
  expect(await readFile(errors.path, 'utf8')).toBe(
    `line,column,reason,message,id,text
2,text,cell.x,"is, well, wrong",1,'=SUM(A1)
3,text,cell.x,"is, well, wrong",2,"two\nlines, and ""quotes"""
5,text,cell.x,"is, well, wrong",3,
`,
  )
  const again = await tableOf('again.csv', await readFile(errors.path, 'utf8'))
  expect(again.rows.map(({ cells }) => cells.slice(4))).toEqual(rows.map(({ cells }) => cells))

  const second = await openErrorFile(join(dir, 'b.errors.csv'), again.table, [])
  await second.write(again.rows[0] as Row, [{ column: '', reason: 'r', message: 'm' }])
  await second.close()
  expect(await readFile(second.path, 'utf8')).toBe("line,column,reason,message,id,text\n2,,r,m,1,'=SUM(A1)\n")
})

test('without refused rows there is no file, not even that of an earlier run', async () => {
  const { table } = await tableOf('c.csv', 'id\n1\n')
  await writeFile(join(dir, 'c.errors.csv'), 'old')
  await (await openErrorFile(join(dir, 'c.errors.csv'), table, [])).close()
  await expect(readFile(join(dir, 'c.errors.csv'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('it never replaces a file that is read, and says where it cannot be written', async () => {
  const { table } = await tableOf('d.csv', 'id\n1\n')
  await expect(openErrorFile(table.file, table, [table.file])).rejects.toThrow(/--errors/)
  await expect(openErrorFile(join(dir, 'no/where.csv'), table, [])).rejects.toThrow(/--errors/)
  expect(await readFile(table.file, 'utf8')).toBe('id\n1\n')
})

test.each<[string, string, string, [number, string][]]>([
  ['too many cells', 'a,b\n1,2,3\n4,5\n', '5', [[2, 'csv.columns']]],
  ['too few cells', 'a,b\n1\n4,5\n', '5', [[2, 'csv.columns']]],
  ['empty cells too many', 'a,b\n4,5,,\n', '5', []],
  ['rows of nothing but delimiters', 'a,b\n,\n4,5\n', '5', []],
  ['a semicolon', 'a;b\n4;5\n', '5', []],
  ['a tab', 'a\tb\n4\t5\n', '5', []],
  ['delimiters within quotes', '"a,x,y";b\n4;5\n', '5', []],
  ['blanks around the names', ' a , b \n4,5\n', '5', []],
])('table: %s', async (_, text, last, faults) => {
  const { table, rows } = await tableOf('t.csv', text)
  expect(table.columns.at(-1)).toBe('b')
  expect(rows.at(-1)?.cells[1]).toBe(last)
  expect(rows.flatMap(({ line, fault }) => (fault ? [[line, fault.reason]] : []))).toEqual(faults)
})

test.each<[string, string, string]>([
  ['sep=;', 'sep=;\na;b\n4;5,0\n', ';'],
  ['sep=; with a mark and CRLF', '\uFEFFsep=;\r\na;b\r\n4;5,0\r\n', ';'],
  ['a quoted one', '"sep=;"\na;b\n4;5,0\n', ';'],
  ['a sign that no option has', 'SEP=|\na|b\n4|5,0\n', '|'],
  ['a tab', 'sep=\t\na\tb\n4\t5,0\n', '\t'],
  ['the same delimiter as the columns have least of', 'sep=;\na,x,y;b\n4;5,0\n', ';'],
])('a first line by which Excel is told the delimiter is understood: %s', async (_, text, delimiter) => {
  const { table, rows } = await tableOf('sep.csv', text)
  expect(table).toMatchObject({ delimiter, columns: [expect.stringMatching(/^a/), 'b'] })
  expect(rows).toEqual([{ line: 3, cells: ['4', '5,0'], written: ['4', '5,0'] }])
})

test('a column may be called like that line', async () => {
  const { table, rows } = await tableOf('sep.csv', 'sep=id,b\n4,5\n')
  expect([table.columns, rows.length]).toEqual([['sep=id', 'b'], 1])
})

test('of many unreadable rows one behind the other, some are told one by one and the others as one', async () => {
  const { rows } = await tableOf('run.csv', `a,b\n1,"${'x\n'.repeat(3_000)}\n9,9\n`)
  expect(rows).toHaveLength(1_002)
  expect(rows.at(-2)).toMatchObject({ line: 1_002, fault: { reason: 'csv.unreadable' } })
  expect(rows.at(-2)?.fault?.message).toContain('lines 1002 to 3001')
  expect(rows.at(-1)?.cells).toEqual(['9', '9'])
})

test('a folder in its place is told and stays', async () => {
  const { table } = await tableOf('b.csv', 'id\n1\n')
  await expect(openErrorFile(dir, table, [])).rejects.toThrow(`The error file ${dir} cannot be written`)
  expect((await tableOf('c.csv', 'id\n2\n')).rows).toHaveLength(1)
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { escapeCell, unescapeCell } from './error-columns.js'
import { openErrorFile } from './error-file.js'
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
  const { table, rows } = await tableOf('a.csv', 'id;=text\n1;=SUM(A1)\n2;"two\nlines, and ""quotes"""\n3;\n')
  const errors = await openErrorFile(join(dir, 'a.errors.csv'), table, [])
  for (const row of rows.toReversed())
    errors.write(row, [{ column: 'x', reason: 'cell.x', message: 'is, well; wrong' }])
  await errors.close()
  expect(await readFile(errors.path, 'utf8')).toBe(
    `\uFEFFclientele_line;clientele_column;clientele_reason;clientele_message;id;'=text
2;x;cell.x;"is, well; wrong";1;'=SUM(A1)
3;x;cell.x;"is, well; wrong";2;"two\nlines, and ""quotes"""
5;x;cell.x;"is, well; wrong";3;
`,
  )
  const again = await tableOf('again.csv', await readFile(errors.path, 'utf8'))
  expect(again.table).toMatchObject({ columns: ['id', '=text'], delimiter: ';' })
  expect(again.rows.map(({ cells }) => cells)).toEqual(rows.map(({ cells }) => cells))

  const second = await openErrorFile(join(dir, 'b.errors.csv'), again.table, [])
  second.write(again.rows[0] as Row, [{ column: '', reason: 'r', message: 'm' }])
  await second.close()
  expect((await readFile(second.path, 'utf8')).split('\n')).toEqual([
    `\uFEFFclientele_line;clientele_column;clientele_reason;clientele_message;id;'=text`,
    "2;;r;m;1;'=SUM(A1)",
    '',
  ])
})

test.each<[string, BufferEncoding | string, string, string, string]>([
  ['GB18030 with semicolons', 'gb18030', '', ';', '\r\n'],
  ['GB18030 with a mark', 'gb18030', '\uFEFF', ',', '\n'],
  ['UTF-16', 'utf-16le', '', '\t', '\r\n'],
  ['UTF-16 with a mark', 'utf-16le', '\uFEFF', ';', '\n'],
  ['windows-1252', 'windows-1252', '', ';', '\r\n'],
  ['UTF-8', 'utf-8', '', ',', '\n'],
  ['UTF-8 with a mark', 'utf-8', '\uFEFF', '\t', '\r\n'],
])(
  'what is refused of %s can be corrected with any character and read as the first file was',
  async (_, encoding, mark, by, end) => {
    const name = { gb18030: '上海;华星,"二"', 'utf-16le': '臺灣', 'utf-8': '名' }[encoding] ?? 'Müller; Jürgen'
    const quoted = `"${name.replaceAll('"', '""')}"`
    const text = `${mark}id${by}text${end}1${by}${quoted}${end}2${by}${quoted}${end}`
    await writeFile(join(dir, 'in.csv'), iconv.encode(text, encoding, { addBOM: false }))
    const delimiter = ({ ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const)[by] as 'comma'
    const table = await openTable(join(dir, 'in.csv'), { ...format, encoding, delimiter })
    const errors = await openErrorFile(join(dir, 'in.errors.csv'), table, [])
    for await (const row of table.rows()) errors.write(row, [{ column: 'text', reason: 'r', message: 'm' }])
    await errors.close()
    const written = await readFile(errors.path, 'utf8')
    expect(written.split('\n').every((line) => line.endsWith('\r') || !line || end === '\n')).toBe(true)
    await writeFile(errors.path, written.replace(`1${by}`, `1 😀${by}`))
    const again = await openTable(errors.path, { ...format, encoding, delimiter })
    expect(again).toMatchObject({ columns: ['id', 'text'], lineEnd: end, delimiter: by })
    const rows: Row[] = []
    for await (const row of again.rows()) rows.push(row)
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['1 😀', name],
      ['2', name],
    ])
  },
)

test.each<[string, string[], string]>([
  ['of those names', ['line', 'column', 'reason', 'message'], 'clientele_line'],
  ['of its names', ['clientele_line', 'a', 'clientele2_reason'], 'clientele3_line'],
])('columns %s are columns of the file, also when it is read again', async (_, columns, first) => {
  const { table, rows } = await tableOf('own.csv', `${columns}\n${columns.map((_, at) => at)}\n`)
  expect(table.columns).toEqual(columns)
  const errors = await openErrorFile(join(dir, 'own.errors.csv'), table, [])
  errors.write(rows[0] as Row, [{ column: '', reason: 'r', message: 'm' }])
  await errors.close()
  const text = await readFile(errors.path, 'utf8')
  expect(text).toContain(`\uFEFF${first},`)
  const again = await tableOf('again.csv', text)
  expect([again.table.columns, again.rows[0]?.cells]).toEqual([columns, rows[0]?.cells])
})

test('a delimiter that has to be told is told, and a cell with a zero is whole', async () => {
  const { table, rows } = await tableOf('sep.csv', 'sep=|\r\na|b\r\n4\0|5,0\r\n')
  const errors = await openErrorFile(join(dir, 'sep.errors.csv'), table, [])
  errors.write(rows[0] as Row, [{ column: '', reason: 'r', message: 'm' }])
  await errors.close()
  const again = await tableOf('again.csv', await readFile(errors.path, 'utf8'))
  expect([again.table.columns, again.rows[0]?.cells]).toEqual([
    ['a', 'b'],
    ['4\0', '5,0'],
  ])
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

test.each<[string, string, string[], string]>([
  ['more of another in a cell of several lines', 'id,name,"x; y; z; w\nv"\n1,A,q\n', [], ','],
  ['a line break and the other end in the header', 'id,"a;b;c\r\nd;e",x\r\n1,2,3\r\n', [], ','],
  ['more of another in a name', 'id;name;a, b, c, d\n1;A;q\n', ['id', 'name'], ';'],
  ['nothing of the mapping in it', 'id,name,a;b\n1,A,q\n', ['code'], ','],
])('the delimiter is told from whole cells, and from the columns of the mapping: %s', async (_, text, wanted, by) => {
  await writeFile(join(dir, 'delimiter.csv'), text)
  const table = await openTable(join(dir, 'delimiter.csv'), format, undefined, wanted)
  expect([table.delimiter, table.columns.length]).toEqual([by, 3])
  const rows: Row[] = []
  for await (const row of table.rows()) rows.push(row)
  expect(rows.map(({ fault, cells }) => [fault, cells.length])).toEqual([[undefined, 3]])
})

test.each([1, 3, 1_000])(
  'rows end with a carriage return where that stands outside of quotes, in pieces of %i',
  async (size) => {
    await writeFile(join(dir, 'mac.csv'), `id;"na\nme";note\r1;A;"a\nb"\r2;B;c${'d'.repeat(size)}\r`)
    const table = await openTable(join(dir, 'mac.csv'), format)
    const rows: Row[] = []
    for await (const row of table.rows()) rows.push(row)
    expect(table.columns).toEqual(['id', 'na\nme', 'note'])
    expect(rows.map(({ line, cells }) => [line, cells[2]])).toEqual([
      [2, 'a\nb'],
      [3, `c${'d'.repeat(size)}`],
    ])
  },
)

test('a column may be called like that line', async () => {
  const { table, rows } = await tableOf('sep.csv', 'sep=id,b\n4,5\n')
  expect([table.columns, rows.length]).toEqual([['sep=id', 'b'], 1])
})

test('of many unreadable rows one behind the other, some are told one by one and the others as one', async () => {
  const { rows } = await tableOf('run.csv', `a,b\n${'x\n'.repeat(3_000)}\n9,9\n`)
  expect(rows).toHaveLength(1_002)
  expect(rows.at(-2)).toMatchObject({ line: 1_002, fault: { reason: 'csv.unreadable' } })
  expect(rows.at(-2)?.fault?.message).toContain('lines 1002 to 3001')
  expect(rows.at(-1)?.cells).toEqual(['9', '9'])
})

test('rows that are whole behind a quote that is never closed are all written, so that they can be imported', async () => {
  const { table, rows } = await tableOf('open.csv', `a,b\n0,"x\n${'1,"",2\n'.repeat(2)}${'9,\n'.repeat(1_500)}`)
  expect(rows).toHaveLength(1_503)
  const errors = await openErrorFile(join(dir, 'open.errors.csv'), table, [])
  for (const row of rows) errors.write(row, [{ column: '', reason: 'r', message: 'm' }])
  await errors.close()
  const again = await tableOf('again.csv', await readFile(errors.path, 'utf8'))
  expect(again.rows.filter(({ fault }) => !fault)).toHaveLength(1_500)
})

test.each<[string, string, [number, string][], number]>([
  ['wider by blanks', '1;A;"a\n9;Ghost;x\nb";', [], 1],
  ['wider by many blanks', '1;A;"a\n9;Ghost;x\nb";;;', [], 1],
  ['wider', '1;A;"a\n9;Ghost;x\nb";c', [[2, 'csv.columns']], 0],
  ['narrower', '1;"a\n9;Ghost;x\nb"', [[2, 'csv.columns']], 0],
  ['with a stray quote', '1;5" pipe;"a\n9;Ghost;x\nb"', [[2, 'csv.quote']], 0],
])(
  'a record of several lines is one row, refused once or taken, and so is what is written of it: %s',
  async (_, text, faults, taken) => {
    const { table, rows } = await tableOf('lines.csv', `id;name;note\n${text}\n`)
    expect(rows.flatMap(({ line, fault }) => (fault ? [[line, fault.reason]] : []))).toEqual(faults)
    expect(rows.map(({ cells }) => cells[0])).toEqual(['1'])
    expect(rows.filter(({ fault }) => !fault)).toHaveLength(taken)
    const errors = await openErrorFile(join(dir, 'lines.errors.csv'), table, [])
    for (const row of rows) errors.write(row, [{ column: '', reason: 'r', message: 'm' }])
    await errors.close()
    const again = await tableOf('again.csv', await readFile(errors.path, 'utf8'))
    expect(again.rows).toHaveLength(1)
    expect(again.rows.filter(({ fault }) => !fault)).toHaveLength(taken)
  },
)

test('the names of a header may end with a delimiter that its rows do not have', async () => {
  const { rows } = await tableOf('t.csv', 'id;name;note;\n1;A;x\n2;B;y;\n3;C\n4;D;z;v\n')
  expect(rows.map(({ line, fault }) => [line, fault?.reason])).toEqual([
    [2, undefined],
    [3, undefined],
    [4, 'csv.columns'],
    [5, undefined],
  ])
})

test('a folder in its place is told and stays', async () => {
  const { table } = await tableOf('b.csv', 'id\n1\n')
  await expect(openErrorFile(dir, table, [])).rejects.toThrow(`The error file ${dir} cannot be written`)
  expect((await tableOf('c.csv', 'id\n2\n')).rows).toHaveLength(1)
})

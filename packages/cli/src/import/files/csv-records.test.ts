import fc from 'fast-check'
import { readRecords } from './csv-records.js'

async function* inChunks(text: string, size = 3) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

const read = async (text: string, delimiter = ',', size = 3, limits?: { cell: number; row: number }) => {
  const records: [line: number, ...cells: string[]][] = []
  const faults: [line: number, reason: string, written: string][] = []
  for await (const { line, cells, text: written, fault } of readRecords(
    () => inChunks(text, size),
    delimiter,
    limits,
  )) {
    if (fault) faults.push([line, fault.reason, written ?? (cells[0] as string)])
    else records.push([line, ...cells])
  }
  return { records, faults }
}

test.each([
  ['plain cells', 'a,b\n1,2\n'],
  ['no line end at the end', 'a,b\n1,2'],
  ['CRLF', 'a,b\r\n1,2\r\n'],
  ['CR alone', 'a,b\r1,2\r'],
  ['CR alone, no line end at the end', 'a,b\r1,2'],
])('two lines of two cells: %s', async (_, text) => {
  expect(await read(text)).toEqual({
    records: [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
    faults: [],
  })
})

test.each<[string, string, [number, ...string[]][]]>([
  [
    'empty lines are skipped and counted',
    'a,b\n\n\n1,2\n',
    [
      [1, 'a', 'b'],
      [4, '1', '2'],
    ],
  ],
  [
    'empty cells',
    ',\n"",\n',
    [
      [1, '', ''],
      [2, '', ''],
    ],
  ],
  [
    'a quoted delimiter and a doubled quote',
    'a,b\n"x,""y""",2\n',
    [
      [1, 'a', 'b'],
      [2, 'x,"y"', '2'],
    ],
  ],
  [
    'a line break in a cell',
    'a,b\n"x\ny",2\n3,4\n',
    [
      [1, 'a', 'b'],
      [2, 'x\ny', '2'],
      [4, '3', '4'],
    ],
  ],
  [
    'a line feed in a cell of a file with CR',
    'a,b\r1,"x\ny"\r3,4\r',
    [
      [1, 'a', 'b'],
      [2, '1', 'x\ny'],
      [3, '3', '4'],
    ],
  ],
  [
    'Chinese and emoji',
    '名称,备注\n青禾,👍🏽\n',
    [
      [1, '名称', '备注'],
      [2, '青禾', '👍🏽'],
    ],
  ],
])('%s', async (_, text, records) => {
  expect(await read(text)).toEqual({ records, faults: [] })
})

type Broken = [string, string, number[], [number, string][]]

test.each<Broken>([
  ['text behind a closed quote', 'a,b\n1,"x"y\n3,4\n5,6\n', [1, 3, 4], [[2, 'csv.quote']]],
  ['a quote within a cell', 'a,b\n1,5" pipe and 6" pipe\n3,4\n', [1, 3], [[2, 'csv.quote']]],
  ['one quote within a cell', 'a,b\n1,5" pipe\n3,4\n5,6" pipe\n', [1, 3], [2, 4].map((line) => [line, 'csv.quote'])],
  ['a quote too many, with good ones behind', 'a,b\n1,"x"y\n3,4\n"5","6"\n', [1, 3, 4], [[2, 'csv.quote']]],
  ['a quote too few in its cell', 'a,b\n1,"5" pipe"\n3,4\n5,"6"\n', [1, 3, 4], [[2, 'csv.quote']]],
  ['an unclosed quote in the last line', 'a,b\n1,2\n3,"', [1, 2], [[3, 'csv.unclosed_quote']]],
])('%s costs only its own line', async (_, text, lines, faults) => {
  const result = await read(text)
  expect(result.records.map(([line]) => line)).toEqual(lines)
  expect(result.faults.map(([line, reason]) => [line, reason])).toEqual(faults)
})

test.each<Broken>([
  ['a quote that another line closes', 'a,b\n1,"x\n3,4\n5"x,6\n"7",8\n', [1, 5], [[2, 'csv.quote']]],
  ['one that looks like a row', 'a,b\n1,"x\n3,"y"\n"5",6\n', [1, 4], [[2, 'csv.quote']]],
  ['quotes of speech', 'a,b\n1,"they said "hi" and\n3,4\nleft"\n5,6\n', [1, 5], [[2, 'csv.quote']]],
  ['quotes of speech at a line end', 'a,b\n1,"they said "hi"\n3,4\nleft"\n"5",6\n', [1, 5], [[2, 'csv.quote']]],
  ['a blank before the quote', 'a,b\n1, "x\n3,4\ny"\n5,6\n', [1, 5], [[2, 'csv.quote']]],
  ['a quoted cell inside', 'a,b,c\n1,A,"a\n9,"Ghost",x\nb"\n2,B,"y"\n', [1, 5], [[2, 'csv.quote']]],
])('what may be text of a cell is not read as a row: %s', async (_, text, lines, faults) => {
  const result = await read(text)
  expect(result.records.map(([line]) => line)).toEqual(lines)
  expect(result.faults.map(([line, reason]) => [line, reason])).toEqual(faults)
})

test('of a quote that is never closed, every line that a row could have is refused, and those behind are read', async () => {
  const text = `a,b\n1,"x\n3,4\n\n"5",6\n${'7,8\n'.repeat(10)}`
  for (const size of [1, 3, 1_000]) {
    const { records, faults } = await read(text.replace('"5"', '5'), ',', size, { cell: 9, row: 20 })
    expect(faults).toEqual([
      [2, 'csv.unclosed_quote', '1,"x'],
      [3, 'csv.behind_unclosed_quote', '3'],
      [5, 'csv.behind_unclosed_quote', '5'],
      [6, 'csv.behind_unclosed_quote', '7'],
      [7, 'csv.behind_unclosed_quote', '7'],
    ])
    expect(records.map(([line]) => line)).toEqual([1, 8, 9, 10, 11, 12, 13, 14, 15])
  }
})

test('a file in which quotes are left open again and again is read up to a point that is told', async () => {
  const open = `1,"x\n${'3,4\n'.repeat(10)}`
  const { records, faults } = await read(`a,b\n${open}${open.replaceAll('"', ',').repeat(20)}`, ',', 9, {
    cell: 9,
    row: 20,
  })
  expect(faults.at(-1)?.slice(0, 2)).not.toContain('csv.unreadable')
  expect(records.length).toBeGreaterThan(200)
})

test.each<[string, string, number[], [number, string, string][]]>([
  ['a cell', 'a,b\n1,123456\n3,4\n', [1, 3], [[2, 'csv.cell_too_long', '1']]],
  ['a quoted cell', 'a,b\n1,"123456"\n3,4\n', [1, 3], [[2, 'csv.cell_too_long', '1']]],
  ['a line', `a,b\n1,${'x'.repeat(50)}\n3,4\n`, [1, 3], [[2, 'csv.row_too_long', `1,${'x'.repeat(28)}`]]],
  ['a line of quotes', `a,b\n1,${'"'.repeat(50)}\n3,4\n`, [1, 3], [[2, 'csv.row_too_long', `1,${'"'.repeat(28)}`]]],
  [
    'a line within a quote that is open',
    `a,b\n1,"x\n${'x'.repeat(50)}\n3,4\n`,
    [1, 4],
    [
      [2, 'csv.unclosed_quote', '1,"x'],
      [3, 'csv.row_too_long', 'x'.repeat(30)],
    ],
  ],
  [
    'the last line, which has no end',
    `a,b\n1,${'x'.repeat(50)}`,
    [1],
    [[2, 'csv.row_too_long', `1,${'x'.repeat(28)}`]],
  ],
])('%s beyond the limit costs only its own row', async (_, text, lines, faults) => {
  const limits = { cell: 5, row: 30 }
  for (const size of [1, 3, 7, 1000]) {
    const result = await read(text, ',', size, limits)
    expect(result.records.map(([line]) => line)).toEqual(lines)
    expect(result.faults).toEqual(faults)
  }
})

test('of a line without end no more than the limit is held, and its beginning is what is told', async () => {
  const { faults } = await read(`a\n${'x'.repeat(100_000)}`, ',', 1_000, { cell: 5_000, row: 5_000 })
  expect(faults).toEqual([[2, 'csv.row_too_long', 'x'.repeat(1_000)]])
})

const manyRows = Array.from({ length: 60_000 }, (_, at) => `${at},some text that makes the row longer`)

test('an unclosed quote at the start of a large file costs the lines that a row could have, not the file', async () => {
  const { records, faults } = await read(['a,b', '1,"x', ...manyRows].join('\n'), ',', 65_536)
  expect(faults[0]).toEqual([2, 'csv.unclosed_quote', '1,"x'])
  const characters = manyRows.slice(0, faults.length - 1).join('\n').length
  expect(Math.abs(characters - 1024 * 1024)).toBeLessThan(100)
  expect(records.length + faults.length).toBe(manyRows.length + 2)
})

test('a cell of many lines that is longer than a row may be is told once, and nothing of it is read', async () => {
  const { records, faults } = await read(['a,b', '1,"x', ...manyRows, '"', '2,3'].join('\n'), ',', 65_536)
  expect(faults.map(([line, reason]) => [line, reason])).toEqual([[2, 'csv.row_too_long']])
  expect(records.map(([line]) => line)).toEqual([1, manyRows.length + 4])
})

test('whatever is written with quotes is read back', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', '名', '\t', "'") })
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(',', ';', '\t'),
      fc.integer({ min: 1, max: 9 }),
      async (rows, delimiter, size) => {
        const text = rows
          .map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n')
        const { records, faults } = await read(text, delimiter, size)
        expect(faults).toEqual([])
        expect(records.map(([, ...cells]) => cells)).toEqual(rows)
      },
    ),
  )
})

test('no row comes from within quotes that close, whatever is wrong with the record, and it is told once', async () => {
  const delimiters = fc.constantFrom(',', ';', '\t')
  const kinds = fc.constantFrom('exact', 'wider by blanks', 'wider', 'narrower', 'too long')
  const strays = fc.constantFrom('', '5"', '5" pipe', '"5"x', '"5" pipe"', 'a "b" c', '"5"" pipe" x', ' "5"', '"5" ')
  const ends = fc.constantFrom('\n', '\r\n')
  await fc.assert(
    fc.asyncProperty(
      delimiters,
      kinds,
      strays,
      fc.array(
        fc.constantFrom('9,Ghost,x', '9,""Ghost"",x', '""', '9,,', '', 'text', '9,"","",x'.replaceAll('"', '""')),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      ends,
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (by, kind, stray, inner, end, size, isQuoted) => {
        const long = kind === 'too long' ? Array(30).fill(`8${by}Ghost${by}y`) : []
        const within = [...inner.map((line) => line.replaceAll(',', by)), ...long].join(end)
        const cells = { exact: 3, 'wider by blanks': 5, wider: 4, narrower: 2, 'too long': 3 }[kind]
        const first = kind === 'narrower' ? [] : [stray || 'A']
        const more = Array.from({ length: cells - 2 - first.length }, () => (kind === 'wider' ? 'z' : ''))
        const written = ['1', ...first, `"a${end}${within}${end}b"`, ...more].join(by)
        const row = (cells: string[]) => cells.map((cell) => (isQuoted ? `"${cell}"` : cell)).join(by)
        const text = [row(['id', 'name', 'note']), written, row(['2', 'B', 'c']), row(['3', 'C', 'd'])].join(end)
        const { records, faults } = await read(text, by, size, { cell: 500, row: 300 })
        const isBroken = kind === 'too long' || (stray && kind !== 'narrower')
        expect(records.map(([, id]) => id)).toEqual(isBroken ? ['id', '2', '3'] : ['id', '1', '2', '3'])
        const reason = kind === 'too long' ? 'csv.row_too_long' : 'csv.quote'
        expect(faults.map(([line, reason]) => [line, reason])).toEqual(isBroken ? [[2, reason]] : [])
      },
    ),
    { numRuns: 1000 },
  )
})

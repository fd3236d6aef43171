import fc from 'fast-check'
import { readRecords } from './csv-records.js'

async function* inChunks(text: string, size = 3) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

const read = async (text: string, delimiter = ',', size = 3) => {
  const records: [line: number, ...cells: string[]][] = []
  const faults: [line: number, reason: string, written: string][] = []
  for await (const { line, cells, fault } of readRecords(inChunks(text, size), delimiter)) {
    if (fault) faults.push([line, fault.reason, cells[0] as string])
    else records.push([line, ...cells])
  }
  return { records, faults }
}

test.each<[string, string, [number, ...string[]][]]>([
  [
    'plain cells',
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'no line end at the end',
    'a,b\n1,2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'CR alone',
    'a,b\r1,2\r',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
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

test.each<[string, string, number[], [number, string][]]>([
  ['text behind a closed quote', 'a,b\n1,"x"y\n3,4\n5,6\n', [1, 3, 4], [[2, 'csv.quote']]],
  ['a quote within a cell', 'a,b\n1,5" pipe and 6" pipe\n3,4\n', [1, 3], [[2, 'csv.quote']]],
  ['a quote that is never closed', 'a,b\n1,"x\n3,4\n5,6\n', [1, 3, 4], [[2, 'csv.unclosed_quote']]],
  ['an unclosed quote before a good one', 'a,b\n1,"x\n3,"y"\n5,6\n', [1, 3, 4], [[2, 'csv.unclosed_quote']]],
  [
    'two stray quotes with rows between',
    'a,b\n1,"x\n3,4\n5",6\n7,8\n',
    [1, 3, 5],
    [
      [2, 'csv.unclosed_quote'],
      [4, 'csv.unclosed_quote'],
    ],
  ],
  ['an unclosed quote in the last line', 'a,b\n1,2\n3,"', [1, 2], [[3, 'csv.unclosed_quote']]],
])('%s costs only its own line', async (_, text, lines, faults) => {
  const result = await read(text)
  expect(result.records.map(([line]) => line)).toEqual(lines)
  expect(result.faults.map(([line, reason]) => [line, reason])).toEqual(faults)
})

test('an unclosed quote at the start of a large file does not swallow it', async () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => `${at},some text that makes the row longer`)
  const { records, faults } = await read(['a,b', '1,"x', ...rows].join('\n'), ',', 65_536)
  expect(faults).toEqual([[2, 'csv.unclosed_quote', '1,"x']])
  expect(records).toHaveLength(rows.length + 1)
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

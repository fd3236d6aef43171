import { parseMapping } from './mapping.js'
import { MappingError } from './mapping-fault.js'
import type { Target } from './target.js'
import { fillTemplate } from './template.js'

const leaf = (type = 'String', rest: Partial<Target> = {}): Target => ({
  type,
  required: false,
  hasDefault: false,
  ...rest,
})
const object = (fields: Record<string, Target>, rest: Partial<Target> = {}): Target =>
  leaf('Object', { fields: new Map(Object.entries(fields)), ...rest })
const list = (item: Target, rest: Partial<Target> = {}): Target => leaf(item.type, { item, ...rest })
const needed = { required: true }

const kind = leaf('Kind', { ...needed, values: ['PERSON', 'ORGANIZATION'] })
const contactPoint = object({ kind: leaf('String', needed), value: leaf('String', needed), country: leaf() }, needed)
const customer = object({
  externalId: leaf('String', needed),
  kind,
  displayName: leaf(),
  person: object({ givenName: leaf(), birthDate: leaf('Date') }),
  addresses: list(object({ lines: list(leaf()), city: leaf() }, needed)),
  contactPoints: list(contactPoint),
  tags: list(leaf()),
})
const purchase = object({
  externalId: leaf('String', needed),
  customer: object({ externalId: leaf('String', needed), displayName: leaf() }, needed),
  orderedAt: leaf('DateTime', needed),
  lines: list(
    object({ sku: leaf(), quantity: leaf('Decimal', needed), discount: leaf('Decimal', { hasDefault: true }) }),
    needed,
  ),
})

const header = ['id', 'name', 'phone', 'country', 'tags', 'day', 'day2', 'day2']
const compile = (text: string, target = customer, lines?: string[]) =>
  parseMapping(text, 'map.yaml').compile({ file: header, lines }, target)

const faultsOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof MappingError) return error
    throw error
  }
  throw new Error('there were no faults')
}

const whole = 'system: s\nrows:\n  externalId: { column: id }\n  kind: PERSON\n'

test.each<[string, string, string, RegExp]>([
  [
    'an unknown field',
    '  displayNam: { column: name }',
    'mapping.unknown_field',
    /did you mean "displayName".*line 5, column 3/,
  ],
  ['an unknown nested field', '  person: { givenNam: { column: name } }', 'mapping.unknown_field', /givenName/],
  ['an unknown dotted field', '  person.givenNam: { column: name }', 'mapping.unknown_field', /person\.givenName/],
  ['a path below a leaf', '  displayName.x: { column: name }', 'mapping.unknown_field', /displayName\.x/],
  ['a path below a list', '  contactPoints.value: { column: name }', 'mapping.unknown_field', /contactPoints\.value/],
  [
    'an unknown column',
    '  displayName: { column: nam }',
    'mapping.unknown_column',
    /did you mean "name".*line 5, column 26/,
  ],
  ['a column that stands twice', '  displayName: { column: day2 }', 'mapping.ambiguous_column', /several/],
  ['an unknown transform', '  displayName: { column: name, transform: trimm }', 'mapping.unknown_transform', /"trim"/],
  [
    'wrong arguments',
    '  displayName: { column: name, transform: { prefix: [1] } }',
    'mapping.bad_transform',
    /prefix needs/,
  ],
  [
    'a date without a zone',
    '  displayName: { column: day, transform: { date: { format: yyyy-MM-dd } } }',
    'mapping.bad_transform',
    /zone/,
  ],
  ['a wrong constant', '  person.birthDate: yesterday', 'mapping.bad_constant', /yesterday/],
  ['an empty constant', '  displayName:', 'mapping.bad_constant', /leave the field out/],
  ...['default: null', 'default: ~', 'default:', 'default: ""'].map((text): [string, string, string, RegExp] => [
    text,
    `  displayName: { column: name, ${text} }`,
    'mapping.bad_default',
    /takes a text/,
  ]),
  ['a default that is a list', '  displayName: { column: name, default: [a] }', 'mapping.wrong_shape', /takes a text/],
  ['an empty split', '  tags: { column: tags, split: "" }', 'mapping.bad_split', /takes a text/],
  [
    'a start that is nothing',
    '  displayName: { column: name, transform: { startsWith: { text: null, yes: a } } }',
    'mapping.bad_transform',
    /needs as text/,
  ],
  [
    'an unknown key of a source',
    '  displayName: { column: name, transfrom: trim }',
    'mapping.unknown_key',
    /"transform"/,
  ],
  ['one value for a list', '  contactPoints: { column: phone }', 'mapping.wrong_shape', /list/],
  ['a text for an object', '  person: Anna', 'mapping.wrong_shape', /givenName/],
  ['a list for one value', '  displayName: [a]', 'mapping.wrong_shape', /one value/],
  [
    'a field that is mapped twice',
    '  person: { givenName: { column: name } }\n  person.givenName: x',
    'mapping.duplicate_field',
    /twice/,
  ],
  [
    'a list entry that lacks a field',
    '  contactPoints:\n    - { value: { column: phone } }',
    'mapping.missing_field',
    /"kind"/,
  ],
  ['lines of customers', 'lines: {}', 'mapping.unknown_key', /only purchases/],
  ['an unknown key', 'fromat: {}', 'mapping.unknown_key', /"format"/],
  ['an unknown delimiter', 'format: { delimiter: pipe }', 'mapping.bad_format', /semicolon/],
  ['an unknown encoding', 'format: { encoding: klingon }', 'mapping.bad_format', /klingon/],
  ['nulls that are no list', 'format: { nulls: NULL }', 'mapping.wrong_shape', /list/],
])('%s is told with its place', (_, added, reason, message) => {
  const { code, reason: all, fields = [] } = faultsOf(() => compile(`${whole}${added}\n`))
  expect([code, all]).toEqual(['INVALID', 'mapping.invalid'])
  expect(fields).toHaveLength(1)
  expect(fields[0]).toMatchObject({ reason, message: expect.stringMatching(message) })
  expect(fields[0]?.message).toMatch(/\(line \d+, column \d+\)$/)
})

test('all faults are told at once, in the order of the file', () => {
  const { fields = [], message } = faultsOf(() =>
    compile('rows:\n  kind: ROBOT\n  displayNam: { column: nam, transform: trimm }\n  tags: { column: tags }\n'),
  )
  expect(fields.map(({ reason }) => reason)).toEqual([
    'mapping.missing_field',
    'mapping.missing_field',
    'mapping.bad_constant',
    'mapping.unknown_field',
    'mapping.unknown_column',
    'mapping.unknown_transform',
    'mapping.wrong_shape',
  ])
  expect(message).toContain('map.yaml:2:9  mapping.bad_constant')
})

test.each(['a: [1', 'a: 1\na: 2', '- a', '', '"'])('%j is no mapping', (text) => {
  const { code, fields = [] } = faultsOf(() => compile(text))
  expect(code).toBe('INVALID')
  expect(fields.length).toBeGreaterThan(0)
})

const fill = (added: string, cells: (string | null)[]) => fillTemplate(compile(`${whole}${added}`).row, cells)

test('a row becomes the input of the API', () => {
  const { value, faults } = fill(
    `  person: { givenName: { column: name, transform: [trim, upper] } }
  person.birthDate: { column: day }
  contactPoints:
    - { kind: PHONE, value: { column: phone }, country: { column: country, default: CN } }
    - { kind: { constant: WEB }, value: { column: day2x } }
  addresses: [{ lines: [{ column: country }], city: 上海 }]
  tags: { column: tags, split: ";", transform: trim }`.replace('day2x', 'country'),
    ['7', ' anna ', '555', null, 'a; b;;', '2000-01-31', null, null],
  )
  expect(faults).toEqual([])
  expect(value).toEqual({
    externalId: '7',
    kind: 'PERSON',
    person: { givenName: 'ANNA', birthDate: '2000-01-31' },
    contactPoints: [{ kind: 'PHONE', value: '555', country: 'CN' }],
    addresses: [],
    tags: ['a', 'b'],
  })
})

const written = [
  '01067',
  '12345678901234567890',
  '1e3',
  '0x1F',
  '0o17',
  '1.50',
  '.inf',
  'true',
  '2020-01-01',
  '1_000',
  '+5',
  '00',
]

test.each(written)('%s is the text as it is written, wherever a mapping says it', (text) => {
  const cells = (name: string | null) => ['7', name, name, null, null, null]
  const name = (source: string, cell: string | null) => fill(`  displayName: ${source}`, cells(cell)).value.displayName
  expect(name(text, null)).toBe(text)
  expect(name(`{ constant: ${text} }`, null)).toBe(text)
  expect(name(`{ column: name, default: ${text} }`, null)).toBe(text)
  expect(name(`{ column: name, transform: { prefix: ${text} } }`, 'x')).toBe(`${text}x`)
  expect(name(`{ column: name, transform: { suffix: ${text} } }`, 'x')).toBe(`x${text}`)
  expect(name(`{ column: name, transform: { map: { ${text}: ${text}, "*": x } } }`, text)).toBe(text)
  const start = `{ startsWith: { text: ${text}, yes: ${text}, no: x } }`
  expect(name(`{ column: name, transform: ${start} }`, `${text}!`)).toBe(text)
  expect(name(`{ column: name, transform: { part: { of: ${text}, at: 2 } } }`, `a${text}b`)).toBe('b')
  expect(fill(`  tags: { column: name, split: ${text} }`, cells(`a${text}b`)).value.tags).toEqual(['a', 'b'])
  const mapping = parseMapping(
    `system: ${text}\nformat: { nulls: [${text}] }\nrows:\n  externalId: { column: ${text} }\n  kind: PERSON\n`,
    'm',
  )
  expect(mapping.format.nulls).toEqual([text])
  const compiled = mapping.compile({ file: [text] }, customer)
  expect(compiled.system).toBe(text)
  expect(fillTemplate(compiled.row, ['7']).value.externalId).toBe('7')
})

test('keys that differ as they are written are different', () => {
  const table = '{ map: { 01: a, 1: b, 1.0: c, null: d, ~: e, true: f, __proto__: g } }'
  const of = (cell: string) =>
    fill(`  displayName: { column: name, transform: ${table} }`, ['7', cell]).value.displayName
  expect(['01', '1', '1.0', 'null', '~', 'true', '__proto__'].map(of)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
})

test('an empty cell clears, an optional object without any value too', () => {
  const { value } = fill('  displayName: { column: name }\n  person.givenName: { column: phone }', ['7', null, null])
  expect(value).toEqual({ externalId: '7', kind: 'PERSON', displayName: null, person: null })
})

test('all faults of a row are told with their columns', () => {
  const { faults } = fill(
    '  person: { givenName: { column: name, transform: integerText }, birthDate: { column: day } }',
    [null, 'x', null, null, null, '31.1.2000'],
  )
  expect(faults.map(({ column, reason }) => [column, reason])).toEqual([
    ['name', 'cell.integer'],
    ['day', 'cell.date'],
    ['id', 'cell.empty'],
  ])
})

const orders = `system: s
rows:
  externalId: { column: id }
  customer.externalId: { column: name }
  orderedAt: { column: day }
lines:
  key: id
  fields: { sku: { column: sku }, quantity: { column: n }, discount: { column: d } }
`

test('lines come from a file of their own, or from the same', () => {
  const lines = ['id', 'sku', 'n', 'd']
  expect(compile(orders, purchase, lines).lines).toMatchObject({ fileKey: 0, linesKey: 0 })
  const renamed = compile(orders.replace('key: id', 'key: { file: id, lines: order }'), purchase, [
    'sku',
    'n',
    'd',
    'order',
  ])
  expect(renamed.lines).toMatchObject({ fileKey: 0, linesKey: 3, keyColumn: 'order' })
  const { template } = compile(orders, purchase, lines).lines as never as {
    template: Parameters<typeof fillTemplate>[0]
  }
  // What has a default in the API is left out, so that the default counts.
  expect(fillTemplate(template, ['1', null, '2', null]).value).toEqual({ sku: null, quantity: '2' })
})

test.each<[string, string, string]>([
  ['no lines', orders.slice(0, orders.indexOf('lines:')), 'mapping.missing_field'],
  ['no key', orders.replace('  key: id\n', ''), 'mapping.missing_field'],
  ['an unknown key column', orders.replace('key: id', 'key: order'), 'mapping.unknown_column'],
  ['lines among the rows', orders.replace('rows:', 'rows:\n  lines: []'), 'mapping.unknown_field'],
  [
    'a needed object that is not mapped',
    orders.replace('customer.externalId', 'customer.displayName'),
    'mapping.missing_field',
  ],
])('purchases: %s', (_, text, reason) => {
  const { fields = [] } = faultsOf(() => compile(text, purchase, ['id', 'sku', 'n', 'd']))
  expect(fields.map((fault) => fault.reason)).toContain(reason)
})

test.each<[string, string]>([
  ['a table', 'id,name,mail\n1,"Anna" Meier,anna@example.org\n2,{x,bob@example.org\n'],
  ['a table with colons', 'id;time\nanna: 1;10:30\nbob: 2;11:00\n'],
  ['a table whose rows are YAML', 'anna: a,b\nbob: c,d\n'],
  ['nothing', ''],
  ['a list', '- anna\n- bob\n'],
])('%s is no mapping, and nothing of it is told', (_, text) => {
  const { message, fields } = faultsOf(() => parseMapping(text, 'map.yaml'))
  expect(fields).toEqual([expect.objectContaining({ reason: 'mapping.not_a_mapping' })])
  expect(message).toContain('map.yaml:1:1')
  expect(message).toMatch(/is not a mapping file .*--map/)
  expect(message).not.toMatch(/anna|bob|Meier|mail/i)
})

test('what is no YAML within a mapping is told by its place alone', () => {
  const text = `${whole}  displayName: "Anna" Meier\n  number: !secret 4711\n  tags: [a, }\n`
  const { message, fields } = faultsOf(() => parseMapping(text, 'map.yaml'))
  expect(new Set(fields?.map(({ reason }) => reason))).toEqual(new Set(['mapping.yaml']))
  expect(message).toContain('map.yaml:5:')
  expect(message).not.toMatch(/Anna|Meier|secret|4711/)
})

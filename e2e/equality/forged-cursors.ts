const decode = (cursor: string): unknown[] => JSON.parse(Buffer.from(cursor, 'base64url').toString())
const encode = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
const times = [
  '-000005-01-01T00:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '',
  'now',
  5,
  null,
]

/** What no key of any order can be, and what only some can. */
const values: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 31,
  -(2 ** 53),
  1e308,
  '9223372036854775808',
  'NaN',
  '-Infinity',
  '',
  'a\0b',
  'a\ud800',
  'x'.repeat(3_000),
  '张',
  "'; drop table customer; --",
  '0000-01-01',
  '2026-02-30',
  '9999-12-31',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '{00000000-0000-0000-0000-000000000000}',
  [],
  [1],
  {},
  { $gt: 1 },
  ...times.map((at) => ({ at })),
  { at: '0001-01-01T00:00:00.000Z' },
  { at: '9999-12-31T23:59:59.999Z' },
]

/** Texts made of a cursor that a list gave, each of which must be the list's place or INVALID. */
export const forgedFrom = (cursor: string): string[] => {
  const [signature, ...keys] = decode(cursor)
  const bytes = Buffer.from(cursor, 'base64url')
  return [
    cursor,
    '',
    'x',
    '%%%',
    cursor.slice(0, -1),
    cursor.slice(0, cursor.length / 2),
    `${cursor}AAAA`,
    `${cursor}${cursor}`,
    cursor.repeat(300),
    bytes.toString('base64'),
    bytes.toString(),
    bytes.reverse().toString('base64url'),
    ...[
      null,
      1,
      'text',
      {},
      [],
      [signature],
      [null, ...keys],
      [signature, ...keys, 1],
      [signature, ...keys.slice(1)],
    ].map(encode),
    encode([signature, ...keys.toReversed()]),
    encode([`${signature},id:asc`, ...keys]),
    encode([String(signature).replaceAll('asc', 'desc'), ...keys]),
    Buffer.from(`["${signature}",1e999,"${keys.at(-1)}"]`).toString('base64url'),
    ...keys.flatMap((_, at) => values.map((value) => encode([signature, ...keys.with(at, value)]))),
  ]
}

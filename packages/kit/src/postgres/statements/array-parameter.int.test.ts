import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import fc from 'fast-check'
import { arrayParameter, idsParameter } from './array-parameter.js'

const svc = await startForTest(example)
const { em } = svc.context({ subject: 'mia', roles: ['manager'], tenant: 'acme', territories: [], kind: 'person' })
const read = async (type: string, parameter: string) =>
  (await em.execute<{ back: unknown[] }[]>(`select to_json(?::${type}[]) as back`, [parameter]))[0]?.back

test('PostgreSQL reads the texts that were given, whatever is in them', async () => {
  const special = fc.constantFrom('', ' ', ',', '"', '\\', '{', '}', 'NULL', 'null', '?', "'", '\n', 'ä', '\u{1f600}')
  const text = fc
    .array(fc.oneof(special, fc.string({ unit: 'grapheme' })), { maxLength: 4 })
    .map((some) => some.join(''))
  const stored = text.filter((some) => !some.includes('\0') && some.isWellFormed())
  await fc.assert(
    fc.asyncProperty(fc.array(stored, { maxLength: 5 }), async (texts) => {
      expect(await read('text', arrayParameter(texts))).toEqual(texts)
    }),
  )
})

test('numbers of any iterable, and ids without what is none', async () => {
  expect(await read('int', arrayParameter(new Set([3, -1])))).toEqual([3, -1])
  const id = '0198c0de-0000-7000-8000-000000000001'
  expect(await read('uuid', idsParameter([id, 'x', '', `${id}}`]))).toEqual([id])
})

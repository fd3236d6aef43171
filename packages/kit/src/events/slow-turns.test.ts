import { createSlowTurns } from './slow-turns.js'

/** What has its turn, in the order in which it began. */
const begun = async (turns: ReturnType<typeof createSlowTurns>, tenants: readonly string[]) => {
  const began: { tenant: string; end: () => void }[] = []
  for (const tenant of tenants) turns.take(tenant).then((end) => end && began.push({ tenant, end }))
  await new Promise(setImmediate)
  return began
}
const settled = () => new Promise(setImmediate)
const tenantsOf = (began: readonly { tenant: string }[]) => began.map(({ tenant }) => tenant).join('')

test('a tenant has one turn at a time, and all together as many as there may be', async () => {
  const began = await begun(createSlowTurns(2), ['a', 'a', 'b', 'c', 'a'])
  expect(tenantsOf(began)).toBe('ab')
  began[0]?.end()
  await settled()
  expect(tenantsOf(began)).toBe('abc')
})

test('who had theirs longest ago comes next, however often another one asks', async () => {
  const began = await begun(createSlowTurns(1), ['a', 'a', 'a', 'a', 'b', 'b', 'c'])
  for (let at = 0; at < 7; at++) {
    began[at]?.end()
    await settled()
  }
  expect(tenantsOf(began)).toBe('abcabaa')
})

test('work that nobody waits for any more counts, also when it fails', async () => {
  const turns = createSlowTurns(1)
  let fail = (_: Error) => {}
  turns.occupy('a', new Promise((_, reject) => (fail = reject)))
  const began = await begun(turns, ['b'])
  expect([turns.hasRoom(), tenantsOf(began)]).toEqual([false, ''])
  fail(new Error('too late'))
  await settled()
  expect(tenantsOf(began)).toBe('b')
})

test('whoever waits is told when the service stops', async () => {
  const turns = createSlowTurns(1)
  await turns.take('a')
  const waiting = turns.take('b')
  await turns.close()
  expect(await waiting).toBeUndefined()
  expect(await turns.take('c')).toBeUndefined()
})

import { randomUUID } from 'node:crypto'
import { defineService } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { createReplicas } from '../../fixture/replicas.js'

const svc = await startForTest(defineService({ ...example, consumers: [] }))
const { replica, publish, slowStatements, createLedger, parkedOf } = createReplicas(svc)
const ledger = await createLedger()
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1)
const ids = (count: number) => Array.from({ length: count }, (): string => randomUUID())
const allHandled = (keys: readonly string[]) =>
  until(async () => (await Promise.all(keys.map(parkedOf))).every((count) => count === 0))

test('a slow event behind one that fails at once holds up no other tenant', async () => {
  const slow = await slowStatements()
  const [failing, slowKey, other] = ids(3) as [string, string, string]
  const one = await replica(
    async (tx, { id, version }) => {
      if (id === failing) throw new Error('not now')
      if (id === slowKey) await slow.run(tx)
      await ledger.write(tx, id, version)
    },
    [3_600_000],
  )
  await publish(failing, [1])
  await publish(slowKey, [1])
  for (const version of upTo(5)) {
    await publish(failing, [version + 1])
    await publish(slowKey, [version + 1])
    await publish(other, [version], 'globex')
    await until(async () => (await ledger.versionsOf(other)).length === version)
  }
  expect(await ledger.versionsOf(slowKey)).toEqual([])
  await slow.end()
  await allHandled([slowKey])
  await one.stop()
  expect(await ledger.versionsOf(slowKey)).toEqual(upTo(6))
})

test('tenants that are slow, more than there are connections, hold up no other; each gets its turn, in the order of its keys', async () => {
  const slow = await slowStatements()
  const slowTenants = Array.from({ length: 6 }, (_, at) => [`slow-${at}`, randomUUID()] as const)
  const other = randomUUID()
  const one = await replica(async (tx, { id, version, tenant }) => {
    if (tenant.startsWith('slow')) await slow.run(tx)
    await ledger.write(tx, id, version)
  })
  for (const version of upTo(4)) {
    for (const [tenant, key] of slowTenants) await publish(key, [version * 2 - 1, version * 2], tenant)
    await publish(other, [version], 'globex')
    await until(async () => (await ledger.versionsOf(other)).length === version)
  }
  for (const [, key] of slowTenants) expect(await ledger.versionsOf(key)).toEqual([])
  await slow.end()
  await allHandled(slowTenants.map(([, key]) => key))
  await one.stop()
  for (const [, key] of slowTenants) expect(await ledger.versionsOf(key)).toEqual(upTo(8))
})

test('a tenant with hundreds of events that are due again delays the next try of another by a turn at most', async () => {
  const many = ids(200)
  const few = ids(3)
  let works = false
  const tried: string[] = []
  const handle = async (_: unknown, { id }: { id: string }) => {
    tried.push(id)
    if (!works) throw new Error('not now')
  }
  const one = await replica(handle, [3_600_000])
  for (const key of many) await publish(key, [1])
  for (const key of few) await publish(key, [1], 'globex')
  const failed = async () => {
    const keys = [...many, ...few]
    const { rowCount } = await svc.database.system.query(
      'select from parked_key where failures > 0 and partition_key = any($1::uuid[])',
      [keys],
    )
    return rowCount === keys.length
  }
  await until(failed)
  await one.stop()
  works = true
  tried.length = 0
  await svc.database.system.query(
    `update parked_key set due_at = now() - case tenant when 'acme' then interval '1 hour' else '0' end`,
  )
  const two = await replica(handle, [3_600_000])
  await until(() => few.every((key) => tried.includes(key)))
  expect(tried.length).toBeLessThan(100)
  await allHandled(few)
  await two.stop()
})

test('tries of one tenant that take long hold up the tries of no other', async () => {
  const slow = await slowStatements()
  const hanging = ids(5)
  const other = randomUUID()
  let tries = 0
  const one = await replica(async (tx, { id }) => {
    if (id === other && ++tries < 4) throw new Error('not now')
    if (!hanging.includes(id)) return
    await tx.em.execute('select 1')
    if (!tries) throw new Error('not now')
    await slow.run(tx)
  }, Array(100).fill(20))
  for (const key of hanging) await publish(key, [1])
  await until(async () => (await Promise.all(hanging.map(parkedOf))).every(Boolean))
  await publish(other, [1], 'globex')
  await until(() => tries === 4)
  await slow.end()
  await allHandled([other, ...hanging])
  await one.stop()
})

import { randomUUID } from 'node:crypto'
import { defineService, listDeadLetters } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { createReplicas, type Handle } from '../../fixture/replicas.js'

const svc = await startForTest(defineService({ ...example, consumers: [] }))
const { replica, publish, slowStatements, createLedger, parkedOf } = createReplicas(svc)
const ledger = await createLedger()

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

test('what waits for its next try is not overtaken by its key when another replica takes over', async () => {
  const [key, other] = [randomUUID(), randomUUID()]
  const tried: number[] = []
  const one = await replica(
    async (_, { id, version }) => {
      if (id !== key) return
      tried.push(version)
      throw new Error('not now')
    },
    [3_600_000],
  )
  await publish(key, [1, 2])
  await until(() => tried.length)
  await publish(key, [3])
  const seen: [string, number][] = []
  await until(async () => (await parkedOf(key)) === 3)
  await one.kill()
  const two = await replica(async (_, { id, version }) => void seen.push([id, version]))
  await publish(key, [4])
  await publish(other, [1])
  await until(() => seen.some(([id]) => id === other))
  expect(seen.filter(([id]) => id === key)).toEqual([])
  await svc.database.system.query('update parked_key set due_at = now() where partition_key = $1', [key])
  await two.stop()
  const three = await replica(async (_, { id, version }) => void seen.push([id, version]))
  await until(() => seen.filter(([id]) => id === key).length === 4)
  await three.stop()
  expect(seen.filter(([id]) => id === key).map(([, version]) => version)).toEqual([1, 2, 3, 4])
  expect(new Set(tried)).toEqual(new Set([1]))
  expect(await parkedOf(key)).toBe(0)
})

test('what a replica had in hand when it died is handled by the next one first, and at once', async () => {
  const key = randomUUID()
  let release = (_: Error) => {}
  const hanging = new Promise<void>((_, reject) => {
    release = reject
  })
  let taken = false
  const one = await replica(async (_, { id }) => {
    if (id !== key) return
    taken = true
    await hanging
  })
  await publish(key, [1])
  await until(() => taken)
  await one.kill()
  release(new Error('gone'))
  await publish(key, [2])
  const seen: number[] = []
  const two = await replica(async (_, { id, version }) => void (id === key && seen.push(version)))
  await until(() => seen.length === 2)
  await two.stop()
  expect(seen).toEqual([1, 2])
})

test('a key that is blocked, with more events than may be unacknowledged, holds up no other', async () => {
  const [blocked, other] = [randomUUID(), randomUUID()]
  let works = false
  const seen: [string, number][] = []
  const handle: Handle = async (_, { id, version }) => {
    if (id === blocked && !works) throw new Error('not now')
    seen.push([id, version])
  }
  const one = await replica(handle, [3_600_000])
  const count = 1_200
  await publish(blocked, upTo(count))
  await publish(other, [1], 'globex')
  await until(() => seen.some(([id]) => id === other))
  expect(seen.filter(([id]) => id === blocked)).toEqual([])
  await until(async () => (await parkedOf(blocked)) === count)
  works = true
  await svc.database.system.query('update parked_key set due_at = now() where partition_key = $1', [blocked])
  await one.stop()
  const two = await replica(handle)
  await until(() => seen.filter(([id]) => id === blocked).length === count)
  await two.stop()
  expect(seen.filter(([id]) => id === blocked).map(([, version]) => version)).toEqual(upTo(count))
  expect(await listDeadLetters(svc.database.system)).toEqual([])
})

test('a key with very many events, each of which takes its time, holds up no other', async () => {
  const [hot, other] = [randomUUID(), randomUUID()]
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const seen: [string, number][] = []
  const one = await replica(async (_, { id, version }) => {
    if (id === hot && version > 20) await gate
    seen.push([id, version])
  })
  await publish(hot, upTo(250))
  await publish(other, [1], 'globex')
  await until(() => seen.some(([id]) => id === other))
  expect(seen.filter(([id]) => id === hot).length).toBeLessThanOrEqual(20)
  release()
  await until(() => seen.filter(([id]) => id === hot).length === 250)
  await one.stop()
  expect(seen.filter(([id]) => id === hot).map(([, version]) => version)).toEqual(upTo(250))
})

test('a tenant whose events take long holds up no other, and loses nothing', async () => {
  const slow = await slowStatements()
  const keys = Array.from({ length: 40 }, (): string => randomUUID())
  const [same, later] = [randomUUID(), randomUUID()]
  const one = await replica(async (tx, { id, version, tenant }) => {
    if (tenant === 'acme') await slow.run(tx)
    await ledger.write(tx, id, version)
  })
  for (const key of keys) await publish(key, [1, 2])
  await publish(same, [1], 'globex')
  await until(async () => (await ledger.versionsOf(same)).length)
  for (const key of keys) await publish(key, upTo(25, 3))
  await publish(later, upTo(30), 'globex')
  await until(async () => (await ledger.versionsOf(later)).length === 30)
  for (const key of keys) expect(await ledger.versionsOf(key)).toEqual([])
  await slow.end()
  await until(async () => (await Promise.all(keys.map(parkedOf))).every((count) => count === 0))
  await one.stop()
  for (const key of keys) expect(await ledger.versionsOf(key)).toEqual(upTo(25))
})

test('what took long when its replica died is handled by the next one, before what followed it', async () => {
  const slow = await slowStatements()
  const [key, other] = [randomUUID(), randomUUID()]
  const one = await replica(async (tx, { tenant }) => {
    if (tenant === 'acme') await slow.run(tx)
  })
  await publish(key, [1, 2])
  await until(async () => (await parkedOf(key)) === 2)
  await publish(key, [3])
  await until(async () => (await parkedOf(key)) === 3)
  await one.kill()
  await slow.end()
  const seen: [string, number][] = []
  const two = await replica(async (_, { id, version }) => void seen.push([id, version]))
  await publish(key, [4])
  await publish(other, [1])
  await until(async () => (await parkedOf(key)) === 0 && seen.length >= 5)
  await two.stop()
  expect(seen.filter(([id]) => id === key).map(([, version]) => version)).toEqual([1, 2, 3, 4])
})

/** A generator of numbers from 0 up to 1 that a seed determines (mulberry32). */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

test.each([1, 2])(
  'whatever fails and whoever dies, every effect happens once and in the order of its key (seed %i)',
  async (seed) => {
    const random = randomOf(seed)
    const keys = Array.from({ length: 5 }, (): string => randomUUID())
    const length = 12
    const handle: Handle = async (tx, { id, version }) => {
      if (!keys.includes(id)) return
      if (random() < 0.2) throw new Error('before the effect')
      if (random() < 0.05) await tx.em.execute('select pg_sleep(0.7)')
      await ledger.write(tx, id, version)
      if (random() < 0.2) throw new Error('after the effect')
    }
    const backoff = Array(50).fill(5)
    let current = [await replica(handle, backoff), await replica(handle, backoff)]
    const left = new Map(keys.map((key) => [key, upTo(length)]))
    while ([...left.values()].some((versions) => versions.length)) {
      const key = keys[Math.floor(random() * keys.length)]!
      await publish(key, left.get(key)!.splice(0, 1 + Math.floor(random() * 3)))
      if (random() < 0.15) {
        const [dying, staying] = current
        await dying!.kill()
        current = [staying!, await replica(handle, backoff)]
      }
    }
    for (const key of keys) await until(async () => (await ledger.versionsOf(key)).length >= length)
    for (const each of current) await each.stop()
    for (const key of keys) expect(await ledger.versionsOf(key)).toEqual(upTo(length))
  },
)

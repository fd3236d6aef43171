import { connect, createServer, type Socket } from 'node:net'
import { createLog } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { createLeases } from './leases.js'

const svc = await startForTest(example)
const log = createLog({ name: 'test', level: 'silent' })
const expiryMs = 4_000
let names = 0
const aName = () => `test ${++names}`

const leases = (url = svc.urls.systemUrl) => {
  const made = createLeases(url, { log, expiryMs })
  svc.defer(made.close)
  return made
}
const expiryOf = async (name: string): Promise<string> =>
  (await svc.database.system.query('select expires_at::text from lease where name = $1', [name])).rows[0].expires_at
/** Waits until the name would be free, had its holder not renewed it. */
const untilPastExpiry = async (name: string) => {
  const expiry = await expiryOf(name)
  await until(async () => {
    const { rows } = await svc.database.system.query('select clock_timestamp() > $1::timestamptz as is_past', [expiry])
    return rows[0].is_past
  })
}
const em = () => svc.context({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' }).em.fork()

/** A way to the database that can silently lead nowhere, as behind a load balancer that forgot a connection. */
const way = async () => {
  const { hostname, port } = new URL(svc.urls.systemUrl)
  const sockets = new Set<Socket>()
  let isOpen = true
  const server = createServer((client) => {
    const database = connect(Number(port), hostname)
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => isOpen && to.write(bytes)).on('error', () => {})
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  svc.defer(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((closed) => server.close(closed))
  })
  const url = new URL(svc.urls.systemUrl)
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`
  return {
    url: url.href,
    close: () => {
      isOpen = false
    },
  }
}

test('a name has one holder, who gives it back', async () => {
  const [one, two, name] = [leases(), leases(), aName()]
  const got = await Promise.all([one.hold(name), two.hold(name), leases().hold(name)])
  expect(got.filter(Boolean)).toHaveLength(1)
  const [holder, other] = got[0] ? [one, two] : [two, one]
  if (got[2]) return
  expect(await holder.hold(name)).toBe(true)
  await holder.release([name])
  expect(await other.hold(name)).toBe(true)
})

test('a holder that lives keeps its names for longer than their expiry, also when its session is ended', async () => {
  const [one, two, name] = [leases(), leases(), aName()]
  expect(await one.hold(name)).toBe(true)
  const fence = one.fence(name)!
  for (let time = 0; time < 2; time++) {
    await svc.database.system.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query like '%clock_timestamp%' and pid <> pg_backend_pid()`,
    )
    await untilPastExpiry(name)
    expect(await two.hold(name)).toBe(false)
  }
  await em().transactional(fence)
})

test('of a holder that is cut off the name passes on after its expiry, and what it still tries is fenced off', async () => {
  const line = await way()
  const [one, two, name] = [leases(line.url), leases(), aName()]
  expect(await one.hold(name)).toBe(true)
  const fence = one.fence(name)!
  await em().transactional(fence)
  line.close()
  expect(await two.hold(name)).toBe(false)
  await until(() => two.hold(name))
  await expect(em().transactional(fence)).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'lease.lost' })
  await expect(one.hold(name)).rejects.toThrow()
  await em().transactional(two.fence(name)!)
})

test('nobody takes over before a transaction that stands on the fence has ended', async () => {
  const line = await way()
  const [one, two, name] = [leases(line.url), leases(), aName()]
  await one.hold(name)
  line.close()
  const ended = Promise.withResolvers<void>()
  const standing = Promise.withResolvers<void>()
  const work = em().transactional(async (tx) => {
    await one.fence(name)!(tx)
    standing.resolve()
    await ended.promise
  })
  await standing.promise
  const isExpired = async () =>
    (await svc.database.system.query('select from lease where name = $1 and expires_at < clock_timestamp()', [name]))
      .rowCount === 1
  await until(isExpired)
  expect(await two.hold(name)).toBe(false)
  ended.resolve()
  await work
  await until(() => two.hold(name))
})

test('renewing does not wait for a transaction that stands on the fence', async () => {
  const [one, two, name] = [leases(), leases(), aName()]
  await one.hold(name)
  await em().transactional(async (tx) => {
    await one.fence(name)!(tx)
    await untilPastExpiry(name)
    expect(await two.hold(name)).toBe(false)
  })
})

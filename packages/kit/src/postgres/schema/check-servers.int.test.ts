import { createLog, run } from '@clientele/kit'
import { backing, startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { type PoolMode, startPooler } from '@clientele/testkit/pooler'
import pg from 'pg'
import { createLeases } from '../leases.js'
import { checkServers } from './check-servers.js'

const svc = await startForTest(example)
const lines: string[] = []
const log = createLog({ name: 'test', level: 'warn', destination: { write: (line) => void lines.push(line) } })
const start = (o: object) =>
  run(example, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log,
    migrate: false,
    background: false,
    ...o,
  })
const pooler = async (mode: PoolMode, url = svc.urls.url) => {
  const started = await startPooler(url, mode)
  svc.defer(started.stop)
  return started.url
}

test('a service that asks for more connections than the server has left does not start, and says what to change', async () => {
  await expect(start({ connections: 500 })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'database.connections',
    message: expect.stringMatching(/max_connections 200, .* 500 are needed\. Lower DATABASE_CONNECTIONS/),
  })
})

test('the services of one process are counted together', async () => {
  const each = { database: svc.urls, connections: 40 }
  await checkServers([each], log)
  await expect(checkServers(Array(5).fill(each), log)).rejects.toMatchObject({
    reason: 'database.connections',
    message: expect.stringContaining('200 are needed'),
  })
})

test.each(['url', 'ownerUrl', 'systemUrl'] as const)('a transaction pooler behind %s is refused', async (name) => {
  const database = { ...svc.urls, [name]: await pooler('transaction', svc.urls[name]) }
  const setting = { url: 'DATABASE_URL', ownerUrl: 'DATABASE_OWNER_URL', systemUrl: 'DATABASE_SYSTEM_URL' }[name]
  await expect(start({ database })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'database.pooler',
    message: expect.stringContaining(`${setting} leads through a pooler`),
  })
})

test('a pooler in session mode is accepted', async () => {
  const database = { ...svc.urls, url: await pooler('session') }
  await checkServers([{ database }], log)
  // That it was looked at is seen by what else is wanting.
  await expect(checkServers([{ database, connections: 500 }], log)).rejects.toMatchObject({
    reason: 'database.connections',
  })
})

test('leases stay exclusive even where sessions are shared', async () => {
  const url = await pooler('transaction', svc.urls.systemUrl)
  const [one, two] = [createLeases(url, { log }), createLeases(url, { log })]
  expect(await one.hold('pooled')).toBe(true)
  expect(await two.hold('pooled')).toBe(false)
  expect(await one.hold('pooled')).toBe(true)
  await one.close()
  expect(await two.hold('pooled')).toBe(true)
  await two.close()
})

test('a server that would log the values of failed statements is told of', async () => {
  const admin = new pg.Client(backing().adminUrl)
  await admin.connect()
  const database = new URL(svc.urls.url).pathname.slice(1)
  await admin.query(`alter database ${database} set log_parameter_max_length_on_error = 100`)
  await admin.end()
  await checkServers([{ database: svc.urls }], log)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { setting: 'log_parameter_max_length_on_error', is: '100' },
  ])
})

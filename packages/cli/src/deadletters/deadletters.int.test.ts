import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { customerCreated, envelopeFor, natsSubject } from '@clientele/contracts'
import { startAcceptance } from '@clientele/e2e'
import { until } from '@clientele/testkit'
import { jetstream } from '@nats-io/jetstream'
import { vi } from 'vitest'
import { openHome } from '../home.js'
import { services } from '../services.js'
import { deadletters } from './deadletters.command.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-deadletters-'))
const platform = await startAcceptance()
platform.defer(() => rm(dir, { recursive: true }))
const home = await openHome(dir)
await home.announce({
  pid: process.pid,
  url: platform.url,
  natsUrl: platform.natsUrl,
  issuer: platform.issuer.issuer,
  issuerDir: null,
  databases: Object.fromEntries(services.map(({ name }) => [name, platform.urls(name)])),
})
Object.assign(process.env, { CLIENTELE_HOME: dir, OIDC_CLIENT_ID: 'test', OIDC_CLIENT_SECRET: 'not-used-by-any-test' })

const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
const clientele = async (...args: string[]) => {
  printed.mockClear()
  const code = await deadletters.run([...args, '--json'])
  return { code, output: JSON.parse(String(printed.mock.calls[0]?.[0])) as any }
}

const interactions = platform.service('interactions')
/** Identifiers of version 7, in order. */
let last = 0
const newId = () => `0199a1b2-0000-7000-8000-${String(++last).padStart(12, '0')}`

const id = newId()
const data = { ...customerCreated.example, id }
const event = envelopeFor(customerCreated, data, {
  id: newId(),
  tenant: 'acme',
  time: new Date('2026-03-01T12:00:00.000Z'),
  correlationId: newId(),
})

const known = async () => {
  const actor = { subject: 'test', roles: [], tenant: 'acme', territories: [], kind: 'person' as const }
  return interactions.database.fork(actor, new Date()).execute('select id from customer where id = ?', [id])
}

test('without any the list is empty', async () => {
  expect(await clientele('list')).toEqual({ code: 0, output: [] })
})

test('a dead letter whose cause is gone is replayed once, with its effect', async () => {
  await interactions.database.system.query(
    `insert into dead_letter (tenant, id, consumer, event_id, type, event, attempts, code, reason)
     values ('acme', $1, 'interactions-customer-replica', $2, $3, $4, 4, 'UNAVAILABLE', 'database')`,
    [newId(), event.id, event.type, JSON.stringify(event)],
  )
  const { output: listed } = await clientele('list', '--service', 'interactions')
  expect(listed).toMatchObject([{ service: 'interactions', attempts: 4, code: 'UNAVAILABLE', event: { id: event.id } }])
  expect(await known()).toEqual([])
  expect(await clientele('replay', listed[0].id)).toEqual({ code: 0, output: { replayed: [listed[0].id], failed: [] } })
  expect(await known()).toEqual([{ id }])
  expect(await clientele('list')).toEqual({ code: 0, output: [] })
})

test('what fails again stays in the list with its reason', async () => {
  const bad = JSON.stringify({ ...event, id: newId(), data: { ...data, kind: 'ROBOT' } })
  await jetstream(interactions.nats).publish(natsSubject({ type: event.type, tenant: 'acme', part: 0 }), bad)
  await until(async () => (await clientele('list', '--service', 'interactions')).output.length === 1)
  const { code, output } = await clientele('replay', '--all', '--service', 'interactions')
  expect(code).toBe(3)
  expect(output).toMatchObject({ replayed: [], failed: [{ reason: 'INVALID event.invalid' }] })
  expect((await clientele('list', '--service', 'interactions')).output).toMatchObject([{ attempts: 2 }])
})

test.each([
  [['list', 'x']],
  [['replay']],
  [['replay', 'x', '--all']],
  [['drop']],
  [['replay', 'none']],
  [['list', '--service', 'mail']],
])('%j is used wrongly', async (args) => {
  await expect(deadletters.run(args)).rejects.toThrow(/Say what to do|There is no/)
})

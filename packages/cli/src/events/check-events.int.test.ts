import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConsumerState, streamName } from '@clientele/kit'
import { startPlatform } from '@clientele/testkit'
import { jetstreamManager } from '@nats-io/jetstream'
import { vi } from 'vitest'
import { openHome } from '../home.js'
import { services } from '../services.js'
import { events } from './events.command.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-events-'))
const platform = await startPlatform(services)
platform.defer(() => rm(dir, { recursive: true }))
const home = await openHome(dir)
await home.announce({
  pid: process.pid,
  url: 'http://127.0.0.1:1',
  natsUrl: platform.natsUrl,
  issuer: platform.issuer.issuer,
  issuerDir: null,
  databases: Object.fromEntries(services.map(({ name }) => [name, platform.urls(name)])),
})
process.env.CLIENTELE_HOME = dir

const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
const check = async (...args: string[]) => {
  printed.mockClear()
  const code = await events.run(['check', '--json', '--minutes', '0', ...args])
  return { code, states: JSON.parse(String(printed.mock.calls[0]?.[0])) as ConsumerState[] }
}
const stateIn = (states: readonly ConsumerState[], name: string) => states.find(({ consumer }) => consumer === name)
const replica = 'interactions-customer-replica'
const system = (service: string) => platform.service(service).database.system

const create = async (displayName: string, tenant = 'acme') => {
  const input = { kind: 'PERSON', displayName }
  const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
  const { createCustomer } = await platform.as('profiles', { roles: ['manager'], tenant }).mutate(CREATE, { input })
  return createCustomer.id as string
}

test('what has not left its outbox is waiting, and nothing is once all is handled', async () => {
  for (const tenant of ['acme', 'globex']) await create('a', tenant)
  const before = await check()
  expect(before.code).toBe(0)
  expect(stateIn(before.states, replica)).toMatchObject({ events: 2, waiting: 2, missing: 0, ahead: 0 })
  await platform.settle()
  const after = await check()
  expect(after.code).toBe(0)
  expect(stateIn(after.states, replica)).toMatchObject({ events: 2, waiting: 0, dead: 0 })
  expect(after.states.flatMap(({ missing, ahead, waiting }) => [missing, ahead, waiting]).some(Boolean)).toBe(false)
  expect(after.states.length).toBe(services.flatMap(({ consumers }) => consumers ?? []).length)
})

test('what the stream still has for a consumer is waiting, however old it is', async () => {
  await create('queued')
  await platform.relay()
  const { code, states } = await check()
  expect(code).toBe(0)
  expect(stateIn(states, replica)).toMatchObject({ waiting: 1, missing: 0, missingSince: null })
  await platform.settle()
  expect(stateIn((await check('--since', '30d')).states, replica)).toMatchObject({ waiting: 0, missing: 0 })
})

/** Takes the newest event that the replica has handled out of its memory. */
const forget = async () => {
  const { rows } = await system('interactions').query<{ tenant: string; event_id: string }>(
    `delete from inbox where consumer = $1 and event_id = (select max(event_id::text)::uuid from inbox where consumer = $1)
     returning tenant, event_id`,
    [replica],
  )
  return rows[0]!
}

test('what was published and never handled is missing, once it is old enough', async () => {
  await create('missed')
  await platform.settle()
  const { tenant, event_id } = await forget()
  const { code, states } = await check()
  expect(code).toBe(1)
  expect(stateIn(states, replica)).toMatchObject({ missing: 1, missingSince: expect.any(String), waiting: 0 })
  const patient = await check('--minutes', '60')
  expect(patient.code).toBe(0)
  expect(stateIn(patient.states, replica)).toMatchObject({ missing: 0, waiting: 1 })
  await system('interactions').query(
    `insert into dead_letter (tenant, id, consumer, event_id, type, event, attempts, code, reason)
     values ($1, gen_random_uuid(), $2, $3, 'x', '{}', 4, 'INTERNAL', 'x')`,
    [tenant, replica, event_id],
  )
  expect(stateIn((await check()).states, replica)).toMatchObject({ dead: 1, missing: 0, waiting: 0 })
})

test('what a consumer has handled and no outbox has is ahead, with the moment before which it must be turned back', async () => {
  const id = await create('undone')
  await platform.settle()
  await system('profiles').query('delete from outbox where entity_id = $1', [id])
  const { code, states } = await check()
  expect(code).toBe(1)
  const { rows } = await system('interactions').query('select max(handled_at) as at from inbox where consumer = $1', [
    replica,
  ])
  expect(stateIn(states, replica)).toMatchObject({ ahead: 1, aheadSince: rows[0].at.toISOString(), missing: 0 })
  printed.mockClear()
  await events.run(['check', '--since', '1h'])
  expect(printed.mock.calls.flat().join('\n')).toContain('that was stopped, else turn interactions back')
})

test('no more is forgiven than the stream still has', async () => {
  for (const name of ['one', 'two', 'three']) await create(name)
  await platform.settle()
  for (let at = 0; at < 3; at++) await forget()
  await create('under way', 'globex')
  await platform.relay()
  const { code, states } = await check()
  expect(code).toBe(1)
  expect(stateIn(states, replica)).toMatchObject({ missing: 3, missingSince: expect.any(String), waiting: 1 })
  await platform.settle()
})

test('the stream is deleted, and filled again with all that is in the outboxes', async () => {
  const jsm = await jetstreamManager(platform.service('profiles').nats)
  const kept = async () => {
    let events = 0
    for (const { name } of services) {
      const { rows } = await system(name).query('select count(*)::int as n from outbox')
      events += rows[0].n
    }
    return events
  }
  printed.mockClear()
  expect(await events.run(['republish'])).toBe(0)
  expect(String(printed.mock.calls[0]?.[0])).toMatch(/it held \d+ events/)
  await expect(jsm.streams.info(streamName)).rejects.toThrow(/not found/)
  expect(await events.run(['republish'])).toBe(0)
  await platform.relay()
  expect((await jsm.streams.info(streamName)).state.messages).toBe(await kept())
})

test.each([
  [['check', '--type', 'profiles']],
  [['republish', '--json']],
  [['check', '--since', '31d']],
  [['check', '--since', '9999-12-31']],
  [['check', '--minutes', 'x']],
  [['forget']],
  [['check', 'more']],
])('%j is used wrongly', async (args) => {
  await expect(events.run(args)).rejects.toThrow(/Say what to do|no option|30 days|in the future|whole number/)
})

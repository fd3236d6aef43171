import type { CloudEvent } from '@clientele/contracts'
import { profiles } from '@clientele/profiles'
import { readEvents, startPlatform } from '@clientele/testkit'
import { jetstream } from '@nats-io/jetstream'
import { eventFilter } from './event-filter.js'
import { followEvents } from './follow-events.js'

const platform = await startPlatform([profiles], { background: true })
const { nats } = platform.service('profiles')

const create = async (displayName: string, tenant = 'acme') => {
  const input = { kind: 'PERSON', displayName }
  const { createCustomer } = await platform
    .as('profiles', { roles: ['manager'], tenant })
    .mutate('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }', { input })
  return createCustomer.id as string
}

const follow = async (o: { filter?: string; from?: Date | 'start' } = {}) => {
  const tail = new AbortController()
  const seen: CloudEvent[] = []
  const unreadable: string[] = []
  let wake = () => {}
  let ended: Promise<void> = Promise.resolve()
  await new Promise<void>((ready, fail) => {
    ended = followEvents({
      natsUrl: platform.natsUrl,
      filter: eventFilter(),
      ...o,
      signal: tail.signal,
      onReady: ready,
      onEvent: (event) => {
        seen.push(event)
        wake()
      },
      onUnreadable: (_, why) => void unreadable.push(why),
    })
    ended.catch(fail)
  })
  return {
    seen,
    unreadable,
    until: async (count: number) => {
      while (seen.length < count) await new Promise<void>((resume) => (wake = resume))
    },
    stop: async () => {
      tail.abort()
      await ended
    },
  }
}

test('it shows what is published from now on, of every tenant, and ends cleanly', async () => {
  await create('before')
  await platform.relay()
  const tail = await follow()
  const ids = [await create('名称'), await create('other', 'globex')]
  await tail.until(2)
  await tail.stop()
  expect(tail.seen.map(({ data }) => data.id).toSorted()).toEqual(ids.toSorted())
  expect(JSON.stringify(tail.seen)).not.toContain('名称')
})

test('it can begin at the start, with one tenant and one type', async () => {
  const tail = await follow({ filter: eventFilter('profiles.customer.created', 'globex'), from: 'start' })
  await tail.until(1)
  await tail.stop()
  expect(tail.seen.map(({ tenantid }) => tenantid)).toEqual(['globex'])
})

test('it can begin at a time', async () => {
  const id = await create('late')
  const all = await follow({ from: 'start' })
  await all.until(4)
  await all.stop()
  const tail = await follow({ from: new Date(Date.now() - 3_600_000) })
  await tail.until(4)
  await tail.stop()
  expect(tail.seen.map(({ data }) => data.id)).toContain(id)
})

test('a message that is no event does not end it', async () => {
  const tail = await follow()
  await jetstream(nats).publish('clientele.evt.acme.profiles.customer.created.v1.p00', '{"type":"nonsense"}')
  await create('after')
  await tail.until(1)
  await tail.stop()
  expect(tail.unreadable).toHaveLength(1)
})

test('after the server was killed and started again it goes on soon, and misses nothing', async () => {
  const js = jetstream(nats)
  await create('template', 'globex')
  await platform.relay()
  const template = JSON.stringify((await readEvents(nats, eventFilter('profiles.customer.created', 'globex')))[0])
  const publish = async (id: string) => {
    const subject = 'clientele.evt.acme.profiles.customer.created.v1.p00'
    while (!(await js.publish(subject, template, { msgID: id, timeout: 250 }).catch(() => undefined)));
  }
  const tail = await follow()
  const silences: number[] = []
  for (const number of [1, 2]) {
    await platform.nats.kill()
    await platform.nats.startAgain()
    for (const each of ['first', 'second']) {
      const startedAt = performance.now()
      const wanted = tail.seen.length + 1
      await publish(`${each} after ${number}`)
      await tail.until(wanted)
      silences.push(performance.now() - startedAt)
    }
  }
  await tail.stop()
  // The library by itself would look for its consumer after half a minute.
  expect(Math.max(...silences)).toBeLessThan(20_000)
})

test('a server that is not there is told', async () => {
  const nowhere = {
    natsUrl: 'nats://127.0.0.1:1',
    filter: 'x',
    signal: new AbortController().signal,
    onEvent: () => {},
  }
  await expect(followEvents(nowhere)).rejects.toThrow(/NATS does not answer at 127.0.0.1:1/)
})

import { readEvents, until } from '@clientele/testkit'
import { connect } from '@nats-io/transport-node'
import pg from 'pg'
import type { startServeBacking } from './backing.js'

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id version } }'
const UPDATE = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id version } }'
const PLAN = 'mutation ($input: PlanVisitInput!) { planVisit(input: $input) { id } }'
const changesEach = 3

/** Asks until it is answered; `client` is the number of the one that asks. */
export type Ask = (
  query: string,
  variables: object,
  client: number,
) => Promise<Record<string, { id: string; version: number }>>

/** What clients were answered: customers with the version that each must have, and visits. */
export interface Ledger {
  versions: Map<string, number>
  visits: Set<string>
}

export const newLedger = (): Ledger => ({ versions: new Map(), visits: new Set() })

let begun = 0

/** Clients that create customers, change them and plan visits until they are stopped. What they are answered is in the ledger. */
export const startClients = (ask: Ask, { versions, visits }: Ledger, count = 6) => {
  const run = begun++
  let working = true
  const client = async (number: number) => {
    for (let round = 0; working; round++) {
      const key = `${run}-${number}-${round}`
      const input = { kind: 'PERSON', displayName: `客户 ${key}`, idempotencyKey: key }
      const { id } = (await ask(CREATE, { input }, number)).createCustomer!
      versions.set(id, 1)
      for (let change = 0; change < changesEach; change++) {
        await ask(UPDATE, { input: { id, displayName: `客户 ${key} ${change}` } }, number + change)
        versions.set(id, change + 2)
      }
      const plan = {
        customerId: id,
        purpose: key,
        mode: 'PHONE',
        plannedStart: '2027-01-04T09:00:00Z',
        plannedEnd: '2027-01-04T10:00:00Z',
      }
      visits.add((await ask(PLAN, { input: { ...plan, idempotencyKey: key } }, number)).planVisit!.id)
    }
  }
  const done = Promise.all(Array.from({ length: count }, (_, number) => client(number)))
  done.catch(() => {})
  return {
    stop: async () => {
      working = false
      await done
    },
  }
}

/** What was answered is there once, with every event once and in order, and whoever consumes it has it. */
export const checkLedger = async (backing: Awaited<ReturnType<typeof startServeBacking>>, ledger: Ledger) => {
  const { versions, visits } = ledger
  await onDatabase(backing.databases.profiles!.url, async (rows) => {
    await until(async () => (await rows('select from outbox where stream_seq is null')).length === 0)
    const stored = await rows<{ id: string; version: number }>('select id, version from customer')
    expect(new Map(stored.map(({ id, version }) => [id, version]))).toEqual(versions)
  })
  await onDatabase(backing.databases.interactions!.url, async (rows) => {
    expect(new Set((await rows<{ id: string }>('select id from visit')).map(({ id }) => id))).toEqual(visits)
    await until(async () => (await rows('select from customer')).length === versions.size)
    expect(await rows('select from dead_letter')).toEqual([])
  })
  const nats = await connect({ servers: backing.natsUrl })
  const events = await readEvents(nats, 'clientele.evt.*.profiles.customer.*.v1.*').finally(() => nats.close())
  const sequences = new Map<string, number[]>()
  for (const { partitionkey, sequence } of events) {
    sequences.set(partitionkey, [...(sequences.get(partitionkey) ?? []), Number(sequence)])
  }
  for (const [id, version] of versions) {
    expect(sequences.get(id)).toEqual(Array.from({ length: version }, (_, at) => at + 1))
  }
}

export type Rows = <T>(sql: string) => Promise<T[]>

/** Reads a service's tables as the service does, in the tenant of the test. */
export const onDatabase = async (connectionString: string, work: (rows: Rows) => Promise<void>) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(`select set_config('app.tenant', 'acme', false)`)
  try {
    await work(async (sql) => (await client.query(sql)).rows as never)
  } finally {
    await client.end()
  }
}

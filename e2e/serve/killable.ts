import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CloudEvent } from '@clientele/contracts'
import { readEvents, until } from '@clientele/testkit'
import { connect } from '@nats-io/transport-node'
import pg from 'pg'
import { startServeBacking } from './backing.js'
import { startReplica, untilReady } from './replica.js'

interface Answer {
  data?: Record<string, never>
  errors?: { message: string; extensions: { code: string } }[]
}

/** One process of `clientele serve` with all services, on PostgreSQL and NATS of its own, that a test kills where it hurts. */
export const startKillable = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-kill-'))
  const backing = await startServeBacking(dir)
  const replica = await startReplica(backing.env)
  await untilReady(replica)

  const ask = async (as: string, query: string, variables: object = {}): Promise<Answer | undefined> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await backing.token(as)}` }
    const body = JSON.stringify({ query, variables })
    return fetch(`${replica.url}/graphql`, { method: 'POST', headers, body }).then(
      (response) => response.json() as Promise<Answer>,
      () => undefined,
    )
  }

  return {
    /** SIGKILL; the process that takes its place is ready when this resolves. */
    kill: replica.kill,
    /** What a request is answered, asked again until the process can. */
    ask: (as: string, query: string, variables?: object): Promise<Record<string, any>> =>
      until(async () => {
        const { data, errors } = (await ask(as, query, variables)) ?? {}
        if (errors?.some(({ extensions: { code } }) => code !== 'UNAVAILABLE')) throw new Error(JSON.stringify(errors))
        return errors ? undefined : data
      }),
    /** Reads a service's tables as the service does, in the tenant `acme`. */
    rows: async <T>(service: string, sql: string, params: unknown[] = []): Promise<T[]> => {
      const client = new pg.Client({ connectionString: backing.databases[service]!.url })
      await client.connect()
      try {
        await client.query(`select set_config('app.tenant', 'acme', false)`)
        return (await client.query(sql, params)).rows
      } finally {
        await client.end()
      }
    },
    /** All events of the stream whose subject fits the filter, once every service has published what it has. */
    events: async (filter: string): Promise<CloudEvent[]> => {
      for (const { systemUrl } of Object.values(backing.databases)) await untilPublished(systemUrl)
      const nats = await connect({ servers: backing.natsUrl })
      return readEvents(nats, filter).finally(() => nats.close())
    },
    stop: async () => {
      await replica.stop()
      await backing.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

const untilPublished = async (connectionString: string) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await until(async () => !(await client.query('select from outbox where stream_seq is null limit 1')).rowCount)
  } finally {
    await client.end()
  }
}

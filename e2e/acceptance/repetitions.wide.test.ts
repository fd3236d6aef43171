import { randomUUID } from 'node:crypto'
import { services } from '@clientele/cli/services'
import { buildSubgraph } from '@clientele/kit'
import { backing, startPlatform } from '@clientele/testkit'
import { getNamedType, isInputObjectType } from 'graphql'
import pg from 'pg'
import { type Made, naturallyIdempotent, type Step, story } from './repetitions.js'

const platform = await startPlatform(services, { settings: { WEBHOOK_ALLOW_LOOPBACK: true } })
const mutations = new Map(
  services.flatMap((service) => {
    const fields = buildSubgraph(service).schema.getMutationType()?.getFields() ?? {}
    return Object.values(fields).map(({ name, args }) => {
      const type = getNamedType(args[0]?.type)
      const hasKey = isInputObjectType(type) && 'idempotencyKey' in type.getFields()
      return [name, { service: service.name, type: args[0] && String(args[0].type), hasKey }] as const
    })
  }),
)

/** Not what is done, but that it was asked for. */
const beside = /^(audit_|idempotency_key|lease|inbox|relay_checkpoint|tenant_key|data_key|migration|\w+_migration)/
const clients = await Promise.all(
  services.map(async ({ name }) => {
    const url = new URL(backing().adminUrl)
    url.pathname = new URL(platform.urls(name).url).pathname
    const client = new pg.Client(url.href)
    await client.connect()
    platform.defer(() => client.end())
    return client
  }),
)
/** What there is in all databases: events, entities and whatever stands beside them. */
const everything = async () => {
  await platform.settle()
  const counts = clients.map(async (client) => {
    const { rows } = await client.query<{ name: string; version: string | null }>(
      `select c.relname as name from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    )
    const names = rows.map(({ name }) => name).filter((name) => !beside.test(name))
    const counted = names
      .map((name) => `select '${name}' as name, count(*)::int as rows from ${name}`)
      .join(' union all ')
    return (await client.query(counted)).rows
  })
  return Promise.all(counts)
}

const made: Made = {}
const admin = { roles: ['admin'], subject: randomUUID() }
const send = async ({ mutation, selection = 'id' }: Step, input: object) => {
  const { service, type } = mutations.get(mutation)!
  const document = type
    ? `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`
    : `mutation { ${mutation} { ${selection} } }`
  const { data, errors } = await platform.as(service, admin).request(document, { input })
  return {
    data: data?.[mutation] as Made,
    error: errors?.[0]?.extensions as { code: string; reason: string } | undefined,
  }
}

test('every mutation takes an idempotency key, or it is said why it needs none', () => {
  const keyless = [...mutations].flatMap(([name, { hasKey }]) => (hasKey ? [] : [name]))
  expect(keyless.toSorted()).toEqual(Object.keys(naturallyIdempotent).toSorted())
})

test('the story has every mutation', () => {
  expect(new Set(story.map(({ mutation }) => mutation))).toEqual(new Set(mutations.keys()))
})

test.each(story.map((step, at) => [at, step.mutation, step] as const))(
  '%i %s sent twice is done once',
  async (at, _, step) => {
    const { hasKey } = mutations.get(step.mutation)!
    await step.before?.(made)
    const key = hasKey ? { idempotencyKey: `repetition ${at}` } : {}
    const input = { ...step.input(made), ...key }
    const first = await send(step, input)
    expect(first).toMatchObject({ data: expect.anything(), error: undefined })
    if (step.as) made[step.as] = first.data
    const before = await everything()
    const again = await send(step, input)
    expect(await everything()).toEqual(before)
    if (!hasKey) return
    expect(again.error).toBeUndefined()
    expect(again.data?.id).toBe(first.data?.id)
    if (!step.other) return
    const { error } = await send(step, { ...input, ...step.other })
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'idempotency.key_reused' })
    expect(await everything()).toEqual(before)
  },
)

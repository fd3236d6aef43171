import { randomUUID } from 'node:crypto'
import { normalizeLine } from '@clientele/contracts'
import { postgresLog } from '@clientele/testkit/backing'
import { type GraphQLField, type GraphQLInputObjectType, type GraphQLObjectType, getNamedType } from 'graphql'
import { startAcceptance } from '../platform/platform.js'
import { serviceOf, supergraph, type TextInput, textInputs, writtenOut } from './text-inputs.js'
import { awkwardKey, awkwardName, writeAwkwardTexts, writtenOtherwise } from './text-lookups.js'

const platform = await startAcceptance()
const roles = ['manager', 'admin', 'service', 'sales', 'marketing', 'privacy_officer']
const authorization = `Bearer ${await platform.token({ roles })}`
const inputs = textInputs()
// Settings are made when they are first needed, whatever becomes of the request that needs them.
await platform.ask('admin', '{ tenantSettings { id } }')

const written = async () => {
  const counts = [...platform.services.values()].map(({ database }) =>
    database.system.query('select (select count(*) from outbox) + (select count(*) from idempotency_key) as n'),
  )
  return (await Promise.all(counts)).map(({ rows }) => Number(rows[0].n))
}

/** Runs the work for all, eight at a time, and answers with what is wrong. */
const faultsOf = async <T>(all: readonly T[], work: (one: T) => Promise<string | undefined>) => {
  const faults: string[] = []
  const rest = all.values()
  const run = async () => {
    for (const one of rest) {
      const fault = await work(one)
      if (fault) faults.push(fault)
    }
  }
  await Promise.all(Array.from({ length: 8 }, run))
  return faults
}

const sent = async (query: string, variables: object = {}) =>
  (await platform.post({ query, variables }, { authorization })).body
// Who asks is recorded among the staff when they are first looked for, and never again.
expect((await sent('{ viewer { staff { id } } }')).errors).toBeUndefined()

const asked = ({ field, path }: TextInput) => `${field}(${path.join('.')})`
/** Not within conditions that combine others: a text there is read like one outside. */
const isPlain = ({ path }: TextInput) => !path.some((step) => ['and', 'or', 'not', 'all', 'any'].includes(String(step)))

const malformed = { NUL: 'a\0b', 'a lone surrogate': 'a\ud800', 'a noncharacter': '\uffff' }

const refusalOf = (input: TextInput, { data, errors = [] }: { data?: unknown; errors?: unknown }) => {
  const [{ extensions: { code, reason, fields = [] } = {} as any } = {} as any] = errors as any[]
  const told = `${code} ${reason} ${fields[0]?.path}`
  const right = `INVALID text.malformed ${input.path.join('.')}`
  return told === right && !data ? undefined : `${asked(input)}: ${told}`
}

test('every service takes texts', () => {
  expect(new Set(inputs.map(({ service }) => service))).toEqual(new Set(platform.services.keys()))
  expect(inputs.length).toBeGreaterThan(500)
})

test.each(Object.entries(malformed))(
  '%s in a variable is refused by the gateway, and nothing is written',
  async (_, text) => {
    const before = await written()
    expect(await faultsOf(inputs, async (one) => refusalOf(one, await sent(one.query, one.variables(text))))).toEqual(
      [],
    )
    expect(await written()).toEqual(before)
  },
)

test('so it is by a service that is called directly', async () => {
  const faults = await faultsOf(inputs, async (one) => {
    const variables = one.variables(malformed['a lone surrogate'])
    const { subgraph } = platform.service(one.service)
    return refusalOf(one, await subgraph.execute({ query: one.query, variables, headers: { authorization } }))
  })
  expect(faults).toEqual([])
})

test('in a document it is refused like in a variable', async () => {
  const faults = await faultsOf(inputs.filter(isPlain), async (one) => {
    const query = writtenOut(one, one.path.length % 2 ? '\0' : '\uffff')
    const { subgraph } = platform.service(one.service)
    return (
      refusalOf(one, await sent(query)) ?? refusalOf(one, await subgraph.execute({ query, headers: { authorization } }))
    )
  })
  expect(faults).toEqual([])
  const { errors } = await sent('{ customer(id: "\\ud800") { id } }')
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'INVALID', reason: 'text.malformed' } })
})

test('everywhere else in a request it is refused as well', async () => {
  const bodies: [object, string][] = [
    [{ query: '{ __typename }', operationName: 'a\0' }, 'operationName'],
    [{ documentId: '\ud800' }, 'documentId'],
    [
      { query: '{ __typename }', extensions: { persistedQuery: { sha256Hash: '\ufffe' } } },
      'extensions.persistedQuery.sha256Hash',
    ],
    [{ query: '{ __typename }', variables: { unused: { 'key\ud800': 1 } } }, 'unused'],
  ]
  for (const [body, path] of bodies) {
    const { errors } = (await platform.post(body, { authorization })).body
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', reason: 'text.malformed', fields: [{ path }] })
  }
})

test('a URL that two parsers read differently is refused wherever one is entered', async () => {
  const urls = inputs.filter(
    (one) => one.operation === 'mutation' && /url$/i.test(String(one.path.at(-1))) && isPlain(one),
  )
  expect(urls.length).toBeGreaterThan(3)
  const CREATE = 'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { id } }'
  const { data } = await sent(CREATE, {
    input: { url: 'http://127.0.0.1:9/', types: ['clientele.surveys.survey.published.v1'] },
  })
  const { id } = data.createWebhookEndpoint
  const ambiguous = [
    'https://a.example\\@b.example/',
    'https:/\\a.example',
    'https://a.example:0x50/',
    'https://a%2eexample/',
  ]
  const faults = await faultsOf(urls, async (one) => {
    for (const url of ambiguous) {
      const variables = one.variables(url) as { input: object }
      if ('id' in variables.input) variables.input.id = id
      const { errors } = await sent(one.query, variables)
      const { code, fields = [] } = errors?.[0]?.extensions ?? {}
      const isTold = fields.some(({ path }: { path: string }) => path === one.path.join('.'))
      if (code !== 'INVALID' || !isTold) return `${asked(one)} ${url}: ${JSON.stringify(errors?.[0]?.extensions)}`
    }
  })
  expect(faults).toEqual([])
})

test('a text of 110 000 characters is never an error of ours, and nothing writes it', async () => {
  const before = await written()
  const faults = await faultsOf(inputs.filter(isPlain), async (one) => {
    const { data, errors } = await sent(one.query, one.variables('x'.repeat(110_000)))
    const codes = errors?.map(({ extensions }) => String(extensions.code)) ?? []
    const isRefused = codes.length > 0 || data?.[one.field]?.rejected !== undefined
    if (codes.includes('INTERNAL') || (one.operation === 'mutation' && !isRefused)) return `${asked(one)}: ${codes}`
  })
  expect(faults).toEqual([])
  expect(await written()).toEqual(before)
})

test('a text of 1 MB is too large a request', async () => {
  const ofFields = [...new Map(inputs.map((one) => [one.field, one])).values()]
  const faults = await faultsOf(ofFields, async (one) => {
    const { errors } = await sent(one.query, one.variables('x'.repeat(1_048_576)))
    const { code, reason } = errors?.[0]?.extensions ?? {}
    return code === 'INVALID' && reason === 'body.too_large' ? undefined : `${asked(one)}: ${code} ${reason}`
  })
  expect(faults).toEqual([])
})

describe('texts are found however they are written', () => {
  let made: Awaited<ReturnType<typeof writeAwkwardTexts>>
  beforeAll(async () => {
    made = await writeAwkwardTexts(platform, roles)
  })

  const query = supergraph.getQueryType() as GraphQLObjectType
  const filters = Object.values(query.getFields()).flatMap((list) => {
    const filter = list.args.find(({ name }) => name === 'filter')
    const fields = filter ? Object.values((getNamedType(filter.type) as GraphQLInputObjectType).getFields()) : []
    return fields
      .filter(({ type }) => getNamedType(type).name === 'StringFilter')
      .map(({ name }) => [`${list.name}(filter.${name})`, list, name] as const)
  })

  /** Where an entity has what a key of its filter speaks of, if not in a field of that name. */
  const places: Record<string, string> = { region: 'location', city: 'location' }

  const found = async (list: GraphQLField<unknown, unknown>, field: string, condition: object, beside = '') => {
    const [filter] = list.args.filter(({ name }) => name === 'filter')
    const place = places[field]
    const selection = place ? `${place} { ${field} }` : field
    const request = {
      query: `query ($filter: ${filter?.type}) { ${beside} ${list.name}(filter: $filter, first: 100) { nodes { id ${selection} } } }`,
      variables: { filter: { [field]: condition } },
      headers: { authorization },
    }
    const { data, errors } = await platform.service(serviceOf(list)).subgraph.execute(request)
    if (errors) throw new Error(JSON.stringify(errors))
    const { nodes } = (data as Record<string, { nodes: Record<string, any>[] }>)[list.name]!
    return nodes.map((node): Record<string, string> => (place ? { id: node.id, ...node[place] } : node) as never)
  }

  test.each(filters)('%s', async (_, list, field) => {
    const [entity] = (await found(list, field, {})).filter((node) => node[field])
    const text = entity?.[field] ?? ''
    expect(text).not.toBe('')
    expect(normalizeLine(text)).toBe(text)
    const start = `\u3000${[...text].slice(0, 6).join('').normalize('NFD')}\u200b`
    for (const written of writtenOtherwise(text)) {
      const condition = { eq: written, in: ['other', written], contains: written, startsWith: start }
      // What stands beside entities is left to the ordinary resolvers.
      for (const beside of ['', '_entities(representations: []) { __typename }']) {
        expect({ condition, beside, found: await found(list, field, condition, beside) }).toMatchObject({
          found: expect.arrayContaining([entity]),
        })
      }
    }
  })

  const single: Record<string, (as: (text: string) => string) => object> = {
    customerByNumber: (as) => ({ number: as(awkwardKey('number')) }),
    customerByOrigin: (as) => ({ system: as(awkwardKey('system')), externalId: as(awkwardName('id')) }),
    externalRef: (as) => ({ system: as(awkwardKey('system')), externalId: as(awkwardName('id')) }),
    searchCustomers: (as) => ({ text: as(awkwardName('customer')) }),
    purchaseTotals: (as) => ({ system: as(awkwardKey('system')) }),
    purchaseTotal: (as) => ({ system: as(awkwardKey('system')) }),
    teamsByKey: (as) => ({ keys: [as(awkwardKey('team'))] }),
    reassignableWork: (as) => ({ fromId: as(awkwardKey('assignee')) }),
  }
  const byText = Object.values(query.getFields()).filter(({ args }) =>
    args.some(({ name, type }) => getNamedType(type).name === 'String' && !['after', 'token'].includes(name)),
  )

  test('every query that looks up by a text is among them', () => {
    expect(byText.map(({ name }) => name).toSorted()).toEqual(Object.keys(single).toSorted())
    expect(filters.length).toBeGreaterThan(10)
  })

  test.each(byText.map((field) => [field.name, field] as const))('%s', async (name, field) => {
    const declared = field.args
      .filter((arg) => arg.name in single[name]!(String))
      .map((arg) => `$${arg.name}: ${arg.type}`)
    const given = Object.keys(single[name]!(String)).map((arg) => `${arg}: $${arg}`)
    const selection =
      {
        searchCustomers: '{ nodes { customer { id } } }',
        purchaseTotals: '{ sales }',
        purchaseTotal: '{ total { amount } }',
        reassignableWork: '{ complaints visits }',
      }[name] ?? '{ id }'
    const answers = []
    for (const at of [0, 1, 2, 3]) {
      const variables = single[name]!((text) => writtenOtherwise(normalizeLine(text))[at]!)
      answers.push(await sent(`query (${declared}) { ${name}(${given}) ${selection} }`, variables))
    }
    expect(answers.filter(({ errors }) => errors)).toEqual([])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(JSON.stringify(answers[0]?.data)).toMatch(/"id":|"sales":1|"amount":"1"|"visits":1/)
  })

  test.each([
    ['a number', 'createCustomer', (as: string) => ({ kind: 'PERSON', displayName: 'x', number: as }), 'number'],
    ['the key of a survey', 'createSurvey', (as: string) => ({ key: as, title: 'x' }), 'survey'],
    ['the key of a segment', 'createSegment', (as: string) => ({ key: as, name: 'x', kind: 'STATIC' }), 'segment'],
  ])('%s that is taken stays so', async (_, mutation, input, end) => {
    for (const written of writtenOtherwise(normalizeLine(awkwardKey(end)))) {
      await expect(made.make(mutation, input(written))).rejects.toThrow(/CONFLICT/)
    }
  })

  test('an idempotency key is the same key', async () => {
    const create = (idempotencyKey: string) =>
      made.make('createCustomer', { kind: 'PERSON', displayName: 'once', idempotencyKey })
    const all = await Promise.all(writtenOtherwise('clé 1').map(create))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
  })

  test('a tag is the same tag', async () => {
    const tags = writtenOtherwise('Größe 1')
    const { tags: kept } = await made.make('tagCustomer', { id: made.customerId, tags }, 'tags { key name }')
    expect(kept).toEqual([{ key: 'größe-1', name: 'Größe 1' }])
  })
})

test('whatever a client writes, and where, neither the log of PostgreSQL nor the audit log has it', async () => {
  const planted = `Wang Xiaoming ${randomUUID()}`
  const faults = await faultsOf(inputs.filter(isPlain), async (one) => {
    const { errors } = await sent(one.query, one.variables(planted))
    if (errors?.some(({ extensions }) => extensions.code === 'INTERNAL')) return `${asked(one)}: INTERNAL`
  })
  expect(faults).toEqual([])
  expect((await postgresLog()).split('\n').filter((line) => line.includes(planted))).toEqual([])
  for (const { database } of platform.services.values()) {
    const audit = 'select from audit_entry entry where strpos(entry::text, $1) > 0'
    expect((await database.system.query(audit, [planted])).rowCount).toBe(0)
  }
})

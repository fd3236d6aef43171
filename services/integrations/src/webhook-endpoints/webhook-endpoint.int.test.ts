import { randomUUID } from 'node:crypto'
import {
  webhookEndpointCreated,
  webhookEndpointDeleted,
  webhookEndpointDisabled,
  webhookEndpointEnabled,
  webhookEndpointUpdated,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { CREATE_ENDPOINT } from '../../fixture/webhook-bench.js'
import { integrations } from '../service.js'

const svc = await startForTest(integrations)
const admin = (tenant = 'acme') => svc.as({ roles: ['admin'], tenant })
const anInput = (fields: object = {}) => ({ url: 'https://partner.com/hooks', types: ['*'], ...fields })
const create = async (fields: object = {}, tenant = 'acme') =>
  (await admin(tenant).mutate(CREATE_ENDPOINT, { input: anInput(fields) })).createWebhookEndpoint
const GET =
  'query ($id: ID!) { webhookEndpoint(id: $id) { id version secret url types description ordering status disabledReason } }'
const get = async (id: string) => (await admin().query(GET, { id })).webhookEndpoint
const change = async (verb: string, input: { id: string } & Record<string, unknown>, tenant = 'acme') => {
  const own = ['updateWebhookEndpoint', 'rotateWebhookSecret'].includes(verb)
  const type = own ? `${verb[0]?.toUpperCase()}${verb.slice(1)}Input` : 'ChangeWebhookEndpointInput'
  const document = `mutation ($input: ${type}!) { ${verb}(input: $input) { id version status disabledReason url types description ordering secret } }`
  return (await admin(tenant).mutate(document, { input }))[verb]
}

test('an endpoint is created with a secret that no later answer holds', async () => {
  const made = await create({ description: '  合作伙伴 👋 شريك  ', types: ['clientele.profiles.*', '*', '*'] })
  expect(made).toMatchObject({
    version: 1,
    status: 'ACTIVE',
    ordering: 'PARALLEL',
    url: 'https://partner.com/hooks',
    types: ['*', 'clientele.profiles.*'],
    description: '合作伙伴 👋 شريك',
  })
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(await get(made.id)).toMatchObject({ id: made.id, secret: null })
  const list = await admin().query('{ webhookEndpoints(first: 100) { nodes { secret } } }')
  expect(list.webhookEndpoints.nodes.every((node: { secret: unknown }) => node.secret === null)).toBe(true)
  for (const verb of [
    'updateWebhookEndpoint',
    'disableWebhookEndpoint',
    'enableWebhookEndpoint',
    'deleteWebhookEndpoint',
  ]) {
    expect((await change(verb, { id: made.id })).secret).toBeNull()
  }
})

test('a privacy officer sees endpoints and what was sent, and changes nothing', async () => {
  const { id } = await create()
  const as = svc.as('privacy_officer')
  expect((await as.query(GET, { id })).webhookEndpoint).toMatchObject({ id, url: 'https://partner.com/hooks' })
  const { webhookEndpoint } = await as.query(
    'query ($id: ID!) { webhookEndpoint(id: $id) { redactedFields deliveries { totalCount } } }',
    { id },
  )
  expect(webhookEndpoint).toEqual({ redactedFields: [], deliveries: { totalCount: 0 } })
  await expect(as.mutate(CREATE_ENDPOINT, { input: anInput() })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('the audit log knows to whom a secret was shown', async () => {
  const subject = randomUUID()
  const as = svc.as({ roles: ['admin'], subject })
  const { id } = (await as.mutate(CREATE_ENDPOINT, { input: anInput() })).createWebhookEndpoint
  await as.query(GET, { id })
  const { rows } = await svc.database.system.query(
    `select action, entity_id, fields from audit_entry where subject = $1 and outcome = 'SHOWN'`,
    [subject],
  )
  expect(rows).toEqual([{ action: 'webhook_endpoint.shown', entity_id: id, fields: ['secret'] }])
})

test('the service itself cannot read a secret back, and none is in an event', async () => {
  const { id, secret } = await create()
  const actor = { subject: 's', roles: ['admin'], tenant: 'acme', territories: [], scopes: [], kind: 'person' } as const
  const read = (columns: string) =>
    svc
      .context(actor)
      .transaction((tx) => tx.em.execute(`select ${columns} from webhook_secret where endpoint_id = ?`, [id]))
  expect(JSON.stringify(await read('*'))).not.toContain(secret.slice(6))
  expect(await read('expires_at')).toEqual([{ expires_at: null }])
  await svc.relay()
  const { rows } = await svc.database.system.query('select event from outbox')
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6))
  expect(JSON.stringify(rows)).not.toContain('partner.com')
})

test('a repeated request with an idempotency key makes one endpoint', async () => {
  const as = svc.as({ roles: ['admin'], subject: randomUUID() })
  const input = anInput({ idempotencyKey: 'k1' })
  const [a, b] = await Promise.all([as.mutate(CREATE_ENDPOINT, { input }), as.mutate(CREATE_ENDPOINT, { input })])
  expect(a.createWebhookEndpoint.id).toBe(b.createWebhookEndpoint.id)
  expect([a, b].filter((one) => one.createWebhookEndpoint.secret)).toHaveLength(1)
  const other = as.mutate(CREATE_ENDPOINT, { input: { ...input, url: 'https://other.com/' } })
  await expect(other).rejects.toMatchObject({ code: 'CONFLICT', reason: 'idempotency.key_reused' })
})

test.each([
  [{ url: 'http://partner.com/' }, 'webhook.url_refused', 'input.url'],
  [{ url: 'https://169.254.169.254/' }, 'webhook.url_refused', 'input.url'],
  [{ url: 'http://127.0.0.1:4000/' }, 'webhook.url_refused', 'input.url'],
  [{ url: 'nonsense' }, 'webhook.url_refused', 'input.url'],
  [{ types: [] }, 'list.too_short', 'input.types'],
  [{ types: Array(51).fill('*') }, 'list.too_long', 'input.types'],
  [{ types: ['*', 'clientele.nothing.*'] }, 'webhook.type_unknown', 'input.types.1'],
  [{ types: ['Complaint closed'] }, 'webhook.type_malformed', 'input.types.0'],
  [{ description: 'x'.repeat(501) }, 'text.too_long', 'input.description'],
])('%j is INVALID, when created and when updated', async (fields, reason, path) => {
  const expected = { code: 'INVALID', reason, fields: [{ path, reason, message: expect.any(String) }] }
  await expect(create(fields)).rejects.toMatchObject(expected)
  const { id } = await create()
  await expect(change('updateWebhookEndpoint', { id, ...fields })).rejects.toMatchObject(expected)
  expect(await get(id)).toMatchObject({ version: 1 })
})

test('all issues are told together', async () => {
  const wrong = { url: 'http://10.0.0.1/', types: ['x', 'clientele.y.*'], description: 'x'.repeat(501) }
  await expect(create(wrong)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.url' },
      { path: 'input.types.0' },
      { path: 'input.types.1' },
      { path: 'input.description' },
    ],
  })
})

test('an update changes what is given and publishes which fields', async () => {
  const { id } = await create({ description: 'a' })
  const changed = await change('updateWebhookEndpoint', {
    id,
    url: ' https://PARTNER.com:443/新 ',
    types: ['clientele.surveys.*'],
    ordering: 'PER_CUSTOMER',
    description: null,
    expectedVersion: 1,
  })
  expect(changed).toMatchObject({
    version: 2,
    url: 'https://partner.com/%E6%96%B0',
    types: ['clientele.surveys.*'],
    ordering: 'PER_CUSTOMER',
    description: null,
  })
  expect(await change('updateWebhookEndpoint', { id, types: ['clientele.surveys.*'] })).toMatchObject({ version: 2 })
  await svc.relay()
  expect((await svc.published(webhookEndpointUpdated)).filter((event) => event.id === id)).toEqual([
    { id, version: 2, types: ['clientele.surveys.*'], changedFields: ['url', 'types', 'description', 'ordering'] },
  ])
})

const steps = {
  ACTIVE: [],
  DISABLED: ['disableWebhookEndpoint'],
} as const
test.each([
  ['ACTIVE', 'disableWebhookEndpoint', 'DISABLED'],
  ['DISABLED', 'enableWebhookEndpoint', 'ACTIVE'],
  ['ACTIVE', 'enableWebhookEndpoint', 'CONFLICT'],
  ['DISABLED', 'disableWebhookEndpoint', 'CONFLICT'],
] as const)('%s, %s: %s', async (from, verb, expected) => {
  const { id } = await create()
  for (const step of steps[from]) await change(step, { id })
  const acting = change(verb, { id })
  if (expected === 'CONFLICT') {
    await expect(acting).rejects.toMatchObject({ code: 'CONFLICT', reason: 'webhook_endpoint.illegal_transition' })
  } else {
    expect(await acting).toMatchObject({ status: expected, disabledReason: expected === 'DISABLED' ? 'BY_HAND' : null })
  }
})

test('the life of an endpoint is told in order, each step once, ending with its removal', async () => {
  const { id } = await create()
  await change('rotateWebhookSecret', { id })
  await change('disableWebhookEndpoint', { id })
  await change('enableWebhookEndpoint', { id })
  expect(await change('deleteWebhookEndpoint', { id })).toMatchObject({ id, version: 5 })
  await expect(get(id)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'webhook_endpoint.unknown' })
  await svc.relay()
  const types = [
    webhookEndpointCreated,
    webhookEndpointUpdated,
    webhookEndpointDisabled,
    webhookEndpointEnabled,
    webhookEndpointDeleted,
  ]
  for (const [at, type] of types.entries()) {
    const events = (await svc.published<{ id: string; version: number }>(type)).filter((event) => event.id === id)
    expect(events).toMatchObject([{ version: at + 1 }])
  }
})

const verbs = [
  'updateWebhookEndpoint',
  'rotateWebhookSecret',
  'disableWebhookEndpoint',
  'enableWebhookEndpoint',
  'deleteWebhookEndpoint',
]

test.each(verbs)('%s refuses a stale version, an unknown id and another tenant', async (verb) => {
  const { id } = await create()
  await expect(change(verb, { id, expectedVersion: 7 })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'version.stale',
  })
  await expect(change(verb, { id: randomUUID() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'webhook_endpoint.unknown',
  })
  await expect(change(verb, { id: 'nonsense' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'webhook_endpoint.unknown',
  })
  await expect(change(verb, { id }, 'globex')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'webhook_endpoint.unknown',
  })
  expect(await get(id)).toMatchObject({ version: 1 })
})

test.each(['manager', 'sales', 'service', 'analyst', 'service_account', 'partner'])(
  '%s neither sees nor changes endpoints',
  async (role) => {
    const { id } = await create()
    const as = svc.as(role)
    const forbidden = { code: 'FORBIDDEN' }
    await expect(as.query(GET, { id })).rejects.toMatchObject(forbidden)
    await expect(as.query('{ webhookEndpoints { totalCount } }')).rejects.toMatchObject(forbidden)
    await expect(as.mutate(CREATE_ENDPOINT, { input: anInput() })).rejects.toMatchObject(forbidden)
    const { errors, data } = await as.request(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on WebhookEndpoint { url } } }',
      { r: [{ __typename: 'WebhookEndpoint', id }] },
    )
    expect({ data, errors }).toEqual({ data: { _entities: [null] } })
  },
)

test('concurrent changes follow one another', async () => {
  const { id } = await create()
  await Promise.all(Array.from({ length: 6 }, (_, n) => change('updateWebhookEndpoint', { id, description: `n${n}` })))
  expect(await get(id)).toMatchObject({ version: 7 })
})

test('endpoints are listed by filter and order, in pages, within their tenant', async () => {
  const tenant = randomUUID()
  const urls = ['a', 'b', 'c'].map((name) => `https://${name}.partner.com/`)
  const made = []
  for (const url of urls) made.push(await create({ url }, tenant))
  await change('disableWebhookEndpoint', { id: made[1].id }, tenant)
  const LIST = `query ($filter: WebhookEndpointFilter, $orderBy: WebhookEndpointOrder, $after: String) {
    webhookEndpoints(first: 2, after: $after, filter: $filter, orderBy: $orderBy) { totalCount nodes { url } pageInfo { hasNextPage endCursor } } }`
  const list = async (variables: object) => (await admin(tenant).query(LIST, variables)).webhookEndpoints
  const orderBy = { field: 'URL', direction: 'DESC' }
  const first = await list({ orderBy })
  expect(first).toMatchObject({
    totalCount: 3,
    nodes: [{ url: urls[2] }, { url: urls[1] }],
    pageInfo: { hasNextPage: true },
  })
  expect((await list({ orderBy, after: first.pageInfo.endCursor })).nodes).toEqual([{ url: urls[0] }])
  expect((await list({ filter: { status: { eq: 'DISABLED' } } })).nodes).toEqual([{ url: urls[1] }])
  expect((await list({ filter: { not: { url: { contains: 'B.PARTNER' } } } })).totalCount).toBe(2)
})

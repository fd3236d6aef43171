import { randomUUID } from 'node:crypto'
import { listKeys } from '@clientele/cli/keys/key-stores'
import { rotateKeys } from '@clientele/cli/keys/rotate-keys'
import { services } from '@clientele/cli/services'
import { backing, startPlatform } from '@clientele/testkit'
import pg from 'pg'

const keysFreshMs = 500
const platform = await startPlatform(services, { settings: { WEBHOOK_ALLOW_LOOPBACK: true }, keysFreshMs })
const tenant = 'sealed'
const admin = platform.as('profiles', { roles: ['admin'], tenant })

// Values that stand nowhere by chance.
const secrets = {
  birthDate: '1871-03-19',
  identityNumber: `ID${randomUUID().replaceAll('-', '')}`,
  incomeBand: '73-74k-gold',
  registrationNumber: `HRB${randomUUID().replaceAll('-', '')}`,
}
const person = {
  familyName: '王',
  birthDate: secrets.birthDate,
  identityNumber: secrets.identityNumber,
  incomeBand: secrets.incomeBand,
}
const organization = { legalName: 'Alfreds', registrationNumber: secrets.registrationNumber }
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const UPDATE = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }'
const IMPORT = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created rejected } }'
const READ = `query ($ids: [ID!]!) { customersById(ids: $ids) {
  person { birthDate identityNumber incomeBand } organization { registrationNumber } } }`
const ENDPOINT = 'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }'

/** Every row of every table of a database as text, as a superuser's dump shows it. */
const dump = async (database: string) => {
  const url = new URL(backing().adminUrl)
  url.pathname = database
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'm')`,
    )
    const texts = new Map<string, string>()
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select ${name}::text as text from ${name}`)
      texts.set(name, rows.map(({ text }) => text).join('\n'))
    }
    return texts
  } finally {
    await client.end()
  }
}
const everything = async () => {
  const all = new Map<string, string>()
  for (const { name } of services) {
    const database = new URL(platform.urls(name).url).pathname
    for (const [table, text] of await dump(database)) all.set(`${name}.${table}`, text)
  }
  return all
}

let ids: string[]
let webhookSecret: string
beforeAll(async () => {
  const create = async (input: object) => (await admin.mutate(CREATE, { input })).createCustomer.id
  ids = [
    await create({ kind: 'PERSON', person, idempotencyKey: 'k1', tags: ['vip'] }),
    await create({ kind: 'ORGANIZATION', organization, displayName: 'x' }),
  ]
  await admin.mutate(UPDATE, { input: { id: ids[0], person: { ...person, occupation: 'Arzt' } } })
  const rows = [{ externalId: 'e1', kind: 'PERSON', person }]
  await admin.mutate(IMPORT, { input: { system: 'erp', rows } })
  await admin.query(READ, { ids })
  const endpoint = { url: 'https://example.org/hook', types: ['*'] }
  const partners = platform.as('integrations', { roles: ['admin'], tenant })
  webhookSecret = (await partners.mutate(ENDPOINT, { input: endpoint })).createWebhookEndpoint.secret
  await platform.settle()
})

test('a dump of all databases shows no sensitive value: neither as text nor as bytes, in no notation', async () => {
  const all = await everything()
  expect(all.get('profiles.customer')).toContain(ids[0])
  for (const table of [
    'profiles.outbox',
    'profiles.idempotency_key',
    'profiles.customer_search',
    'profiles.audit_entry',
  ]) {
    expect(all.get(table)).not.toBe('')
  }
  for (const secret of [...Object.values(secrets), webhookSecret, webhookSecret.replace('whsec_', '')]) {
    const forms = [
      secret,
      secret.toLowerCase(),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64'),
    ]
    const places = [...all].filter(([, text]) => forms.some((form) => text.includes(form))).map(([table]) => table)
    expect(places).toEqual([])
  }
})

test('the same values are answered to who may see them, before and after their keys are rotated', async () => {
  const expected = [
    {
      person: { birthDate: secrets.birthDate, identityNumber: secrets.identityNumber, incomeBand: secrets.incomeBand },
      organization: null,
    },
    { person: null, organization: { registrationNumber: secrets.registrationNumber } },
  ]
  expect((await admin.query(READ, { ids })).customersById).toEqual(expected)
  const store = { service: 'profiles', database: platform.urls('profiles') }
  const lines: string[] = []
  const rotated = await rotateKeys(
    store,
    platform.masterKeys,
    { tenant, all: false },
    (line) => lines.push(line),
    keysFreshMs,
  )
  expect(rotated).toEqual({ service: 'profiles', rewrapped: 0, tenants: [{ tenant, generation: 2 }] })
  expect(lines.at(-1)).toBe('profiles: sealed: done; the old key is retired')
  expect(await listKeys(store, tenant)).toMatchObject([
    { generation: 1, retiredAt: expect.any(Date) },
    { generation: 2, retiredAt: null },
  ])
  expect((await admin.query(READ, { ids })).customersById).toEqual(expected)
  expect(await rotateKeys(store, platform.masterKeys, { all: false }, () => {})).toMatchObject({ tenants: [] })
})

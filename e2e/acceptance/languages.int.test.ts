import { startAcceptance } from '../platform/platform.js'

const platform = await startAcceptance()
const overHttp = await platform.overHttp()
const chinese = /\p{Script=Han}/u

const customers = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const person = { kind: 'PERSON', displayName: '王小明' }
const row = {
  externalId: '1',
  kind: 'PERSON',
  displayName: '王小明',
  contactPoints: [{ kind: 'EMAIL', value: 'nope' }],
}
const unknown = '00000000-0000-7000-8000-000000000000'
const nested = (levels: number): object => (levels ? { all: [nested(levels - 1)] } : { all: [] })

const ask = async (role: string, query: string, variables: object, language: string, url: string) => {
  const headers = { authorization: `Bearer ${await platform.token(role)}`, 'accept-language': language }
  return (await platform.post({ query, variables }, headers, url)).body
}

const faults: [string, string, string, object][] = [
  ['fields of an input', 'manager', customers, { input: { ...person, displayName: ' ', number: 'x'.repeat(500) } }],
  ['a scalar', 'manager', customers, { input: { ...person, person: { birthDate: '2026-02-30' } } }],
  ['a reason without parameters', 'manager', '{ searchCustomers(text: "") { customer { id } } }', {}],
  ['a list that is read', 'manager', '{ customers(after: "x") { totalCount } }', {}],
  ['a page that is too large', 'manager', '{ customers(first: 1000) { totalCount } }', {}],
  [
    'an entity that is not there',
    'service',
    `mutation { withdrawComplaint(input: { id: "${unknown}", reason: "x" }) { id } }`,
    {},
  ],
  ['a role', 'analyst', customers, { input: person }],
  [
    'a condition',
    'manager',
    'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }',
    { input: { key: 'deep', name: 'Deep', kind: 'DYNAMIC', rule: nested(3) } },
  ],
  ['a segment that is not there', 'manager', `mutation { archiveSegment(input: { id: "${unknown}" }) { id } }`, {}],
]

describe.each([
  ['in process', platform.url],
  ['over HTTP', overHttp],
])('%s', (_, url) => {
  test.each(faults)(
    '%s is told in both languages, with the same code, reason and paths',
    async (_, role, query, variables) => {
      const [zh, en] = await Promise.all(['zh-CN', 'en'].map((language) => ask(role, query, variables, language, url)))
      const stable = (answer: typeof zh) =>
        answer?.errors?.map(({ path, extensions: { code, reason, fields } }) => [
          path,
          code,
          reason,
          fields?.map((field: { path: string; reason: string }) => [field.path, field.reason]),
        ])
      const messages = (answer: typeof zh) =>
        answer?.errors?.flatMap(({ message, extensions: { fields = [] } }) => [
          message,
          ...fields.map((field: { message: string }) => field.message),
        ]) ?? []
      expect(stable(zh)).toEqual(stable(en))
      expect(messages(zh).length).toBeGreaterThan(0)
      expect(messages(zh).filter((message) => !chinese.test(message))).toEqual([])
      expect(messages(en).filter((message) => chinese.test(message))).toEqual([])
    },
  )

  test.each([
    ['a mutation', 'analyst', customers, { input: person }, 'role', ['admin', 'manager', 'sales', 'service']],
    [
      'a field of a filter',
      'analyst',
      '{ customers(filter: { displayName: { eq: "王小明" } }) { totalCount } }',
      {},
      'field.hidden',
      ['admin', 'manager', 'sales', 'service', 'privacy_officer', 'interactions_account'],
    ],
  ])('who is refused %s by their role is told whose may', async (_, role, query, variables, reason, roles) => {
    for (const language of ['zh', 'en']) {
      const { errors } = await ask(role, query, variables, language, url)
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', reason, roles } }])
      for (const each of roles) expect(errors?.[0]?.message).toContain(each)
    }
  })

  test.each([
    ['zh-CN', chinese],
    ['en', /^[^\p{Script=Han}]+$/u],
  ])('what is wrong with a row of an import is told in %s', async (language, form) => {
    const input = {
      system: 'erp',
      dryRun: true,
      rows: [row, { ...row, externalId: '2', displayName: 'x'.repeat(500) }],
    }
    const query =
      'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { rows { faults { reason message } warnings { reason message } } } }'
    const { data, errors } = await ask('admin', query, { input }, language, url)
    expect(errors).toBeUndefined()
    const found = data.importCustomers.rows.flatMap((each: Record<'faults' | 'warnings', { message: string }[]>) => [
      ...each.faults,
      ...each.warnings,
    ])
    expect(found.length).toBeGreaterThan(1)
    for (const { message } of found) expect(message).toMatch(form)
  })
})

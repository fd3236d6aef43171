import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const as = svc.as({ roles: ['service'], tenant: 'search' })
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const UPDATE = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }'
const SEARCH =
  'query ($text: String!, $first: Int! = 20) { searchCustomers(text: $text, first: $first) { nodes { matchedOn customer { number } } } }'

const customers = [
  {
    number: 'N-100',
    kind: 'PERSON',
    person: { familyName: '王', givenName: '小明' },
    contactPoints: [{ kind: 'MOBILE', value: '138 0013 8000', country: 'CN' }],
  },
  {
    number: 'N-200',
    kind: 'PERSON',
    person: { familyName: 'Müller', givenName: 'Anna  Maria' },
    contactPoints: [{ kind: 'EMAIL', value: 'Anna.M@Example.org' }],
  },
  {
    number: 'N-300',
    kind: 'ORGANIZATION',
    displayName: 'Alfreds',
    organization: { legalName: 'Alfreds Futterkiste 100%_\\ GmbH' },
    addresses: [{ country: 'DE' }],
    contactPoints: [{ kind: 'PHONE', value: '030-901820' }],
    contactPeople: [{ name: 'Maria Anders', contactPoints: [{ kind: 'EMAIL', value: 'maria@alfreds.example' }] }],
  },
  {
    number: 'N-500',
    kind: 'PERSON',
    displayName: '用户',
    contactPoints: [
      { kind: 'EMAIL', value: 'kontakt@Bücher.example' },
      { kind: 'EMAIL', value: '用户@例子.公司' },
    ],
  },
  { number: 'N-3', kind: 'PERSON', displayName: '王大明' },
  {
    number: 'N-400',
    kind: 'ORGANIZATION',
    displayName: 'Łódź Élan',
    organization: { legalName: 'O’Neil & Straßer' },
    contactPoints: [
      { kind: 'PHONE', value: '+49 89 12345670 ext. 12' },
      { kind: 'PHONE', value: '+49 89 12345670 ext. 13' },
      { kind: 'MOBILE', value: '+54 9 11 2345 6789' },
    ],
  },
]
const ids: string[] = []
const search = async (text: string, actor = as) =>
  (await actor.query(SEARCH, { text })).searchCustomers.nodes.map(
    ({ customer, matchedOn }: { customer: { number: string }; matchedOn: string }) => `${customer.number} ${matchedOn}`,
  )

beforeAll(async () => {
  for (const input of customers) ids.push((await as.mutate(CREATE, { input })).createCustomer.id)
})

test.each([
  ['小明', ['N-100 NAME']],
  ['王小明', ['N-100 NAME']],
  ['王 小', ['N-100 NAME']],
  ['MÜ', ['N-200 NAME']],
  ['mu\u0308ller', ['N-200 NAME']],
  ['müller anna', ['N-200 NAME']],
  ['anna maria', ['N-200 NAME']],
  ['maria', ['N-300 NAME', 'N-200 NAME']],
  ['kiste', ['N-300 NAME']],
  ['100%', ['N-300 NAME']],
  ['%_\\', ['N-300 NAME']],
  ['__', []],
  ['n-3', ['N-3 NUMBER', 'N-300 NUMBER']],
  ['-20', ['N-200 NUMBER']],
  ['anna.m@', ['N-200 EMAIL']],
  ['@alfreds', ['N-300 EMAIL']],
  ['kontakt@bücher.example', ['N-500 EMAIL']],
  ['KONTAKT@BU\u0308CHER.example', ['N-500 EMAIL']],
  ['@bücher', ['N-500 EMAIL']],
  ['kontakt@xn--bcher-kva.example', ['N-500 EMAIL']],
  ['用户@例子.公司', ['N-500 EMAIL']],
  ['用户＠例子。公司', ['N-500 EMAIL']],
  ['0013 80', ['N-100 PHONE']],
  ['+86 138-0013-8000', ['N-100 PHONE']],
  ['0086 13800138000', ['N-100 PHONE']],
  ['030 901', ['N-300 PHONE']],
  ['4930901820', ['N-300 PHONE']],
  ['１３８００', ['N-100 PHONE']],
  ['١٣٨ ٠٠١٣', ['N-100 PHONE']],
  ['elan', ['N-400 NAME']],
  ['lodz ELAN', ['N-400 NAME']],
  ["o'neil", ['N-400 NAME']],
  ['O`NEIL', ['N-400 NAME']],
  ['oneil & strasser', ['N-400 NAME']],
  ['MULLER', ['N-200 NAME']],
  ['089 12345670', ['N-400 PHONE']],
  ['089/1234', ['N-400 PHONE']],
  ['+49 (0)89 123', ['N-400 PHONE']],
  ['011 49 89 12345670', ['N-400 PHONE']],
  ['089 12345670 x13', ['N-400 PHONE']],
  ['tel:+49-89-12345670;ext=12', ['N-400 PHONE']],
  ['089 12345670,13', ['N-400 PHONE']],
  ['089 12345670;14', []],
  ['089 12345670 ext. 14', []],
  ['15 2345 6789', ['N-400 PHONE']],
  ['nothing like it', []],
])('%s finds %j', async (text, expected) => {
  expect(await search(text)).toEqual(expected)
})

test('what was found before a change is found no more, and what came in is', async () => {
  await as.mutate(UPDATE, { input: { id: ids[4], displayName: 'Renamed' } })
  await as.mutate('mutation ($input: ReplaceContactPointsInput!) { replaceContactPoints(input: $input) { id } }', {
    input: { customerId: ids[4], contactPoints: [{ kind: 'EMAIL', value: 'new@example.net' }] },
  })
  expect(await search('大明')).toEqual([])
  expect(await search('renam')).toEqual(['N-3 NAME'])
  expect(await search('example.net')).toEqual(['N-3 EMAIL'])
})

test("another tenant's customers are not found, and without a tenant nothing is", async () => {
  expect(await search('小明', svc.as({ roles: ['admin'], tenant: 'other' }))).toEqual([])
  const rows = await svc.database.orm.em
    .fork()
    .getConnection()
    .execute("select * from search_customers('小明', '{}', 10, null, null)")
  expect(rows).toEqual([])
})

describe('a search of somebody whose reach is limited', () => {
  const admin = svc.as({ roles: ['admin'], tenant: 'reach' })
  const named = (number: string, ownership: object) => ({
    kind: 'PERSON',
    displayName: `Twin ${number}`,
    number,
    ...ownership,
  })
  beforeAll(async () => {
    for (const input of [
      // The closest match by far lies outside the access scope of most.
      { ...named('R-0', { territory: 'emea/dee' }), displayName: 'twin' },
      named('R-1', { territory: 'emea/de' }),
      named('R-2', { territory: 'emea/de/nord' }),
      named('R-3', { territory: '华东/上海' }),
      named('R-4', { territory: '华东区' }),
      named('R-5', { ownerId: 'sue' }),
      named('R-6', {}),
    ])
      await admin.mutate(CREATE, { input })
  })
  const find = async (actor: object, first = 20) => {
    const as = svc.as({ tenant: 'reach', ...actor })
    const { searchCustomers } = await as.query(SEARCH, { text: 'twin', first })
    return searchCustomers.nodes.map(({ customer }: { customer: { number: string } }) => customer.number)
  }

  test.each([
    [{ roles: ['sales'], territories: ['emea/de'] }, ['R-1', 'R-2']],
    [{ roles: ['manager'], territories: ['emea'] }, ['R-0', 'R-1', 'R-2']],
    [{ roles: ['sales'], territories: ['华东', 'emea/de/nord'] }, ['R-2', 'R-3']],
    [{ roles: ['sales'], territories: [], subject: 'sue' }, ['R-5']],
    [{ roles: ['sales'], territories: ['emea_de', '%'] }, []],
    [{ roles: ['service'], territories: [] }, ['R-0', 'R-1', 'R-2', 'R-3', 'R-4', 'R-5', 'R-6']],
    [{ roles: ['sales', 'analyst'], territories: ['emea/de'] }, ['R-1', 'R-2']],
  ])('%j finds %j', async (actor, expected) => {
    expect(await find(actor)).toEqual(expected)
  })

  test('has as many hits as were asked for, though closer ones lie beyond', async () => {
    expect(await find({ roles: ['sales'], territories: ['emea/de'] }, 1)).toEqual(['R-1'])
  })

  test.each(['analyst', 'partner', 'stranger'])(
    'is not for a %s, who would learn what is hidden from them',
    async (role) => {
      await expect(find({ roles: [role] })).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
    },
  )
})

test.each([
  [{ text: 'a' }, 'search.text'],
  [{ text: '  王 ' }, 'search.text'],
  [{ text: 'x'.repeat(101) }, 'search.text'],
  [{ text: 'ab', first: 101 }, 'page.size'],
])('%j is refused with %s', async (variables, reason) => {
  await expect(as.query(SEARCH, variables)).rejects.toMatchObject({ code: 'INVALID', reason })
})

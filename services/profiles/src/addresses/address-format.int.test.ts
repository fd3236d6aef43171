import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const tenant = 'formatted'
const as = (role: string) => svc.as({ roles: [role], tenant })

const PARTS = 'lines city region postalCode country countryName'
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id addresses { formatted } } }`
const READ = `query ($id: ID!) { customer(id: $id) { addresses { id kind formatted } } }`

const addresses = [
  { lines: ['南京东路100号'], city: '上海', region: '上海市', postalCode: '200001', country: 'CN' },
  { kind: 'OTHER', lines: ['Floor 3', '100 Nanjing Road'], city: 'Shanghai', postalCode: '200001', country: 'China' },
  { kind: 'WORK', lines: ['Rua "68"\\'], city: 'Rio', region: 'RJ', postalCode: '22221000', country: 'Brasil' },
]
const formatted = [
  ['200001', '中国上海市', '南京东路100号'],
  ['Floor 3', '100 Nanjing Road', 'Shanghai', '200001', 'China'],
  ['Rua "68"\\', 'Rio - RJ', '22221-000', 'Brazil'],
]

const { createCustomer: made } = await as('admin').mutate(CREATE, {
  input: { kind: 'PERSON', displayName: '李娜', addresses },
})

test('addresses come formatted with what entered them, and with what is read', async () => {
  const lines = formatted.map((each) => ({ formatted: each }))
  expect(made.addresses).toEqual(lines)
  const { customer } = await as('manager').query(READ, { id: made.id })
  expect(customer.addresses).toMatchObject(lines)
})

test('a formatted address is hidden from whoever may not see one of its parts', async () => {
  const { fields } = profiles.policies!.find(({ concept }) => concept === 'Customer')!.table
  const classOf = (field: string) => Object.entries(fields.Address!).find(([, names]) => names?.includes(field))?.[0]
  expect(new Set([...PARTS.split(' '), 'formatted'].map(classOf))).toEqual(new Set(['PERSONAL']))
  const query = `query ($id: ID!) { customer(id: $id) { redactedFields addresses { ${PARTS} formatted } } }`
  for (const role of ['admin', 'manager', 'service', 'analyst', 'privacy_officer']) {
    const { customer } = await as(role).query(query, { id: made.id })
    const [address] = customer.addresses
    expect([role, address.formatted]).toEqual([role, address.lines === null ? null : formatted[0]])
    expect(address.formatted === null).toBe(role === 'analyst')
  }
})

test('a change of a part is seen in what is formatted', async () => {
  const { customer } = await as('admin').query(READ, { id: made.id })
  const CHANGE = `mutation ($input: ChangeAddressInput!) { changeAddress(input: $input) { addresses { formatted } } }`
  const input = { customerId: made.id, id: customer.addresses[2].id, country: 'PT', postalCode: '1170169' }
  const { changeAddress } = await as('admin').mutate(CHANGE, { input })
  expect(changeAddress.addresses[2].formatted).toEqual(['Rua "68"\\', '1170-169 Rio', 'RJ', 'Portugal'])
})

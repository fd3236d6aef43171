import { customerCreated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const statements: string[] = []
const svc = await startForTest(segmentation, { onStatement: (sql) => statements.push(sql), queryCompiler: false })
const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }'
const SEGMENTS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Customer { segments { key } } } }`

test.each([
  ['analyst', { roles: ['analyst'] }, 0],
  ['sales', { roles: ['sales'], territories: ['emea'] }, 1],
])(
  'the facts of customers are looked at for the segments of an %s only where some are out of scope',
  async (role, actor, looks) => {
    const customer = aCustomer({ ownerId: null, territory: 'emea', source: role })
    await svc.deliver(customerCreated, customer)
    const input = { key: role, name: role, kind: 'DYNAMIC', rule: { source: { eq: role } } }
    await svc.as('manager').mutate(CREATE, { input })
    await svc.drain()
    statements.length = 0
    const representations = [{ __typename: 'Customer', id: customer.id }]
    const { _entities } = await svc.as(actor).query(SEGMENTS, { representations })
    expect(_entities).toEqual([{ segments: [{ key: role }] }])
    const asked = statements.filter((sql) => sql.includes('from segment_membership'))
    expect(asked).toHaveLength(1)
    expect(asked.filter((sql) => sql.includes('customer_facts'))).toHaveLength(looks)
  },
)

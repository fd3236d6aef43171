import { buildSchema } from 'graphql'
import type { Stub } from '../service/service.js'
import { referWithinScope, stubPolicy, tellOfScope } from './stub.js'

class Customer {}
const stubOf = (sales: 'TENANT' | 'OWN', fields: Partial<Stub> = {}): Stub => ({
  ...{ type: Customer, read: stubPolicy('Customer', { admin: 'TENANT', sales }).read },
  ownership: async (_, ids) => ids.map(() => undefined),
  ...fields,
})
const schemaWith = (field: string) =>
  buildSchema(`
    type Query { visit: Visit }
    type Visit { """Who is visited.""" ${field} }
    type Customer { id: ID! }
  `)
const descriptionIn = (stub: Stub) => {
  const visit = tellOfScope(schemaWith('customer: Customer'), { stubs: [stub] }).getType('Visit')
  return (visit as unknown as { getFields(): { customer: { description: string } } }).getFields().customer.description
}

test.each(['Customer!', '[Customer]', '[Customer!]!'])(
  'a field %s is refused, since it could not be null where the actor does not reach the customer',
  (type) => {
    const schema = schemaWith(`customer: ${type}`)
    for (const make of [referWithinScope, tellOfScope]) {
      expect(() => make(schema, { stubs: [stubOf('OWN')] })).toThrow('Visit.customer')
      expect(make(schema, { stubs: [stubOf('OWN', { foundBy: ['Visit'] })] })).toBe(schema)
    }
  },
)

test('a field says that it is null where the actor does not see what it refers to, unless everybody does', () => {
  expect(descriptionIn(stubOf('OWN'))).toBe('Who is visited. Null where you do not see the customer.')
  expect(descriptionIn(stubOf('TENANT'))).toBe('Who is visited.')
})

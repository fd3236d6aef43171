import { z } from 'zod'
import { ContractError } from './contract-error.js'
import { event, partsOfType } from './event.js'

const id = '0199a1b2-0000-7000-8000-000000000001'
const customerId = '0199a1b2-0000-7000-8000-000000000002'
const plain = z.object({ id: z.uuid(), version: z.int() })
const owned = plain.extend({ customerId: z.uuid().nullable() })

test('a type name is taken apart', () => {
  const opened = event('clientele.shop.price_list.put_up.v12', 'A list went up.', plain, { id, version: 1 })
  expect(opened).toMatchObject({
    service: 'shop',
    concept: 'price_list',
    verb: 'put_up',
    version: 12,
    dataschema: 'urn:clientele:schema:clientele.shop.price_list.put_up.v12',
  })
  expect(opened.subjectOf({ id, version: 1 })).toBe(`price_list/${id}`)
})

test.each([
  '',
  'clientele.shop.list.opened',
  'clientele.shop.list.opened.1',
  'clientele.shop.list.opened.v0',
  'clientele.shop.list.opened.v01',
  'clientele.shop.list.opened.v1.p01',
  'clientele.shop.list.opened.v1\n',
  'clientele.shop.priceList.opened.v1',
  'clientele.shop.price-list.opened.v1',
  'clientele.shop.*.opened.v1',
  'other.shop.list.opened.v1',
])('%j is not a type name', (type) => {
  expect(() => partsOfType(type)).toThrow(expect.objectContaining({ code: 'event.type' }))
  expect(() => event(type, '', plain, { id, version: 1 })).toThrow(ContractError)
})

test('the partition key is the customer, else the entity', () => {
  const type = event('clientele.shop.list.opened.v1', 'A list was opened.', owned, { id, version: 1, customerId })
  expect(type.partitionOf({ id, version: 1, customerId })).toBe(customerId)
  expect(type.partitionOf({ id, version: 1, customerId: null })).toBe(id)
  const free = event('clientele.shop.list.opened.v1', 'A list was opened.', plain, { id, version: 1 })
  expect(free.partitionOf({ id, version: 1 })).toBe(id)
})

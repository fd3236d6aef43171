import { unknownEntity } from './unknown-entity.js'

test.each([
  ['WebhookEndpoint', 'There is no such webhook endpoint.', 'webhook_endpoint.unknown'],
  ['bulk_change', 'There is no such bulk change.', 'bulk_change.unknown'],
  ['Visit', 'There is no such visit.', 'visit.unknown'],
  ['dead letter', 'There is no such dead letter.', 'dead_letter.unknown'],
])('an unknown %s has its words and its reason', (concept, message, reason) => {
  expect(unknownEntity(concept)).toMatchObject({ code: 'NOT_FOUND', message, reason, fields: undefined })
})

test('the field at fault is named', () => {
  expect(unknownEntity('customer', 'input.customerId').fields).toEqual([
    { path: 'input.customerId', reason: 'customer.unknown', message: 'the id of a customer' },
  ])
})

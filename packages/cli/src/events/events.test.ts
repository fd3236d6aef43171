import { eventFilter } from './event-filter.js'
import { eventLine } from './events.command.js'
import { sinceOf } from './since.js'

test.each([
  [undefined, undefined, 'clientele.evt.*.*.*.*.*.*'],
  ['profiles', 'acme', 'clientele.evt.acme.profiles.*.*.*.*'],
  ['clientele.profiles.customer.created.v1', undefined, 'clientele.evt.*.profiles.customer.created.v1.*'],
  ['*.complaint.closed', 'acme', 'clientele.evt.acme.*.complaint.closed.*.*'],
])('type %s of tenant %s is one filter', (type, tenant, filter) => {
  expect(eventFilter(type, tenant)).toBe(filter)
})

test.each([
  ['nothing', undefined],
  ['profiles.customer.created.v1.p00', undefined],
  ['profiles.>', undefined],
  ['', undefined],
  ['profiles', 'a.b'],
  ['profiles', '>'],
])('type %j of tenant %j is refused', (type, tenant) => {
  expect(() => eventFilter(type, tenant)).toThrow(/There is no event|no tenant/)
})

test('since takes a span or a time', () => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  expect(sinceOf('10m', now).toISOString()).toBe('2026-03-01T11:50:00.000Z')
  expect(sinceOf('2d', now).toISOString()).toBe('2026-02-27T12:00:00.000Z')
  expect(sinceOf('2026-03-01T09:30:00Z', now).toISOString()).toBe('2026-03-01T09:30:00.000Z')
  expect(() => sinceOf('soon')).toThrow(/neither/)
})

test('an event is one line', () => {
  const event = {
    time: '2026-03-01T12:00:00.000Z',
    tenantid: 'acme',
    type: 'clientele.profiles.customer.created.v1',
    subject: 'customer/1',
    data: { id: '1', version: 3, kind: 'PERSON', tags: ['a'] },
  }
  expect(eventLine(event as never)).toBe(
    '2026-03-01T12:00:00.000Z  acme  profiles.customer.created.v1  customer/1 v3  kind=PERSON  tags=["a"]',
  )
})

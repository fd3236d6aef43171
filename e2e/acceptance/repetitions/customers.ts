import { entrySteps, fileSteps, of, type Step, step } from './step.js'

const purchase = {
  orderedAt: '2026-01-01T08:00:00Z',
  currency: 'CNY',
  lines: [{ sku: 'A1', quantity: '1', unitPrice: '10' }],
}

export const customersSteps: readonly Step[] = [
  step('createCustomer', () => ({ kind: 'PERSON', person: { familyName: 'Li', givenName: 'Na' } }), {
    as: 'customer',
    other: { displayName: 'Li Na' },
  }),
  step('updateCustomer', (made) => ({ ...of('customer')(made), displayName: 'Li Na' })),
  step('createCustomer', () => ({ kind: 'ORGANIZATION', displayName: 'Futterkiste' }), {
    as: 'company',
    other: { displayName: 'Other' },
  }),
  ...entrySteps('ContactPoint', 'ContactPoints', 'contactPoints', { kind: 'WECHAT', value: 'li' }, { value: 'na' }),
  ...entrySteps('Address', 'Addresses', 'addresses', { city: 'Shanghai' }, { city: 'Suzhou' }),
  ...entrySteps('ContactPerson', 'ContactPeople', 'contactPeople', { name: 'Li Na' }, { name: 'Li Wei' }),
  step('tagCustomer', (made) => ({ ...of('customer')(made), tags: ['vip'] })),
  step('untagCustomer', (made) => ({ ...of('customer')(made), tags: ['vip'] })),
  step('createCustomer', () => ({ kind: 'PERSON', displayName: 'Tagged', tags: ['gold', 'silver'] }), {
    as: 'tagged',
    selection: 'id tags { id }',
    other: { displayName: 'Other' },
  }),
  step('updateTag', (made) => ({ id: made.tagged.tags[0].id, description: 'Buys often' })),
  step('retireTag', (made) => ({ id: made.tagged.tags[0].id })),
  step('restoreTag', (made) => ({ id: made.tagged.tags[0].id })),
  step('mergeTags', ({ tagged: { tags } }) => ({ id: tags[1].id, intoId: tags[0].id })),
  step('startBulkChange', ({ company }) => ({ ids: [company.id], kind: 'ADD_TAGS', tags: ['gold'] }), {
    as: 'bulk',
    other: { tags: ['silver'] },
  }),
  step('cancelBulkChange', of('bulk')),
  step('undoBulkChange', of('bulk')),
  step('changeTenantSettings', () => ({ languages: ['zh', 'en'] })),
  step('saveCalendar', () => ({ key: 'night', name: 'Night shift' })),
  step('setHolidays', () => ({ key: 'night', year: 2026, holidays: [{ date: '2026-10-01', name: '国庆节' }] })),
  step('archiveCalendar', () => ({ key: 'night' })),
  step(
    'recordExchangeRates',
    () => ({ source: 'ecb', rates: [{ base: 'EUR', quote: 'CNY', day: '2026-01-02', rate: '8' }] }),
    {
      selection: '__typename',
    },
  ),
  step('recordPurchase', ({ customer }) => ({ customerId: customer.id, ...purchase }), {
    as: 'purchase',
    other: { currency: 'EUR' },
  }),
  step('correctPurchase', (made) => ({ ...of('purchase')(made), paymentMethod: 'cash', reason: 'It was cash' }), {
    other: { reason: 'No' },
  }),
  step('createCalendarFeed', () => ({})),
  step('removeCalendarFeed', () => ({})),
  ...fileSteps('Customer', ({ customer }) => ({ customerId: customer.id })),
  step('voidPurchase', (made) => ({ ...of('purchase')(made), reason: 'Returned' }), { other: { reason: 'No' } }),
  step(
    'importCustomers',
    () => ({
      system: 'crm',
      rows: [{ externalId: 'A1', kind: 'PERSON', displayName: 'Ada' }],
    }),
    { selection: '__typename' },
  ),
  step(
    'importPurchases',
    () => ({
      system: 'crm',
      rows: [{ externalId: 'P1', customer: { externalId: 'A1' }, ...purchase }],
    }),
    { selection: '__typename' },
  ),
]

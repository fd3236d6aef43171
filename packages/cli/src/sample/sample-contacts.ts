import type { SampleApi } from './sample-api.js'

const contacts = [
  { customer: 'p-zhang-wei', kind: 'CALL', direction: 'INBOUND', subject: '询问送货时间', body: '希望周六送货。' },
  { customer: 'p-li-na', kind: 'CHAT', direction: 'INBOUND', subject: '台灯色温', body: '询问是否可调色温。' },
  {
    customer: 'o-northgate',
    kind: 'MAIL',
    direction: 'OUTBOUND',
    subject: 'Offer for 2027',
    body: 'Sent the price list.',
  },
  { customer: 'p-emma-clarke', kind: 'NOTE', direction: 'INTERNAL', subject: 'Prefers e-mail', body: 'Do not call.' },
]

/** Contact notes of one customer; one with the same subject is taken for the same. */
export const ensureContacts = async (
  api: SampleApi,
  externalId: string,
  customer: { id: string; contacts: { nodes: { subject: string | null }[] } },
) => {
  for (const { customer: owner, ...fields } of contacts) {
    if (owner !== externalId || customer.contacts.nodes.some(({ subject }) => subject === fields.subject)) continue
    await api.change('recordContact', 'RecordContactInput', { customerId: customer.id, ...fields })
  }
}

import type { TestService } from '@clientele/testkit'
import type { Random } from './random.js'
import { awkward, insert, subjects, territories } from './seed.js'

/** Customers of a tenant with tags and purchases; answers with the ids of both. */
export const seedProfiles = async (svc: TestService, tenant: string, random: Random) => {
  const a = awkward(random)
  const point = () => ({
    id: a.record().id,
    kind: random.one(['EMAIL', 'PHONE', 'WECHAT']),
    value: a.text(),
    normalized: a.maybe(a.text()),
    status: random.one(['VALID', 'INVALID']),
  })
  const address = () => ({ kind: 'MAIN', lines: [a.text(), a.text()], city: a.maybe(a.text()), country: a.maybe('DE') })
  const tags = Array.from({ length: 4 }, (_, at) => ({
    id: a.record().id,
    key: `tag-${at}`,
    name: a.text(),
    color: a.maybe('#ff0000'),
  }))
  const customers = Array.from({ length: 24 }, (_, at) => {
    const kind = random.one(['PERSON', 'ORGANIZATION'])
    return {
      ...a.record(),
      number: `C-${String(at).padStart(6, '0')}`,
      kind,
      status: random.one(['ACTIVE', 'ARCHIVED']),
      display_name: a.text() || 'x',
      person:
        kind === 'PERSON' ? { familyName: a.text(), givenName: a.maybe(a.text()), gender: a.maybe('FEMALE') } : null,
      organization: kind === 'PERSON' ? null : { legalName: a.text(), industry: a.maybe(a.text()), sizeBand: null },
      owner_id: a.maybe(random.one(subjects)),
      territory: random.one(territories),
      source: a.maybe('import'),
      origin_system: at % 2 ? 'erp' : null,
      origin_external_id: at % 2 ? `${tenant} ${at}` : null,
      contact_points: random.some([point(), point(), point()], 3),
      addresses: at % 3 ? [address()] : [],
      contact_people:
        at % 4 ? [] : [{ id: a.record().id, name: a.text(), role: a.maybe('Buyer'), contactPoints: [point()] }],
      tag_keys: at % 3 ? ['tag-2', 'gone', 'tag-0'] : [],
    }
  })
  const purchases = customers.slice(4).flatMap(({ id }) =>
    Array.from({ length: random.below(6) }, () => ({
      ...a.record(),
      customer_id: id,
      kind: random.one(['SALE', 'SALE', 'CANCELLATION']),
      ordered_at: a.time(),
      channel: a.maybe('web.shop'),
      payment_method: a.maybe(a.text()),
      currency: random.one(['EUR', 'JPY', 'KWD']),
      total: random.one(['12.5000', '-0.0050', '99999999999999.9999', '0', '2.0050', '1.5']),
      line_count: 2,
      lines_digest: 'x',
    })),
  )
  const lines = purchases.flatMap(({ id }) =>
    [2, 1].map((position) => ({
      purchase_id: id,
      position,
      sku: a.maybe('A 1'),
      description: a.maybe(a.text()),
      quantity: random.one(['1', '-2.5000']),
      unit_price: '10.1000',
      discount: '0.2500',
      total: '7.5750',
    })),
  )
  await insert(svc, tenant, 'tag', tags)
  await insert(svc, tenant, 'customer', customers)
  await insert(svc, tenant, 'purchase', purchases)
  await insert(svc, tenant, 'purchase_line', lines)
  return { customers: customers.map(({ id }) => id), purchases: purchases.map(({ id }) => id) }
}

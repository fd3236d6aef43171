import { randomUUID } from 'node:crypto'
import { customerUpdated, limits } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const manager = svc.as('manager')

const LISTS = `id version contactPoints { id kind value normalized } addresses { id kind lines city country }
  contactPeople { id name role contactPoints { id value } }`
const run = async (mutation: string, input: object, as = manager) => {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${LISTS} } }`
  return (await as.mutate(document, { input })).answer
}
const aPoint = (value: string, id?: string) => ({ kind: 'EMAIL', value, id })
const li = (role: string, value: string) => ({ name: 'Li Wei', role, contactPoints: [aPoint(value)] })
const anOrganization = (fields: object = {}) =>
  run('createCustomer', { kind: 'ORGANIZATION', displayName: 'Futterkiste', ...fields })
const changesOf = async (id: string) => {
  await svc.relay()
  const events = (await svc.published(customerUpdated)).filter((event) => event.id === id)
  return events.map(({ changedFields }) => changedFields)
}
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)
const refused = (...fields: [string, string][]) => ({
  code: 'INVALID',
  fields: fields.map(([path, reason]) => ({ path, reason })),
})

/** One list of each kind with two entries, what a third one is, and what a change of one says. */
const lists = [
  {
    ...{ one: 'ContactPoint', many: 'ContactPoints', field: 'contactPoints', concept: 'contact_point' },
    given: [
      { kind: 'EMAIL', value: 'a@example.org' },
      { kind: 'MOBILE', value: '+86 138 0013 8000' },
    ],
    added: { kind: 'WECHAT', value: '小王👍' },
    change: { value: 'b@example.org' },
    malformed: { change: { value: null }, path: 'input.value', reason: 'text.required' },
  },
  {
    ...{ one: 'Address', many: 'Addresses', field: 'addresses', concept: 'address' },
    given: [
      { kind: 'MAIN', lines: ['南京路100号'], city: '上海', country: 'CN' },
      { kind: 'BILLING', lines: ['شارع 1'], city: 'Dubai', country: 'AE' },
    ],
    added: { kind: 'WORK', lines: ['1 Quay'], city: 'Hamburg', country: 'DE' },
    change: { city: 'Suzhou' },
    malformed: { change: { lines: null, city: null, country: null }, path: 'input', reason: 'address.empty' },
  },
  {
    ...{ one: 'ContactPerson', many: 'ContactPeople', field: 'contactPeople', concept: 'contact_person' },
    given: [li('Buyer', 'c@example.org'), { name: '李娜', role: null, contactPoints: [] }],
    added: { name: 'Ana', role: 'Chief', contactPoints: [{ kind: 'EMAIL', value: 'ana@example.org' }] },
    change: { role: 'Seller' },
    malformed: { change: { name: ' ' }, path: 'input.name', reason: 'text.required' },
  },
]

describe.each(lists)('the list $field', ({ one, many, field, concept, given, added, change, malformed }) => {
  const make = async () => {
    const made = await anOrganization({ [field]: given })
    return { customerId: made.id as string, made, entries: made[field] as { id: string }[] }
  }

  test('takes one more, changes one and gives one up, and the others stay as they are', async () => {
    const { customerId, entries, made } = await make()
    const [first, second] = entries
    const more = await run(`add${one}`, { customerId, ...added, expectedVersion: 1 })
    expect(more).toMatchObject({ version: 2, [field]: [first, second, { id: expect.any(String) }] })
    expect(more[field][2]).toMatchObject({
      ...added,
      ...('contactPoints' in added && { contactPoints: [{ value: 'ana@example.org' }] }),
    } as object)
    const changed = await run(`change${one}`, { customerId, id: first!.id, ...change })
    expect(changed[field]).toEqual([
      { ...first, ...change, ...(concept === 'contact_point' && { normalized: 'b@example.org' }) },
      second,
      more[field][2],
    ])
    expect(await run(`change${one}`, { customerId, id: first!.id, ...change })).toEqual(changed)
    const fewer = await run(`remove${one}`, { customerId, id: second!.id })
    expect(fewer).toEqual({ ...made, version: 4, [field]: [changed[field][0], changed[field][2]] })
    expect(await changesOf(customerId)).toEqual([[field], [field], [field]])
  })

  test('has its entries changed, put in order and given up by ids in capitals as well', async () => {
    const { customerId, entries } = await make()
    const ids = idsOf(entries).map((id) => id.toUpperCase())
    const customer = { customerId: customerId.toUpperCase() }
    const changed = await run(`change${one}`, { ...customer, id: ids[0], ...change })
    expect(idsOf(changed[field])).toEqual(idsOf(entries))
    const turned = await run(`reorder${many}`, { ...customer, ids: ids.toReversed() })
    expect(idsOf(turned[field])).toEqual(idsOf(entries).toReversed())
    const fewer = await run(`remove${one}`, { ...customer, id: ids[1] })
    expect(idsOf(fewer[field])).toEqual([entries[0]!.id])
  })

  test('is put in another order, with all of its ids once', async () => {
    const { customerId, entries } = await make()
    const ids = idsOf(entries).toReversed()
    expect((await run(`reorder${many}`, { customerId, ids }))[field]).toEqual(entries.toReversed())
    const strange = randomUUID()
    for (const [wrong, ...issues] of [
      [[ids[0]], ['input.ids', 'member.missing']],
      [
        [ids[0], ids[0], ids[1]],
        ['input.ids.1', 'member.repeated'],
      ],
      [
        [ids[0], strange],
        ['input.ids.1', 'member.unknown'],
        ['input.ids', 'member.missing'],
      ],
    ] as [string[], ...[string, string][]][]) {
      await expect(run(`reorder${many}`, { customerId, ids: wrong })).rejects.toMatchObject(refused(...issues))
    }
  })

  test('is replaced as a whole by its own mutation only, and entries keep their ids', async () => {
    const { customerId, entries } = await make()
    await expect(run('updateCustomer', { id: customerId, [field]: [] })).rejects.toMatchObject({ code: 'INVALID' })
    const replaced = await run(`replace${many}`, { customerId, [field]: [given[1]] })
    expect(idsOf(replaced[field])).toEqual([entries[1]!.id])
    expect((await run(`replace${many}`, { customerId, [field]: [] }))[field]).toEqual([])
  })

  test('refuses what is wrong, stale or not there', async () => {
    const { customerId, entries } = await make()
    const id = entries[0]!.id
    const { path, reason } = malformed
    const input = { customerId, id, ...malformed.change }
    await expect(run(`change${one}`, input)).rejects.toMatchObject(refused([path, reason]))
    const stale = { customerId, ...added, expectedVersion: 7 }
    await expect(run(`add${one}`, stale)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'version.stale' })
    const unknown = { code: 'NOT_FOUND', reason: `${concept}.unknown` }
    const other = await make()
    for (const elsewhere of [randomUUID(), 'x', other.entries[0]!.id]) {
      await expect(run(`change${one}`, { customerId, id: elsewhere, ...change })).rejects.toMatchObject(unknown)
      await expect(run(`remove${one}`, { customerId, id: elsewhere })).rejects.toMatchObject(unknown)
    }
    const globex = svc.as({ roles: ['admin'], tenant: 'globex' })
    await expect(run(`remove${one}`, { customerId, id }, globex)).rejects.toMatchObject({ reason: 'customer.unknown' })
    await expect(run(`remove${one}`, { customerId, id }, svc.as('analyst'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('takes what is added at the same time, each once, whatever is repeated', async () => {
    const { customerId } = await make()
    const adding = Array.from({ length: 4 }, (_, at) => {
      const own = {
        contact_point: { value: `x${at}` },
        address: { city: `x${at}` },
        contact_person: { name: `x${at}` },
      }[concept]
      return { customerId, ...added, ...own, idempotencyKey: randomUUID() }
    })
    await Promise.all([...adding, ...adding].map((input) => run(`add${one}`, input)))
    const { customer } = await manager.query(`query ($id: ID!) { customer(id: $id) { ${LISTS} } }`, { id: customerId })
    expect(customer[field]).toHaveLength(given.length + adding.length)
  })

  test('has no more entries than it may', async () => {
    const { most } = limits[field as 'contactPoints' | 'addresses' | 'contactPeople']
    const full = Array.from({ length: most }, (_, at) =>
      concept === 'contact_point'
        ? { kind: 'OTHER', value: `${at}` }
        : concept === 'address'
          ? { city: `${at}` }
          : { name: `${at}` },
    )
    const { id: customerId } = await anOrganization({ [field]: full })
    await expect(run(`add${one}`, { customerId, ...added })).rejects.toMatchObject(
      refused(['input.customerId', 'list.too_long']),
    )
  })
})

test.each([
  ['Absurdistan', /^a code of ISO 3166-1, such as DE, or the name of a country$/],
  ['Germny', /did you mean DE\?$/],
  ['Frankriech', /did you mean FR\?$/],
  ['XX', /a country$/],
])('%s is no country of an address or a number, and what may be meant is said', async (country, message) => {
  const { id: customerId, addresses } = await anOrganization({ addresses: [{ country: 'DE' }] })
  const why = { code: 'INVALID', fields: [{ reason: 'country.unknown', message: expect.stringMatching(message) }] }
  const point = { kind: 'PHONE', value: '030 901820', country }
  for (const [mutation, input] of [
    ['addAddress', { customerId, country }],
    ['changeAddress', { customerId, id: addresses[0].id, country }],
    ['replaceAddresses', { customerId, addresses: [{ country }] }],
    ['addContactPoint', { customerId, ...point }],
    ['createCustomer', { kind: 'PERSON', displayName: '李娜', addresses: [{ country }] }],
  ] as const) {
    await expect(run(mutation, input)).rejects.toMatchObject(why)
  }
})

test('a country that an import has kept as it was written stays while the address is changed', async () => {
  const row = { externalId: 'kept', kind: 'PERSON', displayName: '李娜', addresses: [{ country: 'Absurdistan' }] }
  const IMPORT = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { rows { id } } }'
  const { importCustomers } = await manager.mutate(IMPORT, { input: { system: 'old', rows: [row] } })
  const customerId = importCustomers.rows[0].id
  const { addresses } = await run('addAddress', { customerId, kind: 'WORK', country: 'FR' })
  const changed = await run('changeAddress', { customerId, id: addresses[0].id, city: '上海' })
  expect(changed.addresses[0]).toMatchObject({ city: '上海', country: null })
  await run('replaceAddresses', { customerId, addresses: [{ city: 'Anywhere', country: 'Absurdistan' }] })
})

test('a contact point that the list has already is refused, in another writing too', async () => {
  const { id: customerId, contactPoints } = await anOrganization({
    contactPoints: [aPoint('a@example.org'), aPoint('b@example.org')],
  })
  const again = refused(['input.value', 'list.repeated'])
  await expect(run('addContactPoint', { customerId, ...aPoint('A@Example.org'), id: undefined })).rejects.toMatchObject(
    again,
  )
  const change = { customerId, id: contactPoints[1].id, value: 'a@example.org' }
  await expect(run('changeContactPoint', change)).rejects.toMatchObject(again)
})

test('contact points of a contact person are added, changed and taken away by themselves', async () => {
  const made = await anOrganization({ contactPeople: [li('Buyer', 'a@example.org'), { name: 'Ana' }] })
  const { id: customerId, contactPeople } = made
  const [buyer, ana] = contactPeople
  const contactPersonId = ana.id
  const added = await run('addContactPoint', { customerId, contactPersonId, kind: 'EMAIL', value: 'ana@example.org' })
  const [point] = added.contactPeople[1].contactPoints
  expect(added.contactPeople[0]).toEqual(buyer)
  const changed = await run('changeContactPoint', { customerId, id: point.id, value: 'ana@example.net' })
  expect(changed.contactPeople[1].contactPoints).toEqual([{ id: point.id, value: 'ana@example.net' }])
  const more = await run('replaceContactPoints', {
    customerId,
    contactPersonId,
    contactPoints: [aPoint('x@example.org', point.id), aPoint('y@example.org')],
  })
  const ids = idsOf(more.contactPeople[1].contactPoints).toReversed()
  expect(ids[1]).toBe(point.id)
  const turned = await run('reorderContactPoints', { customerId, contactPersonId, ids })
  expect(idsOf(turned.contactPeople[1].contactPoints)).toEqual(ids)
  const fewer = await run('removeContactPoint', { customerId, id: point.id })
  expect(fewer.contactPeople).toMatchObject([buyer, { contactPoints: [{ value: 'y@example.org' }] }])
  expect(new Set((await changesOf(customerId)).flat())).toEqual(new Set(['contactPeople']))
  const nobody = { customerId, contactPersonId: randomUUID(), kind: 'EMAIL', value: 'z@example.org' }
  await expect(run('addContactPoint', nobody)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'contact_person.unknown',
  })
  const eleven = Array.from({ length: limits.personContactPoints.most + 1 }, (_, at) => aPoint(`${at}@example.org`))
  const tooMany = { customerId, contactPersonId, contactPoints: eleven }
  await expect(run('replaceContactPoints', tooMany)).rejects.toMatchObject(
    refused(['input.contactPoints', 'list.too_long']),
  )
})

test('a person has no contact people', async () => {
  const { id: customerId } = await run('createCustomer', { kind: 'PERSON', displayName: '王小明' })
  const mismatch = refused(['input.customerId', 'customer.kind_mismatch'])
  await expect(run('addContactPerson', { customerId, name: 'Ana' })).rejects.toMatchObject(mismatch)
  await expect(run('replaceContactPeople', { customerId, contactPeople: [] })).rejects.toMatchObject(mismatch)
})

test('a national number follows the country of the first address', async () => {
  const { id: customerId } = await anOrganization({ addresses: [{ country: 'DE' }] })
  const { contactPoints } = await run('addContactPoint', { customerId, kind: 'PHONE', value: '030 901820' })
  expect(contactPoints).toMatchObject([{ normalized: '+4930901820' }])
})

test('two people of one name are two, and the same list in another order changes nothing', async () => {
  const [buyer, seller, other] = [li('Buyer', 'a@example.org'), li('Seller', 'b@example.org'), { name: 'Li Wei' }]
  const made = await anOrganization({ contactPeople: [buyer, seller, other] })
  const ids = idsOf(made.contactPeople)
  expect(new Set(ids).size).toBe(3)
  const customerId = made.id
  const replace = (...contactPeople: object[]) => run('replaceContactPeople', { customerId, contactPeople })
  expect(await replace(buyer, seller, other)).toEqual(made)
  expect(await replace(other, seller, buyer)).toEqual(made)
  expect(await changesOf(customerId)).toHaveLength(0)
  const fewer = await replace(seller, { ...other, role: 'Chief' })
  expect(fewer).toMatchObject({ version: 2, contactPeople: [{ id: ids[0], role: 'Chief' }, made.contactPeople[1]] })
  const more = await replace(other, seller, { name: 'Li Wei', role: 'Chief' })
  expect(more.contactPeople).toEqual([...fewer.contactPeople, { ...made.contactPeople[2], id: expect.any(String) }])
  expect(ids).not.toContain(more.contactPeople[2].id)
  expect(await changesOf(customerId)).toHaveLength(2)
})

test('a list may name the entries that it has, of this list only and once', async () => {
  const made = await anOrganization({
    contactPoints: [aPoint('a@example.org'), aPoint('b@example.org')],
    contactPeople: [li('Buyer', 'c@example.org'), li('Buyer', 'd@example.org')],
  })
  const customerId = made.id
  const [a, b] = made.contactPoints
  const [, second] = made.contactPeople
  const [d] = second.contactPoints
  const renamed = { id: second.id, name: 'Li Na', contactPoints: [aPoint('e@example.org', d.id)] }
  const points = [aPoint('x@example.org', b.id), aPoint('a@example.org')]
  expect((await run('replaceContactPoints', { customerId, contactPoints: points })).contactPoints).toMatchObject([
    { id: b.id, value: 'x@example.org' },
    { id: a.id, value: 'a@example.org' },
  ])
  expect((await run('replaceContactPeople', { customerId, contactPeople: [renamed] })).contactPeople).toEqual([
    { id: second.id, name: 'Li Na', role: null, contactPoints: [{ id: d.id, value: 'e@example.org' }] },
  ])
  const stranger = await anOrganization({ contactPoints: [aPoint('f@example.org')], contactPeople: [{ name: 'Ana' }] })
  const repeated = { customerId, contactPoints: [aPoint('y@example.org', a.id), aPoint('z@example.org', a.id)] }
  await expect(run('replaceContactPoints', repeated)).rejects.toMatchObject(
    refused(['input.contactPoints.1.id', 'member.repeated']),
  )
  const people = [
    { name: 'Ana', id: stranger.contactPeople[0].id },
    { ...renamed, contactPoints: [aPoint('f@example.org', stranger.contactPoints[0].id)] },
  ]
  await expect(run('replaceContactPeople', { customerId, contactPeople: people })).rejects.toMatchObject(
    refused(
      ['input.contactPeople.0.id', 'member.unknown'],
      ['input.contactPeople.1.contactPoints.0.id', 'member.unknown'],
    ),
  )
})

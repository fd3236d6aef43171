import type { startAcceptance } from '../platform/platform.js'

type Acceptance = Awaited<ReturnType<typeof startAcceptance>>

/** The same text as somebody else writes it: decomposed, and with blanks and invisible characters around it. */
export const writtenOtherwise = (text: string): string[] => {
  const decomposed = text.normalize('NFD')
  const blanks = decomposed.replaceAll(' ', '\u00a0\u3000')
  return [text.normalize('NFC'), decomposed, `${decomposed} `, `\ufeff\u200e\u3000${blanks}\u00a0\u200b`]
}

/** A key that is not in any normal form: `Übergröße-1`, decomposed, with blanks around it. */
export const awkwardKey = (end: string) => ` U\u0308bergro\u0308ße-${end}\u00a0`

/** A name of the same kind, with blanks within. */
export const awkwardName = (end: string) => `\u3000Mu\u0308ller\u3000 & So\u0308hne ${end}\ufeff`

/** Writes one entity of each kind that is looked up by texts; answers with what each mutation made, by its name. */
export const writeAwkwardTexts = async (platform: Acceptance, roles: readonly string[]) => {
  const make = async (
    name: string,
    input: object,
    selection = 'id',
    type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`,
  ) => {
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`
    return (await platform.ask({ roles: [...roles], subject: 'writer' }, query, { input }))[name]
  }
  const customer = await make('createCustomer', {
    kind: 'PERSON',
    number: awkwardKey('number'),
    displayName: awkwardName('customer'),
    ownerId: awkwardKey('owner'),
    territory: awkwardKey('territory'),
    source: awkwardKey('source'),
    addresses: [{ country: ' de\u00a0', region: awkwardName('region'), city: awkwardName('city') }],
    origin: { system: awkwardKey('system'), externalId: awkwardName('id') },
  })
  const complaint = await make('receiveComplaint', {
    customerId: customer.id,
    channel: ' phone\u00a0',
    description: 'late',
  })
  await make('acknowledgeComplaint', { id: complaint.id }, 'id', 'ChangeComplaintInput')
  await make('createTeam', { key: awkwardKey('team'), name: awkwardName('team'), territory: awkwardKey('territory') })
  await make('assessComplaint', {
    id: complaint.id,
    category: '\u3000delivery.late ',
    severity: 'LOW',
    ownerTeam: awkwardKey('team'),
  })
  await make('assignComplaint', { id: complaint.id, assigneeId: awkwardKey('assignee') })
  await make('planVisit', {
    customerId: customer.id,
    mode: 'ONSITE',
    purpose: awkwardName('visit'),
    assigneeId: awkwardKey('assignee'),
    plannedStart: '2026-11-10T09:00:00Z',
    plannedEnd: '2026-11-10T10:00:00Z',
  })
  const task = { customerId: customer.id, kind: ' call.back\u00a0', title: awkwardName('task') }
  for (const who of [{ assigneeId: awkwardKey('assignee') }, { teamKey: awkwardKey('team') }]) {
    await make('createTask', { ...task, ...who, dueAt: '2026-11-10T09:00:00Z' })
  }
  await make('createSegment', { key: awkwardKey('segment'), name: awkwardName('segment'), kind: 'STATIC' })
  await make('createAutomation', {
    name: awkwardName('automation'),
    definition: { trigger: { event: 'CUSTOMER_UPDATED' }, actions: [{ tag: [awkwardName('tag')] }] },
  })
  await make('createSurvey', { key: awkwardKey('survey'), title: awkwardName('survey') })
  await make('createWebhookEndpoint', { url: 'http://127.0.0.1:9/a', types: ['*'] })
  const row = { externalId: awkwardName('sale'), orderedAt: '2026-11-01T08:00:00Z', currency: 'EUR' }
  const sale = { ...row, customer: { externalId: awkwardName('id') }, lines: [{ quantity: '1', unitPrice: '1' }] }
  await make('importPurchases', { system: awkwardKey('system'), rows: [sale] }, 'created')
  await make('linkExternalRef', {
    customerId: customer.id,
    system: awkwardKey('system'),
    externalId: awkwardName('id'),
  })
  return { customerId: customer.id as string, make }
}

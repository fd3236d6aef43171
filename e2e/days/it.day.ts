import { createHmac } from 'node:crypto'
import { until } from '@clientele/testkit'
import { startReceiver } from '../platform/platform.js'
import { type Company, dateIn } from './company.js'

/** How many customers the ERP has, of the industry of the company that is sold to and of another: enough to be counted by. */
export const imported = { main: 8, other: 6, all: 14 }
/** The other industry. */
export const otherIndustry = 'FINANCE'

export const itDay = (company: Company) => {
  const { it, sales, manager, service, platform, tenant, script, story, words } = company
  const answer = { status: 500, text: 'down for maintenance' }
  const receiver = startReceiver(answer)
  platform.defer(async () => (await receiver).stop())
  let secret = ''

  test('sees who they are and that they may change settings, which sales may not', async () => {
    const { viewer } = await it.ask('WhoAmI')
    expect(viewer).toMatchObject({ subject: it.subject, tenant, roles: ['admin'], staff: { name: `ines (${tenant})` } })
    expect(viewer.permissions).toContainEqual({ operation: 'changeTenantSettings', scope: 'TENANT' })
    const own = await sales.ask('WhoAmI')
    expect(own.viewer.permissions.map(({ operation }: any) => operation)).not.toContain('changeTenantSettings')
  })

  test('settles country, currency, languages and who approves compensation; a stale screen is told so', async () => {
    const { tenantSettings } = await it.ask('Settings')
    const input = {
      ...{ country: company.country, currency: company.currency, timeZone: company.timeZone },
      ...{ languages: company.languages, branding: { name: words.team } },
      approvalLimits: { compensation: { amount: '500', currency: company.currency } },
      expectedVersion: tenantSettings.version,
    }
    const { changeTenantSettings } = await it.ask('ChangeSettings', { input })
    expect(changeTenantSettings).toMatchObject({ currency: company.currency, timeZone: company.timeZone })
    const stale = await it.refused('ChangeSettings', { input })
    expect(stale).toMatchObject({ code: 'CONFLICT' })
    expect(stale.message).toMatch(script)
    const forbidden = await sales.refused('ChangeSettings', { input })
    expect(forbidden).toMatchObject({ code: 'FORBIDDEN' })
    expect(forbidden.message).toMatch(script)
  })

  test('gives the calendar holidays, from tomorrow for five days', async () => {
    const { tenantSettings } = await it.ask('Settings')
    const holidays = [1, 2, 3, 4, 5].map((days) => ({ date: dateIn(company.timeZone, days), name: words.holiday }))
    const input = { key: tenantSettings.defaultCalendar, timeZone: company.timeZone, holidays }
    const { saveCalendar } = await it.ask('SaveCalendar', { input })
    expect(saveCalendar).toMatchObject({ timeZone: company.timeZone, holidays })
  })

  test('records the exchange rates of the day, and again without harm', async () => {
    const rates = [{ base: 'EUR', quote: 'CNY', day: dateIn('UTC', 0), rate: '8.24' }]
    const input = { source: 'ecb', rates }
    expect((await it.ask('RecordRates', { input })).recordExchangeRates).toEqual({ recorded: 1, unchanged: 0 })
    expect((await it.ask('RecordRates', { input })).recordExchangeRates).toEqual({ recorded: 0, unchanged: 1 })
  })

  test('finds the staff of the identity provider, and only that of the own company', async () => {
    const people = [it, sales, company.colleague, company.stranger, service, manager, company.analyst, company.officer]
    const { staffById } = await it.ask('StaffByNames', { ids: people.map(({ subject }) => subject) })
    expect(staffById.map(({ subject }: any) => subject)).toEqual(people.map(({ subject }) => subject))
    for (const { subject, id } of staffById) story[subject] = id
    const { staff } = await it.ask('StaffList', { filter: { active: true } })
    expect(staff.nodes.length).toBeGreaterThanOrEqual(people.length)
    expect(staff.nodes.filter(({ subject }: any) => !subject.startsWith(tenant))).toEqual([])
  })

  test('records an agent who is no user of the identity provider', async () => {
    const input = { subject: `nobody-lena-${tenant}`, name: 'Lena', territories: [company.territory] }
    const { recordStaff } = await it.ask('RecordStaff', { input })
    expect(recordStaff).toMatchObject({ source: 'MANUAL', active: true })
    story.leaver = recordStaff.subject
    story.leaverId = recordStaff.id
  })

  test('sets up the team that handles complaints', async () => {
    const input = { key: 'complaints-desk', name: words.team, leadId: story[manager.subject] }
    const memberIds = [story[service.subject], story[manager.subject]]
    const { createTeam } = await it.ask('CreateTeam', { input: { ...input, memberIds } })
    expect(createTeam).toMatchObject({ lead: { subject: manager.subject }, members: { length: 2 } })
    expect(await it.refused('CreateTeam', { input })).toMatchObject({ fields: [{ path: 'input.key' }] })
  })

  test('subscribes a partner to complaints: the secret is shown once', async () => {
    const { url } = await receiver
    const input = { url, types: ['clientele.interactions.complaint.*'], description: 'Service desk of the partner' }
    const { createWebhookEndpoint } = await it.ask('CreateWebhook', { input })
    story.webhook = createWebhookEndpoint.id
    secret = createWebhookEndpoint.secret
    expect(secret).toMatch(/^whsec_/)
    const { webhookEndpoint } = await it.ask('WebhookHealth', { id: story.webhook })
    expect(webhookEndpoint).toMatchObject({ status: 'ACTIVE', secret: null })
    expect((await sales.refused('CreateWebhook', { input })).code).toBe('FORBIDDEN')
  })

  test('sees why the test event did not arrive, and sends it again once the receiver is up', async () => {
    await it.ask('TestWebhook', { input: { endpointId: story.webhook } })
    const health = async () => (await it.ask('WebhookHealth', { id: story.webhook })).webhookEndpoint.deliveries.nodes
    const failed = await until(async () => (await health()).find((one: any) => one.lastStatusCode === 500))
    expect(failed).toMatchObject({ cause: 'TEST', lastStatusCode: 500 })
    answer.status = 204
    await it.ask('ReplayDelivery', { input: { id: failed.id } })
    await until(async () => (await health()).find(({ status }: any) => status === 'DELIVERED'))
    const { headers, body } = (await receiver).received.at(-1)!
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    expect(headers['webhook-signature']).toContain(createHmac('sha256', key).update(signed).digest('base64'))
  })

  test('tries the import from the ERP first, mends what is wrong, and then brings it in', async () => {
    const { industry, legalName } = company.company
    const rows = Array.from({ length: imported.all }, (_, at) => ({
      ...{ externalId: `E-${at}`, kind: 'ORGANIZATION', territory: company.territory, ownerId: story.leaver },
      organization: { legalName: `${legalName} ${at}`, industry: at < imported.main ? industry : otherIndustry },
      contactPoints: [{ kind: 'EMAIL', value: `office${at}@example.com` }],
      addresses: [company.buyer.address],
    }))
    const wrong = [{ ...rows[0], displayName: 'x'.repeat(500) }, ...rows.slice(1)]
    const tried = await it.ask('ImportCustomers', { input: { system: 'erp', dryRun: true, rows: wrong } })
    expect(tried.importCustomers).toMatchObject({ created: imported.all - 1, rejected: 1 })
    const [{ faults }] = tried.importCustomers.rows
    expect(faults).toMatchObject([{ path: 'displayName' }])
    expect(faults[0].message).toMatch(script)
    const done = await it.ask('ImportCustomers', { input: { system: 'erp', rows } })
    expect(done.importCustomers).toMatchObject({ created: imported.all, rejected: 0 })
    const again = await it.ask('ImportCustomers', { input: { system: 'erp', rows } })
    expect(again.importCustomers).toMatchObject({ created: 0, unchanged: imported.all })
    story.imported = done.importCustomers.rows[0].id
  })

  test('looks after the platform: it is healthy', async () => {
    await until(async () => (await fetch(`${platform.url}/readyz`)).status === 200)
    expect((await fetch(`${platform.url}/livez`)).status).toBe(200)
  })
}

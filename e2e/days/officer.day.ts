import { until } from '@clientele/testkit'
import { type Company, inDays } from './company.js'

const identityNumber = '110101199001021234'

export const officerDay = (company: Company) => {
  const { officer, manager, sales, service, stranger, buyer, prospect, words, story, script } = company
  const audit = async (filter: object): Promise<any[]> => (await officer.ask('AuditOf', { filter })).auditLog.nodes

  test('reads who changed what about a customer, by name, in all services at once', async () => {
    const entries = await audit({ customerId: story.customer, outcome: 'DONE' })
    const services = entries.map(({ service }) => service)
    expect(services).toEqual(expect.arrayContaining(['profiles', 'interactions', 'surveys', 'segmentation']))
    const phone = entries.find(({ action, subject }) => action === 'customer.updated' && subject === sales.subject)
    expect(phone).toMatchObject({ fields: expect.arrayContaining([expect.stringContaining('contactPoints')]) })
  })

  test('reads who has seen the birth date of the prospect: the manager, and no one else', async () => {
    const shown = await until(async () => {
      const entries = await audit({ customerId: story.prospect, outcome: 'SHOWN' })
      return entries.length > 0 && entries
    })
    expect(new Set(shown.map(({ subject }) => subject))).toEqual(new Set([manager.subject]))
    expect(shown[0].fields).toContainEqual(expect.stringContaining('birthDate'))
  })

  test('reads who tried what they may not', async () => {
    const denied = await until(async () => {
      const entries = await audit({ outcome: 'DENIED', subject: service.subject })
      return entries.length > 0 && entries
    })
    expect(denied.map(({ action }) => action)).toEqual(expect.arrayContaining(['voidContact']))
    const { auditLog } = await officer.ask('AuditOf', { filter: { from: inDays(-1), subject: stranger.subject } })
    expect(auditLog.nodes.every(({ subject }: any) => subject === stranger.subject)).toBe(true)
  })

  test('finds no value in the log, only names of fields', async () => {
    await audit({ from: inDays(-1) })
    const log = officer.answers.join('\n')
    const values = [prospect.birthDate, prospect.phone, buyer.phone, buyer.familyName, words.complaint, words.report]
    expect(values.filter((value) => log.includes(value))).toEqual([])
  })

  test('finds a person by the number of their identity card, entered by the manager', async () => {
    const person = { identityNumber }
    await manager.ask('UpdatePerson', { input: { id: story.prospect, person } })
    const filter = { identityNumber: { eq: identityNumber } }
    const { customers } = await officer.ask('PersonByIdentity', { filter })
    expect(customers).toMatchObject({ totalCount: 1, nodes: [{ id: story.prospect }] })
    const refused = await sales.refused('PersonByIdentity', { filter })
    expect(refused).toMatchObject({ code: 'FORBIDDEN' })
    expect(refused.message).toMatch(script)
  })

  test('hands a customer everything that is kept about them, from all services, in one query', async () => {
    const { customer } = await officer.ask('EverythingAbout', { id: story.customer })
    expect(customer).toMatchObject({
      redactedFields: [],
      person: { familyName: buyer.familyName, givenName: buyer.givenName },
      addresses: [{ lines: (buyer.address as { lines: string[] }).lines }],
      tags: [{ name: 'vip' }],
      ...{ purchases: { totalCount: 2 }, visits: { totalCount: 2 }, complaints: { totalCount: 3 } },
      ...{ contacts: { totalCount: 1, nodes: [{ subject: words.call }] }, surveyResponses: { totalCount: 1 } },
    })
    const file = await fetch(customer.files[0].url)
    expect(await file.text()).toContain(words.followUp)
  })

  test('is in the log themself, as who reads what is sensitive', async () => {
    await officer.ask('EverythingAbout', { id: story.prospect })
    await until(async () => {
      const entries = await audit({ customerId: story.prospect, outcome: 'SHOWN', subject: officer.subject })
      return entries.length > 0
    })
  })

  test('changes nothing: they have sales correct what is wrong, by a task', async () => {
    const refused = await officer.refused('HandOver', { input: { id: story.prospect, ownerId: officer.subject } })
    expect(refused).toMatchObject({ code: 'FORBIDDEN' })
    expect(refused.message).toMatch(script)
    const input = { customerId: story.prospect, title: words.followUp, assigneeId: sales.subject, dueAt: inDays(7) }
    expect((await officer.ask('CreateTask', { input })).createTask).toMatchObject({ assigneeId: sales.subject })
  })

  test('sees which partners are told of what, and that no event names anybody', async () => {
    const { webhookEndpoints } = await officer.ask('PartnersWhoAreTold')
    const [endpoint] = webhookEndpoints.nodes
    expect(endpoint).toMatchObject({ types: ['clientele.interactions.complaint.*'], status: 'ACTIVE' })
    const bodies = endpoint.deliveries.nodes.map(({ body }: any) => body)
    expect(bodies.length).toBeGreaterThan(3)
    const values = [buyer.familyName, buyer.phone, words.complaint, words.again, words.cause, words.remedy]
    expect(values.filter((value) => bodies.some((body: string) => body.includes(value)))).toEqual([])
  })

  test('knows which fields each role does not see', async () => {
    const hidden = async (person: typeof sales) => {
      const { viewer } = await person.ask('WhoAmI')
      return viewer.fields.find(({ type }: any) => type === 'PersonDetails') ?? { hidden: [] }
    }
    expect((await hidden(sales)).hidden).toEqual(expect.arrayContaining(['birthDate', 'identityNumber', 'incomeBand']))
    expect((await hidden(sales)).writeOnly).toEqual(['birthDate'])
    expect((await hidden(company.analyst)).hidden).toContain('familyName')
    expect((await hidden(officer)).hidden).toEqual([])
  })
}

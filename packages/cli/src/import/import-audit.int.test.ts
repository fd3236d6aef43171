import { until } from '@clientele/testkit'
import { startImports } from '../../fixture/import.js'
import { runImport } from './run-import.js'

const { platform, api, file, path } = await startImports()
const mia = { roles: ['manager'], subject: 'mia' }
const map = await file(
  'people.yaml',
  `
system: people
rows:
  externalId: { column: 编号 }
  kind: PERSON
  displayName: { column: 名称 }
`,
)

interface Entry {
  action: string
  subject: string
  behalf: string | null
  causation: string | null
  event: string | null
}
const entriesOf = async (service: string) =>
  (
    await platform.service(service).database.system.query<Entry>(
      `select action, subject, on_behalf_of as behalf, causation_id as causation, entity_id as event
       from audit_entry where tenant = 'acme' and outcome = 'DONE' order by position`,
    )
  ).rows

test('whoever imports is the subject of each row; what services do of themselves about it names the event that it answers', async () => {
  const source = await file(
    'people.csv',
    `编号,名称\n${Array.from({ length: 25 }, (_, at) => `${at},客户 ${at} 👋`).join('\n')}\n`,
  )
  const once = () =>
    runImport({
      ...{ api: api(mia), signal: new AbortController().signal, errors: path('errors.csv') },
      ...{ what: 'customers', file: source, map },
    })
  expect(await once()).toMatchObject({ created: 25, rejected: 0 })
  expect(await once()).toMatchObject({ unchanged: 25 })
  const links = await until(async () => {
    const linked = (await entriesOf('integrations')).filter(({ action }) => action === 'external_ref.linked')
    return linked.length >= 25 && linked
  })
  const made = (await entriesOf('profiles')).filter(({ action }) => action.startsWith('customer.'))
  expect(made).toHaveLength(25)
  expect(new Set(made.map(({ subject, behalf }) => `${subject} ${behalf}`))).toEqual(new Set(['mia null']))
  expect(links).toHaveLength(25)
  expect(new Set(links.map(({ subject }) => subject))).toEqual(new Set(['service:integrations']))
  const { rows } = await platform
    .service('profiles')
    .database.system.query<{ id: string }>(`select event_id as id from outbox where tenant = 'acme'`)
  const events = new Set(rows.map(({ id }) => id))
  expect(links.filter(({ causation }) => !causation || !events.has(causation))).toEqual([])
})

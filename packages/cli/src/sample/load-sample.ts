import type { Api } from '../api/api.js'
import { createSampleApi, type SampleApi } from './sample-api.js'
import { ensureArrangements } from './sample-arrangements.js'
import { ensureAutomations } from './sample-automations.js'
import { ensureBulkChange } from './sample-bulk-change.js'
import { ensureComplaints, type KnownComplaint } from './sample-complaints.js'
import { ensureContacts } from './sample-contacts.js'
import { sampleCustomers, sampleSystem } from './sample-customers.js'
import { ensureFiles, type WithFiles } from './sample-files.js'
import { samplePurchases } from './sample-purchases.js'
import { ensureReassignment } from './sample-reassignment.js'
import { ensureSegments } from './sample-segments.js'
import { ensureSettings, type SampleCountry } from './sample-settings.js'
import { ensureTeams, sampleStaff } from './sample-staff.js'
import { ensureResponse, ensureSurvey } from './sample-survey.js'
import { ensureTags } from './sample-tags.js'
import { ensureTasks } from './sample-tasks.js'
import { ensureVisits } from './sample-visits.js'

export interface SampleSummary {
  customers: number
  purchases: number
  /** How many changes this run made; 0 where everything was there. */
  changes: number
  /** A customer about whom every service knows something. */
  exampleCustomerId: string
}

interface SampleCustomer extends WithFiles {
  visits: { nodes: (WithFiles & { purpose: string; status: string })[] }
  complaints: { nodes: KnownComplaint[] }
  contacts: { nodes: { subject: string | null }[] }
  surveyResponses: { nodes: { surveyId: string }[] }
}

const customerQuery = `query ($system: String!, $externalId: String!) {
  customerByOrigin(system: $system, externalId: $externalId) {
    id
    visits(first: 50) { nodes { id purpose status files { name } } }
    complaints(first: 50) { nodes { id description status assigneeId files { name } } }
    contacts(first: 100) { nodes { subject } }
    files { name }
    surveyResponses(first: 100) { nodes { surveyId } }
  }
}`

/**
 * Brings as much of the sample into the tenant of the caller as they reach, through the API; what is there already
 * stays. Settings are those of the country. Throws ApiError.
 */
export const loadSample = async (
  client: Api,
  { now = new Date(), country = 'DE' }: { now?: Date; country?: SampleCountry } = {},
): Promise<SampleSummary> => {
  const api = createSampleApi(client)
  await ensureSettings(api, country, now)
  const staff = await sampleStaff(api)
  const owned = sampleCustomers.map(({ ownerId, ...row }) =>
    ownerId && staff.has(ownerId) ? { ...row, ownerId } : row,
  )
  const customers = await importRows(api, 'importCustomers', 'ImportCustomersInput', owned)
  const reached = new Set(customers.map(({ externalId }) => externalId))
  if (!reached.size) throw new Error('None of the customers of the sample lies within your territories.')
  const bought = samplePurchases.filter(({ customer }) => reached.has(customer.externalId))
  const purchases = await importRows(api, 'importPurchases', 'ImportPurchasesInput', bought)
  await ensureTags(api)
  const surveyId = await ensureSurvey(api)
  await ensureSegments(api)
  await ensureArrangements(api, now)
  const teams = await ensureTeams(api, staff)
  const customerIds = new Map<string, string>()
  for (const externalId of reached) {
    const found = await api.query<{ customerByOrigin: SampleCustomer }>(customerQuery, {
      system: sampleSystem,
      externalId,
    })
    const customer = found.customerByOrigin
    customerIds.set(externalId, customer.id)
    await ensureVisits(api, externalId, customer, { now, staff })
    await ensureComplaints(api, externalId, customer, { staff, teams })
    await ensureContacts(api, externalId, customer)
    await ensureFiles(api, 'Customer', externalId, customer)
    await ensureResponse(api, surveyId, externalId, customer)
  }
  await ensureBulkChange(api, customerIds)
  await ensureReassignment(api, { now, staff })
  await ensureTasks(api, customerIds, { now, staff, teams })
  await ensureAutomations(api)
  const { changes } = api
  if (changes) await api.query('mutation { recomputeRfm(input: {}) { id } }')
  const [exampleCustomerId = ''] = customerIds.values()
  return { customers: customers.length, purchases: purchases.length, changes, exampleCustomerId }
}

/** Imports the rows and answers with those that are there now: customers outside the access scope of the caller are left out. */
const importRows = async <Row extends object>(api: SampleApi, mutation: string, inputType: string, rows: Row[]) => {
  const document = `mutation ($input: ${inputType}!) {
    ${mutation}(input: $input) { created updated rows { index externalId faults { path reason message } } }
  }`
  const data = await api.query<Record<string, ImportResult>>(document, { input: { system: sampleSystem, rows } })
  const { created, updated, rows: results } = data[mutation] as ImportResult
  const isOutOfScope = ({ faults }: ImportedRow) => faults.some(({ reason }) => reason === 'customer.out_of_scope')
  const refused = results.filter((row) => row.faults.length && !isOutOfScope(row))
  if (refused.length) throw new Error(`The sample was refused: ${JSON.stringify(refused)}`)
  api.count(created + updated)
  return results.filter((row) => !isOutOfScope(row)).map(({ index }) => rows[index] as Row)
}

interface ImportResult {
  created: number
  updated: number
  rows: ImportedRow[]
}

interface ImportedRow {
  index: number
  externalId: string
  faults: { path: string; reason: string; message: string }[]
}

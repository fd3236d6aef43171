import { loadSample } from '@clientele/cli/sample/load-sample'
import { type Actor, arrayParameter } from '@clientele/kit'
import { type Tenant, tenants } from './actors.js'
import { collect, type Known, knownOf } from './known.js'
import { now, type Stacks } from './stacks.js'

const texts = [
  '',
  'plain',
  `it's "quoted" \\ and \\u0000`,
  '季度回访 🤝 مراجعة',
  'line\nbreak\ttab\u0001',
  '100 %_',
  '客户',
]

/**
 * Fills the tenants: the sample through the API, what follows from its events, then copies of its rows with values that are easily told wrong.
 * Resolves with what each tenant has then.
 */
export const seedTenants = async (stacks: Stacks): Promise<Record<Tenant, Known>> => {
  const { platform } = stacks
  await Promise.all(tenants.map((tenant) => loadTenant(stacks, tenant)))
  await platform.settle()
  for (const job of platform.service('segmentation').jobs) await job.run()
  await platform.settle()
  const known = tenants.map(async (tenant) => {
    const tokens = await inviteSome(stacks, tenant)
    await copyRows(stacks, tenant)
    return [tenant, { ...(await knownOf(stacks, tenant)), ...tokens }] as const
  })
  return Object.fromEntries(await Promise.all(known)) as Record<Tenant, Known>
}

const asAdmin =
  ({ ask }: Stacks, tenant: Tenant) =>
  async <T>(query: string, variables: object = {}) => {
    const { body } = await ask('plain', { roles: ['admin'], tenant }, { query, variables: { ...variables } })
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    return body.data as T
  }

const loadTenant = async (stacks: Stacks, tenant: Tenant) => {
  const call = asAdmin(stacks, tenant)
  await call('mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { id } }', {
    input: { url: 'http://127.0.0.1:9/hook', types: ['*'] },
  })
  await loadSample({ call }, { now })
}

/** The tokens of open invitations. */
const inviteSome = async (stacks: Stacks, tenant: Tenant): Promise<Known> => {
  const call = asAdmin(stacks, tenant)
  const known = await knownOf(stacks, tenant)
  const tokens: Known = {}
  for (const customerId of known.Customer!.slice(0, 4)) {
    const input = { surveyId: known.Survey![0], customerId, channel: 'email' }
    collect(
      await call('mutation ($input: InviteToSurveyInput!) { inviteToSurvey(input: $input) { token } }', { input }),
      tokens,
    )
  }
  return tokens
}

const copyRows = async ({ platform }: Stacks, tenant: Tenant) => {
  const writer: Actor = { subject: 'seed', roles: [], tenant, territories: [], kind: 'person' }
  for (const [service, copies] of Object.entries(copiesOf)) {
    const em = platform.service(service).database.fork(writer, now)
    await em.transactional(async (em) => {
      for (const [table, times, changes] of copies) {
        const columns = await em.execute<{ name: string }[]>(
          `select quote_ident(column_name) as name from information_schema.columns
            where table_schema = 'public' and table_name = ? and is_generated = 'NEVER' and is_identity = 'NO'`,
          [table],
        )
        const names = columns.map(({ name }) => name).join(', ')
        await em.execute(
          `insert into ${table} (${names}) select ${names} from (
             select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), ${changes}))).*
             from (select t, copy, (row_number() over ())::int as row from ${table} t, generate_series(1, ${times}) copy) each,
               (select ?::text[] as texts) given) made`,
          [arrayParameter(texts)],
        )
      }
    })
  }
}

/** A text that differs from row to row. */
const text = 'texts[1 + row % cardinality(texts)]'
const nullOrText = `case when row % 3 = 0 then null else ${text} end`
/** With microseconds where the column has them; every third is equal to others. */
const moment = `timestamptz '2026-11-01T08:00:00.123456Z' + (row % 3) * interval '1 microsecond' * (row % 7)`

const noDuplicateIs = (column: string) => `'${column}', case row % 2 when 0 then null else (t).${column} end`

/** Tables by service, in how many copies, with what changed in each. */
const copiesOf: Record<string, readonly (readonly [table: string, times: number, changes: string])[]> = {
  profiles: [
    [
      'customer',
      1,
      `'number', 'X-' || row, 'origin_system', null, 'origin_external_id', null, 'display_name', coalesce(nullif(${text}, ''), 'x'),
       'owner_id', ${nullOrText}, 'territory', case row % 4 when 0 then null when 1 then 'emea/de' when 2 then 'apac/cn/华东' else 'emea/dee' end,
       'status', case row % 3 when 0 then 'ARCHIVED' else 'ACTIVE' end, 'source', ${nullOrText}, 'created_at', ${moment},
       'tag_keys', case row % 2 when 0 then '["gone"]'::jsonb else (t).tag_keys end`,
    ],
    [
      'purchase',
      1,
      `'origin_system', null, 'origin_external_id', null, 'ordered_at', ${moment}, 'channel', ${nullOrText},
       'currency', case row % 3 when 0 then 'KWD' when 1 then 'JPY' else (t).currency end,
       'total', case row % 3 when 0 then -0.0050 when 1 then 99999999999999.9999 else 1.5000 end`,
    ],
  ],
  interactions: [
    [
      'visit',
      3,
      `'purpose', ${text}, 'planned_start', ${moment}, 'planned_end', timestamptz '2027-01-01T00:00:00Z',
       'assignee_id', ${nullOrText}, 'objectives', jsonb_build_array(${text}, '')`,
    ],
    [
      'complaint',
      2,
      `'number', 'X-' || row, 'description', ${text}, 'received_at', ${moment}, 'owner_team', ${nullOrText}, 'desired_remedy', ${nullOrText},
       'resolve_by', ${moment}, 'status', case row % 2 when 0 then 'DUPLICATE' else (t).status end, ${noDuplicateIs('paused_at')}, ${noDuplicateIs('closed_at')},
       'duplicate_of_id', case row % 2 when 0 then (select min(id::text) from complaint other where other.customer_id <> (t).customer_id) else (t).duplicate_of_id::text end`,
    ],
    ['contact', 2, `'subject', ${text}, 'body', ${nullOrText}, 'occurred_at', ${moment}`],
  ],
  surveys: [
    [
      'survey_response',
      2,
      `'invitation_id', null, 'completed_at', ${moment}, 'nps', row % 11, 'csat', case row % 3 when 0 then null else 1 + row % 5 end`,
    ],
  ],
  segmentation: [
    ['segment', 2, `'key', 'x-' || row, 'name', ${text}, 'description', ${nullOrText}, 'created_at', ${moment}`],
  ],
  integrations: [
    [
      'external_ref',
      1,
      `'system', 'x' || row % 2, 'external_id', row || ' 客户', 'url', ${nullOrText}, 'created_at', ${moment}`,
    ],
    ['webhook_endpoint', 2, `'description', ${nullOrText}, 'created_at', ${moment}`],
  ],
}

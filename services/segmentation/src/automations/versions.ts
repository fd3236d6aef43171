import { arrayParameter, type Context } from '@clientele/kit'
import type { AutomationVersion } from './automation.entity.js'

type Row = Omit<AutomationVersion, 'at'> & { automationId: string; at: string }

/** How many definitions of an automation are shown, the latest first. */
export const mostVersions = 100

interface Conditions extends Pick<AutomationVersion, 'customerCondition' | 'eventCondition'> {
  automationId: string
  number: number
}

/** The conditions of a definition, however many came after it; one statement for all runs of a request. */
export const conditionsOf = (ctx: Context, automationId: string, number: number): Promise<Conditions | undefined> =>
  ctx.loaders.batch('automation.conditions', `${automationId} ${number}`, async (em, keys) => {
    const rows = await em.execute<Conditions[]>(
      `select v.automation_id as "automationId", v.number, v.customer_condition as "customerCondition",
         v.event_condition as "eventCondition"
       from jsonb_to_recordset(?::jsonb) as k (id uuid, number int)
       join automation_version v on v.automation_id = k.id and v.number = k.number`,
      [JSON.stringify(keys.map((key) => key.split(' ')).map(([id, one]) => ({ id, number: Number(one) })))],
    )
    const byKey = new Map(rows.map((row) => [`${row.automationId} ${row.number}`, row]))
    return keys.map((key) => byKey.get(key))
  })

/** The definitions that an automation has had, the latest first; one statement for all automations of a request. */
export const versionsOf = (ctx: Context, automationId: string): Promise<AutomationVersion[]> =>
  ctx.loaders.batch('automation.versions', automationId, async (em, ids) => {
    const rows = await em.execute<Row[]>(
      `select v.* from unnest(?::uuid[]) as k(id) cross join lateral (
         select automation_id as "automationId", number, trigger, customer_condition as "customerCondition",
           event_condition as "eventCondition", actions, author_id as "authorId", at::text
         from automation_version where automation_id = k.id order by number desc limit ${mostVersions}) v`,
      [arrayParameter(ids)],
    )
    const byId = Map.groupBy(rows, (row) => row.automationId)
    return ids.map((id) => (byId.get(id) ?? []).map((row) => ({ ...row, at: new Date(row.at) })))
  })

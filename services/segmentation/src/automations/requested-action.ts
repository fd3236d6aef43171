import { type AutomationAction, limits, type Rights } from '@clientele/contracts'
import { type Context, checkAtOnce, idsParameter, isId, JsonScalar, ListSize, TextSize } from '@clientele/kit'
import { Field, ObjectType } from 'type-graphql'
import { AutomationStatus } from './automation.entity.js'

@ObjectType({ description: 'What an action of an automation is to do, for the service that does it.' })
export class RequestedAutomationAction {
  @TextSize({ most: limits.requestBytes })
  @Field(() => JsonScalar, { description: 'The action, in the shape of AutomationActionInput.' })
  action!: AutomationAction
  @Field(() => AutomationStatus, {
    description:
      'Whether the automation runs now; STOPPED also where it was stopped after the action was asked for and has been started again.',
  })
  status!: AutomationStatus
  @Field(() => String, { description: "The identity provider's subject of its author." })
  authorId!: string
  @ListSize(limits.staffRoles)
  @Field(() => [String], { description: 'Roles that the author had when they saved.' })
  authorRoles!: string[]
  @ListSize(limits.staffTerritories)
  @Field(() => [String], {
    description: 'Territories of the author when they saved; the empty path is the whole tree.',
  })
  authorTerritories!: string[]
}

interface Row {
  id: string
  action: AutomationAction | null
  status: AutomationStatus
  authorId: string
  rights: Rights
}

/** For how many actions this is asked at once: as many as a consumer takes. */
export const mostAtOnce = 100

/**
 * What actions are to do, in the order of their ids; null where there is no such, or its automation was removed. One that was asked for before the last start
 * was taken back when the automation was stopped. Throws INVALID `list.too_long`.
 */
export const requestedActionsOf = async (
  { em }: Pick<Context, 'em'>,
  ids: readonly string[],
): Promise<(RequestedAutomationAction | null)[]> => {
  checkAtOnce('ids', ids, mostAtOnce)
  const rows = await em.execute<Row[]>(
    `select asked.id, v.actions -> asked.position as action, v.author_id as "authorId", v.author_rights as rights,
       case when run.created_at < a.started_at then 'STOPPED' else a.status end as status
     from automation_action asked join automation_run run on run.id = asked.run_id
     join automation_version v on v.automation_id = run.automation_id and v.number = run.number
     join automation a on a.id = run.automation_id
     where asked.id = any(?::uuid[])`,
    [idsParameter(ids.filter(isId))],
  )
  const found = new Map(rows.flatMap((row) => (row.action ? [[row.id, requestedOf(row, row.action)]] : [])))
  return ids.map((id) => found.get(id.toLowerCase()) ?? null)
}

const requestedOf = ({ status, authorId, rights }: Row, action: AutomationAction): RequestedAutomationAction => ({
  ...{ action, status, authorId },
  ...{ authorRoles: [...rights.roles], authorTerritories: [...rights.territories] },
})

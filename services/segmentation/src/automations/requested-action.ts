import { type AutomationAction, limits, type Rights } from '@clientele/contracts'
import { type Context, isId, JsonScalar, ListSize, TextSize } from '@clientele/kit'
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
  action: AutomationAction | null
  status: AutomationStatus
  authorId: string
  rights: Rights
}

/**
 * An action of a definition; null where there is no such, or its automation was removed. One that was asked for before the last start was taken back when
 * the automation was stopped.
 */
export const requestedActionOf = async (
  { em }: Context,
  {
    automationId,
    automationVersion,
    position,
    id,
  }: { automationId: string; automationVersion: number; position: number; id?: string | null },
): Promise<RequestedAutomationAction | null> => {
  if (!isId(automationId) || (id != null && !isId(id))) return null
  const [row] = await em.execute<Row[]>(
    `select v.actions -> ?::int as action, case when run.created_at < a.started_at then 'STOPPED' else a.status end as status,
       v.author_id as "authorId", v.author_rights as rights
     from automation_version v join automation a on a.id = v.automation_id
     left join automation_action asked on asked.id = ?::uuid left join automation_run run on run.id = asked.run_id
     where v.automation_id = ? and v.number = ?`,
    [position, id ?? null, automationId, automationVersion],
  )
  if (!row?.action) return null
  const { action, status, authorId, rights } = row
  return { action, status, authorId, authorRoles: [...rights.roles], authorTerritories: [...rights.territories] }
}

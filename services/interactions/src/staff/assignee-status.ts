import { isPresent } from '@clientele/contracts'
import { allow, arrayParameter, type Context, columnName, enumFilter, toWhere } from '@clientele/kit'
import { type FilterQuery, raw } from '@mikro-orm/core'
import { registerEnumType } from 'type-graphql'
import { staff } from './staff.actions.js'
import { staffPolicy } from './staff.policy.js'

export enum AssigneeStatus {
  NONE = 'NONE',
  ACTIVE = 'ACTIVE',
  AWAY = 'AWAY',
  LEFT = 'LEFT',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(AssigneeStatus, {
  name: 'AssigneeStatus',
  description: 'Whether whoever something was given to is here to do it.',
  valuesConfig: {
    NONE: { description: "It is nobody's in particular." },
    ACTIVE: { description: 'They work here and are not away.' },
    AWAY: { description: 'They work here and are away today.' },
    LEFT: { description: 'They have left.' },
    UNKNOWN: { description: '`assigneeId` names nobody of the staff.' },
  },
})

export const AssigneeStatusFilter = enumFilter(AssigneeStatus, 'AssigneeStatusFilter')

interface Filter {
  and?: Filter[] | null
  or?: Filter[] | null
  not?: Filter | null
  assigneeStatus?: object | null
}

const speaksOfIt = ({ and, or, not, assigneeStatus }: Filter): boolean =>
  assigneeStatus != null || [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])].some(speaksOfIt)

/**
 * The meaning of `assigneeStatus` in a filter on rows of this entity, at this moment. Who is away is found out before, and only where the filter
 * asks for it: by the days of their time zones. Throws FORBIDDEN for whom the staff are closed.
 */
const assigneeStatusIn = async <T extends { id: string }>(
  { actor, em, now }: Pick<Context, 'actor' | 'em' | 'now'>,
  entity: string,
  filter: object | null | undefined,
): Promise<(given: object) => FilterQuery<T>> => {
  if (!filter || !speaksOfIt(filter)) return () => ({}) as FilterQuery<T>
  allow(actor, staffPolicy.read)
  const absent = await em.execute<{ id: string }[]>(`select id from staff where active and absences <> '[]'`)
  const known = await staff.known(
    { em },
    absent.map(({ id }) => id),
  )
  const away = known.filter((one) => !isPresent(one, now())).map(({ id }) => id)
  const status = `case when of.assignee_id is null then 'NONE' when staff.id is null then 'UNKNOWN' when not staff.active then 'LEFT'
    when staff.id = any(?::uuid[]) then 'AWAY' else 'ACTIVE' end`
  const where = `(select of.id from ${columnName(entity)} of left join staff on staff.sub = of.assignee_id where ${status} = any(?::text[]))`
  return (given) => {
    const { eq, in: any } = given as { eq?: AssigneeStatus | null; in?: AssigneeStatus[] | null }
    const wanted = [...(eq == null ? [] : [[eq]]), ...(any == null ? [] : [any])]
    return {
      $and: wanted.map((statuses) => ({
        id: { $in: raw(where, [arrayParameter(away), arrayParameter(statuses)]) },
      })),
    } as FilterQuery<T>
  }
}

/**
 * The condition of a filter on work of this entity: at `at`, the moment that its `overdue` refers to, where it has one. Throws FORBIDDEN as
 * `assigneeStatus` does.
 */
export const workWhere =
  <T extends { id: string }, Filter extends object>(
    entity: string,
    overdueWhere?: (overdue: boolean, at: Date) => FilterQuery<T>,
  ) =>
  async (ctx: Pick<Context, 'actor' | 'em' | 'now'>, filter: Filter | null | undefined, at = ctx.now()) =>
    toWhere<T>(filter, {
      assigneeStatus: await assigneeStatusIn<T>(ctx, entity, filter),
      ...(overdueWhere && { overdue: (overdue: boolean) => overdueWhere(overdue, at) }),
    })

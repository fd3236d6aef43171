import { arrayParameter, type Context, ListSize } from '@clientele/kit'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Automation } from '../automations/automation.entity.js'
import { AutomationMoment } from './automation-moment.entity.js'

/** How many moments of a schedule are shown, the latest first. */
const mostMoments = 30

type Row = Omit<AutomationMoment, 'at' | 'beganAt' | 'endedAt'> & {
  automationId: string
  at: string
  beganAt: string
  endedAt: string | null
}

@Resolver(() => Automation)
export class AutomationMomentsResolver {
  @ListSize({ most: mostMoments })
  @FieldResolver(() => [AutomationMoment], {
    nullable: true,
    description: `The latest ${mostMoments} moments of its schedule, the latest first. For all staff.`,
  })
  moments(@Root() { id }: Automation, @Ctx() ctx: Context): Promise<AutomationMoment[]> {
    return ctx.loaders.batch('automation.moments', id, async (em, ids) => {
      const rows = await em.execute<Row[]>(
        `select m.* from unnest(?::uuid[]) as k(id) cross join lateral (
           select automation_id as "automationId", number as "automationVersion", at::text, began_at::text as "beganAt", ended_at::text as "endedAt",
             customers, reason
           from automation_moment where automation_id = k.id order by at desc limit ${mostMoments}) m`,
        [arrayParameter(ids)],
      )
      const byId = Map.groupBy(rows, ({ automationId }) => automationId)
      return ids.map((automationId) => (byId.get(automationId) ?? []).map(momentOf))
    })
  }
}

const momentOf = ({ at, beganAt, endedAt, ...rest }: Row): AutomationMoment => ({
  ...rest,
  ...{ at: new Date(at), beganAt: new Date(beganAt), endedAt: endedAt === null ? null : new Date(endedAt) },
})

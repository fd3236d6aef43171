import type { Context, Job } from '@clientele/kit'
import { settingsOf } from '../config.js'
import { lockEvaluation } from '../memberships/evaluation.actions.js'
import { applyDefinition } from './segment.actions.js'
import { Segment } from './segment.entity.js'

const segmentsPerRound = 20

type Candidate = { tenant: string; id: string }

/** Goes on with definitions that are being applied, and applies each rule again when its time has come: conditions on days change without any event. */
export const evaluateSegments: Job = {
  name: 'segmentation-evaluate-segments',
  everyMs: 60_000,
  run: async ({ system, forTenant, now, log }) => {
    const { rows } = await system.query<Candidate>(
      `select tenant, id from segment
       where evaluation = 'EVALUATING' or (kind = 'DYNAMIC' and status = 'ACTIVE')
       order by evaluation, evaluated_at nulls first limit $1`,
      [segmentsPerRound],
    )
    let done = 0
    for (const { tenant, id } of rows) {
      const ctx = forTenant(tenant)
      const evaluated = await evaluateIfDue(ctx, id, now()).catch((error: unknown) => {
        log.warn({ segment: id, err: error }, 'a segment could not be evaluated and will be tried again')
        return false
      })
      if (evaluated) done++
    }
    return done
  },
}

const evaluateIfDue = (ctx: Context, id: string, now: Date) =>
  ctx.transaction(async (tx) => {
    await lockEvaluation(tx)
    const segment = await tx.em.findOneOrFail(Segment, { id })
    const isDue = segment.evaluation === 'EVALUATING' || isOld(segment, now, settingsOf(tx).SEGMENT_EVALUATION_MINUTES)
    if (isDue) await applyDefinition(tx, segment)
    return isDue
  })

const isOld = ({ kind, status, evaluatedAt }: Segment, now: Date, minutes: number) =>
  kind === 'DYNAMIC' &&
  status === 'ACTIVE' &&
  (evaluatedAt === null || evaluatedAt.getTime() <= now.getTime() - minutes * 60_000)

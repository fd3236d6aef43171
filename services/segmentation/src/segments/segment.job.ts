import type { Context, Job } from '@clientele/kit'
import { lockEvaluation } from '../memberships/evaluation.actions.js'
import { applyDefinition } from './segment.actions.js'
import { Segment } from './segment.entity.js'

const segmentsPerRound = 20

type Candidate = { tenant: string; id: string }

/** Goes on with definitions that are being applied, those of each tenant in turn. */
export const evaluateSegments: Job = {
  name: 'segmentation-evaluate-segments',
  everyMs: 1_000,
  run: async ({ system, forTenant, setAside }) => {
    const { rows } = await system.query<Candidate>(
      `select tenant, id from segment where evaluation = 'EVALUATING' and id <> all($2::uuid[])
       order by row_number() over (partition by tenant order by evaluated_at nulls first, id) limit $1`,
      [segmentsPerRound, setAside.ids()],
    )
    for (const { tenant, id } of rows) {
      await goOn(forTenant(tenant), id).catch((error: unknown) => setAside.add(id, error, { tenant, segment: id }))
    }
    return rows.length
  },
}

const goOn = (ctx: Context, id: string) =>
  ctx.transaction(async (tx) => {
    await lockEvaluation(tx)
    const segment = await tx.em.findOneOrFail(Segment, { id })
    if (segment.evaluation === 'EVALUATING') await applyDefinition(tx, segment)
  })

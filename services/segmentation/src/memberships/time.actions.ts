import type { Context } from '@clientele/kit'
import { comeBetween, momentsOf } from '../rules/moments.js'
import { activeSegments, evaluate, lockEvaluation } from './evaluation.actions.js'
import { changesPerTransaction } from './membership.actions.js'
import { setClock } from './moment-clock.js'

/** Moves the tenant's customers in and out of segments whose moment has come since this was last done, as many as one transaction may. */
export const moveByTime = (ctx: Context): Promise<void> =>
  ctx.transaction(async (tx) => {
    await lockEvaluation(tx)
    const segments = await activeSegments(tx)
    const moments = momentsOf(segments.map(({ rule }) => rule))
    const [clock] = await tx.em.execute<{ moved_to: string }[]>('select moved_to from segment_clock')
    if (!clock) return
    const now = tx.now()
    if (!moments.size) return setClock(tx, now, null)
    const changes = await evaluate(tx, now, segments, { due: comeBetween(moments, new Date(clock.moved_to), now) })
    const entered = changes.filter((change) => change.entered).length
    if (Math.max(entered, changes.length - entered) < changesPerTransaction) await setClock(tx, now, moments)
  })

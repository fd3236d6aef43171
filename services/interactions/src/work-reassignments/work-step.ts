import type { WorkKind } from '@clientele/contracts'
import type { Context, Transaction } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { type Receiver, work } from './work.js'
import type { ReassignableWork } from './work-reassignment.entity.js'

/** Tasks, visits and complaints of one transaction. */
const batchSize = 100

const counters = { TASKS: 'tasks', VISITS: 'visits', COMPLAINTS: 'complaints' } as const

/** How much somebody has to do that the actor may hand over. */
export const allOf = async (
  { em, actor }: Pick<Context, 'em' | 'actor'>,
  fromId: string,
): Promise<ReassignableWork> => {
  const counted = { tasks: 0, visits: 0, complaints: 0 }
  for (const [kind, { entity, where }] of Object.entries(work)) {
    counted[counters[kind as WorkKind]] = await em.count(entity, where(actor, fromId))
  }
  return counted
}

/** Hands a batch over, each with its event; what was handed over is nobody's of before any more, so the next batch finds the rest. */
export const giveOn = async (
  tx: Transaction,
  { fromId, kinds, assigneeId, teamKey }: Receiver & { fromId: string; kinds: readonly WorkKind[] },
): Promise<{ given: ReassignableWork; isAll: boolean }> => {
  const to = { assigneeId: assigneeId ?? null, teamKey: teamKey ?? null }
  const given = { tasks: 0, visits: 0, complaints: 0 }
  let room = batchSize
  for (const kind of kinds) {
    const { entity, where, give } = work[kind]
    const found = await tx.em.find(entity, where(tx.actor, fromId), {
      ...{ orderBy: { id: 'asc' } as never, limit: room, lockMode: LockMode.PESSIMISTIC_WRITE },
    })
    for (const one of found) await give(tx, one, to)
    given[counters[kind]] += found.length
    room -= found.length
    if (!room) return { given, isAll: false }
  }
  return { given, isAll: true }
}

import { limits } from '@clientele/contracts'
import type { Job } from '@clientele/kit'

const day = 86_400_000
const batch = 5_000
/** For how long it is told what automations did. */
const runDays = limits.automationOnceInDays.most

const kept = [
  [
    'delete from automation_occurrence where (tenant, id) in (select tenant, id from automation_occurrence where at < $1 limit $2)',
    limits.dryRunDays.most,
  ],
  [
    'delete from automation_run where (tenant, id) in (select tenant, id from automation_run where created_at < $1 limit $2)',
    runDays,
  ],
  [
    `delete from automation_moment where (tenant, id) in (
       select tenant, id from automation_moment where began_at < $1 and ended_at is not null limit $2)`,
    runDays,
  ],
] as const

/** Forgets what happened once no dry run looks back that far, and what automations did after 90 days. */
export const forgetRuns: Job = {
  name: 'segmentation-forget-automation-runs',
  everyMs: 60 * 60 * 1_000,
  run: async ({ system, now }) => {
    let forgotten = 0
    for (const [sql, days] of kept) {
      const { rowCount } = await system.query(sql, [new Date(now().getTime() - days * day), batch])
      forgotten += rowCount ?? 0
    }
    return forgotten
  },
}

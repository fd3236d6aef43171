import type { Job } from '@clientele/kit'
import { settingsOf } from '../config.js'
import { startRfm, writeScores } from './rfm.actions.js'

const chunksPerRound = 20

type Candidate = { tenant: string; status: string; computed_at: Date | null; many_new: boolean }

/** Computes each tenant's RFM scores when they are old, or when a tenth of the customers bought for the first time since. */
export const computeRfm: Job = {
  name: 'segmentation-compute-rfm',
  everyMs: 60_000,
  run: async ({ system, forTenant, now, setAside }) => {
    const { rows } = await system.query<Candidate>(
      `select tenant, status, computed_at, new_buyers::bigint * 10 > customers as many_new from rfm_run
       where tenant <> all($1) order by computed_at nulls first`,
      [setAside.ids()],
    )
    let unfinished = 0
    for (const run of rows) {
      const ctx = forTenant(run.tenant)
      const age = now().getTime() - (run.computed_at?.getTime() ?? 0)
      const isDue = run.status === 'NEVER' || run.many_new || age >= settingsOf(ctx).RFM_HOURS * 3_600_000
      if (!isDue && run.status === 'READY') continue
      try {
        if (run.status !== 'COMPUTING') await startRfm(ctx)
        if (!(await writeSome(() => writeScores(ctx)))) unfinished++
      } catch (error) {
        setAside.add(run.tenant, error, { tenant: run.tenant })
      }
    }
    return unfinished
  },
}

const writeSome = async (write: () => Promise<boolean>) => {
  for (let chunk = 0; chunk < chunksPerRound; chunk++) if (await write()) return true
  return false
}

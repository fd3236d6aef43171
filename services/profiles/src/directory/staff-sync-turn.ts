import type { Context } from '@clientele/kit'
import type { StaffDirectory } from './staff-directory.js'
import { compareStaff, type StaffSynced } from './staff-sync.actions.js'

/** For how long one comparison may take before another may begin. */
const longestMs = 15 * 60_000

/**
 * Compares the staff of a tenant with the directory, one at a time, whichever process it is in: undefined where somebody else does so now.
 * Whoever dies at it is in the way for a quarter of an hour.
 */
export const syncStaffInTurn = async (ctx: Context, directory: StaffDirectory): Promise<StaffSynced | undefined> => {
  if (!(await claim(ctx))) return undefined
  let synced: StaffSynced | undefined
  try {
    synced = await compareStaff(ctx, directory)
    return synced
  } finally {
    await ctx.transaction((tx) =>
      tx.em.execute('update staff_sync set busy_until = null, synced_at = coalesce(?::timestamptz, synced_at)', [
        synced ? tx.now() : null,
      ]),
    )
  }
}

const claim = (ctx: Context): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const rows = await tx.em.execute<unknown[]>(
      `insert into staff_sync (busy_until) values (?) on conflict (tenant) do update set busy_until = excluded.busy_until
       where staff_sync.busy_until is null or staff_sync.busy_until < ? returning tenant`,
      [new Date(tx.now().getTime() + longestMs), tx.now()],
    )
    return rows.length > 0
  })

import { staffChanged } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import type { Staff } from './staff.entity.js'
import { staffData, teamKeysOf } from './staff-event.js'

/** Publishes what changed about members of staff, if anything did. */
export const emitChanged = async (
  tx: Transaction,
  changes: readonly { staff: Staff; fields: readonly string[] }[],
): Promise<void> => {
  const changed = changes.filter(({ fields }) => fields.length)
  if (!changed.length) return
  const teams = await teamKeysOf(
    tx,
    changed.map(({ staff }) => staff.id),
  )
  for (const { staff, fields } of changed) {
    tx.emit(staffChanged, staff, { ...staffData(staff, teams.get(staff.id) ?? []), changedFields: [...fields] })
  }
}

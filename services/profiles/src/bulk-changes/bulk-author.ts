import { staffEntityId, staffSource } from '@clientele/contracts'
import type { Behalf, Context, PresentRights } from '@clientele/kit'
import { staffById } from '../directory/staff-look-up.js'
import type { BulkChange } from './bulk-change.entity.js'

export interface Author {
  behalf: Behalf
  rights: PresentRights
}

/**
 * For whom a bulk change goes on, with what they may do at present; where the directory does not tell, with what they might when they began it.
 * Undefined where they have left, so that nothing goes on in their name.
 */
export const presentAuthor = async (
  ctx: Pick<Context, 'em'>,
  { id, acting: { subject, roles, territories } }: Pick<BulkChange, 'id' | 'acting'>,
): Promise<Author | undefined> => {
  const known = (await staffById(ctx, [subject])).get(staffEntityId(subject))
  if (known && !known.active) return undefined
  const isDirected = known?.source === staffSource.enum.DIRECTORY
  return {
    behalf: { subject, kind: 'bulk_change', id },
    rights: {
      roles: known?.roles ?? roles,
      territories: isDirected ? known.territories.map((path) => (path === '*' ? '' : path)) : territories,
    },
  }
}

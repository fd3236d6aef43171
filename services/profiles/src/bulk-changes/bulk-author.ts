import { presentRights, type Rights, staffEntityId } from '@clientele/contracts'
import type { Behalf, Context } from '@clientele/kit'
import { staffById } from '../directory/staff-look-up.js'
import type { BulkChange } from './bulk-change.entity.js'

export interface Author {
  behalf: Behalf
  rights: Rights
}

/**
 * For whom a bulk change goes on, with what they may do at present; where the directory does not tell, with what they might when they began it.
 * Undefined where they have left, so that nothing goes on in their name.
 */
export const presentAuthor = async (
  ctx: Pick<Context, 'em'>,
  { id, acting }: Pick<BulkChange, 'id' | 'acting'>,
): Promise<Author | undefined> => {
  const { subject } = acting
  const member = (await staffById(ctx, [subject])).get(staffEntityId(subject))
  const rights = presentRights(member, acting)
  return rights && { behalf: { subject, kind: 'bulk_change', id }, rights }
}

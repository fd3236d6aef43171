import type { EntityManager, EntityName } from '@mikro-orm/postgresql'
import type { AuditTrail } from '../audit/audit-trail.js'
import type { Actor } from '../auth/verify-token.js'
import { accessScopeOf, hasTenantScope, isWithin, type Ownership, type Rule } from './policy.js'

/**
 * Tells the audit log which of the entities that an actor did not find there are: they lie outside the actor's access scope.
 */
export const noteOutOfScope = async (
  em: EntityManager,
  { actor, trail }: { actor: Actor; trail: AuditTrail },
  rule: Rule,
  entity: EntityName<object>,
  ids: readonly string[],
) => {
  if (!ids.length || hasTenantScope(actor, rule)) return
  const query = em
    .createQueryBuilder(entity, 'e')
    .select('id' as never)
    .where({ id: { $in: [...ids] } } as never)
  for (const { id } of (await query.execute('all')) as { id: string }[]) {
    trail.denied({ action: rule.action, type: rule.concept, id, reason: 'access_scope' })
  }
}

/**
 * Whether an entity that belongs so lies within the actor's access scope; where it does not, the audit log learns of the `action` that they
 * wanted it for.
 */
export const isInScope = (
  { actor, trail }: { actor: Actor; trail: AuditTrail },
  rule: Rule,
  of: Ownership & { id?: string | undefined },
  action = rule.action,
): boolean => {
  if (isWithin(actor, accessScopeOf(actor, rule), of)) return true
  trail.denied({ action, type: rule.concept, ...(of.id && { id: of.id }), reason: 'access_scope' })
  return false
}

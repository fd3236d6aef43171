import type { EntityManager, EntityName } from '@mikro-orm/postgresql'
import type { AuditTrail } from '../audit/audit-trail.js'
import type { Actor } from '../auth/auth.js'
import type { Rule } from './policy.js'
import { within } from './within.js'

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
  if (!ids.length || !within(actor, rule, 'e')) return
  const query = em
    .createQueryBuilder(entity, 'e')
    .select('id' as never)
    .where({ id: { $in: [...ids] } } as never)
  for (const { id } of (await query.execute('all')) as { id: string }[]) {
    trail.denied({ action: rule.action, type: rule.concept, id, reason: 'access_scope' })
  }
}

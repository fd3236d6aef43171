import {
  type Actor,
  accessScopeOf,
  clearancesByRole,
  differsByEntity,
  type PolicyTable,
  policyIndex,
  type Rule,
  type Service,
  type Through,
} from '@clientele/kit'
import { NotMappable } from '../compile/not-mappable.js'

/** What the policies of a service say, as the compiler asks it: what is refused is for the ordinary resolvers to say. */
export interface Policies {
  /** The rule by which an entity, or what a concept tells of it, is read; undefined where no policy is about it. */
  readRule(concept: string): Rule | undefined
  /**
   * Passes where the actor may ask for a field, and tells whether they see its value: of all entities, of none, or of
   * those in the scope of some of their roles.
   */
  shows(actor: Actor, type: string, field: string): boolean | Through
  /** The same, but passes only where it does not depend on the entity. */
  showsAlways(actor: Actor, type: string, field: string): boolean
  /** The same for what an input's key speaks of, whatever is said of it: the key may mean the field of another type. */
  mayName(actor: Actor, input: string, key: string): boolean
  /**
   * Through which roles the actor sees an entity of this type, those that see most first; undefined where they see the
   * same of all of them.
   */
  clearances(actor: Actor, type: string): Through | undefined
  /** Passes where the actor may ask for a query. */
  opens(actor: Actor, query: string): void
}

export const policiesOf = (service: Service): Policies => {
  const index = policyIndex(service.policies)
  const opens = (actor: Actor, path: string) => {
    const rule = index.ruleOf(path)
    if (rule && !accessScopeOf(actor, rule)) throw new NotMappable(`${path} is refused`)
  }
  const shows = (actor: Actor, type: string, field: string): boolean | Through => {
    opens(actor, `${type}.${field}`)
    const shown = index.visibilityOf(actor, type, field)
    // The audit log has to learn of each sensitive value that is shown, and most of them are sealed.
    if (shown && index.classOf(type, field)?.fieldClass === 'SENSITIVE') {
      throw new NotMappable(`${type}.${field} is sensitive`)
    }
    return shown
  }
  const showsAlways = (actor: Actor, type: string, field: string) => {
    const shown = shows(actor, type, field)
    if (typeof shown === 'boolean') return shown
    throw new NotMappable(`${type}.${field} is seen of some only`)
  }
  return {
    readRule: index.readRuleOf,
    opens,
    shows,
    showsAlways,
    mayName: (actor, input, key) => index.typesOfInput(input).every((type) => showsAlways(actor, type, key)),
    clearances: (actor, type) => {
      const rule = index.readRuleOfType(type)
      if (!rule || !differsByEntity(actor, rule.table)) return undefined
      const hasHidable = !Object.values(rule.table.fields).every(isPlain)
      return { rule, roles: hasHidable ? clearancesByRole(actor, rule.table).map(({ role }) => role) : [] }
    },
  }
}

const isPlain = ({ PERSONAL, SENSITIVE }: PolicyTable['fields'][string]) => !PERSONAL?.length && !SENSITIVE?.length

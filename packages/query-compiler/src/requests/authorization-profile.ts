import {
  type Actor,
  accessScopeOf,
  clearanceOf,
  covers,
  type FieldClass,
  fieldClasses,
  type PolicyTable,
  type Rule,
  type Service,
} from '@clientele/kit'
import { NotMappable } from '../compile/not-mappable.js'

/**
 * The authorization profile of an actor: no more of them than what changes a statement's text, their roles and how many
 * territories they have.
 */
export const profileOf = ({ roles, territories, kind }: Actor): Actor => ({
  subject: '',
  tenant: '',
  kind,
  roles: [...roles].toSorted(),
  territories: territories.map((path) => (path === '' ? '' : '*')),
})

/** What the policies of a service say, as the compiler asks it. */
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

/** Roles through each of which as much is seen as it reaches. */
export interface Through {
  rule: Rule
  roles: readonly string[]
}

export const policiesOf = ({ policies = [] }: Service): Policies => {
  const tables = new Map(policies.map(({ concept, table }) => [concept, table]))
  const openings = new Map<string, Rule>()
  const classes = new Map<string, { rule: Rule; fieldClass: FieldClass }>()
  const inputs = new Map<string, readonly string[]>()
  for (const { concept, table } of policies) {
    for (const [input, types] of Object.entries(table.inputs ?? {})) inputs.set(input, [types].flat())
    const rule = { concept, action: 'read', table }
    for (const [action, paths] of Object.entries(table.opens)) {
      for (const path of paths) openings.set(path, { concept, action, table })
    }
    for (const [type, byClass] of Object.entries(table.fields)) {
      for (const fieldClass of fieldClasses) {
        for (const field of byClass[fieldClass] ?? []) classes.set(`${type}.${field}`, { rule, fieldClass })
      }
    }
  }
  const opens = (actor: Actor, path: string) => {
    const rule = openings.get(path)
    if (rule && !accessScopeOf(actor, rule)) throw new NotMappable(`${path} is refused`)
  }
  const shows = (actor: Actor, type: string, field: string): boolean | Through => {
    opens(actor, `${type}.${field}`)
    const entry = classes.get(`${type}.${field}`)
    if (!entry || entry.fieldClass === 'PLAIN') return true
    const { rule, fieldClass } = entry
    const { everywhere, byRole } = clearanceByRole(actor, rule)
    const roles = byRole?.filter(({ clearance }) => covers(clearance, fieldClass)).map(({ role }) => role)
    const isShown = roles ? roles.length > 0 : covers(everywhere, fieldClass)
    // The audit log has to learn of each sensitive value that is shown, and most of them are sealed.
    if (isShown && fieldClass === 'SENSITIVE') throw new NotMappable(`${type}.${field} is sensitive`)
    return isShown && roles ? { rule, roles } : isShown
  }
  const showsAlways = (actor: Actor, type: string, field: string) => {
    const shown = shows(actor, type, field)
    if (typeof shown === 'boolean') return shown
    throw new NotMappable(`${type}.${field} is seen of some only`)
  }
  return {
    readRule: (concept) => {
      const table = tables.get(concept)
      return table && { concept, action: 'read', table }
    },
    opens,
    shows,
    showsAlways,
    mayName: (actor, input, key) => (inputs.get(input) ?? []).every((type) => showsAlways(actor, type, key)),
    clearances: (actor, type) => {
      const [, entry] = [...classes].find(([path]) => path.startsWith(`${type}.`)) ?? []
      const byRole = entry && clearanceByRole(actor, entry.rule).byRole
      if (!byRole) return undefined
      const hasHidable = !Object.values(entry.rule.table.fields).every(isPlain)
      return { rule: entry.rule, roles: hasHidable ? byRole.map(({ role }) => role) : [] }
    },
  }
}

const isPlain = ({ PERSONAL, SENSITIVE }: PolicyTable['fields'][string]) => !PERSONAL?.length && !SENSITIVE?.length

/**
 * Up to which class an actor sees the fields of a concept. Where one role sees more than another that reaches farther,
 * it depends on the entity.
 */
const clearanceByRole = (actor: Actor, { table }: Rule) => {
  const everywhere = clearanceOf(actor, table)
  const byRole = actor.roles
    .map((role) => ({ role, clearance: clearanceOf({ ...actor, roles: [role] }, table) }))
    .toSorted((a, b) => fieldClasses.indexOf(b.clearance) - fieldClasses.indexOf(a.clearance))
  const isMore = byRole.some(({ clearance }) => !covers(everywhere, clearance))
  return table.ownership && isMore ? { everywhere, byRole } : { everywhere }
}

import {
  type Actor,
  covers,
  type FieldClass,
  fieldClasses,
  type PolicyTable,
  type Rule,
  reachOf,
  type Service,
  seesOf,
} from '@clientele/kit'
import { NotMappable } from './not-mappable.js'

/** An actor of whom no more is left than what changes a statement's text: his roles, and how many territories he has. */
export const standIn = ({ roles, territories, kind }: Actor): Actor => ({
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
  /** Passes where the actor may ask for a field, and tells whether he sees its value. */
  shows(actor: Actor, type: string, field: string): boolean
  /** Passes where the actor sees the same of all entities of a type. */
  seesAlike(actor: Actor, type: string): void
  /** Passes where the actor may ask for a query. */
  opens(actor: Actor, query: string): void
}

export const policiesOf = ({ policies = [] }: Service): Policies => {
  const tables = new Map(policies.map(({ concept, table }) => [concept, table]))
  const openings = new Map<string, Rule>()
  const classes = new Map<string, { table: PolicyTable; fieldClass: FieldClass }>()
  for (const { concept, table } of policies) {
    for (const [action, paths] of Object.entries(table.opens)) {
      for (const path of paths) openings.set(path, { concept, action, table })
    }
    for (const [type, byClass] of Object.entries(table.fields)) {
      for (const fieldClass of fieldClasses) {
        for (const field of byClass[fieldClass] ?? []) classes.set(`${type}.${field}`, { table, fieldClass })
      }
    }
  }
  const opens = (actor: Actor, path: string) => {
    const rule = openings.get(path)
    if (rule && !reachOf(actor, rule)) throw new NotMappable(`${path} is refused`)
  }
  return {
    readRule: (concept) => {
      const table = tables.get(concept)
      return table && { concept, action: 'read', table }
    },
    opens,
    seesAlike: (actor, type) => {
      const [, entry] = [...classes].find(([path]) => path.startsWith(`${type}.`)) ?? []
      if (entry) sight(actor, entry.table, type)
    },
    shows: (actor, type, field) => {
      opens(actor, `${type}.${field}`)
      const entry = classes.get(`${type}.${field}`)
      if (!entry) return true
      if (entry.fieldClass === 'PLAIN') return true
      const isShown = covers(sight(actor, entry.table, type), entry.fieldClass)
      // The audit log has to learn of each sensitive value that is shown, and most of them are sealed.
      if (isShown && entry.fieldClass === 'SENSITIVE') throw new NotMappable(`${type}.${field} is sensitive`)
      return isShown
    },
  }
}

/** Up to which class he sees the fields of a concept. Of whom one role sees more than another that reaches farther, it depends on the entity. */
const sight = (actor: Actor, table: PolicyTable, type: string): FieldClass => {
  const everywhere = seesOf(actor, table)
  const isMore = actor.roles.some((role) => !covers(everywhere, seesOf({ ...actor, roles: [role] }, table)))
  if (table.belongs && isMore) throw new NotMappable(`of some ${type} more is seen than of others`)
  return everywhere
}

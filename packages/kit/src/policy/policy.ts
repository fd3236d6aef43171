import type { Role } from '@clientele/contracts'
import { type Actor, type Behalf, ownSubject } from '../auth/actor.js'

/**
 * How far somebody may go: what is their own, also what belongs to their territories and all below them, or the whole
 * tenant. Each holds the one before.
 */
export const accessScopes = ['OWN', 'TERRITORY', 'TENANT'] as const
export type AccessScope = (typeof accessScopes)[number]

/** How much care the values of a field need. Who sees a class sees those before it. */
export const fieldClasses = ['PLAIN', 'PERSONAL', 'SENSITIVE'] as const
export type FieldClass = (typeof fieldClasses)[number]

/** Where an entity says whose it is, by names of its properties. */
export interface OwnershipKeys {
  /** Property that holds the subject whose own it is. */
  owner?: string
  /** Property that holds the path of its territory. */
  territory?: string
  /** It is also whose its parent is: `key` holds the parent's id; `table` has the columns `id`, `owner_id` and `territory`. */
  parent?: { key: string; table: string }
  /** It is also the own of `whom`: of each subject that `condition` holds for in SQL, on its row in `table`, with `?` wherever the subject stands. */
  others?: { whom: string; table: string; condition(alias: string): string }
}

/** Whose an entity is. */
export interface Ownership {
  ownerId?: string | null
  territory?: string | null
}

type Grant<Action extends string> = { clearance: FieldClass } & { readonly [A in Action]?: AccessScope }

/** Who may do what with a concept, how far, and which fields they see. */
export interface PolicyTable<Action extends string = string> {
  /** What the concept is called in reasons and messages; the name of its entity unless given. */
  word?: string
  /** Absent where the concept is nobody's in particular; then every access scope is TENANT. */
  ownership?: OwnershipKeys
  /** Property with the id of the data subject (GDPR Art. 4): the parent's key unless given, `id` for the entity of the data subject itself. The audit log is asked by it. */
  dataSubject?: string
  roles: { readonly [R in Role]?: Grant<NoInfer<Action>> }
  /** What our services may do here on behalf of somebody, beside reading, and never more than they may themselves. */
  onBehalf?: { readonly [Kind in Behalf['kind']]?: readonly NoInfer<Action>[] }
  /** The actions, each with the queries and mutations that it opens, and the fields on other services' types: `Customer.visits`. */
  opens: { readonly [A in Action]: readonly string[] }
  /** The class of every field of every type of the concept. The fields that every record has are PLAIN by themselves. */
  fields: { [type: string]: { [C in FieldClass]?: readonly string[] } }
  /** Fields of a type that a role may enter, by mutations, though it does not see them: a new value takes the place of any old one. */
  writeOnly?: { readonly [R in Role]?: { readonly [type: string]: readonly string[] } }
  /**
   * Inputs and orders that speak of the fields of these types: nobody may filter, sort or write by a field that they
   * may not see, but for what they may write only. Keys that are no field of them are PLAIN.
   */
  inputs?: { [input: string]: string | readonly string[] }
}

/** One action of a policy. */
export interface Rule {
  concept: string
  action: string
  table: PolicyTable
}

/** A policy: its table, and a rule for each of its actions. */
export type Policy<Action extends string = never> = { readonly concept: string; readonly table: PolicyTable } & {
  readonly [A in Action]: Rule
}

/** The policy of a concept, which has the name of its entity. Throws where the table contradicts itself. */
export const policy = <const Action extends string>(concept: string, table: PolicyTable<Action>): Policy<Action> => {
  const actions = Object.keys(table.opens) as Action[]
  const rules = actions.map((action) => [action, Object.freeze({ concept, action, table })] as const)
  const reached = Object.values(table.roles).flatMap((grant) =>
    actions.map((action) => (grant as Grant<string>)[action]),
  )
  if (!table.ownership && reached.some((scope) => scope && scope !== 'TENANT')) {
    throw new Error(`policy of ${concept}: an access scope less than TENANT needs to know whose an entity is`)
  }
  for (const [role, types] of Object.entries(table.writeOnly ?? {})) {
    const { clearance } = table.roles[role as Role] ?? { clearance: 'PLAIN' as const }
    for (const [type, fields] of Object.entries(types)) {
      const hidden = fieldClasses.flatMap((each) => (covers(clearance, each) ? [] : (table.fields[type]?.[each] ?? [])))
      const seen = fields.find((field) => !hidden.includes(field))
      if (seen) throw new Error(`policy of ${concept}: ${type}.${seen} is no field that is hidden from ${role}`)
    }
  }
  return Object.freeze({ concept, table, ...Object.fromEntries(rules) }) as never
}

/** The rule of an action that a policy is known to have. */
export const ruleOf = ({ concept, table }: Policy, action: string): Rule => ({ concept, action, table })

/** What a concept is called in reasons and messages. */
export const wordOf = ({ concept, table }: Pick<Rule, 'concept' | 'table'>): string => table.word ?? concept

/**
 * How far an actor may go with an action: the farthest of their roles; undefined where they may not at all, or where services do no such thing
 * on behalf of anybody. A service itself reads everything that it has.
 */
export const accessScopeOf = (actor: Actor, { table, action }: Rule): AccessScope | undefined => {
  const { kind } = actor.onBehalfOf ?? {}
  if (actor.itself && action === 'read' && !kind) return 'TENANT'
  if (kind && action !== 'read' && !table.onBehalf?.[kind]?.includes(action)) return undefined
  const granted = grantsOf(actor, table).map((grant) => scopeWith(actor, grant, action))
  return accessScopes.findLast((each) => granted.includes(each))
}

/** Whether an actor may do something with all that the tenant has. */
export const hasTenantScope = (actor: Actor, rule: Rule): boolean => accessScopeOf(actor, rule) === 'TENANT'

/**
 * Up to which class an actor sees the fields of everything that they reach with an action. A role sees no farther than
 * its access scope, so of roles that reach differently far only the farthest count here.
 */
export const clearanceOf = (actor: Actor, table: PolicyTable, action = 'read'): FieldClass => {
  const scope = accessScopeOf(actor, { concept: '', action, table })
  return highest(grantsOf(actor, table).filter((grant) => scopeWith(actor, grant, action) === scope))
}

/**
 * Up to which class an actor sees the fields of what belongs to one of these, which roles that reach less far may see
 * better.
 */
export const clearanceOfOne = (actor: Actor, table: PolicyTable, of: readonly Ownership[]): FieldClass =>
  highest(
    grantsOf(actor, table).filter((grant) => of.some((each) => isWithin(actor, scopeWith(actor, grant, 'read'), each))),
  )

/** Up to which class an actor sees the fields of anything of the concept. */
export const highestClearance = (actor: Actor, table: PolicyTable): FieldClass => highest(grantsOf(actor, table))

/** Whether an actor may enter a field that is hidden from them, in everything that they reach with an action. */
export const mayEnter = (actor: Actor, { table, action }: Rule, type: string, field: string): boolean => {
  const scope = accessScopeOf(actor, { concept: '', action, table })
  return actor.roles.some(
    (role) =>
      isWriteOnlyFor(role, table, type, field) &&
      scopeWith(actor, table.roles[role as Role] as Grant<string>, action) === scope,
  )
}

/** Whether a role may enter a field that is hidden from it. */
export const isWriteOnlyFor = (role: string, { writeOnly = {} }: PolicyTable, type: string, field: string): boolean =>
  Object.hasOwn(writeOnly, role) && writeOnly[role as Role]?.[type]?.includes(field) === true

const highest = (grants: readonly Grant<string>[]): FieldClass =>
  fieldClasses.findLast((each) => grants.some(({ clearance }) => clearance === each)) ?? 'PLAIN'

const scopeWith = (actor: Actor, grant: Grant<string>, action: string): AccessScope | undefined => {
  const scope = grant[action] as AccessScope | undefined
  return scope === 'TERRITORY' && actor.territories.includes('') ? 'TENANT' : scope
}

/** Whether somebody with this clearance sees a field of this class. */
export const covers = (clearance: FieldClass, field: FieldClass) =>
  fieldClasses.indexOf(clearance) >= fieldClasses.indexOf(field)

const grantsOf = (actor: Actor, table: PolicyTable): Grant<string>[] =>
  actor.roles.flatMap((role) => (Object.hasOwn(table.roles, role) ? [table.roles[role as Role] as Grant<string>] : []))

/** Whether a path is a territory of the actor or lies below one. */
export const isInTerritory = (actor: Actor, path: string | null | undefined): boolean =>
  path != null && actor.territories.some((own) => own === '' || path === own || path.startsWith(`${own}/`))

/** Whether what belongs so lies within the actor's access scope. */
export const isWithin = (actor: Actor, scope: AccessScope | undefined, of: Ownership): boolean =>
  scope === 'TENANT' ||
  (scope !== undefined && of.ownerId != null && of.ownerId === ownSubject(actor)) ||
  (scope === 'TERRITORY' && isInTerritory(actor, of.territory))

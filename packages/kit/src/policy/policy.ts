import type { Role } from '@clientele/contracts'
import type { Actor } from '../auth/auth.js'
import { Forbidden } from '../errors/errors.js'

/**
 * How far somebody may go: what is their own, also what belongs to their territories and all below them, or the whole
 * tenant. Each holds the one before.
 */
export const reaches = ['OWN', 'TERRITORY', 'TENANT'] as const
export type Reach = (typeof reaches)[number]

/** How much care the values of a field need. Who sees a class sees those before it. */
export const fieldClasses = ['PLAIN', 'PERSONAL', 'SENSITIVE'] as const
export type FieldClass = (typeof fieldClasses)[number]

/** Where an entity says whose it is, by names of its properties. */
export interface Belongs {
  /** Property that holds the subject whose own it is. */
  owner?: string
  /** Property that holds the path of its territory. */
  territory?: string
  /** It is also whose its parent is: `key` holds the parent's id; `table` has the columns `id`, `owner_id` and `territory`. */
  parent?: { key: string; table: string }
}

/** Whose an entity is. */
export interface Belongings {
  ownerId?: string | null
  territory?: string | null
}

type Grant<Action extends string> = { sees: FieldClass } & { readonly [A in Action]?: Reach }

/** Who may do what with a concept, how far, and which fields they see. */
export interface PolicyTable<Action extends string = string> {
  /** Absent where the concept is nobody's in particular; then every reach is TENANT. */
  belongs?: Belongs
  /** Property with the id of the data subject (GDPR Art. 4): the parent's key unless given, `id` for the entity of the data subject itself. The audit log is asked by it. */
  dataSubject?: string
  roles: { readonly [R in Role]?: Grant<NoInfer<Action>> }
  /** The actions, each with the queries and mutations that it opens, and the fields on other services' types: `Customer.visits`. */
  opens: { readonly [A in Action]: readonly string[] }
  /** The class of every field of every type of the concept. The fields that every record has are PLAIN by themselves. */
  fields: { [type: string]: { [C in FieldClass]?: readonly string[] } }
  /**
   * Inputs and orders that speak of the fields of these types: nobody may filter, sort or write by a field that they
   * may not see. Keys that are no field of them are PLAIN.
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
  if (!table.belongs && reached.some((reach) => reach && reach !== 'TENANT')) {
    throw new Error(`policy of ${concept}: a reach less than TENANT needs to know whose an entity is`)
  }
  return Object.freeze({ concept, table, ...Object.fromEntries(rules) }) as never
}

/** The rule of an action that a policy is known to have. */
export const ruleOf = ({ concept, table }: Policy, action: string): Rule => ({ concept, action, table })

/** How far an actor may go with an action: the farthest of their roles; undefined where they may not at all. */
export const reachOf = (actor: Actor, { table, action }: Rule): Reach | undefined => {
  const granted = grantsOf(actor, table).map((grant) => reachWith(actor, grant, action))
  return reaches.findLast((each) => granted.includes(each))
}

/**
 * Up to which class an actor sees the fields of everything that they reach with an action. A role sees no farther than
 * it reaches, so of roles that reach differently far only the farthest count here.
 */
export const seesOf = (actor: Actor, table: PolicyTable, action = 'read'): FieldClass => {
  const reach = reachOf(actor, { concept: '', action, table })
  return highest(grantsOf(actor, table).filter((grant) => reachWith(actor, grant, action) === reach))
}

/**
 * Up to which class an actor sees the fields of what belongs to one of these, which roles that reach less far may see
 * better.
 */
export const seesOfOne = (actor: Actor, table: PolicyTable, of: readonly Belongings[]): FieldClass =>
  highest(
    grantsOf(actor, table).filter((grant) => of.some((each) => isWithin(actor, reachWith(actor, grant, 'read'), each))),
  )

/** Up to which class an actor sees the fields of anything of the concept. */
export const seesAtMost = (actor: Actor, table: PolicyTable): FieldClass => highest(grantsOf(actor, table))

const highest = (grants: readonly Grant<string>[]): FieldClass =>
  fieldClasses.findLast((each) => grants.some(({ sees }) => sees === each)) ?? 'PLAIN'

const reachWith = (actor: Actor, grant: Grant<string>, action: string): Reach | undefined => {
  const reach = grant[action] as Reach | undefined
  return reach === 'TERRITORY' && actor.territories.includes('') ? 'TENANT' : reach
}

/** Whether somebody who sees `sees` sees a field of this class. */
export const covers = (sees: FieldClass, field: FieldClass) => fieldClasses.indexOf(sees) >= fieldClasses.indexOf(field)

const grantsOf = (actor: Actor, table: PolicyTable): Grant<string>[] =>
  actor.roles.flatMap((role) => (Object.hasOwn(table.roles, role) ? [table.roles[role as Role] as Grant<string>] : []))

/** Whether a path is a territory of the actor or lies below one. */
export const isInTerritory = (actor: Actor, path: string | null | undefined): boolean =>
  path != null && actor.territories.some((own) => own === '' || path === own || path.startsWith(`${own}/`))

/** Whether what belongs so lies within the actor's reach. */
export const isWithin = (actor: Actor, reach: Reach | undefined, of: Belongings): boolean =>
  reach === 'TENANT' ||
  (reach !== undefined && of.ownerId != null && of.ownerId === actor.subject) ||
  (reach === 'TERRITORY' && isInTerritory(actor, of.territory))

/**
 * Passes or throws FORBIDDEN: `role` where none of the actor's roles may, `reach` where they may but not with what
 * belongs so.
 */
export const allow = (actor: Actor, rule: Rule, of?: Belongings) => {
  const reach = reachOf(actor, rule)
  if (!reach) throw new Forbidden('Your role does not permit this.', { reason: 'role' })
  if (of && !isWithin(actor, reach, of)) {
    throw new Forbidden('Your role permits this for what is your own or in your territory only.', { reason: 'reach' })
  }
}

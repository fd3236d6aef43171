import type { Actor } from '../auth/verify-token.js'
import {
  clearanceOf,
  covers,
  type FieldClass,
  fieldClasses,
  highestClearance,
  type Policy,
  type PolicyTable,
  type Rule,
  ruleOf,
} from './policy.js'

/** The class of a field, and the rule by which its concept is read. */
export interface ClassedField {
  rule: Rule
  type: string
  field: string
  fieldClass: FieldClass
}

/** Roles through each of which as much is seen as it reaches. */
export interface Through {
  rule: Rule
  roles: readonly string[]
}

/** What all policies of a service say, by the names of its schema. */
export interface PolicyIndex {
  /** By path: a query, a mutation, or a field on another service's type such as `Customer.visits`. */
  readonly rules: ReadonlyMap<string, Rule>
  /** By type, then by field. */
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, ClassedField>>
  /** By input or order: the policy that says of which types it speaks. */
  readonly inputs: ReadonlyMap<string, PolicyTable>
  ruleOf(path: string): Rule | undefined
  /** The rule by which an entity, or what a concept tells of it, is read; undefined where no policy is about it. */
  readRuleOf(concept: string): Rule | undefined
  /** The rule by which the concept of a type is read; undefined where no policy names a field of the type. */
  readRuleOfType(type: string): Rule | undefined
  /** Undefined where no policy names the field: then it is PLAIN, or opened by a rule. */
  classOf(type: string, field: string): ClassedField | undefined
  /** Of the fields of which types an input or order speaks; none where no policy says so. */
  typesOfInput(input: string): readonly string[]
  /** Whether an actor sees the value of a field: of all entities, of none, or of those in the scope of some of their roles. */
  visibilityOf(actor: Actor, type: string, field: string): boolean | Through
}

/** Throws where two policies say something of the same path, field or input. */
export const policyIndex = (policies: readonly Policy[] = []): PolicyIndex => {
  const concepts = new Map<string, Rule>()
  const rules = new Map<string, Rule>()
  const classes = new Map<string, Map<string, ClassedField>>()
  const inputs = new Map<string, PolicyTable>()
  for (const policy of policies) {
    const { concept, table } = policy
    const rule = ruleOf(policy, 'read')
    once(concepts, concept, rule, `two policies are about ${concept}`)
    for (const [action, paths] of Object.entries(table.opens)) {
      for (const path of paths) once(rules, path, ruleOf(policy, action), `two policies open ${path}`)
    }
    for (const [type, byClass] of Object.entries(table.fields)) {
      const fields = classes.get(type) ?? new Map<string, ClassedField>()
      classes.set(type, fields)
      for (const fieldClass of fieldClasses) {
        for (const field of byClass[fieldClass] ?? []) {
          once(fields, field, { rule, type, field, fieldClass }, `policies give ${type}.${field} a class twice`)
        }
      }
    }
    for (const input of Object.keys(table.inputs ?? {})) {
      once(inputs, input, table, `two policies say of what ${input} speaks`)
    }
  }
  const classOf = (type: string, field: string) => classes.get(type)?.get(field)
  return {
    rules,
    classes,
    inputs,
    ruleOf: (path) => rules.get(path),
    readRuleOf: (concept) => concepts.get(concept),
    readRuleOfType: (type) => classes.get(type)?.values().next().value?.rule,
    classOf,
    typesOfInput: (input) => [inputs.get(input)?.inputs?.[input] ?? []].flat(),
    visibilityOf: (actor, type, field) => {
      const { rule, fieldClass } = classOf(type, field) ?? {}
      if (!rule || !fieldClass || fieldClass === 'PLAIN') return true
      if (!differsByEntity(actor, rule.table)) return covers(clearanceOf(actor, rule.table), fieldClass)
      const roles = clearancesByRole(actor, rule.table).filter(({ clearance }) => covers(clearance, fieldClass))
      return roles.length ? { rule, roles: roles.map(({ role }) => role) } : false
    },
  }
}

const once = <V>(map: Map<string, V>, key: string, value: V, fault: string) => {
  if (map.has(key)) throw new Error(fault)
  map.set(key, value)
}

/** Whether an actor sees more of some entities than of others: one of their roles sees more than another that reaches farther. */
export const differsByEntity = (actor: Actor, table: PolicyTable): boolean =>
  table.ownership !== undefined && clearanceOf(actor, table) !== highestClearance(actor, table)

/** Up to which class an actor sees the fields of what each of their roles reaches, those that see most first. */
export const clearancesByRole = (actor: Actor, table: PolicyTable) =>
  actor.roles
    .map((role) => ({ role, clearance: clearanceOf({ ...actor, roles: [role] }, table) }))
    .toSorted((a, b) => fieldClasses.indexOf(b.clearance) - fieldClasses.indexOf(a.clearance))

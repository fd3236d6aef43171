import { type GraphQLSchema, isObjectType } from 'graphql'
import type { Service } from '../service/service.js'
import { guardField, guardOpening } from './guard-field.js'
import { guardInputs } from './guard-inputs.js'
import { type FieldClass, fieldClasses, type Policy, type PolicyTable, type Rule, ruleOf } from './policy.js'
import { answerRedactions } from './redaction.js'

/** The class of every field that policies name: type → field. */
export type ClassedFields = ReadonlyMap<string, ReadonlyMap<string, ClassedField>>

export interface ClassedField {
  table: PolicyTable
  fieldClass: FieldClass
}

const recordFields = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'redactedFields'])
const kitTypes = /^(__.*|_Service|_Entity|PageInfo|Money|.*(Connection|Edge))$/
const federationFields = new Set(['_service', '_entities'])

/**
 * Puts the policies of a service into its schema: a root field asks its rule before it runs, a field that the actor may not see is null,
 * and nobody can filter, sort or write by a field that they may not see. Throws with every field that no policy names.
 */
export const guardSchema = (schema: GraphQLSchema, service: Service): GraphQLSchema => {
  const policies = service.policies ?? []
  const rules = rulesOf(policies)
  const classed = classesOf(policies)
  const isPublic = (name: string) => federationFields.has(name) || (service.publicFields ?? []).includes(name)
  // The last guard runs first: a role that may not is told so, whatever it asks by.
  const actionOf = (path: string) => rules.get(path)?.action ?? 'read'
  const faults = guardInputs(schema, policies, classed, isPublic, actionOf)
  const roots = new Set([schema.getQueryType(), schema.getMutationType()])

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || kitTypes.test(type.name)) continue
    const isRoot = roots.has(type)
    for (const field of Object.values(type.getFields())) {
      const path = isRoot ? field.name : `${type.name}.${field.name}`
      const rule = rules.get(path)
      const entry = classed.get(type.name)?.get(field.name)
      if (rule) guardOpening(field, rule)
      else if (entry) faults.push(...guardField(type, field, entry, classed))
      else if (isRoot ? !isPublic(path) : !recordFields.has(field.name)) faults.push(`no policy names ${path}`)
      rules.delete(path)
    }
  }
  faults.push(...[...rules.keys()].map((path) => `a policy opens ${path}, which is no field`))
  faults.push(...unknownNames(schema, classed))
  if (faults.length) throw new Error(`the policies of ${service.name} do not fit its schema:\n  ${faults.join('\n  ')}`)
  return answerRedactions(schema, classed)
}

const rulesOf = (policies: readonly Policy[]) => {
  const rules = new Map<string, Rule>()
  for (const policy of policies) {
    for (const [action, paths] of Object.entries(policy.table.opens)) {
      for (const path of paths ?? []) {
        if (rules.has(path)) throw new Error(`two policies open ${path}`)
        rules.set(path, ruleOf(policy, action))
      }
    }
  }
  return rules
}

const classesOf = (policies: readonly Policy[]): ClassedFields => {
  const classed = new Map<string, Map<string, ClassedField>>()
  for (const { table } of policies) {
    for (const [type, byClass] of Object.entries(table.fields)) {
      const fields = classed.get(type) ?? new Map<string, ClassedField>()
      classed.set(type, fields)
      for (const fieldClass of fieldClasses) {
        for (const name of byClass[fieldClass] ?? []) {
          if (fields.has(name)) throw new Error(`policies give ${type}.${name} a class twice`)
          fields.set(name, { table, fieldClass })
        }
      }
    }
  }
  return classed
}

const unknownNames = (schema: GraphQLSchema, classed: ClassedFields) =>
  [...classed].flatMap(([name, fields]) => {
    const type = schema.getType(name)
    const known = isObjectType(type) ? type.getFields() : {}
    return [...fields.keys()]
      .filter((field) => !known[field])
      .map((field) => `a policy names ${name}.${field}, which is no field`)
  })

import { type GraphQLSchema, isObjectType } from 'graphql'
import type { Service } from '../service/service.js'
import { guardField, guardOpening } from './guard-field.js'
import { guardInputs } from './guard-inputs.js'
import { type PolicyIndex, policyIndex } from './policy-index.js'
import { answerRedactions } from './redaction.js'

const recordFields = new Set([
  ...['id', 'version', 'createdAt', 'createdBy', 'creator', 'updatedAt', 'updatedBy', 'redactedFields'],
])
const kitTypes = /^(__.*|_Service|_Entity|PageInfo|Money|.*(Connection|Edge))$/
const federationFields = new Set(['_service', '_entities'])

/**
 * Puts the policies of a service into its schema: a root field asks its rule before it runs, a field that the actor may not see is null,
 * and nobody can filter, sort or write by a field that they may not see. Throws with every field that no policy names.
 */
export const guardSchema = (schema: GraphQLSchema, service: Service): GraphQLSchema => {
  const policies = policyIndex(service.policies)
  const unused = new Set(policies.rules.keys())
  const isPublic = (name: string) => federationFields.has(name) || (service.publicFields ?? []).includes(name)
  // The last guard runs first: a role that may not is told so, whatever it asks by.
  const actionOf = (path: string) => policies.ruleOf(path)?.action ?? 'read'
  const faults = guardInputs(schema, policies, isPublic, actionOf)
  const roots = new Set([schema.getQueryType(), schema.getMutationType()])

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || kitTypes.test(type.name)) continue
    const isRoot = roots.has(type)
    for (const field of Object.values(type.getFields())) {
      const path = isRoot ? field.name : `${type.name}.${field.name}`
      const rule = policies.ruleOf(path)
      const entry = policies.classOf(type.name, field.name)
      if (rule) guardOpening(field, rule)
      else if (entry) faults.push(...guardField(type, field, entry, policies))
      else if (isRoot ? !isPublic(path) : !recordFields.has(field.name)) faults.push(`no policy names ${path}`)
      unused.delete(path)
    }
  }
  faults.push(...[...unused].map((path) => `a policy opens ${path}, which is no field`))
  faults.push(...unknownNames(schema, policies))
  if (faults.length) throw new Error(`the policies of ${service.name} do not fit its schema:\n  ${faults.join('\n  ')}`)
  return answerRedactions(schema, policies)
}

const unknownNames = (schema: GraphQLSchema, { classes }: PolicyIndex) =>
  [...classes].flatMap(([name, fields]) => {
    const type = schema.getType(name)
    const known = isObjectType(type) ? type.getFields() : {}
    return [...fields.keys()]
      .filter((field) => !known[field])
      .map((field) => `a policy names ${name}.${field}, which is no field`)
  })

import type { Random } from '@clientele/query-compiler/equality'
import { type GraphQLSchema, getNamedType, parse, validate } from 'graphql'
import type { Operation } from './stacks.js'
import type { Values } from './values.js'

/** What reaches beyond the platform, or writes more than one record. */
const leftOut = new Set([
  'createWebhookEndpoint',
  'updateWebhookEndpoint',
  'sendTestEvent',
  'importCustomers',
  'syncStaff',
])

/** Those that go through most often, so that data moves. */
const usual = ['tagCustomer', 'planVisit', 'recordContact', 'receiveComplaint', 'updateCustomer', 'recordPurchase']

/** A mutation with values that may or may not be right. */
export const generateMutation = (schema: GraphQLSchema, random: Random, values: Values): Operation => {
  const fields = schema.getMutationType()!.getFields()
  const names = random.chance(0.5) ? usual : Object.keys(fields).filter((name) => !leftOut.has(name))
  const field = fields[random.one(names)]!
  const [input] = field.args
  const type = getNamedType(field.type)
  const made = values.anyOf(input!.type, { name: 'input', of: type.name })
  const inner = 'getFields' in type && 'id' in type.getFields() ? '__typename id' : '__typename'
  const query = `mutation Asked($input: ${input!.type}) { ${field.name}(input: $input) { ${inner} } }`
  const [fault] = validate(schema, parse(query))
  if (fault) throw fault
  return { query, variables: { input: made } }
}

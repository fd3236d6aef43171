import {
  coerceInputValue,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import type { ValidationIssue } from '../errors/errors.js'

// The message quotes the value that is wrong, however long.
const mostMessage = 500

type Variables = Readonly<Record<string, unknown>>

/**
 * What is wrong with the variables of an operation: the errors of graphql-js, which say in words where the value is, each with
 * `extensions.fields`, which say it by path: `input.rows.3.lines.0.quantity`. Undefined where nothing is wrong.
 */
export const variableErrors = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): readonly GraphQLError[] | undefined => {
  const { errors } = getVariableValues(schema, variableDefinitions, variables)
  if (!errors) return undefined
  const issuesOf = new Map(variableDefinitions.map((node) => [node, issuesIn(schema, node, variables)]))
  return errors.map((error) => {
    const node = error.nodes?.[0]
    const issue = node?.kind === Kind.VARIABLE_DEFINITION ? issuesOf.get(node)?.shift() : undefined
    if (!issue) return error
    const { message, nodes, originalError, extensions } = error
    return new GraphQLError(message, { nodes, originalError, extensions: { ...extensions, fields: [issue] } })
  })
}

/** One issue for each error that graphql-js has of a variable, in their order. */
const issuesIn = (schema: GraphQLSchema, { variable, type: node }: VariableDefinitionNode, variables: Variables) => {
  const name = variable.name.value
  const type = typeFromAST(schema, node)
  const issues: ValidationIssue[] = []
  if (!isInputType(type)) return issues
  if (variables[name] == null)
    return [{ path: name, reason: 'value.invalid', message: `a value of ${type}`, params: { detail: `${type}` } }]
  const note = (path: readonly (string | number)[], _value: unknown, error: GraphQLError) => {
    issues.push(describedIssue([name, ...path].join('.'), error))
  }
  coerceInputValue(variables[name], type, note, true)
  return issues
}

/** What an error of graphql-js about a value says, as an issue at its path. */
export const describedIssue = (path: string, { message, extensions }: GraphQLError): ValidationIssue => {
  const { reason = 'value.invalid', params } = extensions
  const detail = message.slice(0, mostMessage)
  return { path, reason, message: detail, params: params ?? { detail } } as ValidationIssue
}

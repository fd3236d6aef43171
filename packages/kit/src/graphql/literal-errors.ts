import { type ASTNode, type DocumentNode, GraphQLError, Kind, type ValueNode, visit } from 'graphql'
import { describedIssue } from './variable-errors.js'

/**
 * The errors of a document. Those about a value that is written in it say where it is by path, as `variableErrors` does of variables: from the
 * name of the argument, `input.rows.3.lines.0.quantity`.
 */
export const literalErrors = (document: DocumentNode, errors: readonly GraphQLError[]): readonly GraphQLError[] => {
  if (!errors.length) return errors
  const paths = pathsOf(document, new Set(errors.flatMap(({ nodes }) => nodes?.[0] ?? [])))
  return errors.map((error) => {
    const { message, nodes, originalError, extensions } = error
    const path = nodes?.[0] && paths.get(nodes[0])
    if (path === undefined) return error
    const fields = [describedIssue(path, error)]
    return new GraphQLError(message, { nodes, originalError, extensions: { ...extensions, fields } })
  })
}

/** Where those of the nodes are that are values of arguments, or parts of one; a field of an object is where the object is. */
const pathsOf = (document: DocumentNode, sought: ReadonlySet<ASTNode>): ReadonlyMap<ASTNode, string> => {
  const paths = new Map<ASTNode, string>()
  const note = (node: ASTNode, path: string) => {
    if (sought.has(node)) paths.set(node, path)
  }
  const walk = (value: ValueNode, path: string) => {
    note(value, path)
    if (value.kind === Kind.LIST) for (const [at, each] of value.values.entries()) walk(each, `${path}.${at}`)
    if (value.kind !== Kind.OBJECT) return
    for (const field of value.fields) {
      note(field, path)
      walk(field.value, `${path}.${field.name.value}`)
    }
  }
  visit(document, {
    Argument: ({ name, value }) => walk(value, name.value),
    VariableDefinition: ({ variable, defaultValue }) => {
      if (defaultValue) walk(defaultValue, variable.name.value)
    },
  })
  return paths
}

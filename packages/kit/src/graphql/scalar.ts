import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql'

/** What became of the caller's value: the value inside, or what would have been right. */
export type Coerced<T> = { value: T } | { fault: string }

export interface ScalarDefinition<Inside, Outside> {
  name: string
  description: string
  specifiedByURL: string
  /** `undefined` where the input is not even of the right kind; integers too large for a number come as bigint. */
  read(input: unknown): Coerced<Inside>
  /** Throws where the service holds something that it cannot mean; that is our fault, not the caller's, and is masked. */
  write(value: unknown): Outside
}

/** A GraphQL scalar whose refusals carry `code: INVALID` and `reason: scalar.<name>`, from variables and literals alike. */
export function scalar<Inside, Outside>(o: ScalarDefinition<Inside, Outside>): GraphQLScalarType<Inside, Outside> {
  const coerce = (input: unknown, nodes?: ValueNode): Inside => {
    const result = o.read(input)
    if ('value' in result) return result.value
    const extensions = { code: 'INVALID', reason: `scalar.${o.name}` }
    throw new GraphQLError(`Expected ${o.name}: ${result.fault}`, { nodes, extensions })
  }
  return new GraphQLScalarType<Inside, Outside>({
    name: o.name,
    description: o.description,
    specifiedByURL: o.specifiedByURL,
    parseValue: (input) => coerce(input),
    parseLiteral: (node, variables) => coerce(exactly(node, variables), node),
    serialize: (value) => o.write(value),
  })
}

const exactly = (node: ValueNode, variables: Record<string, unknown> | null | undefined) =>
  node.kind === Kind.INT && !Number.isSafeInteger(Number(node.value))
    ? BigInt(node.value)
    : valueFromASTUntyped(node, variables)
